//! Shares: satisfaction as top-two-box and any other part of a whole.

use super::distribution::beta_quantile;
use super::{Confidence, Interval};

/// Part of a whole, counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// Answers that belong to the part; at most `n`.
    pub hits: u64,
    /// All answers.
    pub n: u64,
}

impl Share {
    /// Per cent, 0 to 100. `None` without answers or with more hits than answers.
    pub fn percent(self) -> Option<f64> {
        (self.n > 0 && self.hits <= self.n).then(|| 100.0 * self.hits as f64 / self.n as f64)
    }

    /// 95 % interval in per cent, by [`wilson_interval`].
    pub fn interval(self) -> Option<Interval> {
        wilson_interval(self.hits as f64, self.n)
    }
}

/// 95 % interval of a share, in per cent: Wilson's score interval without continuity correction. `hits` may be fractional
/// when it was computed back from a rounded percentage. Wilson, Journal of the American Statistical Association 22 (1927).
///
/// ```
/// use cxbook::metrics::statistics::wilson_interval;
/// let (low, high) = wilson_interval(0.0, 10).unwrap();
/// assert!(low == 0.0 && high > 25.0, "none of ten is not the same as never");
/// ```
pub fn wilson_interval(hits: f64, n: u64) -> Option<Interval> {
    wilson(hits, n, Confidence::USUAL)
}

/// [`wilson_interval`] for another confidence: `(p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n)`, in per cent. `None`
/// unless 0 ≤ hits ≤ n and n > 0.
pub fn wilson(hits: f64, n: u64, confidence: Confidence) -> Option<Interval> {
    let (share, n) = checked(hits, n)?;
    Some(score_interval(share, n, confidence))
}

/// Wilson's interval of a share (0 to 1) of `n` answers, which need not be a whole number but is positive.
pub(super) fn score_interval(share: f64, n: f64, confidence: Confidence) -> Interval {
    let z = confidence.z();
    let z2 = z * z;
    let centre = (share + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let reach = z / (1.0 + z2 / n) * (share * (1.0 - share) / n + z2 / (4.0 * n * n)).sqrt();
    // At the ends the formula gives 0 and 1 exactly, the arithmetic only nearly.
    let low = if share == 0.0 { 0.0 } else { (centre - reach).clamp(0.0, share) };
    let high = if share == 1.0 { 1.0 } else { (centre + reach).clamp(share, 1.0) };
    (100.0 * low, 100.0 * high)
}

/// Agresti and Coull's interval, in per cent, clipped to 0..100: Wald after adding z²/2 hits and z²/2 misses. For comparison
/// with other tools. The American Statistician 52 (1998).
pub fn agresti_coull(hits: f64, n: u64, confidence: Confidence) -> Option<Interval> {
    let (share, n) = checked(hits, n)?;
    let z = confidence.z();
    let all = n + z * z;
    let centre = (share * n + z * z / 2.0) / all;
    let reach = z * (centre * (1.0 - centre) / all).sqrt();
    Some((100.0 * (centre - reach).clamp(0.0, 1.0), 100.0 * (centre + reach).clamp(0.0, 1.0)))
}

/// Clopper and Pearson's interval from the binomial distribution itself, in per cent: never covers less than it says, mostly
/// more. For comparison with other tools. Biometrika 26 (1934). `None` above ten thousand million answers, where the
/// distribution is not computed.
pub fn clopper_pearson(hits: u64, n: u64, confidence: Confidence) -> Option<Interval> {
    let (_, all) = checked(hits as f64, n)?;
    let found = hits as f64;
    let tail = confidence.tail();
    let low = if hits == 0 { 0.0 } else { beta_quantile(tail, found, all - found + 1.0)? };
    let high = if hits == n { 1.0 } else { beta_quantile(1.0 - tail, found + 1.0, all - found)? };
    Some((100.0 * low, 100.0 * high))
}

/// The share and n, when they make sense.
fn checked(hits: f64, n: u64) -> Option<(f64, f64)> {
    let n = n as f64;
    (n > 0.0 && (0.0..=n).contains(&hits)).then(|| (hits / n, n))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matches_the_published_formula() {
        // 15 of 20 by hand: centre (.75 + 3.8415/40)/(1 + 3.8415/20) = .70971, reach .17849.
        let (low, high) = wilson_interval(15.0, 20).unwrap();
        assert!((low - 53.1299).abs() < 1e-3 && (high - 88.8138).abs() < 1e-3, "{low} {high}");
    }

    #[test]
    fn clopper_pearson_by_hand() {
        // All of n: the low end is tail^(1/n). None of n: the mirror image.
        let (low, high) = clopper_pearson(8, 8, Confidence::USUAL).unwrap();
        assert!((low - 100.0 * 0.025_f64.powf(0.125)).abs() < 1e-9 && high == 100.0);
        let (none_low, none_high) = clopper_pearson(0, 8, Confidence::USUAL).unwrap();
        assert!(none_low == 0.0 && (none_high - (100.0 - low)).abs() < 1e-9);
        // Three of a million: Poisson, 0.618672 to 8.767273 in a million.
        let (low, high) = clopper_pearson(3, 1_000_000, Confidence::USUAL).unwrap();
        assert!((low * 1e4 - 0.618_67).abs() < 1e-4 && (high * 1e4 - 8.767_25).abs() < 1e-3, "{low} {high}");
    }

    #[test]
    fn stays_inside_and_refuses_nonsense() {
        for (hits, n) in [(1.0, 0), (3.0, 2), (f64::NAN, 2), (-0.1, 2), (f64::INFINITY, u64::MAX)] {
            assert_eq!(wilson_interval(hits, n), None);
            assert_eq!(agresti_coull(hits, n, Confidence::USUAL), None);
        }
        assert_eq!(clopper_pearson(3, 2, Confidence::USUAL), None);
        assert_eq!(clopper_pearson(1, u64::MAX, Confidence::USUAL), None);
        assert_eq!(Share { hits: 3, n: 2 }.percent(), None);
        assert_eq!(Share { hits: 0, n: 0 }.percent(), None);
        assert!(wilson_interval(u64::MAX as f64, u64::MAX).is_some());
    }
}
