//! The stages of the journey, each with the latest value of its customer metric.

use super::{Mark, Signal, Words};

/// A row for each stage, in the order of the journey.
///
/// The metrics of stages have different units, so each row has a scale of its own, written at its ends; rows are never
/// added up or drawn on one axis.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Stages {
    /// Unique on the page.
    pub id: String,
    /// What the chart says as one sentence: the accessible name.
    pub title: String,
    /// The accessible description.
    pub description: String,
    /// From the first stage to the last.
    pub rows: Vec<Stage>,
    /// The words of the key; those for levels and bands are not used.
    pub words: Words,
    /// The key's words for the target.
    pub target: String,
    /// Where a scale would be, for a metric without one: "no fixed scale".
    pub no_scale: String,
}

/// One stage.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Stage {
    /// "1 Choose".
    pub name: String,
    /// The customer metric, or that there is none.
    pub measure: String,
    /// Whether the value is there, and if not why.
    pub mark: Mark,
    /// The latest value; read only for [`Mark::Shown`] and [`Mark::Provisional`].
    pub value: Option<f64>,
    /// Low and high end of the interval around it.
    pub interval: Option<(f64, f64)>,
    /// The level to reach.
    pub target: Option<f64>,
    /// The signal the value is part of.
    pub signal: Option<Signal>,
    /// The ends of the scale with their words; without one, the value is written and not drawn.
    pub scale: Option<[(f64, String); 2]>,
    /// The value with its unit; an en dash when there is none.
    pub figure: String,
    /// What it rests on and what it says: "n = 312, steady".
    pub note: String,
}
