//! Before and after a dated action. The statistic arrives as plain data; nothing here computes one.

use super::Trend;

/// A trend with two stretches of it compared.
///
/// The units are months (or the metric's periods), not answers; the words should say how many there are on each side.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct BeforeAfter {
    /// The months, with the action as an event. Limits are best left out: two sets of levels cannot be told apart.
    pub trend: Trend,
    /// The stretch before the action.
    pub before: Stretch,
    /// The stretch after it.
    pub after: Stretch,
    /// The difference of the two means; `None` when there are too few months to say.
    pub difference: Option<Difference>,
    /// The key's words for the heavy lines: "mean".
    pub mean: String,
    /// The key's words for the dashed line: "mean before, carried on".
    pub carried_on: String,
    /// The key's words for the bar at the right end: "95 % interval of the difference".
    pub interval: String,
}

/// Some slots in a row and their mean.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Stretch {
    /// First slot, counted from 0.
    pub from: usize,
    /// Last slot, inclusive.
    pub to: usize,
    /// The mean of the values in it.
    pub mean: f64,
    /// Above the stretch: "Before: 22".
    pub label: String,
    /// How much the mean rests on: "20 months".
    pub units: String,
}

/// After minus before.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Difference {
    /// Low and high end of its interval.
    pub interval: (f64, f64),
    /// In words: "+9 points".
    pub value: String,
    /// In words: "6 to 12".
    pub range: String,
}
