//! Before and after a dated action, with months as the units.

use super::distribution::{t_quantile, t_two_sided};
use super::mean::finite;
use super::{Confidence, Interval, Summary};

/// Fewest months before an action for a comparison that is shown.
pub const MONTHS_BEFORE: usize = 4;

/// Fewest months after an action for a comparison that is shown.
pub const MONTHS_AFTER: usize = 3;

/// A difference of two means with unequal spread.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Welch {
    /// After minus before, in the metric's unit.
    pub difference: f64,
    /// Of the difference.
    pub interval: Interval,
    /// Welch and Satterthwaite's degrees of freedom.
    pub degrees: f64,
    /// Two-sided probability of a difference as large by chance.
    pub p: f64,
    /// Months before; goes on the page.
    pub before: u64,
    /// Months after; goes on the page.
    pub after: u64,
}

/// [`welch`] when there are months enough to show it, at least [`MONTHS_BEFORE`] and [`MONTHS_AFTER`]. Pooling respondents
/// instead would leave out that months differ: a nominal 95 % interval then covers 83 % when months vary as much as samples.
pub fn before_after(before: &[f64], after: &[f64], confidence: Confidence) -> Option<Welch> {
    let enough = before.len() >= MONTHS_BEFORE && after.len() >= MONTHS_AFTER;
    enough.then(|| welch(before, after, confidence)).flatten()
}

/// Welch's t for monthly values: `d ± t(df) √(s₁²/n₁ + s₂²/n₂)`. Biometrika 34 (1947). `None` for fewer than two values on a
/// side, values that are not finite, or no spread at all.
pub fn welch(before: &[f64], after: &[f64], confidence: Confidence) -> Option<Welch> {
    let (first, second) = (Summary::of(before)?, Summary::of(after)?);
    let (first_part, second_part) = (first.standard_error()?.powi(2), second.standard_error()?.powi(2));
    let variance = first_part + second_part;
    if variance <= 0.0 {
        return None;
    }
    let (first_weight, second_weight) = (first_part / variance, second_part / variance);
    let degrees =
        1.0 / (first_weight.powi(2) / (first.n - 1) as f64 + second_weight.powi(2) / (second.n - 1) as f64);
    let difference = second.mean - first.mean;
    let reach = t_quantile(confidence.tail(), degrees)? * variance.sqrt();
    Some(Welch {
        difference,
        interval: finite(difference - reach, difference + reach)?,
        degrees,
        p: t_two_sided(difference / variance.sqrt(), degrees)?,
        before: first.n,
        after: second.n,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edges() {
        let usual = Confidence::USUAL;
        assert_eq!(welch(&[1.0], &[1.0, 2.0], usual), None);
        assert_eq!(welch(&[1.0, 1.0], &[2.0, 2.0], usual), None, "no spread, no yardstick");
        assert_eq!(welch(&[1.0, f64::NAN], &[2.0, 3.0], usual), None);
        assert_eq!(welch(&[0.0, 1e308], &[0.0, -1e308], usual), None);
        assert!(welch(&[1.0, 1.0], &[2.0, 3.0], usual).is_some(), "one side may be flat");
        let months = [30.0, 31.0, 29.0, 32.0];
        assert_eq!(before_after(&months[..3], &months, usual), None);
        assert_eq!(before_after(&months, &months[..2], usual), None);
        assert!(before_after(&months, &months[..3], usual).is_some());
    }
}
