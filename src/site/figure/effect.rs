//! Before and after an action, on its metric.

use super::{Selection, about, actions, axis_note, cut, ground, line};
use crate::charts::{self, BeforeAfter, Difference, Layout, Stretch, Trend};
use crate::model::{Date, Section};
use crate::privacy::{Point, PublicMetric, PublicSeries};
use crate::site::actions::facts;
use crate::site::frame::Spot;
use crate::site::table;
use crate::site::views::FigureView;
use crate::site::words::{Words, comparison_title};

/// The figure of one action, named by the selection. None where the action does not aim at the metric, or where there are
/// too few values on one side of it to compare.
pub(in crate::site) fn effect(
    spot: &Spot<'_>,
    metric: &PublicMetric,
    selection: &Selection<'_>,
    id: &str,
) -> Option<FigureView> {
    let words = spot.words(metric);
    let all = cut(metric.total()?, selection);
    let found = all.around(started(spot, metric, selection)?).ok()?;
    let (event, link) = actions(spot, metric, &all, selection.actions).into_iter().next()?;
    let (first, last) = (found.before.0, found.after.1);
    let series = between(&all, first, last)?;
    let decimals = words.definition.decimals;
    let stretch = |name: &str, (from, to): (usize, usize), mean: f64, count: u64| Stretch {
        from: from - first,
        to: to - first,
        mean,
        label: format!("{name}: {}", words.bare(mean)),
        units: months(words, count),
    };
    let found = (
        found.welch,
        stretch("Before", found.before, found.mean_before, found.welch.before),
        stretch("After", found.after, found.mean_after, found.welch.after),
    );
    let (found, before, after) = found;
    let (low, high) = found.interval;
    let range = format!("{} to {}", words.locale.signed(low, decimals), words.locale.signed(high, decimals));
    let changed = low > 0.0 || high < 0.0;
    let title = selection
        .title
        .map_or_else(|| comparison_title(words, &event.label, found.difference, changed), str::to_owned);
    let spec = BeforeAfter {
        trend: Trend {
            id: id.to_owned(),
            title: title.clone(),
            description: format!(
                "{}, {}. {}, {}. Difference {}, 95\u{a0}% interval {range}.",
                before.label,
                before.units,
                after.label,
                after.units,
                words.difference(found.difference)
            ),
            series: vec![line(words, &series, true)],
            events: vec![charts::Event { slot: event.slot.saturating_sub(first), number: 1, ..event }],
            height: selection.height,
            ..ground(words, &series)
        },
        before,
        after,
        difference: Some(Difference {
            interval: found.interval,
            value: words.locale.signed(found.difference, decimals),
            range: range.clone(),
        }),
        mean: "mean".to_owned(),
        carried_on: "mean before, carried on".to_owned(),
        interval: "95\u{a0}% interval of the difference".to_owned(),
    };
    let format = |value: f64| words.bare(value);
    let shown = std::slice::from_ref(&series);
    let drawn = |layout| {
        let from = ("before_after", layout, &spec, words.signs());
        spot.memo.chart(&from, || charts::before_after(&spec, layout, &format))
    };
    Some(FigureView {
        id: id.to_owned(),
        title,
        subtitle: format!(
            "{}, difference {} (95\u{a0}% interval {range})",
            words.subtitle(shown),
            words.difference(found.difference)
        ),
        wide_html: drawn(Layout::Wide),
        phone_html: drawn(Layout::Phone),
        events: vec![link],
        breaks: Vec::new(),
        notes: notes(words.definition.cadence.word(), axis_note(words, &spec.trend)),
        table: selection.with_table.then(|| table::table(words, shown)),
        links: about(spot, metric),
    })
}

/// The day on which the action that is asked for began.
fn started(spot: &Spot<'_>, metric: &PublicMetric, selection: &Selection<'_>) -> Option<Date> {
    let wanted = selection.actions?.first()?;
    let page = spot.site.relations.page(Section::Actions, wanted)?;
    let about = spot.site.relations.by_metric.get(&metric.metric.id)?;
    let own = about.iter().any(|other| std::ptr::eq(*other, page));
    own.then(|| facts(page)?.started).flatten()
}

fn months(words: Words<'_>, count: u64) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{} {}{ending}", words.count(count), words.definition.cadence.word())
}

fn notes(cadence: &str, axis: Option<String>) -> Vec<String> {
    let units = format!(
        "Compared are the means of each {cadence}, not single answers (Welch's t). A {cadence} in which it began midway counts \
         on neither side. Other things may have changed at the same time."
    );
    std::iter::once(units).chain(axis).collect()
}

/// The points of a comparison. Signals belong to limits over the whole series, which this chart does not show.
fn between(series: &PublicSeries, first: usize, last: usize) -> Option<PublicSeries> {
    let points = series.points.get(first..=last)?.iter();
    let points = points.map(|point| Point { signal: None, ..point.clone() }).collect();
    let breaks =
        series.breaks.iter().filter(|index| (first + 1..=last).contains(index)).map(|index| index - first);
    Some(PublicSeries { points, limits: Vec::new(), breaks: breaks.collect(), ..series.clone() })
}
