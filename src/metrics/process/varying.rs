//! Limits that follow the number of answers of each month: wide for few, narrow for many.
//!
//! p limits suppose that months differ by sampling alone, which satisfaction scores rarely do; p′ and I′ measure how much they
//! differ beyond it. I′ also works for means. With like numbers of answers every month, XmR limits say the same and are
//! easier to read: see [`n_varies`].

use super::limits::finite;
use super::{LIMITS_FROM, PROVISIONAL_FROM};
use crate::metrics::statistics::{Interval, Share, mean};

/// Mean moving range of normal values, in their standard deviation; d₂ for two.
const RANGE_TO_SIGMA: f64 = 1.128;

/// A month's value and what it rests on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Month {
    /// In the metric's unit.
    pub value: f64,
    /// Number of answers.
    pub n: u64,
}

/// Limits of each month.
#[derive(Debug, Clone, PartialEq)]
pub struct VaryingLimits {
    /// Mean weighted by the number of answers, in the metric's unit.
    pub centre: f64,
    /// How many times as far apart months are as sampling explains; 1 for p limits, `None` for I′, which does not ask.
    pub sigma_z: Option<f64>,
    /// Lower and upper limit of each month; `None` for a hole.
    pub bounds: Vec<Option<Interval>>,
    /// Months with a value.
    pub points: usize,
}

impl VaryingLimits {
    /// Whether there are too few months for more than a first impression.
    pub fn is_provisional(&self) -> bool {
        self.points < LIMITS_FROM
    }
}

/// p chart, in per cent: `p̄ ± 3 √(p̄(1−p̄)/nᵢ)`, clipped to 0..100. Shewhart. Months without answers are holes. `None` below
/// [`PROVISIONAL_FROM`] months.
pub fn p_limits(months: &[Option<Share>]) -> Option<VaryingLimits> {
    shares_limits(months, |_, _| Some(1.0))
}

/// Laney's p′ chart, in per cent: the deviation of the p chart times σz, the mean moving range of
/// `zᵢ = (pᵢ − p̄)/√(p̄(1−p̄)/nᵢ)` over 1.128. Quality Engineering 14 (2002). No moving range is taken over a hole. `None` below
/// [`PROVISIONAL_FROM`] months, or when no two are neighbours.
pub fn laney_limits(months: &[Option<Share>]) -> Option<VaryingLimits> {
    shares_limits(months, |known, centre| {
        let z = |month: &Option<Month>| {
            let month = (*month)?;
            let sigma = binomial_sigma(centre, month.n);
            Some(if sigma > 0.0 { (month.value - centre) / sigma } else { 0.0 })
        };
        let ranges: Vec<f64> =
            known.windows(2).filter_map(|two| Some((z(&two[0])? - z(&two[1])?).abs())).collect();
        Some(mean(&ranges)? / RANGE_TO_SIGMA)
    })
}

fn shares_limits(
    months: &[Option<Share>],
    sigma_z: impl Fn(&[Option<Month>], f64) -> Option<f64>,
) -> Option<VaryingLimits> {
    let known: Vec<Option<Month>> = months
        .iter()
        .map(|month| month.and_then(|share| Some(Month { value: share.percent()?, n: share.n })))
        .collect();
    let (centre, points) = weighted_centre(&known)?;
    let sigma_z = sigma_z(&known, centre)?;
    let bounds = known.iter().map(|month| {
        let reach = 3.0 * sigma_z * binomial_sigma(centre, (*month)?.n);
        Some(((centre - reach).max(0.0), (centre + reach).min(100.0)))
    });
    Some(VaryingLimits { centre, sigma_z: Some(sigma_z), bounds: bounds.collect(), points })
}

/// I′ chart, in the metric's unit and not clipped: weighted mean ± 3 s/√nᵢ, where s is `√(π/2)` times the mean of
/// `|yᵢ − yᵢ₋₁| / √(1/nᵢ + 1/nᵢ₋₁)`. Taylor, "Normalized Individuals (IN) Chart" (2017), as in qicharts2. Months without answers
/// are holes. `None` below [`PROVISIONAL_FROM`] months, when no two are neighbours, or when the numbers are too large.
pub fn i_prime_limits(months: &[Option<Month>]) -> Option<VaryingLimits> {
    let known: Vec<Option<Month>> = months
        .iter()
        .map(|month| month.filter(|month| month.n > 0 && finite(Some(month.value)).is_some()))
        .collect();
    let (centre, points) = weighted_centre(&known)?;
    let range = |two: &[Option<Month>]| {
        let (before, month) = (two[0]?, two[1]?);
        Some((month.value - before.value).abs() / (1.0 / month.n as f64 + 1.0 / before.n as f64).sqrt())
    };
    let ranges: Vec<f64> = known.windows(2).filter_map(range).collect();
    let deviation = (std::f64::consts::PI / 2.0).sqrt() * mean(&ranges)?;
    let bounds = known.iter().map(|month| {
        let reach = 3.0 * deviation / ((*month)?.n as f64).sqrt();
        Some((centre - reach, centre + reach))
    });
    let bounds: Vec<Option<Interval>> = bounds.collect();
    let finite = bounds.iter().flatten().all(|(lower, upper)| lower.is_finite() && upper.is_finite());
    finite.then_some(VaryingLimits { centre, sigma_z: None, bounds, points })
}

