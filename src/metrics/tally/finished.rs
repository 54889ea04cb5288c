//! Values that somebody else computed.

use super::super::statistics::wilson_interval;
use crate::model::{CesVariant, Estimate, Kind, Typical};

/// Finished values of one period, weighted by their number of answers where they have one.
#[derive(Debug, Clone)]
pub(crate) struct Finished {
    kind: Kind,
    weighted: f64,
    n: u64,
    with_n: u64,
    without_n: Vec<f64>,
    /// Numbers of answers that stand in a row of their own.
    bases: u64,
}

impl Finished {
    pub(super) fn new(kind: Kind) -> Self {
        Self { kind, weighted: 0.0, n: 0, with_n: 0, without_n: Vec::new(), bases: 0 }
    }

    pub(super) fn add(&mut self, value: f64, base: Option<u64>) {
        match base.filter(|_| self.kind != Kind::Count) {
            Some(base) => {
                self.weighted += value * base as f64;
                self.n += base;
                self.with_n += 1;
            }
            None => self.without_n.push(value),
        }
    }

    pub(super) fn add_base(&mut self, base: u64) {
        self.bases += base;
    }

    pub(super) fn merge(&mut self, later: &Self) {
        self.weighted += later.weighted;
        self.n += later.n;
        self.with_n += later.with_n;
        self.without_n.extend(&later.without_n);
        self.bases += later.bases;
    }

    /// Whether there are several values that cannot be made one: without their bases, or medians, which have no mean.
    pub(super) fn is_ambiguous(&self) -> bool {
        let all = self.without_n.len() as u64 + self.with_n;
        let poolable = self.without_n.is_empty()
            && !matches!(self.kind, Kind::Duration(Typical::Median | Typical::Percentile(_)));
        self.kind != Kind::Count && all > 1 && !poolable
    }

    pub(super) fn estimate(&self) -> Option<Estimate> {
        if self.kind == Kind::Count {
            let sum: f64 = self.without_n.iter().sum();
            let n = Some(sum.max(0.0) as u64);
            return (!self.without_n.is_empty()).then_some(Estimate { value: sum, n, interval: None });
        }
        let (value, n) = match (self.n, self.bases) {
            (0, 0) => {
                let value = self.without_n.first()?;
                return Some(Estimate { value: *value, n: None, interval: None });
            }
            (0, bases) => (*self.without_n.first()?, bases),
            (n, _) => (self.weighted / n as f64, n),
        };
        let is_share = matches!(self.kind, Kind::Share | Kind::Csat | Kind::Ces(CesVariant::Share));
        let interval = if is_share { wilson_interval(value / 100.0 * n as f64, n) } else { None };
        Some(Estimate { value, n: Some(n), interval })
    }
}
