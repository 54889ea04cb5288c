//! Telling signals from noise: process limits and two rules.
//!
//! The rule set is the calm default of this program, and its name and rate of false alarms travel with every result:
//! points outside the limits of an XmR chart, and runs by Anhøj's rules. On 36 months of pure chance it flags 11 % of charts.

/// Mean moving range to three sigma: 3 / 1.128, rounded as in Wheeler, "Understanding Variation" (1993).
const XMR_FACTOR: f64 = 2.66;

/// Fewest points for limits that are drawn.
pub const LIMITS_FROM: usize = 12;

/// Name of the rule set in outputs.
pub const RULES: &str = "xmr+anhoej";

/// Why a point is more than noise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// Beyond the limits.
    Outside,
    /// Part of a run on one side of the median that is too long for chance.
    Shift,
}

impl Signal {
    /// The word in data: `outside`, `shift`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Outside => "outside",
            Self::Shift => "shift",
        }
    }
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
}

impl Limits {
    /// Share of purely random charts of this length that the rule set would flag: 4,000 simulated normal series each.
    pub fn false_alarm(&self) -> f64 {
        match self.points {
            ..=17 => 0.043,
            18..=29 => 0.080,
            _ => 0.114,
        }
    }
}

/// XmR limits of `values[from..=to]`: mean ± 2.66 × mean moving range. No moving range is taken over a hole. `None` below
/// [`LIMITS_FROM`] points.
pub fn xmr(values: &[Option<f64>], from: usize, to: usize) -> Option<Limits> {
    let stretch = values.get(from..=to)?;
    let known: Vec<f64> = stretch.iter().flatten().copied().collect();
    let ranges: Vec<f64> = stretch.windows(2).filter_map(|pair| Some((pair[0]? - pair[1]?).abs())).collect();
    if known.len() < LIMITS_FROM || ranges.is_empty() {
        return None;
    }
    let centre = mean(&known);
    let reach = XMR_FACTOR * mean(&ranges);
    Some(Limits { from, to, centre, lower: centre - reach, upper: centre + reach, points: known.len() })
}

/// Signals of a stretch: [`Signal::Outside`] beyond its limits, [`Signal::Shift`] for runs that are too long.
pub fn signals(values: &[Option<f64>], limits: &Limits) -> Vec<(usize, Signal)> {
    let mut found = Vec::new();
    let in_run = long_runs(&values[limits.from..=limits.to]);
    for (offset, value) in values[limits.from..=limits.to].iter().enumerate() {
        let Some(value) = value else { continue };
        if *value < limits.lower || *value > limits.upper {
            found.push((limits.from + offset, Signal::Outside));
        } else if in_run[offset] {
            found.push((limits.from + offset, Signal::Shift));
        }
    }
    found
}

/// Marks the points of runs on one side of the median that are longer than `round(log2(n)) + 3`, where n counts the points
/// off the median. Points on the median neither end nor lengthen a run. Anhøj and Olesen, PLoS ONE 9 (2014).
fn long_runs(values: &[Option<f64>]) -> Vec<bool> {
    let mut marks = vec![false; values.len()];
    let known: Vec<f64> = values.iter().flatten().copied().collect();
    let Some(median) = median(&known) else { return marks };
    let useful: Vec<(usize, bool)> = values
        .iter()
        .enumerate()
        .filter_map(|(index, value)| {
            value.filter(|value| *value != median).map(|value| (index, value > median))
        })
        .collect();
    let longest_by_chance = (useful.len().max(1) as f64).log2().round() as usize + 3;
    for run in useful.chunk_by(|a, b| a.1 == b.1) {
        if run.len() > longest_by_chance {
            for (index, _) in run {
                marks[*index] = true;
            }
        }
    }
    marks
}

/// What the latest points of a series say.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Reading {
    /// Too few points since the start or since the definition changed.
    TooEarly {
        /// Points there are.
        points: usize,
    },
    /// Nothing beyond ordinary variation.
    Steady {
        /// Index of the first point after the last signal; `None` when the stretch has none.
        since: Option<usize>,
    },
    /// The latest point alone is beyond ordinary variation.
    Outside {
        /// Above the centre.
        above: bool,
    },
    /// The latest points, two or more, are all beyond ordinary variation on one side.
    Shifted {
        /// Above the centre.
        above: bool,
        /// Index of the first of them.
        since: usize,
    },
}

/// Reads the end of a series. `limits` belong to its last stretch.
pub fn reading(values: &[Option<f64>], limits: Option<&Limits>) -> Reading {
    let Some(limits) = limits else {
        return Reading::TooEarly { points: values.iter().flatten().count() };
    };
    let stretch = &values[limits.from..=limits.to];
    let Some((last, value)) =
        stretch.iter().enumerate().rev().find_map(|(at, value)| value.map(|value| (at, value)))
    else {
        return Reading::TooEarly { points: 0 };
    };
    let flagged = signals(values, limits);
    let is_flagged = |at: usize| flagged.iter().any(|(index, _)| *index == limits.from + at);
    if !is_flagged(last) {
        return Reading::Steady { since: flagged.last().map(|(index, _)| index + 1) };
    }
    let above = value > limits.centre;
    let same_run =
        |at: &usize| stretch[*at].is_none_or(|value| is_flagged(*at) && (value > limits.centre) == above);
    let run = (0..=last).rev().take_while(same_run).filter(|at| stretch[*at].is_some());
    match run.last() {
        Some(first) if first < last => Reading::Shifted { above, since: limits.from + first },
        _ => Reading::Outside { above },
    }
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    let upper = sorted.get(middle)?;
    if sorted.len() % 2 == 1 { Some(*upper) } else { Some((sorted[middle - 1] + upper) / 2.0) }
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
        assert_eq!(reading(&values, Some(&limits)), Reading::Steady { since: None });
    }

    #[test]
    fn no_moving_range_over_a_hole() {
        let mut values = some(&[10.0, 12.0].repeat(7));
        values[6] = None;
        values[7] = Some(40.0);
        values[8] = None;
        // 40 stands alone between holes, so it widens nothing and lies outside.
        let limits = xmr(&values, 0, 13).unwrap();
        assert!((limits.upper - limits.centre - 5.32).abs() < 1e-12);
        assert_eq!(signals(&values, &limits), [(7, Signal::Outside)]);
    }

    #[test]
    fn a_lasting_step_is_a_shift() {
        let mut values = some(&[70.0, 72.0, 71.0, 69.0, 71.5, 70.5, 71.0, 70.0, 69.5, 70.2]);
        values.extend(some(&[74.0, 75.0, 74.5, 76.0, 75.5, 74.2, 75.1, 74.8, 75.9, 74.4]));
        let limits = xmr(&values, 0, 19).unwrap();
        assert_eq!(reading(&values, Some(&limits)), Reading::Shifted { above: true, since: 10 });
        assert_eq!(reading(&values[..5], None), Reading::TooEarly { points: 5 });
    }

    #[test]
    fn points_on_the_median_neither_end_nor_lengthen_a_run() {
        let mut values = some(&[1.0; 6]);
        values.extend(some(&[2.0, 2.0]));
        values.extend(some(&[3.0; 6]));
        assert!(
            long_runs(&values).iter().all(|mark| !mark),
            "runs of six of twelve are within chance (limit 7)"
        );
        let mut values = some(&[1.0; 8]);
        values.push(Some(2.0));
        values.extend(some(&[3.0; 8]));
        assert_eq!(long_runs(&values).iter().filter(|mark| **mark).count(), 16);
    }
}
