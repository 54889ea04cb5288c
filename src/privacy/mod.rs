//! The privacy gate: from a confidential [`Book`] to a [`PublicBook`] that may be shown.
//!
//! A `PublicBook` can only be made here. Everything below this module takes it, or plain data made from it, so a raw quote
//! or a small group cannot reach a page by accident.

mod clearance;
pub mod detect;
mod held_back;
mod levels;
mod memo;
mod moves;
pub mod output;
mod owners;
pub mod people;
mod picture;
mod public;
mod quotes;
mod redact;
mod rules;
mod said;
mod source;
mod split;
mod suppress;
pub mod suppression;
mod unsaid;
mod voices;

use detect::Scanner;
pub use held_back::HeldBack;
pub use levels::LevelTalks;
pub use memo::Memo;
pub use moves::Recurring;
pub use people::Change;
pub use picture::PublicPicture;
pub use public::{Point, PublicBook, PublicMetric, PublicRows, PublicSeries, State};
pub use quotes::{PublicQuote, QuoteRecord, RULES, Verdict};
pub use redact::{Refusal, redact};
pub use rules::Rules;
pub use unsaid::{Mask, unsaid};

use crate::diag::{Finding, Outcome, checks};
use crate::model::{Book, grouped};
use crate::source::Sources;

/// What the gate is told besides the book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct GateOptions {
    /// Keep pages that are marked as drafts.
    pub drafts: bool,
}

/// Hides what must be hidden and reports what must not be there.
pub fn gate(mut book: Book, sources: &Sources, options: GateOptions, memo: &Memo) -> Outcome<PublicBook> {
    let Outcome { value: mut rules, mut findings } = Rules::of(&book.privacy, sources, book.as_of);
    let heard = voices::listen(&book, &mut rules, memo);
    findings.extend(said::in_short(heard.findings));
    findings.extend(said::in_short(source::look(&book, sources, (&rules.policy, memo), &heard.told)));
    findings.extend(split::check(&mut Scanner::new(&rules.policy), &book));
    findings.extend(owners::check(&mut Scanner::new(&rules.policy), &book));
    findings.extend(rules.left());
    let (pictures, troubles) = picture::publish(&book.pictures, &book.reviews, options.drafts, memo);
    findings.extend(troubles);
    let decided = quotes::decide(&mut book, &heard.withheld);
    findings.extend(decided.findings);
    let quotes = (decided.shown, decided.records);
    let public = public::publish(book, options.drafts, quotes, pictures, rules.policy);
    findings
        .extend(public.metrics().values().flat_map(|metric| hidden(metric).into_iter().chain(later(metric))));
    Outcome { value: public, findings }
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
    let count = hidden.count() as u64 + metric.withheld;
    let (values, rest) = if count == 1 { ("value", "rests") } else { ("values", "rest") };
    let name = &metric.metric.definition.name;
    let verb = if count == 1 { "is" } else { "are" };
    let message =
        format!("{} {values} of \"{name}\" {rest} on too few answers and {verb} hidden", grouped(count));
    let help = "Nothing; a longer cadence or fewer groups would show more.";
    let place = metric.metric.definition.place.clone();
    (count > 0).then(|| Finding::new(&checks::GROUP_TOO_SMALL, message).at(place).help(help))
}
