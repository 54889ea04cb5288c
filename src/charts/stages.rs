//! Rows of stages, each with a scale of its own.

use plotters::drawing::IntoDrawingArea;
use plotters::style::text_anchor::HPos;

use super::backend::SvgBackend;
use super::frame;
use super::key;
use super::marks::{self, Glyph};
use super::role::Role;
use super::sheet::{Done, Sheet, units};
use super::spec::{Layout, Mark, Signal, Stage, Stages, drawable};
use super::text;

/// Size of texts.
const SIZE: f64 = 13.0;

/// Size of the words at the ends of a scale.
const SMALL: f64 = 11.0;

/// Where things stand in a row, in units from its top left corner.
struct Grid {
    width: f64,
    row: f64,
    /// Heights of the lines of words and of the scale.
    name: f64,
    measure: f64,
    scale: f64,
    figure: f64,
    note: f64,
    /// Room of the name and of the words below it.
    words: f64,
    /// Left and right end of the scale.
    track: (f64, f64),
    /// Left end of the value and of its note; the value of a phone is right-aligned.
    values: f64,
    phone: bool,
}

fn grid(layout: Layout) -> Grid {
    match layout {
        Layout::Wide => Grid {
            width: frame::width(layout),
            row: 52.0,
            name: 16.0,
            measure: 34.0,
            scale: 25.0,
            figure: 16.0,
            note: 34.0,
            words: 222.0,
            track: (262.0, 446.0),
            values: 496.0,
            phone: false,
        },
        Layout::Phone => Grid {
            width: frame::width(layout),
            row: 92.0,
            name: 16.0,
            measure: 34.0,
            scale: 70.0,
            figure: 16.0,
            note: 51.0,
            words: 230.0,
            track: (44.0, 316.0),
            values: 356.0,
            phone: true,
        },
    }
}

/// The drawing, without title and description, and its height.
pub(super) fn draw(spec: &Stages, layout: Layout) -> Option<(String, f64)> {
    let grid = grid(layout);
    let width = grid.width;
    let key = key::arrange(meanings(spec).into_iter(), SIZE, width - 2.0 * frame::EDGE);
    let rows = spec.rows.len() as f64 * grid.row;
    let height = rows + 6.0 + key.rows as f64 * key::ROW;
    let mut out = String::with_capacity(6_000);
    let size = (units(width) as u32, units(height) as u32);
    let root = SvgBackend::new(&mut out, size).into_drawing_area();
    let sheet = Sheet::around(&root);
    for (index, row) in spec.rows.iter().enumerate() {
        draw_row(&sheet, row, &spec.no_scale, index as f64 * grid.row, &grid).ok()?;
    }
    key::draw(&sheet, &key, (frame::EDGE, rows + 4.0), "chart-key chart-s1", SIZE).ok()?;
    root.present().ok()?;
    drop((sheet, root));
    Some((out, height))
}

/// What occurs and has words.
fn meanings(spec: &Stages) -> Vec<(Glyph, &str)> {
    let (rows, words) = (&spec.rows, &spec.words);
    let any = |wanted: &dyn Fn(&Stage) -> bool| rows.iter().any(wanted);
    let drawn = |row: &Stage| value(row).is_some();
    let signal = |signal| any(&|row| drawn(row) && row.signal == Some(signal));
    let entries = [
        (any(&|row| drawn(row) && row.interval.is_some()), Glyph::Whisker, &words.interval),
        (any(&|row| range(row).is_some() && row.target.is_some()), Glyph::Target, &spec.target),
        (any(&|row| drawn(row) && row.mark == Mark::Provisional), Glyph::Provisional, &words.provisional),
        (any(&|row| row.mark == Mark::Suppressed), Glyph::Suppressed, &words.suppressed),
        (any(&|row| row.mark == Mark::NotSurveyed), Glyph::NotSurveyed, &words.not_surveyed),
        (signal(Signal::Outside), Glyph::Signal(Signal::Outside), &words.outside),
        (signal(Signal::Shift), Glyph::Signal(Signal::Shift), &words.shift),
        (signal(Signal::Trend), Glyph::Signal(Signal::Trend), &words.trend),
        (signal(Signal::TwoOfThree), Glyph::Signal(Signal::TwoOfThree), &words.two_of_three),
    ];
    let worded = entries.into_iter().filter(|(occurs, _, words)| *occurs && !words.is_empty());
    worded.map(|(_, glyph, words)| (glyph, words.as_str())).collect()
}