/// Whether the numbers of answers differ by more than a factor of two, so that one pair of limits for all months misleads.
/// Months without answers do not count.
pub fn n_varies(ns: &[u64]) -> bool {
    let known = || ns.iter().copied().filter(|n| *n > 0);
    known().min().zip(known().max()).is_some_and(|(least, most)| most > least.saturating_mul(2))
}

/// Standard deviation of a share in per cent by sampling alone.
fn binomial_sigma(percent: f64, n: u64) -> f64 {
    (percent * (100.0 - percent) / n as f64).max(0.0).sqrt()
}

/// Mean weighted by n, and the number of known months, when they are enough.
fn weighted_centre(months: &[Option<Month>]) -> Option<(f64, usize)> {
    let known = || months.iter().flatten();
    let points = known().count();
    let all: f64 = known().map(|month| month.n as f64).sum();
    // Measured from the first month, so that equal values give that value to the last bit.
    let first = known().next()?.value;
    let centre = first + known().map(|month| (month.value - first) * (month.n as f64 / all)).sum::<f64>();
    // Rounding must not carry a mean out of what it is the mean of: a share would fall below nothing.
    let least = known().map(|month| month.value).fold(f64::INFINITY, f64::min);
    let most = known().map(|month| month.value).fold(f64::NEG_INFINITY, f64::max);
    let centre = centre.max(least).min(most);
    (points >= PROVISIONAL_FROM && centre.is_finite()).then_some((centre, points))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_hand() {
        // Shares 40 and 60 of 100 in turn: centre 50, sigma 5, z from −2 to 2, moving ranges of 4, σz = 4/1.128.
        let months: Vec<Option<Share>> =
            (0..12).map(|at| Some(Share { hits: 40 + 20 * (at % 2), n: 100 })).collect();
        let limits = p_limits(&months).unwrap();
        assert!((limits.bounds[0].unwrap().0 - 35.0).abs() < 1e-9 && limits.sigma_z == Some(1.0));
        let limits = laney_limits(&months).unwrap();
        assert!((limits.sigma_z.unwrap() - 4.0 / 1.128).abs() < 1e-9);
        assert_eq!(limits.bounds[0].unwrap().1, 100.0, "clipped");
    }

    #[test]
    fn holes_and_edges() {
        let mut months: Vec<Option<Share>> = (0..8).map(|at| Some(Share { hits: at % 3, n: 10 })).collect();
        months[3] = None;
        months[4] = Some(Share { hits: 0, n: 0 });
        let limits = laney_limits(&months).unwrap();
        assert!(limits.points == 6 && limits.is_provisional());
        assert!(limits.bounds[3].is_none() && limits.bounds[4].is_none() && limits.bounds[5].is_some());
        months[0] = None;
        assert_eq!(p_limits(&months), None, "five months are too few");
        let all = vec![Some(Share { hits: 9, n: 9 }); 6];
        assert_eq!(laney_limits(&all).unwrap().bounds[0], Some((100.0, 100.0)));
        assert_eq!(i_prime_limits(&[Some(Month { value: f64::NAN, n: 1 }); 12]), None);
        assert_eq!(i_prime_limits(&[Some(Month { value: 1.0, n: 0 }); 12]), None);
        let huge = vec![Some(Month { value: 1.0, n: u64::MAX }); 12];
        assert_eq!(i_prime_limits(&huge).unwrap().points, 12);
    }

    #[test]
    fn rounding_keeps_limits_in_order() {
        let mut months = vec![Some(Share { hits: 1, n: 3 }), Some(Share { hits: 0, n: u64::MAX })];
        months.extend(vec![Some(Share { hits: 0, n: 2_219_537_672_884_056_705 }); 6]);
        for limits in [p_limits(&months), laney_limits(&months)].into_iter().flatten() {
            assert!(limits.bounds.iter().flatten().all(|(lower, upper)| lower <= upper), "{limits:?}");
        }
    }

    #[test]
    fn numbers_of_answers_that_vary() {
        assert!(n_varies(&[100, 0, 201]) && !n_varies(&[100, 200]));
        assert!(!n_varies(&[]) && !n_varies(&[0]) && !n_varies(&[u64::MAX, u64::MAX]));
    }
}
