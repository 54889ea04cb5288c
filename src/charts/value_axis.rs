//! The value axis: round numbers, as many as a reader can hold, never outside the natural scale.

use std::ops::Range;

use plotters::coord::ranged1d::{KeyPointHint, NoDefaultFormatting, Ranged, ValueFormatter};

use super::spec::{Trend, drawable};
use super::text;

/// Ticks at most; the round steps make four or more of it.
const MOST_TICKS: usize = 6;

/// The least share of the natural scale an axis may show, so that noise is not blown up to fill the plot.
const LEAST_SHARE: f64 = 0.1;

/// A linear scale with its ticks and their texts.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ValueAxis {
    /// Lowest and highest value shown.
    pub(super) ends: (f64, f64),
    /// Values and texts, from low to high.
    pub(super) ticks: Vec<(f64, String)>,
    /// Backend units kept free below the lowest value, for marks of values that are not there.
    pub(super) lane: i32,
}

impl ValueAxis {
    /// The axis for everything the chart draws.
    pub(super) fn plan(spec: &Trend, format: &dyn Fn(f64) -> String) -> ValueAxis {
        let range = spec.natural_range();
        let (low, high) = widen(extent(spec), range);
        round_steps((high - low) / MOST_TICKS as f64)
            .map(|step| ValueAxis { lane: 0, ..with_step(low, high, step, range, format) })
            .find(|axis| axis.ticks.len() <= MOST_TICKS && axis.tells_values_apart(format))
            .unwrap_or_else(|| ValueAxis { ends: (low, high), ticks: Vec::new(), lane: 0 })
    }

    /// The axis with texts that fit the room at the left.
    pub(super) fn shortened(mut self, size: f64, widest: f64) -> ValueAxis {
        for (_, words) in &mut self.ticks {
            *words = text::shorten(words, size, widest);
        }
        self
    }

    /// The width of the widest text.
    pub(super) fn width(&self, size: f64) -> f64 {
        self.ticks.iter().map(|(_, words)| text::width(words, size)).fold(0.0, f64::max)
    }

    /// Whether every text stands for one value only: 2.5 must not read "3", and no two ticks may read the same.
    fn tells_values_apart(&self, format: &dyn Fn(f64) -> String) -> bool {
        let distinct = self.ticks.windows(2).all(|pair| pair[0].1 != pair[1].1);
        let Some(step) = self.ticks.windows(2).map(|pair| pair[1].0 - pair[0].0).next() else {
            return true;
        };
        let nudge = step / 5.0;
        let quarter_step = (mantissa(step) - 2.5).abs() < 1e-6;
        let exact =
            |(value, text): &(f64, String)| *text != format(value - nudge) && *text != format(value + nudge);
        distinct && (!quarter_step || self.ticks.iter().all(exact))
    }

    /// Whether part of what a reader would take for granted is cut off: the natural scale, or zero.
    pub(super) fn is_cut(&self, range: Option<(f64, f64)>) -> bool {
        let (low, high) = self.ends;
        match range {
            Some((least, most)) => low > least || high < most,
            None => low > 0.0 || high < 0.0,
        }
    }
}

/// Lowest and highest number drawn.
fn extent(spec: &Trend) -> Option<(f64, f64)> {
    let range = spec.natural_range();
    let slots = 0..spec.slots.len();
    let series = (0..spec.series.len()).flat_map(|series| slots.clone().map(move |slot| (series, slot)));
    let values = series.flat_map(|(series, slot)| {
        let (low, high) = spec.interval(series, slot).unzip();
        [spec.value(series, slot), low, high]
    });
    let limits = spec.limits.iter().flat_map(|limits| [limits.centre, limits.lower, limits.upper]);
    let reach = spec.reach.into_iter().flat_map(|(low, high)| [low, high]);
    let good = spec.good_strip().into_iter().flat_map(|(low, high, _)| [low, high]);
    let levels = limits.chain(reach).chain(good).map(|value| drawable(value, range));
    let target = spec.goal().map(|(value, _)| value);
    values.chain(levels).flatten().chain(target).fold(None, |extent, value| match extent {
        None => Some((value, value)),
        Some((low, high)) => Some((value.min(low), value.max(high))),
    })
}

