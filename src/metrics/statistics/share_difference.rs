//! Change of a share between two groups of answers.

use super::{Confidence, Interval, Share, wilson};

/// A difference of two shares, in percentage points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ShareDifference {
    /// After minus before.
    pub difference: f64,
    /// Within −100..100.
    pub interval: Interval,
}

/// Newcombe's hybrid score interval, which combines the two Wilson intervals `l..u`: from
/// `d − √((p₂−l₂)² + (u₁−p₁)²)` to `d + √((u₂−p₂)² + (p₁−l₁)²)`. Statistics in Medicine 17 (1998), method 10. `None` when one
/// share is undefined.
pub fn share_difference(before: Share, after: Share, confidence: Confidence) -> Option<ShareDifference> {
    let (first, second) = (before.percent()?, after.percent()?);
    let (first_low, first_high) = wilson(before.hits as f64, before.n, confidence)?;
    let (second_low, second_high) = wilson(after.hits as f64, after.n, confidence)?;
    let difference = second - first;
    let down = (second - second_low).hypot(first_high - first);
    let up = (second_high - second).hypot(first - first_low);
    let interval = ((difference - down).max(-100.0), (difference + up).min(100.0));
    Some(ShareDifference { difference, interval })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edges() {
        let (none, all) = (Share { hits: 0, n: 5 }, Share { hits: 5, n: 5 });
        let change = share_difference(none, all, Confidence::USUAL).unwrap();
        assert!(change.difference == 100.0 && change.interval.1 == 100.0 && change.interval.0 > 0.0);
        // Swapping before and after mirrors the interval.
        let back = share_difference(all, none, Confidence::USUAL).unwrap();
        assert_eq!(back.interval, (-change.interval.1, -change.interval.0));
        assert_eq!(share_difference(Share { hits: 0, n: 0 }, all, Confidence::USUAL), None);
    }
}
