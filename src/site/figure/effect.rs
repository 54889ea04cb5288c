//! Before and after an action, on its metric.

use super::{Selection, about, actions, axis_note, cut, ground, line};
use crate::charts::{self, BeforeAfter, Difference, Layout, Stretch, Trend};
use crate::metrics::statistics::{Confidence, before_after};
use crate::privacy::{PublicMetric, PublicSeries, State};
use crate::site::frame::Spot;
use crate::site::table;
use crate::site::views::FigureView;
use crate::site::words::comparison_title;

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
    let (event, link) = actions(spot, metric, &all, selection.actions).into_iter().next()?;
    let (series, at) = around(&all, event.slot)?;
    let values = |from: usize, to: usize| -> Vec<f64> {
        let points = series.points.get(from..to).unwrap_or(&[]);
        points.iter().filter(|point| point.state == State::Shown).filter_map(|point| point.value).collect()
    };
    // The period in which the action began is partly before and partly after it, so it counts on neither side.
    let (before, after) = (values(0, at), values(at + 1, series.points.len()));
    let found = before_after(&before, &after, Confidence::USUAL)?;
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let stretch = |name: &str, from: usize, to: usize, values: &[f64]| Stretch {
        from,
        to,
        mean: mean(values),
        label: format!("{name}: {}", words.bare(mean(values))),
        units: months(words.definition.cadence.word(), values),
    };
    let (low, high) = found.interval;
    let range = format!(
        "{} to {}",
        words.locale.signed(low, words.definition.decimals),
        words.locale.signed(high, words.definition.decimals)
    );
    let changed = low > 0.0 || high < 0.0;
    let title = selection
        .title
        .map_or_else(|| comparison_title(words, &event.label, found.difference, changed), str::to_owned);
    let stretches = (
        stretch("Before", 0, at.saturating_sub(1), &before),
        stretch("After", at + 1, series.points.len() - 1, &after),
    );
    let spec = BeforeAfter {
        trend: Trend {
            id: id.to_owned(),
            title: title.clone(),
            description: format!(
                "{}, {}. {}, {}. Difference {}, 95\u{a0}% interval {range}.",
                stretches.0.label,
                stretches.0.units,
                stretches.1.label,
                stretches.1.units,
                words.difference(found.difference)
            ),
            series: vec![line(words, &series, true)],
            events: vec![charts::Event { slot: at, number: 1, ..event }],
            height: selection.height,
            ..ground(words, &series)
        },
        before: stretches.0,
        after: stretches.1,
        difference: Some(Difference {
            interval: found.interval,
            value: words.locale.signed(found.difference, words.definition.decimals),
            range: range.clone(),
        }),
        mean: "mean".to_owned(),
        carried_on: "mean before, carried on".to_owned(),
        interval: "95\u{a0}% interval of the difference".to_owned(),
    };
    let format = |value: f64| words.bare(value);
    let shown = std::slice::from_ref(&series);
    Some(FigureView {
        id: id.to_owned(),
        title,
        subtitle: format!(
            "{}, difference {} (95\u{a0}% interval {range})",
            words.subtitle(shown),
            words.difference(found.difference)
        ),
        wide_html: charts::before_after(&spec, Layout::Wide, &format),
        phone_html: charts::before_after(&spec, Layout::Phone, &format),
        events: vec![link],
        breaks: Vec::new(),
        notes: notes(words.definition.cadence.word(), axis_note(words, &spec.trend)),
        table: selection.with_table.then(|| table::table(words, shown)),
        links: about(spot, metric),
    })
}

fn months(cadence: &str, values: &[f64]) -> String {
    format!("{} {cadence}{}", values.len(), if values.len() == 1 { "" } else { "s" })
}

fn notes(cadence: &str, axis: Option<String>) -> Vec<String> {
    let units = format!(
        "Compared are the means of each {cadence}, not single answers (Welch's t). The {cadence} in which it began counts on \
         neither side. Other things may have changed at the same time."
    );
    std::iter::once(units).chain(axis).collect()
}

/// Up to a year on each side of the action, never across a change of the definition, and where in it the action is.
fn around(series: &PublicSeries, at: usize) -> Option<(PublicSeries, usize)> {
    let year = series.points.first()?.period.cadence().per_year();
    let begins = series.breaks.iter().copied().filter(|index| *index <= at).max().unwrap_or(0);
    let ends = series.breaks.iter().copied().find(|index| *index > at).unwrap_or(series.points.len());
    let (from, to) = (begins.max(at.saturating_sub(year)), ends.min(at + year + 1));
    // Signals belong to limits over the whole series, which this chart does not show.
    let points = series.points.get(from..to)?.iter();
    let points = points.map(|point| crate::privacy::Point { signal: None, ..point.clone() }).collect();
    let cut = PublicSeries { points, limits: Vec::new(), breaks: Vec::new(), ..series.clone() };
    Some((cut, at - from))
}
