//! Shares: satisfaction as top-two-box and any other part of a whole.

use super::Z95;

/// 95 % interval of a share, in per cent: Wilson's score interval without continuity correction. `hits` may be fractional
/// when it was computed back from a rounded percentage. Wilson, Journal of the American Statistical Association 22 (1927).
///
/// ```
/// use cxbook::metrics::statistics::wilson_interval;
/// let (low, high) = wilson_interval(0.0, 10).unwrap();
/// assert!(low == 0.0 && high > 25.0, "none of ten is not the same as never");
/// ```
pub fn wilson_interval(hits: f64, n: u64) -> Option<(f64, f64)> {
    if n == 0 || !(0.0..=n as f64).contains(&hits) {
        return None;
    }
    let n = n as f64;
    let (share, z2) = (hits / n, Z95 * Z95);
    let centre = (share + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let reach = Z95 / (1.0 + z2 / n) * (share * (1.0 - share) / n + z2 / (4.0 * n * n)).sqrt();
    Some((100.0 * (centre - reach).max(0.0), 100.0 * (centre + reach).min(1.0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matches_the_published_formula() {
        // 15 of 20 by hand: centre (.75 + 3.8415/40)/(1 + 3.8415/20) = .70971, reach .17849.
        let (low, high) = wilson_interval(15.0, 20).unwrap();
        assert!((low - 53.1299).abs() < 1e-3 && (high - 88.8138).abs() < 1e-3, "{low} {high}");
    }

    #[test]
    fn stays_inside_and_refuses_nonsense() {
        for n in 1..50 {
            for hits in 0..=n {
                let (low, high) = wilson_interval(hits as f64, n).unwrap();
                let share = 100.0 * hits as f64 / n as f64;
                assert!(0.0 <= low && low <= share + 1e-9 && share - 1e-9 <= high && high <= 100.0);
            }
        }
        assert_eq!(wilson_interval(1.0, 0), None);
        assert_eq!(wilson_interval(3.0, 2), None);
        assert_eq!(wilson_interval(f64::NAN, 2), None);
    }
}
