//! Pieces that stand on many kinds of pages: metrics, charts, tables, quotes, chains.

use serde::Serialize;

use super::frame::LinkView;

/// The latest value of a metric, wherever it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MetricCardView {
    /// Name of the metric.
    pub name: String,
    /// Its page.
    pub href: String,
    /// "72 %"; an en dash when there is nothing to show.
    pub value: String,
    /// Whether it rests on so few answers that it is hardly more than a hint.
    pub few: bool,
    /// "based on 312 answers", "base unknown".
    pub base: String,
    /// "Sep 2026".
    pub period: String,
    /// "95 % interval 67 to 77 %".
    pub interval: Option<String>,
    /// What the latest points say, in words: "No change beyond normal variation".
    pub reading: String,
    /// `better`, `worse`, `steady` or `early`, for the mark beside the words.
    pub sense: &'static str,
    /// "Target 85 %: not reached".
    pub target: Option<String>,
    /// A word-sized chart.
    pub sparkline_html: String,
    /// "higher is better".
    pub direction: &'static str,
    /// The team whose own metric it is.
    pub team: Option<LinkView>,
}

/// A chart with its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FigureView {
    /// Unique on the page.
    pub id: String,
    /// What the chart says, as a sentence.
    pub title: String,
    /// Metric, unit, n and period.
    pub subtitle: String,
    /// The drawing for wide screens and paper.
    pub wide_html: String,
    /// The drawing for phones.
    pub phone_html: String,
    /// Numbered actions that are marked in the chart.
    pub events: Vec<LinkView>,
    /// Changes of the definition that break the line.
    pub breaks: Vec<String>,
    /// Remarks: axis cut, how often chance alone flags such a chart.
    pub notes: Vec<String>,
    /// The numbers, for "Show the numbers"; empty where the page has a table of its own.
    pub table: Option<TableView>,
    /// Where there is more: the metric's page, its numbers to download.
    pub links: Vec<LinkView>,
}

/// A drawing that belongs to the words around it and has no title of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StripView {
    /// The drawing for wide screens and paper.
    pub wide_html: String,
    /// The drawing for phones.
    pub phone_html: String,
}

/// A table of numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TableView {
    /// What the table holds.
    pub caption: String,
    /// Heads of the columns; the first is that of the periods.
    pub columns: Vec<String>,
    /// Rows, newest first.
    pub rows: Vec<RowView>,
}

/// A row: a period and its cells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RowView {
    /// "Sep 2026".
    pub head: String,
    /// One text for each further column.
    pub cells: Vec<String>,
    /// Whether the row says something beyond noise.
    pub signal: bool,
}

/// A quote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QuoteView {
    /// Fragment on the page of quotes.
    pub id: String,
    /// The words.
    pub text: String,
    /// Language tag, where it is not the page's.
    pub language: Option<String>,
    /// "Comment in the survey after installation, March 2026".
    pub source: String,
    /// "Month not shown, to protect the customer".
    pub less_exact: Option<String>,
    /// "household".
    pub segment: Option<String>,
    /// Theme.
    pub theme: Option<String>,
    /// Stage of the journey.
    pub stage: Option<LinkView>,
}

/// An entry of a list of pages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ItemView {
    /// Title.
    pub title: String,
    /// Address.
    pub href: String,
    /// What it is for.
    pub summary: Option<String>,
    /// Small facts: "Done", "Field Installation", "March 2025".
    pub meta: Vec<String>,
}

/// A team's own metric, the stage it works on and the customer metric it moves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChainView {
    /// The team.
    pub team: LinkView,
    /// The team's own metric.
    pub own: MetricCardView,
    /// The stage.
    pub stage: LinkView,
    /// The customer metric.
    pub customer: MetricCardView,
    /// "When this rises, satisfaction rises."
    pub relation: String,
    /// `measured`, `reported` or `assumed`.
    pub evidence: &'static str,
    /// In words.
    pub note: Option<String>,
    /// How the two numbers moved together so far.
    pub together: Option<String>,
    /// Both metrics on one time axis.
    pub figure_html: Option<String>,
}
