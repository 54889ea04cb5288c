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

use rayon::prelude::*;

use crate::diag::Finding;
use crate::links::Index;
use crate::live::Known;
use crate::model::Book;
use pages::Reach;
pub use published::published;

/// Runs all checks. `drafts` says whether drafts will be in the site.
pub fn run(book: &Book, drafts: bool) -> Vec<Finding> {
    let index = |drafts: bool| {
        let metrics = book.metrics.values().map(|measured| &measured.metric);
        let pages = book.pages.iter().filter(|page| drafts || !page.facts.draft);
        let lists = crate::links::lists_of(&book.map, &book.work, book.contacts.is_empty());
        Index::new(&book.config.src, pages, metrics, &book.journey, &book.glossary, &book.paths, lists)
    };
    // A draft may point at drafts; a page that is published may not.
    let (published, all) = (index(drafts), index(true));
    let (known_published, known_all) = (known(book, drafts), known(book, true));
    let outlines = pages::outlines(book);
    let mut findings: Vec<Finding> = book
        .pages
        .par_iter()
        .flat_map_iter(|page| {
            let (index, known) =
                if page.facts.draft { (&all, &known_all) } else { (&published, &known_published) };
            pages::check(page, Reach { outlines: &outlines, index, with_drafts: &all }, known)
        })
        .collect();
    findings.extend(focus::check(book, &outlines));
    findings.extend(learning::check(book, &published, &all));
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
