//! What has been counted: tallies by group and period, and an account of every row.

use std::collections::BTreeMap;

use super::super::tally::Tally;
use super::row::Skip;
use crate::diag::Place;
use crate::model::{Period, Rows, SplitValue};

/// Everybody (`None`), or one group of a split.
pub(super) type Group = Option<(String, SplitValue)>;

/// Tallies by period.
pub(super) type Periods = BTreeMap<Period, Tally>;

/// Something that happened to rows: how often, and where first.
#[derive(Debug, Clone)]
pub(super) struct Trouble {
    pub(super) first: Place,
    pub(super) rows: u64,
}

/// Counts of a part of the exports.
#[derive(Debug, Clone, Default)]
pub(super) struct Partial {
    pub(super) tallies: BTreeMap<Group, Periods>,
    pub(super) rows: Rows,
    /// Rows used of each period; a row of a wide table is one of each of its periods.
    pub(super) by_period: BTreeMap<Period, u64>,
    /// How everybody answered, by group of answers.
    pub(super) answers: BTreeMap<Period, Vec<u64>>,
    pub(super) troubles: BTreeMap<Skip, Trouble>,
}

impl Partial {
    /// Adds the counts of a later part.
    pub(super) fn add(&mut self, later: Self) {
        for (group, periods) in later.tallies {
            let own = self.tallies.entry(group).or_default();
            for (period, tally) in periods {
                match own.get_mut(&period) {
                    Some(known) => known.merge(&tally),
                    None => {
                        own.insert(period, tally);
                    }
                }
            }
        }
        self.rows.read += later.rows.read;
        self.rows.used += later.rows.used;
        for (reason, rows) in later.rows.skipped {
            *self.rows.skipped.entry(reason).or_default() += rows;
        }
        for (period, counts) in later.answers {
            let own = self.answers.entry(period).or_default();
            own.resize(own.len().max(counts.len()), 0);
            own.iter_mut().zip(counts).for_each(|(own, more)| *own += more);
        }
        for (period, rows) in later.by_period {
            *self.by_period.entry(period).or_default() += rows;
        }
        for (skip, trouble) in later.troubles {
            self.troubles.entry(skip).and_modify(|known| known.rows += trouble.rows).or_insert(trouble);
        }
    }

    /// Takes out what a later export holds anew, and accounts for its rows.
    pub(super) fn make_way_for(&mut self, later: &Self) {
        let mut replaced = 0;
        for period in later.by_period.keys() {
            replaced += self.by_period.remove(period).unwrap_or(0);
            self.answers.remove(period);
            self.tallies.values_mut().for_each(|periods| drop(periods.remove(period)));
        }
        self.tallies.retain(|_, periods| !periods.is_empty());
        if replaced > 0 {
            self.rows.used -= replaced.min(self.rows.used);
            *self.rows.skipped.entry("replaced by a later export".to_owned()).or_default() += replaced;
        }
    }

    /// The first period that another export has numbers for as well.
    pub(super) fn meets(&self, other: &Self) -> Option<Period> {
        self.by_period.keys().find(|period| other.by_period.contains_key(period)).copied()
    }

    /// Accounts for a row that does not count.
    pub(super) fn skip(&mut self, skip: Skip, place: impl FnOnce() -> Place) {
        let reason = match skip {
            Skip::Reason(reason) => reason,
            Skip::Rejected => "off the scale",
            Skip::Undated => "date not understood",
            Skip::Unsettled => "not settled",
            Skip::Conflicting => "second answer of one response",
            Skip::Unreadable(_) => "not a number",
            Skip::TooLong => "more cells than columns",
            Skip::TooShort => "too few cells",
        };
        match self.rows.skipped.get_mut(reason) {
            Some(rows) => *rows += 1,
            None => drop(self.rows.skipped.insert(reason.to_owned(), 1)),
        }
        if !matches!(skip, Skip::Reason(_)) {
            self.troubles
                .entry(skip)
                .and_modify(|known| known.rows += 1)
                .or_insert_with(|| Trouble { first: place(), rows: 1 });
        }
    }
}
