//! How often chance alone makes a rule set flag a chart, measured on normal series without any signal.
//!
//! For 12, 24 and 36 points the rates of the default and the NHS rules are the published ones of our notes (4,000 series each);
//! longer charts, Nelson's tests and frozen limits were measured with 50,000 to 100,000 series by `tests/false_alarms.rs`.
//! Between and beyond those lengths every further point is taken to leave the same part of the charts without a flag, so the
//! logarithm of that part runs on straight lines. Months that depend on each other or are far from normal raise more than this.

use super::RuleSet;

/// Points of the charts that were simulated, limits from all of them.
const POINTS: [f64; 5] = [12.0, 24.0, 36.0, 60.0, 120.0];

/// Share of charts with a flag, for each of [`POINTS`].
fn whole_rates(rules: RuleSet) -> [f64; 5] {
    match rules {
        RuleSet::AnhoejOutside => [0.043, 0.080, 0.114, 0.178, 0.313],
        RuleSet::Nhs => [0.046, 0.150, 0.260, 0.436, 0.715],
        RuleSet::Nelson => [0.055, 0.133, 0.212, 0.354, 0.604],
    }
}

/// Points of the baselines that were simulated.
const BASELINES: [f64; 4] = [12.0, 20.0, 24.0, 36.0];

/// Points after the baseline; with none, the limits rest on all points.
const LATER: [f64; 5] = [0.0, 12.0, 24.0, 36.0, 60.0];

/// Share of charts with a flag anywhere: a row for each of [`BASELINES`], a column for each of [`LATER`] but the first.
fn frozen_rates(rules: RuleSet) -> [[f64; 4]; 4] {
    match rules {
        RuleSet::AnhoejOutside => [
            [0.186, 0.271, 0.323, 0.407],
            [0.163, 0.238, 0.280, 0.365],
            [0.167, 0.222, 0.274, 0.362],
            [0.175, 0.227, 0.277, 0.332],
        ],
        RuleSet::Nhs => [
            [0.309, 0.476, 0.591, 0.728],
            [0.312, 0.453, 0.557, 0.700],
            [0.323, 0.458, 0.559, 0.700],
            [0.389, 0.497, 0.580, 0.704],
        ],
        RuleSet::Nelson => [
            [0.276, 0.414, 0.508, 0.632],
            [0.270, 0.384, 0.471, 0.598],
            [0.276, 0.385, 0.473, 0.594],
            [0.321, 0.415, 0.485, 0.597],
        ],
    }
}

/// For limits that rest on all points.
pub(super) fn whole(rules: RuleSet, points: usize) -> f64 {
    along(&POINTS, &whole_rates(rules), points as f64)
}

/// For limits that rest on the first `baseline` points, with `later` points after them. Larger baselines than those simulated
/// count as the largest, which is a little too careful.
pub(super) fn frozen(rules: RuleSet, baseline: usize, later: usize) -> f64 {
    let rows = frozen_rates(rules);
    let at_baseline = |row: usize| {
        let [a, b, c, d] = rows[row];
        let none = whole(rules, BASELINES[row] as usize);
        along(&LATER, &[none, a, b, c, d], later as f64)
    };
    let columns: [f64; 4] = std::array::from_fn(at_baseline);
    along(&BASELINES, &columns, (baseline as f64).min(BASELINES[3]))
}

/// The rate at `x`; the logarithm of the rest, 1 − rate, runs straight between the known ones and from 0 through the last.
fn along(known: &[f64], rates: &[f64], x: f64) -> f64 {
    let pairs = known.windows(2).zip(rates.windows(2));
    for (lengths, rates) in pairs {
        if x <= lengths[1] {
            let part = ((x - lengths[0]) / (lengths[1] - lengths[0])).max(0.0);
            return 1.0 - (1.0 - rates[0]).powf(1.0 - part) * (1.0 - rates[1]).powf(part);
        }
    }
    match (known.last(), rates.last()) {
        (Some(longest), Some(rate)) => 1.0 - (1.0 - rate).powf(x / longest),
        _ => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn between_and_beyond_the_table() {
        let default = RuleSet::AnhoejOutside;
        for (points, expected) in [(12, 0.043), (18, 0.061_682_7), (24, 0.080), (36, 0.114), (240, 0.528_031)]
        {
            assert!((whole(default, points) - expected).abs() < 1e-6, "{points}: {}", whole(default, points));
        }
        assert!((frozen(RuleSet::Nhs, 12, 24) - 0.476).abs() < 1e-12);
        assert!((frozen(RuleSet::Nhs, 22, 24) - 0.455_506).abs() < 1e-6);
        assert!((frozen(RuleSet::Nhs, 12, 6) - 0.188_077).abs() < 1e-5);
        assert_eq!(frozen(default, 36, 24), frozen(default, usize::MAX, 24));
    }

    #[test]
    fn always_a_share_that_grows() {
        for rules in RuleSet::ALL {
            for points in 12..400 {
                assert!(whole(rules, points) < whole(rules, points + 1) && whole(rules, points) < 1.0);
                assert!(frozen(rules, 12, points) < frozen(rules, 12, points + 1));
            }
            assert!(whole(rules, usize::MAX) <= 1.0 && frozen(rules, 0, usize::MAX) <= 1.0);
        }
    }
}
