//! Limits and rules.

use cxbook::metrics::process::{
    Factor, Flag, LIMITS_FROM, Limits, Month, RuleSet, Signal, VaryingLimits, XmrOptions, assurance,
    i_prime_limits, judge, laney_limits, nhs, p_limits, rebased,
    runs::{fewest_by_chance, longest_by_chance, runs},
    signals, spread, xmr_with,
};
use cxbook::metrics::statistics::Share;
use serde_json::{Value, json};

use super::{Check, months, numbers, whole_numbers};

pub(super) const CHECKS: &[(&str, Check)] = &[
    ("xmr.limits", limits),
    ("xmr.points", points),
    ("xmr.nhs_point_types", point_types),
    ("xmr.nhs_shift", |input| json!({"flag_any": nhs::shift(&signs(&input["signs"])).contains(&true)})),
    ("xmr.nhs_trend", trend),
    ("xmr.nhs_two_of_three", two_of_three),
    ("xmr.nhs_assurance", icons),
    ("xmr.rebase", rebase),
    ("run.anhoej", run_chart),
    ("run.anhoej_limits", run_limits),
    ("pchart.limits", |input| varying(p_limits(&shares(input)))),
    ("pchart.limits_laney", |input| varying(laney_limits(&shares(input)))),
    ("iprime.limits", i_prime),
];

fn options(input: &Value) -> XmrOptions {
    let factor = match input["k"].as_f64() {
        Some(given) => {
            assert!((given - Factor::ThreeSigma.value()).abs() < 1e-9, "a factor we have");
            Factor::ThreeSigma
        }
        None => Factor::Wheeler,
    };
    XmrOptions {
        factor,
        screen: input["screen"].as_bool().unwrap_or(false),
        baseline: input["fix_after_n"].as_u64().map(|points| points as usize),
    }
}

fn limits_of(values: &[Option<f64>], input: &Value) -> Option<Limits> {
    xmr_with(values, 0, values.len() - 1, &options(input))
}

fn shown(limits: &Limits) -> Value {
    json!({
        "mean": limits.centre, "mr_mean": limits.moving_range, "lpl": limits.lower, "upl": limits.upper,
        "mr_upper_3.267": limits.moving_range_upper(),
    })
}

fn limits(input: &Value) -> Value {
    let values = months(&input["y"]);
    limits_of(&values, input).as_ref().map(shown).unwrap_or_else(|| {
        let spread = spread(&values, false).unwrap();
        json!({"mean": spread.mean, "mr_mean": spread.moving_range, "lpl": null, "upl": null})
    })
}

fn points(input: &Value) -> Value {
    let values = months(&input["y"]);
    let limits = limits_of(&values, input).unwrap();
    let outside = signals(&values, &limits).into_iter().filter(|(_, signal)| *signal == Signal::Outside);
    json!({"outside_1based": outside.map(|(index, _)| index + 1).collect::<Vec<_>>(), "upl": limits.upper})
}

fn point_types(input: &Value) -> Value {
    let values = months(&input["y"]);
    let limits = limits_of(&values, input).unwrap();
    let flags = judge(&values, &limits, RuleSet::Nhs).flags;
    let word = |index: usize| match flags.iter().find(|flag| flag.index == index) {
        None => "common",
        Some(Flag { signal: Signal::Outside, above: true, .. }) => "above_ucl",
        Some(Flag { signal: Signal::Outside, above: false, .. }) => "below_lcl",
        Some(Flag { signal: Signal::Trend, above: true, .. }) => "trend_up",
        Some(Flag { signal: Signal::Trend, above: false, .. }) => "trend_down",
        Some(Flag { signal: Signal::TwoOfThree, above: true, .. }) => "2of3_above",
        Some(Flag { signal: Signal::TwoOfThree, above: false, .. }) => "2of3_below",
        Some(Flag { signal: Signal::Shift, above: true, .. }) => "above_cl_7",
        Some(Flag { signal: Signal::Shift, above: false, .. }) => "below_cl_7",
    };
    json!({"limits": shown(&limits), "types": (0..values.len()).map(word).collect::<Vec<_>>()})
}

