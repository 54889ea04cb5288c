//! From raw quotes to those that may be shown, with a record of each decision.

use std::collections::BTreeMap;

use super::clearance;
use super::people::{self, Change, Held, Showing};
use crate::diag::{Check, Finding, Place, checks};
use crate::model::{Book, Clearance, Date, Period, Quote, StageId, TeamId, grouped};
use crate::output::sha256;

/// Version of the rules that decide about quotes, for audit files. It grows with every change of what is let through.
pub const RULES: &str = "1";

/// A quote as it may be shown: no place, no consent text, nothing of its respondent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicQuote {
    /// Its id.
    pub id: String,
    /// The words.
    pub text: String,
    /// Where they were said or written.
    pub source: Option<String>,
    /// When: a month, or longer where a month would say too much.
    pub time: Option<Period>,
    /// What they are about.
    pub theme: Option<String>,
    /// Kind of customer.
    pub segment: Option<String>,
    /// Language tag, where it is not the book's.
    pub language: Option<String>,
    /// Stage of the journey.
    pub stage: Option<StageId>,
    /// Teams they speak about.
    pub teams: Vec<TeamId>,
    /// Whether a second person looked and found that nobody can be found by it. Without that no edition shows it.
    pub is_cleared: bool,
    /// What is shown less exactly than it was written.
    pub changes: Vec<Change>,
}

/// What was decided about a quote, without its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuoteRecord {
    /// SHA-256 of its id.
    pub id: String,
    /// SHA-256 of its text.
    pub text: String,
    /// What became of it.
    pub verdict: Verdict,
    /// Role and day of a valid clearance.
    pub cleared: Option<(String, Date)>,
    /// What was made less exact.
    pub changes: Vec<Change>,
    /// At least so many people match what is shown, where a metric counts them.
    pub people: Option<u64>,
}

/// What became of a quote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is in the site.
    Published,
    /// Its words hold what looks like an identifier.
    PrivateText,
    /// The second person said that its customer could be found.
    CouldBeFound,
    /// Too few people match.
    TooFew,
    /// Its group would be one respondent's.
    OneRespondent,
}

impl Verdict {
    /// In audit files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Published => "published",
            Self::PrivateText => "private-text",
            Self::CouldBeFound => "could-be-found",
            Self::TooFew => "too-few-people",
            Self::OneRespondent => "one-respondent",
        }
    }
}

/// What the gate lets through of a book's quotes.
#[derive(Debug, Default)]
pub(super) struct Decided {
    pub(super) shown: Vec<PublicQuote>,
    pub(super) records: Vec<QuoteRecord>,
    pub(super) findings: Vec<Finding>,
}

/// Takes the quotes out of a book and decides about each. `withheld` says whose words hold an identifier, in their order.
pub(super) fn decide(book: &mut Book, withheld: &[bool]) -> Decided {
    let mut decided = Decided { findings: clearance::check(book), ..Decided::default() };
    let mut open = Vec::new();
    for (at, quote) in std::mem::take(&mut book.quotes).into_iter().enumerate() {
        let refused = match &quote.cleared {
            _ if withheld.get(at) != Some(&false) => Some(Verdict::PrivateText),
            Some(Clearance { could_be_found: true, .. }) => Some(Verdict::CouldBeFound),
            _ => None,
        };
        match refused {
            Some(verdict) => decided.records.push(record(book, &quote, verdict, None)),
            None => open.push(quote),
        }
    }
    book.quotes = open;
    let showings = people::assess(book);
    decided.findings.extend(told(book, &showings));
    for (quote, showing) in std::mem::take(&mut book.quotes).into_iter().zip(showings) {
        let verdict = match &showing {
            Ok(_) => Verdict::Published,
            Err(Held::TooFew) => Verdict::TooFew,
            Err(Held::OneRespondent) => Verdict::OneRespondent,
        };
        let record = record(book, &quote, verdict, showing.as_ref().ok());
        let is_cleared = record.cleared.is_some();
        decided.records.push(record);
        decided.shown.extend(showing.ok().map(|showing| public(quote, showing, is_cleared)));
    }
    decided
}

