//! One series: its band, its line in pieces, its dots, and the marks of what is not there.

use plotters::element::{Circle, Polygon};
use plotters::series::LineSeries;

use super::marks::{self, Glyph};
use super::role::Role;
use super::sheet::{Done, Plot, units};
use super::spec::{Mark, Trend};
use super::text;

/// Slots closer than this are drawn without a dot each.
const DOT_PITCH: i32 = 70;

/// SVG units between two points from which signals have their full size.
const FULL_PITCH: f64 = 14.0;

/// Height of the row of marks of one series above the time axis.
const ROW: f64 = 12.0;

/// Stretches of slots with a value each that may be joined: cut at every hole and at every break.
pub(super) fn runs(spec: &Trend, series: usize) -> Vec<Vec<usize>> {
    let mut runs: Vec<Vec<usize>> = Vec::new();
    for slot in 0..spec.slots.len() {
        if spec.value(series, slot).is_none() {
            continue;
        }
        let broken = spec.breaks.iter().any(|cut| cut.slot == slot);
        match runs.last_mut() {
            Some(run) if run.last() == Some(&(slot.wrapping_sub(1))) && !broken => run.push(slot),
            _ => runs.push(vec![slot]),
        }
    }
    runs
}

/// The series that have marks above the time axis, in order; each gets a row.
fn rows(spec: &Trend) -> Vec<usize> {
    let hidden = |mark| matches!(mark, Mark::Suppressed | Mark::NotSurveyed);
    let has_marks = |&series: &usize| (0..spec.slots.len()).any(|slot| hidden(spec.mark(series, slot)));
    (0..spec.series.len()).filter(has_marks).collect()
}

/// Backend units to keep free above the time axis for marks of values that are not there.
pub(super) fn lane(spec: &Trend) -> i32 {
    match rows(spec).len() {
        0 => 0,
        rows => units(rows as f64 * ROW + 4.0),
    }
}

/// Draws the series in a group that carries its colour and its key.
pub(super) fn draw(plot: &Plot, spec: &Trend, series: usize) -> Done {
    let key = text::name(&spec.series[series].key);
    let class = format!("chart-s{} chart-key-{key}", series % 4 + 1);
    let runs = runs(spec, series);
    plot.sheet.group(&class, |_| {
        draw_bands(plot, spec, series, &runs)?;
        draw_lines(plot, spec, series, &runs)?;
        draw_dots(plot, spec, series, &runs)?;
        draw_absences(plot, spec, series)
    })
}

/// The interval bands; a point on its own gets a whisker, as a band there would have no width.
fn draw_bands(plot: &Plot, spec: &Trend, series: usize, runs: &[Vec<usize>]) -> Done {
    let area = plot.chart.plotting_area();
    let interval = |slot: &usize| spec.interval(series, *slot).map(|interval| (*slot as f64, interval));
    let pieces = runs.iter().flat_map(|run| run.split(|slot| interval(slot).is_none()));
    for piece in pieces {
        let band: Vec<(f64, (f64, f64))> = piece.iter().filter_map(interval).collect();
        match band[..] {
            [] => {}
            [(slot, (low, high))] => {
                plot.sheet.path(Role::Whisker, &[plot.at(slot, low), plot.at(slot, high)])?;
            }
            _ => {
                let upper = band.iter().map(|&(slot, (_, high))| (slot, high));
                let lower = band.iter().rev().map(|&(slot, (low, _))| (slot, low));
                area.draw(&Polygon::new(upper.chain(lower).collect::<Vec<_>>(), Role::Band.style()))?;
            }
        }
    }
    Ok(())
}

fn draw_lines(plot: &Plot, spec: &Trend, series: usize, runs: &[Vec<usize>]) -> Done {
    let area = plot.chart.plotting_area();
    for run in runs.iter().filter(|run| run.len() > 1) {
        let places = run.iter().filter_map(|&slot| Some((slot as f64, spec.value(series, slot)?)));
        for element in LineSeries::new(places, Role::Line.style()) {
            area.draw(&element)?;
        }
    }
    Ok(())
}

/// Dots: all where there is room, else only points without neighbours; open ones and the last one stand out.
fn draw_dots(plot: &Plot, spec: &Trend, series: usize, runs: &[Vec<usize>]) -> Done {
    let area = plot.chart.plotting_area();
    let roomy = plot.x(1.0) - plot.x(0.0) >= DOT_PITCH || spec.slots.len() < 2;
    let last = runs.last().and_then(|run| run.last()).copied();
    let open = |slot: usize| spec.mark(series, slot) == Mark::Provisional;
    let dots = runs.iter().filter(|run| roomy || run.len() == 1).flatten();
    for &slot in dots.filter(|&&slot| !open(slot) && Some(slot) != last) {
        let Some(value) = spec.value(series, slot) else {
            continue;
        };
        area.draw(&Circle::new((slot as f64, value), units(2.0), Role::Dot.style()))?;
    }
    for &slot in runs.iter().flatten().filter(|&&slot| open(slot) || Some(slot) == last) {
        let Some(value) = spec.value(series, slot) else {
            continue;
        };
        let role = if open(slot) { Role::Provisional } else { Role::Last };
        area.draw(&Circle::new((slot as f64, value), units(3.5), role.style()))?;
    }
    Ok(())
}

/// Crosses and open marks in the lane above the time axis, one row per series that has any.
pub(super) fn draw_absences(plot: &Plot, spec: &Trend, series: usize) -> Done {
    let Some(row) = rows(spec).iter().position(|&with_marks| with_marks == series) else {
        return Ok(());
    };
    let y = plot.heights().1 - units((row as f64 + 0.5) * ROW + 1.0);
    for wanted in [Mark::Suppressed, Mark::NotSurveyed] {
        let glyph = if wanted == Mark::Suppressed { Glyph::Suppressed } else { Glyph::NotSurveyed };
        for slot in (0..spec.slots.len()).filter(|&slot| spec.mark(series, slot) == wanted) {
            marks::draw(&plot.sheet, glyph, (plot.x(slot as f64), y))?;
        }
    }
    Ok(())
}

/// Signals of all series, above every line; smaller where they would otherwise hide it.
pub(super) fn draw_signals(plot: &Plot, spec: &Trend) -> Done {
    let pitch = f64::from(plot.x(1.0) - plot.x(0.0)) / f64::from(units(1.0));
    let scale = (pitch / FULL_PITCH).clamp(0.6, 1.0);
    for series in 0..spec.series.len() {
        for slot in 0..spec.slots.len() {
            if let (Some(signal), Some(value)) = (spec.signal(series, slot), spec.value(series, slot)) {
                marks::draw_signal(&plot.sheet, signal, plot.at(slot as f64, value), scale)?;
            }
        }
    }
    Ok(())
}
