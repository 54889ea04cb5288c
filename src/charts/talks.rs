//! Conversations as dots above their months.

use plotters::style::text_anchor::HPos;

use super::marks::{self, Glyph};
use super::role::Role;
use super::sheet::{Done, Plot, units};
use super::spec::{Point, Recency, Series, Trend};
use super::value_axis::ValueAxis;

/// Height of the strip.
pub(super) const HEIGHT: f64 = 64.0;

/// Distance of two dots above each other.
const STEP: f64 = 11.0;

/// Dots that fit above each other; more become a number.
const MOST: u32 = 5;

/// The months with their tooltips.
pub(super) fn ground(spec: &Recency) -> Trend {
    let points = spec.months.iter().map(|month| Point { tooltip: month.tooltip.clone(), ..Point::default() });
    Trend {
        slots: spec.months.iter().map(|month| month.slot.clone()).collect(),
        series: vec![Series { points: points.collect(), ..Series::default() }],
        ..Trend::default()
    }
}

/// An axis without words: dots are counted, not measured.
pub(super) fn axis() -> ValueAxis {
    ValueAxis { ends: (0.0, 1.0), ticks: Vec::new(), lane: 0 }
}

/// A dot, and the ring of a month without any; only what occurs.
pub(super) fn key(spec: &Recency) -> Vec<(Glyph, &str)> {
    let counts = || spec.months.iter().filter_map(|month| month.conversations);
    let entries = [
        (counts().any(|count| count > 0), Glyph::Dot, spec.one.as_str()),
        (counts().any(|count| count == 0), Glyph::NotSurveyed, spec.none.as_str()),
    ];
    let worded = entries.into_iter().filter(|(occurs, _, words)| *occurs && !words.is_empty());
    worded.map(|(_, glyph, words)| (glyph, words)).collect()
}

/// A dot for each conversation; above five a dot with their number; a ring where there was none.
pub(super) fn draw(plot: &Plot, spec: &Recency, size: f64) -> Done {
    let bottom = plot.heights().1;
    let height = |row: u32| bottom - units(8.0 + STEP * f64::from(row));
    plot.sheet.group("chart-s1", |sheet| {
        for (slot, month) in spec.months.iter().enumerate() {
            let x = plot.x(slot as f64);
            match month.conversations {
                Some(count @ 1..=MOST) => {
                    (0..count).try_for_each(|row| sheet.circle(Role::Last, (x, height(row)), 4.0))?;
                }
                Some(0) => marks::draw(sheet, Glyph::NotSurveyed, (x, height(0)))?,
                Some(_) => sheet.circle(Role::Last, (x, height(0)), 4.0)?,
                None => {}
            }
        }
        Ok(())
    })?;
    let many = |count: &u32| *count > MOST;
    for (slot, month) in spec.months.iter().enumerate() {
        if let Some(count) = month.conversations.filter(many) {
            let at = (plot.x(slot as f64), height(1) - units(3.0));
            plot.sheet.text(Role::Heading, size, HPos::Center, &count.to_string(), at)?;
        }
    }
    Ok(())
}
