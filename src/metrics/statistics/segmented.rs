//! Interrupted time series: did level or slope change at a dated step?

use super::distribution::t_quantile;
use super::least_squares::fit;
use super::mean::finite;
use super::{Confidence, Interval};

/// What a coefficient stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Term {
    /// Level at the first month.
    Start,
    /// Change per month before the step.
    Slope,
    /// Jump at the step.
    LevelChange,
    /// How much the change per month differs after the step.
    SlopeChange,
}

/// `y = b₀ + b₁ t + b₂ post + b₃ (t − t₀) post`, months counted from 0. The fields hold the four terms in the order of
/// [`Term`], in the metric's unit (per month for the slopes).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Segmented {
    /// b₀ to b₃.
    pub coefficients: [f64; 4],
    /// Ordinary standard errors, which suppose months independent.
    pub plain_errors: [f64; 4],
    /// Newey and West's, which allow for months that resemble their neighbours.
    pub newey_west_errors: [f64; 4],
    /// Known months minus 4.
    pub degrees: f64,
}

impl Segmented {
    /// The estimate of one term.
    pub fn estimate(&self, term: Term) -> f64 {
        self.coefficients[term as usize]
    }

    /// Interval by Student's t from the wider of the two standard errors, the one to show: in short series either can be too
    /// small.
    pub fn interval(&self, term: Term, confidence: Confidence) -> Option<Interval> {
        let [plain, robust] = [self.plain_errors[term as usize], self.newey_west_errors[term as usize]];
        self.interval_with(term, plain.max(robust), confidence)
    }

    /// Interval by Student's t from a standard error of one's choice.
    pub fn interval_with(&self, term: Term, error: f64, confidence: Confidence) -> Option<Interval> {
        let reach = t_quantile(confidence.tail(), self.degrees)? * error;
        let centre = self.estimate(term);
        finite(centre - reach, centre + reach)
    }
}

/// Fits the model to monthly values; `step` is the index of the first month after it. A missing month takes no part, and
/// neighbours are counted by the calendar. `None` with fewer than two known months on a side or five in all.
pub fn segmented(values: &[Option<f64>], step: usize, lags: usize) -> Option<Segmented> {
    let known = values.iter().enumerate().filter_map(|(month, value)| Some((month, (*value)?)));
    let row = |month: usize| {
        let after = month.checked_sub(step);
        [1.0, month as f64, f64::from(u8::from(after.is_some())), after.unwrap_or(0) as f64]
    };
    let observations: Vec<_> = known.map(|(month, value)| (month, row(month), value)).collect();
    let fit = fit(&observations)?;
    Some(Segmented {
        coefficients: fit.coefficients,
        plain_errors: fit.plain_errors(),
        newey_west_errors: fit.newey_west_errors(lags),
        degrees: fit.degrees,
    })
}

/// Newey and West's (1994) rule of thumb for the number of lags: `⌊4 (n/100)^(2/9)⌋`, which is 2 for 20 months and 3 for 36.
pub fn default_lags(months: usize) -> usize {
    (4.0 * (months as f64 / 100.0).powf(2.0 / 9.0)) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_a_clean_step_also_around_a_hole() {
        // 10 + t before, 5 more from month 4 on, slope 3 after it.
        let mut values: Vec<Option<f64>> = (0..12)
            .map(|t| Some(10.0 + f64::from(t) + if t >= 4 { 5.0 + 2.0 * f64::from(t - 4) } else { 0.0 }))
            .collect();
        values[2] = None;
        values[7] = None;
        let fitted = segmented(&values, 4, 2).unwrap();
        for (found, expected) in fitted.coefficients.iter().zip([10.0, 1.0, 5.0, 2.0]) {
            assert!((found - expected).abs() < 1e-9, "{fitted:?}");
        }
        assert_eq!(fitted.degrees, 6.0);
    }

    #[test]
    fn edges() {
        let values: Vec<Option<f64>> = (0..8).map(|t| Some(f64::from(t * t))).collect();
        for step in [0, 1, 7, 8, usize::MAX] {
            assert_eq!(segmented(&values, step, 2), None, "step {step} leaves a side without a line");
        }
        assert_eq!(segmented(&values[..4], 2, 2), None);
        assert_eq!(segmented(&[], 0, 0), None);
        assert!(segmented(&values, 4, usize::MAX).is_some());
        assert_eq!(segmented(&[Some(f64::NAN); 9], 4, 2), None);
        assert_eq!((default_lags(0), default_lags(20), default_lags(36)), (0, 2, 3));
    }
}
