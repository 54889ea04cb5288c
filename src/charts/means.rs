//! Two stretches of a trend with their means, and the difference at the right end.

use plotters::style::text_anchor::HPos;

use super::frame::Measures;
use super::labels::{self, GAP, Label};
use super::marks::Glyph;
use super::role::Role;
use super::sheet::{Done, Plot, units};
use super::spec::{BeforeAfter, Stretch, Trend, drawable};
use super::text;

/// Height of a line of words above the plot.
const LINE: f64 = 16.0;

/// Below this width the words of a stretch need two lines.
const NARROW: f64 = 400.0;

/// Room above the plot for the words of the stretches, which stand beside the markers of events.
pub(super) fn head(spec: &BeforeAfter, width: f64) -> f64 {
    let first = if spec.trend.events.is_empty() { LINE + 6.0 } else { 0.0 };
    if width < NARROW { first + LINE } else { first }
}

/// The trend with an axis that holds both means and the interval of their difference.
pub(super) fn ground(spec: &BeforeAfter) -> Trend {
    let ends = spec.difference.iter().flat_map(|difference| {
        let (low, high) = difference.interval;
        [spec.before.mean + low, spec.before.mean + high]
    });
    let asked = spec.trend.reach.into_iter().flat_map(|(low, high)| [low, high]);
    let range = spec.trend.natural_range();
    let levels = [spec.before.mean, spec.after.mean].into_iter().chain(ends).chain(asked);
    let reach = levels.filter_map(|level| drawable(level, range)).fold(None, |reach, level| match reach {
        None => Some((level, level)),
        Some((low, high)) => Some((f64::min(low, level), f64::max(high, level))),
    });
    Trend { reach, ..spec.trend.clone() }
}

/// The difference, between the two means, and the target.
pub(super) fn labels(spec: &BeforeAfter, trend: &Trend, measures: Measures) -> Vec<Label> {
    let target = labels::target(trend, measures.text, measures.right_most);
    let (Some(difference), Some((before, after))) = (&spec.difference, levels(spec)) else {
        return target.into_iter().collect();
    };
    let widest = measures.right_most - GAP;
    // Strong words are wider than the table of advances says.
    let strong = text::shorten(&difference.value, measures.text, widest * 0.88);
    let range = text::shorten(&difference.range, measures.text, widest);
    let lines = if range.is_empty() { vec![String::new()] } else { vec![String::new(), range] };
    let label = Label::at_level((before + after) / 2.0, Role::Text, &strong, lines);
    std::iter::once(label).chain(target).collect()
}

/// The lines of the comparison.
pub(super) fn key(spec: &BeforeAfter) -> Vec<(Glyph, &str)> {
    let mut entries = vec![(Glyph::Mean, spec.mean.as_str())];
    if spec.difference.is_some() {
        entries.extend([(Glyph::Centre, spec.carried_on.as_str()), (Glyph::Whisker, spec.interval.as_str())]);
    }
    entries.retain(|(_, words)| !words.is_empty() && levels(spec).is_some());
    entries
}

/// Both means, if the scale has them.
fn levels(spec: &BeforeAfter) -> Option<(f64, f64)> {
    let range = spec.trend.natural_range();
    Some((drawable(spec.before.mean, range)?, drawable(spec.after.mean, range)?))
}

/// The means with their words above, the first mean carried on to the right, and the difference there.
pub(super) fn draw(plot: &Plot, spec: &BeforeAfter, size: f64) -> Done {
    let Some((before, after)) = levels(spec) else {
        return Ok(());
    };
    let last = spec.trend.slots.len().saturating_sub(1);
    plot.sheet.group("chart-s1", |sheet| {
        for (stretch, mean) in [(&spec.before, before), (&spec.after, after)] {
            if let Some((from, to)) = ends(stretch, last) {
                sheet.path(Role::Mean, &[plot.at(from, mean), plot.at(to, mean)])?;
            }
        }
        draw_difference(plot, spec, before, after)
    })?;
    // A plot that leaves this little room is a phone's, whose panel has the height for a second line.
    let (left, right) = plot.sides();
    let narrow = right - left < units(NARROW);
    [&spec.before, &spec.after]
        .into_iter()
        .try_for_each(|stretch| draw_words(plot, stretch, last, size, narrow))
}

/// Left and right edge of a stretch that is on the axis.
fn ends(stretch: &Stretch, last: usize) -> Option<(f64, f64)> {
    let fine = stretch.from <= stretch.to && stretch.from <= last;
    fine.then(|| (stretch.from as f64 - 0.5, stretch.to.min(last) as f64 + 0.5))
}

/// What would be without a change, dashed, then from there to the new mean; the interval around its end.
fn draw_difference(plot: &Plot, spec: &BeforeAfter, before: f64, after: f64) -> Done {
    let Some(difference) = &spec.difference else {
        return Ok(());
    };
    let last = spec.trend.slots.len().saturating_sub(1);
    let right = plot.sides().1;
    let level = |value: f64| plot.at(0.0, value).1;
    if let Some((from, _)) = ends(&spec.after, last) {
        plot.sheet.path(Role::Centre, &[plot.at(from, before), (right, level(before))])?;
    }
    let (low, high) = difference.interval;
    let range = spec.trend.natural_range();
    let cut = |value: f64| {
        let (least, most) = range.unwrap_or((value, value));
        drawable(value.clamp(least.min(most), most.max(least)), None)
    };
    if let (Some(low), Some(high)) = (cut(before + low.min(high)), cut(before + high.max(low))) {
        plot.sheet.path(Role::Whisker, &[(right, level(low)), (right, level(high))])?;
    }
    let tick = units(4.0);
    for value in [before, after] {
        plot.sheet.path(Role::Axis, &[(right - tick, level(value)), (right + tick, level(value))])?;
    }
    plot.sheet.path(Role::Axis, &[(right, level(before)), (right, level(after))])
}

/// The words of a stretch, in the middle above it.
fn draw_words(plot: &Plot, stretch: &Stretch, last: usize, size: f64, narrow: bool) -> Done {
    let Some((from, to)) = ends(stretch, last) else {
        return Ok(());
    };
    let (left, right) = (plot.x(from), plot.x(to));
    let room = f64::from(right - left) / f64::from(units(1.0)) - 6.0;
    let lines = match (narrow, stretch.units.as_str()) {
        (_, "") => vec![stretch.label.clone()],
        (true, units) => vec![stretch.label.clone(), units.to_owned()],
        (false, units) => vec![format!("{}, {units}", stretch.label)],
    };
    let (x, bottom) = ((left + right) / 2, plot.heights().0 - units(11.0));
    for (line, words) in lines.iter().rev().enumerate() {
        let words = text::shorten(words, size, room);
        let at = (x, bottom - units(LINE * line as f64));
        plot.sheet.text(Role::Text, size, HPos::Center, &words, at)?;
    }
    Ok(())
}
