//! How often each rule flags pure chance: 4,000 seeded normal series against the table the rates come from. An off-by-one in a
//! rule moves its rate by more than the two points allowed.

use cxbook::metrics::process::{
    Limits, RuleSet, XmrOptions, judge, nhs,
    runs::{Runs, runs},
    xmr_with,
};

const SERIES: usize = 4_000;

/// Where the table itself is a little off, its noise and ours together could exceed two points.
const MANY: usize = 20_000;

/// For what takes longer.
const HALF: usize = 10_000;

/// SplitMix64 (Steele, Lea and Flood 2014), so that the series are the same on every machine.
pub(crate) struct Generator(pub(crate) u64);

impl Generator {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Above 0, up to 1.
    fn uniform(&mut self) -> f64 {
        ((self.next() >> 11) + 1) as f64 / (1_u64 << 53) as f64
    }

    /// Box and Muller.
    pub(crate) fn normal(&mut self) -> f64 {
        (-2.0 * self.uniform().ln()).sqrt() * (std::f64::consts::TAU * self.uniform()).cos()
    }
}

/// What the rules say about one series, each on its own.
struct Chart {
    values: Vec<Option<f64>>,
    known: Vec<f64>,
    limits: Limits,
    /// Only flags from this point on count.
    read_from: usize,
}

impl Chart {
    fn any(&self, marks: impl IntoIterator<Item = bool>) -> bool {
        marks.into_iter().skip(self.read_from).any(|mark| mark)
    }

    fn sides(&self) -> Vec<i8> {
        let side =
            |value: &f64| i8::from(*value > self.limits.centre) - i8::from(*value < self.limits.centre);
        self.known.iter().map(side).collect()
    }

    fn outside(&self) -> bool {
        self.any(self.known.iter().map(|value| *value > self.limits.upper || *value < self.limits.lower))
    }

    fn shift(&self) -> bool {
        self.any(nhs::shift(&self.sides()))
    }

    fn trend(&self) -> bool {
        self.any(nhs::trend(&self.known).into_iter().map(|mark| mark != 0))
    }

    fn two_of_three(&self) -> bool {
        let reach = self.limits.upper - self.limits.centre;
        let share = |value: &f64| (value - self.limits.centre).abs() / reach;
        let near: Vec<bool> =
            self.known.iter().map(|value| share(value) > 2.0 / 3.0 && share(value) <= 1.0).collect();
        self.any(nhs::two_of_three(&near, &self.sides()))
    }

    fn runs(&self) -> Runs {
        runs(&self.known).unwrap()
    }

    fn anhoej(&self) -> bool {
        self.runs().is_long() || self.runs().has_few_crossings()
    }

    fn judged(&self, rules: RuleSet) -> bool {
        let verdict = judge(&self.values, &self.limits, rules);
        verdict.few_crossings || verdict.flags.iter().any(|flag| flag.index >= self.read_from)
    }
}

/// Charts of so many points, the limits resting on all of them, or on a baseline with the rest read.
fn charts(series: usize, points: usize, baseline: Option<usize>) -> Vec<Chart> {
    let mut generator = Generator(20_250_101 + points as u64);
    let options = XmrOptions { baseline, ..XmrOptions::default() };
    let mut chart = || {
        let known: Vec<f64> = (0..points).map(|_| generator.normal()).collect();
        let values: Vec<Option<f64>> = known.iter().copied().map(Some).collect();
        let limits = xmr_with(&values, 0, points - 1, &options).unwrap();
        Chart { values, known, limits, read_from: baseline.unwrap_or(0) }
    };
    (0..series).map(|_| chart()).collect()
}

/// Per cent of the charts.
fn rate(charts: &[Chart], flagged: impl Fn(&Chart) -> bool) -> f64 {
    100.0 * charts.iter().filter(|chart| flagged(chart)).count() as f64 / charts.len() as f64
}

/// Whether a chart is flagged.
type Rule = fn(&Chart) -> bool;

/// The table: outside, shift of 7, trend of 7, 2 of 3, any NHS rule, Anhøj, Anhøj or outside.
const WHOLE: [(usize, [f64; 7]); 3] = [
    (12, [2.6, 1.0, 0.2, 1.3, 4.6, 1.5, 4.3]),
    (24, [5.6, 8.5, 0.5, 2.9, 15.0, 3.3, 8.0]),
    (36, [8.9, 17.3, 1.2, 3.5, 26.0, 4.4, 11.4]),
];

