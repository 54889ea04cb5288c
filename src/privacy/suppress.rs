//! Hiding small groups of metrics, and what would give them back.

use super::suppression::{self, Cell as Count, Policy, Table};
use super::{Point, State};
use crate::model::{Cell, Config, Kind, Period, RecordedMetric, RecordedPoint, Series, SplitValue};

/// A split's name and value with its points.
pub(super) type Hidden = (Option<(String, SplitValue)>, Vec<Point>);

/// One metric before anything is hidden, and what the last edition showed of it.
pub(super) struct Member<'a> {
    pub(super) kind: Kind,
    pub(super) series: Vec<Series>,
    pub(super) before: Option<&'a RecordedMetric>,
}

/// Indexes into the table, by series and period.
type Places = Vec<Vec<Option<usize>>>;

/// Turns cells into points and hides what rests on too few answers, and whatever would give that back. The members count the
/// same answers by different periods, so what hides a month must hide the quarter that would tell it. Into one [`Table`] go:
/// the numbers of answers of every period; a sum for each split of everybody; a sum for each longer period that shorter ones
/// make up; and what the last edition showed, with those who answered since then as cells of their own.
///
/// A value that cannot be renewed because too few answered since the last edition stays as that edition showed it. Values
/// without a number of answers stay outside: nothing is known about them.
pub(super) fn suppress(members: Vec<Member<'_>>, config: &Config) -> Vec<Vec<Hidden>> {
    let mut joint = Joint { table: Table::new(), config };
    let places: Vec<Places> = members.iter().map(|member| joint.add(member)).collect();
    joint.add_windows(&members, &places);
    let protection = suppression::protect(&joint.table, Policy::default());
    members
        .into_iter()
        .zip(places)
        .map(|(member, places)| points(member, &places, &protection.kept))
        .collect()
}

/// The numbers of answers of several metrics and everything that connects them.
struct Joint<'a> {
    table: Table,
    config: &'a Config,
}

impl Joint<'_> {
    /// With groups smaller than what everybody needs, everybody could be added up again.
    fn group_floor(&self) -> u64 {
        self.config.min_answers_split.max(self.config.min_answers)
    }

    /// Adds the cells of a metric and the sums among them.
    fn add(&mut self, member: &Member<'_>) -> Places {
        let group_floor = self.group_floor();
        let mut places: Places = Vec::with_capacity(member.series.len());
        let mut late: Places = Vec::with_capacity(member.series.len());
        for series in &member.series {
            let floor = match (&series.split, member.kind) {
                (Some(_), _) => Some(group_floor),
                // How many complaints there were is nobody's secret; who made them is.
                (None, Kind::Count) => None,
                (None, _) => Some(self.config.min_answers),
            };
            let (mut here, mut since) = (Vec::new(), Vec::new());
            for cell in &series.cells {
                let entry = |n| floor.map_or(Count::public(n), |floor| Count::open(n, floor));
                let place = count(cell).map(|n| (n, self.table.cell(entry(n))));
                let shown = member.before.and_then(|before| recorded(before, series, cell.period));
                since.push(place.and_then(|place| self.add_late(place, shown?.n?, floor?)));
                here.push(place.map(|(_, place)| place));
            }
            places.push(here);
            late.push(since);
        }
        self.add_splits(&member.series, &places, group_floor);
        self.add_splits(&member.series, &late, group_floor);
        places
    }

    /// Those who answered since the last edition, or were taken out.
    fn add_late(&mut self, (n, now): (u64, usize), before: u64, floor: u64) -> Option<usize> {
        let then = self.table.cell(Count::public(before));
        let late = self.table.cell(Count::latent(n.abs_diff(before), floor));
        let sum =
            if n >= before { self.table.sum(&[then, late], now) } else { self.table.sum(&[now, late], then) };
        sum.is_ok().then_some(late).filter(|_| n >= before)
    }

    /// In every period, the groups of a split and those without a group make up everybody.
    fn add_splits(&mut self, series: &[Series], places: &Places, floor: u64) {
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
                    let _ = self.table.sum_with_rest(&parts, *whole, floor);
                }
            }
        }
    }

    /// A longer period is the sum of the shorter ones that make it up.
    fn add_windows(&mut self, members: &[Member<'_>], places: &[Places]) {
        let floor = self.group_floor();
        for (at, (long, long_places)) in members.iter().zip(places).enumerate() {
            for (other_at, (short, short_places)) in members.iter().zip(places).enumerate() {
                // Of two metrics with periods of one length, each period is the other's.
                let same_length = length(long) == length(short) && at < other_at;
                if length(long) <= length(short) && !same_length {
                    continue;
                }
                for (series, wholes) in long.series.iter().zip(long_places) {
                    let same =
                        short.series.iter().zip(short_places).find(|(other, _)| other.split == series.split);
                    let Some((other, parts)) = same else { continue };
                    for (cell, whole) in series.cells.iter().zip(wholes) {
                        if let (Some(whole), Some(parts)) = (whole, window(cell.period, other, parts)) {
                            let _ = self.table.sum_with_rest(&parts, *whole, floor);
                        }
                    }
                }
            }
        }
    }
}

