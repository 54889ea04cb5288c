//! Customers' words, and ours: quotes and the glossary.

use std::collections::BTreeMap;

use super::super::frame::{Around, Spot, frame};
use super::super::lists;
use super::super::plan::Planned;
use super::super::views::{GlossaryView, LinkView, QuotesView, TermView, ThemeView};
use crate::links;
use crate::model::{Term, slug};

pub(super) fn quotes(spot: &Spot<'_>, planned: &Planned<'_>) -> QuotesView {
    let mut themes: BTreeMap<String, ThemeView> = BTreeMap::new();
    // Of several spellings the one that stands first in the files.
    let mut titles: BTreeMap<String, &str> = BTreeMap::new();
    for theme in spot.site.book.quotes().iter().filter_map(|quote| quote.theme.as_deref()) {
        titles.entry(slug(theme)).or_insert(theme);
    }
    for quote in lists::quotes(spot, usize::MAX, |_| true) {
        // "Waiting" and "waiting!" are one theme, since they have one address.
        let theme = quote.theme.as_deref().filter(|theme| !slug(theme).is_empty()).unwrap_or("Other");
        let own = themes.entry(slug(theme)).or_insert_with(|| ThemeView {
            id: format!("theme.{}", slug(theme)),
            title: lists::theme_title(titles.get(&slug(theme)).copied().unwrap_or(theme)),
            quotes: Vec::new(),
        });
        own.quotes.push(quote);
    }
    let themes: Vec<ThemeView> = themes.into_values().collect();
    let around = Around {
        summary: Some("In their own words, made anonymous, each with its source and month.".to_owned()),
        ..Around::default()
    };
    let quotes = counted(spot, spot.site.book.quotes().len(), "quote");
    let count = format!("{quotes} on {}", counted(spot, themes.len(), "theme"));
    QuotesView { frame: frame(spot, planned, "quotes", around), count, themes }
}

/// `1 quote`, `1,200 quotes`.
fn counted(spot: &Spot<'_>, number: usize, noun: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{} {noun}{ending}", spot.locale().count(number as u64))
}

pub(super) fn glossary(spot: &Spot<'_>, planned: &Planned<'_>) -> GlossaryView {
    let terms = spot.site.book.glossary();
    let around = Around {
        summary: Some("What our words mean here, and what they do not.".to_owned()),
        ..Around::default()
    };
    GlossaryView {
        frame: frame(spot, planned, "glossary", around),
        terms: terms.iter().map(|one| term(spot, one, terms)).collect(),
    }
}

fn term(spot: &Spot<'_>, term: &Term, all: &[Term]) -> TermView {
    let see = term.see.iter().filter_map(|id| all.iter().find(|other| other.id == *id));
    let see: Vec<LinkView> = see.map(|other| spot.link(&other.term, &links::term(&other.id))).collect();
    TermView {
        id: term.id.as_str().to_owned(),
        term: term.term.clone(),
        long: term.long.clone(),
        also: term.also.clone(),
        definition: term.definition.clone(),
        not: term.not.clone(),
        source: term.source.clone(),
        see,
    }
}
