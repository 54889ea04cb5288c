//! Measures the panels of a chart before anything is drawn: what is taken by texts, what is left for the plots.

use super::events::{self, Rows};
use super::frame::{self, Measures};
use super::key::{self, Key};
use super::labels::{self, Label};
use super::layer::Layer;
use super::series;
use super::slot_axis::{Room, SlotAxis};
use super::spec::{Layout, Trend};
use super::value_axis::ValueAxis;

/// A panel to draw: what it shows and how its values are written.
pub(super) struct Panel<'a> {
    pub(super) spec: &'a Trend,
    pub(super) format: &'a dyn Fn(f64) -> String,
    /// Words above the panel; empty for none.
    pub(super) heading: String,
    /// What is drawn besides, or instead of, the lines of `spec`.
    pub(super) layer: Layer<'a>,
}

/// A panel with everything measured that does not depend on the others.
pub(super) struct Planned<'a> {
    pub(super) spec: &'a Trend,
    pub(super) heading: &'a str,
    pub(super) layer: Layer<'a>,
    pub(super) axis: ValueAxis,
    pub(super) labels: Vec<Label>,
    pub(super) events: Rows<'a>,
    /// Height above the plot.
    pub(super) head: f64,
    /// Height of the plot.
    pub(super) plot: f64,
}

/// What the panels share, in SVG units.
pub(super) struct Frame {
    pub(super) measures: Measures,
    /// Tooltips need a pointer that can rest; phones have none, and the table says the same.
    pub(super) tooltips: bool,
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) slots: SlotAxis,
    pub(super) key: Key,
    pub(super) height: f64,
}

/// Measures the panels: texts at both sides first, then the time axis, then markers and key.
pub(super) fn plan<'a>(panels: &'a [Panel<'a>], layout: Layout) -> (Vec<Planned<'a>>, Frame) {
    let measures = frame::measures(layout, panels.len());
    let size = measures.text;
    let sides: Vec<(ValueAxis, Vec<Label>)> =
        panels.iter().map(|panel| plan_sides(panel, measures)).collect();
    let axis_widths = sides.iter().map(|(axis, _)| axis.width(size));
    let label_widths = sides.iter().map(|(_, labels)| labels::room(labels, size));
    let left = axis_widths.fold(0.0, f64::max) + frame::TICK_GAP + frame::EDGE;
    let right = label_widths.fold(frame::LEAST_RIGHT, f64::max);
    let slots = plan_slots(panels, measures, left, right);
    let step = (measures.width - right - left) / slots.count as f64;
    let planned: Vec<Planned> = panels
        .iter()
        .zip(sides)
        .map(|(panel, (axis, labels))| Planned {
            plot: panel.layer.height(panel.spec.height, measures.plot, panels.len()),
            ..plan_panel(panel, axis, labels, (step, measures.width))
        })
        .collect();
    let key = key::plan(panels, size, measures.width - 2.0 * frame::EDGE);
    let plots: f64 = planned.iter().map(|panel| panel.head + panel.plot).sum();
    let between = frame::BETWEEN * (planned.len() as f64 - 1.0);
    let height = plots + between + frame::FOOT + key.rows as f64 * key::ROW;
    (planned, Frame { measures, tooltips: layout == Layout::Wide, left, right, slots, key, height })
}

/// The value axis and the labels at the right.
fn plan_sides(panel: &Panel, measures: Measures) -> (ValueAxis, Vec<Label>) {
    let lane = series::lane(panel.spec);
    let axis = ValueAxis { lane, ..panel.layer.axis(panel.spec, panel.format) };
    let lines = || labels::plan(panel.spec, panel.format, measures.text, measures.right_most);
    let labels = panel.layer.labels(panel.spec, measures).unwrap_or_else(lines);
    (axis.shortened(measures.text, measures.left_most), labels)
}

/// The time axis of the panel with the most slots; the others share it.
fn plan_slots(panels: &[Panel], measures: Measures, left: f64, right: f64) -> SlotAxis {
    let room = Room {
        left,
        right: measures.width - right,
        edge: measures.width,
        most: measures.ticks,
        size: measures.text,
    };
    let longest = panels.iter().map(|panel| &panel.spec.slots).max_by_key(|slots| slots.len());
    SlotAxis::plan(longest.map_or(&[], |slots| slots), room)
}

fn plan_panel<'a>(
    panel: &'a Panel,
    axis: ValueAxis,
    labels: Vec<Label>,
    (step, width): (f64, f64),
) -> Planned<'a> {
    let events = events::plan(panel.spec, step);
    let heading = if panel.heading.is_empty() { 0.0 } else { frame::HEADING };
    let head = frame::TOP + heading + events.count as f64 * events::ROW + panel.layer.head(width);
    let (spec, layer) = (panel.spec, panel.layer);
    Planned { spec, heading: &panel.heading, layer, axis, labels, events, head, plot: 0.0 }
}
