//! The privacy gate: from a confidential [`Book`] to a [`PublicBook`] that may be shown.
//!
//! A `PublicBook` can only be made here. Everything below this module takes it, or plain data made from it, so a raw quote
//! or a small group cannot reach a page by accident.

mod detect;
mod public;
mod suppress;

pub use detect::{Hit, scan};
pub use public::{Point, PublicBook, PublicMetric, PublicQuote, PublicSeries, State};

use crate::diag::{Finding, Level, LineIndex, Outcome, Place, checks};
use crate::model::{Book, Page, grouped};

/// What the gate is told besides the book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct GateOptions {
    /// Keep pages that are marked as drafts.
    pub drafts: bool,
}

/// Hides what must be hidden and reports what must not be there.
pub fn gate(book: Book, options: GateOptions) -> Outcome<PublicBook> {
    let mut findings = Vec::new();
    findings.extend(book.quotes.iter().flat_map(|quote| {
        let what = format!("the quote \"{}\"", quote.id);
        scan(&quote.text)
            .into_iter()
            .map(move |hit| private(&what, &hit, Level::Error).at(quote.place.clone()))
    }));
    findings.extend(book.contacts.iter().flat_map(|contact| {
        let hits = contact.learned.as_deref().map(scan).unwrap_or_default();
        hits.into_iter().map(|hit| private("this conversation", &hit, Level::Error).at(contact.place.clone()))
    }));
    let own = book.config.contact.as_deref().unwrap_or("");
    findings.extend(book.pages.iter().flat_map(|page| scan_page(page, own)));
    let public = public::publish(book, options.drafts);
    findings.extend(public.metrics().values().filter_map(hidden));
    Outcome { value: public, findings }
}

fn private(what: &str, hit: &Hit, level: Level) -> Finding {
    let message = format!("{what} holds what looks like {}: {}", hit.kind.words(), hit.mask);
    let help = "Take it out or put a general word in its place, such as [name] or [order number].";
    Finding { level, ..Finding::new(&checks::PRIVATE_TEXT, message).help(help).masked() }
}

/// Authors' own pages: an address of a department may be meant, so it is a warning there.
fn scan_page(page: &Page, own: &str) -> Vec<Finding> {
    let body = &page.facts.body;
    let index = LineIndex::new(&page.facts.source, body);
    scan(body)
        .into_iter()
        .filter(|hit| hit.kind.concerns_prose() && !body[hit.span.clone()].eq_ignore_ascii_case(own))
        .map(|hit| {
            let place = index.place(hit.span.clone());
            let line = place.line + page.facts.body_line - 1;
            private("this page", &hit, Level::Warning).at(Place { line, ..place })
        })
        .collect()
}

fn hidden(metric: &PublicMetric) -> Option<Finding> {
    let hidden = metric
        .series
        .iter()
        .flat_map(|series| &series.points)
        .filter(|point| point.state == State::Suppressed);
    let count = hidden.count() as u64;
    let message = format!(
        "{} values of \"{}\" rest on too few answers and are hidden",
        grouped(count),
        metric.metric.definition.name
    );
    let help = "Nothing to do; a longer cadence or fewer groups would show more.";
    let place = metric.metric.definition.place.clone();
    (count > 0).then(|| Finding::new(&checks::GROUP_TOO_SMALL, message).at(place).help(help))
}
