//! What is worth mending in a book that could be read: links, live parts, pictures, owners, next steps.
//!
//! Checks only look; they change nothing.

mod pages;
mod structure;

use rayon::prelude::*;

use crate::diag::Finding;
use crate::links::Index;
use crate::live::Known;
use crate::model::Book;
use pages::Reach;

/// Runs all checks. `drafts` says whether drafts will be in the site.
pub fn run(book: &Book, drafts: bool) -> Vec<Finding> {
    let index = |drafts: bool| {
        let metrics = book.metrics.values().map(|measured| &measured.metric);
        Index::new(&book.config.src, book.pages.iter().filter(|page| drafts || !page.facts.draft), metrics)
    };
    // A draft may point at drafts; a page that is published may not.
    let (published, all) = (index(drafts), index(true));
    let known = known(book);
    let outlines = pages::outlines(book);
    let mut findings: Vec<Finding> = book
        .pages
        .par_iter()
        .flat_map_iter(|page| {
            let index = if page.facts.draft { &all } else { &published };
            pages::check(page, Reach { outlines: &outlines, index, with_drafts: &all }, &known)
        })
        .collect();
    findings.extend(structure::check(book));
    findings
}

fn known(book: &Book) -> Known<'_> {
    let metrics = book.metrics.iter().map(|(id, measured)| {
        let splits = measured.series.iter().filter_map(|series| Some(series.split.as_ref()?.0.as_str()));
        (id.as_str(), splits.collect())
    });
    let broken = book.broken_metrics.iter().map(|id| (id.as_str(), Vec::new()));
    let themes = book.quotes.iter().filter_map(|quote| quote.theme.as_deref());
    Known::new(&book.pages, (&book.journey, &book.map), &book.glossary, metrics.chain(broken), themes)
}
