//! What is kept of a site that was rendered, so that a change costs what it touches.

use std::fmt::Debug;
use std::sync::Arc;

use serde::Serialize;

use crate::diag::Finding;
use crate::memo::Kept;
use crate::output::{sha256, sha256_of_view};
use crate::search;
use crate::theme::Theme;

/// Pages, charts and chunks of the search index by what they were made from: views, plain data, groups of words.
#[derive(Debug)]
pub struct Memo {
    pages: Kept<String, Filled, Result<Arc<Vec<u8>>, Finding>>,
    charts: Kept<String, (), Arc<str>>,
    pub(super) search: search::Memo,
}

/// Digests of a template, with all it takes in, and of the view that filled it.
type Filled = (String, String);

impl Memo {
    /// One that keeps what was rendered, or nothing.
    pub fn new(keeps: bool) -> Self {
        Self { pages: Kept::new(keeps), charts: Kept::new(keeps), search: search::Memo::new(keeps) }
    }

    /// Whether anything is kept.
    pub(super) fn keeps(&self) -> bool {
        self.pages.keeps()
    }

    /// A new state of the book is rendered.
    pub fn begin(&self) {
        self.pages.begin();
        self.charts.begin();
        self.search.begin();
    }

    /// How many pages were rendered so far.
    pub fn pages_rendered(&self) -> u64 {
        self.pages.made()
    }

    /// How many charts were drawn so far; one for wide screens and one for phones are two.
    pub fn charts_drawn(&self) -> u64 {
        self.charts.made()
    }

    /// How many files of the search index were written so far.
    pub fn chunks_written(&self) -> u64 {
        self.search.chunks_written()
    }

    /// The template of the page at a route, filled with a view.
    pub(super) fn page<V: Serialize>(
        &self,
        route: &str,
        (theme, template): (&Theme, &str),
        view: &V,
    ) -> Result<Arc<Vec<u8>>, Finding> {
        let fill = || theme.render(template, view).map(|html| Arc::new(html.into_bytes()));
        let digest = if self.pages.keeps() { sha256_of_view(view) } else { None };
        let Some(digest) = digest else { return self.pages.anew(fill) };
        self.pages.of(&route.to_owned(), &(theme.digest(template).to_owned(), digest), fill)
    }

    /// A chart. `from` is all that its drawing depends on, and says so completely.
    pub(super) fn chart(&self, from: &dyn Debug, draw: impl FnOnce() -> String) -> String {
        if !self.charts.keeps() {
            return self.charts.anew(|| Arc::from(draw())).to_string();
        }
        let digest = sha256(format!("{from:?}").as_bytes());
        self.charts.of(&digest, &(), || Arc::from(draw())).to_string()
    }
}
