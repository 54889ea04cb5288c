//! Quantiles and tails of the distributions behind the intervals, for any argument and without a panic.
//!
//! The incomplete beta function is ours because the one of `statrs` stops after 140 steps, too early for the many answers a
//! year brings, and its inverse need not end. Quantiles are found by halving, which always ends.

use statrs::distribution::{ContinuousCDF, Normal};
use statrs::function::{erf::erfc, gamma::ln_gamma};

/// Above this many degrees of freedom the tails of Student's t are those of the normal distribution to six digits.
const T_IS_NORMAL: f64 = 1e7;

/// Above this many degrees of freedom four terms of the expansion of t's quantiles are exact to twelve digits.
const EXPAND_FROM: f64 = 1e3;

/// Above this size of its parameters the incomplete beta function is not computed any more.
const BETA_LIMIT: f64 = 1e10;

/// Value that a standard normal variable stays below with this probability. Infinite at 0 and 1, NaN outside.
pub(super) fn normal_quantile(probability: f64) -> f64 {
    if (0.0..=1.0).contains(&probability) { Normal::standard().inverse_cdf(probability) } else { f64::NAN }
}

/// Probability that a standard normal variable is at least this far from 0, on either side.
pub(super) fn normal_two_sided(z: f64) -> f64 {
    erfc(z.abs() / std::f64::consts::SQRT_2)
}

/// Probability that Student's t with these degrees of freedom is at least this far from 0, on either side:
/// `I(df/(df+t²); df/2, 1/2)`. `None` unless `t` is a number and the degrees are positive.
pub(super) fn t_two_sided(t: f64, degrees: f64) -> Option<f64> {
    if t.is_nan() || degrees.is_nan() || degrees <= 0.0 {
        return None;
    }
    if degrees > T_IS_NORMAL {
        return Some(normal_two_sided(t));
    }
    // Squares can overflow; by then nothing is left in the tails.
    let ratio = t * t / degrees;
    incomplete_beta(degrees / 2.0, 0.5, 1.0 / (1.0 + ratio))
}

/// Distance from 0 that Student's t exceeds with the probability `tail` on each side.
pub(super) fn t_quantile(tail: f64, degrees: f64) -> Option<f64> {
    if !(tail > 0.0 && tail < 0.5) || degrees.is_nan() || degrees <= 0.0 {
        return None;
    }
    if degrees > EXPAND_FROM {
        return Some(expanded_t(-normal_quantile(tail), degrees));
    }
    let mut high = 1.0;
    while t_two_sided(high, degrees)? > 2.0 * tail {
        high *= 2.0;
        if high > 1e150 {
            return None;
        }
    }
    halve(0.0, high, |t| t_two_sided(t, degrees).is_some_and(|left| left > 2.0 * tail))
}

/// Cornish and Fisher's expansion of t's quantile around the normal quantile `z`. Abramowitz and Stegun 26.7.5.
fn expanded_t(z: f64, degrees: f64) -> f64 {
    let z2 = z * z;
    let terms = [
        z * (z2 + 1.0) / 4.0,
        z * (3.0 + z2 * (16.0 + z2 * 5.0)) / 96.0,
        z * (-15.0 + z2 * (17.0 + z2 * (19.0 + z2 * 3.0))) / 384.0,
        z * (-945.0 + z2 * (-1920.0 + z2 * (1482.0 + z2 * (776.0 + z2 * 79.0)))) / 92160.0,
    ];
    z + terms.iter().rev().fold(0.0, |sum, term| (sum + term) / degrees)
}

/// Value that a beta variable stays below with this probability. `None` for parameters that are not positive or too large.
pub(super) fn beta_quantile(probability: f64, a: f64, b: f64) -> Option<f64> {
    incomplete_beta(a, b, 0.5)?;
    halve(0.0, 1.0, |x| incomplete_beta(a, b, x).is_some_and(|below| below < probability))
}

/// Smallest number of heads that a fair coin stays at or below with at least this probability. No more than `tosses`.
pub(in crate::metrics) fn coin_quantile(probability: f64, tosses: usize) -> usize {
    let all = tosses as f64;
    let ln_ways = |heads: f64| ln_gamma(all + 1.0) - ln_gamma(heads + 1.0) - ln_gamma(all - heads + 1.0);
    let mut below = 0.0;
    (0..tosses)
        .find(|heads| {
            below += (ln_ways(*heads as f64) - all * std::f64::consts::LN_2).exp();
            below >= probability
        })
        .unwrap_or(tosses)
}