/// Days of a period of a metric, roughly; 0 without one.
fn length(member: &Member<'_>) -> i32 {
    let first = member.series.first().and_then(|series| series.cells.first());
    first.map_or(0, |cell| cell.period.end().days_since(cell.period.start()))
}

/// The cells of the shorter periods that make up a longer one; `None` when they do not.
fn window(long: Period, short: &Series, places: &[Option<usize>]) -> Option<Vec<usize>> {
    let inside =
        |cell: &&(usize, &Cell)| cell.1.period.start() <= long.end() && cell.1.period.end() >= long.start();
    let cells: Vec<(usize, &Cell)> = short.cells.iter().enumerate().collect();
    let cells: Vec<&(usize, &Cell)> = cells.iter().filter(inside).collect();
    let (first, last) = (cells.first()?.1.period, cells.last()?.1.period);
    let crosses = first.start() < long.start() || last.end() > long.end();
    if crosses {
        return None;
    }
    cells.into_iter().map(|(index, _)| places.get(*index).copied().flatten()).collect()
}

/// What the last edition showed of a cell.
fn recorded(before: &RecordedMetric, series: &Series, period: Period) -> Option<RecordedPoint> {
    before.series.get(&series.split)?.get(&period.to_string()).copied()
}

/// The number of answers of a cell; nobody where nothing was measured, `None` where the number is not known.
fn count(cell: &Cell) -> Option<u64> {
    cell.estimate.map_or(Some(0), |estimate| estimate.n)
}

fn points(member: Member<'_>, places: &Places, kept: &[bool]) -> Vec<Hidden> {
    let before = member.before;
    let series = member.series.into_iter().zip(places);
    series
        .map(|(series, places)| {
            let points = series.cells.iter().zip(places).map(|(cell, place)| {
                let shown = before.and_then(|before| recorded(before, &series, cell.period));
                point(cell, place.is_none_or(|place| kept[place]), shown)
            });
            let points = points.collect();
            (series.split, points)
        })
        .collect()
}

