//! Will the process reach its target as it is?

use super::Limits;

/// The NHS assurance icon: where the target lies relative to the limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Assurance {
    /// The whole range of ordinary variation is on the good side of the target.
    Pass,
    /// The whole range is on the wrong side; only a changed process will reach it.
    Fail,
    /// The target lies within: reached in some months and missed in others by chance.
    Inconsistent,
}

impl Assurance {
    /// The word in data: `pass`, `fail`, `inconsistent`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::Inconsistent => "inconsistent",
        }
    }
}

/// Judges a target by the limits, as NHSRplotthedots does; a target on a limit lies within. `None` for a target that is not a
/// number.
pub fn assurance(limits: &Limits, target: f64, higher_is_better: bool) -> Option<Assurance> {
    if target.is_nan() {
        return None;
    }
    let (above, below) = (target > limits.upper, target < limits.lower);
    Some(match (above, below) {
        (false, false) => Assurance::Inconsistent,
        _ if above == higher_is_better => Assurance::Fail,
        _ => Assurance::Pass,
    })
}

#[cfg(test)]
mod tests {
    use super::super::xmr;
    use super::*;

    #[test]
    fn targets_on_a_limit_lie_within() {
        let values: Vec<Option<f64>> = [10.0, 12.0].repeat(6).into_iter().map(Some).collect();
        let limits = xmr(&values, 0, 11).unwrap();
        for target in [limits.lower, limits.upper] {
            assert_eq!(assurance(&limits, target, true), Some(Assurance::Inconsistent));
        }
        assert_eq!(assurance(&limits, f64::INFINITY, true), Some(Assurance::Fail));
        assert_eq!(assurance(&limits, f64::NAN, true), None);
    }
}
