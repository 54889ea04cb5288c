//! What the latest points say.

use super::limits::finite;
use super::patterns::side;
use super::{Flag, Limits, RuleSet, Signal, judge};

/// What the latest points of a series say.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Reading {
    /// Too few points since the start or since the definition changed.
    TooEarly {
        /// Points there are.
        points: usize,
    },
    /// Nothing beyond ordinary variation.
    Steady {
        /// Index of the first point after the last signal; `None` when the stretch has none.
        since: Option<usize>,
    },
    /// The latest point alone is beyond ordinary variation.
    Outside {
        /// Above the centre.
        above: bool,
    },
    /// The latest points, two or more, are beyond ordinary variation on one side.
    Shifted {
        /// Above the centre.
        above: bool,
        /// Index of the first of them.
        since: usize,
    },
    /// The latest points rise, or fall, all the way for longer than chance explains.
    Trending {
        /// Up.
        rising: bool,
        /// Index of the first of them.
        since: usize,
    },
    /// No point stands out, but the series stays on one side of its median for long and crosses it too seldom for chance.
    Clustered,
}

/// Reads the end of a series by the default rule set. `limits` belong to its last stretch.
pub fn reading(values: &[Option<f64>], limits: Option<&Limits>) -> Reading {
    reading_by(values, limits, RuleSet::default())
}

/// Reads the end of a series by a rule set. `limits` belong to its last stretch; provisional ones are too early for a word.
pub fn reading_by(values: &[Option<f64>], limits: Option<&Limits>, rules: RuleSet) -> Reading {
    let Some(limits) = limits else {
        return Reading::TooEarly { points: values.iter().filter(|value| finite(**value).is_some()).count() };
    };
    if limits.is_provisional() {
        return Reading::TooEarly { points: limits.judged };
    }
    let stretch = values.get(limits.from..=limits.to).unwrap_or(&[]);
    let known: Vec<(usize, f64)> = stretch
        .iter()
        .enumerate()
        .filter_map(|(at, value)| Some((limits.from + at, finite(*value)?)))
        .collect();
    let Some((last, _)) = known.last() else { return Reading::TooEarly { points: 0 } };
    let verdict = judge(values, limits, rules);
    let flag_at = |index: usize| verdict.flags.iter().find(|flag| flag.index == index);
    match flag_at(*last) {
        Some(flag) if flag.signal == Signal::Trend => {
            let same = |found: &Flag| found.signal == Signal::Trend && found.above == flag.above;
            let row = known.iter().rev().map_while(|(index, _)| flag_at(*index).filter(|found| same(found)));
            Reading::Trending { rising: flag.above, since: row.last().map_or(*last, |flag| flag.index) }
        }
        Some(flag) => flagged_end(&known, &verdict.flags, flag.above, limits),
        None if verdict.flags.is_empty() && verdict.few_crossings => Reading::Clustered,
        None => Reading::Steady { since: verdict.flags.last().map(|flag| flag.index + 1) },
    }
}

/// The last point is flagged: since when are they all, on the same side?
fn flagged_end(known: &[(usize, f64)], flags: &[Flag], above: bool, limits: &Limits) -> Reading {
    let signal = |at: usize| flags.iter().find(|flag| flag.index == known[at].0);
    let on_side = |at: usize| match signal(at) {
        // A trend says where it goes, not where it is.
        Some(flag) if flag.signal != Signal::Trend => flag.above == above,
        _ => side(known[at].1, limits.centre) == if above { 1 } else { -1 },
    };
    // The third of "two of three" may lie between the other two without a flag of its own.
    let is_pair = |at: usize| signal(at).is_some_and(|flag| flag.signal == Signal::TwoOfThree);
    let bridged = |at: usize| at > 0 && is_pair(at - 1) && at + 1 < known.len() && is_pair(at + 1);
    let counts = |at: &usize| on_side(*at) && (signal(*at).is_some() || bridged(*at));
    let last = known.len() - 1;
    match (0..=last).rev().take_while(counts).last() {
        Some(first) if first < last => Reading::Shifted { above, since: known[first].0 },
        _ => Reading::Outside { above },
    }
}

