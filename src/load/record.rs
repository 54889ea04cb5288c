//! What an earlier edition said: `published.json`, as `cxbook metrics --format json` prints it.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::Files;
use crate::diag::{Finding, Place, checks};
use crate::model::{Date, Record, RecordedMetric, RecordedPoint, SplitValue};

/// Where it stands, beside book.toml.
pub const FILE: &str = "published.json";

#[derive(Deserialize)]
struct Metric {
    schema: u8,
    metric: String,
    name: String,
    as_of: String,
    edition: Option<String>,
    identity: BTreeMap<String, String>,
    changes: Vec<Change>,
    series: Vec<Series>,
}

#[derive(Deserialize)]
struct Change {
    date: String,
    kind: String,
}

#[derive(Deserialize)]
struct Series {
    split: BTreeMap<String, String>,
    points: Vec<Point>,
}

#[derive(Deserialize)]
struct Point {
    period: String,
    value: Option<f64>,
    n: Option<u64>,
    low: Option<f64>,
    high: Option<f64>,
}

/// Reads the record, if there is one.
pub(super) fn load(files: &Files<'_>, findings: &mut Vec<Finding>) -> Option<Record> {
    files.sources.get(FILE)?;
    let text = files.text(FILE, findings)?;
    let read = parse(text);
    read.map_err(|(line, why)| {
        let message = format!("{FILE} cannot be read: {why}");
        let help =
            "Write it anew from the last edition's book: cxbook metrics --format json > published.json";
        findings.push(Finding::new(&checks::SYNTAX, message).at(Place::line(FILE, line)).help(help));
    })
    .ok()
}

fn parse(text: &str) -> Result<Record, (u32, String)> {
    let metrics: Vec<Metric> = serde_json::from_str(text).map_err(|error| {
        let line = u32::try_from(error.line()).unwrap_or(1).max(1);
        let why =
            if error.is_data() { "something in it is missing or of another kind" } else { "it is not JSON" };
        (line, why.to_owned())
    })?;
    let newest = metrics.iter().filter_map(|metric| Date::parse(&metric.as_of)).max();
    let as_of = newest.ok_or_else(|| (1, "it holds no metric with a date".to_owned()))?;
    if let Some(other) = metrics.iter().find(|metric| metric.schema != 1) {
        return Err((1, format!("it was written by another version of cxbook (schema {})", other.schema)));
    }
    let edition = metrics.iter().find_map(|metric| metric.edition.clone());
    let metrics = metrics.into_iter().map(|metric| (metric.metric.clone(), recorded(metric))).collect();
    Ok(Record { as_of, edition, metrics })
}

fn recorded(metric: Metric) -> RecordedMetric {
    let series = metric.series.into_iter().map(|series| {
        let split = series.split.into_iter().next().map(|(name, value)| (name, SplitValue::new(&value)));
        let points = series.points.into_iter().filter_map(|point| {
            let shown =
                RecordedPoint { value: point.value?, n: point.n, interval: point.low.zip(point.high) };
            Some((point.period, shown))
        });
        (split, points.collect())
    });
    RecordedMetric {
        name: metric.name,
        identity: metric.identity,
        changes: metric.changes.into_iter().map(|change| (change.date, change.kind)).collect(),
        series: series.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_read_has_a_line_and_a_reason() {
        for (text, line, why) in [
            ("[\n{]", 2, "not JSON"),
            ("[{\"schema\": 1}]", 1, "missing"),
            ("[]", 1, "no metric"),
            ("{}", 1, "missing"),
            (
                r#"[{"schema":2,"metric":"a","name":"A","as_of":"2026-01-01","edition":null,"identity":{},"changes":[],"series":[]}]"#,
                1,
                "another version",
            ),
        ] {
            let (at, message) = parse(text).unwrap_err();
            assert!(at == line && message.contains(why), "{text}: {at} {message}");
        }
    }
}
