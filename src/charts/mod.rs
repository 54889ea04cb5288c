//! Trend charts as inline SVG.
//!
//! Data comes in plain, already suppressed and worded ([`Trend`]); out comes one `<svg>` with classes, a title, a
//! description and native tooltips. [`trend()`] draws one chart, [`two_panels`] two on one time axis, [`sparkline()`] a
//! word-sized one.
//!
//! The steps of a chart: choose the value axis (`value_axis`) and the texts at the right (`labels`); what is left is
//! the plot, so choose the labels of the time axis (`slot_axis`), the rows of event markers (`events`) and the key
//! (`key`); then let plotters lay out and draw through our backend (`backend`, `writer`), back to front (`trend`).
//!
//! What never happens here: a colour in the output (they live in the theme's `80-charts.css`), a font or a clock being asked, a line
//! joined over a hole, a number drawn that the natural scale does not have, a panic.

mod backend;
mod events;
mod frame;
mod key;
mod labels;
mod levels;
mod marks;
mod plan;
mod role;
mod series;
mod sheet;
mod slot_axis;
mod sparkline;
mod spec;
mod svg;
mod text;
mod trend;
mod value_axis;
mod writer;

pub use spec::{Break, Event, Layout, Limits, Mark, Point, Series, Signal, Slot, Sparkline, Trend, Words};

use plan::Panel;
use svg::Head;
use value_axis::ValueAxis;

/// One chart as an `<svg>` element.
///
/// `format` writes a value of the axis and the last value; it should write as many decimals as the value has.
/// Both layouts belong on the page, inside an element with the class `chart-box`; the theme's `80-charts.css` shows the one that fits.
pub fn trend(spec: &Trend, layout: Layout, format: &dyn Fn(f64) -> String) -> String {
    let panel = Panel { spec, format, heading: String::new() };
    let drawn = trend::draw(&[panel], layout);
    let head = Head { id: &spec.id, title: &spec.title, description: &spec.description };
    svg::wrap_trend(head, layout, drawn)
}

/// Two charts on one time axis, one below the other: the two ends of a chain.
///
/// Both should have the same slots. Title and description come from `upper` and `lower` in turn; each panel is headed
/// by the name of its series.
pub fn two_panels(
    upper: &Trend,
    lower: &Trend,
    layout: Layout,
    format_upper: &dyn Fn(f64) -> String,
    format_lower: &dyn Fn(f64) -> String,
) -> String {
    let heading = |spec: &Trend| match &spec.series[..] {
        [only] => only.name.clone(),
        _ => spec.title.clone(),
    };
    let panels = [(upper, format_upper), (lower, format_lower)];
    let drawn =
        trend::draw(&panels.map(|(spec, format)| Panel { spec, format, heading: heading(spec) }), layout);
    let both = |one: &str, other: &str| format!("{one} {other}").trim().to_owned();
    let head = Head {
        id: &format!("{}-{}", upper.id, lower.id),
        title: &both(&upper.title, &lower.title),
        description: &both(&upper.description, &lower.description),
    };
    svg::wrap_trend(head, layout, drawn)
}

/// A word-sized chart as an `<svg>` element.
pub fn sparkline(spec: &Sparkline) -> String {
    let head = Head { id: &spec.id, title: &spec.title, description: &spec.description };
    svg::wrap_sparkline(head, sparkline::draw(spec))
}

/// The lowest and highest value shown if the axis is cut: it leaves out part of the natural scale or, without one,
/// zero. The caption should then say so.
pub fn axis_note(spec: &Trend, format: &dyn Fn(f64) -> String) -> Option<(f64, f64)> {
    let axis = ValueAxis::plan(spec, format);
    axis.is_cut(spec.natural_range()).then_some(axis.ends)
}