/// The extent with room to breathe: never empty, with zero if it is near, inside the natural scale.
fn widen(extent: Option<(f64, f64)>, range: Option<(f64, f64)>) -> (f64, f64) {
    let Some((low, high)) = extent else {
        return range.unwrap_or((0.0, 1.0));
    };
    let scale = range.map_or(0.0, |(least, most)| (most - least) * LEAST_SHARE);
    let smallest = (low.abs().max(high.abs()) * 1e-6).max(1e-9);
    let span = if high - low > smallest { high - low } else { (high.abs() * 0.2).max(1.0) };
    let missing = (span.max(scale) - (high - low)) / 2.0;
    let (mut low, mut high) = (low - missing, high + missing);
    if low > 0.0 && low <= high - low {
        low = 0.0;
    }
    if high < 0.0 && -high <= high - low {
        high = 0.0;
    }
    match range {
        Some((least, most)) => (low.max(least), high.min(most)),
        None => (low, high),
    }
}

/// 1, 2, 2.5 and 5 times powers of ten, from the first one that is large enough.
fn round_steps(least: f64) -> impl Iterator<Item = f64> {
    let first = least.log10().floor() as i32;
    (first..first + 8)
        .flat_map(|exponent| [1.0, 2.0, 2.5, 5.0].map(|factor| times_power(factor, exponent)))
        .filter(move |&step| step >= least * 0.999)
}

/// Division by a power of ten keeps steps such as 0.2 exact where multiplication would not.
fn times_power(factor: f64, exponent: i32) -> f64 {
    match exponent {
        0.. => factor * 10f64.powi(exponent),
        _ => factor / 10f64.powi(-exponent),
    }
}

fn mantissa(step: f64) -> f64 {
    step / 10f64.powi((step * 1.000_001).log10().floor() as i32)
}

/// The axis with this step: ends moved out to ticks, but not past the natural scale.
fn with_step(
    low: f64,
    high: f64,
    step: f64,
    range: Option<(f64, f64)>,
    format: &dyn Fn(f64) -> String,
) -> ValueAxis {
    let start = origin(low, step, range);
    let steps = |value: f64| (value - start) / step;
    let (first, last) = ((steps(low) + 1e-6).floor() as i64, (steps(high) - 1e-6).ceil() as i64);
    let at = |index: i64| start + index as f64 * step + 0.0;
    let (least, most) = range.unwrap_or((f64::NEG_INFINITY, f64::INFINITY));
    let edge = step * 1e-6;
    let ticks = (first..=last)
        .map(at)
        .filter(|&tick| tick >= least - edge && tick <= most + edge)
        .map(|tick| (tick, format(tick)))
        .collect();
    ValueAxis { ends: (at(first).max(least), at(last).min(most)), ticks, lane: 0 }
}

/// Ticks count from zero, or from the low end of a scale such as 1 to 7 when it is in sight.
fn origin(low: f64, step: f64, range: Option<(f64, f64)>) -> f64 {
    match range {
        Some((least, _)) if low - least < step && (least / step).fract() != 0.0 => least,
        _ => 0.0,
    }
}

impl Ranged for ValueAxis {
    type FormatOption = NoDefaultFormatting;
    type ValueType = f64;

    fn map(&self, value: &f64, (bottom, top): (i32, i32)) -> i32 {
        let (low, high) = self.ends;
        let share = ((value - low) / (high - low)).clamp(0.0, 1.0);
        let floor = f64::from(bottom - self.lane);
        (floor + share * (f64::from(top) - floor)).round() as i32
    }

    fn key_points<Hint: KeyPointHint>(&self, hint: Hint) -> Vec<f64> {
        if hint.weight().allow_light_points() {
            return Vec::new();
        }
        self.ticks.iter().map(|(value, _)| *value).collect()
    }