/// The value of a row that may be seen and can be drawn.
fn value(row: &Stage) -> Option<f64> {
    match row.mark {
        Mark::Shown | Mark::Provisional => drawable(row.value?, Some(range(row)?)),
        Mark::Suppressed | Mark::Missing | Mark::NotSurveyed => None,
    }
}

/// Low and high end of the scale, in order.
fn range(row: &Stage) -> Option<(f64, f64)> {
    let [(low, _), (high, _)] = row.scale.as_ref()?;
    (drawable(*low, None).is_some() && drawable(*high, None).is_some() && low < high).then_some((*low, *high))
}

fn draw_row(sheet: &Sheet, row: &Stage, no_scale: &str, top: f64, grid: &Grid) -> Done {
    let width = grid.width;
    let line = |x: f64, y: f64| (units(x), units(top + y));
    sheet.path(Role::Grid, &[line(0.0, 0.5), line(width, 0.5)])?;
    let write = |role: Role, anchor: HPos, words: &str, room: f64, at: (f64, f64)| {
        sheet.text(role, SIZE, anchor, &text::shorten(words, SIZE, room), line(at.0, at.1))
    };
    write(Role::Heading, HPos::Left, &row.name, grid.words, (frame::EDGE, grid.name))?;
    if grid.phone {
        let room = width - 2.0 * frame::EDGE;
        write(Role::Heading, HPos::Right, &row.figure, room - grid.words, (grid.values, grid.figure))?;
        write(Role::Text, HPos::Left, &row.measure, room, (frame::EDGE, grid.measure))?;
        write(Role::Text, HPos::Left, &row.note, room, (frame::EDGE, grid.note))?;
    } else {
        let room = width - grid.values - frame::EDGE;
        write(Role::Heading, HPos::Left, &row.figure, room, (grid.values, grid.figure))?;
        write(Role::Text, HPos::Left, &row.measure, grid.words, (frame::EDGE, grid.measure))?;
        write(Role::Text, HPos::Left, &row.note, room, (grid.values, grid.note))?;
    }
    draw_scale(sheet, row, no_scale, top + grid.scale, grid.track)
}

/// The scale with its ends, the interval, the target and the value; or the mark of a value that is not there.
fn draw_scale(sheet: &Sheet, row: &Stage, no_scale: &str, middle: f64, (left, right): (f64, f64)) -> Done {
    let y = units(middle);
    let centre = units((left + right) / 2.0);
    let mark = match row.mark {
        Mark::Suppressed => Some(Glyph::Suppressed),
        Mark::NotSurveyed => Some(Glyph::NotSurveyed),
        _ => None,
    };
    let (Some((low, high)), Some([(_, first), (_, last)])) = (range(row), &row.scale) else {
        if row.mark == Mark::Shown || row.mark == Mark::Provisional {
            return sheet.text(Role::Text, SMALL, HPos::Center, no_scale, (centre, y));
        }
        return mark.map_or(Ok(()), |glyph| marks::draw(sheet, glyph, (centre, y)));
    };
    let place = |value: f64| units(left + (value.clamp(low, high) - low) / (high - low) * (right - left));
    sheet.path(Role::Axis, &[(units(left), y), (units(right), y)])?;
    for end in [left, right] {
        sheet.path(Role::Axis, &[(units(end), y - units(3.0)), (units(end), y + units(3.0))])?;
    }
    for (words, x, anchor) in [(first, left - 6.0, HPos::Right), (last, right + 6.0, HPos::Left)] {
        let words = text::shorten(words, SMALL, 38.0);
        sheet.text(Role::Text, SMALL, anchor, &words, (units(x), y))?;
    }
    if let Some(target) = row.target.and_then(|target| drawable(target, Some((low, high)))) {
        sheet.path(Role::Target, &[(place(target), y - units(9.0)), (place(target), y + units(9.0))])?;
    }
    sheet.group("chart-s1", |sheet| {
        let Some(value) = value(row) else {
            return mark.map_or(Ok(()), |glyph| marks::draw(sheet, glyph, (centre, y)));
        };
        if let Some((low, high)) = row.interval.filter(|(low, high)| low.is_finite() && high.is_finite()) {
            sheet.path(Role::Whisker, &[(place(low.min(high)), y), (place(high.max(low)), y)])?;
        }
        let dot = if row.mark == Mark::Provisional { Role::Provisional } else { Role::Last };
        sheet.circle(dot, (place(value), y), 4.0)?;
        row.signal.map_or(Ok(()), |signal| marks::draw(sheet, Glyph::Signal(signal), (place(value), y)))
    })
}
