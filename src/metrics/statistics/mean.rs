//! Means of answers.

use statrs::distribution::{ContinuousCDF, StudentsT};

/// 95 % interval of a mean, in the unit of the answers: `m ± t(n−1) s/√n` with Student's t. `deviation` is the sample
/// standard deviation (divisor n − 1). `None` for fewer than two answers.
pub fn mean_interval(mean: f64, deviation: f64, n: u64) -> Option<(f64, f64)> {
    if n < 2 || !mean.is_finite() || !deviation.is_finite() {
        return None;
    }
    let t = StudentsT::new(0.0, 1.0, (n - 1) as f64).ok()?.inverse_cdf(0.975);
    let reach = t * deviation / (n as f64).sqrt();
    Some((mean - reach, mean + reach))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uses_students_t() {
        // t(4) = 2.776445; answers 1..5: mean 3, s = 1.581139, s/√5 = .707107.
        let (low, high) = mean_interval(3.0, 1.581_138_830_084_19, 5).unwrap();
        assert!((low - 1.036_757).abs() < 1e-5 && (high - 4.963_243).abs() < 1e-5, "{low} {high}");
        assert_eq!(mean_interval(3.0, 1.0, 1), None);
    }
}
