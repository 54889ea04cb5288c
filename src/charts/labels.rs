//! Labels at the right end: the last value, the names of the series, the target. They never overlap.

use super::role::Role;
use super::sheet::{Done, Plot, units};
use super::spec::Trend;
use super::text;

/// Distance of two lines of text, in parts of the font size.
const LINE_HEIGHT: f64 = 1.2;

/// The distance between plot and labels.
pub(super) const GAP: f64 = 10.0;

/// One label, before its height is known.
pub(super) struct Label {
    value: f64,
    /// The slot of the point it belongs to; none for the target.
    slot: Option<usize>,
    /// The strong opening, a number.
    strong: String,
    lines: Vec<String>,
    /// The series whose colour it takes.
    series: Option<usize>,
    role: Role,
}

impl Label {
    /// A label at the right end that belongs to a level and not to a point; its words may take two lines.
    pub(super) fn at_level(value: f64, role: Role, strong: &str, lines: Vec<String>) -> Label {
        Label { value, slot: None, strong: strong.to_owned(), lines, series: None, role }
    }
}

/// The labels of a chart, each at most this wide.
pub(super) fn plan(spec: &Trend, format: &dyn Fn(f64) -> String, size: f64, widest: f64) -> Vec<Label> {
    let ends = (0..spec.series.len()).filter_map(|series| plan_end(spec, series, format, size, widest - GAP));
    ends.chain(target(spec, size, widest)).collect()
}

/// The words of the target. A unit that is too long for the room is left out, never cut: the heading says it too.
pub(super) fn target(spec: &Trend, size: f64, widest: f64) -> Option<Label> {
    let (value, words) = spec.goal().filter(|(_, words)| !words.is_empty())?;
    let mut lines = text::wrap(words, size, widest - GAP);
    if lines.iter().any(|line| line.ends_with('…'))
        && let Some((number, _)) = words.rsplit_once(' ')
    {
        lines = text::wrap(number, size, widest - GAP);
    }
    Some(Label::at_level(value, Role::TargetText, "", lines))
}

/// The last value of a series, with its name if there are others.
fn plan_end(
    spec: &Trend,
    series: usize,
    format: &dyn Fn(f64) -> String,
    size: f64,
    widest: f64,
) -> Option<Label> {
    let mut slots = (0..spec.slots.len()).rev();
    let (slot, value) = slots.find_map(|slot| Some((slot, spec.value(series, slot)?)))?;
    let strong = text::shorten(&format(value), size, widest * 0.8);
    let name = if spec.series.len() > 1 { spec.series[series].name.as_str() } else { "" };
    let extra = text::width_with_strong(&strong, "", size) - text::width(&strong, size);
    let whole = format!("{strong} {name}");
    let mut lines = text::wrap(whole.trim_end(), size, widest - extra);
    let rest = lines[0].strip_prefix(strong.as_str()).map(|rest| rest.trim_start().to_owned());
    let strong = if rest.is_some() { strong } else { String::new() };
    if let Some(rest) = rest {
        lines[0] = rest;
    }
    Some(Label { value, slot: Some(slot), strong, lines, series: Some(series), role: Role::Label })
}

/// The room the labels need to the right of the plot.
pub(super) fn room(labels: &[Label], size: f64) -> f64 {
    let widths = labels.iter().flat_map(|label| {
        let first = text::width_with_strong(&label.strong, &label.lines[0], size);
        let others = label.lines.iter().skip(1).map(|line| text::width(line, size));
        std::iter::once(first).chain(others)
    });
    widths.fold(0.0, f64::max) + GAP
}

impl Label {
    fn height(&self, size: f64) -> f64 {
        (self.lines.len() as f64 * LINE_HEIGHT + 0.2) * size
    }
}

/// Draws the labels where their values are, moved apart where they would touch.
pub(super) fn draw(plot: &Plot, spec: &Trend, labels: &[Label], size: f64) -> Done {
    let mut sorted: Vec<&Label> = labels.iter().collect();
    sorted.sort_by(|one, other| other.value.total_cmp(&one.value));
    let heights = |label: &&Label| (f64::from(plot.at(0.0, label.value).1), label.height(size) * 10.0);
    let wanted: Vec<(f64, f64)> = sorted.iter().map(heights).collect();
    let (top, bottom) = plot.heights();
    let middles = spread(&wanted, f64::from(top - units(8.0)), f64::from(bottom + units(8.0)));
    for (label, middle) in sorted.into_iter().zip(middles) {
        draw_one(plot, spec, label, middle.round() as i32, size)?;
    }
    Ok(())
}

