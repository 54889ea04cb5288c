//! How sure an interval is.

use super::distribution::normal_quantile;

/// The 97.5 % quantile of the standard normal distribution, for 95 % intervals.
pub const Z95: f64 = 1.959_963_984_540_054;

/// Low and high end, in the unit of the estimate.
pub type Interval = (f64, f64);

/// Part of such intervals that hold the truth, from 0.5 to 0.9999.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Confidence(f64);

impl Confidence {
    /// 95 %, what every interval uses unless the page says otherwise.
    pub const USUAL: Self = Self(0.95);

    /// `None` outside 0.5..=0.9999, where an interval means little or the arithmetic loses its digits.
    pub fn new(level: f64) -> Option<Self> {
        (0.5..=0.9999).contains(&level).then_some(Self(level))
    }

    /// As a share: 0.95.
    pub fn level(self) -> f64 {
        self.0
    }

    /// The normal quantile that leaves half of the rest on each side: 1.96 for 95 %.
    pub fn z(self) -> f64 {
        if self == Self::USUAL { Z95 } else { normal_quantile(1.0 - self.tail()) }
    }

    /// What is left on one side: 0.025 for 95 %.
    pub(super) fn tail(self) -> f64 {
        (1.0 - self.0) / 2.0
    }
}

impl Default for Confidence {
    fn default() -> Self {
        Self::USUAL
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_what_is_no_level() {
        for level in [0.0, 0.49, 1.0, 95.0, f64::NAN, f64::INFINITY] {
            assert_eq!(Confidence::new(level), None, "{level}");
        }
        let ninety = Confidence::new(0.9).unwrap();
        assert!((ninety.z() - 1.644_853_626_951).abs() < 1e-11);
        assert!((normal_quantile(0.975) - Z95).abs() < 1e-12);
    }
}
