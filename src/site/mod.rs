//! The site: which pages there are, and how each looks.
//!
//! [`plan`] decides routes and relations, [`Renderer`] fills the theme's templates with [`views`] and returns the files.
//! Everything here is made from the public book.

mod actions;
mod audit;
mod body;
mod card;
mod compared;
mod entries;
mod feed;
mod figure;
mod frame;
mod grid;
mod latest;
mod lists;
mod memo;
mod pages;
mod plan;
mod render;
mod report;
mod surroundings;
mod table;
mod talk;
mod teaching;
mod terms;
pub mod views;
mod words;

pub use audit::{AuditReport, audit};
pub use latest::latest;
pub use memo::Memo;
pub use plan::{Site, plan};
pub use render::Renderer;
pub use report::{MetricReport, report};
pub use table::{csv, csv_of_all, number_rows};

use crate::links;
use crate::live::Known;
use crate::search::{self, Index};
use crate::theme::Theme;
use frame::Spot;
use surroundings::Lender;

/// The search index alone, as [`Renderer`] makes it.
pub fn index(site: &Site<'_>, theme: &Theme, memo: &Memo) -> Index {
    let none = Index::default();
    let lender = Lender::default();
    let spot = Spot { site, theme, index: &none, memo, lender: &lender, route: links::SEARCH };
    let (reads, synonyms) = (entries::read(&spot), entries::synonyms(&spot));
    search::index_of(reads, &synonyms, &site.book.config().language, &memo.search)
}

fn known<'a>(site: &'a Site<'_>) -> Known<'a> {
    let book = site.book;
    let metrics = book.metrics().iter().map(|(id, metric)| {
        // Splits as they are defined: one whose groups are all hidden is known, and there is nothing of it to show.
        let splits = metric.metric.definition.data.iter().flat_map(|data| &data.splits);
        (id.as_str(), splits.map(|(name, _)| name.as_str()).collect())
    });
    let themes = book.quotes().iter().filter_map(|quote| quote.theme.as_deref());
    Known::new(book.pages(), true, (book.journey(), book.map()), book.glossary(), metrics, themes)
        .with_claims(book.work())
}
