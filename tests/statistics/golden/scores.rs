//! NPS, shares, satisfaction, effort and means.

use cxbook::metrics::statistics::{
    Answers, Confidence, Effort, Interval, Share, Summary, agresti_coull, before_after, clopper_pearson,
    count_scores, counts_mean, mean, nps, nps_difference, nps_difference_wald, nps_interval,
    nps_interval_score, nps_interval_wald, nps_standard_error, pooled, share_difference, top_boxes,
    vendor_good, wilson,
};
use serde_json::{Value, json};

use super::{Check, numbers, whole_numbers};

pub(super) const CHECKS: &[(&str, Check)] = &[
    ("nps.from_scores", from_scores),
    ("nps.se", standard_error),
    ("nps.ci.wald", |input| nps_with(input, nps_interval_wald(&answers(input), Confidence::USUAL))),
    ("nps.ci.adjusted_wald", |input| nps_with(input, nps_interval(&answers(input)))),
    ("nps.ci.score_tango", |input| nps_with(input, nps_interval_score(&answers(input), Confidence::USUAL))),
    ("nps.diff.wald", |input| difference(input, true)),
    ("nps.diff.adjusted_wald", |input| difference(input, false)),
    ("nps.pool", pool),
    ("prop.ci.wilson", |input| {
        share_with(input, wilson(share(input).hits as f64, share(input).n, level(input)))
    }),
    ("prop.ci.agresti_coull", |input| {
        share_with(input, agresti_coull(share(input).hits as f64, share(input).n, level(input)))
    }),
    ("prop.ci.clopper_pearson", |input| {
        share_with(input, clopper_pearson(share(input).hits, share(input).n, level(input)))
    }),
    ("prop.diff.newcombe", newcombe),
    ("csat.top2", satisfaction),
    ("csat.zendesk_scale", vendor),
    ("ces.summary", effort),
    ("mean.ci.t", mean_of),
    ("mean.diff.welch", welch_of),
];

fn answers(input: &Value) -> Answers {
    let count = |group: &str| input[group].as_u64().unwrap();
    Answers { promoters: count("promoters"), passives: count("passives"), detractors: count("detractors") }
}

fn nps_with(input: &Value, interval: Option<Interval>) -> Value {
    let (low, high) = interval.unwrap();
    json!({"nps": nps(&answers(input)), "lo": low, "hi": high})
}

/// Cells may be written as numbers or as text.
fn from_scores(input: &Value) -> Value {
    let cells: Vec<String> = input["scores"]
        .as_array()
        .unwrap()
        .iter()
        .map(|cell| cell.as_str().map_or_else(|| cell.to_string(), str::to_owned))
        .collect();
    let counted = count_scores(cells.iter().map(String::as_str));
    let Answers { promoters, passives, detractors } = counted.answers;
    json!({
        "nps": nps(&counted.answers), "n": counted.answers.n(), "blank": counted.blank, "rejected": counted.rejected,
        "promoters": promoters, "passives": passives, "detractors": detractors,
    })
}

fn standard_error(input: &Value) -> Value {
    let answers = answers(input);
    let error = nps_standard_error(&answers).unwrap();
    json!({"variance_unit_scale": (error / 100.0).powi(2) * answers.n() as f64, "se_points": error})
}

fn difference(input: &Value, plain: bool) -> Value {
    let (before, after) = (answers(&input["before"]), answers(&input["after"]));
    let compare = if plain { nps_difference_wald } else { nps_difference };
    let found = compare(&before, &after, Confidence::USUAL).unwrap();
    json!({
        "diff": found.difference, "diff_raw": found.difference, "diff_adjusted": found.centre,
        "lo": found.interval.0, "hi": found.interval.1, "p_two_sided": found.p,
    })
}

fn pool(input: &Value) -> Value {
    let months: Vec<Answers> = input["months"].as_array().unwrap().iter().map(answers).collect();
    let scores: Vec<f64> = months.iter().filter_map(nps).collect();
    let all = pooled(&months);
    json!({"nps_pooled": nps(&all), "n": all.n(), "wrong_mean_of_months": mean(&scores)})
}

fn share(input: &Value) -> Share {
    Share { hits: input["k"].as_u64().unwrap(), n: input["n"].as_u64().unwrap() }
}

fn level(input: &Value) -> Confidence {
    input["conf"].as_f64().map_or(Confidence::USUAL, |level| Confidence::new(level).unwrap())
}

/// The cases give shares from 0 to 1.
fn share_with(input: &Value, interval: Option<Interval>) -> Value {
    let (low, high) = interval.unwrap();
    json!({"p": share(input).percent().unwrap() / 100.0, "lo": low / 100.0, "hi": high / 100.0})
}

fn newcombe(input: &Value) -> Value {
    let found = share_difference(share(&input["before"]), share(&input["after"]), Confidence::USUAL).unwrap();
    let (low, high) = found.interval;
    json!({"diff": found.difference / 100.0, "lo": low / 100.0, "hi": high / 100.0})
}

fn satisfaction(input: &Value) -> Value {
    let counts = whole_numbers(&input["counts_1_to_5"]);
    let top = top_boxes(&counts, 2).unwrap();
    let (low, high) = top.interval().unwrap();
    json!({
        "n": top.n, "top2": top.percent().unwrap() / 100.0, "lo": low / 100.0, "hi": high / 100.0,
        "mean": counts_mean(&counts).unwrap().mean,
    })
}

fn vendor(input: &Value) -> Value {
    let good = |scale: &str| vendor_good(&whole_numbers(&input[scale])).unwrap().percent().unwrap() / 100.0;
    json!({"good_3pt": good("counts_1_to_3"), "good_5pt": good("counts_1_to_5")})
}

fn effort(input: &Value) -> Value {
    let counts: [u64; 7] = whole_numbers(&input["counts_1_to_7"]).try_into().unwrap();
    let found = Effort::of(&counts, Confidence::USUAL).unwrap();
    let (mean_low, mean_high) = found.mean.interval(Confidence::USUAL).unwrap();
    let (agree_low, agree_high) = found.agree.interval().unwrap();
    json!({
        "n": found.mean.n, "mean": found.mean.mean, "mean_lo": mean_low, "mean_hi": mean_high,
        "agree_5_7": found.agree.percent().unwrap() / 100.0, "agree_lo": agree_low / 100.0,
        "agree_hi": agree_high / 100.0, "index": found.index,
    })
}

fn mean_of(input: &Value) -> Value {
    let summary = Summary::of(&numbers(&input["x"])).unwrap();
    let (low, high) = summary.interval(Confidence::USUAL).unwrap();
    json!({"mean": summary.mean, "sd": summary.deviation, "lo": low, "hi": high})
}

fn welch_of(input: &Value) -> Value {
    let (before, after) = (numbers(&input["before"]), numbers(&input["after"]));
    let found = before_after(&before, &after, Confidence::USUAL).unwrap();
    json!({
        "diff": found.difference, "lo": found.interval.0, "hi": found.interval.1, "df": found.degrees, "p": found.p,
    })
}
