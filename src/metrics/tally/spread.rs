//! Durations of one period, kept as what occurred and how often.

use std::collections::BTreeMap;

use super::super::statistics::{Confidence, mean_interval, quantile, quantile_interval};
use crate::model::{Estimate, Typical};

/// Different values that are kept as they are; with more, all are rounded to four digits, an error of 0.05 % at most.
const EXACT: usize = 20_000;

/// Durations in the metric's unit.
#[derive(Debug, Clone, Default)]
pub(crate) struct Spread {
    /// By the bits of the value, which sort as the values do: durations are not negative.
    counts: BTreeMap<u64, u64>,
    n: u64,
    rounded: bool,
}

impl Spread {
    /// Counts a duration some times.
    pub(super) fn add(&mut self, value: f64, times: u64) {
        let value = if self.rounded { four_digits(value) } else { value };
        *self.counts.entry(value.max(0.0).to_bits()).or_default() += times;
        self.n += times;
        if self.counts.len() > EXACT && !self.rounded {
            self.round();
        }
    }

    /// Adds the durations of a later part.
    pub(super) fn merge(&mut self, later: &Self) {
        if later.rounded && !self.rounded {
            self.round();
        }
        for (bits, times) in &later.counts {
            self.add(f64::from_bits(*bits), *times);
        }
    }

    fn round(&mut self) {
        self.rounded = true;
        for (bits, times) in std::mem::take(&mut self.counts) {
            *self.counts.entry(four_digits(f64::from_bits(bits)).to_bits()).or_default() += times;
        }
    }

    /// The typical duration with its interval.
    pub(super) fn estimate(&self, typical: Typical) -> Option<Estimate> {
        let values: Vec<(f64, u64)> =
            self.counts.iter().map(|(bits, times)| (f64::from_bits(*bits), *times)).collect();
        let (value, interval) = match typical.part() {
            Some(part) => (quantile(&values, part)?, quantile_interval(&values, part, Confidence::USUAL)),
            None => {
                let (mean, deviation) = mean_and_deviation(&values, self.n)?;
                (mean, mean_interval(mean, deviation, self.n))
            }
        };
        Some(Estimate { value, n: Some(self.n), interval })
    }
}

fn mean_and_deviation(values: &[(f64, u64)], n: u64) -> Option<(f64, f64)> {
    if n == 0 {
        return None;
    }
    let sum: f64 = values.iter().map(|(value, times)| value * *times as f64).sum();
    let mean = sum / n as f64;
    let squares: f64 = values.iter().map(|(value, times)| (value - mean).powi(2) * *times as f64).sum();
    Some((mean, if n > 1 { (squares / (n - 1) as f64).sqrt() } else { f64::NAN }))
}

/// A positive number to four significant digits.
fn four_digits(value: f64) -> f64 {
    format!("{value:.3e}").parse().unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_different_durations_take_little_room() {
        let mut parts = [Spread::default(), Spread::default()];
        for at in 0..60_000_u32 {
            parts[at as usize % 2].add(f64::from(at) / 7.0, 1);
        }
        let [mut spread, later] = parts;
        spread.merge(&later);
        assert!(spread.counts.len() <= EXACT + 1, "{}", spread.counts.len());
        let estimate = spread.estimate(Typical::Median).unwrap();
        assert_eq!(estimate.n, Some(60_000));
        assert!((estimate.value / (59_999.0 / 14.0) - 1.0).abs() < 1e-3, "{}", estimate.value);
    }

    #[test]
    fn the_median_does_not_follow_the_longest() {
        let mut spread = Spread::default();
        for value in [3.0, 4.0, 5.0, 6.0, 4_000.0] {
            spread.add(value, 2);
        }
        assert_eq!(spread.estimate(Typical::Median).unwrap().value, 5.0);
        assert!(spread.estimate(Typical::Mean).unwrap().value > 800.0);
        assert_eq!(
            spread.estimate(Typical::Percentile(90)).unwrap().interval,
            None,
            "ten say nothing about it"
        );
        assert_eq!(Spread::default().estimate(Typical::Mean), None);
        assert_eq!(four_digits(12_345.678), 12_350.0);
        assert_eq!(four_digits(0.0), 0.0);
    }
}
