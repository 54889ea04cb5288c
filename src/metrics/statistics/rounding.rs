//! Rounding for readers. Everything before this point is exact; nothing computes with what comes out of here.

use super::Interval;

/// Significant digits a computed number is trusted for; behind them lies the noise of arithmetic.
const TRUSTED: usize = 15;

/// From 2⁵³ on every double is a whole number.
const WHOLE_FROM: f64 = 9_007_199_254_740_992.0;

/// A number with so many decimals, rounded half away from zero, never `-0`. A half is one in the decimal number an author
/// sees: 0.285 becomes 0.29 though its binary form lies a little below. Rust's own formatting rounds half to even and prints
/// `-0`. `None` for what is not finite.
///
/// ```
/// use cxbook::metrics::statistics::display;
/// assert_eq!(display(12.5, 0).as_deref(), Some("13"));
/// assert_eq!(display(-0.4, 0).as_deref(), Some("0"));
/// ```
pub fn display(value: f64, decimals: u8) -> Option<String> {
    if !value.is_finite() {
        return None;
    }
    let (digits, exponent) = significant(value.abs())?;
    // Digits in front of the cut; the first digit stands at 10^exponent.
    let kept = exponent + 1 + i64::from(decimals);
    let mut number: u128 = 0;
    for digit in digits.iter().take(usize::try_from(kept).unwrap_or(0)) {
        number = number * 10 + u128::from(*digit);
    }
    let next = usize::try_from(kept).ok().and_then(|kept| digits.get(kept)).copied().unwrap_or(0);
    number += u128::from(next >= 5);
    let zeros = usize::try_from(kept).unwrap_or(0).saturating_sub(digits.len());
    let sign = if value < 0.0 && number > 0 { "-" } else { "" };
    Some(format!("{sign}{}", with_point(&format!("{number}{}", "0".repeat(zeros)), usize::from(decimals))))
}

/// The trusted digits of a number that is not negative, and the power of ten of the first.
fn significant(value: f64) -> Option<(Vec<u8>, i64)> {
    let scientific = format!("{value:.*e}", TRUSTED - 1);
    let (mantissa, exponent) = scientific.split_once('e')?;
    let digits = mantissa.bytes().filter(u8::is_ascii_digit).map(|digit| digit - b'0').collect();
    Some((digits, exponent.parse().ok()?))
}

fn with_point(digits: &str, decimals: usize) -> String {
    let digits = format!("{digits:0>width$}", width = decimals + 1);
    // A number that is all zeros may have gained some from the width of a large one.
    let (whole, fraction) = digits.split_at(digits.len() - decimals);
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") }
}

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
    fn halves_go_away_from_zero() {
        let shown = |value, decimals| display(value, decimals).unwrap();
        for (value, decimals, expected) in [
            (0.285, 2, "0.29"),
            (-0.285, 2, "-0.29"),
            (1.005, 2, "1.01"),
            (4.35, 1, "4.4"),
            (0.1 + 0.2, 1, "0.3"),
            (9.995, 2, "10.00"),
            (0.0, 1, "0.0"),
            (-0.0, 0, "0"),
            (0.04, 1, "0.0"),
            (0.05, 1, "0.1"),
            (0.5, 0, "1"),
            (0.005, 1, "0.0"),
            (123_456.0, 2, "123456.00"),
            (1e20, 0, "100000000000000000000"),
            (1e-300, 3, "0.000"),
            (14.499_999_999_999_998, 0, "15"),
        ] {
            assert_eq!(shown(value, decimals), expected, "{value}");
        }
        for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert_eq!(display(value, 1), None);
        }
        assert_eq!(shown(f64::MAX, 255).len(), 309 + 1 + 255);
    }

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
