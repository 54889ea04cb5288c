//! The formulas, each a small pure function with its source.
//!
//! Nothing here rounds, hides or reads anything: exact values go in and come out, with what they rest on. A function whose
//! answer does not exist (no answers, no spread, numbers that are not finite) says so with `None` or a reason; none panics.
//! Shares and NPS are in per cent and points, 0 to 100 and −100 to 100.
//!
//! [`nps`], [`Share`], [`Effort`], [`Summary`] and [`quantile`] describe one period; [`nps_difference`], [`share_difference`], [`welch`] and
//! [`segmented`] compare periods; [`decompose`] and [`same_month`] look for seasons; [`pearson`], [`spearman`] and
//! [`lagged`] compare two series. [`outward`] and its companions round for readers.

mod confidence;
mod correlation;
mod distribution;
mod effort;
mod lagged;
mod least_squares;
mod mean;
mod nps;
mod nps_difference;
mod nps_interval;
mod quantile;
mod rounding;
mod satisfaction;
mod season;
mod seasonal;
mod segmented;
mod share;
mod share_difference;
mod weighted;
mod welch;

pub use confidence::{Confidence, Interval, Z95};
pub use correlation::{Correlation, Undefined, fisher_interval, pearson, spearman};
pub(super) use distribution::coin_quantile;
pub use effort::Effort;
pub use lagged::{Lag, LagScan, differences, effective_n, lagged, pairs};
pub use mean::{Summary, mean, mean_interval};
pub use nps::{Answers, Counted, count_scores, nps, nps_standard_error, pooled};
pub use nps_difference::{NpsDifference, nps_difference, nps_difference_wald};
pub use nps_interval::{nps_interval, nps_interval_at, nps_interval_score, nps_interval_wald};
pub use quantile::{Occurrences, quantile, quantile_interval};
pub use rounding::{largest_remainder, outward, whole_percents};
pub use satisfaction::{counts_mean, top_boxes, vendor_good};
pub use season::{SameMonth, Seasons, TooShort, decompose, same_month, year_on_year};
pub use seasonal::{Season, seasonal_months};
pub use segmented::{Segmented, Term, default_lags, segmented};
pub use share::{Share, agresti_coull, clopper_pearson, wilson, wilson_interval};
pub use share_difference::{ShareDifference, share_difference};
pub use weighted::{
    effective_answers, weighted_mean_interval, weighted_nps_interval, weighted_share_interval,
};
pub use welch::{MONTHS_AFTER, MONTHS_BEFORE, Welch, before_after, welch};
