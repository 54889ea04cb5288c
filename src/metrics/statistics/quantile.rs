//! Medians and percentiles of durations, and how sure they are.

use super::{Confidence, Interval};

/// Values in ascending order, each with how often it occurred.
pub type Occurrences<'a> = &'a [(f64, u64)];

/// The value below which a part (0 to 1) of all values lies, between two neighbours by linear interpolation: definition 7
/// of Hyndman and Fan, "Sample quantiles in statistical packages", The American Statistician 50 (1996), which is the default
/// of R, NumPy and spreadsheets. `None` without values or for a part outside 0 to 1.
///
/// ```
/// use cxbook::metrics::statistics::quantile;
/// assert_eq!(quantile(&[(1.0, 1), (2.0, 1), (10.0, 2)], 0.5), Some(6.0));
/// ```
pub fn quantile(values: Occurrences<'_>, part: f64) -> Option<f64> {
    let n = number(values)?;
    if !(0.0..=1.0).contains(&part) {
        return None;
    }
    let place = part * (n - 1) as f64;
    let (low, high) = (at(values, place.floor() as u64)?, at(values, place.ceil() as u64)?);
    Some(low + (high - low) * place.fract())
}

/// Interval of a quantile from the order of the values, whatever their distribution: the values at the ranks
/// `np ± z √(np(1−p))`, rounded outward. Conover, "Practical Nonparametric Statistics", section 3.2. `None` where a rank
/// lies outside the values: too few of them to say.
pub fn quantile_interval(values: Occurrences<'_>, part: f64, confidence: Confidence) -> Option<Interval> {
    let n = number(values)? as f64;
    if !(0.0..=1.0).contains(&part) {
        return None;
    }
    let reach = confidence.z() * (n * part * (1.0 - part)).sqrt();
    let (low, high) = ((n * part - reach).floor(), (n * part + reach).ceil() + 1.0);
    if low < 1.0 || high > n {
        return None;
    }
    Some((at(values, low as u64 - 1)?, at(values, high as u64 - 1)?))
}

fn number(values: Occurrences<'_>) -> Option<u64> {
    let n = values.iter().fold(0_u64, |sum, (_, times)| sum.saturating_add(*times));
    (n > 0).then_some(n)
}

/// The value with this many before it.
fn at(values: Occurrences<'_>, before: u64) -> Option<f64> {
    let mut seen = 0_u64;
    values.iter().find_map(|(value, times)| {
        seen = seen.saturating_add(*times);
        (seen > before).then_some(*value)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn once(values: &[f64]) -> Vec<(f64, u64)> {
        values.iter().map(|value| (*value, 1)).collect()
    }

    #[test]
    fn quantiles_by_hand() {
        let ten = once(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0]);
        // numpy.percentile(range(1, 11), [0, 25, 50, 90, 100])
        for (part, expected) in [(0.0, 1.0), (0.25, 3.25), (0.5, 5.5), (0.9, 9.1), (1.0, 10.0)] {
            assert!((quantile(&ten, part).unwrap() - expected).abs() < 1e-12, "{part}");
        }
        assert_eq!(quantile(&[(3.0, 99), (50.0, 1)], 0.5), Some(3.0), "how often counts");
        assert_eq!(quantile(&[], 0.5), None);
        assert_eq!(quantile(&ten, 1.1), None);
        assert_eq!(quantile(&[(7.0, u64::MAX), (8.0, u64::MAX)], 0.9), Some(7.0));
    }

    #[test]
    fn ranks_of_the_interval() {
        // n = 50, median: 25 ± 1.96 √12.5 = 18.07 to 31.93, so ranks 18 and 33.
        let fifty = once(&(1..=50).map(f64::from).collect::<Vec<_>>());
        assert_eq!(quantile_interval(&fifty, 0.5, Confidence::USUAL), Some((18.0, 33.0)));
        assert_eq!(quantile_interval(&fifty, 0.99, Confidence::USUAL), None, "beyond the last value");
        assert_eq!(quantile_interval(&once(&[1.0, 2.0, 3.0]), 0.5, Confidence::USUAL), None);
    }

    /// How often the interval holds the true median of a lopsided distribution: at least as often as it says.
    #[test]
    fn covers_as_often_as_it_says() {
        let mut state = 7_u64;
        let mut uniform = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 11) as f64 / (1_u64 << 53) as f64
        };
        let covered = (0..2_000).filter(|_| {
            let mut values: Vec<f64> = (0..40).map(|_| -(1.0 - uniform()).ln()).collect();
            values.sort_by(f64::total_cmp);
            let (low, high) = quantile_interval(&once(&values), 0.5, Confidence::USUAL).unwrap();
            low <= std::f64::consts::LN_2 && std::f64::consts::LN_2 <= high
        });
        let share = covered.count() as f64 / 2_000.0;
        assert!((0.94..=0.99).contains(&share), "{share}");
    }
}
