//! What series of every shape say, as one table, and that noise never gets a word of trend.

use super::*;
use crate::metrics::process;
use crate::model::{Cadence, CesVariant, Date, RuleSet};
use crate::privacy::PublicSeries;
use crate::site::words::comparison_title;

fn definition(kind: Kind, unit: &str, decimals: u8) -> Definition {
    Definition {
        name: "Ease".to_owned(),
        kind,
        scale: Some((1.0, 7.0)),
        unit: unit.to_owned(),
        better: Better::Higher,
        per: 100.0,
        decimals: Decimals::new(decimals),
        cadence: Cadence::Month,
        owner: None,
        source: None,
        since: None,
        base: None,
        audience: None,
        question: None,
        target: Some(85.0),
        good_range: Some((80.0, 90.0)),
        no_survey: vec![period(1)],
        good: None,
        good_example: None,
        whys: Vec::new(),
        limits: None,
        trigger: None,
        changes: Vec::new(),
        was: None,
        data: Vec::new(),
        place: crate::diag::Place::file("metrics/ease.yaml"),
        blank: std::collections::BTreeMap::new(),
    }
}

/// The month so many months after January 2024.
fn period(month: i32) -> Period {
    Period::containing(Date::new(2024, 1, 1).unwrap().plus_months(month), Cadence::Month)
}

/// A series from January 2024 on; `h` marks what is hidden, `-` what is missing.
fn series(values: &[f64], absent: &[(usize, State)]) -> PublicSeries {
    let mut points: Vec<Point> = values
        .iter()
        .zip(0..)
        .map(|(value, month)| Point {
            period: period(month),
            state: State::Shown,
            value: Some(*value),
            n: Some(1000 + u64::try_from(month).unwrap()),
            interval: Some((value - 2.0, value + 2.0)),
            signal: None,
            held: false,
        })
        .collect();
    for (index, state) in absent {
        points[*index] =
            Point { state: *state, value: None, n: None, interval: None, ..points[*index].clone() };
    }
    let known: Vec<Option<f64>> = points.iter().map(|point| point.value).collect();
    let limits: Vec<_> = process::xmr(&known, 0, known.len().saturating_sub(1)).into_iter().collect();
    let rules = RuleSet::default();
    for limits in &limits {
        for flag in process::judge(&known, limits, rules).flags {
            points[flag.index].signal = Some(flag.signal);
        }
    }
    PublicSeries { split: None, points, limits, rules, breaks: Vec::new() }
}

fn wave(level: f64, count: usize) -> Vec<f64> {
    [level - 1.0, level + 1.0, level, level + 0.5, level - 0.5].into_iter().cycle().take(count).collect()
}

fn stepped(from: f64, to: f64) -> Vec<f64> {
    [wave(from, 12), wave(to, 10)].concat()
}

#[test]
fn headline_subtitle_and_description_follow_the_numbers() {
    let hidden = [(2, State::Suppressed), (1, State::Missing), (4, State::Missing)];
    let cases = [
        (
            "nothing yet",
            series(&[], &[]),
            "Ease: no values to show yet",
            "Ease, %, no value can be shown",
            "No value can be shown.",
        ),
        (
            "one value",
            series(&[70.0], &[]),
            "Ease: too early for a trend",
            "Ease, %, n = 1,000, Jan 2024",
            "One value: 70\u{a0}% in Jan 2024 (n = 1,000, 95\u{a0}% interval 68 to 72\u{a0}%).",
        ),
        (
            "noise, with a month without survey, a gap and a small group",
            series(&wave(70.0, 17), &hidden),
            "Ease: no change beyond normal variation",
            "Ease, %, n = 1,000 to 1,016 a month, Jan 2024 to May 2025",
            "From 69\u{a0}% in Jan 2024 to 71\u{a0}% in May 2025 (n = 1,016, 95\u{a0}% interval 69 to 73\u{a0}%). \
             Lowest 69\u{a0}% in Jan 2024, highest 71\u{a0}% in May 2025. No value for May 2024. No survey ran in \
             Feb 2024. Hidden to protect small groups: Mar 2024.",
        ),
        (
            "a lasting rise",
            series(&stepped(70.0, 75.0), &[]),
            "Ease rose 5\u{a0}percentage points after Dec 2024",
            "Ease, %, n = 1,000 to 1,021 a month, Jan 2024 to Oct 2025",
            "From 69\u{a0}% in Jan 2024 to 75\u{a0}% in Oct 2025 (n = 1,021, 95\u{a0}% interval 73 to 77\u{a0}%). \
             Lowest 69\u{a0}% in Jan 2024, highest 76\u{a0}% in Jul 2025. Beyond normal variation: Jan 2024, Mar 2024, \
             Apr 2024, May 2024, Jun 2024 and 14 more.",
        ),
        (
            "a lasting fall",
            series(&stepped(75.0, 70.0), &[]),
            "Ease fell 5\u{a0}percentage points after Dec 2024",
            "",
            "",
        ),
        (
            "one month out",
            series(&[wave(70.0, 14), vec![90.0]].concat(), &[]),
            "Ease: higher than usual in Mar 2025",
            "",
            "",
        ),
    ];
    let definition = definition(Kind::Csat, "%", 0);
    let words = Words { definition: &definition, locale: Locale::ENGLISH };
    for (name, series, headline, subtitle, description) in cases {
        assert_eq!(words.headline(&series), headline, "{name}");
        if !subtitle.is_empty() {
            assert_eq!(words.subtitle(std::slice::from_ref(&series)), subtitle, "{name}");
            assert_eq!(words.description(&series), description, "{name}");
        }
    }
}

