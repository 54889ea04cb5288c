//! Rounding for readers. [`Locale`] writes what is rounded here in the signs of a language.
//!
//! Statistics stay exact; rounding happens here, half away from zero, with U+2212 as the minus sign and never a "-0".

use super::Locale;

/// Digits after the decimal mark, 0 to 6.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Decimals(u8);

impl Decimals {
    /// At most six digits are kept.
    pub fn new(digits: u8) -> Self {
        Self(digits.min(6))
    }

    /// The number of digits.
    pub fn digits(self) -> u8 {
        self.0
    }
}

pub(super) const MINUS: char = '\u{2212}';

/// A value for readers of English: `1,234.5`, `−3`. What is not a finite number reads as an en dash.
pub fn show(value: f64, decimals: Decimals) -> String {
    Locale::ENGLISH.number(value, decimals)
}

/// A change for readers of English, always with its sign: `+4`, `−0.3`, `0`.
pub fn signed(value: f64, decimals: Decimals) -> String {
    Locale::ENGLISH.signed(value, decimals)
}

/// A count for readers of English: `12,345`.
pub fn grouped(count: u64) -> String {
    Locale::ENGLISH.count(count)
}

/// Half away from zero; the result is never negative zero.
pub(super) fn round(value: f64, decimals: Decimals) -> f64 {
    let factor = 10f64.powi(i32::from(decimals.0));
    // Nudging by one unit in the last place keeps 0.285 (stored as 0.28499…) on the side its author sees.
    let scaled = value * factor;
    let nudged = scaled + scaled.signum() * scaled.abs() * f64::EPSILON;
    let rounded = nudged.round() / factor;
    if rounded == 0.0 { 0.0 } else { rounded }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounds_half_away_from_zero_and_never_shows_minus_zero() {
        let cases = [
            (12.5, 0, "13"),
            (-12.5, 0, "−13"),
            (-0.4, 0, "0"),
            (0.285, 2, "0.29"),
            (1.005, 2, "1.01"),
            (4.35, 1, "4.4"),
            (0.1 + 0.2, 1, "0.3"),
            (9.995, 2, "10.00"),
            (0.005, 1, "0.0"),
            (14.499_999_999_999_998, 0, "15"),
            (1_234_567.891, 1, "1,234,567.9"),
            (-1234.0, 0, "−1,234"),
            (999.95, 1, "1,000.0"),
            (f64::NAN, 1, "–"),
            (f64::NEG_INFINITY, 1, "–"),
        ];
        for (value, decimals, expected) in cases {
            assert_eq!(show(value, Decimals::new(decimals)), expected, "{value}");
        }
        assert_eq!(signed(4.2, Decimals::new(0)), "+4");
        assert_eq!(signed(0.2, Decimals::new(0)), "0");
        assert_eq!(signed(-0.25, Decimals::new(1)), "−0.3");
        assert_eq!(grouped(20_000), "20,000");
    }
}
