//! Customers' words, and ours: quotes and the glossary.

use std::collections::BTreeMap;

use super::super::frame::{Around, Spot, frame};
use super::super::lists;
use super::super::plan::Planned;
use super::super::views::{GlossaryView, HeadingView, LinkView, QuoteView, QuotesView, TermView, ThemeView};
use crate::links;
use crate::model::{Term, slug};

pub(super) fn quotes(spot: &Spot<'_>, planned: &Planned<'_>) -> QuotesView {
    let mut themes: BTreeMap<String, Vec<QuoteView>> = BTreeMap::new();
    for quote in lists::quotes(spot, usize::MAX, |_| true) {
        let theme = quote.theme.clone().unwrap_or_else(|| "Other".to_owned());
        themes.entry(theme).or_default().push(quote);
    }
    let themes: Vec<ThemeView> = themes
        .into_iter()
        .map(|(theme, quotes)| ThemeView {
            id: format!("theme.{}", slug(&theme)),
            title: capital(&theme),
            quotes,
        })
        .collect();
    let contents =
        themes.iter().map(|theme| HeadingView { level: 2, id: theme.id.clone(), text: theme.title.clone() });
    let around = Around {
        summary: Some("In their own words, made anonymous, each with its source and month.".to_owned()),
        contents: contents.collect(),
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

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
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
        definition: term.definition.clone(),
        not: term.not.clone(),
        source: term.source.clone(),
        see,
    }
}
