//! What happened to a metric after a dated action.

use super::statistics::{
    Confidence, Interval, MONTHS_AFTER, MONTHS_BEFORE, Segmented, Summary, Term, Welch, before_after,
    default_lags, seasonal_months, segmented,
};

/// Most periods on a side: older ones say little about the time of the action.
const MOST: usize = 12;

/// A comparison of the periods before an action with those after it. Periods are the units, because answers of one month
/// resemble each other.
#[derive(Debug, Clone, PartialEq)]
pub struct Effect {
    /// Indexes of the first and last period before.
    pub before: (usize, usize),
    /// Indexes of the first and last period after.
    pub after: (usize, usize),
    /// Mean of the values before, each period counting once.
    pub mean_before: f64,
    /// Mean of the values after.
    pub mean_after: f64,
    /// The difference with its interval.
    pub welch: Welch,
    /// Against the same periods a year earlier, where the metric has seasons.
    pub year_earlier: Option<(f64, Interval)>,
    /// Jump and change of slope, where there are periods enough on both sides.
    pub segmented: Option<Segmented>,
}

/// Why there is no comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoEffect {
    /// Fewer known periods than needed before or after; how many there are.
    TooFew {
        /// Before.
        before: usize,
        /// After.
        after: usize,
    },
    /// All values on both sides are the same.
    NoSpread,
}

impl Effect {
    /// Whether the difference is more than chance explains, by its interval.
    pub fn is_beyond_chance(&self) -> bool {
        self.welch.interval.0 > 0.0 || self.welch.interval.1 < 0.0
    }

    /// The jump at the action with the wider of two intervals, where it was fitted.
    pub fn jump(&self) -> Option<(f64, Interval)> {
        let fitted = self.segmented.as_ref()?;
        Some((fitted.estimate(Term::LevelChange), fitted.interval(Term::LevelChange, Confidence::USUAL)?))
    }
}

/// Compares values before and after an action. `last_before` is the last period that ended before the action began, and
/// `first_after` the first that began with it or later: a period in which it began belongs to neither. `breaks` are the
/// indexes of periods from which on something else is measured; no comparison crosses one. `month` is the month (1 to 12) of
/// the first value, where periods are months.
///
/// # Errors
/// Why the two sides cannot be compared.
pub fn effect(
    values: &[Option<f64>],
    (last_before, first_after): (Option<usize>, Option<usize>),
    breaks: &[usize],
    month: Option<u8>,
) -> Result<Effect, NoEffect> {
    let known = |from: usize, to: usize| -> Vec<usize> {
        (from..to).filter(|at| values.get(*at).copied().flatten().is_some_and(f64::is_finite)).collect()
    };
    let middle = first_after.unwrap_or(values.len());
    let start = breaks.iter().copied().filter(|at| *at <= middle).max().unwrap_or(0);
    let end = breaks.iter().copied().filter(|at| *at > middle).min().unwrap_or(values.len());
    let mut before = last_before.map_or(Vec::new(), |last| known(start, last + 1));
    before.drain(..before.len().saturating_sub(MOST));
    let mut after = first_after.map_or(Vec::new(), |first| known(first, end));
    after.truncate(MOST);
    if before.len() < MONTHS_BEFORE || after.len() < MONTHS_AFTER {
        return Err(NoEffect::TooFew { before: before.len(), after: after.len() });
    }
    let at = |index: &usize| values[*index].unwrap_or(f64::NAN);
    let (old, new): (Vec<f64>, Vec<f64>) = (before.iter().map(at).collect(), after.iter().map(at).collect());
    let welch = before_after(&old, &new, Confidence::USUAL).ok_or(NoEffect::NoSpread)?;
    let mean = |values: &[f64]| Summary::of(values).map_or(f64::NAN, |summary| summary.mean);
    Ok(Effect {
        before: (before[0], before[before.len() - 1]),
        after: (after[0], after[after.len() - 1]),
        mean_before: mean(&old),
        mean_after: mean(&new),
        welch,
        year_earlier: month.and_then(|month| year_earlier(values, &after, start, month)),
        segmented: (before.len() >= 8 && after.len() >= 8)
            .then(|| segmented(&values[start..end], after[0] - start, default_lags(end - start)))
            .flatten(),
    })
}

/// Mean difference from the same months a year before, by pairs, where the metric has a season.
fn year_earlier(values: &[Option<f64>], after: &[usize], start: usize, month: u8) -> Option<(f64, Interval)> {
    if seasonal_months(values, month).is_empty() {
        return None;
    }
    let pairs = after.iter().filter_map(|at| {
        let earlier = at.checked_sub(12).filter(|earlier| *earlier >= start)?;
        Some(values[*at]? - values[earlier]?)
    });
    let differences: Vec<f64> = pairs.collect();
    if differences.len() < MONTHS_AFTER {
        return None;
    }
    let summary = Summary::of(&differences)?;
    Some((summary.mean, summary.interval(Confidence::USUAL)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wobble(at: usize) -> f64 {
        [0.0, 1.0, -1.0, 0.5, -0.5][at % 5]
    }

    #[test]
    fn a_step_is_found_and_months_are_the_units() {
        let values: Vec<Option<f64>> =
            (0..24).map(|at| Some(wobble(at) + if at >= 12 { 10.0 } else { 0.0 })).collect();
        let found = effect(&values, (Some(11), Some(12)), &[], None).unwrap();
        assert_eq!((found.before, found.after), ((0, 11), (12, 23)));
        assert!(found.is_beyond_chance() && (found.welch.difference - 10.0).abs() < 0.6);
        assert_eq!((found.welch.before, found.welch.after), (12, 12));
        let (jump, _) = found.jump().unwrap();
        assert!((jump - 10.0).abs() < 1.5, "{jump}");
        let flat: Vec<Option<f64>> = (0..24).map(|at| Some(wobble(at))).collect();
        assert!(!effect(&flat, (Some(11), Some(12)), &[], None).unwrap().is_beyond_chance());
    }

    #[test]
    fn nothing_is_compared_across_a_change_of_definition() {
        let values: Vec<Option<f64>> = (0..24).map(|at| Some(wobble(at))).collect();
        assert_eq!(
            effect(&values, (Some(11), Some(12)), &[10], None),
            Err(NoEffect::TooFew { before: 2, after: 12 })
        );
        assert_eq!(
            effect(&values, (Some(11), Some(12)), &[14], None),
            Err(NoEffect::TooFew { before: 12, after: 2 })
        );
        assert_eq!(
            effect(&values, (Some(23), None), &[], None),
            Err(NoEffect::TooFew { before: 12, after: 0 })
        );
        assert_eq!(effect(&[], (None, None), &[], None), Err(NoEffect::TooFew { before: 0, after: 0 }));
        assert_eq!(effect(&[Some(1.0); 24], (Some(11), Some(12)), &[], None), Err(NoEffect::NoSpread));
    }

    #[test]
    fn seasons_are_compared_with_themselves() {
        let values: Vec<Option<f64>> =
            (0..36).map(|at| Some(wobble(at) - if at % 12 == 11 { 8.0 } else { 0.0 })).collect();
        let against = effect(&values, (Some(28), Some(29)), &[], Some(1)).unwrap();
        let (difference, _) = against.year_earlier.unwrap();
        assert!(difference.abs() < 1.5, "the dip is in both years: {difference}");
        assert_eq!(effect(&values, (Some(28), Some(29)), &[], None).unwrap().year_earlier, None, "no months");
    }
}
