//! What an earlier edition said of its metrics: what was public then stays known.

use std::collections::BTreeMap;

use super::{Date, SplitValue};

/// The metrics of an earlier edition, as `cxbook metrics --format json` printed them.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// The date that edition spoke for.
    pub as_of: Date,
    /// Its name.
    pub edition: Option<String>,
    /// By id.
    pub metrics: BTreeMap<String, RecordedMetric>,
}

/// A metric as an earlier edition showed it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RecordedMetric {
    /// For readers.
    pub name: String,
    /// What it measured, by [`super::Definition::identity`].
    pub identity: BTreeMap<String, String>,
    /// Day and kind of the changes it told.
    pub changes: Vec<(String, String)>,
    /// Series by their split; everybody has none.
    pub series: BTreeMap<Option<(String, SplitValue)>, BTreeMap<String, RecordedPoint>>,
}

/// A value that was shown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RecordedPoint {
    /// In the metric's unit.
    pub value: f64,
    /// Answers behind it.
    pub n: Option<u64>,
    /// 95 % interval.
    pub interval: Option<(f64, f64)>,
}
