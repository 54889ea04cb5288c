//! Where an author wrote what was found in the site.

use super::super::detect::{Scanner, undisguised};
use super::super::{PublicBook, page_texts};
use crate::diag::{LineIndex, Place};

/// The place of a value in the book, where it can be known and told: a file whose own name is private is not named.
pub(super) fn place(book: &PublicBook, value: &str, scanner: &mut Scanner<'_>) -> Option<Place> {
    let value = undisguised(value);
    find(book, &value).filter(|place| scanner.blocks(&place.file).is_empty())
}

fn find(book: &PublicBook, value: &str) -> Option<Place> {
    for page in book.pages() {
        let source = &page.facts.source;
        if let Some(at) = page.facts.body.find(value) {
            let place = LineIndex::new(source, &page.facts.body).place(at..at + value.len());
            return Some(Place { line: place.line + page.facts.body_line - 1, ..place });
        }
        if page_texts(page).iter().any(|text| text.contains(value)) {
            return Some(Place::line(source, 1));
        }
    }
    let config = book.config();
    let said = [&config.description, &config.company, &config.vision, &config.notice, &config.contact];
    let said =
        said.into_iter().flatten().chain(&config.site_url).chain(&config.authors).chain([&config.title]);
    if said.into_iter().any(|text| text.contains(value)) {
        return Some(Place::file("book.toml"));
    }
    let holds = |texts: &[Option<&String>]| texts.iter().flatten().any(|text| text.contains(value));
    let terms = book.glossary().iter().map(|term| {
        let texts = [
            Some(&term.term),
            term.long.as_ref(),
            Some(&term.definition),
            term.not.as_ref(),
            term.source.as_ref(),
        ];
        (holds(&texts), &term.place)
    });
    let stages = book.journey().stages.iter();
    let stages = stages.map(|stage| {
        (holds(&[Some(&stage.name), stage.owner.as_ref(), stage.summary.as_ref()]), &stage.place)
    });
    let edges = book.map().iter().map(|edge| (holds(&[edge.note.as_ref()]), &edge.place));
    let quotes_apart =
        terms.chain(stages).chain(edges).find(|(holds, _)| *holds).map(|(_, place)| place.clone());
    quotes_apart.or_else(|| metric(book, value))
}

/// A definition of a metric says too much to list: its file is named when its name or notes hold the value.
fn metric(book: &PublicBook, value: &str) -> Option<Place> {
    let definitions = book.metrics().values().map(|metric| &metric.metric.definition);
    let mut holding = definitions.filter(|definition| format!("{definition:?}").contains(value));
    holding.next().map(|definition| definition.place.clone())
}
