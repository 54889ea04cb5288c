//! The formulas against figures that were computed elsewhere.
//!
//! `golden/statistics.json` holds the cases: numpy, scipy and statsmodels made them, and R with the packages named in `source`
//! checked many. The part of a name before the slash says which check runs; a check answers with everything it can compute, and
//! every figure that is expected has to be in the answer.
//!
//! Left out of the file: `suppress.*` and `import.*`, which are about suppression and import and are tested there.

mod process;
mod scores;
mod series;

use std::collections::BTreeSet;

use serde_json::Value;

const CASES: &str = include_str!("golden/statistics.json");

/// What a check gets and what it answers with.
type Check = fn(&Value) -> Value;

fn checks() -> Vec<(&'static str, Check)> {
    [scores::CHECKS, process::CHECKS, series::CHECKS].concat()
}

fn cases() -> Vec<Value> {
    let cases: Value = serde_json::from_str(CASES).unwrap();
    cases.as_array().unwrap().clone()
}

fn function(case: &Value) -> &str {
    case["name"].as_str().unwrap().split('/').next().unwrap()
}

#[test]
fn every_case_agrees() {
    let checks = checks();
    let mut wrong = Vec::new();
    for case in cases() {
        let (_, check) = checks
            .iter()
            .find(|(name, _)| *name == function(&case))
            .unwrap_or_else(|| panic!("no check for {}", case["name"]));
        let found = check(&case["input"]);
        let tolerance = case["tolerance"].as_f64().unwrap();
        compare(case["name"].as_str().unwrap(), &case["expected"], &found, tolerance, &mut wrong);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_case_is_forgotten() {
    let cases = cases();
    // Counted in the research's file: 66 cases less five about suppression and two about import.
    assert_eq!(cases.len(), 59);
    for (name, _) in checks() {
        assert!(cases.iter().any(|case| function(case) == name), "the check {name} has no case");
    }
    let areas: BTreeSet<&str> = cases.iter().filter_map(|case| function(case).split('.').next()).collect();
    let wanted = [
        "ces", "corr", "csat", "iprime", "its", "mean", "nps", "pchart", "prop", "round", "run", "season",
        "xmr",
    ];
    assert!(areas.iter().eq(&wanted), "{areas:?}");
}

#[test]
fn a_wrong_or_missing_figure_is_noticed() {
    let expected = serde_json::json!({"a": [1.0, {"b": null}], "c": "x", "d": true});
    let wrong_in = |found: Value| {
        let mut wrong = Vec::new();
        compare("case", &expected, &found, 1e-6, &mut wrong);
        wrong.len()
    };
    assert_eq!(
        wrong_in(serde_json::json!({"a": [1.000_000_1, {"b": null}], "c": "x", "d": true, "e": 1})),
        0
    );
    assert_eq!(wrong_in(serde_json::json!({"a": [1.1, {"b": null}], "c": "x", "d": true})), 1);
    assert_eq!(wrong_in(serde_json::json!({"a": [1.0, {"b": 0}], "c": "y", "d": false})), 3);
    assert_eq!(wrong_in(serde_json::json!({"a": [1.0], "c": "x"})), 2);
    assert_eq!(
        wrong_in(serde_json::json!({"a": [1.0, {}], "c": "x", "d": true})),
        1,
        "null is not the same as missing"
    );
}

/// Notes every place where the answer is not as expected. Answers may hold more than is expected.
fn compare(place: &str, expected: &Value, found: &Value, tolerance: f64, wrong: &mut Vec<String>) {
    let inside = |name: &str| format!("{place}.{name}");
    match (expected, found) {
        (Value::Object(expected), Value::Object(found)) => {
            for (key, value) in expected {
                match found.get(key) {
                    Some(found) => compare(&inside(key), value, found, tolerance, wrong),
                    None => wrong.push(format!("{}: not answered", inside(key))),
                }
            }
        }
        (Value::Array(expected), Value::Array(found)) if expected.len() == found.len() => {
            for (index, (expected, found)) in expected.iter().zip(found).enumerate() {
                compare(&inside(&index.to_string()), expected, found, tolerance, wrong);
            }
        }
        (Value::Number(a), Value::Number(b)) => {
            let (a, b) = (a.as_f64().unwrap(), b.as_f64().unwrap());
            // The expected figures have twelve significant digits.
            let written = 1e-11 * a.abs();
            if tolerance > 0.0 && (a - b).abs() > tolerance + written || tolerance == 0.0 && a != b {
                wrong.push(format!("{place}: expected {a}, found {b}"));
            }
        }
        _ if expected == found => {}
        _ => wrong.push(format!("{place}: expected {expected}, found {found}")),
    }
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
}

fn whole_numbers(value: &Value) -> Vec<u64> {
    value.as_array().unwrap().iter().map(|number| number.as_u64().unwrap()).collect()
}

/// `null` is a hole.
fn months(value: &Value) -> Vec<Option<f64>> {
    value.as_array().unwrap().iter().map(Value::as_f64).collect()
}
