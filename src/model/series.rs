//! What the numbers of a metric are, before anything is hidden. Confidential: small groups are in here.

use std::collections::BTreeMap;

use super::{Period, SplitValue};

/// A value with what it rests on. Exact; rounding is the reader's view.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// In the metric's unit.
    pub value: f64,
    /// Answers behind it; `None` when the source gives none.
    pub n: Option<u64>,
    /// 95 % interval in the metric's unit, where one can be given.
    pub interval: Option<(f64, f64)>,
}

/// One period of a series.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// When.
    pub period: Period,
    /// The value; `None` when nothing was measured.
    pub estimate: Option<Estimate>,
}

/// The values of a metric over time, for everybody or for one group of a split.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// Name of the split and its value; `None` for everybody.
    pub split: Option<(String, SplitValue)>,
    /// One cell for every period from the first to the last, in order, without holes.
    pub cells: Vec<Cell>,
}

/// What happened to the rows of the exports: `read` is `used` plus all of `skipped`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rows {
    /// Rows below the header.
    pub read: u64,
    /// Rows that count in some period.
    pub used: u64,
    /// Rows that do not, by reason.
    pub skipped: BTreeMap<String, u64>,
}
