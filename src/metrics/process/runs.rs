//! Anhøj's two rules for runs around the median. Anhøj and Olesen, PLoS ONE 9 (2014); the same as in qicharts2.
//!
//! Points on the median are left out first; what remains are the useful points. Chance alone hardly ever gives a run longer
//! than `round(log2(n)) + 3` of them, or fewer crossings of the median than the 5 % quantile of n − 1 tosses of a fair coin.

use super::patterns::side;
use crate::metrics::statistics::coin_quantile;

/// Fewest useful points for the crossings rule; with fewer, ties with the median make up the result.
const CROSSINGS_FROM: usize = 10;

/// What the runs of a series look like.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Runs {
    /// Of all points.
    pub median: f64,
    /// Points off the median.
    pub useful: usize,
    /// Points of the longest run on one side.
    pub longest: usize,
    /// The longest that chance explains.
    pub longest_max: usize,
    /// How often the line goes over the median.
    pub crossings: usize,
    /// The fewest that chance explains; 0 when there are too few points to say.
    pub crossings_min: usize,
}

impl Runs {
    /// Whether a run is too long.
    pub fn is_long(&self) -> bool {
        self.longest > self.longest_max
    }

    /// Whether the line crosses the median too seldom.
    pub fn has_few_crossings(&self) -> bool {
        self.crossings < self.crossings_min
    }
}

/// Reads the runs of finite values. `None` without values.
pub fn runs(values: &[f64]) -> Option<Runs> {
    let median = median(values)?;
    let sides = useful(values, median);
    let lengths = || sides.chunk_by(|a, b| a.1 == b.1).map(<[_]>::len);
    Some(Runs {
        median,
        useful: sides.len(),
        longest: lengths().max().unwrap_or(0),
        longest_max: longest_by_chance(sides.len()),
        crossings: lengths().count().saturating_sub(1),
        crossings_min: if sides.len() < CROSSINGS_FROM { 0 } else { fewest_by_chance(sides.len()) },
    })
}

/// `round(log2(n)) + 3`.
pub fn longest_by_chance(useful: usize) -> usize {
    (useful.max(1) as f64).log2().round() as usize + 3
}

/// 5 % quantile of the binomial distribution with n − 1 tosses.
pub fn fewest_by_chance(useful: usize) -> usize {
    coin_quantile(0.05, useful.saturating_sub(1))
}

/// For each point whether it belongs to a run that is too long: above (`true`) or below the median.
pub(super) fn long_runs(values: &[f64]) -> Vec<Option<bool>> {
    let mut marks = vec![None; values.len()];
    let Some(median) = median(values) else { return marks };
    let sides = useful(values, median);
    let longest = longest_by_chance(sides.len());
    for run in sides.chunk_by(|a, b| a.1 == b.1).filter(|run| run.len() > longest) {
        for (at, above) in run {
            marks[*at] = Some(*above);
        }
    }
    marks
}

/// Index of each point off the median and whether it is above.
fn useful(values: &[f64], median: f64) -> Vec<(usize, bool)> {
    let sides = values.iter().enumerate().map(|(at, value)| (at, side(*value, median)));
    sides.filter(|(_, side)| *side != 0).map(|(at, side)| (at, side > 0)).collect()
}

fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    let upper = *sorted.get(middle)?;
    if sorted.len() % 2 == 1 { Some(upper) } else { Some(sorted[middle - 1] / 2.0 + upper / 2.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_on_the_median_neither_end_nor_lengthen_a_run() {
        let mut values = vec![1.0; 6];
        values.extend([2.0, 2.0]);
        values.extend([3.0; 6]);
        assert!(
            long_runs(&values).iter().all(Option::is_none),
            "runs of six of twelve are within chance (limit 7)"
        );
        let mut values = vec![1.0; 8];
        values.push(2.0);
        values.extend([3.0; 8]);
        assert_eq!(long_runs(&values).iter().flatten().count(), 16);
        assert_eq!(long_runs(&values)[8], None);
    }

    #[test]
    fn few_crossings_without_a_long_run() {
        // Four blocks of six: 3 crossings of 23, where 8 are the fewest by chance; the longest run, 6, is within 8.
        let values: Vec<f64> = (0..24).map(|at| if at / 6 % 2 == 0 { 1.0 } else { 2.0 }).collect();
        let runs = runs(&values).unwrap();
        assert!(!runs.is_long() && runs.has_few_crossings(), "{runs:?}");
    }

    #[test]
    fn edges() {
        assert_eq!(runs(&[]), None);
        let flat = runs(&[5.0; 20]).unwrap();
        assert_eq!((flat.useful, flat.longest, flat.crossings), (0, 0, 0));
        assert!(!flat.is_long() && !flat.has_few_crossings());
        // Five of twelve at the median's other side only because seven lie on it: no verdict about crossings.
        let tied = runs(&[10.0, 10.0, 11.0, 10.0, 11.0, 10.0, 11.0, 10.0, 10.0, 11.0, 10.0, 11.0]).unwrap();
        assert!(tied.useful == 5 && !tied.has_few_crossings());
        assert_eq!(runs(&[f64::MAX; 4]).unwrap().median, f64::MAX);
    }
}
