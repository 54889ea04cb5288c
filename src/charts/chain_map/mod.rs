//! The map as three columns with lines between them: teams' numbers, stages, customers' numbers.
//!
//! Each line runs through its stage on a row of its own, which says how sure it is, so it can be followed from end to end.

mod order;
mod place;

use plotters::drawing::IntoDrawingArea;
use plotters::style::text_anchor::HPos;
use plotters_backend::BackendCoord;

use super::backend::SvgBackend;
use super::frame;
use super::role::Role;
use super::sheet::{Done, Sheet, units};
use super::spec::{ChainEnd, ChainMap, Layout, Surety};
use super::text;
use place::{Node, Placed};

/// Size of names, and of smaller words.
const SIZE: f64 = 13.0;
const SMALL: f64 = 11.0;

/// Left and right side of the columns.
const OWN: (f64, f64) = (0.5, 206.0);
const STAGES: (f64, f64) = (286.0, 434.0);
const CUSTOMER: (f64, f64) = (514.0, 719.5);

/// Room between the side of a box and its words.
const PAD: f64 = 8.0;

/// Lines of a name at most; a longer one is shortened and said in full while the pointer is over it.
const NAME_LINES: usize = 3;

/// Points of a curve.
const STEPS: usize = 9;

/// The drawing, without title and description, and its height.
pub(super) fn draw(spec: &ChainMap) -> Option<(String, f64)> {
    let placed = place::place(spec);
    let width = frame::width(Layout::Wide);
    let mut out = String::with_capacity(6_000);
    let root =
        SvgBackend::new(&mut out, (units(width) as u32, units(placed.height) as u32)).into_drawing_area();
    let sheet = Sheet::around(&root);
    for (head, (left, _)) in spec.heads.iter().zip([OWN, STAGES, CUSTOMER]) {
        sheet.text(Role::Text, SMALL, HPos::Left, head, (units(left), units(place::HEAD / 2.0))).ok()?;
    }
    sheet.group("chart-s1", |sheet| lines(sheet, spec, &placed)).ok()?;
    for node in &placed.own {
        end(&sheet, &spec.own[node.index], node, OWN).ok()?;
    }
    for node in &placed.customer {
        end(&sheet, &spec.customer[node.index], node, CUSTOMER).ok()?;
    }
    for node in &placed.stages {
        stage(&sheet, &spec.stages[node.index], node).ok()?;
    }
    for lane in &placed.lanes {
        let line = &spec.lines[lane.line];
        let label = text::shorten(&line.label, SMALL, STAGES.1 - STAGES.0 - 2.0 * PAD);
        sheet
            .text(Role::Text, SMALL, HPos::Left, &label, (units(STAGES.0 + PAD), units(lane.middle)))
            .ok()?;
    }
    root.present().ok()?;
    drop((sheet, root));
    Some((out, placed.height))
}

/// Every line in two curves, with a point at the number it moves.
fn lines(sheet: &Sheet, spec: &ChainMap, placed: &Placed) -> Done {
    for lane in &placed.lanes {
        let line = &spec.lines[lane.line];
        // What is only said or believed is drawn in the quieter colour too.
        let role = match line.surety {
            Surety::Measured => Role::Line,
            Surety::Reported => Role::Limit,
            Surety::Assumed => Role::Break,
        };
        sheet.raw(|writer| writer.begin_titled(&line.said))?;
        sheet.path(role, &curve((OWN.1, lane.from), (STAGES.0, lane.middle)))?;
        sheet.path(role, &curve((STAGES.1, lane.middle), (CUSTOMER.0 - 7.0, lane.to)))?;
        let tip = [(-8.0, -3.5), (0.0, 0.0), (-8.0, 3.5)];
        let tip = tip.map(|(x, y)| (units(CUSTOMER.0 + x), units(lane.to + y)));
        sheet.shape(Role::Last, &tip)?;
        sheet.raw(|writer| writer.end_group())?;
    }
    Ok(())
}

/// From one place to another, level at both ends.
fn curve(from: (f64, f64), to: (f64, f64)) -> Vec<BackendCoord> {
    if units(from.1) == units(to.1) {
        return vec![(units(from.0), units(from.1)), (units(to.0), units(to.1))];
    }
    let point = |step: usize| {
        let part = step as f64 / STEPS as f64;
        let bend = part * part * (3.0 - 2.0 * part);
        (units(from.0 + (to.0 - from.0) * part), units(from.1 + (to.1 - from.1) * bend))
    };
    (0..=STEPS).map(point).collect()
}

fn outline(sheet: &Sheet, (left, right): (f64, f64), node: &Node) -> Done {
    let (top, bottom) = (node.top, node.top + node.height);
    let corners = [(left, top), (right, top), (right, bottom), (left, bottom)];
    sheet.shape(Role::Event, &corners.map(|(x, y)| (units(x), units(y))))
}

/// A number: whose it is, its name, its latest value.
fn end(sheet: &Sheet, end: &ChainEnd, node: &Node, column: (f64, f64)) -> Done {
    let room = column.1 - column.0 - 2.0 * PAD;
    let full = [end.over.as_str(), &end.name, &end.value].map(str::trim);
    let full: Vec<&str> = full.into_iter().filter(|words| !words.is_empty()).collect();
    sheet.raw(|writer| writer.begin_titled(&full.join(": ")))?;
    outline(sheet, column, node)?;
    let left = units(column.0 + PAD);
    let mut middle = node.top + place::inner(end, room, node.height);
    let mut write = |role: Role, size: f64, words: &str| {
        let words = text::shorten(words, size, room);
        let drawn = sheet.text(role, size, HPos::Left, &words, (left, units(middle)));
        middle += place::LINE;
        drawn
    };
    if !end.over.is_empty() {
        write(Role::Text, SMALL, &end.over)?;
    }
    for line in place::name_lines(&end.name, room) {
        write(Role::Heading, SIZE, &line)?;
    }
    if !end.value.is_empty() {
        write(Role::Text, SMALL, &end.value)?;
    }
    sheet.raw(|writer| writer.end_group())
}

/// A stage: its name; the rows of its lines are written later.
fn stage(sheet: &Sheet, name: &str, node: &Node) -> Done {
    outline(sheet, STAGES, node)?;
    let room = STAGES.1 - STAGES.0 - 2.0 * PAD;
    for (index, line) in place::name_lines(name, room).into_iter().enumerate() {
        let middle = node.top + PAD + place::LINE * (index as f64 + 0.5);
        sheet.text(Role::Heading, SIZE, HPos::Left, &line, (units(STAGES.0 + PAD), units(middle)))?;
    }
    Ok(())
}