/// Within two points, as 4,000 series allow.
fn check(what: &str, found: f64, expected: f64) {
    assert!((found - expected).abs() <= 2.0, "{what}: found {found:.1} %, expected {expected:.1} %");
}

#[test]
fn each_rule_flags_chance_as_often_as_the_table_says() {
    for (points, expected) in WHOLE {
        let charts = charts(SERIES, points, None);
        let rules: [(&str, Rule); 7] = [
            ("outside", Chart::outside),
            ("shift", Chart::shift),
            ("trend", Chart::trend),
            ("two of three", Chart::two_of_three),
            ("any NHS rule", |chart| chart.judged(RuleSet::Nhs)),
            ("Anhøj", Chart::anhoej),
            ("Anhøj or outside", |chart| chart.judged(RuleSet::AnhoejOutside)),
        ];
        for ((name, flagged), expected) in rules.into_iter().zip(expected) {
            check(&format!("{points} points, {name}"), rate(&charts, flagged), expected);
        }
    }
}

#[test]
fn rare_rules_are_pinned_more_closely() {
    // Two points say little about a rule that flags one chart in a hundred: 20,000 charts and half a point do.
    let charts = charts(MANY, 36, None);
    for (what, found, expected) in [
        ("trend", rate(&charts, Chart::trend), 1.0),
        ("two of three", rate(&charts, Chart::two_of_three), 3.9),
        ("Anhøj", rate(&charts, Chart::anhoej), 4.3),
    ] {
        assert!((found - expected).abs() <= 0.5, "{what}: found {found:.2} %, expected {expected:.1} %");
    }
}

#[test]
fn frozen_limits_flag_chance_as_often_as_the_table_says() {
    let charts = charts(MANY, 36, Some(12));
    check("12 + 24, outside", rate(&charts, Chart::outside), 23.0);
    check("12 + 24, shift", rate(&charts, Chart::shift), 26.5);
    check("12 + 24, trend", rate(&charts, Chart::trend), 1.0);
    check("12 + 24, two of three", rate(&charts, Chart::two_of_three), 9.7);
    check("12 + 24, any NHS rule", rate(&charts, |chart| chart.judged(RuleSet::Nhs)), 45.5);
    for (baseline, expected) in [(20, 17.0), (24, 16.0)] {
        let charts = self::charts(MANY, baseline + 24, Some(baseline));
        check(&format!("{baseline} + 24, outside"), rate(&charts, Chart::outside), expected);
    }
}

#[test]
fn the_rate_printed_beside_a_result_is_the_rate_it_has() {
    for (points, baseline) in [(12, None), (18, None), (48, None), (84, None), (36, Some(12)), (40, Some(22))]
    {
        let charts = charts(HALF, points, baseline);
        for rules in RuleSet::ALL {
            let found = rate(&charts, |chart| judge(&chart.values, &chart.limits, rules).any());
            let printed = 100.0 * judge(&charts[0].values, &charts[0].limits, rules).false_alarm;
            check(&format!("{points} points, {}", rules.name()), printed, found);
        }
    }
}

#[test]
fn a_real_step_is_found_as_often_as_the_table_says() {
    // One to two standard deviations up from month 25 of 36 on.
    for (step, nhs, default) in [(1.0, 59.0, 33.0), (1.5, 82.0, 60.0), (2.0, 95.0, 82.0)] {
        let mut found = [0.0; 2];
        let mut generator = Generator(7);
        for _ in 0..HALF {
            let value = |at: usize| generator.normal() + if at >= 24 { step } else { 0.0 };
            let values: Vec<Option<f64>> = (0..36).map(value).map(Some).collect();
            let limits = xmr_with(&values, 0, 35, &XmrOptions::default()).unwrap();
            for (count, rules) in found.iter_mut().zip([RuleSet::Nhs, RuleSet::AnhoejOutside]) {
                *count += f64::from(u8::from(judge(&values, &limits, rules).any())) * 100.0 / HALF as f64;
            }
        }
        check(&format!("step of {step}, NHS"), found[0], nhs);
        check(&format!("step of {step}, default"), found[1], default);
    }
}
