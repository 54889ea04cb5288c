//! Boards: pages that cxbook makes from lists, and the parts of which they and other pages are put together.

use serde::Serialize;

use super::frame::{FactView, FrameView, LinkView};
use super::pages::GroupView;
use super::parts::{ChainView, ItemView, QuoteView};

/// A page made from lists: blockers, conversations, evidence, health and others.
#[derive(Debug, Clone, Serialize)]
pub struct BoardView {
    /// Around the page.
    pub frame: FrameView,
    /// Its parts in order.
    pub parts: Vec<PartView>,
}

/// One page to print for a team's meeting.
#[derive(Debug, Clone, Serialize)]
pub struct DigestView {
    /// Around the page.
    pub frame: FrameView,
    /// The team's page.
    pub team: LinkView,
    /// Our part of the vision.
    pub part: Option<String>,
    /// What changed since the last edition, or in the last three months; one sentence each.
    pub since: Vec<String>,
    /// Since when: "Since edition 2026-q2".
    pub since_title: String,
    /// The first chain of the team.
    pub chain: Option<ChainView>,
    /// One quote.
    pub quote: Option<QuoteView>,
    /// Numbers, actions, blockers: a few rows each.
    pub parts: Vec<PartView>,
}

/// A part of a page under its heading. Everything but the heading may be empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PartView {
    /// Fragment.
    pub id: String,
    /// Heading.
    pub title: String,
    /// Sentences.
    pub words: Vec<String>,
    /// Sentences that ask for something that is not there.
    pub missing: Vec<String>,
    /// Facts with labels.
    pub facts: Vec<FactView>,
    /// A list of sentences.
    pub bullets: Vec<String>,
    /// A drawing of what the table says.
    pub figure_html: Option<String>,
    /// A table.
    pub grid: Option<GridView>,
    /// Entries of a list of pages.
    pub items: Vec<ItemView>,
    /// Quotes.
    pub quotes: Vec<QuoteView>,
    /// Figures with their small print.
    pub claims: Vec<ClaimView>,
    /// Links below it, in groups without titles.
    pub more: Vec<GroupView>,
}

/// A table of words, links and marks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GridView {
    /// What it holds; names the table for screen readers.
    pub caption: String,
    /// Heads of the columns.
    pub columns: Vec<String>,
    /// Rows.
    pub rows: Vec<GridRowView>,
}

/// A row of a table of words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GridRowView {
    /// Fragment; empty for none.
    pub id: String,
    /// One for each column; the first is the head of the row.
    pub cells: Vec<CellView>,
}

/// A cell of a table of words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CellView {
    /// Words; empty for nothing to say.
    pub text: String,
    /// Where they lead, if anywhere.
    pub href: Option<String>,
    /// Smaller words below.
    pub note: Option<String>,
    /// `better`, `worse`, `steady` or `early` for a mark before the words; empty for none.
    pub mark: &'static str,
    /// A number and the largest of its column, for a bar beside the words.
    pub bar: Option<(u64, u64)>,
}

/// A figure with its small print. Template: `claim.html`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClaimView {
    /// Fragment; unique on the page.
    pub id: String,
    /// The sentence with the figure in it.
    pub says: String,
    /// "Install survey".
    pub source: String,
    /// "n = 412".
    pub n: String,
    /// "March to May 2026".
    pub dates: String,
    /// Whom it speaks for.
    pub population: String,
    /// What was asked.
    pub question: String,
    /// What it does not show.
    pub limits: Option<String>,
    /// The metric it belongs to.
    pub metric: Option<LinkView>,
}
