//! What is worth mending in a book that could be read: links, live parts, pictures, owners, next steps.
//!
//! Checks only look; they change nothing.

mod continuity;
mod focus;
mod learning;
mod measured;
mod pages;
mod prose;
mod published;
mod scores;
mod structure;
mod work;

use std::sync::Arc;

use rayon::prelude::*;

use crate::diag::Finding;
use crate::links::Index;
use crate::live::Known;
use crate::memo::Kept;
use crate::model::{Book, PageFacts};
use crate::source::SourcePath;
use pages::{Reach, Text};
pub use published::published;

/// What the checks keep for the next time: what the texts of pages say by themselves.
#[derive(Debug)]
pub struct Memo {
    texts: Kept<SourcePath, (Arc<PageFacts>, bool), Arc<Text>>,
}

impl Memo {
    /// One that keeps what was read, or nothing.
    pub fn new(keeps: bool) -> Self {
        Self { texts: Kept::new(keeps) }
    }

    /// A new state of the book is checked.
    pub fn begin(&self) {
        self.texts.begin();
    }

    /// How many texts of pages were checked so far.
    pub fn texts_checked(&self) -> u64 {
        self.texts.made()
    }
}

/// Runs all checks. `drafts` says whether drafts will be in the site.
pub fn run(book: &Book, drafts: bool, memo: &Memo) -> Vec<Finding> {
    let index = |drafts: bool| {
        let metrics = book.metrics.values().map(|measured| &measured.metric);
        let pages = book.pages.iter().filter(|page| drafts || !page.facts.draft);
        let lists = crate::links::lists_of(&book.map, &book.work, book.contacts.is_empty());
        Index::new(&book.config.src, pages, metrics, &book.journey, &book.glossary, &book.paths, lists)
    };
    // A draft may point at drafts; a page that is published may not.
    let (all, texts) = rayon::join(|| index(true), || pages::texts(book, memo));
    let has_drafts = book.pages.iter().any(|page| page.facts.draft);
    let without = (has_drafts && !drafts).then(|| index(false));
    let published = without.as_ref().unwrap_or(&all);
    let (known_published, known_all) = (known(book, drafts), known(book, true));
    let mut findings: Vec<Finding> = book
        .pages
        .par_iter()
        .zip(&texts.list)
        .flat_map_iter(|(page, text)| {
            let (index, known) =
                if page.facts.draft { (&all, &known_all) } else { (published, &known_published) };
            pages::check(page, text, Reach { texts: &texts, index, with_drafts: &all }, known)
        })
        .collect();
    findings.extend(focus::check(book, &texts));
    findings.extend(learning::check(book, published, &all));
    findings.extend(structure::check(book, drafts));
    findings.extend(measured::check(book));
    findings.extend(work::check(book));
    findings.extend(continuity::check(book));
    findings
}

fn known(book: &Book, drafts: bool) -> Known<'_> {
    let metrics = book.metrics.iter().map(|(id, measured)| {
        let splits = measured.series.iter().filter_map(|series| Some(series.split.as_ref()?.0.as_str()));
        (id.as_str(), splits.collect())
    });
    let broken = book.broken_metrics.iter().map(|id| (id.as_str(), Vec::new()));
    let themes = book.quotes.iter().filter_map(|quote| quote.theme.as_deref());
    Known::new(&book.pages, drafts, (&book.journey, &book.map), &book.glossary, metrics.chain(broken), themes)
        .with_claims(&book.work)
}
