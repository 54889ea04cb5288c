//! The site: which pages there are, and how each looks.
//!
//! [`plan`] decides routes and relations, [`render`] fills the theme's templates with [`views`] and returns the files.
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
mod pages;
mod plan;
mod report;
mod table;
mod talk;
mod teaching;
mod terms;
pub mod views;
mod words;

use std::collections::BTreeMap;

use rayon::prelude::*;

pub use audit::{AuditReport, audit};
pub use latest::latest;
pub use plan::{Site, plan};
pub use report::{MetricReport, report};
pub use table::{csv, csv_of_all, number_rows};

use crate::diag::{Finding, Outcome, checks};
use crate::editions;
use crate::links;
use crate::live::Known;
use crate::output::Output;
use crate::privacy::PublicPicture;
use crate::search::{self, Index};
use crate::system::MANIFEST;
use crate::theme::Theme;
use frame::Spot;

/// Renders all pages and files of a site, side by side; the result does not depend on which ends first.
pub fn render(site: &Site<'_>, theme: &Theme) -> Outcome<Output> {
    let known = known(site);
    let index = index(site, theme);
    let rendered: Vec<Result<(String, Vec<u8>), Finding>> = site
        .pages
        .par_iter()
        .map(|(route, planned)| {
            let spot = Spot { site, theme, index: &index, route };
            pages::render(&spot, planned, &known).map(|html| (route.clone(), html.into_bytes()))
        })
        .collect();
    let mut findings = Vec::new();
    let mut files = Vec::new();
    for page in rendered {
        match page {
            Ok(file) => files.push(file),
            Err(finding) => findings.push(finding),
        }
    }
    files.extend(
        site.book.metrics().iter().map(|(id, metric)| (links::metric_csv(id), csv(metric).into_bytes())),
    );
    files.extend(theme.assets().values().map(|asset| (asset.route.clone(), asset.bytes.clone())));
    // The same picture may lie in the book twice; its address comes from what is on it.
    let pictures: BTreeMap<&str, &PublicPicture> =
        site.book.pictures().values().map(|picture| (picture.route.as_str(), picture)).collect();
    files.extend(pictures.into_iter().map(|(route, picture)| (route.to_owned(), picture.bytes.clone())));
    let of_search = |(name, bytes)| (format!("{}{name}", index.folder), bytes);
    files.extend(index.files.clone().into_iter().map(of_search));
    files.push(("feed.xml".to_owned(), feed::atom(site).into_bytes()));
    files.extend(feed::sitemap(site).map(|map| ("sitemap.xml".to_owned(), map.into_bytes())));
    if site.within.is_some() {
        files.push((editions::PAGES.to_owned(), pages::index_of(site).json().into_bytes()));
        files.push((editions::FACTS.to_owned(), pages::changes::facts(site).json().into_bytes()));
    }
    if let Some((edition, news)) = pages::changes::since(site) {
        let text = editions::markdown(&pages::changes::title(&edition), &news);
        files.push((editions::CHANGES_TEXT.to_owned(), text.into_bytes()));
    }
    files.push(("robots.txt".to_owned(), b"User-agent: *\nDisallow: /\n".to_vec()));
    let mut output = Output::default();
    for (route, bytes) in files {
        if let Err(taken) = output.insert(route, bytes) {
            findings.push(Finding::new(&checks::DUPLICATE, format!("two files would be written to {taken}")));
        }
    }
    let manifest = output.manifest().into_bytes();
    if output.insert(MANIFEST.to_owned(), manifest).is_err() {
        findings.push(Finding::new(&checks::DUPLICATE, format!("a page would be written to {MANIFEST}")));
    }
    Outcome { value: output, findings }
}

/// The search index alone, as [`render`] makes it.
pub fn index(site: &Site<'_>, theme: &Theme) -> Index {
    let none = Index::default();
    let spot = Spot { site, theme, index: &none, route: links::SEARCH };
    search::index(&entries::entries(&spot), &entries::synonyms(&spot), &site.book.config().language)
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
