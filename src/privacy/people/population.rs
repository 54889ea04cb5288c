//! How many people answered, by when and by group: the numbers of answers of the book's metrics.
//!
//! An answer counts as a person. Where a metric has one split for what a quote says, its numbers are exact. Where a quote is
//! described by several splits, only their margins are known, and of people in both `a` and `b` there are at least
//! `n_a + n_b - n` (Fréchet); for d margins their sum less `(d - 1) n`. Bounds of cells add up to a bound of their class, which
//! may be far too low: such a quote is held back although a coarser word would do.
//! Where a quote may come from several surveys, each cell counts as many as the survey with the fewest.

use std::collections::{BTreeMap, BTreeSet};

use super::ladder::Cell;
use crate::model::{Cadence, Date, MeasuredMetric, Period, RecordedMetric, Series, slug};

/// A survey as far as it says how many people there are.
#[derive(Debug, Clone, Copy)]
pub(super) struct Survey<'a> {
    pub(super) measured: &'a MeasuredMetric,
    /// What the last edition showed of it.
    pub(super) before: Option<&'a RecordedMetric>,
}

/// An attribute that a survey counts: the name of its split and how its values are called here.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Counted {
    /// The splits, one for each survey; `None` where that survey does not count it.
    pub(super) splits: Vec<Option<String>>,
    /// Values that count as the group above them, where a quote names that.
    pub(super) as_group: BTreeMap<String, String>,
}

/// Numbers of people by cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Table {
    /// Everybody who answered.
    pub(super) people: BTreeMap<Cell, u64>,
    /// Those who answered since the last edition, where there are any; at least.
    pub(super) added: BTreeMap<Cell, u64>,
}

