//! XmR limits: the reach of ordinary month-to-month variation.

use crate::metrics::statistics::mean;

/// Fewest points for limits that are drawn as settled and judged by rules. Sources ask for 5 or 6 (Wheeler), 12 (NHS) or 20 to
/// 30 (Provost and Murray).
pub const LIMITS_FROM: usize = 12;

/// Fewest points for limits at all; below [`LIMITS_FROM`] they are provisional.
pub const PROVISIONAL_FROM: usize = 6;

/// Fewest points that limits should be frozen on. Frozen on 12, they call chance a signal twice as often as limits that use
/// every point.
pub const BASELINE_ADVISED: usize = 20;

/// A moving range beyond this multiple of their mean is an outlier when screening; also the upper limit of a chart of moving
/// ranges.
const RANGE_LIMIT: f64 = 3.267;

/// Mean moving range to three sigma.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Factor {
    /// 2.66, as printed in Wheeler, "Understanding Variation" (1993), and used by the NHS.
    #[default]
    Wheeler,
    /// 3 / 1.128 = 2.6596, as in Montgomery's tables and qicharts2.
    ThreeSigma,
}

impl Factor {
    /// The number.
    pub fn value(self) -> f64 {
        match self {
            Self::Wheeler => 2.66,
            Self::ThreeSigma => 3.0 / 1.128,
        }
    }
}

/// Choices that change limits, each to be printed beside them when it is not the default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct XmrOptions {
    /// 2.66 unless said otherwise.
    pub factor: Factor,
    /// Leave moving ranges beyond 3.267 times their mean out and take the mean again, once. NHSRplotthedots does, the NHS
    /// spreadsheet does not. Off by default.
    pub screen: bool,
    /// Freeze the limits on so many first points; `None` uses all of them.
    pub baseline: Option<usize>,
}

/// Limits of ordinary month-to-month variation over a stretch without a change of definition.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// Index of the first point.
    pub from: usize,
    /// Index of the last point.
    pub to: usize,
    /// Mean of the points.
    pub centre: f64,
    /// Lower limit, in the metric's unit.
    pub lower: f64,
    /// Upper limit, in the metric's unit.
    pub upper: f64,
    /// How many points the limits rest on.
    pub points: usize,
    /// How many points of the stretch have a value: more than `points` when the limits are frozen on a baseline.
    pub judged: usize,
    /// Mean moving range, in the metric's unit.
    pub moving_range: f64,
    /// Moving ranges left out by screening; to be printed.
    pub screened: usize,
}

impl Limits {
    /// Whether there are too few points for more than a first impression. No rule is applied to such a stretch.
    pub fn is_provisional(&self) -> bool {
        self.points < LIMITS_FROM
    }

    /// Whether the limits rest on a baseline at the start of the stretch only.
    pub fn is_frozen(&self) -> bool {
        self.judged > self.points
    }

    /// Upper limit of the moving ranges, in the metric's unit.
    pub fn moving_range_upper(&self) -> f64 {
        RANGE_LIMIT * self.moving_range
    }
}

/// Mean and mean moving range of a stretch.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// Points with a value.
    pub points: usize,
    /// Of the points, in the metric's unit.
    pub mean: f64,
    /// Of the distances between neighbouring points; `None` when no two points are neighbours.
    pub moving_range: Option<f64>,
    /// Moving ranges left out.
    pub screened: usize,
}

/// Spread of a stretch; values that are not finite are holes. `None` without a point.
pub fn spread(stretch: &[Option<f64>], screen: bool) -> Option<Spread> {
    let known: Vec<f64> = stretch.iter().filter_map(|value| finite(*value)).collect();
    let mut ranges: Vec<f64> =
        stretch.windows(2).filter_map(|pair| Some((finite(pair[0])? - finite(pair[1])?).abs())).collect();
    let before = ranges.len();
    if let Some(first_mean) = mean(&ranges).filter(|_| screen) {
        ranges.retain(|range| *range <= RANGE_LIMIT * first_mean);
    }
    let moving_range = mean(&ranges);
    Some(Spread { points: known.len(), mean: mean(&known)?, moving_range, screened: before - ranges.len() })
}

/// XmR limits of `values[from..=to]`: mean ± 2.66 × mean moving range. No moving range is taken over a hole. `None` below
/// [`LIMITS_FROM`] points.
pub fn xmr(values: &[Option<f64>], from: usize, to: usize) -> Option<Limits> {
    xmr_with(values, from, to, &XmrOptions::default()).filter(|limits| !limits.is_provisional())
}

/// [`xmr`] with choices, from [`PROVISIONAL_FROM`] points on. `None` below, outside `values`, when no two points are
/// neighbours, or when the numbers are too large.
pub fn xmr_with(values: &[Option<f64>], from: usize, to: usize, options: &XmrOptions) -> Option<Limits> {
    let stretch = values.get(from..=to)?;
    let judged = stretch.iter().filter(|value| finite(**value).is_some()).count();
    let spread = spread(&stretch[..baseline_length(stretch, options.baseline)], options.screen)?;
    let moving_range = spread.moving_range?;
    let reach = options.factor.value() * moving_range;
    let (lower, upper) = (spread.mean - reach, spread.mean + reach);
    let usable = spread.points >= PROVISIONAL_FROM && lower.is_finite() && upper.is_finite();
    usable.then_some(Limits {
        from,
        to,
        centre: spread.mean,
        lower,
        upper,
        points: spread.points,
        judged,
        moving_range,
        screened: spread.screened,
    })
}

