//! Draws trend charts: panels one below the other on one time axis.

use plotters::chart::ChartBuilder;
use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, IntoDrawingArea};
use plotters::style::TRANSPARENT;
use plotters::style::text_anchor::HPos;

use super::backend::SvgBackend;
use super::events;
use super::frame;
use super::key;
use super::labels;
use super::levels;
use super::plan::{Frame, Panel, Planned, plan};
use super::role::Role;
use super::sheet::{Done, DrawError, Plot, Sheet, text_style, units};
use super::slot_axis::SlotAxis;
use super::spec::{Layout, Trend};
use super::text;

/// The drawing of the panels, without title and description, and its height.
pub(super) fn draw(panels: &[Panel], layout: Layout) -> Option<(String, f64)> {
    let (planned, frame) = plan(panels, layout);
    let mut out = String::with_capacity(12_000);
    let size = (units(frame.measures.width) as u32, units(frame.height) as u32);
    let root = SvgBackend::new(&mut out, size).into_drawing_area();
    draw_all(&root, &planned, &frame).ok()?;
    root.present().ok()?;
    drop(root);
    Some((out, frame.height))
}

fn draw_all(root: &DrawingArea<SvgBackend, Shift>, panels: &[Planned], frame: &Frame) -> Done {
    let mut rest = root.clone();
    for (index, panel) in panels.iter().enumerate() {
        let last = index + 1 == panels.len();
        let foot = if last { frame::FOOT } else { frame::BETWEEN };
        let (own, below) = rest.split_vertically(units(panel.head + panel.plot + foot));
        draw_panel(&own, panel, frame, last)?;
        rest = below;
    }
    let top = frame.height - frame.key.rows as f64 * key::ROW - 2.0;
    let alone = panels.iter().all(|panel| panel.spec.series.len() == 1);
    let class = if alone { "chart-key chart-s1" } else { "chart-key" };
    key::draw(&Sheet::around(root), &frame.key, (frame::EDGE, top), class, frame.measures.text)
}

/// Draws from the back to the front: grid, time axis, events, levels, series, signals, labels, hit targets.
fn draw_panel(area: &DrawingArea<SvgBackend, Shift>, panel: &Planned, frame: &Frame, last: bool) -> Done {
    let plot = build(area, panel, frame, last)?;
    let spec = panel.spec;
    draw_heading(area, panel, frame)?;
    levels::draw_good(&plot, spec)?;
    draw_time_axis(&plot, panel, &frame.slots, last)?;
    events::draw_breaks(&plot, spec)?;
    events::draw_lines(&plot, &panel.events)?;
    levels::draw_limits(&plot, spec)?;
    levels::draw_target(&plot, spec)?;
    panel.layer.draw(&plot, spec, frame.measures.text)?;
    labels::draw(&plot, spec, &panel.labels, frame.measures.text)?;
    events::draw_markers(&plot, &panel.events)?;
    if frame.tooltips && worded(spec) { draw_hits(&plot, spec) } else { Ok(()) }
}

/// Lets plotters lay out the panel and draw grid lines and axis texts.
fn build<'c, 's>(
    area: &DrawingArea<SvgBackend<'s>, Shift>,
    panel: &Planned,
    frame: &Frame,
    last: bool,
) -> Result<Plot<'c, 's>, DrawError> {
    let size = frame.measures.text;
    let mut chart = ChartBuilder::on(area)
        .margin_top(units(panel.head))
        .margin_right(units(frame.right))
        .y_label_area_size(units(frame.left))
        .margin_bottom(units(if last { 0.0 } else { frame::BETWEEN }))
        .x_label_area_size(units(if last { frame::FOOT } else { 0.0 }))
        .build_cartesian_2d(frame.slots.clone(), panel.axis.clone())?;
    chart
        .configure_mesh()
        .disable_x_mesh()
        .light_line_style(TRANSPARENT)
        .bold_line_style(Role::Grid.style())
        .axis_style(TRANSPARENT)
        .x_label_style(text_style(Role::Text, size, HPos::Center))
        .y_label_style(text_style(Role::Text, size, HPos::Right))
        .set_all_tick_mark_size(units(frame::TICK_GAP / 2.0))
        .draw()?;
    Ok(Plot::of(chart, area))
}

fn draw_heading(area: &DrawingArea<SvgBackend, Shift>, panel: &Planned, frame: &Frame) -> Done {
    if panel.heading.is_empty() {
        return Ok(());
    }
    let size = frame.measures.text;
    let words = text::shorten(panel.heading, size, frame.measures.width - 2.0 * frame::EDGE);
    let top = area.get_base_pixel().1;
    let at = (units(frame::EDGE), top + units(frame::HEADING / 2.0 + 2.0));
    Sheet::around(area).text(Role::Heading, size, HPos::Left, &words, at)
}

/// The zero line where zero is inside, the line below the plot, and its ticks; the finer ones in the last panel only.
fn draw_time_axis(plot: &Plot, panel: &Planned, slots: &SlotAxis, last: bool) -> Done {
    let ((left, right), (_, bottom)) = (plot.sides(), plot.heights());
    let (low, high) = panel.axis.ends;
    if low < 0.0 && 0.0 < high {
        let y = plot.at(0.0, 0.0).1;
        plot.sheet.path(Role::Axis, &[(left, y), (right, y)])?;
    }
    plot.sheet.path(Role::Axis, &[(left, bottom), (right, bottom)])?;
    let labelled = slots.labels.iter().map(|(slot, _)| (*slot, 6.0));
    let minor = slots.minor.iter().filter(|_| last).map(|slot| (*slot, 3.0));
    for (slot, length) in labelled.chain(minor) {
        let x = plot.x(slot as f64);
        plot.sheet.path(Role::Axis, &[(x, bottom), (x, bottom + units(length))])?;
    }
    Ok(())
}

/// Whether any point has words of its own.
fn worded(spec: &Trend) -> bool {
    spec.series.iter().any(|series| series.points.iter().any(|point| !point.tooltip.is_empty()))
}

/// One target per slot over the full height, so that a tooltip needs no aim.
fn draw_hits(plot: &Plot, spec: &Trend) -> Done {
    let (top, bottom) = plot.heights();
    let step = plot.x(1.0) - plot.x(0.0);
    plot.sheet.raw(|writer| writer.begin_hits(step.max(1)))?;
    for slot in 0..spec.slots.len() {
        let words = tooltip(spec, slot);
        plot.sheet.raw(|writer| writer.hit(plot.x(slot as f64), top, bottom, &words))?;
    }
    plot.sheet.raw(|writer| writer.end_group())
}

/// The period, then a line per series.
fn tooltip(spec: &Trend, slot: usize) -> String {
    let mut words = spec.slots[slot].label.clone();
    for series in &spec.series {
        let Some(point) = series.points.get(slot).filter(|point| !point.tooltip.is_empty()) else {
            continue;
        };
        words.push('\n');
        if spec.series.len() > 1 {
            words.push_str(&series.name);
            words.push_str(": ");
        }
        words.push_str(&point.tooltip);
    }
    words
}
