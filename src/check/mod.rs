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

/// Runs all checks.
pub fn run(book: &Book) -> Vec<Finding> {
    let metrics = book.metrics.values().map(|measured| &measured.metric);
    let index = Index::new(&book.config.src, book.pages.iter(), metrics);
    let known = known(book);
    let outlines = pages::outlines(book);
    let mut findings: Vec<Finding> =
        book.pages.par_iter().flat_map_iter(|page| pages::check(page, &outlines, &index, &known)).collect();
    findings.extend(structure::check(book));
    findings
}

fn known(book: &Book) -> Known<'_> {
    let metrics = book.metrics.iter().map(|(id, measured)| {
        let splits = measured.series.iter().filter_map(|series| Some(series.split.as_ref()?.0.as_str()));
        (id.as_str(), splits.collect())
    });
    let themes = book.quotes.iter().filter_map(|quote| quote.theme.as_deref());
    Known::new(&book.pages, &book.journey, &book.glossary, metrics, themes)
}
