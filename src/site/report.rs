//! The numbers of a metric for programs: the JSON of `cxbook metrics`, schema 1.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::Better;
use crate::privacy::{PublicBook, PublicMetric, PublicSeries};

/// A metric as it is published. Values are not rounded; what is hidden is null.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MetricReport {
    /// 1.
    pub schema: u8,
    /// Id.
    pub metric: String,
    /// For readers.
    pub name: String,
    /// `nps`, `csat`, `ces`, `mean`, `share`, `count`, `rate` or `duration`.
    pub kind: &'static str,
    /// Unit of all values.
    pub unit: String,
    /// `higher-is-better` or `lower-is-better`.
    pub direction: &'static str,
    /// The date the numbers speak for.
    pub as_of: String,
    /// Name of the edition, if there is one.
    pub edition: Option<String>,
    /// Everything that must stay the same for values to be comparable.
    pub identity: BTreeMap<String, String>,
    /// Dated changes of the definition.
    pub changes: Vec<ChangeReport>,
    /// What happened to the rows of the exports.
    pub rows: RowsReport,
    /// Everybody first, then the groups of each split.
    pub series: Vec<SeriesReport>,
    /// Findings about this metric, as lines.
    pub findings: Vec<String>,
}

/// A dated change of the definition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChangeReport {
    /// `2025-04-01`.
    pub date: String,
    /// `reworded`, `rescaled`, `moved`, `retired` or `renamed`.
    pub kind: &'static str,
}

/// Rows of the exports: `read` is `used` plus all of `skipped`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RowsReport {
    /// Rows below the headers; null where it would give a hidden number of answers away.
    pub read: Option<u64>,
    /// Rows that count; null where `read` is.
    pub used: Option<u64>,
    /// Rows that do not, by reason.
    pub skipped: BTreeMap<String, u64>,
}

/// One series.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SeriesReport {
    /// Empty for everybody.
    pub split: BTreeMap<String, String>,
    /// In order, without holes.
    pub points: Vec<PointReport>,
    /// Limits of normal variation.
    pub limits: Vec<LimitsReport>,
}

/// One point.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PointReport {
    /// `2026-01`.
    pub period: String,
    /// Null when suppressed or missing.
    pub value: Option<f64>,
    /// Null when suppressed, missing or unknown.
    pub n: Option<u64>,
    /// Lower end of the 95 % interval.
    pub low: Option<f64>,
    /// Upper end of the 95 % interval.
    pub high: Option<f64>,
    /// `shown`, `suppressed`, `missing` or `provisional`.
    pub state: &'static str,
    /// `outside`, `shift` or null.
    pub signal: Option<&'static str>,
}

/// Limits over a stretch of periods.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LimitsReport {
    /// First period.
    pub from: String,
    /// Last period.
    pub to: String,
    /// Mean.
    pub centre: f64,
    /// Lower limit.
    pub lower: f64,
    /// Upper limit.
    pub upper: f64,
    /// Name of the rule set.
    pub rules: &'static str,
    /// Share of purely random series of this length that the rules would flag.
    pub false_alarm: f64,
}

/// The report of a metric of a book; `findings` are lines about it.
pub fn report(book: &PublicBook, metric: &PublicMetric, findings: Vec<String>) -> MetricReport {
    let definition = &metric.metric.definition;
    MetricReport {
        schema: 1,
        metric: metric.metric.id.to_string(),
        name: definition.name.clone(),
        kind: definition.kind.word(),
        unit: definition.unit.clone(),
        direction: match definition.better {
            Better::Higher => "higher-is-better",
            Better::Lower => "lower-is-better",
        },
        as_of: book.as_of().to_string(),
        edition: book.edition().map(str::to_owned),
        identity: definition.identity(),
        changes: definition
            .changes
            .iter()
            .map(|change| ChangeReport { date: change.date.to_string(), kind: change.kind.word() })
            .collect(),
        rows: RowsReport {
            read: metric.rows.told.map(|(read, _)| read),
            used: metric.rows.told.map(|(_, used)| used),
            skipped: metric.rows.skipped.clone(),
        },
        series: metric.series.iter().map(series).collect(),
        findings,
    }
}

fn series(series: &PublicSeries) -> SeriesReport {
    let period =
        |index: usize| series.points.get(index).map(|point| point.period.to_string()).unwrap_or_default();
    SeriesReport {
        split: series.split.iter().map(|(name, value)| (name.clone(), value.to_string())).collect(),
        points: series
            .points
            .iter()
            .map(|point| PointReport {
                period: point.period.to_string(),
                value: point.value,
                n: point.n,
                low: point.interval.map(|(low, _)| low),
                high: point.interval.map(|(_, high)| high),
                state: point.state.word(),
                signal: point.signal.map(|signal| signal.word()),
            })
            .collect(),
        limits: series
            .limits
            .iter()
            .map(|limits| LimitsReport {
                from: period(limits.from),
                to: period(limits.to),
                centre: limits.centre,
                lower: limits.lower,
                upper: limits.upper,
                rules: series.rules.name(),
                false_alarm: limits.false_alarm_of(series.rules),
            })
            .collect(),
    }
}
