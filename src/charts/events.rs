//! Dated actions and changes of definition: numbered markers above the plot and vertical lines through it.

use plotters::style::text_anchor::HPos;

use super::role::Role;
use super::sheet::{Done, Plot, units};
use super::spec::{Event, Trend};

/// Radius of a marker; three digits fit.
const RADIUS: f64 = 9.0;

/// Height of a row of markers.
pub(super) const ROW: f64 = 21.0;

/// Font size of the numbers.
const SIZE: f64 = 11.0;

/// Events with the row each marker stands in; row 0 is next to the plot.
pub(super) struct Rows<'a> {
    placed: Vec<(&'a Event, usize)>,
    /// How many rows there are.
    pub(super) count: usize,
}

/// Puts each marker in the lowest row where it touches no other. `step` is the distance of two slots.
pub(super) fn plan(spec: &Trend, step: f64) -> Rows<'_> {
    let mut events: Vec<&Event> = spec.events.iter().filter(|event| event.slot < spec.slots.len()).collect();
    events.sort_by_key(|event| (event.slot, event.number));
    let mut row_ends: Vec<f64> = Vec::new();
    let mut placed = Vec::new();
    for event in events {
        let x = event.slot as f64 * step;
        let free = row_ends.iter().position(|&end| end + 2.0 * RADIUS + 2.0 <= x);
        let row = free.unwrap_or_else(|| {
            row_ends.push(x);
            row_ends.len() - 1
        });
        row_ends[row] = x;
        placed.push((event, row));
    }
    Rows { placed, count: row_ends.len() }
}

/// The thin lines from the markers down to the time axis; drawn below the data.
pub(super) fn draw_lines(plot: &Plot, rows: &Rows) -> Done {
    let (top, bottom) = plot.heights();
    for &(event, row) in &rows.placed {
        let x = plot.x(event.slot as f64);
        plot.sheet.path(Role::EventLine, &[(x, top - middle(row)), (x, bottom)])?;
    }
    Ok(())
}

/// The markers with their numbers, upper rows first so that lower ones cover their lines.
pub(super) fn draw_markers(plot: &Plot, rows: &Rows) -> Done {
    let (top, _) = plot.heights();
    for &(event, row) in rows.placed.iter().rev() {
        let (x, y) = (plot.x(event.slot as f64), top - middle(row));
        plot.sheet.raw(|writer| writer.begin_titled(&event.label))?;
        plot.sheet.circle(Role::Event, (x, y), RADIUS)?;
        plot.sheet.text(Role::EventText, SIZE, HPos::Center, &event.number.to_string(), (x, y))?;
        plot.sheet.raw(|writer| writer.end_group())?;
    }
    Ok(())
}

fn middle(row: usize) -> i32 {
    units(row as f64 * ROW + RADIUS + 3.0)
}

/// The vertical lines where a definition changed, halfway between two slots.
pub(super) fn draw_breaks(plot: &Plot, spec: &Trend) -> Done {
    let (top, bottom) = plot.heights();
    for cut in spec.breaks.iter().filter(|cut| 0 < cut.slot && cut.slot < spec.slots.len()) {
        let x = plot.x(cut.slot as f64 - 0.5);
        plot.sheet.path(Role::Break, &[(x, top), (x, bottom)])?;
    }
    Ok(())
}
