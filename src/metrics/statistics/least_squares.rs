//! Ordinary least squares for a handful of columns, with two kinds of standard errors.

/// A fitted line through the known months of a series.
pub(super) struct Fit<const K: usize> {
    /// One for each column.
    pub(super) coefficients: [f64; K],
    /// Observations minus columns.
    pub(super) degrees: f64,
    /// Month and row of each observation, in order of time.
    rows: Vec<(usize, [f64; K])>,
    residuals: Vec<f64>,
    /// (X'X)⁻¹.
    inverse: [[f64; K]; K],
}

/// Fits `y` on the columns; each observation has its month, its row and its value, in order of time. `None` when there are no
/// more observations than columns, when columns depend on each other, or when a number is not finite.
pub(super) fn fit<const K: usize>(observations: &[(usize, [f64; K], f64)]) -> Option<Fit<K>> {
    let degrees = observations.len().checked_sub(K).filter(|left| *left > 0)? as f64;
    let mut gram = [[0.0; K]; K];
    let mut moments = [0.0; K];
    for (_, row, y) in observations {
        add_product(&mut gram, row, row, 1.0);
        for (moment, x) in moments.iter_mut().zip(row) {
            *moment += x * y;
        }
    }
    let inverse = invert(gram)?;
    let coefficients = inverse.map(|row| dot(&row, &moments));
    let residuals: Vec<f64> = observations.iter().map(|(_, row, y)| y - dot(row, &coefficients)).collect();
    let rows = observations.iter().map(|(month, row, _)| (*month, *row)).collect();
    let finite = coefficients.iter().chain(&residuals).all(|number| number.is_finite());
    finite.then_some(Fit { coefficients, degrees, rows, residuals, inverse })
}

impl<const K: usize> Fit<K> {
    /// Standard errors that suppose months independent of each other: `√(s² (X'X)⁻¹)`.
    pub(super) fn plain_errors(&self) -> [f64; K] {
        let variance = dot(&self.residuals, &self.residuals) / self.degrees;
        std::array::from_fn(|k| (variance * self.inverse[k][k]).max(0.0).sqrt())
    }

    /// Newey and West's standard errors, which allow for months that resemble their neighbours up to `lags` apart: Bartlett
    /// weights `1 − l/(lags+1)`, factor n/(n−k). Econometrica 55 (1987). A pair of months counts by the distance between
    /// them, so a hole is not jumped over.
    pub(super) fn newey_west_errors(&self, lags: usize) -> [f64; K] {
        let mut meat = [[0.0; K]; K];
        for (later, (month, row)) in self.rows.iter().enumerate() {
            add_product(&mut meat, row, row, self.residuals[later].powi(2));
            for (earlier, (before, other)) in self.rows[..later].iter().enumerate().rev() {
                let lag = month - before;
                if lag > lags {
                    break;
                }
                let weight = 1.0 - lag as f64 / (lags as f64 + 1.0);
                let product = weight * self.residuals[later] * self.residuals[earlier];
                add_product(&mut meat, row, other, product);
                add_product(&mut meat, other, row, product);
            }
        }
        let factor = self.rows.len() as f64 / self.degrees;
        std::array::from_fn(|k| {
            let row = self.inverse[k];
            let variance = dot(&row, &meat.map(|line| dot(&line, &row)));
            (factor * variance).max(0.0).sqrt()
        })
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn add_product<const K: usize>(matrix: &mut [[f64; K]; K], left: &[f64; K], right: &[f64; K], times: f64) {
    for (line, a) in matrix.iter_mut().zip(left) {
        for (cell, b) in line.iter_mut().zip(right) {
            *cell += times * a * b;
        }
    }
}

/// Gauss and Jordan's elimination with row exchange; `None` for a singular matrix.
fn invert<const K: usize>(mut matrix: [[f64; K]; K]) -> Option<[[f64; K]; K]> {
    let scale: [f64; K] = std::array::from_fn(|k| matrix[k][k].abs());
    let mut inverse: [[f64; K]; K] =
        std::array::from_fn(|i| std::array::from_fn(|j| f64::from(u8::from(i == j))));
    for column in 0..K {
        let best =
            (column..K).max_by(|a, b| matrix[*a][column].abs().total_cmp(&matrix[*b][column].abs()))?;
        let pivot = matrix[best][column];
        if !pivot.is_finite() || pivot.abs() <= 1e-12 * scale[column] {
            return None;
        }
        matrix.swap(column, best);
        inverse.swap(column, best);
        matrix[column] = matrix[column].map(|cell| cell / pivot);
        inverse[column] = inverse[column].map(|cell| cell / pivot);
        for row in (0..K).filter(|row| *row != column) {
            let times = matrix[row][column];
            for k in 0..K {
                matrix[row][k] -= times * matrix[column][k];
                inverse[row][k] -= times * inverse[column][k];
            }
        }
    }
    Some(inverse)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_by_hand() {
        // (0,1) (1,3) (2,4): slope 1.5, intercept 7/6, residuals −1/6, 2/6, −1/6; s² = 1/6 with one degree of freedom.
        let points = [(0, [1.0, 0.0], 1.0), (1, [1.0, 1.0], 3.0), (2, [1.0, 2.0], 4.0)];
        let fit = fit(&points).unwrap();
        assert!((fit.coefficients[0] - 7.0 / 6.0).abs() < 1e-12 && (fit.coefficients[1] - 1.5).abs() < 1e-12);
        assert!((fit.plain_errors()[1] - (1.0_f64 / 12.0).sqrt()).abs() < 1e-12);
        // Without lags: 3/1 × Σ e²(t−1)²/4 = 3 × (2/36)/4 = 1/24.
        assert!((fit.newey_west_errors(0)[1] - (1.0_f64 / 24.0).sqrt()).abs() < 1e-12);
    }

    #[test]
    fn dependent_columns_have_no_fit() {
        let points = [(0, [1.0, 2.0], 1.0), (1, [1.0, 2.0], 3.0), (2, [1.0, 2.0], 4.0)];
        assert!(fit(&points).is_none());
        assert!(fit(&points[..2]).is_none());
        assert!(fit(&[(0, [f64::NAN], 1.0), (1, [1.0], 1.0)]).is_none());
        assert!(fit(&[(0, [1.0], f64::INFINITY), (1, [1.0], 1.0)]).is_none());
    }
}