    fn range(&self) -> Range<f64> {
        self.ends.0..self.ends.1
    }
}

impl ValueFormatter<f64> for ValueAxis {
    fn format_ext(&self, value: &f64) -> String {
        let tick = self.ticks.iter().find(|(tick, _)| tick == value);
        tick.map(|(_, text)| text.clone()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::super::spec::{Mark, Point, Series, Slot};
    use super::*;

    fn axis(values: &[f64], range: Option<(f64, f64)>, decimals: usize) -> ValueAxis {
        let point = |&value: &f64| Point { mark: Mark::Shown, value: Some(value), ..Point::default() };
        let points: Vec<Point> = values.iter().map(point).collect();
        let slots = vec![Slot::default(); points.len()];
        let series = vec![Series { points, ..Series::default() }];
        let spec = Trend { slots, series, range, ..Trend::default() };
        ValueAxis::plan(&spec, &|value| format!("{value:.decimals$}"))
    }

    fn ticks(axis: &ValueAxis) -> Vec<&str> {
        axis.ticks.iter().map(|(_, words)| words.as_str()).collect()
    }

    #[test]
    fn ticks_are_round_and_few() {
        assert_eq!(ticks(&axis(&[3.0, 97.0], None, 0)), ["0", "20", "40", "60", "80", "100"]);
        assert_eq!(ticks(&axis(&[-0.013, 0.02], None, 2)), ["-0.02", "-0.01", "0.00", "0.01", "0.02"]);
        for high in [0.37, 1.0, 9.9, 23.0, 124.0, 7e5, 3e14] {
            let count = axis(&[0.0, high], None, 4).ticks.len();
            assert!((4..=6).contains(&count), "{count} ticks up to {high}");
        }
    }

    #[test]
    fn ticks_never_say_what_they_are_not() {
        assert_eq!(ticks(&axis(&[0.0, 12.0], None, 1)), ["0.0", "2.5", "5.0", "7.5", "10.0", "12.5"]);
        assert_eq!(ticks(&axis(&[0.0, 12.0], None, 0)), ["0", "5", "10", "15"]);
        assert_eq!(ticks(&axis(&[0.0, 1.0], None, 0)), ["0", "1"]);
    }

    #[test]
    fn the_axis_stays_on_the_scale() {
        assert_eq!(axis(&[97.0, 100.0], Some((0.0, 100.0)), 1).ends.1, 100.0);
        assert_eq!(axis(&[-99.0, 99.0], Some((-100.0, 100.0)), 0).ends, (-100.0, 100.0));
        let effort = axis(&[1.2, 6.8], Some((1.0, 7.0)), 0);
        assert_eq!((effort.ends, ticks(&effort)), ((1.0, 7.0), vec!["1", "3", "5", "7"]));
        assert_eq!(axis(&[3.0, 94.0], Some((0.0, 95.0)), 0).ends, (0.0, 95.0));
        let outside = axis(&[500.0, 40.0, 60.0], Some((0.0, 100.0)), 0);
        assert!(outside.ends.1 <= 100.0);
    }

    #[test]
    fn noise_does_not_fill_the_plot() {
        let (low, high) = axis(&[80.0, 80.1], Some((0.0, 100.0)), 1).ends;
        assert!(high - low >= 10.0);
    }

    #[test]
    fn zero_is_shown_when_it_is_near() {
        assert_eq!(axis(&[5.0, 20.0], None, 0).ends.0, 0.0);
        assert!(axis(&[80.0, 90.0], None, 0).ends.0 > 0.0);
        assert_eq!(axis(&[-20.0, -5.0], None, 0).ends.1, 0.0);
    }

    #[test]
    fn equal_values_and_no_values_have_an_axis() {
        for axis in
            [axis(&[7.0; 3], None, 0), axis(&[0.0], None, 0), axis(&[], None, 0), axis(&[1e15], None, 0)]
        {
            assert!(axis.ends.0 < axis.ends.1, "{axis:?}");
            assert!(axis.ticks.len() >= 2, "{axis:?}");
        }
    }
}
