//! Charts as inline SVG.
//!
//! Data comes in plain, already suppressed and worded ([`Trend`] and its like); out comes one `<svg>` with classes, a
//! title, a description and native tooltips. [`trend()`] draws one chart, [`two_panels`] two on one time axis,
//! [`distribution`] how people answered, [`before_after`] what an action changed, [`recency`] when a team last talked
//! with customers, [`stages()`] the journey, [`chain_map()`] what moves what, [`sparkline()`] a word-sized line.
//!
//! The steps of a chart: choose the value axis (`value_axis`) and the texts at the right (`labels`); what is left is
//! the plot, so choose the labels of the time axis (`slot_axis`), the rows of event markers (`events`) and the key
//! (`key`); then let plotters lay out and draw through our backend (`backend`, `writer`), back to front (`trend`). All charts over time
//! are panels that differ in one layer (`layer`): lines, columns (`bars`), two means (`means`), conversations (`talks`).
//!
//! What never happens here: a colour in the output (they live in the theme's `80-charts.css`), a font or a clock being asked, a line
//! joined over a hole, a number drawn that the natural scale does not have, a panic.

mod backend;
mod bars;
mod chain_map;
mod events;
mod frame;
mod key;
mod labels;
mod layer;
mod levels;
mod marks;
mod means;
mod plan;
mod role;
mod series;
mod sheet;
mod slot_axis;
mod sparkline;
mod spec;
mod stages;
mod svg;
mod talks;
mod text;
mod trend;
mod value_axis;
mod writer;

pub use spec::{
    Answer, BeforeAfter, Break, ChainEnd, ChainLine, ChainMap, Column, Difference, Distribution, Event,
    LEAST_HEIGHT, Layout, Limits, MOST_HEIGHT, Mark, Point, Recency, RecencyMonth, Series, Shape, Signal,
    Slot, Sparkline, Stage, Stages, Stretch, Surety, Tone, Trend, Words,
};

use layer::Layer;
use plan::Panel;
use svg::Head;
use value_axis::ValueAxis;

/// One chart as an `<svg>` element.
///
/// `format` writes a value of the axis and the last value; it should write as many decimals as the value has.
/// Both layouts belong on the page, inside an element with the class `chart-box`; the theme's `80-charts.css` shows the one that fits.
pub fn trend(spec: &Trend, layout: Layout, format: &dyn Fn(f64) -> String) -> String {
    let head = Head { id: &spec.id, title: &spec.title, description: &spec.description };
    one_panel(head, spec, Layer::Lines, layout, format)
}

/// How people answered over time, as an `<svg>` element. `format` writes a share in per cent.
pub fn distribution(spec: &Distribution, layout: Layout, format: &dyn Fn(f64) -> String) -> String {
    let head = Head { id: &spec.id, title: &spec.title, description: &spec.description };
    // Below the middle line stand shares, not negative numbers.
    let size = |value: f64| format(value.abs());
    one_panel(head, &bars::ground(spec), Layer::Bars(spec), layout, &size)
}

/// Two stretches of a trend compared, as an `<svg>` element.
pub fn before_after(spec: &BeforeAfter, layout: Layout, format: &dyn Fn(f64) -> String) -> String {
    let head = Head { id: &spec.trend.id, title: &spec.trend.title, description: &spec.trend.description };
    one_panel(head, &means::ground(spec), Layer::Means(spec), layout, format)
}

/// A strip of months with conversations, as an `<svg>` element.
pub fn recency(spec: &Recency, layout: Layout) -> String {
    let head = Head { id: &spec.id, title: &spec.title, description: &spec.description };
    one_panel(head, &talks::ground(spec), Layer::Talks(spec), layout, &|_| String::new())
}

/// The stages of the journey with their values, as an `<svg>` element.
pub fn stages(spec: &Stages, layout: Layout) -> String {
    let head = Head { id: &spec.id, title: &spec.title, description: &spec.description };
    svg::wrap_trend(head, layout, stages::draw(spec, layout))
}

/// The map from teams' numbers to customers', as an `<svg>` element for wide screens and paper. On a phone its table says the
/// same.
pub fn chain_map(spec: &ChainMap) -> String {
    let head = Head { id: &spec.id, title: &spec.title, description: &spec.description };
    svg::wrap_trend(head, Layout::Wide, chain_map::draw(spec))
}

fn one_panel(
    head: Head<'_>,
    spec: &Trend,
    layer: Layer<'_>,
    layout: Layout,
    format: &dyn Fn(f64) -> String,
) -> String {
    let panel = Panel { spec, format, heading: String::new(), layer };
    svg::wrap_trend(head, layout, trend::draw(&[panel], layout))
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
    let drawn = trend::draw(
        &panels.map(|(spec, format)| Panel { spec, format, heading: heading(spec), layer: Layer::Lines }),
        layout,
    );
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
