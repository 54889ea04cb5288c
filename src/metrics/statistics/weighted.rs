//! Answers with weights, as survey institutes give them so that a sample looks like the customers it stands for.

use super::distribution::t_quantile;
use super::mean::finite;
use super::nps_interval::{IMAGINED, IMAGINED_ALL, wald};
use super::share::score_interval;
use super::{Confidence, Interval};

/// How many equally weighted answers say as much: `(Σw)² / Σw²`. Kish, "Survey Sampling" (1965), section 11.7. `None`
/// without positive weights.
pub fn effective_answers(sum: f64, squares: f64) -> Option<f64> {
    (sum > 0.0 && squares > 0.0).then(|| sum * sum / squares).filter(|n| n.is_finite())
}

/// [`super::nps_interval`] with shares of promoters and detractors (0 to 1) that rest on `n` effective answers.
pub fn weighted_nps_interval(
    promoters: f64,
    detractors: f64,
    n: f64,
    confidence: Confidence,
) -> Option<Interval> {
    if !(n > 0.0 && n.is_finite()) {
        return None;
    }
    Some(wald(promoters * n + IMAGINED, detractors * n + IMAGINED, n + IMAGINED_ALL, confidence))
}

/// [`super::wilson`] with a share (0 to 1) that rests on `n` effective answers; in per cent.
pub fn weighted_share_interval(share: f64, n: f64, confidence: Confidence) -> Option<Interval> {
    if !(n > 0.0 && n.is_finite() && (0.0..=1.0).contains(&share)) {
        return None;
    }
    Some(score_interval(share, n, confidence))
}

/// `m ± t(n−1) √(s²/(n−1))` with the weighted variance `s²` (divisor Σw) and `n` effective answers.
pub fn weighted_mean_interval(mean: f64, variance: f64, n: f64, confidence: Confidence) -> Option<Interval> {
    if n <= 1.0 || variance < 0.0 {
        return None;
    }
    let reach = t_quantile(confidence.tail(), n - 1.0)? * (variance / (n - 1.0)).sqrt();
    finite(mean - reach, mean + reach)
}

#[cfg(test)]
mod tests {
    use super::super::{Answers, mean_interval, nps_interval, wilson_interval};
    use super::*;

    fn near(a: Option<Interval>, b: Option<Interval>) -> bool {
        let ((a, b), (c, d)) = (a.unwrap(), b.unwrap());
        (a - c).abs() < 1e-9 && (b - d).abs() < 1e-9
    }

    #[test]
    fn equal_weights_change_nothing() {
        let n = effective_answers(30.0, 30.0).unwrap();
        assert_eq!(n, 30.0);
        let answers = Answers { promoters: 15, passives: 9, detractors: 6 };
        assert!(near(weighted_nps_interval(0.5, 0.2, n, Confidence::USUAL), nps_interval(&answers)));
        assert!(near(weighted_share_interval(0.4, n, Confidence::USUAL), wilson_interval(12.0, 30)));
        // 1..5: variance 2 with divisor n, 2.5 with n − 1.
        assert!(near(
            weighted_mean_interval(3.0, 2.0, 5.0, Confidence::USUAL),
            mean_interval(3.0, 2.5_f64.sqrt(), 5)
        ));
    }

    #[test]
    fn unequal_weights_widen() {
        // Weights 3, 1, 1, 1: 36/12 = 3 effective answers of 4.
        assert_eq!(effective_answers(6.0, 12.0), Some(3.0));
        assert_eq!(effective_answers(0.0, 0.0), None);
        assert_eq!(weighted_share_interval(1.2, 3.0, Confidence::USUAL), None);
        assert_eq!(weighted_mean_interval(1.0, 1.0, 1.0, Confidence::USUAL), None);
        assert_eq!(weighted_nps_interval(0.5, 0.1, f64::NAN, Confidence::USUAL), None);
    }
}
