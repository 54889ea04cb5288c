//! Telling signals from noise: limits of ordinary variation, rules, and what the latest points say.
//!
//! [`xmr`] gives the limits of a stretch, [`judge`] applies a set of rules to it, [`reading`] puts the end of the series into
//! one finding. Where months rest on very different numbers of answers, [`p_limits`], [`laney_limits`] and
//! [`i_prime_limits`] give each month its own limits.
//!
//! Which rules are used is a choice, and more rules find more noise. So the name of the rule set and its rate of false alarms
//! travel with every result. The default is the calm one: points outside the limits, and runs by Anhøj's rules. On 36 months
//! of pure chance it flags 11 % of charts, where the four rules of the NHS flag 26 %.
//!
//! A missing month is a hole: no moving range is taken over it, and it neither breaks nor lengthens a pattern. Limits never
//! reach over a declared step: see [`stretches`].

mod assurance;
mod judge;
mod limits;
pub mod nelson;
pub mod nhs;
mod patterns;
mod rates;
mod reading;
pub mod runs;
mod varying;

pub use crate::model::RuleSet;
pub use assurance::{Assurance, assurance};
pub use judge::{Flag, Signal, Verdict, judge, signals};
pub use limits::{
    BASELINE_ADVISED, Factor, LIMITS_FROM, Limits, PROVISIONAL_FROM, Spread, XmrOptions, rebased, spread,
    stretches, xmr, xmr_with,
};
pub use reading::{Reading, reading, reading_by};
pub use varying::{Month, VaryingLimits, i_prime_limits, laney_limits, n_varies, p_limits};
