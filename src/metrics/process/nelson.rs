//! Nelson's tests 1, 2, 3 and 5. Nelson, Journal of Quality Technology 16 (1984).
//!
//! His tests 4 and 6 to 8 (fourteen alternating, four of five beyond one sigma, fifteen within it, eight beyond it) are left
//! out: they tell a process engineer about mixed streams and rounded data, and the rate of false alarms rises with each. The
//! rule set says so wherever it is named. Sigma is a third of the way from the centre to a limit.

use super::nhs::outside;
use super::patterns::{same_side, side, sides, trends};
use super::{Limits, Signal};

/// Points on one side of the mean, test 2.
const SHIFT: usize = 9;

/// Points that rise or fall all the way, test 3.
const TREND: usize = 6;

/// Label of each point and whether it points upward; the first test that applies gives it, in the order 1, 2, 3, 5.
pub(super) fn labels(values: &[f64], limits: &Limits) -> Vec<Option<(Signal, bool)>> {
    let sides = sides(values, limits.centre);
    let (shift, trend) = (shift(&sides), trend(values));
    let two_sigma = 2.0 * (limits.upper - limits.centre) / 3.0;
    let far: Vec<i8> = values
        .iter()
        .map(|value| {
            side(*value, limits.centre + two_sigma).max(0) + side(*value, limits.centre - two_sigma).min(0)
        })
        .collect();
    let two_of_three = two_of_three(&far);
    values
        .iter()
        .enumerate()
        .map(|(at, value)| match outside(*value, limits) {
            0 if shift[at] => Some((Signal::Shift, sides[at] > 0)),
            0 if trend[at] != 0 => Some((Signal::Trend, trend[at] > 0)),
            0 if two_of_three[at] => Some((Signal::TwoOfThree, far[at] > 0)),
            0 => None,
            beyond => Some((Signal::Outside, beyond > 0)),
        })
        .collect()
}

/// Test 2: points that belong to nine or more in a row on one side of the mean (1 above, −1 below, 0 on it).
pub fn shift(sides: &[i8]) -> Vec<bool> {
    same_side(sides, SHIFT)
}

/// Test 3: points that belong to six or more in a row that rise (1) or fall (−1) all the way.
pub fn trend(values: &[f64]) -> Vec<i8> {
    trends(values, TREND)
}

/// Test 5: points beyond two sigma (1 above, −1 below, 0 within) that belong to three in a row of which two or more are
/// beyond on the same side, wherever the third is.
pub fn two_of_three(far: &[i8]) -> Vec<bool> {
    let mut marks = vec![false; far.len()];
    for first in 0..far.len().saturating_sub(2) {
        for wanted in [1, -1] {
            let mut beyond = (first..first + 3).filter(|at| far[*at] == wanted);
            if let (Some(one), Some(other)) = (beyond.next(), beyond.next()) {
                for at in [one, other].into_iter().chain(beyond) {
                    marks[at] = true;
                }
            }
        }
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_by_hand() {
        assert_eq!((shift(&[1; 9]), shift(&[1; 8])), (vec![true; 9], vec![false; 8]));
        let rising = [0.0, 1.0, 2.0, 3.0, 4.0, 5.0];
        assert_eq!((trend(&rising), trend(&rising[1..])), (vec![1; 6], vec![0; 5]));
        assert_eq!(two_of_three(&[1, 0, 1, 0]), [true, false, true, false]);
        assert_eq!(two_of_three(&[1, -1, 1]), [true, false, true], "the third may be anywhere");
        assert_eq!(two_of_three(&[1, 0, -1, 0, 0, -1]), [false; 6]);
        assert_eq!(two_of_three(&[1, 1]), [false; 2]);
    }
}
