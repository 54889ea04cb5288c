//! Columns of answers: one path for each answer through all slots, weakest colour in the middle.

use std::cmp::Reverse;

use super::frame::Measures;
use super::labels::{GAP, Label};
use super::marks::{self, Glyph};
use super::role::Role;
use super::sheet::{Done, Plot, units};
use super::spec::{Column, Distribution, Mark, Point, Series, Shape, Tone, Trend, Words};
use super::text;

/// Width of a column in parts of a slot.
const WIDTH: f64 = 0.76;

/// With more answers than this, each has one line of words.
const TWO_LINES: usize = 5;

/// The axes of the chart, with marks and tooltips but without lines.
pub(super) fn ground(spec: &Distribution) -> Trend {
    let point = |slot: usize| {
        let column = spec.columns.get(slot);
        let mark = column.map_or(Mark::Missing, |column| column.mark);
        let tooltip = column.map(|column| column.tooltip.clone()).unwrap_or_default();
        Point { mark, tooltip, ..Point::default() }
    };
    let points = (0..spec.slots.len()).map(point).collect();
    Trend {
        slots: spec.slots.clone(),
        series: vec![Series { points, ..Series::default() }],
        events: spec.events.clone(),
        breaks: spec.breaks.clone(),
        range: Some(if spec.shape == Shape::Stacked { (0.0, 100.0) } else { (-100.0, 100.0) }),
        reach: Some(reach(spec)),
        words: Words { provisional: String::new(), ..spec.words.clone() },
        ..Trend::default()
    }
}

/// Lowest and highest place of any column; never a sliver, so that columns of two charts look alike.
fn reach(spec: &Distribution) -> (f64, f64) {
    let ends = (0..spec.slots.len()).filter_map(|slot| {
        let shares = spec.shares(slot)?;
        let start = spec.start(&shares);
        Some((start, start + 100.0))
    });
    match spec.shape {
        Shape::Stacked => (0.0, 100.0),
        Shape::Diverging => {
            ends.fold((-20.0, 20.0), |(low, high), (least, most)| (low.min(least), high.max(most)))
        }
    }
}

/// The words of the answers beside the last column that can be seen, in the order of its parts. Where there are more than
/// fit, the smallest parts go without; tooltips and table have them.
pub(super) fn labels(spec: &Distribution, measures: Measures) -> Vec<Label> {
    let last = (0..spec.slots.len()).rev().find_map(|slot| spec.shares(slot));
    let Some(shares) = last else {
        return Vec::new();
    };
    let widest = measures.right_most - GAP;
    let mut base = spec.start(&shares);
    let mut label = |answer: usize, share: f64| {
        let name = &spec.answers[answer].name;
        let lines = if spec.answers.len() > TWO_LINES {
            vec![text::shorten(name, measures.text, widest)]
        } else {
            text::wrap(name, measures.text, widest)
        };
        base += share;
        Label::at_level(base - share / 2.0, Role::Text, "", lines)
    };
    let all: Vec<(f64, Label)> =
        shares.iter().enumerate().map(|(answer, share)| (*share, label(answer, *share))).collect();
    let most = (measures.plot / (1.4 * measures.text)) as usize;
    let mut sizes = shares;
    sizes.sort_by(|one, other| other.total_cmp(one));
    let least = sizes.get(most).copied().unwrap_or(-1.0);
    all.into_iter().filter(|(share, _)| *share > least).map(|(_, label)| label).collect()
}

/// The columns, answer by answer, then open dots above those of periods that are not over.
pub(super) fn draw(plot: &Plot, spec: &Distribution) -> Done {
    for answer in 0..spec.answers.len() {
        let class = match spec.answers[answer].tone {
            Tone::Low => "chart-s2",
            Tone::Middle => "chart-mid",
            Tone::High => "chart-s1",
        };
        plot.sheet.group(class, |_| draw_answer(plot, spec, answer))?;
    }
    let open = |slot: &usize| spec.columns[*slot].mark == Mark::Provisional && spec.shares(*slot).is_some();
    let open: Vec<usize> = (0..spec.slots.len().min(spec.columns.len())).filter(open).collect();
    if open.is_empty() {
        return Ok(());
    }
    plot.sheet.group("chart-s1", |sheet| {
        open.into_iter().try_for_each(|slot| {
            let shares = spec.shares(slot).unwrap_or_default();
            let (x, top) = plot.at(slot as f64, spec.start(&shares) + 100.0);
            marks::draw(sheet, Glyph::Provisional, (x, top - units(6.0)))
        })
    })
}

/// Open dots, where there are any.
pub(super) fn key(spec: &Distribution) -> Vec<(Glyph, &str)> {
    let open = |column: &Column| column.mark == Mark::Provisional;
    let words = spec.words.provisional.as_str();
    let worded = spec.columns.iter().any(open) && !words.is_empty();
    if worded { vec![(Glyph::Provisional, words)] } else { Vec::new() }
}

fn draw_answer(plot: &Plot, spec: &Distribution, answer: usize) -> Done {
    let role = [Role::Bar1, Role::Bar2, Role::Bar3][step(spec, answer)];
    for slot in 0..spec.slots.len() {
        let Some(shares) = spec.shares(slot).filter(|shares| shares[answer] > 0.0) else {
            continue;
        };
        let low = spec.start(&shares) + shares[..answer].iter().sum::<f64>();
        let (slot, half) = (slot as f64, WIDTH / 2.0);
        let (left, bottom) = plot.at(slot - half, low.clamp(-100.0, 100.0));
        let (right, top) = plot.at(slot + half, (low + shares[answer]).clamp(-100.0, 100.0));
        plot.sheet.shape(role, &[(left, top), (right, top), (right, bottom), (left, bottom)])?;
    }
    Ok(())
}

/// How far from the middle an answer is among those of its tone: 0 to 2.
fn step(spec: &Distribution, answer: usize) -> usize {
    let tone = spec.answers[answer].tone;
    let mut alike: Vec<usize> =
        (0..spec.answers.len()).filter(|other| spec.answers[*other].tone == tone).collect();
    // Bad answers come worst first, so the one next to the middle is their last.
    match tone {
        Tone::Low => alike.sort_by_key(|other| Reverse(*other)),
        Tone::Middle | Tone::High => {}
    }
    let place = alike.iter().position(|other| *other == answer).unwrap_or(0);
    // One or two answers on a side are strong enough to be seen without their weaker neighbours.
    match (tone, alike.len()) {
        (Tone::Middle, _) => 0,
        (_, 1) => 1,
        _ => place.min(2),
    }
}
