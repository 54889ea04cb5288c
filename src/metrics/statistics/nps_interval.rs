//! Uncertainty of one Net Promoter Score.

use super::distribution::halve;
use super::nps::standard_error;
use super::{Answers, Confidence, Interval};

/// Imagined promoters, and as many detractors, of the adjusted interval.
pub(super) const IMAGINED: f64 = 0.75;

/// Imagined answers of the adjusted interval altogether.
pub(super) const IMAGINED_ALL: f64 = 3.0;

/// 95 % interval of NPS in points, clipped to −100..100: adjusted Wald, which adds three imagined answers (¾ promoter,
/// 1½ passive, ¾ detractor) so that small and lopsided groups are covered too. Rocks, "Interval estimation for the Net
/// Promoter Score", The American Statistician 70 (2016).
///
/// The score itself stays as counted. It lies inside the interval except for a single answer, which the interval pulls
/// towards the middle.
///
/// ```
/// use cxbook::metrics::statistics::{Answers, nps_interval};
/// let (low, high) = nps_interval(&Answers { promoters: 5, passives: 3, detractors: 2 }).unwrap();
/// assert!(low < 0.0 && high > 60.0, "ten answers say very little");
/// ```
pub fn nps_interval(answers: &Answers) -> Option<Interval> {
    nps_interval_at(answers, Confidence::USUAL)
}

/// [`nps_interval`] for another confidence.
pub fn nps_interval_at(answers: &Answers, confidence: Confidence) -> Option<Interval> {
    let (promoters, detractors, n) = answers.parts();
    (n > 0.0).then(|| wald(promoters + IMAGINED, detractors + IMAGINED, n + IMAGINED_ALL, confidence))
}

/// Plain Wald interval, `NPS ± z se`, clipped to −100..100. For comparison with other tools only: it has no width when all
/// agree and covers as little as 55 % where it says 95 %.
pub fn nps_interval_wald(answers: &Answers, confidence: Confidence) -> Option<Interval> {
    let (promoters, detractors, n) = answers.parts();
    (n > 0.0).then(|| wald(promoters, detractors, n, confidence))
}

/// Plain Wald for counts that need not be whole; `n` is positive.
pub(super) fn wald(promoters: f64, detractors: f64, n: f64, confidence: Confidence) -> Interval {
    let centre = 100.0 * (promoters - detractors) / n;
    let reach = confidence.z() * standard_error(promoters, detractors, n);
    ((centre - reach).clamp(-100.0, 100.0), (centre + reach).clamp(-100.0, 100.0))
}

/// Score interval in points: all differences between the shares of promoters and detractors that a score test would not
/// reject, found by halving. Tango, Statistics in Medicine 17 (1998), for paired proportions, which are a trinomial too.
pub fn nps_interval_score(answers: &Answers, confidence: Confidence) -> Option<Interval> {
    let (promoters, detractors, n) = answers.parts();
    if n <= 0.0 {
        return None;
    }
    let z = confidence.z();
    let statistic = |difference: f64| tango(promoters, detractors, n, difference);
    let estimate = (promoters - detractors) / n;
    // The statistic falls from positive to negative as the supposed difference grows.
    let low = if statistic(-1.0) <= z { -1.0 } else { halve(-1.0, estimate, |d| statistic(d) > z)? };
    let high = if statistic(1.0) >= -z { 1.0 } else { halve(estimate, 1.0, |d| statistic(d) > -z)? };
    Some((100.0 * low, 100.0 * high))
}

/// Tango's statistic for a supposed difference. The nuisance share is the larger root of his quadratic.
fn tango(promoters: f64, detractors: f64, n: f64, difference: f64) -> f64 {
    let gap = promoters - detractors - n * difference;
    let a = 2.0 * n;
    let b = -promoters - detractors + (2.0 * n - promoters + detractors) * difference;
    let c = -detractors * difference * (1.0 - difference);
    let share = ((b * b - 4.0 * a * c).max(0.0).sqrt() - b) / (2.0 * a);
    let variance = n * (2.0 * share + difference * (1.0 - difference));
    if variance > 0.0 {
        gap / variance.sqrt()
    } else if gap == 0.0 {
        0.0
    } else {
        gap.signum() * f64::INFINITY
    }
}

#[cfg(test)]
mod tests {
    use super::super::nps;
    use super::*;

    #[test]
    fn the_interval_holds_the_score_and_is_never_empty() {
        for n in 2..=40u64 {
            for promoters in 0..=n {
                for detractors in 0..=n - promoters {
                    let answers = Answers { promoters, passives: n - promoters - detractors, detractors };
                    let (score, (low, high)) = (nps(&answers).unwrap(), nps_interval(&answers).unwrap());
                    assert!(low <= score && score <= high && low < high, "{answers:?}: {low} {score} {high}");
                    let (low, high) = nps_interval_score(&answers, Confidence::USUAL).unwrap();
                    let holds = low <= score + 1e-9 && score - 1e-9 <= high && low < high;
                    assert!(holds, "{answers:?}: {low} {score} {high}");
                }
            }
        }
    }

    #[test]
    fn edges() {
        let none = Answers::default();
        assert_eq!(nps_interval(&none), None);
        assert_eq!(nps_interval_wald(&none, Confidence::USUAL), None);
        assert_eq!(nps_interval_score(&none, Confidence::USUAL), None);
        let agree = Answers { promoters: 8, ..none };
        assert_eq!(nps_interval_wald(&agree, Confidence::USUAL), Some((100.0, 100.0)), "why it is not used");
        let single = Answers { promoters: 1, ..none };
        assert!(nps_interval(&single).unwrap().1 < 100.0, "the one exception");
        let huge = Answers { promoters: u64::MAX, passives: u64::MAX, detractors: u64::MAX };
        for interval in [nps_interval(&huge), nps_interval_score(&huge, Confidence::USUAL)] {
            let (low, high) = interval.unwrap();
            assert!(low <= 0.0 && high >= 0.0 && high - low < 1e-6, "{low} {high}");
        }
    }
}
