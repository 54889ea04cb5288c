//! Which months of the year lie apart from the others, more than chance explains.

use super::distribution::t_quantile;
use super::{Confidence, same_month};

/// A month that lies to one side of its year every year.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Season {
    /// 1 for January.
    pub month: u8,
    /// Mean distance to the mean of its calendar year, in the metric's unit.
    pub deviation: f64,
    /// Complete calendar years that were compared; all agree.
    pub years: usize,
}

/// Seasonal months: those of [`super::SameMonth::is_seasonal`] whose mean distance to their year is also more than the
/// scatter of all months around their own means explains. That scatter is the residual of a two-way table of months and
/// years, with 11 (years − 1) degrees of freedom (Fisher, "Statistical Methods for Research Workers", 1925), and the twelve
/// months share the 5 % (Bonferroni). `first_month` is the month of the first value, 1 to 12.
pub fn seasonal_months(values: &[Option<f64>], first_month: u8) -> Vec<Season> {
    let table: Option<Vec<_>> = (1..=12).map(|month| same_month(values, first_month, month)).collect();
    let Some(table) = table else { return Vec::new() };
    let years = table.first().map_or(0, |same| same.deviations.len());
    if years < 2 {
        return Vec::new();
    }
    let residuals = table.iter().flat_map(|same| {
        let mean = same.mean.unwrap_or(f64::NAN);
        same.deviations.iter().map(move |deviation| deviation - mean)
    });
    let degrees = (11 * (years - 1)) as f64;
    let scatter = (residuals.map(|residual| residual * residual).sum::<f64>() / degrees).sqrt();
    let Some(t) = t_quantile(Confidence::USUAL.tail() / 12.0, degrees) else { return Vec::new() };
    let reach = t * scatter * (11.0 / 12.0 / years as f64).sqrt();
    let months = (1..).zip(table).filter(|(_, same)| same.is_seasonal());
    let clear = months.filter_map(|(month, same)| {
        let deviation = same.mean.filter(|mean| mean.abs() > reach)?;
        Some(Season { month, deviation, years })
    });
    clear.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_december_that_always_dips_is_a_season() {
        let wobble = |at: usize| [0.0, 1.0, -1.0, 0.5, -0.5][at % 5];
        let values: Vec<Option<f64>> =
            (0..36).map(|at| Some(wobble(at) - if at % 12 == 11 { 8.0 } else { 0.0 })).collect();
        let found = seasonal_months(&values, 1);
        assert_eq!(found.iter().map(|season| (season.month, season.years)).collect::<Vec<_>>(), [(12, 3)]);
        assert!(found[0].deviation < -6.0);
        assert_eq!(seasonal_months(&values[..35], 1), [], "two years are no season");
        assert_eq!(seasonal_months(&values, 13), []);
        assert_eq!(seasonal_months(&[], 1), []);
    }

    /// Pure noise of three years is called seasonal at most as often as is said.
    #[test]
    fn noise_is_rarely_seasonal() {
        let mut state = 11_u64;
        let mut normal = || {
            let uniform = std::iter::repeat_with(|| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                (state >> 11) as f64 / (1_u64 << 53) as f64
            });
            uniform.take(12).sum::<f64>() - 6.0
        };
        let mut series = || (0..36).map(|_| Some(normal())).collect::<Vec<_>>();
        let flagged = (0..2_000).filter(|_| !seasonal_months(&series(), 1).is_empty()).count();
        let share = flagged as f64 / 2_000.0;
        assert!((0.01..0.06).contains(&share), "{share}");
    }
}
