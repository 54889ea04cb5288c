//! Whether a quote could be anybody's: what is said about its customer must match enough people.
//!
//! The people are those whom the book's metrics count (`population`). Everything a page says of a quote's customer, or shows
//! by where it lists the quote, makes one set: month, kind of customer, stage, team, source, language. That set must match
//! at least `[privacy] min-people-quote` of them; [`recode`] says how much less exactly it is shown otherwise. A page of
//! one stage, team or theme says no more than the whole set does, so it matches at least as many.
//!
//! Not covered: what the words tell, a respondent who answered twice, an attribute that no metric counts, and a reader who
//! compares how one quote was shown in two editions.

mod alike;
mod kind;
mod ladder;
mod population;
mod recode;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

pub use ladder::{Cell, Ladder, Shown, Step};
pub use recode::{Class, recode};

use crate::model::{Book, Cadence, Month, Period, Quote};
use kind::{Attribute, Kind};

/// How a quote may be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Showing {
    /// When; nothing where that would say too much.
    pub time: Option<Period>,
    /// Kind of customer.
    pub segment: Option<String>,
    /// Whether the teams may be named.
    pub teams: bool,
    /// Whether the source may be named.
    pub source: bool,
    /// At least so many people match; `None` where no metric counts them.
    pub people: Option<u64>,
    /// What was made less exact, in the order in which it was done.
    pub changes: Vec<Change>,
}

/// What is shown less exactly than the author wrote it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// The quarter instead of the month.
    Quarter,
    /// The year.
    Year,
    /// No date.
    NoDate,
    /// A broader kind of customer.
    BroaderSegment,
    /// No kind of customer.
    NoSegment,
    /// No team.
    NoTeams,
    /// No source.
    NoSource,
}

impl Change {
    /// For pages and programs.
    pub fn word(self) -> &'static str {
        match self {
            Self::Quarter => "month not shown",
            Self::Year => "only the year shown",
            Self::NoDate => "date not shown",
            Self::BroaderSegment => "segment shown more broadly",
            Self::NoSegment => "segment not shown",
            Self::NoTeams => "team not shown",
            Self::NoSource => "source not shown",
        }
    }
}

/// Why a quote is not published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// Too few people match, whatever is left out.
    TooFew,
    /// All quotes of some group would come from one respondent.
    OneRespondent,
}

/// For each quote how it may be shown, or why it may not.
pub fn assess(book: &Book) -> Vec<Result<Showing, Held>> {
    let kinds: Vec<Option<Kind>> = book.quotes.iter().map(|quote| Kind::of(book, quote)).collect();
    let mut tables: BTreeMap<&Kind, Recoded> = BTreeMap::new();
    for (quote, kind) in book.quotes.iter().zip(&kinds) {
        if let Some(kind) = kind {
            tables
                .entry(kind)
                .or_insert_with(|| Recoded::new(book, kind))
                .used
                .insert(kind.cell(book, quote));
        }
    }
    tables.iter_mut().for_each(|(kind, table)| table.recode(kind, book));
    let mut shown: Vec<Result<Showing, Held>> = book
        .quotes
        .iter()
        .zip(&kinds)
        .map(|(quote, kind)| match kind {
            Some(kind) => {
                let table = tables.get(kind).ok_or(Held::TooFew)?;
                table.showing(kind, book, quote).ok_or(Held::TooFew)
            }
            None => Ok(uncounted(quote)),
        })
        .collect();
    alike::part(&book.quotes, &mut shown);
    shown
}

/// No metric says how many people there are: the quarter, and nothing about the kind of customer.
fn uncounted(quote: &Quote) -> Showing {
    let mut changes = vec![Change::Quarter];
    changes.extend(quote.segment.as_ref().map(|_| Change::NoSegment));
    let time = period(quote.month, Cadence::Quarter(1));
    Showing { time, segment: None, teams: true, source: true, people: None, changes }
}

fn period(month: Month, cadence: Cadence) -> Option<Period> {
    month.first_day().map(|day| Period::containing(day, cadence))
}

/// A table of people and how each of its cells is shown.
struct Recoded {
    table: population::Table,
    used: BTreeSet<Cell>,
    ladder: Ladder,
    all: BTreeMap<Cell, Option<Class>>,
    /// For quotes that the last edition may not have held.
    new: BTreeMap<Cell, Option<Class>>,
}

impl Recoded {
    fn new(book: &Book, kind: &Kind) -> Self {
        let table = kind.table(book);
        let ladder = Ladder { steps: Vec::new(), parents: kind.parents(book) };
        Self { table, used: BTreeSet::new(), ladder, all: BTreeMap::new(), new: BTreeMap::new() }
    }

    /// The date or the rest first, whichever leaves the people as a whole better described.
    fn recode(&mut self, kind: &Kind, book: &Book) {
        let k = book.config.min_people_quote;
        let mut people = self.table.people.clone();
        // Empty cells without a quote are nobody's; one with a quote must not stay as it is.
        people.retain(|cell, n| *n > 0 || self.used.contains(cell));
        self.used.iter().for_each(|cell| {
            people.entry(cell.clone()).or_insert(0);
        });
        let mut best: Option<(u128, Ladder, BTreeMap<Cell, Option<Class>>)> = None;
        for steps in kind.ladders(&self.ladder.parents) {
            let ladder = Ladder { steps, parents: self.ladder.parents.clone() };
            let classes = recode(&people, &ladder, k);
            let cost = classes.iter().map(|(cell, class)| {
                let steps = class.map_or(ladder.steps.len() + 1, |class| class.level);
                u128::from(people.get(cell).copied().unwrap_or(0)) * steps as u128
            });
            let cost = cost.sum();
            if best.as_ref().is_none_or(|(least, ..)| cost < *least) {
                best = Some((cost, ladder, classes));
            }
        }
        if let Some((_, ladder, classes)) = best {
            (self.ladder, self.all) = (ladder, classes);
        }
        if book.record.is_some() {
            self.new = recode(&self.table.added, &self.ladder, k);
        }
    }

    fn showing(&self, kind: &Kind, book: &Book, quote: &Quote) -> Option<Showing> {
        let cell = kind.cell(book, quote);
        let fresh = if quote.was_published { None } else { self.new.get(&cell) };
        let class = fresh.or_else(|| self.all.get(&cell)).copied().flatten()?;
        let shown = self.ladder.apply(&cell, class.level);
        let mut showing = kind.start(quote, &shown);
        showing.people = Some(class.people);
        for (attribute, (value, before)) in kind.attributes().zip(shown.values.iter().zip(&cell.values)) {
            match (attribute, value) {
                (Attribute::Segment, None) => {
                    showing.segment = None;
                    showing.changes.push(Change::NoSegment);
                }
                (Attribute::Segment, Some(value)) if value != before => {
                    showing.segment = Some(book.config.hierarchy_name(value));
                    showing.changes.push(Change::BroaderSegment);
                }
                (Attribute::Team, None) => {
                    showing.teams = false;
                    showing.changes.push(Change::NoTeams);
                }
                (Attribute::Source, None) => {
                    showing.source = false;
                    showing.changes.push(Change::NoSource);
                }
                _ => {}
            }
        }
        Some(showing)
    }
}
