//! Does one series lead another by some months?
//!
//! Scanning lags and picking the best finds "significant" pairs among unrelated series in every third try, and more often
//! when series drift. So the interval here counts every lag that was scanned, and fewer months than there are when
//! neighbouring months resemble each other.

use super::correlation::{FEWEST_PAIRS, finite_pairs, unit_distances};
use super::distribution::normal_quantile;
use super::{Confidence, Correlation, Interval, Undefined, fisher_interval, pearson};

/// The correlation at one lag.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lag {
    /// Months by which the first series leads.
    pub months: usize,
    /// Coefficient, number of pairs, and the naive interval, which is for comparison and not for the page.
    pub naive: Correlation,
    /// Autocorrelation of the first series a month apart, over these pairs; `None` when undefined.
    pub own_first: Option<f64>,
    /// The same for the second series.
    pub own_second: Option<f64>,
    /// Independent pairs these pairs are worth.
    pub effective_n: f64,
    /// The interval to show: from `effective_n`, and wide enough for all lags scanned together.
    pub interval: Interval,
}

impl Lag {
    /// Whether the interval to show leaves out 0.
    pub fn excludes_zero(&self) -> bool {
        self.interval.0 > 0.0 || self.interval.1 < 0.0
    }
}

/// All lags that were looked at.
#[derive(Debug, Clone, PartialEq)]
pub struct LagScan {
    /// From lag 0 on; a reason where a lag has no coefficient. Its length is the number of lags the intervals count, which
    /// includes those without a coefficient.
    pub lags: Vec<Result<Lag, Undefined>>,
}

impl LagScan {
    /// The lag with the coefficient furthest from 0; the first of them.
    pub fn strongest(&self) -> Option<&Lag> {
        let defined = self.lags.iter().flatten();
        defined.reduce(|best, lag| if lag.naive.r.abs() > best.naive.r.abs() { lag } else { best })
    }
}

/// Correlates `first[t]` with `second[t + k]` for k from 0 to `max_lag`. Intervals are Fisher's with
/// [`effective_n`] for n and Bonferroni's correction over `max_lag + 1` lags. Lags longer than the series are not scanned.
pub fn lagged(
    first: &[Option<f64>],
    second: &[Option<f64>],
    max_lag: usize,
    confidence: Confidence,
) -> LagScan {
    let scanned = max_lag.min(first.len().max(second.len())) + 1;
    let z = normal_quantile(1.0 - confidence.tail() / scanned as f64);
    let lags = (0..scanned).map(|months| at_lag(first, second, months, confidence, z)).collect();
    LagScan { lags }
}

fn at_lag(
    first: &[Option<f64>],
    second: &[Option<f64>],
    months: usize,
    confidence: Confidence,
    z: f64,
) -> Result<Lag, Undefined> {
    let overlap = second.get(months..).unwrap_or(&[]);
    let naive = pearson(&pairs(first, second, months), confidence)?;
    let own_first = own_correlation(first, overlap, |pair| pair.0);
    let own_second = own_correlation(first, overlap, |pair| pair.1);
    let effective_n = match own_first.zip(own_second) {
        Some((a, b)) => effective_n(naive.n, a, b),
        // Not knowable, so the most careful.
        None => FEWEST_PAIRS as f64,
    };
    let interval = fisher_interval(naive.r, effective_n, z);
    Ok(Lag { months, naive, own_first, own_second, effective_n, interval })
}

/// Known pairs `(first[t], second[t + lag])`.
pub fn pairs(first: &[Option<f64>], second: &[Option<f64>], lag: usize) -> Vec<(f64, f64)> {
    let later = second.get(lag..).unwrap_or(&[]);
    let known: Vec<(f64, f64)> = first.iter().zip(later).filter_map(|(a, b)| a.zip(*b)).collect();
    finite_pairs(&known)
}

/// Pairs that `n` pairs of series with these correlations to themselves a month later are worth:
/// `n (1 − r₁ r₂)/(1 + r₁ r₂)`, within 4..=n. Bartlett, Journal of the Royal Statistical Society 98 (1935).
pub fn effective_n(n: usize, own_first: f64, own_second: f64) -> f64 {
    let product = own_first * own_second;
    let n = n as f64;
    let fewest = FEWEST_PAIRS as f64;
    if product.is_nan() {
        fewest
    } else {
        (n * (1.0 - product) / (1.0 + product)).clamp(fewest, n.max(fewest))
    }
}

