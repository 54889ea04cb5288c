//! Change of a Net Promoter Score between two groups of answers.

use super::distribution::normal_two_sided;
use super::nps::standard_error;
use super::nps_interval::{IMAGINED, IMAGINED_ALL};
use super::{Answers, Confidence, Interval, nps};

/// A difference of two scores, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NpsDifference {
    /// After minus before, as counted. This is the number to show.
    pub difference: f64,
    /// What the interval is centred on: the difference of the adjusted scores, or the same as `difference`.
    pub centre: f64,
    /// Clipped to −200..200.
    pub interval: Interval,
    /// Two-sided probability of a difference as large by chance, from the same centre and standard error as the interval.
    /// `None` when neither group varies at all.
    pub p: Option<f64>,
}

/// Adjusted difference, the usual one: three imagined answers join each group as in
/// [`nps_interval`](super::nps_interval()), `se = √(se₁² + se₂²)`. Rocks (2016). It holds for respondents of two single
/// periods; over several months, months are the units: see [`before_after`](super::before_after).
///
/// `None` when one group is empty.
pub fn nps_difference(before: &Answers, after: &Answers, confidence: Confidence) -> Option<NpsDifference> {
    compare(before, after, confidence, IMAGINED, IMAGINED_ALL)
}

/// Plain difference, `NPS₂ − NPS₁ ± z √(se₁² + se₂²)`, for comparison with other tools only.
pub fn nps_difference_wald(
    before: &Answers,
    after: &Answers,
    confidence: Confidence,
) -> Option<NpsDifference> {
    compare(before, after, confidence, 0.0, 0.0)
}

fn compare(
    before: &Answers,
    after: &Answers,
    confidence: Confidence,
    each: f64,
    all: f64,
) -> Option<NpsDifference> {
    let difference = nps(after)? - nps(before)?;
    let adjusted = |answers: &Answers| {
        let (promoters, detractors, n) = answers.parts();
        let (promoters, detractors, n) = (promoters + each, detractors + each, n + all);
        (100.0 * (promoters - detractors) / n, standard_error(promoters, detractors, n))
    };
    let ((first, first_error), (second, second_error)) = (adjusted(before), adjusted(after));
    let (centre, error) = (second - first, first_error.hypot(second_error));
    let reach = confidence.z() * error;
    Some(NpsDifference {
        difference,
        centre,
        interval: ((centre - reach).max(-200.0), (centre + reach).min(200.0)),
        p: (error > 0.0).then(|| normal_two_sided(centre / error)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edges() {
        let none = Answers::default();
        let agree = Answers { promoters: 4, ..none };
        assert_eq!(nps_difference(&none, &agree, Confidence::USUAL), None);
        assert_eq!(nps_difference(&agree, &none, Confidence::USUAL), None);
        let plain = nps_difference_wald(&agree, &agree, Confidence::USUAL).unwrap();
        assert_eq!((plain.interval, plain.p), ((0.0, 0.0), None), "no width at all: why it is not used");
        let adjusted = nps_difference(&agree, &agree, Confidence::USUAL).unwrap();
        assert!(adjusted.interval.0 < -20.0 && adjusted.p == Some(1.0));
    }

    #[test]
    fn five_points_need_thousands_of_answers() {
        // Half promoters, a fifth detractors, and a twentieth of all moved from passive to promoter. By hand for 1,875:
        // se₁² + se₂² = 100² × ((.7 − .09) + (.75 − .1225))/1875 = 6.6, so 1.96 × 2.569 = 5.04 ≈ 5.
        let before = Answers { promoters: 950, passives: 550, detractors: 375 };
        let after = Answers { promoters: 1044, passives: 456, detractors: 375 };
        let change = nps_difference(&before, &after, Confidence::USUAL).unwrap();
        assert!(change.interval.0.abs() < 0.3, "{change:?}");
    }
}
