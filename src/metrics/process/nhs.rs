//! The four rules of the NHS ("Making Data Count"), as coded in nhs-r-community/NHSRplotthedots.
//!
//! One label for each point; the first rule that applies gives it: outside the limits; part of a trend; two of three near a
//! limit; part of a shift.

use super::patterns::{same_side, side, sides, trends};
use super::{Limits, Signal};

/// Points in a shift and in a trend.
const LENGTH: usize = 7;

/// Label of each point and whether it points upward.
pub(super) fn labels(values: &[f64], limits: &Limits) -> Vec<Option<(Signal, bool)>> {
    let outside: Vec<i8> = values.iter().map(|value| outside(*value, limits)).collect();
    let trend = trend(values);
    let sides = sides(values, limits.centre);
    let near: Vec<bool> = values.iter().map(|value| is_near_limit(*value, limits)).collect();
    let two_of_three = two_of_three(&near, &sides);
    let shift = shift(&sides);
    (0..values.len())
        .map(|at| match () {
            () if outside[at] != 0 => Some((Signal::Outside, outside[at] > 0)),
            () if trend[at] != 0 => Some((Signal::Trend, trend[at] > 0)),
            () if two_of_three[at] => Some((Signal::TwoOfThree, sides[at] > 0)),
            () if shift[at] => Some((Signal::Shift, sides[at] > 0)),
            () => None,
        })
        .collect()
}

/// 1 above the upper limit, −1 below the lower one, 0 on or between them.
pub(super) fn outside(value: f64, limits: &Limits) -> i8 {
    (side(value, limits.upper).max(0)) + (side(value, limits.lower).min(0))
}

/// Within the limits, in the outer third of the way from the centre.
fn is_near_limit(value: f64, limits: &Limits) -> bool {
    let third = (limits.upper - limits.centre) / 3.0;
    let beyond = side(value, limits.centre + 2.0 * third) > 0 || side(value, limits.centre - 2.0 * third) < 0;
    beyond && outside(value, limits) == 0
}

/// Points that belong to seven or more in a row on one side of the mean (1 above, −1 below); a point on the mean, 0, breaks
/// the row.
pub fn shift(sides: &[i8]) -> Vec<bool> {
    same_side(sides, LENGTH)
}

/// Points that belong to seven or more in a row that rise (1) or fall (−1) all the way, that is six or more moves; two equal
/// points break the row.
pub fn trend(values: &[f64]) -> Vec<i8> {
    trends(values, LENGTH)
}

/// Points near a limit that belong to three in a row, all on one side, of which two or more are near. The third point may be
/// anywhere on that side, also beyond the limit.
pub fn two_of_three(near_limit: &[bool], sides: &[i8]) -> Vec<bool> {
    let length = near_limit.len().min(sides.len());
    let mut marks = vec![false; length];
    for first in 0..length.saturating_sub(2) {
        let three = first..first + 3;
        let one_side = sides[first] != 0 && sides[three.clone()].iter().all(|side| *side == sides[first]);
        if one_side && near_limit[three.clone()].iter().filter(|near| **near).count() >= 2 {
            three.filter(|at| near_limit[*at]).for_each(|at| marks[at] = true);
        }
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_of_three_by_hand() {
        let near = [true, false, true, false, false, true];
        assert_eq!(two_of_three(&near, &[1; 6]), [true, false, true, false, false, false]);
        assert_eq!(two_of_three(&near, &[1, 0, 1, 1, 1, 1]), [false; 6], "the one between is on the mean");
        assert_eq!(two_of_three(&near, &[]), [false; 0]);
        assert_eq!(two_of_three(&[true; 2], &[1; 2]), [false; 2]);
    }

    #[test]
    fn shift_and_trend_need_seven() {
        assert_eq!(shift(&[1; 7]), [true; 7]);
        assert_eq!(shift(&[1; 6]), [false; 6]);
        assert_eq!(trend(&[6.0, 5.0, 4.0, 3.0, 2.0, 1.0, 0.0]), [-1; 7]);
        assert_eq!(trend(&[6.0, 5.0, 4.0, 3.0, 3.0, 2.0, 1.0, 0.0]), [0; 8], "a tie breaks it");
        assert_eq!(trend(&[5.0, 4.0, 3.0, 2.0, 1.0, 0.0]), [0; 6]);
    }
}
