//! What a chart is made of: plain data, already suppressed and put into words.
//!
//! Nothing here knows a hidden value, so nothing drawn from it can leak one. All fields are public because any value
//! is valid: numbers that cannot be drawn (infinite, outside the scale) are left out, as a missing month would be.

mod before_after;
mod chain_map;
mod distribution;
mod recency;
mod stages;

pub use before_after::{BeforeAfter, Difference, Stretch};
pub use chain_map::{ChainEnd, ChainLine, ChainMap, Surety};
pub use distribution::{Answer, Column, Distribution, Shape, Tone};
pub use recency::{Recency, RecencyMonth};
pub use stages::{Stage, Stages};

/// One place on the horizontal axis. Slots are evenly spaced, in order, holes included.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Slot {
    /// The period in words, such as "Mar 2025"; opens the slot's tooltip.
    pub label: String,
    /// The year the period starts in.
    pub year: i16,
    /// The first month of the period, 1 to 12.
    pub month: u8,
    /// The text below the axis if this slot gets a label: "Mar 2025", "2025 Q1" or "2025".
    pub tick: String,
}

/// Why a point is there, or why it is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Mark {
    /// A value that can be relied on.
    Shown,
    /// A value that may still change, drawn as an open dot.
    Provisional,
    /// Withheld because too few answered; drawn as a small cross above the time axis.
    Suppressed,
    /// No value is known: a gap.
    #[default]
    Missing,
    /// No survey ran: a gap with a small open mark above the time axis.
    NotSurveyed,
}

/// A sign that the process behind the numbers has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Signal {
    /// Outside the limits: a diamond around the point.
    Outside,
    /// Part of a long run on one side of the centre: a filled square.
    Shift,
    /// Part of a long run in one direction: a filled triangle.
    Trend,
    /// Two of three points near a limit: an open square.
    TwoOfThree,
}

/// What one series has in one slot.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Point {
    /// Whether the value is there, and if not why.
    pub mark: Mark,
    /// Read only for [`Mark::Shown`] and [`Mark::Provisional`].
    pub value: Option<f64>,
    /// Low and high end of the interval around the value.
    pub interval: Option<(f64, f64)>,
    /// The signal this point is part of.
    pub signal: Option<Signal>,
    /// What the point says, in words, without the period and without the name of the series.
    pub tooltip: String,
}

/// One line of the chart.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Series {
    /// Becomes the class `chart-key-KEY`; characters other than `a-z0-9-` are dropped.
    pub key: String,
    /// The name written at the line's end when there is more than one series.
    pub name: String,
    /// One per slot, in the same order. Slots beyond the last point are missing.
    pub points: Vec<Point>,
}

/// Process limits over a stretch of slots.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// First slot, counted from 0.
    pub from: usize,
    /// Last slot, inclusive.
    pub to: usize,
    /// The level the process varies around.
    pub centre: f64,
    /// Lower limit; not drawn when it lies outside the scale.
    pub lower: f64,
    /// Upper limit; not drawn when it lies outside the scale.
    pub upper: f64,
}

/// A dated action: a numbered marker above the plot.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Event {
    /// The slot it happened in, counted from 0.
    pub slot: usize,
    /// The number written in the marker, as in the list below the chart.
    pub number: u32,
    /// What was done; the marker's tooltip.
    pub label: String,
}

/// The definition changed before this slot: a vertical line that no series is joined across.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Break {
    /// The first slot under the new definition, counted from 0.
    pub slot: usize,
    /// What changed, as it stands in the key.
    pub label: String,
}

/// The words of the key below the plot, in the language of the page.
///
/// Only marks that occur are explained; an empty word leaves its mark out of the key.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Words {
    /// The shaded band, such as "95 % interval".
    pub interval: String,
    /// The dashed line, such as "average".
    pub centre: String,
    /// The dotted lines, such as "limits of usual variation".
    pub limits: String,
    /// Open dots, such as "provisional".
    pub provisional: String,
    /// Crosses, such as "fewer than 10 responses".
    pub suppressed: String,
    /// Open marks above the time axis, such as "no survey ran".
    pub not_surveyed: String,
    /// Diamonds, such as "outside the limits".
    pub outside: String,
    /// Filled squares, such as "shift".
    pub shift: String,
    /// Filled triangles, such as "trend".
    pub trend: String,
    /// Open squares, such as "two of three near a limit".
    pub two_of_three: String,
}