#[cfg(test)]
mod tests {
    use super::super::{XmrOptions, xmr, xmr_with};
    use super::*;

    fn some(values: &[f64]) -> Vec<Option<f64>> {
        values.iter().copied().map(Some).collect()
    }

    fn read(values: &[Option<f64>], rules: RuleSet) -> Reading {
        reading_by(values, xmr(values, 0, values.len() - 1).as_ref(), rules)
    }

    /// Ends as given, after twenty points that go up and down by one around 50.
    fn ending(end: &[f64]) -> Vec<Option<f64>> {
        let mut values = some(&[49.0, 51.0].repeat(10));
        values.extend(some(end));
        values
    }

    #[test]
    fn a_lasting_step_is_a_shift() {
        let mut values = some(&[70.0, 72.0, 71.0, 69.0, 71.5, 70.5, 71.0, 70.0, 69.5, 70.2]);
        values.extend(some(&[74.0, 75.0, 74.5, 76.0, 75.5, 74.2, 75.1, 74.8, 75.9, 74.4]));
        assert_eq!(read(&values, RuleSet::default()), Reading::Shifted { above: true, since: 10 });
        assert_eq!(reading(&values[..5], None), Reading::TooEarly { points: 5 });
        let holed: Vec<_> = values.iter().copied().chain([None]).collect();
        assert_eq!(read(&holed, RuleSet::default()), Reading::Shifted { above: true, since: 10 });
    }

    #[test]
    fn one_point_outside_then_back() {
        for rules in RuleSet::ALL {
            assert_eq!(read(&ending(&[80.0]), rules), Reading::Outside { above: true });
            assert_eq!(read(&ending(&[20.0]), rules), Reading::Outside { above: false });
            assert_eq!(read(&ending(&[80.0, 50.0]), rules), Reading::Steady { since: Some(21) });
            assert_eq!(read(&ending(&[]), rules), Reading::Steady { since: None });
        }
    }

    #[test]
    fn a_falling_row_is_not_called_high() {
        // Seven falling points that end on the mean's upper side still read as falling.
        let values = ending(&[51.5, 51.2, 50.9, 50.8, 50.7, 50.6, 50.55]);
        let limits = xmr_with(&values, 0, 26, &XmrOptions { baseline: Some(20), ..XmrOptions::default() });
        let found = reading_by(&values, limits.as_ref(), RuleSet::Nhs);
        assert_eq!(found, Reading::Trending { rising: false, since: 20 });
    }

    #[test]
    fn two_of_three_are_read_together() {
        let values = ending(&[54.5, 50.5, 54.5]);
        let limits = xmr_with(&values, 0, 22, &XmrOptions { baseline: Some(20), ..XmrOptions::default() });
        let found = reading_by(&values, limits.as_ref(), RuleSet::Nhs);
        assert_eq!(found, Reading::Shifted { above: true, since: 20 });
    }

    #[test]
    fn clusters_and_provisional_limits() {
        let blocks: Vec<Option<f64>> =
            (0..24).map(|at| Some(f64::from(at / 6 % 2 + at % 2 * 4) / 4.0)).collect();
        assert_ne!(read(&blocks, RuleSet::default()), Reading::Clustered, "they cross all the time");
        let lows_and_highs: Vec<Option<f64>> = (0..30)
            .map(|at| Some(if at / 5 % 2 == 0 { 40.0 } else { 41.0 } + f64::from(at % 2) * 0.9))
            .collect();
        assert_eq!(read(&lows_and_highs, RuleSet::default()), Reading::Clustered);
        let provisional = xmr_with(&blocks, 0, 7, &XmrOptions::default()).unwrap();
        assert_eq!(reading(&blocks, Some(&provisional)), Reading::TooEarly { points: 8 });
        assert_eq!(reading(&[], None), Reading::TooEarly { points: 0 });
    }
}