/// The shortest period that all of these surveys tell apart.
pub(super) fn finest(surveys: &[Survey<'_>]) -> Option<Cadence> {
    let rank = |cadence: Cadence| match cadence {
        Cadence::Week | Cadence::Month => Some(Cadence::Month),
        Cadence::Quarter(_) | Cadence::FourWeeks(_) => Some(Cadence::Quarter(1)),
        Cadence::Year(1) => Some(Cadence::Year(1)),
        Cadence::Year(_) => None,
    };
    let all: Option<Vec<Cadence>> =
        surveys.iter().map(|survey| rank(survey.measured.metric.definition.cadence)).collect();
    all?.into_iter().min_by_key(|cadence| cadence.per_year())
}

/// Counts the people of surveys in periods of `base` and by the counted attributes.
pub(super) fn table(
    surveys: &[Survey<'_>],
    base: Option<Cadence>,
    counted: &[Counted],
    as_of: Date,
) -> Table {
    let sides = surveys.iter().enumerate().map(|(index, survey)| {
        let splits: Vec<Option<(&str, &BTreeMap<String, String>)>> = counted
            .iter()
            .map(|counted| Some((counted.splits.get(index)?.as_deref()?, &counted.as_group)))
            .collect();
        one(survey, base, &splits, as_of)
    });
    sides.reduce(|a, b| fewest(&a, &b)).unwrap_or_default()
}

/// Two surveys of which a quote may be: of each cell the smaller number, so that a class holds enough people of either.
fn fewest(a: &Table, b: &Table) -> Table {
    let both = |a: &BTreeMap<Cell, u64>, b: &BTreeMap<Cell, u64>| {
        let cells: BTreeSet<&Cell> = a.keys().chain(b.keys()).collect();
        let of = |table: &BTreeMap<Cell, u64>, cell: &Cell| table.get(cell).copied().unwrap_or(0);
        cells.into_iter().map(|cell| (cell.clone(), of(a, cell).min(of(b, cell)))).collect()
    };
    Table { people: both(&a.people, &b.people), added: both(&a.added, &b.added) }
}

/// Numbers of answers of one series: now, and in the last edition.
#[derive(Debug, Default, Clone)]
struct Margin {
    now: BTreeMap<Option<Period>, u64>,
    added: BTreeMap<Option<Period>, u64>,
}

type Splits<'a> = [Option<(&'a str, &'a BTreeMap<String, String>)>];

fn one(survey: &Survey<'_>, base: Option<Cadence>, splits: &Splits<'_>, as_of: Date) -> Table {
    let of = |series: &Series, margin: &mut Margin| add(survey, series, base, as_of, margin);
    let mut total = Margin::default();
    for series in survey.measured.series.iter().filter(|series| series.split.is_none()) {
        of(series, &mut total);
    }
    let mut sides: Vec<BTreeMap<String, Margin>> = Vec::new();
    for split in splits {
        let mut margins: BTreeMap<String, Margin> = BTreeMap::new();
        let Some((name, as_group)) = split else {
            sides.push(margins);
            continue;
        };
        for series in &survey.measured.series {
            if let Some((_, value)) = series.split.as_ref().filter(|(own, _)| own == name) {
                let value = slug(value.as_str());
                let value = as_group.get(&value).cloned().unwrap_or(value);
                of(series, margins.entry(value).or_default());
            }
        }
        sides.push(margins);
    }
    let mut table = Table::default();
    for values in product(&sides) {
        let margins: Vec<&Margin> =
            sides.iter().zip(&values).filter_map(|(side, value)| side.get(value)).collect();
        for (time, everybody) in &total.now {
            let now = margins.iter().map(|margin| margin.now.get(time).copied().unwrap_or(0));
            let cell = Cell { time: *time, values: values.clone() };
            table.people.insert(cell.clone(), at_least(now, *everybody));
            let new = total.added.get(time).copied().unwrap_or(0);
            let parts: Vec<u64> =
                margins.iter().map(|margin| margin.added.get(time).copied().unwrap_or(0)).collect();
            // Nobody came, or nobody to one of the groups: no answer of this cell is new.
            let none_came =
                margins.iter().any(|margin| !margin.now.contains_key(time) || unchanged(margin, *time));
            if new > 0 && !none_came {
                table.added.insert(cell, at_least(parts.into_iter(), new));
            }
        }
    }
    table
}

/// Whether the last edition showed this very number of answers.
fn unchanged(margin: &Margin, time: Option<Period>) -> bool {
    !margin.added.contains_key(&time)
}

/// At least so many are in all of these parts of a whole.
pub(super) fn at_least(parts: impl Iterator<Item = u64>, whole: u64) -> u64 {
    let missing: u64 = parts.map(|part| whole.saturating_sub(part)).fold(0, u64::saturating_add);
    whole.saturating_sub(missing)
}

/// Adds the answers of a series; a period that lies in two of `base` is left out.
fn add(survey: &Survey<'_>, series: &Series, base: Option<Cadence>, as_of: Date, margin: &mut Margin) {
    let shown = survey.before.and_then(|before| before.series.get(&series.split));
    let everybody = survey.before.and_then(|before| before.series.get(&None));
    for cell in series.cells.iter().filter(|cell| cell.period.start() <= as_of) {
        let Some(n) = cell.estimate.and_then(|estimate| estimate.n) else { continue };
        let time = base.map(|cadence| Period::containing(cell.period.start(), cadence));
        if time.is_some_and(|time| cell.period.end() > time.end()) {
            continue;
        }
        *margin.now.entry(time).or_default() += n;
        let period = cell.period.to_string();
        let then = shown.and_then(|points| points.get(&period)).map(|point| point.n.unwrap_or(0));
        let was_published = everybody.is_some_and(|points| points.contains_key(&period));
        let added = match then {
            Some(then) if then == n => None,
            Some(then) => Some(n.saturating_sub(then)),
            // Hidden then, while the period was shown: how many came to this group is not known.
            None if was_published => Some(0),
            None => Some(n),
        };
        if let Some(added) = added {
            *margin.added.entry(time).or_default() += added;
        }
    }
}

/// Every combination of one value of each side; a side without values gives an empty text.
fn product(sides: &[BTreeMap<String, Margin>]) -> Vec<Vec<String>> {
    sides.iter().fold(vec![Vec::new()], |rows, side| {
        let values: Vec<String> =
            if side.is_empty() { vec![String::new()] } else { side.keys().cloned().collect() };
        let with = |row: &Vec<String>| {
            let row = row.clone();
            values.clone().into_iter().map(move |value| [row.clone(), vec![value]].concat())
        };
        rows.iter().flat_map(with).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn margins_bound_what_two_groups_share() {
        for (parts, whole, least) in [
            (&[60, 70][..], 100, 30),
            (&[60, 30], 100, 0),
            (&[100, 7], 100, 7),
            (&[], 9, 9),
            (&[80, 80, 80], 100, 40),
        ] {
            assert_eq!(at_least(parts.iter().copied(), whole), least, "{parts:?} of {whole}");
        }
    }
}
