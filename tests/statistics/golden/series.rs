//! Steps, seasons, correlation and rounding.

use cxbook::metrics::statistics::{
    Confidence, Correlation, Lag, Term, Undefined, decompose, differences, lagged, outward, pairs, pearson,
    same_month, segmented, spearman, whole_percents, year_on_year,
};
use cxbook::model::{Decimals, show};
use serde_json::{Value, json};

use super::{Check, months, numbers, whole_numbers};

pub(super) const CHECKS: &[(&str, Check)] = &[
    ("its.segmented", step),
    ("season.additive", season),
    ("season.same_month", month),
    ("season.yoy", |input| {
        let changes = year_on_year(&months(&input["y"]));
        assert!(changes[..12].iter().all(Option::is_none));
        json!({"yoy_last12": changes[changes.len() - 12..]})
    }),
    ("corr.pearson", |input| coefficient(pearson(&known_pairs(input), Confidence::USUAL))),
    ("corr.spearman", |input| coefficient(spearman(&known_pairs(input), Confidence::USUAL))),
    ("corr.undefined", |input| coefficient(pearson(&known_pairs(input), Confidence::USUAL))),
    ("corr.lagged", scan),
    ("corr.differenced", |input| {
        let changes = |key: &str| differences(&months(&input[key]));
        coefficient(pearson(&pairs(&changes("x"), &changes("y"), 1), Confidence::USUAL))
    }),
    ("round.display", |input| {
        let values = numbers(&input["values"]);
        let text: Vec<String> = values.iter().map(|value| shown(*value)).collect();
        // What we would get without our own rounding; the reason for having it.
        let rust: Vec<String> = values.iter().map(|value| format!("{value:.0}")).collect();
        json!({"text": text, "rust_format_gives": rust})
    }),
    ("round.shares", |input| json!({"percent": whole_percents(&whole_numbers(&input["counts"]))})),
    ("round.interval", |input| {
        let ends = (input["lo"].as_f64().unwrap(), input["hi"].as_f64().unwrap());
        let (low, high) = outward(ends, input["decimals"].as_u64().unwrap() as u8);
        json!({"lo": low, "hi": high})
    }),
];

fn step(input: &Value) -> Value {
    let whole = |key: &str| input[key].as_u64().unwrap() as usize;
    let found = segmented(&months(&input["y"]), whole("t0"), whole("maxlags")).unwrap();
    let error = found.newey_west_errors[Term::LevelChange as usize];
    let (low, high) = found.interval_with(Term::LevelChange, error, Confidence::USUAL).unwrap();
    // The interval to show is the wider one, here the ordinary one.
    let wider = found.interval(Term::LevelChange, Confidence::USUAL).unwrap();
    assert!(wider.0 < low && high < wider.1);
    json!({
        "coef": found.coefficients, "se_ols": found.plain_errors, "se_hac": found.newey_west_errors,
        "level_change": found.estimate(Term::LevelChange), "level_lo_hac": low, "level_hi_hac": high,
    })
}

fn first_month(input: &Value) -> u8 {
    input["first_month"].as_u64().unwrap() as u8
}

fn season(input: &Value) -> Value {
    let found = decompose(&months(&input["y"]), first_month(input)).unwrap();
    json!({"seasonal_jan_to_dec": found.by_month, "trend_month_7": found.trend[6]})
}

fn month(input: &Value) -> Value {
    let wanted = input["month"].as_u64().unwrap() as u8;
    let found = same_month(&months(&input["y"]), first_month(input), wanted).unwrap();
    assert!(found.is_seasonal());
    json!({"deviations": found.deviations, "same_sign_years": found.same_sign, "mean_deviation": found.mean})
}

fn known_pairs(input: &Value) -> Vec<(f64, f64)> {
    pairs(&months(&input["x"]), &months(&input["y"]), 0)
}

fn coefficient(found: Result<Correlation, Undefined>) -> Value {
    match found {
        Ok(Correlation { r, interval: (low, high), n }) => {
            json!({"r": r, "rho": r, "lo": low, "hi": high, "n": n})
        }
        Err(reason) => json!({"r": null, "reason": reason.word()}),
    }
}

fn scan(input: &Value) -> Value {
    let max_lag = input["max_lag"].as_u64().unwrap() as usize;
    let found = lagged(&months(&input["x"]), &months(&input["y"]), max_lag, Confidence::USUAL);
    let shown = |lag: &Lag| {
        json!({
            "lag": lag.months, "n": lag.naive.n, "r": lag.naive.r, "lo_naive": lag.naive.interval.0,
            "hi_naive": lag.naive.interval.1, "r1_x": lag.own_first, "r1_y": lag.own_second,
            "n_eff": lag.effective_n, "lo_neff_bonf5": lag.interval.0, "hi_neff_bonf5": lag.interval.1,
        })
    };
    let lags: Vec<Value> = found.lags.iter().flatten().map(shown).collect();
    json!({"lags": lags, "strongest_lag": found.strongest().unwrap().months})
}

/// A number as readers see it, with the minus sign of a keyboard and without marks between thousands.
fn shown(value: f64) -> String {
    show(value, Decimals::new(0)).replace('\u{2212}', "-").replace(',', "")
}
