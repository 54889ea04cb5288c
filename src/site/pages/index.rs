//! The index from A to Z, and the page for missing pages.

use std::collections::BTreeMap;

use super::super::frame::{Around, Spot, frame};
use super::super::plan::{Planned, Subject};
use super::super::views::{GroupView, IndexView, ItemView, NotFoundView};
use crate::links;
use crate::model::capital;

pub(super) fn view(spot: &Spot<'_>, planned: &Planned<'_>) -> IndexView {
    let mut letters: BTreeMap<String, Vec<ItemView>> = BTreeMap::new();
    let pages = spot.site.pages.iter().filter(|(route, _)| route.as_str() != links::NOT_FOUND);
    let pages = pages.map(|(route, page)| (page.title.clone(), route.clone(), kind(page.subject)));
    let glossary = spot.site.book.glossary().iter();
    let terms = glossary.map(|term| (term.term.clone(), links::term(&term.id), "term"));
    for (title, route, kind) in pages.chain(terms) {
        let item = ItemView { href: spot.href(&route), title, summary: None, meta: vec![capital(kind)] };
        letters.entry(letter(&item.title)).or_default().push(item);
    }
    let groups = letters.into_iter().map(|(letter, mut items)| {
        items.sort_by(|a, b| (a.title.to_lowercase(), &a.href).cmp(&(b.title.to_lowercase(), &b.href)));
        GroupView {
            id: format!("letter.{}", if letter == "#" { "other" } else { &letter }),
            title: letter,
            items,
        }
    });
    let around = Around { summary: Some("Every page and every term.".to_owned()), ..Around::default() };
    IndexView { frame: frame(spot, planned, "index", around), groups: groups.collect() }
}

/// The upper-case first letter; `#` for what begins with a digit or a sign.
fn letter(title: &str) -> String {
    match title.chars().find(|character| character.is_alphanumeric()) {
        Some(letter) if letter.is_alphabetic() => letter.to_uppercase().collect(),
        _ => "#".to_owned(),
    }
}

fn kind(subject: Subject<'_>) -> &'static str {
    match subject {
        Subject::Home(_) => "home",
        Subject::List(..) | Subject::Metrics => "list",
        Subject::Page(page) | Subject::Team(page) => page.section.noun(),
        Subject::Metric(_) => "metric",
        Subject::Journey => "journey",
        Subject::Quotes => "quotes",
        Subject::Glossary => "glossary",
        Subject::Paths => "list",
        Subject::Path(_) => "learning path",
        Subject::Device => "device",
        Subject::Privacy => "privacy",
        Subject::Changes => "changes",
        Subject::Index | Subject::NotFound => "index",
    }
}

pub(super) fn not_found(spot: &Spot<'_>, planned: &Planned<'_>) -> NotFoundView {
    let summary =
        "It may have moved. The index from A to Z lists every page, and the teams' pages are one step away.";
    let around = Around { summary: Some(summary.to_owned()), ..Around::default() };
    NotFoundView { frame: frame(spot, planned, "not-found", around) }
}
