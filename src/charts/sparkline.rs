//! Word-sized charts: one line with its gaps and its last point, no axes.

use plotters::drawing::{DrawingArea, IntoDrawingArea};
use plotters::element::{Circle, PathElement};
use plotters::series::LineSeries;

use super::backend::SvgBackend;
use super::role::Role;
use super::sheet::{Axes, Done, units};
use super::slot_axis::SlotAxis;
use super::spec::{Sparkline, drawable};
use super::value_axis::ValueAxis;

/// Width and height in SVG units.
pub(super) const SIZE: (f64, f64) = (120.0, 28.0);

/// Free space around the line, so that the last dot is not cut.
const EDGE: f64 = 4.0;

/// The drawing, without title and description.
pub(super) fn draw(spec: &Sparkline) -> Option<String> {
    let mut out = String::with_capacity(1_000);
    let size = (units(SIZE.0) as u32, units(SIZE.1) as u32);
    draw_on(SvgBackend::new(&mut out, size), spec).ok()?;
    Some(out)
}

fn draw_on(backend: SvgBackend, spec: &Sparkline) -> Done {
    let root = backend.into_drawing_area();
    let values: Vec<Option<f64>> = spec.values.iter().map(|value| drawable((*value)?, None)).collect();
    let target = spec.target.and_then(|value| drawable(value, None));
    let slots = SlotAxis { count: values.len().max(1), labels: Vec::new(), minor: Vec::new() };
    let across = units(EDGE)..units(SIZE.0 - EDGE);
    let down = units(SIZE.1 - EDGE)..units(EDGE);
    let axis = ValueAxis { ends: ends(spec, &values, target), ticks: Vec::new(), lane: 0 };
    let edge = slots.count as f64 - 0.5;
    let area = root.apply_coord_spec(Axes::new(slots, axis, (across, down)));
    if let Some(level) = target {
        area.draw(&PathElement::new([(-0.5, level), (edge, level)], Role::Target.style()))?;
    }
    draw_values(&area, &values)?;
    root.present()
}

/// Pieces of line, dots for values without neighbours, and the last value.
fn draw_values(area: &DrawingArea<SvgBackend, Axes>, values: &[Option<f64>]) -> Done {
    let places: Vec<Option<(f64, f64)>> =
        values.iter().enumerate().map(|(slot, value)| Some((slot as f64, (*value)?))).collect();
    let runs: Vec<Vec<(f64, f64)>> =
        places.split(Option::is_none).map(|run| run.iter().copied().flatten().collect()).collect();
    for run in runs.iter().filter(|run| run.len() > 1) {
        for element in LineSeries::new(run.iter().copied(), Role::Line.style()) {
            area.draw(&element)?;
        }
    }
    for run in runs.iter().filter(|run| run.len() == 1) {
        area.draw(&Circle::new(run[0], units(1.5), Role::Dot.style()))?;
    }
    match runs.iter().rev().find_map(|run| run.last()) {
        Some(&last) => area.draw(&Circle::new(last, units(2.5), Role::Last.style())),
        None => Ok(()),
    }
}

/// Lowest and highest value of the hidden axis; a little apart even if all values are equal.
fn ends(spec: &Sparkline, values: &[Option<f64>], target: Option<f64>) -> (f64, f64) {
    let reach = spec.reach.into_iter().flat_map(|(low, high)| [low, high]);
    let reach = reach.filter_map(|value| drawable(value, None));
    let all = values.iter().flatten().copied().chain(target).chain(reach);
    let (low, high) =
        all.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (value.min(low), value.max(high)));
    match high - low {
        span if span > 0.0 => (low, high),
        0.0 => (low - 1.0, high + 1.0),
        _ => (0.0, 1.0),
    }
}
