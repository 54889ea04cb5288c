//! Net Promoter Score and its uncertainty.

use super::Z95;

/// Answers to "how likely are you to recommend us", 0 to 10, by group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Answers {
    /// 9 and 10.
    pub promoters: u64,
    /// 7 and 8.
    pub passives: u64,
    /// 0 to 6.
    pub detractors: u64,
}

impl Answers {
    /// Counts one answer; anything but a whole number from 0 to 10 is refused.
    pub fn add(&mut self, score: f64) -> bool {
        if score.fract() != 0.0 || !(0.0..=10.0).contains(&score) {
            return false;
        }
        match score as u8 {
            9 | 10 => self.promoters += 1,
            7 | 8 => self.passives += 1,
            _ => self.detractors += 1,
        }
        true
    }

    /// Number of answers.
    pub fn n(&self) -> u64 {
        self.promoters + self.passives + self.detractors
    }
}

/// NPS in points, −100 to 100: the share of promoters minus the share of detractors. `None` without answers.
pub fn nps(answers: &Answers) -> Option<f64> {
    let n = answers.n();
    (n > 0).then(|| 100.0 * (answers.promoters as f64 - answers.detractors as f64) / n as f64)
}

/// Standard error of NPS in points: `100 √(((P+D)/n − ((P−D)/n)²)/n)`, from the variance of a trinomial.
pub fn nps_standard_error(answers: &Answers) -> Option<f64> {
    let n = answers.n() as f64;
    (n > 0.0).then(|| standard_error(answers.promoters as f64, answers.detractors as f64, n))
}

/// 95 % interval of NPS in points, clipped to −100..100: adjusted Wald, which adds three imagined answers (¾ promoter,
/// 1½ passive, ¾ detractor) so that small and lopsided groups are covered too. Rocks, "Interval estimation for the Net
/// Promoter Score", The American Statistician 70 (2016).
///
/// ```
/// use cxbook::metrics::statistics::{Answers, nps_interval};
/// let (low, high) = nps_interval(&Answers { promoters: 5, passives: 3, detractors: 2 }).unwrap();
/// assert!(low < 0.0 && high > 60.0, "ten answers say very little");
/// ```
pub fn nps_interval(answers: &Answers) -> Option<(f64, f64)> {
    if answers.n() == 0 {
        return None;
    }
    let (promoters, detractors) = (answers.promoters as f64 + 0.75, answers.detractors as f64 + 0.75);
    let n = answers.n() as f64 + 3.0;
    let centre = 100.0 * (promoters - detractors) / n;
    let reach = Z95 * standard_error(promoters, detractors, n);
    Some(((centre - reach).max(-100.0), (centre + reach).min(100.0)))
}

fn standard_error(promoters: f64, detractors: f64, n: f64) -> f64 {
    let score = (promoters - detractors) / n;
    100.0 * (((promoters + detractors) / n - score * score) / n).max(0.0).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_by_hand() {
        // 0, 7, 7, 9, 9, 9: three promoters, one detractor of six: 100 × 2/6.
        let mut answers = Answers::default();
        for score in [0.0, 7.0, 7.0, 9.0, 9.0, 9.0] {
            assert!(answers.add(score));
        }
        assert!((nps(&answers).unwrap() - 33.333_333_333_3).abs() < 1e-9);
        assert!((nps_standard_error(&answers).unwrap() - 30.429_030_972_5).abs() < 1e-9);
        for off in [-1.0, 11.0, 8.5, f64::NAN, f64::INFINITY] {
            assert!(!answers.add(off), "{off}");
        }
        assert_eq!(answers.n(), 6);
        assert_eq!(nps(&Answers::default()), None);
    }

    #[test]
    fn the_interval_holds_the_score_and_is_never_empty() {
        for n in 2..=40u64 {
            for promoters in 0..=n {
                for detractors in 0..=n - promoters {
                    let answers = Answers { promoters, passives: n - promoters - detractors, detractors };
                    let (score, (low, high)) = (nps(&answers).unwrap(), nps_interval(&answers).unwrap());
                    assert!(low <= score && score <= high && low < high, "{answers:?}: {low} {score} {high}");
                }
            }
        }
    }
}
