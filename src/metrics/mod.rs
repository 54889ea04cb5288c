//! From exports to honest numbers.
//!
//! [`measure`] reads the exports a definition names and returns exact values with what they rest on. [`statistics`] holds
//! the formulas, [`process`] tells signals from noise. Nothing here hides anything: that is the privacy gate's work, and
//! only it may hand series on.

mod count;
mod effect;
mod import;
pub mod process;
mod reading;
pub mod statistics;
mod tally;

pub use count::{Measured, exports, measure};
pub use effect::{Effect, NoEffect, effect};
pub use import::{Verdict, each_row, read_rows};
pub use reading::{Column, Looks, Proposal, Understanding, Wishes, understand};
