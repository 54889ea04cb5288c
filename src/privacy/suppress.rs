//! Hiding small groups, and what would give them back.

use std::collections::BTreeMap;

use super::{Point, State};
use crate::model::{Cell, Config, Kind, Series, SplitValue};

/// A split's name and value with its points.
type Hidden = (Option<(String, SplitValue)>, Vec<Point>);

/// Turns cells into points and hides what rests on too few answers.
///
/// A group of a split is also hidden when its siblings would give a hidden one back: total minus the others. So in each
/// period the hidden groups of a split are at least two and together no smaller than the threshold, as far as there are
/// groups left to hide.
pub(super) fn suppress(series: Vec<Series>, kind: Kind, config: &Config) -> Vec<Hidden> {
    let mut hidden: Vec<Hidden> = series
        .into_iter()
        .map(|series| {
            let least = match (&series.split, kind) {
                // With groups smaller than what everybody needs, everybody could be added up again.
                (Some(_), _) => config.min_answers_split.max(config.min_answers),
                (None, Kind::Count) => 0,
                (None, _) => config.min_answers,
            };
            let points = series.cells.iter().map(|cell| point(cell, least)).collect();
            (series.split, points)
        })
        .collect();
    let mut splits: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, (split, _)) in hidden.iter().enumerate() {
        if let Some((name, _)) = split {
            splits.entry(name.clone()).or_default().push(index);
        }
    }
    let periods = hidden.iter().map(|(_, points)| points.len()).max().unwrap_or(0);
    for groups in splits.values() {
        for period in 0..periods {
            complement(&mut hidden, groups, period, config.min_answers_split.max(config.min_answers));
        }
    }
    for (_, points) in &mut hidden {
        points.iter_mut().filter(|point| point.state == State::Suppressed).for_each(|point| {
            (point.value, point.n, point.interval) = (None, None, None);
        });
    }
    hidden
}

/// A point whose numbers are still in it; those of hidden points go last, once every sibling has been looked at.
fn point(cell: &Cell, least: u64) -> Point {
    let state = match cell.estimate {
        None => State::Missing,
        Some(estimate) if estimate.n.is_some_and(|n| n < least) => State::Suppressed,
        Some(_) => State::Shown,
    };
    Point {
        period: cell.period,
        state,
        value: cell.estimate.map(|estimate| estimate.value),
        n: cell.estimate.and_then(|estimate| estimate.n),
        interval: cell.estimate.and_then(|estimate| estimate.interval),
        signal: None,
    }
}

/// Answers of a period that belong to no group: everybody minus the groups. A reader can work them out as well.
fn without_group(series: &[Hidden], groups: &[usize], period: usize) -> u64 {
    let n = |points: &[Point]| points.get(period).and_then(|point| point.n);
    let total = series.iter().find(|(split, points)| {
        split.is_none() && points.get(period).is_some_and(|point| point.state == State::Shown)
    });
    let Some(total) = total.and_then(|(_, points)| n(points)) else { return 0 };
    total.saturating_sub(groups.iter().filter_map(|index| n(&series[*index].1)).sum())
}

fn complement(series: &mut [Hidden], groups: &[usize], period: usize, least: u64) {
    let rest = without_group(series, groups, period);
    loop {
        let state =
            |index: usize| series[index].1.get(period).map(|point| (point.state, point.n.unwrap_or(0)));
        let of = |wanted: State| {
            groups
                .iter()
                .filter_map(move |index| state(*index).map(|(state, n)| (*index, state, n)))
                .filter(move |(_, state, _)| *state == wanted)
        };
        let mut hidden: Vec<u64> = of(State::Suppressed).map(|(.., n)| n).collect();
        if (1..least).contains(&rest) || (rest > 0 && !hidden.is_empty()) {
            hidden.push(rest);
        }
        let enough = hidden.len() >= 2 && hidden.iter().sum::<u64>() >= least;
        if hidden.is_empty() || enough {
            return;
        }
        let Some((smallest, ..)) = of(State::Shown).min_by_key(|(.., n)| *n) else { return };
        series[smallest].1[period].state = State::Suppressed;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Cadence, Estimate, Period};

    fn series(group: Option<&str>, n: Option<u64>) -> Series {
        let period = Period::parse("2026-01", Cadence::Month).unwrap();
        let estimate = n.map(|n| Estimate { value: 50.0, n: Some(n), interval: Some((40.0, 60.0)) });
        Series {
            split: group.map(|group| ("region".to_owned(), SplitValue::new(group))),
            cells: vec![Cell { period, estimate }],
        }
    }

    fn states(groups: &[(&str, Option<u64>)]) -> Vec<State> {
        let mut all = vec![series(None, Some(500))];
        all.extend(groups.iter().map(|(name, n)| series(Some(name), *n)));
        let hidden = suppress(all, Kind::Csat, &Config::default());
        hidden.iter().skip(1).map(|(_, points)| points[0].state).collect()
    }

    #[test]
    fn one_hidden_group_takes_the_smallest_sibling_along() {
        use State::{Missing, Shown, Suppressed};
        assert_eq!(states(&[("a", Some(300)), ("b", Some(150)), ("c", Some(50))]), [Shown; 3]);
        assert_eq!(
            states(&[("a", Some(300)), ("b", Some(191)), ("c", Some(9))]),
            [Shown, Suppressed, Suppressed]
        );
        assert_eq!(
            states(&[("a", Some(475)), ("b", Some(20)), ("c", Some(3)), ("d", Some(2))]),
            [Shown, Suppressed, Suppressed, Suppressed],
            "three and two together are still below ten"
        );
        assert_eq!(states(&[("a", Some(300)), ("b", None)]), [Shown, Missing]);
        assert_eq!(
            states(&[("a", Some(300)), ("b", Some(198))]),
            [Shown, Suppressed],
            "two answers without a group are all minus the groups"
        );
    }

    #[test]
    fn hidden_points_carry_no_number() {
        for (split, points) in
            suppress(vec![series(None, Some(4)), series(Some("a"), Some(4))], Kind::Nps, &Config::default())
        {
            assert_eq!(points[0].state, State::Suppressed, "{split:?}");
            assert_eq!((points[0].value, points[0].n, points[0].interval), (None, None, None));
        }
    }
}
