//! The key below the plot: only the marks that occur, each with its words.

use plotters::style::text_anchor::HPos;

use super::marks::{self, Glyph};
use super::plan::Panel;
use super::role::Role;
use super::sheet::{Done, Sheet, units};
use super::spec::{Mark, Signal, Trend};
use super::text;

/// Height of a row.
pub(super) const ROW: f64 = 20.0;

/// Room for the shape, with the gap to its words.
const SHAPE: f64 = 26.0;

/// The gap between two entries.
const GAP: f64 = 18.0;

/// One entry and where its shape begins, from the top left of the key.
struct Entry {
    glyph: Glyph,
    words: String,
    left: f64,
    row: usize,
}

/// Entries in rows.
pub(super) struct Key {
    entries: Vec<Entry>,
    /// How many rows there are.
    pub(super) rows: usize,
}

/// The key of the panels of one drawing, in rows of this width.
pub(super) fn plan(panels: &[Panel], size: f64, widest: f64) -> Key {
    let meanings = panels.iter().flat_map(|panel| panel.layer.key().into_iter().chain(meanings(panel.spec)));
    arrange(meanings, size, widest)
}

/// Entries one after the other, each meaning once; a new row where one does not fit.
pub(super) fn arrange<'a>(meanings: impl Iterator<Item = (Glyph, &'a str)>, size: f64, widest: f64) -> Key {
    let mut key = Key { entries: Vec::new(), rows: 0 };
    let mut used = f64::INFINITY;
    for (glyph, words) in meanings {
        if key.entries.iter().any(|entry| entry.glyph == glyph && entry.words == words) {
            continue;
        }
        let words = text::shorten(words, size, widest - SHAPE);
        let needed = SHAPE + text::width(&words, size);
        if used + needed > widest {
            key.rows += 1;
            used = 0.0;
        }
        key.entries.push(Entry { glyph, words, left: used, row: key.rows - 1 });
        used += needed + GAP;
    }
    key
}

/// What occurs in a chart and has words.
fn meanings(spec: &Trend) -> Vec<(Glyph, &str)> {
    let words = &spec.words;
    let good = spec.good_strip().map(|(_, _, words)| (Glyph::Good, words));
    let all = [
        (Glyph::Interval, &words.interval),
        (Glyph::Centre, &words.centre),
        (Glyph::Limits, &words.limits),
        (Glyph::Provisional, &words.provisional),
        (Glyph::Suppressed, &words.suppressed),
        (Glyph::NotSurveyed, &words.not_surveyed),
        (Glyph::Signal(Signal::Outside), &words.outside),
        (Glyph::Signal(Signal::Shift), &words.shift),
        (Glyph::Signal(Signal::Trend), &words.trend),
        (Glyph::Signal(Signal::TwoOfThree), &words.two_of_three),
    ];
    let fixed = all.into_iter().filter(|(glyph, _)| occurs(spec, *glyph));
    let breaks = spec.breaks.iter().filter(|cut| 0 < cut.slot && cut.slot < spec.slots.len());
    let meanings = fixed.chain(breaks.map(|cut| (Glyph::Break, &cut.label)));
    let meanings = good.into_iter().chain(meanings.map(|(glyph, words)| (glyph, words.as_str())));
    meanings.filter(|(_, words)| !words.is_empty()).collect()
}

fn occurs(spec: &Trend, glyph: Glyph) -> bool {
    let series = 0..spec.series.len();
    let mut points = series.flat_map(|series| (0..spec.slots.len()).map(move |slot| (series, slot)));
    let mut marked = |mark| points.any(|(series, slot)| spec.mark(series, slot) == mark);
    match glyph {
        Glyph::Interval => points.any(|(series, slot)| spec.interval(series, slot).is_some()),
        Glyph::Centre | Glyph::Limits => !spec.limits.is_empty(),
        Glyph::Provisional => marked(Mark::Provisional),
        Glyph::Suppressed => marked(Mark::Suppressed),
        Glyph::NotSurveyed => marked(Mark::NotSurveyed),
        Glyph::Signal(signal) => points.any(|(series, slot)| spec.signal(series, slot) == Some(signal)),
        Glyph::Break => !spec.breaks.is_empty(),
        // These are not marks of a trend; the layer that draws them says what they mean.
        Glyph::Good | Glyph::Dot | Glyph::Whisker | Glyph::Target | Glyph::Mean => false,
    }
}

/// Draws the key with its top left corner at the place, in the first series' colour if there is only one.
pub(super) fn draw(sheet: &Sheet, key: &Key, (left, top): (f64, f64), class: &str, size: f64) -> Done {
    if key.entries.is_empty() {
        return Ok(());
    }
    let middle = |entry: &Entry| units(top + (entry.row as f64 + 0.5) * ROW);
    sheet.group(class, |sheet| {
        for entry in &key.entries {
            marks::draw(sheet, entry.glyph, (units(left + entry.left + 9.0), middle(entry)))?;
        }
        for entry in &key.entries {
            let at = (units(left + entry.left + SHAPE), middle(entry));
            sheet.text(Role::Text, size, HPos::Left, &entry.words, at)?;
        }
        Ok(())
    })
}