/// Slots up to and with the last point of the baseline.
fn baseline_length(stretch: &[Option<f64>], baseline: Option<usize>) -> usize {
    let known = stretch.iter().enumerate().filter(|(_, value)| finite(**value).is_some());
    match baseline {
        Some(0) => 0,
        Some(points) => known.map(|(at, _)| at + 1).nth(points - 1).unwrap_or(stretch.len()),
        None => stretch.len(),
    }
}

/// First and last index of each stretch between declared steps, a step being the index of the first point under the new
/// definition. Only authors declare steps; nothing here looks for them. Steps outside the series change nothing.
pub fn stretches(length: usize, steps: &[usize]) -> Vec<(usize, usize)> {
    let mut starts: Vec<usize> = steps.iter().copied().filter(|step| (1..length).contains(step)).collect();
    starts.extend((length > 0).then_some(0));
    starts.sort_unstable();
    starts.dedup();
    let ends = starts.iter().skip(1).copied().chain([length]).map(|next| next.saturating_sub(1));
    starts.iter().copied().zip(ends).collect()
}

/// Limits of each stretch between declared steps that has points enough, so that each phase has its own centre and no moving
/// range reaches over a step.
pub fn rebased(values: &[Option<f64>], steps: &[usize], options: &XmrOptions) -> Vec<Limits> {
    let stretches = stretches(values.len(), steps).into_iter();
    stretches.filter_map(|(from, to)| xmr_with(values, from, to, options)).collect()
}

pub(super) fn finite(value: Option<f64>) -> Option<f64> {
    value.filter(|value| value.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn some(values: &[f64]) -> Vec<Option<f64>> {
        values.iter().copied().map(Some).collect()
    }

    #[test]
    fn limits_by_hand() {
        // Twelve points 10, 12, 10, 12 ...: mean 11, every moving range 2, reach 5.32.
        let values = some(&[10.0, 12.0].repeat(6));
        let limits = xmr(&values, 0, 11).unwrap();
        assert_eq!((limits.centre, limits.points), (11.0, 12));
        assert!((limits.upper - 16.32).abs() < 1e-12 && (limits.lower - 5.68).abs() < 1e-12);
        assert_eq!(xmr(&values, 0, 10), None, "eleven points are too few");
        let options = XmrOptions::default();
        assert!(xmr_with(&values, 0, 10, &options).unwrap().is_provisional());
        assert!(xmr_with(&values, 0, 5, &options).is_some());
        assert_eq!(xmr_with(&values, 0, 4, &options), None, "five are too few for anything");
    }

    #[test]
    fn no_moving_range_over_a_hole() {
        let mut values = some(&[10.0, 12.0].repeat(7));
        values[6] = None;
        values[7] = Some(40.0);
        values[8] = Some(f64::NAN);
        // 40 stands alone between holes, so it widens nothing.
        let limits = xmr(&values, 0, 13).unwrap();
        assert!((limits.upper - limits.centre - 5.32).abs() < 1e-12);
        let alone: Vec<Option<f64>> = (0..24).map(|at| (at % 2 == 0).then_some(f64::from(at))).collect();
        assert_eq!(xmr(&alone, 0, 23), None, "twelve points without a neighbour");
    }

    #[test]
    fn a_baseline_counts_points_not_slots() {
        let mut values = some(&[10.0, 12.0].repeat(10));
        values[1] = None;
        let options = XmrOptions { baseline: Some(12), ..XmrOptions::default() };
        let limits = xmr_with(&values, 0, 19, &options).unwrap();
        assert_eq!((limits.points, limits.judged, limits.is_frozen()), (12, 19, true));
        let all = XmrOptions { baseline: Some(99), ..options };
        assert!(!xmr_with(&values, 0, 19, &all).unwrap().is_frozen());
        assert_eq!(xmr_with(&values, 0, 19, &XmrOptions { baseline: Some(0), ..options }), None);
    }

    #[test]
    fn stretches_tile_the_series() {
        assert_eq!(stretches(10, &[7, 3, 3, 0, 10, 99]), [(0, 2), (3, 6), (7, 9)]);
        assert_eq!(stretches(0, &[0, 1]), []);
        assert_eq!(rebased(&some(&[1.0, 2.0].repeat(8)), &[7], &XmrOptions::default()).len(), 2);
    }

    #[test]
    fn odd_ranges_and_numbers() {
        let values = some(&[f64::MAX, f64::MIN].repeat(6));
        assert_eq!(xmr(&values, 0, 11), None);
        assert_eq!(xmr(&values, 3, 2), None);
        assert_eq!(xmr(&values, 5, usize::MAX), None);
        assert_eq!(xmr(&[], 0, 0), None);
        assert_eq!(spread(&[None, Some(f64::INFINITY)], true), None);
    }
}
