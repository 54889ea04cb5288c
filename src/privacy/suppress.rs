//! Hiding small groups of a metric, and what would give them back.

use super::suppression::{self, Cell as Count, Policy, Table};
use super::{Point, State};
use crate::model::{Cell, Config, Kind, Series, SplitValue};

/// A split's name and value with its points.
type Hidden = (Option<(String, SplitValue)>, Vec<Point>);

/// Turns cells into points and hides what rests on too few answers, and whatever would give that back: the numbers of
/// answers of every period go into one [`Table`], with a sum for each split of everybody, and what its audit asks for is
/// hidden as well. Values without a number of answers stay outside: nothing is known about them.
pub(super) fn suppress(series: Vec<Series>, kind: Kind, config: &Config) -> Vec<Hidden> {
    // With groups smaller than what everybody needs, everybody could be added up again.
    let group_floor = config.min_answers_split.max(config.min_answers);
    let mut table = Table::new();
    let places: Vec<Vec<Option<usize>>> = series
        .iter()
        .map(|series| {
            let mut place = |cell: &Cell| {
                let entry = |n| match (&series.split, kind) {
                    (Some(_), _) => Count::open(n, group_floor),
                    // How many complaints there were is nobody's secret; who made them is.
                    (None, Kind::Count) => Count::public(n),
                    (None, _) => Count::open(n, config.min_answers),
                };
                count(cell).map(|n| table.cell(entry(n)))
            };
            series.cells.iter().map(&mut place).collect()
        })
        .collect();
    add_sums(&series, &places, group_floor, &mut table);
    let protection = suppression::protect(&table, Policy::default());
    series
        .into_iter()
        .zip(places)
        .map(|(series, places)| {
            let kept = |place: Option<usize>| place.is_none_or(|place| protection.kept[place]);
            let points =
                series.cells.iter().zip(places).map(|(cell, place)| point(cell, kept(place))).collect();
            (series.split, points)
        })
        .collect()
}

/// The number of answers of a cell; nobody where nothing was measured, `None` where the number is not known.
fn count(cell: &Cell) -> Option<u64> {
    cell.estimate.map_or(Some(0), |estimate| estimate.n)
}

/// In every period, the groups of a split and those without a group make up everybody.
fn add_sums(series: &[Series], places: &[Vec<Option<usize>>], floor: u64, table: &mut Table) {
    let Some(total) = series.iter().position(|series| series.split.is_none()) else { return };
    let mut names: Vec<&str> =
        series.iter().filter_map(|series| Some(series.split.as_ref()?.0.as_str())).collect();
    names.dedup();
    for name in names {
        let groups: Vec<usize> = (0..series.len())
            .filter(|index| series[*index].split.as_ref().is_some_and(|(split, _)| split == name))
            .collect();
        for (period, whole) in places[total].iter().enumerate() {
            let parts: Option<Vec<usize>> =
                groups.iter().map(|group| places[*group].get(period).copied().flatten()).collect();
            if let (Some(whole), Some(parts)) = (whole, parts) {
                // Where the groups come to more than everybody, they overlap, and no sum gives anything away.
                let _ = table.sum_with_rest(&parts, *whole, floor);
            }
        }
    }
}

fn point(cell: &Cell, kept: bool) -> Point {
    let state = match cell.estimate {
        _ if !kept => State::Suppressed,
        None => State::Missing,
        Some(_) => State::Shown,
    };
    let shown = cell.estimate.filter(|_| kept);
    Point {
        period: cell.period,
        state,
        value: shown.map(|estimate| estimate.value),
        n: shown.and_then(|estimate| estimate.n),
        interval: shown.and_then(|estimate| estimate.interval),
        signal: None,
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
