//! Rounding for readers. Everything before this point is exact; nothing computes with what comes out of here.

use super::Interval;

/// From 2⁵³ on every double is a whole number.
const WHOLE_FROM: f64 = 9_007_199_254_740_992.0;

/// Parts of `total` in proportion to the counts, as whole numbers that add up to it: each is rounded down, and what is left
/// goes to the largest remainders, ties in order. All zero when nothing was counted. Hamilton's method.
pub fn largest_remainder(counts: &[u64], total: u32) -> Vec<u32> {
    let sum: u128 = counts.iter().map(|count| u128::from(*count)).sum();
    if sum == 0 {
        return vec![0; counts.len()];
    }
    let exact = |count: &u64| u128::from(*count) * u128::from(total);
    // At most `total`, so it fits.
    let mut parts: Vec<u32> = counts.iter().map(|count| (exact(count) / sum) as u32).collect();
    let left = total - parts.iter().sum::<u32>();
    let mut order: Vec<usize> = (0..counts.len()).collect();
    order.sort_by_key(|index| std::cmp::Reverse(exact(&counts[*index]) % sum));
    for index in order.into_iter().take(left as usize) {
        parts[index] += 1;
    }
    parts
}

/// Whole per cents that add up to 100.
pub fn whole_percents(counts: &[u64]) -> Vec<u32> {
    largest_remainder(counts, 100)
}

/// An interval with so many decimals, rounded outwards, so that what is shown never leaves out what was computed. Ends that
/// are not finite, or have no digits to lose, stay.
pub fn outward((low, high): Interval, decimals: u8) -> Interval {
    let factor = 10_f64.powi(i32::from(decimals));
    let round = |value: f64, step: fn(f64) -> f64, outside: fn(&f64, &f64) -> bool, one: f64| {
        let scaled = step(value * factor);
        // A number this large has no digits behind the point; this also catches what is not finite.
        if scaled.is_nan() || scaled.abs() >= WHOLE_FROM {
            return value;
        }
        let near = scaled / factor;
        // Multiplying and dividing can land on the inner side by a hair; one step further is outside.
        let rounded = if outside(&near, &value) { near } else { (scaled + one) / factor };
        // Adding 0 turns −0 into 0.
        rounded + 0.0
    };
    (round(low, f64::floor, f64::le, -1.0), round(high, f64::ceil, f64::ge, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_add_up() {
        assert_eq!(whole_percents(&[]), [0; 0]);
        assert_eq!(whole_percents(&[0, 0]), [0, 0]);
        assert_eq!(whole_percents(&[2, 1]), [67, 33]);
        assert_eq!(whole_percents(&[u64::MAX; 3]), [34, 33, 33]);
        assert_eq!(largest_remainder(&[1; 7], u32::MAX).iter().sum::<u32>(), u32::MAX);
    }

    #[test]
    fn outward_is_outside() {
        assert_eq!(outward((-0.4, -0.4), 0), (-1.0, 0.0));
        assert!(outward((0.1, -0.2), 0).1.is_sign_positive(), "no negative zero");
        assert_eq!(outward((12.0, 13.0), 0), (12.0, 13.0));
        // Times ten this is 9 exactly, and 0.9 would lie above it.
        let hair_below = 0.9_f64.next_down();
        assert!(outward((hair_below, hair_below), 1).0 <= hair_below);
        let (low, high) = outward((f64::NAN, f64::INFINITY), 3);
        assert!(low.is_nan() && high == f64::INFINITY);
        assert_eq!(outward((f64::MIN, f64::MAX), 255), (f64::MIN, f64::MAX));
    }
}