/// A trend chart: up to four series over time.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Trend {
    /// Unique on the page; the ids of title and description are made from it.
    pub id: String,
    /// The finding as one sentence: the accessible name.
    pub title: String,
    /// The accessible description.
    pub description: String,
    /// The horizontal axis.
    pub slots: Vec<Slot>,
    /// One to four lines; colours repeat after the fourth.
    pub series: Vec<Series>,
    /// One entry per stretch with limits of its own.
    pub limits: Vec<Limits>,
    /// A level to reach and its words, such as "Target 50".
    pub target: Option<(f64, String)>,
    /// The values that look good, low and high end, and their words, such as "Good: 80 to 90"; a shaded strip.
    pub good: Option<(f64, f64, String)>,
    /// Dated actions, in any order.
    pub events: Vec<Event>,
    /// Changes of definition.
    pub breaks: Vec<Break>,
    /// The natural range of the scale, such as -100 to 100. The axis never leaves it; values outside are not drawn.
    pub range: Option<(f64, f64)>,
    /// Values the axis must reach at least, so that small multiples share one scale.
    pub reach: Option<(f64, f64)>,
    /// Height of the plot instead of the layout's own, [`LEAST_HEIGHT`] to [`MOST_HEIGHT`] units.
    pub height: Option<u16>,
    /// The words of the key.
    pub words: Words,
}

/// The lowest plot that still holds its labels.
pub const LEAST_HEIGHT: u16 = 120;

/// The highest plot; above that a chart does not fit a laptop's screen.
pub const MOST_HEIGHT: u16 = 480;

/// A word-sized chart for tables and lists.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sparkline {
    /// Unique on the page.
    pub id: String,
    /// The accessible name.
    pub title: String,
    /// The accessible description.
    pub description: String,
    /// One per slot; `None` is a gap, whatever its reason.
    pub values: Vec<Option<f64>>,
    /// A level to reach.
    pub target: Option<f64>,
    /// Values the hidden axis must reach at least, so that the lines of a table can be compared.
    pub reach: Option<(f64, f64)>,
}

/// Which of the two drawings of a chart this is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Layout {
    /// 720 units wide.
    Wide,
    /// 360 units wide: fewer ticks, text of the same size and so twice as large in relation.
    Phone,
}

/// The largest number drawn; a span of larger ones could overflow.
const LARGEST: f64 = 1e15;

/// The number if it can be drawn on a scale with this natural range.
pub(super) fn drawable(value: f64, range: Option<(f64, f64)>) -> Option<f64> {
    let inside = range.is_none_or(|(low, high)| low <= value && value <= high);
    (value.abs() <= LARGEST && inside).then_some(value + 0.0)
}

impl Trend {
    /// The natural range in order, if both ends can be drawn and differ.
    pub(super) fn natural_range(&self) -> Option<(f64, f64)> {
        let (one, other) = self.range?;
        let (low, high) = (one.min(other), one.max(other));
        let fine = drawable(low, None).is_some() && drawable(high, None).is_some() && low < high;
        fine.then_some((low, high))
    }

    /// What the series has in the slot; slots without a point are missing.
    pub(super) fn mark(&self, series: usize, slot: usize) -> Mark {
        let point = self.series.get(series).and_then(|series| series.points.get(slot));
        point.map_or(Mark::Missing, |point| match point.mark {
            Mark::Shown | Mark::Provisional if self.value(series, slot).is_none() => Mark::Missing,
            mark => mark,
        })
    }

    /// The value to draw, if there is one.
    pub(super) fn value(&self, series: usize, slot: usize) -> Option<f64> {
        let point = self.series.get(series)?.points.get(slot)?;
        match point.mark {
            Mark::Shown | Mark::Provisional => drawable(point.value?, self.natural_range()),
            Mark::Suppressed | Mark::Missing | Mark::NotSurveyed => None,
        }
    }

    /// The interval to draw, in order and cut to the scale; only where there is a value.
    pub(super) fn interval(&self, series: usize, slot: usize) -> Option<(f64, f64)> {
        self.value(series, slot)?;
        let (one, other) = self.series[series].points[slot].interval?;
        let (low, high) = (drawable(one.min(other), None)?, drawable(one.max(other), None)?);
        match self.natural_range() {
            Some((least, most)) if high < least || low > most => None,
            Some((least, most)) => Some((low.max(least), high.min(most))),
            None => Some((low, high)),
        }
    }

    /// The signal of a point that is drawn.
    pub(super) fn signal(&self, series: usize, slot: usize) -> Option<Signal> {
        self.value(series, slot)?;
        self.series[series].points[slot].signal
    }

    /// The strip of good values, in order and cut to the scale.
    pub(super) fn good_strip(&self) -> Option<(f64, f64, &str)> {
        let (one, other, words) = self.good.as_ref()?;
        let (low, high) = (drawable(one.min(*other), None)?, drawable(one.max(*other), None)?);
        let (least, most) = self.natural_range().unwrap_or((low, high));
        let (low, high) = (low.max(least), high.min(most));
        (low < high).then_some((low, high, words))
    }

    /// The target to draw.
    pub(super) fn goal(&self) -> Option<(f64, &str)> {
        let (value, words) = self.target.as_ref()?;
        Some((drawable(*value, self.natural_range())?, words))
    }
}
