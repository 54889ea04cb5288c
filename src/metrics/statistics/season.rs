//! Months that differ from others year after year.

use super::mean::mean;

/// Months in a year.
const YEAR: usize = 12;

/// Fewest months for a decomposition: two of every month of the year.
const DECOMPOSE_FROM: usize = 2 * YEAR;

/// Fewest years before anything is called seasonal.
const YEARS_FOR_A_CLAIM: usize = 3;

/// Why there is no decomposition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TooShort {
    /// Fewer than 24 months.
    Months(usize),
    /// After holes, this month of the year (1 to 12) has no trend to be measured against.
    NoTrendFor(u8),
    /// The first month is not 1 to 12.
    NoSuchMonth,
}

/// A series taken apart: value = trend + season + rest, in the metric's unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Seasons {
    /// January to December; they add up to 0.
    pub by_month: [f64; 12],
    /// One for each month of the series; `None` where the moving average lacks a month, so for the first and last six.
    pub trend: Vec<Option<f64>>,
}

/// Classical additive decomposition: trend by the 2×12 centred moving average, season by the mean distance to it of each
/// month of the year, centred to add up to 0. `first_month` is 1 for January. A hole takes the trend of the months around it
/// away. Macaulay, "The Smoothing of Time Series" (1931).
pub fn decompose(values: &[Option<f64>], first_month: u8) -> Result<Seasons, TooShort> {
    let offset = month_offset(first_month).ok_or(TooShort::NoSuchMonth)?;
    if values.len() < DECOMPOSE_FROM {
        return Err(TooShort::Months(values.len()));
    }
    let trend: Vec<Option<f64>> = (0..values.len()).map(|at| centred_average(values, at)).collect();
    let mut by_month = [0.0; YEAR];
    for (month, season) in by_month.iter_mut().enumerate() {
        let distances: Vec<f64> = (0..values.len())
            .filter(|at| (at + offset) % YEAR == month)
            .filter_map(|at| Some(finite(values[at])? - trend[at]?))
            .collect();
        *season = mean(&distances).ok_or(TooShort::NoTrendFor(month as u8 + 1))?;
    }
    let centre = by_month.iter().sum::<f64>() / YEAR as f64;
    Ok(Seasons { by_month: by_month.map(|season| season - centre), trend })
}

/// Mean of the thirteen months around one, the outer two with half weight.
fn centred_average(values: &[Option<f64>], at: usize) -> Option<f64> {
    let around = values.get(at.checked_sub(6)?..=at + 6)?;
    let known: Vec<f64> = around.iter().filter_map(|value| finite(*value)).collect();
    if known.len() < around.len() {
        return None;
    }
    let inner: f64 = known[1..YEAR].iter().sum();
    Some((inner + (known[0] + known[YEAR]) / 2.0) / YEAR as f64)
}

/// How one month of the year compares with its own years.
#[derive(Debug, Clone, PartialEq)]
pub struct SameMonth {
    /// Month minus the mean of its calendar year, one for each complete year, in the metric's unit.
    pub deviations: Vec<f64>,
    /// Years on the side that has more of them.
    pub same_sign: usize,
    /// Mean of the deviations; `None` without a complete year.
    pub mean: Option<f64>,
}

impl SameMonth {
    /// Whether the page may call it seasonal: three years at least, and every one to the same side.
    pub fn is_seasonal(&self) -> bool {
        self.deviations.len() >= YEARS_FOR_A_CLAIM && self.same_sign == self.deviations.len()
    }
}

/// Compares `month` (1 to 12) with its calendar year. Years with a missing month are left out, because their mean would
/// depend on which month is missing. `first_month` is the month of the first value. `None` for months that do not exist.
pub fn same_month(values: &[Option<f64>], first_month: u8, month: u8) -> Option<SameMonth> {
    let (offset, wanted) = (month_offset(first_month)?, month_offset(month)?);
    let january = (YEAR - offset) % YEAR;
    let years = values.get(january..).unwrap_or(&[]).chunks_exact(YEAR);
    let deviations: Vec<f64> = years
        .filter_map(|year| {
            let known: Vec<f64> = year.iter().filter_map(|value| finite(*value)).collect();
            let complete = known.len() == YEAR;
            known.get(wanted).filter(|_| complete).map(|value| value - mean(&known).unwrap_or(f64::NAN))
        })
        .collect();
    let above = deviations.iter().filter(|deviation| **deviation > 0.0).count();
    let below = deviations.iter().filter(|deviation| **deviation < 0.0).count();
    Some(SameMonth { same_sign: above.max(below), mean: mean(&deviations), deviations })
}

/// Difference from the same month a year before, one for each value; `None` for the first twelve and around holes.
pub fn year_on_year(values: &[Option<f64>]) -> Vec<Option<f64>> {
    let before = |at: usize| finite(*values.get(at.checked_sub(YEAR)?)?);
    values.iter().enumerate().map(|(at, value)| Some(finite(*value)? - before(at)?)).collect()
}

fn finite(value: Option<f64>) -> Option<f64> {
    value.filter(|value| value.is_finite())
}

fn month_offset(month: u8) -> Option<usize> {
    (1..=12).contains(&month).then(|| usize::from(month) - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A trend of ½ a month and a dip of 6 every December, from a given month on.
    fn dips(months: usize, first_month: usize) -> Vec<Option<f64>> {
        (0..months)
            .map(|at| Some(at as f64 / 2.0 - if (at + first_month - 1) % 12 == 11 { 6.0 } else { 0.0 }))
            .collect()
    }

    #[test]
    fn a_dip_by_hand() {
        // The trend is the line minus 6/12; so is the rest, which centring moves to −5.5 for December and +.5 elsewhere.
        for first_month in [1, 5, 12] {
            let seasons = decompose(&dips(30, first_month), first_month as u8).unwrap();
            assert!((seasons.by_month[11] + 5.5).abs() < 1e-9 && (seasons.by_month[2] - 0.5).abs() < 1e-9);
            assert!(seasons.by_month.iter().sum::<f64>().abs() < 1e-9);
            assert!(seasons.trend[5].is_none() && (seasons.trend[6].unwrap() - 2.5).abs() < 1e-9);
        }
    }

    #[test]
    fn refusals() {
        assert_eq!(decompose(&dips(23, 1), 1), Err(TooShort::Months(23)));
        assert!(decompose(&dips(24, 1), 1).is_ok());
        assert_eq!(decompose(&dips(24, 1), 0), Err(TooShort::NoSuchMonth));
        let mut holed = dips(24, 1);
        holed[3] = None;
        assert_eq!(decompose(&holed, 1), Err(TooShort::NoTrendFor(7)));
        assert_eq!(same_month(&holed, 1, 13), None);
    }

    #[test]
    fn only_complete_calendar_years_are_compared() {
        // From May: eight months of the first year are left out, then three years.
        let values = dips(8 + 36, 5);
        let december = same_month(&values, 5, 12).unwrap();
        assert!(december.deviations.len() == 3 && december.is_seasonal());
        let mut holed = values.clone();
        holed[10] = Some(f64::NAN);
        let december = same_month(&holed, 5, 12).unwrap();
        assert!(december.deviations.len() == 2 && !december.is_seasonal(), "two years are no season");
        assert_eq!(same_month(&[], 1, 1).unwrap().mean, None);
        assert!(same_month(&[None; 24], 1, 1).unwrap().deviations.is_empty(), "years without a value");
        assert_eq!(year_on_year(&values)[11..13], [None, Some(6.0)]);
        assert_eq!(year_on_year(&[]), []);
    }
}
