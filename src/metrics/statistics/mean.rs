//! Means of answers.

use super::{Confidence, Interval, distribution::t_quantile};

/// Number, mean and spread of values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Summary {
    /// How many values.
    pub n: u64,
    /// Arithmetic mean, in the unit of the values.
    pub mean: f64,
    /// Sample standard deviation with divisor n − 1, in the unit of the values; `None` for a single value.
    pub deviation: Option<f64>,
}

impl Summary {
    /// Of values as they are. `None` without values, or when one of them or their spread is not finite.
    pub fn of(values: &[f64]) -> Option<Self> {
        let n = values.len() as u64;
        let mean = mean(values)?;
        let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
        Self::from_squares(n, mean, squares)
    }

    /// From a mean and the sum of squared distances to it.
    pub(super) fn from_squares(n: u64, mean: f64, squares: f64) -> Option<Self> {
        let deviation = (n > 1).then(|| (squares / (n - 1) as f64).sqrt());
        deviation.is_none_or(f64::is_finite).then_some(Self { n, mean, deviation })
    }

    /// Interval of the mean, in the unit of the values: `m ± t(n−1) s/√n`. `None` for fewer than two values.
    pub fn interval(&self, confidence: Confidence) -> Option<Interval> {
        let reach = t_quantile(confidence.tail(), self.n.checked_sub(1)? as f64)? * self.standard_error()?;
        finite(self.mean - reach, self.mean + reach)
    }

    /// `s/√n`.
    pub(super) fn standard_error(&self) -> Option<f64> {
        self.deviation.map(|deviation| deviation / (self.n as f64).sqrt())
    }
}

/// Arithmetic mean; `None` without values or when one is not finite. The mean of equal values is that value to the last
/// bit, so that a series without variation lies on its own centre line.
pub fn mean(values: &[f64]) -> Option<f64> {
    let first = values.first()?;
    let beyond: f64 = values.iter().map(|value| value - first).sum();
    let mean = first + beyond / values.len() as f64;
    mean.is_finite().then_some(mean)
}

/// 95 % interval of a mean, in the unit of the answers: `m ± t(n−1) s/√n` with Student's t. `deviation` is the sample
/// standard deviation (divisor n − 1). `None` for fewer than two answers.
pub fn mean_interval(mean: f64, deviation: f64, n: u64) -> Option<Interval> {
    if !mean.is_finite() || !deviation.is_finite() || deviation < 0.0 {
        return None;
    }
    Summary { n, mean, deviation: Some(deviation) }.interval(Confidence::USUAL)
}

/// Both ends, when both are numbers.
pub(super) fn finite(low: f64, high: f64) -> Option<Interval> {
    (low.is_finite() && high.is_finite()).then_some((low, high))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uses_students_t() {
        // t(4) = 2.776445; answers 1..5: mean 3, s = 1.581139, s/√5 = .707107.
        let (low, high) = mean_interval(3.0, 1.581_138_830_084_19, 5).unwrap();
        assert!((low - 1.036_757).abs() < 1e-5 && (high - 4.963_243).abs() < 1e-5, "{low} {high}");
        assert_eq!(mean_interval(3.0, 1.0, 1), None);
        assert_eq!(mean_interval(3.0, 1.0, 0), None);
        assert!(mean_interval(3.0, 1.0, u64::MAX).is_some());
    }

    #[test]
    fn edges() {
        assert_eq!(mean(&[]), None);
        assert_eq!(mean(&[0.1; 12]), Some(0.1), "no rounding error for equal values");
        assert_eq!(mean(&[f64::MAX, f64::MIN]), None, "an overflow is no number");
        assert_eq!(Summary::of(&[1.0, f64::NAN]), None);
        let single = Summary::of(&[4.0]).unwrap();
        assert_eq!((single.n, single.mean, single.deviation), (1, 4.0, None));
        assert_eq!(single.interval(Confidence::USUAL), None);
    }
}
