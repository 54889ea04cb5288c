//! Patterns in a row of points that several rule sets share.

/// Differences below this part of the numbers compared are noise of arithmetic, not variation.
const NOISE: f64 = 1e-12;

/// 1 above the line, −1 below it, 0 on it.
pub(super) fn side(value: f64, line: f64) -> i8 {
    let slack = NOISE * value.abs().max(line.abs());
    i8::from(value > line + slack) - i8::from(value < line - slack)
}

/// [`side`] of every value.
pub(super) fn sides(values: &[f64], line: f64) -> Vec<i8> {
    values.iter().map(|value| side(*value, line)).collect()
}

/// Marks the points of all rows of `length` or more points on one side. A point on the line breaks a row.
pub(super) fn same_side(sides: &[i8], length: usize) -> Vec<bool> {
    let rows = sides.chunk_by(|a, b| a == b);
    rows.flat_map(|row| std::iter::repeat_n(row[0] != 0 && row.len() >= length, row.len())).collect()
}

/// Marks the points of all rows of `length` or more points that rise (1) or fall (−1) all the way. Two equal points break a
/// row. A point where one row ends and another begins belongs to the first.
pub(super) fn trends(values: &[f64], length: usize) -> Vec<i8> {
    let moves: Vec<i8> = values.windows(2).map(|pair| side(pair[1], pair[0])).collect();
    let mut marks = vec![0; values.len()];
    let mut first = 0;
    for row in moves.chunk_by(|a, b| a == b) {
        if row[0] != 0 && row.len() + 1 >= length {
            let points = marks.iter_mut().skip(first).take(row.len() + 1);
            points.filter(|mark| **mark == 0).for_each(|mark| *mark = row[0]);
        }
        first += row.len();
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_by_hand() {
        assert_eq!(same_side(&[1, 1, 0, 1, 1, 1, -1], 3), [false, false, false, true, true, true, false]);
        assert_eq!(same_side(&[0, 0, 0], 2), [false; 3]);
        assert_eq!(trends(&[1.0, 2.0, 3.0, 2.0, 1.0, 1.0, 0.0], 3), [1, 1, 1, -1, -1, 0, 0]);
        assert_eq!(trends(&[], 3), [0; 0]);
        assert_eq!(trends(&[1.0], 1), [0]);
    }

    #[test]
    fn noise_of_arithmetic_has_no_side() {
        assert_eq!((side(0.1 + 0.2, 0.3), side(0.31, 0.3), side(-1.0, 0.0), side(0.0, 0.0)), (0, 1, -1, 0));
    }
}