fn public(quote: Quote, showing: Showing, is_cleared: bool) -> PublicQuote {
    let Quote { id, text, source, theme, language, stage, teams, .. } = quote;
    let Showing { time, segment, changes, .. } = showing;
    let teams = if showing.teams { teams } else { Vec::new() };
    let source = showing.source.then_some(source);
    PublicQuote { id, text, source, time, theme, segment, language, stage, teams, is_cleared, changes }
}

fn record(book: &Book, quote: &Quote, verdict: Verdict, showing: Option<&Showing>) -> QuoteRecord {
    let cleared = quote.cleared.as_ref().filter(|_| clearance::missing(book, quote).is_none());
    QuoteRecord {
        id: sha256(quote.id.as_bytes()),
        text: sha256(quote.text.as_bytes()),
        verdict,
        cleared: cleared.map(|cleared| (cleared.by.clone(), cleared.on)),
        changes: showing.map(|showing| showing.changes.clone()).unwrap_or_default(),
        people: showing.and_then(|showing| showing.people),
    }
}

/// One finding for each file and subject: a book may hold hundreds of quotes, and the audit file has them one by one.
fn told(book: &Book, showings: &[Result<Showing, Held>]) -> Vec<Finding> {
    let mut groups: BTreeMap<(&Place, Subject), (u64, &Place)> = BTreeMap::new();
    let files: BTreeMap<&str, &Place> =
        book.quotes.iter().rev().map(|quote| (&*quote.place.file, &quote.place)).collect();
    for (quote, showing) in book.quotes.iter().zip(showings) {
        let subject = match showing {
            Err(Held::TooFew) => Subject::TooFew,
            Err(Held::OneRespondent) => Subject::OneRespondent,
            Ok(Showing { people: None, .. }) => Subject::Uncounted,
            Ok(showing) if !showing.changes.is_empty() => Subject::LessExact,
            Ok(_) => continue,
        };
        if let Some(file) = files.get(&*quote.place.file) {
            groups.entry((file, subject)).or_insert((0, &quote.place)).0 += 1;
        }
    }
    let k = book.config.min_people_quote;
    groups
        .into_iter()
        .map(|((_, subject), (count, place))| subject.finding(count, k).at(place.clone()))
        .collect()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Subject {
    TooFew,
    OneRespondent,
    Uncounted,
    LessExact,
}

impl Subject {
    fn finding(self, count: u64, k: u64) -> Finding {
        let many = if count == 1 {
            "a quote of this file".to_owned()
        } else {
            format!("{} quotes of this file", grouped(count))
        };
        let are = if count == 1 { "is" } else { "are" };
        let (check, message, help): (&'static Check, String, &str) = match self {
            Self::TooFew => (
                &checks::QUOTE_HELD_BACK,
                format!("{many} {are} not published: fewer than {k} people match, whatever is left out"),
                "Where its survey is known, say so with \"metric: ID\". Otherwise publish it when more people have answered, or leave \
                 it out.",
            ),
            Self::OneRespondent => (
                &checks::QUOTE_HELD_BACK,
                format!("{many} {are} not published: all quotes of some group would be one respondent's"),
                "Add quotes of other customers on the same subject, or leave it out.",
            ),
            Self::Uncounted => (
                &checks::QUOTE_WITHOUT_PEOPLE,
                format!(
                    "no metric counts the people among whom {many} {are}; shown with the quarter and no segment"
                ),
                "Name the survey with \"metric: ID\", or set up a customer metric of the same stage with numbers of answers.",
            ),
            Self::LessExact => (
                &checks::QUOTE_LESS_EXACT,
                format!("{many} {are} shown less exactly, so that at least {k} people match"),
                "Nothing. Where a quote's survey is known, \"metric: ID\" says among whom to count; cxbook build --audit FILE \
                 writes what was done to each.",
            ),
        };
        Finding::new(check, message).help(help).masked()
    }
}