/// A step that rounds to nothing is not given a size, and one with too few points before it neither.
#[test]
fn sizes_need_points_on_both_sides() {
    let coarse = definition(Kind::Csat, "%", 0);
    let words = Words { definition: &coarse, locale: Locale::ENGLISH };
    let small: Vec<f64> = stepped(70.0, 75.0).iter().map(|value| value / 20.0).collect();
    assert_eq!(words.headline(&series(&small, &[])), "Ease: higher since Jan 2025");
    let mut early = series(&stepped(70.0, 75.0), &[]);
    early.breaks = vec![0];
    for point in early.points.iter_mut().take(9) {
        (point.state, point.value) = (State::Suppressed, None);
    }
    let since = words.step(&early, true, 12);
    assert_eq!(since, None, "three months before are too few");
}

#[test]
fn noise_never_gets_a_word_of_trend() {
    let definition = definition(Kind::Csat, "%", 1);
    let words = Words { definition: &definition, locale: Locale::ENGLISH };
    let mut quiet = 0;
    for seed in 0_u64..300 {
        let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        let mut random = || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state % 1000) as f64 / 100.0
        };
        let values: Vec<f64> = (0..24).map(|_| 60.0 + random() + random() + random()).collect();
        let series = series(&values, &[]);
        if series.points.iter().any(|point| point.signal.is_some())
            || words.headline(&series).contains("for long")
        {
            continue;
        }
        quiet += 1;
        let said =
            format!("{} {} {}", words.headline(&series), words.reading(&series), words.description(&series));
        for word in said.to_lowercase().split(|c: char| !c.is_alphabetic()) {
            let trend =
                ["rose", "fell", "rising", "falling", "higher", "lower", "rises", "falls", "better", "worse"];
            assert!(!trend.contains(&word), "{said}");
        }
    }
    assert!(quiet > 200, "only {quiet} of 300 random series were quiet");
}

#[test]
fn what_a_value_rests_on_has_its_own_word() {
    let mut definition = definition(Kind::Share, "%", 0);
    let base = |definition: &Definition| Words { definition, locale: Locale::ENGLISH }.base(Some(1_200));
    assert_eq!(base(&definition), "based on 1,200 cases");
    definition.question = Some("Was it easy?".into());
    assert_eq!(base(&definition), "based on 1,200 answers");
    definition.base = Some("orders started".into());
    assert_eq!(base(&definition), "based on 1,200 orders started");
}

#[test]
fn sizes_have_the_right_noun() {
    let cases = [
        (Kind::Csat, "%", 0, 1.2, "+1\u{a0}percentage point"),
        (Kind::Csat, "%", 1, 1.0, "+1.0\u{a0}percentage points"),
        (Kind::Nps, "points", 0, -1.0, "\u{2212}1\u{a0}point"),
        (Kind::Nps, "points", 0, 12.0, "+12\u{a0}points"),
        (Kind::Mean, "days", 1, -2.25, "\u{2212}2.3\u{a0}days"),
        (Kind::Ces(CesVariant::Mean), "", 1, 0.4, "+0.4"),
        (Kind::Mean, "of 10", 1, 0.4, "+0.4"),
        (Kind::Csat, "%", 0, 0.4, "0"),
        (Kind::Csat, "%", 0, f64::NAN, "0"),
    ];
    for (kind, unit, decimals, difference, expected) in cases {
        let definition = definition(kind, unit, decimals);
        let words = Words { definition: &definition, locale: Locale::ENGLISH };
        assert_eq!(words.difference(difference), expected, "{unit} {difference}");
    }
}

#[test]
fn a_comparison_has_a_size_only_without_zero_in_its_interval() {
    let definition = definition(Kind::Csat, "%", 0);
    let words = Words { definition: &definition, locale: Locale::ENGLISH };
    let title = |difference, changed| comparison_title(words, "Call ahead", difference, changed);
    assert_eq!(title(9.0, true), "Ease: 9\u{a0}percentage points higher after “Call ahead”");
    assert_eq!(title(-9.0, true), "Ease: 9\u{a0}percentage points lower after “Call ahead”");
    assert_eq!(title(9.0, false), "Ease: no clear difference after “Call ahead”");
    assert_eq!(title(0.2, true), "Ease: no clear difference after “Call ahead”");
}

#[test]
fn numbers_are_written_in_the_language_of_the_book() {
    let definition = definition(Kind::Ces(CesVariant::Mean), "", 1);
    let words = Words { definition: &definition, locale: Locale::of("de") };
    let series = series(&wave(5.0, 14), &[]);
    assert_eq!(words.value(5.25), "5,3 of 7");
    assert_eq!(
        words.subtitle(std::slice::from_ref(&series)),
        "Ease, n = 1.000 to 1.013 a month, Jan 2024 to Feb 2025"
    );
    assert!(words.description(&series).starts_with("From 4,0 of 7 in Jan 2024 to 5,5 of 7 in Feb 2025"));
    assert_eq!(words.good().as_deref(), Some("Good: 80,0 to 90,0 of 7"));
}

#[test]
fn what_is_not_there_says_why() {
    let definition = definition(Kind::Csat, "%", 0);
    let words = Words { definition: &definition, locale: Locale::ENGLISH };
    let absent = [(0, State::Missing), (1, State::Missing), (2, State::Suppressed)];
    let series = series(&wave(70.0, 4), &absent);
    let said: Vec<String> = series.points.iter().map(|point| words.point(point)).collect();
    let zero = Point { value: Some(0.0), ..series.points[3].clone() };
    assert_eq!(said[..3], ["no value", "no survey ran", "hidden to protect small groups"]);
    assert_eq!(words.point(&zero), "0\u{a0}%, n = 1,003, 69 to 73");
    assert_eq!(words.target(Some(84.0)).as_deref(), Some("Target 85\u{a0}%: not reached"));
}
