//! What stands around every page.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Serialize, Serializer};

/// What is made once and stands on many pages; templates see what it holds.
#[derive(Debug, Clone)]
pub struct Shared<T>(Arc<T>);

impl<T> From<T> for Shared<T> {
    fn from(value: T) -> Self {
        Self(Arc::new(value))
    }
}

impl<T: Serialize> Serialize for Shared<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

/// A link with its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LinkView {
    /// Words.
    pub title: String,
    /// Relative address.
    pub href: String,
    /// Whether it is the page it stands on, or the section that page is in.
    pub current: bool,
}

/// What stands around every page.
#[derive(Debug, Clone, Serialize)]
pub struct FrameView {
    /// Title of the site.
    pub site: String,
    /// Title of the page.
    pub title: String,
    /// For `<title>`: page and site.
    pub full_title: String,
    /// What the page is for, in a sentence; for the description and below the title.
    pub summary: Option<String>,
    /// Small words above the title: "Playbook".
    pub kicker: Option<String>,
    /// Language tag.
    pub language: String,
    /// Name of the kind of page, for the style sheet: `team`.
    pub kind: &'static str,
    /// Relative path to the site's root: empty, `../` or `../../`.
    pub root: String,
    /// Addresses of the style sheets, in order.
    pub styles: Shared<Vec<String>>,
    /// Addresses of the scripts, in order; none is needed for reading.
    pub scripts: Shared<Vec<String>>,
    /// Name of the book in what a browser keeps.
    pub book: String,
    /// Address of the icon.
    pub icon: String,
    /// Address of the home page.
    pub home: String,
    /// Address of the search page.
    pub search: String,
    /// Address of the feed.
    pub feed: String,
    /// Address of the page about how customers' words are protected.
    pub privacy: String,
    /// Main navigation.
    pub nav: Shared<Vec<LinkView>>,
    /// Every team's page; empty where there are too many.
    pub teams: Shared<Vec<LinkView>>,
    /// Pages of the same section, for the column at the side; empty where there are too many or none.
    pub siblings: Vec<LinkView>,
    /// Title of that column.
    pub siblings_title: String,
    /// From the home page to the page above this one.
    pub crumbs: Vec<LinkView>,
    /// The page before this one in its section.
    pub previous: Option<LinkView>,
    /// The page after this one in its section.
    pub next: Option<LinkView>,
    /// Owner, last review and other facts, each with a label.
    pub facts: Vec<FactView>,
    /// The one thing to do after reading.
    pub next_step: Option<String>,
    /// The company.
    pub company: Option<String>,
    /// Addresses of all files of the theme's `assets/`, by name, for pictures of a theme's own.
    pub assets: Shared<BTreeMap<String, String>>,
    /// The company's vision.
    pub vision: Option<String>,
    /// A line that stands on every page.
    pub notice: Option<String>,
    /// "Edition 2026-Q3" or "Working copy".
    pub edition: String,
    /// "Data to 30 September 2026".
    pub data_to: Option<String>,
    /// "As of 15 October 2026".
    pub as_of: String,
    /// Address to write to about this page.
    pub report: Option<String>,
    /// Whether the page is marked as a draft.
    pub draft: bool,
    /// The whole site of editions; nothing for a site that stands alone.
    pub editions: Option<EditionsView>,
    /// Name and version of the program.
    pub generator: &'static str,
}

/// What a page of an edition says to the script of the whole site. Without script, `list` is a link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EditionsView {
    /// Address of the list of all editions.
    pub list: String,
    /// Address of the script, which all editions share.
    pub script: String,
    /// The edition this page is in.
    pub edition: String,
    /// The page's id, the same in every edition.
    pub page: String,
    /// Ids the page had in earlier editions, parted by blanks.
    pub was: String,
    /// The page about what changed since the edition before, if there is one.
    pub changes: Option<LinkView>,
    /// Where readers should know the page, if not here.
    pub canonical: Option<String>,
}

/// One fact with its label.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FactView {
    /// "Owner".
    pub label: String,
    /// "Head of Field Operations".
    pub value: String,
    /// Where the value leads, if anywhere.
    pub href: Option<String>,
}