fn point(cell: &Cell, kept: bool, before: Option<RecordedPoint>) -> Point {
    let period = cell.period;
    if let (false, Some(RecordedPoint { value, n, interval })) = (kept, before) {
        return Point {
            period,
            state: State::Shown,
            value: Some(value),
            n,
            interval,
            signal: None,
            held: true,
        };
    }
    let state = match cell.estimate {
        _ if !kept => State::Suppressed,
        None => State::Missing,
        Some(_) => State::Shown,
    };
    let shown = cell.estimate.filter(|_| kept);
    Point {
        period,
        state,
        value: shown.map(|estimate| estimate.value),
        n: shown.and_then(|estimate| estimate.n),
        interval: shown.and_then(|estimate| estimate.interval),
        signal: None,
        held: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Cadence, Estimate, Period};

    fn alone(series: Vec<Series>, kind: Kind) -> Vec<Hidden> {
        suppress(vec![Member { kind, series, before: None }], &Config::default()).remove(0)
    }

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
        let hidden = alone(all, Kind::Csat);
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
        for (split, points) in alone(vec![series(None, Some(4)), series(Some("a"), Some(4))], Kind::Nps) {
            assert_eq!(points[0].state, State::Suppressed, "{split:?}");
            assert_eq!((points[0].value, points[0].n, points[0].interval), (None, None, None));
        }
    }

    fn months(n: [u64; 3]) -> Series {
        let cell = |(n, month): (u64, u8)| Cell {
            period: Period::parse(&format!("2026-0{month}"), Cadence::Month).unwrap(),
            estimate: Some(Estimate { value: 50.0, n: Some(n), interval: None }),
        };
        Series { split: None, cells: n.into_iter().zip(1..).map(cell).collect() }
    }

    #[test]
    fn a_quarter_does_not_tell_its_hidden_month() {
        let quarter = |n| Series {
            split: None,
            cells: vec![Cell {
                period: Period::parse("2026-Q1", Cadence::Quarter(1)).unwrap(),
                estimate: Some(Estimate { value: 50.0, n: Some(n), interval: None }),
            }],
        };
        let member = |series| Member { kind: Kind::Nps, series: vec![series], before: None };
        let states = |months_of: [u64; 3]| {
            let members = vec![member(months(months_of)), member(quarter(months_of.iter().sum()))];
            let hidden = suppress(members, &Config::default());
            let states =
                hidden.iter().flatten().flat_map(|(_, points)| points.iter().map(|point| point.state));
            states.collect::<Vec<_>>()
        };
        use State::{Shown, Suppressed};
        assert_eq!(states([40, 50, 60]), [Shown; 4]);
        let hidden = states([40, 3, 60]);
        assert_eq!(hidden[1], Suppressed);
        assert!(
            hidden.iter().filter(|state| **state == Suppressed).count() > 1,
            "{hidden:?}: 103 − 40 − 60 = 3"
        );
    }

    #[test]
    fn too_few_late_answers_are_not_told() {
        let point = |n| RecordedPoint { value: 30.0, n: Some(n), interval: None };
        let record = |n: [u64; 3]| RecordedMetric {
            series: [(
                None,
                n.iter().zip(1..).map(|(n, month)| (format!("2026-0{month}"), point(*n))).collect(),
            )]
            .into(),
            ..RecordedMetric::default()
        };
        let before = record([40, 50, 60]);
        let members =
            vec![Member { kind: Kind::Nps, series: vec![months([42, 50, 80])], before: Some(&before) }];
        let shown = suppress(members, &Config::default()).remove(0).remove(0).1;
        let told: Vec<_> =
            shown.iter().map(|point| (point.value.unwrap(), point.n.unwrap(), point.held)).collect();
        assert_eq!(told, [(30.0, 40, true), (50.0, 50, false), (50.0, 80, false)]);
        let members =
            vec![Member { kind: Kind::Nps, series: vec![months([38, 50, 60])], before: Some(&before) }];
        let shown = suppress(members, &Config::default()).remove(0).remove(0).1;
        assert!(shown[0].held, "two who took their answers back are two people as well");
    }

    #[test]
    fn late_answers_of_a_group_do_not_follow_from_the_others() {
        let before = RecordedMetric {
            series: [(None, 125), (Some("a"), 40), (Some("b"), 55), (Some("c"), 30)]
                .into_iter()
                .map(|(group, n)| {
                    let split = group.map(|group| ("region".to_owned(), SplitValue::new(group)));
                    let point = RecordedPoint { value: 30.0, n: Some(n), interval: None };
                    (split, [("2026-01".to_owned(), point)].into())
                })
                .collect(),
            ..RecordedMetric::default()
        };
        let now = [(None, 142), (Some("a"), 42), (Some("b"), 55), (Some("c"), 45)];
        let series = now.into_iter().map(|(group, n)| series(group, Some(n))).collect();
        let members = vec![Member { kind: Kind::Csat, series, before: Some(&before) }];
        let shown = suppress(members, &Config::default()).remove(0);
        let held: Vec<bool> = shown.iter().map(|(_, points)| points[0].held).collect();
        assert!(held[1], "two more in a");
        assert!(held[0] || held[3], "17 more in all less 15 more in c: {held:?}");
    }
}