fn signs(value: &Value) -> Vec<i8> {
    numbers(value).into_iter().map(|sign| sign as i8).collect()
}

fn trend(input: &Value) -> Value {
    let marks = nhs::trend(&numbers(&input["y"]));
    let flagged: Vec<usize> = (0..marks.len()).filter(|at| marks[*at] != 0).map(|at| at + 1).collect();
    json!({"flagged_1based": flagged, "direction": if marks.contains(&1) { "up" } else { "down" }})
}

fn two_of_three(input: &Value) -> Value {
    let near: Vec<bool> = numbers(&input["close_to_limits"]).into_iter().map(|near| near != 0.0).collect();
    json!({"flag_any": nhs::two_of_three(&near, &signs(&input["side"])).contains(&true)})
}

fn icons(input: &Value) -> Value {
    let number = |key: &str| input[key].as_f64().unwrap();
    let (lower, upper) = (number("lpl"), number("upl"));
    let values: Vec<Option<f64>> = [lower, upper].repeat(6).into_iter().map(Some).collect();
    let limits = Limits { lower, upper, ..xmr_with(&values, 0, 11, &XmrOptions::default()).unwrap() };
    let icon =
        |case: &Value| assurance(&limits, case[0].as_f64().unwrap(), case[1] == "increase").unwrap().word();
    json!({"assurance": input["cases"].as_array().unwrap().iter().map(icon).collect::<Vec<_>>()})
}

fn rebase(input: &Value) -> Value {
    let step = input["rebase_at_1based"].as_u64().unwrap() as usize - 1;
    let phases = rebased(&months(&input["y"]), &[step], &XmrOptions::default());
    assert_eq!(phases.len(), 2);
    let provisional =
        phases[1].is_provisional() && phases[1].points < LIMITS_FROM && !phases[0].is_provisional();
    json!({"phase1": shown(&phases[0]), "phase2": shown(&phases[1]), "phase2_provisional_lt12": provisional})
}

fn run_chart(input: &Value) -> Value {
    let found = runs(&numbers(&input["y"])).unwrap();
    json!({
        "median": found.median, "n_useful": found.useful, "longest": found.longest, "longest_max": found.longest_max,
        "crossings": found.crossings, "crossings_min": found.crossings_min,
        "signal": found.is_long() || found.has_few_crossings(),
    })
}

fn run_limits(input: &Value) -> Value {
    let of_each = |limit: fn(usize) -> usize| -> Vec<usize> {
        whole_numbers(&input["n_useful"]).into_iter().map(|useful| limit(useful as usize)).collect()
    };
    json!({"longest_max": of_each(longest_by_chance), "crossings_min": of_each(fewest_by_chance)})
}

fn shares(input: &Value) -> Vec<Option<Share>> {
    let (hits, ns) = (whole_numbers(&input["k"]), whole_numbers(&input["n"]));
    hits.into_iter().zip(ns).map(|(hits, n)| Some(Share { hits, n })).collect()
}

/// The cases give shares from 0 to 1.
fn i_prime(input: &Value) -> Value {
    let ns = whole_numbers(&input["n"]);
    let months =
        numbers(&input["y"]).into_iter().zip(ns).map(|(value, n)| Some(Month { value: 100.0 * value, n }));
    varying(i_prime_limits(&months.collect::<Vec<_>>()))
}

fn varying(limits: Option<VaryingLimits>) -> Value {
    let limits = limits.unwrap();
    let bounds: Vec<(f64, f64)> = limits.bounds.iter().map(|bound| bound.unwrap()).collect();
    json!({
        "cl": limits.centre / 100.0, "sigma_z": limits.sigma_z,
        "lcl": bounds.iter().map(|bound| bound.0 / 100.0).collect::<Vec<_>>(),
        "ucl": bounds.iter().map(|bound| bound.1 / 100.0).collect::<Vec<_>>(),
    })
}
