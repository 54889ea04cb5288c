//! Satisfaction (CSAT): the boxes at the top of a scale.

use super::{Share, Summary};

/// The best `boxes` of a scale, from the number of answers of each of its points, worst first: 2 for "4 or 5 of 5".
/// [`Share::interval`] gives Wilson's interval. `None` when the scale has fewer points than that, or the counts overflow.
pub fn top_boxes(counts: &[u64], boxes: usize) -> Option<Share> {
    let worst = counts.len().checked_sub(boxes)?;
    Some(Share { hits: sum(&counts[worst..])?, n: sum(counts)? })
}

/// What support desks call good: the upper of two, only 3 of 3, 4 and 5 of 5. Zendesk folds its scales like this, so a
/// "good" from three points is not comparable with one from five. `None` for other scales.
pub fn vendor_good(counts: &[u64]) -> Option<Share> {
    match counts.len() {
        2 | 3 => top_boxes(counts, 1),
        5 => top_boxes(counts, 2),
        _ => None,
    }
}

/// Number, mean and spread of answers on a scale that starts at 1, from the number of answers of each point. `None` without
/// answers.
pub fn counts_mean(counts: &[u64]) -> Option<Summary> {
    let n = sum(counts).filter(|n| *n > 0)?;
    let points = || counts.iter().enumerate().map(|(index, count)| ((index + 1) as f64, *count as f64));
    let mean = points().map(|(point, count)| point * count).sum::<f64>() / n as f64;
    let squares = points().map(|(point, count)| count * (point - mean).powi(2)).sum();
    Summary::from_squares(n, mean, squares)
}

fn sum(counts: &[u64]) -> Option<u64> {
    counts.iter().try_fold(0_u64, |sum, count| sum.checked_add(*count))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edges() {
        assert_eq!(top_boxes(&[1, 2], 3), None);
        assert_eq!(top_boxes(&[1, 2], 0), Some(Share { hits: 0, n: 3 }));
        assert_eq!(top_boxes(&[u64::MAX, 1], 1), None);
        assert_eq!(top_boxes(&[], 0), Some(Share { hits: 0, n: 0 }));
        assert_eq!(vendor_good(&[1, 3]), Some(Share { hits: 3, n: 4 }));
        assert_eq!(vendor_good(&[1, 2, 3, 4]), None);
        assert_eq!(counts_mean(&[0, 0]), None);
        // 1, 2, 2: mean 5/3, squares 4/9 + 2 × 1/9 = 2/3, deviation √(1/3).
        let summary = counts_mean(&[1, 2]).unwrap();
        assert!((summary.mean - 5.0 / 3.0).abs() < 1e-15);
        assert!((summary.deviation.unwrap() - (1.0_f64 / 3.0).sqrt()).abs() < 1e-15);
    }
}
