//! Net Promoter Score: counts, the score and its standard error.

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
        let group = match score as u8 {
            9 | 10 => &mut self.promoters,
            7 | 8 => &mut self.passives,
            _ => &mut self.detractors,
        };
        *group = group.saturating_add(1);
        true
    }

    /// Number of answers; stays at the largest number there is instead of overflowing.
    pub fn n(&self) -> u64 {
        self.promoters.saturating_add(self.passives).saturating_add(self.detractors)
    }

    /// Promoters, detractors and all answers, for arithmetic that cannot overflow.
    pub(super) fn parts(&self) -> (f64, f64, f64) {
        let (promoters, detractors) = (self.promoters as f64, self.detractors as f64);
        (promoters, detractors, promoters + self.passives as f64 + detractors)
    }
}

/// What became of the cells of a score column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counted {
    /// Cells that count.
    pub answers: Answers,
    /// Empty cells.
    pub blank: u64,
    /// Cells with something else than a whole number from 0 to 10: `11`, `-1`, `8.5`, `N/A`. They are refused, never moved
    /// onto the scale.
    pub rejected: u64,
}

/// Counts cells as they stand in an export.
///
/// ```
/// use cxbook::metrics::statistics::count_scores;
/// let counted = count_scores(["10", "", "11"]);
/// assert_eq!((counted.answers.n(), counted.blank, counted.rejected), (1, 1, 1));
/// ```
pub fn count_scores<'a>(cells: impl IntoIterator<Item = &'a str>) -> Counted {
    let mut counted = Counted::default();
    for cell in cells.into_iter().map(str::trim) {
        let digits_only = cell.chars().all(|letter| letter.is_ascii_digit() || letter == '.');
        if cell.is_empty() {
            counted.blank += 1;
        } else if !digits_only || !cell.parse().is_ok_and(|score| counted.answers.add(score)) {
            counted.rejected += 1;
        }
    }
    counted
}

/// Counts of several periods or groups together. The score of a quarter comes from its pooled answers; the mean of three
/// monthly scores would give a month with nine answers the weight of one with two hundred.
pub fn pooled<'a>(periods: impl IntoIterator<Item = &'a Answers>) -> Answers {
    periods.into_iter().fold(Answers::default(), |sum, period| Answers {
        promoters: sum.promoters.saturating_add(period.promoters),
        passives: sum.passives.saturating_add(period.passives),
        detractors: sum.detractors.saturating_add(period.detractors),
    })
}

/// NPS in points, −100 to 100: the share of promoters minus the share of detractors. `None` without answers.
pub fn nps(answers: &Answers) -> Option<f64> {
    let (promoters, detractors, n) = answers.parts();
    (n > 0.0).then(|| 100.0 * (promoters - detractors) / n)
}

/// Standard error of NPS in points: `100 √(((P+D)/n − ((P−D)/n)²)/n)`, from the variance of a trinomial. `None` without
/// answers, 0 when all agree.
pub fn nps_standard_error(answers: &Answers) -> Option<f64> {
    let (promoters, detractors, n) = answers.parts();
    (n > 0.0).then(|| standard_error(promoters, detractors, n))
}

/// The same for counts that need not be whole. `n` is positive.
pub(super) fn standard_error(promoters: f64, detractors: f64, n: f64) -> f64 {
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
    fn every_score_has_its_group() {
        let group = |score: u8| {
            let mut answers = Answers::default();
            assert!(answers.add(f64::from(score)));
            [answers.detractors, answers.passives, answers.promoters].iter().position(|count| *count == 1)
        };
        let groups: Vec<_> = (0..=10).filter_map(group).collect();
        assert_eq!(groups, [0, 0, 0, 0, 0, 0, 0, 1, 1, 2, 2]);
    }

    #[test]
    fn cells_that_only_look_like_numbers() {
        let counted = count_scores([" 9 ", "9.0", "1e1", "nan", "inf", "+7", "٩", ".", "-0"]);
        assert_eq!((counted.answers.promoters, counted.answers.n(), counted.rejected), (2, 2, 7));
    }

    #[test]
    fn huge_counts_do_not_overflow() {
        let huge = Answers { promoters: u64::MAX, passives: u64::MAX, detractors: u64::MAX };
        assert_eq!(nps(&huge), Some(0.0));
        assert_eq!(pooled([&huge, &huge]), huge);
        assert_eq!(huge.n(), u64::MAX);
    }
}
