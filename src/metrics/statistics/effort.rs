//! Customer effort (CES) on a scale of seven, where 7 is effortless.

use super::satisfaction::{counts_mean, top_boxes};
use super::{Answers, Confidence, Interval, Share, Summary, nps, nps_interval_at};

/// The three numbers that all go by the name CES. They differ widely for the same answers, so a page names the one it shows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effort {
    /// Mean of 1 to 7; its interval by Student's t is [`Summary::interval`].
    pub mean: Summary,
    /// Share of 5, 6 and 7; its interval by Wilson is [`Share::interval`].
    pub agree: Share,
    /// Per cent of 6 and 7 minus per cent of 1, 2 and 3, from −100 to 100.
    pub index: f64,
    /// Of the index, which is a difference of two parts of one whole like NPS and takes its adjusted interval.
    pub index_interval: Interval,
}

impl Effort {
    /// From the number of answers 1, 2 … 7. `None` without answers, or when the counts overflow.
    pub fn of(counts: &[u64; 7], confidence: Confidence) -> Option<Self> {
        let mean = counts_mean(counts)?;
        let net = Answers {
            promoters: counts[5..].iter().sum(),
            passives: counts[3..5].iter().sum(),
            detractors: counts[..3].iter().sum(),
        };
        Some(Self {
            mean,
            agree: top_boxes(counts, 3)?,
            index: nps(&net)?,
            index_interval: nps_interval_at(&net, confidence)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edges() {
        assert_eq!(Effort::of(&[0; 7], Confidence::USUAL), None);
        assert_eq!(Effort::of(&[u64::MAX; 7], Confidence::USUAL), None, "counts that overflow are refused");
        let easy = Effort::of(&[0, 0, 0, 0, 0, 0, 4], Confidence::USUAL).unwrap();
        assert_eq!((easy.mean.mean, easy.agree.percent(), easy.index), (7.0, Some(100.0), 100.0));
    }
}
