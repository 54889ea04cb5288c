//! The formulas, each a small pure function with its source.

mod mean;
mod nps;
mod share;

pub use mean::mean_interval;
pub use nps::{Answers, nps, nps_interval, nps_standard_error};
pub use share::wilson_interval;

/// The 97.5 % quantile of the standard normal distribution, for 95 % intervals.
pub const Z95: f64 = 1.959_963_984_540_054;
