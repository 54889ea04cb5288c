//! Answers with weights.

use super::super::statistics::{
    Confidence, effective_answers, weighted_mean_interval, weighted_nps_interval, weighted_share_interval,
};
use crate::model::{CesVariant, Estimate, Kind};

/// Sums of weights. An answer is worth −1, 0 or 1 for scores that are a difference of shares, 0 or 1 for shares, and itself
/// for means.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Weighted {
    kind: Kind,
    n: u64,
    weight: f64,
    weight_squares: f64,
    plus: f64,
    minus: f64,
    values: f64,
    value_squares: f64,
}

impl Weighted {
    pub(super) fn new(kind: Kind) -> Self {
        Self {
            kind,
            n: 0,
            weight: 0.0,
            weight_squares: 0.0,
            plus: 0.0,
            minus: 0.0,
            values: 0.0,
            value_squares: 0.0,
        }
    }

    /// Counts an answer worth `value`.
    pub(super) fn add(&mut self, value: f64, weight: f64) {
        self.n += 1;
        self.weight += weight;
        self.weight_squares += weight * weight;
        self.plus += if value > 0.0 { weight } else { 0.0 };
        self.minus += if value < 0.0 { weight } else { 0.0 };
        self.values += weight * value;
        self.value_squares += weight * value * value;
    }

    pub(super) fn merge(&mut self, later: &Self) {
        self.n += later.n;
        self.weight += later.weight;
        self.weight_squares += later.weight_squares;
        self.plus += later.plus;
        self.minus += later.minus;
        self.values += later.values;
        self.value_squares += later.value_squares;
    }

    /// The estimate. Its n is how many people answered; the interval rests on how many their weights leave.
    pub(super) fn estimate(&self) -> Option<Estimate> {
        let effective = effective_answers(self.weight, self.weight_squares)?;
        let (plus, minus) = (self.plus / self.weight, self.minus / self.weight);
        let (value, interval) = match self.kind {
            Kind::Nps | Kind::Ces(CesVariant::Net) => {
                let interval = weighted_nps_interval(plus, minus, effective, Confidence::USUAL);
                (100.0 * (plus - minus), interval)
            }
            Kind::Csat | Kind::Share | Kind::Ces(CesVariant::Share) => {
                (100.0 * plus, weighted_share_interval(plus.min(1.0), effective, Confidence::USUAL))
            }
            Kind::Mean | Kind::Ces(CesVariant::Mean) | Kind::Duration(_) | Kind::Count | Kind::Rate => {
                let mean = self.values / self.weight;
                let variance = (self.value_squares / self.weight - mean * mean).max(0.0);
                (mean, weighted_mean_interval(mean, variance, effective, Confidence::USUAL))
            }
        };
        Some(Estimate { value, n: Some(self.n), interval })
    }
}