/// The point between `low` and `high` where `is_left` turns false, by halving until nothing changes.
pub(super) fn halve(mut low: f64, mut high: f64, is_left: impl Fn(f64) -> bool) -> Option<f64> {
    if !low.is_finite() || !high.is_finite() {
        return None;
    }
    // A double has 2100 halvings at most between its largest and its smallest value.
    for _ in 0..2200 {
        let middle = low + (high - low) / 2.0;
        if middle <= low || middle >= high {
            break;
        }
        if is_left(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    Some(low + (high - low) / 2.0)
}

/// Regularized incomplete beta function by the continued fraction of DLMF 8.17.22, evaluated from the side where it is short.
fn incomplete_beta(a: f64, b: f64, x: f64) -> Option<f64> {
    let valid = |shape: f64| shape > 0.0 && shape <= BETA_LIMIT;
    if !valid(a) || !valid(b) || !(0.0..=1.0).contains(&x) {
        return None;
    }
    if x == 0.0 || x == 1.0 {
        return Some(x);
    }
    let front = (ln_gamma(a + b) - ln_gamma(a) - ln_gamma(b) + a * x.ln() + b * (-x).ln_1p()).exp();
    if x < (a + 1.0) / (a + b + 2.0) {
        Some((front * beta_fraction(a, b, x) / a).clamp(0.0, 1.0))
    } else {
        Some((1.0 - front * beta_fraction(b, a, 1.0 - x) / b).clamp(0.0, 1.0))
    }
}

/// Lentz's evaluation; the number of steps grows with the square root of the larger parameter.
fn beta_fraction(a: f64, b: f64, x: f64) -> f64 {
    let nonzero = |value: f64| if value.abs() < f64::MIN_POSITIVE { f64::MIN_POSITIVE } else { value };
    let steps = 200 + (10.0 * a.max(b).sqrt()) as u32;
    let mut c = 1.0;
    let mut d = 1.0 / nonzero(1.0 - (a + b) * x / (a + 1.0));
    let mut fraction = d;
    for step in 1..=steps {
        let m = f64::from(step);
        let even = m * (b - m) * x / ((a - 1.0 + 2.0 * m) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 1.0 + 2.0 * m));
        let mut change = 1.0;
        for term in [even, odd] {
            d = 1.0 / nonzero(1.0 + term * d);
            c = nonzero(1.0 + term / c);
            change = c * d;
            fraction *= change;
        }
        if (change - 1.0).abs() <= f64::EPSILON {
            break;
        }
    }
    fraction
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(value: Option<f64>, expected: f64) {
        let value = value.unwrap();
        assert!((value / expected - 1.0).abs() < 1e-10, "{value} is not {expected}");
    }

    #[test]
    fn students_t_as_tabled() {
        // With one degree of freedom it is Cauchy: tan(π(½ − tail)). With two, t² = 2 c²/(1−c²) for c = 1 − 2 tail.
        close(t_quantile(0.025, 1.0), (std::f64::consts::PI * 0.475).tan());
        close(t_quantile(0.025, 2.0), (2.0_f64 * 0.9025 / 0.0975).sqrt());
        close(t_quantile(0.025, 9.0), 2.262_157_162_740_99);
        // Halving and expansion meet.
        for tail in [0.25, 0.025, 0.00005] {
            close(t_quantile(tail, EXPAND_FROM), expanded_t(-normal_quantile(tail), EXPAND_FROM));
        }
        let left = t_two_sided(2.0, T_IS_NORMAL).unwrap();
        assert!((left / normal_two_sided(2.0) - 1.0).abs() < 1e-6, "{left}");
    }

    #[test]
    fn binomial_tails_are_beta() {
        // P(X ≥ k) for n = 10, p = ½ is I(½; k, n−k+1): 11/1024 for k = 9.
        close(incomplete_beta(9.0, 2.0, 0.5), 11.0 / 1024.0);
        // Symmetric parameters give one half at one half, however large.
        for (size, off) in [(0.5, 1e-12), (3.0, 1e-12), (1e3, 1e-10), (1e6, 1e-6), (1e10, 1e-2)] {
            let half = incomplete_beta(size, size, 0.5).unwrap();
            assert!((half - 0.5).abs() < off, "{size}: {half}");
        }
        close(beta_quantile(0.975, 1.0, 1.0), 0.975);
    }

    #[test]
    fn nothing_panics_and_everything_ends() {
        let odd = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -1.0, 0.0, 1e-320, 0.3, 1.0, 1e12, f64::MAX];
        for a in odd {
            normal_quantile(a);
            normal_two_sided(a);
            for b in odd {
                t_two_sided(a, b);
                t_quantile(a, b);
                for c in odd {
                    beta_quantile(a, b, c);
                }
            }
        }
    }
}
