//! How closely two series move together. It never shows cause.

use super::mean::mean;
use super::{Confidence, Interval};

/// A coefficient and what it rests on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Correlation {
    /// From −1 to 1.
    pub r: f64,
    /// Supposes pairs independent of each other, which months rarely are; see [`lagged`](super::lagged()).
    pub interval: Interval,
    /// Pairs.
    pub n: usize,
}

/// Why there is no coefficient. The page says this instead of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undefined {
    /// Fewer than four pairs.
    TooFewPairs(usize),
    /// One of the series does not vary.
    Constant,
    /// Numbers too large to compute with.
    TooLarge,
}

impl Undefined {
    /// The word in data: `too_few_pairs`, `constant`, `too_large`.
    pub fn word(self) -> &'static str {
        match self {
            Self::TooFewPairs(_) => "too_few_pairs",
            Self::Constant => "constant",
            Self::TooLarge => "too_large",
        }
    }
}

/// Fewest pairs: with three, Fisher's interval is the whole range.
pub(super) const FEWEST_PAIRS: usize = 4;

/// Pearson's coefficient with Fisher's interval, `tanh(atanh r ± z/√(n−3))`. Biometrika 10 (1915). Pairs with a number that is
/// not finite are left out.
pub fn pearson(pairs: &[(f64, f64)], confidence: Confidence) -> Result<Correlation, Undefined> {
    let pairs = finite_pairs(pairs);
    let r = coefficient(&pairs)?;
    let n = pairs.len();
    Ok(Correlation { r, interval: fisher_interval(r, n as f64, confidence.z()), n })
}

/// Spearman's rank coefficient, ties at their mean rank, with Bonett and Wright's standard error `√((1 + r²/2)/(n−3))` on
/// Fisher's scale. Psychometrika 65 (2000). This is the one to show: a single odd month cannot carry it.
pub fn spearman(pairs: &[(f64, f64)], confidence: Confidence) -> Result<Correlation, Undefined> {
    let pairs = finite_pairs(pairs);
    let (first, second): (Vec<f64>, Vec<f64>) = pairs.iter().copied().unzip();
    let ranked: Vec<(f64, f64)> = ranks(&first).into_iter().zip(ranks(&second)).collect();
    let r = coefficient(&ranked)?;
    let n = pairs.len();
    let z = confidence.z() * (1.0 + r * r / 2.0).sqrt();
    Ok(Correlation { r, interval: fisher_interval(r, n as f64, z), n })
}

/// `tanh(atanh r ± z/√(n−3))` for an `n` that need not be whole; from −1 to 1 when n is 3 or less.
pub fn fisher_interval(r: f64, n: f64, z: f64) -> Interval {
    if n.is_nan() || n <= 3.0 {
        return (-1.0, 1.0);
    }
    let (centre, reach) = (r.clamp(-1.0, 1.0).atanh(), z / (n - 3.0).sqrt());
    ((centre - reach).tanh(), (centre + reach).tanh())
}

/// Pearson's coefficient of finite pairs.
fn coefficient(pairs: &[(f64, f64)]) -> Result<f64, Undefined> {
    if pairs.len() < FEWEST_PAIRS {
        return Err(Undefined::TooFewPairs(pairs.len()));
    }
    let (first, second): (Vec<f64>, Vec<f64>) = pairs.iter().copied().unzip();
    let (first, second) = (unit_distances(&first)?, unit_distances(&second)?);
    Ok(first.iter().zip(&second).map(|(a, b)| a * b).sum::<f64>().clamp(-1.0, 1.0))
}

/// Distances to the mean, scaled so that their squares add up to 1.
pub(super) fn unit_distances(values: &[f64]) -> Result<Vec<f64>, Undefined> {
    let mean = mean(values).ok_or(Undefined::TooLarge)?;
    let largest = values.iter().map(|value| value.abs()).fold(0.0, f64::max);
    let distances: Vec<f64> = values.iter().map(|value| value - mean).collect();
    let furthest = distances.iter().map(|distance| distance.abs()).fold(0.0, f64::max);
    // What is left after subtracting equal values is rounding error, not variation.
    if furthest <= 1e-13 * largest {
        return Err(Undefined::Constant);
    }
    // Dividing by the furthest first keeps the squares from overflowing or vanishing.
    let scaled: Vec<f64> = distances.iter().map(|distance| distance / furthest).collect();
    let length = scaled.iter().map(|distance| distance * distance).sum::<f64>().sqrt();
    if length.is_finite() {
        Ok(scaled.iter().map(|distance| distance / length).collect())
    } else {
        Err(Undefined::TooLarge)
    }
}

pub(super) fn finite_pairs(pairs: &[(f64, f64)]) -> Vec<(f64, f64)> {
    pairs.iter().copied().filter(|pair| pair.0.is_finite() && pair.1.is_finite()).collect()
}

/// Ranks from 1, equal values at the mean of their ranks.
fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    let mut ranks = vec![0.0; values.len()];
    let mut before = 0;
    for equal in order.chunk_by(|a, b| values[*a] == values[*b]) {
        let rank = before as f64 + (equal.len() as f64 + 1.0) / 2.0;
        for index in equal {
            ranks[*index] = rank;
        }
        before += equal.len();
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_share_ties() {
        assert_eq!(ranks(&[30.0, 10.0, 20.0, 20.0]), [4.0, 1.0, 2.5, 2.5]);
        assert_eq!(ranks(&[0.0, -0.0]), [1.5, 1.5]);
    }

    #[test]
    fn reasons_instead_of_numbers() {
        let usual = Confidence::USUAL;
        let line: Vec<(f64, f64)> = (0..5).map(|x| (f64::from(x), 0.1 + 0.2)).collect();
        assert_eq!(pearson(&line, usual), Err(Undefined::Constant));
        assert_eq!(spearman(&line, usual), Err(Undefined::Constant));
        let nearly = [(1.0, 0.1 + 0.2), (2.0, 0.3), (3.0, 0.3), (4.0, 0.3)];
        assert_eq!(pearson(&nearly, usual), Err(Undefined::Constant), "rounding error is no variation");
        assert_eq!(pearson(&line[..3], usual), Err(Undefined::TooFewPairs(3)));
        assert_eq!(pearson(&[(f64::NAN, 1.0); 9], usual), Err(Undefined::TooFewPairs(0)));
        let huge: Vec<(f64, f64)> =
            (0..6).map(|x| (f64::MAX * f64::from(x % 2 * 2 - 1), f64::from(x))).collect();
        assert_eq!(pearson(&huge, usual), Err(Undefined::TooLarge));
    }

    #[test]
    fn perfect_lines_and_tiny_numbers() {
        for scale in [1e-300, 1.0, 1e300] {
            let line: Vec<(f64, f64)> = (0..6).map(|x| (f64::from(x) * scale, f64::from(-x))).collect();
            let found = pearson(&line, Confidence::USUAL).unwrap();
            assert!((found.r + 1.0).abs() < 1e-12, "{found:?}");
            assert!(!found.interval.0.is_nan() && !found.interval.1.is_nan());
        }
        assert_eq!(fisher_interval(0.5, 3.0, 1.96), (-1.0, 1.0));
        assert_eq!(fisher_interval(0.5, f64::NAN, 1.96), (-1.0, 1.0));
    }
}
