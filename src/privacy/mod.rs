//! The privacy gate: from a confidential [`Book`] to a [`PublicBook`] that may be shown.
//!
//! A `PublicBook` can only be made here. Everything below this module takes it, or plain data made from it, so a raw quote
//! or a small group cannot reach a page by accident.

mod clearance;
mod detect;
pub mod people;
mod public;
mod quotes;
mod suppress;
pub mod suppression;

pub use detect::{Hit, scan};
pub use people::Change;
pub use public::{Point, PublicBook, PublicMetric, PublicRows, PublicSeries, State};
pub use quotes::{PublicQuote, QuoteRecord, RULES, Verdict};

use crate::diag::{Finding, Level, LineIndex, Outcome, Place, checks};
use crate::model::{Book, Page, PageKind, Quote, grouped};

/// What the gate is told besides the book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct GateOptions {
    /// Keep pages that are marked as drafts.
    pub drafts: bool,
}

/// Hides what must be hidden and reports what must not be there.
pub fn gate(mut book: Book, options: GateOptions) -> Outcome<PublicBook> {
    let mut findings = Vec::new();
    findings.extend(book.quotes.iter().flat_map(|quote| {
        let what = if scan(&quote.id).is_empty() {
            format!("the quote \"{}\"", quote.id)
        } else {
            "a quote".to_owned()
        };
        scan_quote(quote)
            .into_iter()
            .map(move |hit| private(&what, &hit, Level::Error).at(quote.place.clone()))
    }));
    findings.extend(book.contacts.iter().flat_map(|contact| {
        let hits = contact.learned.as_deref().map(scan).unwrap_or_default();
        hits.into_iter().map(|hit| private("this conversation", &hit, Level::Error).at(contact.place.clone()))
    }));
    let own = book.config.contact.as_deref().unwrap_or("");
    findings.extend(book.pages.iter().flat_map(|page| scan_page(page, own)));
    let decided = quotes::decide(&mut book);
    findings.extend(decided.findings);
    let public = public::publish(book, options.drafts, decided.shown, decided.records);
    findings
        .extend(public.metrics().values().flat_map(|metric| hidden(metric).into_iter().chain(later(metric))));
    Outcome { value: public, findings }
}

fn private(what: &str, hit: &Hit, level: Level) -> Finding {
    let message = format!("{what} holds what looks like {}: {}", hit.kind.words(), hit.mask);
    let help = "Take it out or put a general word in its place, such as [name] or [order number].";
    Finding { level, ..Finding::new(&checks::PRIVATE_TEXT, message).help(help).masked() }
}

/// Everything of a quote that a page shows.
fn scan_quote(quote: &Quote) -> Vec<Hit> {
    let more = [&quote.theme, &quote.segment, &quote.language];
    let texts = [&quote.id, &quote.text, &quote.source].into_iter().chain(more.into_iter().flatten());
    texts.flat_map(|text| scan(text)).collect()
}

/// Authors' own pages: an address of a department may be meant, so it is a warning there.
fn scan_page(page: &Page, own: &str) -> Vec<Finding> {
    let index = LineIndex::new(&page.facts.source, &page.facts.body);
    let meant = |text: &str, hit: &Hit| {
        !hit.kind.concerns_prose() || text[hit.span.clone()].eq_ignore_ascii_case(own)
    };
    let say = |hit: &Hit, place: Place| private("this page", hit, Level::Warning).at(place);
    let facts = page_texts(page).into_iter().flat_map(|text| {
        let hits = scan(text).into_iter().filter(|hit| !meant(text, hit));
        hits.map(|hit| say(&hit, Place::line(&page.facts.source, 1))).collect::<Vec<_>>()
    });
    let body = scan(&page.facts.body).into_iter().filter(|hit| !meant(&page.facts.body, hit)).map(|hit| {
        let place = index.place(hit.span.clone());
        let line = place.line + page.facts.body_line - 1;
        say(&hit, Place { line, ..place })
    });
    facts.chain(body).collect()
}

/// The facts at the top of a page that its site shows.
fn page_texts(page: &Page) -> Vec<&str> {
    let facts = &page.facts;
    let mut texts: Vec<&str> = vec![&facts.title];
    texts.extend([&facts.summary, &facts.owner, &facts.next].into_iter().flatten().map(String::as_str));
    let own: Vec<&Option<String>> = match &page.kind {
        PageKind::Playbook(playbook) => {
            texts.extend(playbook.start.iter().chain(&playbook.stop).map(String::as_str));
            vec![&playbook.outcome]
        }
        PageKind::Story(story) => vec![&story.by, &story.feeling, &story.change],
        PageKind::Team(team) => vec![&team.part],
        PageKind::Action(action) => vec![&action.problem, &action.result],
        PageKind::Intro | PageKind::Free => Vec::new(),
    };
    texts.extend(own.into_iter().flatten().map(String::as_str));
    texts
}

/// Numbers after the date the book speaks for: an earlier date was asked for, or a slip in the export.
fn later(metric: &PublicMetric) -> Option<Finding> {
    let first = metric.left_out?;
    let definition = &metric.metric.definition;
    let message = format!(
        "\"{}\" has numbers from {} on, after the date of the book; they are left out",
        definition.name,
        first.long()
    );
    let help = "Check the dates of the export, or the date of the book (as-of).";
    Some(Finding::new(&checks::EXPORT_LATER, message).at(definition.place.clone()).help(help))
}

fn hidden(metric: &PublicMetric) -> Option<Finding> {
    let hidden = metric
        .series
        .iter()
        .flat_map(|series| &series.points)
        .filter(|point| point.state == State::Suppressed);
    let count = hidden.count() as u64;
    let (values, rest) = if count == 1 { ("value", "rests") } else { ("values", "rest") };
    let name = &metric.metric.definition.name;
    let verb = if count == 1 { "is" } else { "are" };
    let message =
        format!("{} {values} of \"{name}\" {rest} on too few answers and {verb} hidden", grouped(count));
    let help = "Nothing; a longer cadence or fewer groups would show more.";
    let place = metric.metric.definition.place.clone();
    (count > 0).then(|| Finding::new(&checks::GROUP_TOO_SMALL, message).at(place).help(help))
}