/// Changes from one month to the next, which take a shared drift out before correlating; one fewer than values, `None`
/// around holes.
pub fn differences(values: &[Option<f64>]) -> Vec<Option<f64>> {
    let change = |pair: &[Option<f64>]| Some(pair[1]? - pair[0]?).filter(|change| change.is_finite());
    values.windows(2).map(change).collect()
}

/// Autocorrelation a month apart of one series of the pairs: `Σ (x_t − m)(x_{t+1} − m) / Σ (x_t − m)²`. Products over a hole
/// are not there; the others count for them. `None` when the series does not vary or no two months are neighbours.
fn own_correlation(
    first: &[Option<f64>],
    second: &[Option<f64>],
    pick: impl Fn((f64, f64)) -> f64,
) -> Option<f64> {
    let known = |a: f64, b: f64| a.is_finite() && b.is_finite();
    let months: Vec<Option<f64>> = first
        .iter()
        .zip(second)
        .map(|(a, b)| a.zip(*b).filter(|pair| known(pair.0, pair.1)).map(&pick))
        .collect();
    let values: Vec<f64> = months.iter().flatten().copied().collect();
    let mut distances = unit_distances(&values).ok()?.into_iter();
    let distances: Vec<Option<f64>> =
        months.iter().map(|month| month.and_then(|_| distances.next())).collect();
    let products: Vec<f64> = distances.windows(2).filter_map(|two| Some(two[0]? * two[1]?)).collect();
    let neighbours = (values.len() - 1) as f64;
    Some(products.iter().sum::<f64>() * neighbours / products.len() as f64).filter(|own| own.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn some(values: &[f64]) -> Vec<Option<f64>> {
        values.iter().copied().map(Some).collect()
    }

    #[test]
    fn a_follower_is_found() {
        let first = some(&[3.0, 1.0, 4.0, 1.5, 5.0, 9.0, 2.0, 6.0, 5.5, 3.5, 8.0, 9.5]);
        let mut second = some(&[0.0, 0.0]);
        second.extend(first[..10].iter().map(|value| value.map(|value| -2.0 * value)));
        let scan = lagged(&first, &second, 4, Confidence::USUAL);
        let best = scan.strongest().unwrap();
        assert_eq!((best.months, best.naive.n, scan.lags.len()), (2, 10, 5));
        assert!((best.naive.r + 1.0).abs() < 1e-9 && best.excludes_zero());
        assert!(best.effective_n <= 10.0);
    }

    #[test]
    fn all_scanned_lags_count() {
        let first = some(&[3.0, 1.0, 4.0, 1.5, 5.0, 9.0, 2.0, 6.0, 5.5, 3.5, 8.0, 9.5]);
        let second = some(&[1.0, 3.0, 4.0, 2.0, 7.0, 8.0, 1.0, 6.0, 4.0, 3.0, 9.0, 7.0]);
        let width = |max_lag| {
            let scan = lagged(&first, &second, max_lag, Confidence::USUAL);
            let lag = scan.lags[0].unwrap();
            lag.interval.1 - lag.interval.0
        };
        assert!(width(0) < width(1) && width(1) < width(6));
        // Lags 9 and more have fewer than four pairs, and still count.
        let scan = lagged(&first, &second, 10, Confidence::USUAL);
        assert_eq!(scan.lags[9], Err(Undefined::TooFewPairs(3)));
        assert_eq!(scan.lags.len(), 11);
    }

    #[test]
    fn holes_and_odd_input() {
        let holed = [Some(1.0), None, Some(2.0), Some(f64::NAN), Some(5.0)];
        assert_eq!(differences(&holed)[..3], [None, None, None]);
        assert_eq!(pairs(&holed, &holed, 2), [(1.0, 2.0), (2.0, 5.0)]);
        assert_eq!(pairs(&holed, &holed, usize::MAX), []);
        assert_eq!(lagged(&[], &[], usize::MAX, Confidence::USUAL).strongest(), None);
        assert_eq!(effective_n(36, 1.0, -1.0), 36.0);
        assert_eq!(effective_n(36, 1.0, 1.0), 4.0);
        assert_eq!(effective_n(0, f64::NAN, 1.0), 4.0);
    }
}