fn draw_one(plot: &Plot, spec: &Trend, label: &Label, middle: i32, size: f64) -> Done {
    let left = plot.sides().1 + units(GAP - 2.0);
    let draw = |sheet: &super::sheet::Sheet| {
        draw_leader(plot, spec, label, (left, middle))?;
        let line = units(size * LINE_HEIGHT);
        let first = middle - line * (label.lines.len() as i32 - 1) / 2 + units(size * 0.36);
        for (index, words) in label.lines.iter().enumerate() {
            let strong = if index == 0 { label.strong.as_str() } else { "" };
            let at = (left, first + line * index as i32);
            sheet.raw(|writer| writer.label(label.role, at, strong, words))?;
        }
        Ok(())
    };
    match label.series {
        Some(series) => plot.sheet.group(&format!("chart-s{}", series % 4 + 1), draw),
        None => draw(&plot.sheet),
    }
}

/// A thin line to the label if it stands away from its point.
fn draw_leader(plot: &Plot, spec: &Trend, label: &Label, (left, middle): (i32, i32)) -> Done {
    let slot = label.slot.map_or(spec.slots.len() as f64 - 0.5, |slot| slot as f64);
    let (x, y) = plot.at(slot, label.value);
    let gap = if label.slot.is_some() { units(6.0) } else { 0 };
    let start = x + gap;
    let moved = (middle - y).abs() > units(5.0);
    let early = label.slot.is_some_and(|slot| slot + 1 < spec.slots.len());
    if !(moved || early) {
        return Ok(());
    }
    plot.sheet
        .path(Role::Leader, &[(start, y), ((plot.sides().1).max(start), y), (left - units(2.0), middle)])
}

/// Middles of blocks with wanted middles and heights, ordered from the top, moved as little as keeps them apart.
fn spread(wanted: &[(f64, f64)], top: f64, bottom: f64) -> Vec<f64> {
    struct Pile {
        start: f64,
        heights: Vec<f64>,
    }
    let total = |pile: &Pile| pile.heights.iter().sum::<f64>();
    let mut piles: Vec<Pile> = Vec::new();
    for &(middle, height) in wanted {
        let mut pile = Pile { start: middle - height / 2.0, heights: vec![height] };
        while let Some(above) = piles.pop_if(|above| above.start + total(above) > pile.start) {
            let (ours, theirs) = (pile.heights.len() as f64, above.heights.len() as f64);
            let shifted = pile.start - total(&above);
            pile.start = (above.start * theirs + shifted * ours) / (ours + theirs);
            pile.heights.splice(0..0, above.heights);
        }
        piles.push(pile);
    }
    let mut free_to = bottom;
    for pile in piles.iter_mut().rev() {
        pile.start = pile.start.min(free_to - total(pile));
        free_to = pile.start;
    }
    let mut free_from = top;
    let mut middles = Vec::new();
    for pile in &piles {
        free_from = pile.start.max(free_from);
        for height in &pile.heights {
            middles.push(free_from + height / 2.0);
            free_from += height;
        }
    }
    middles
}

#[cfg(test)]
mod tests {
    use super::spread;

    #[test]
    fn labels_that_fit_stay_where_they_are() {
        assert_eq!(spread(&[(20.0, 10.0), (50.0, 10.0)], 0.0, 100.0), [20.0, 50.0]);
    }

    #[test]
    fn labels_that_touch_share_the_shift() {
        assert_eq!(spread(&[(50.0, 10.0), (50.0, 10.0)], 0.0, 100.0), [45.0, 55.0]);
        assert_eq!(spread(&[(50.0, 10.0), (54.0, 10.0), (58.0, 10.0)], 0.0, 100.0), [44.0, 54.0, 64.0]);
    }

    #[test]
    fn labels_stay_inside() {
        assert_eq!(spread(&[(99.0, 10.0), (99.0, 10.0)], 0.0, 100.0), [85.0, 95.0]);
        assert_eq!(spread(&[(1.0, 10.0)], 0.0, 100.0), [5.0]);
    }
}
