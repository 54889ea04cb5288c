//! The latest value of a metric, as it stands on many pages.

use super::frame::Spot;
use super::views::MetricCardView;
use super::words::{Words, direction, sense};
use crate::charts::{self, Sparkline};
use crate::links;
use crate::model::{Kind, MetricId};
use crate::privacy::PublicMetric;

/// Answers below which a value is hardly more than a hint, and is shown in grey.
const FEW: u64 = 30;

/// The card of a metric. `scope` keeps the ids of its drawing apart from those of the same card elsewhere on the page.
pub(super) fn card(spot: &Spot<'_>, metric: &PublicMetric, scope: &str) -> MetricCardView {
    let (definition, words) = (&metric.metric.definition, spot.words(metric));
    let total = metric.total();
    let latest = total.and_then(|series| series.latest());
    let number = latest.and_then(|point| point.value);
    MetricCardView {
        name: definition.name.clone(),
        href: spot.href(&links::metric(&metric.metric.id)),
        value: number.map_or_else(|| "–".to_owned(), |value| words.value(value)),
        few: definition.kind != Kind::Count && latest.and_then(|point| point.n).is_some_and(|n| n < FEW),
        base: words.base(latest.and_then(|point| point.n)),
        period: latest.map(|point| words.period(point.period)).unwrap_or_default(),
        interval: words.interval(latest.and_then(|point| point.interval)),
        reading: total.map_or_else(|| "No values to show yet".to_owned(), |series| words.reading(series)),
        sense: total.map_or("early", |series| sense(definition.better, series)),
        target: words.target(number),
        sparkline_html: total.map(|_| sparkline(spot, words, metric, scope)).unwrap_or_default(),
        direction: direction(definition.better),
        team: metric.metric.team.as_ref().and_then(|team| spot.team(team)),
    }
}

/// The latest value with its period, for a line of a table: "84 %, Sep 2026".
pub(super) fn brief(card: &MetricCardView) -> String {
    match card.period.as_str() {
        "" => "no value to show".to_owned(),
        period => format!("{}, {period}", card.value),
    }
}

/// Cards of several metrics, by their ids.
pub(super) fn cards<'a>(
    spot: &Spot<'_>,
    ids: impl IntoIterator<Item = &'a MetricId>,
    scope: &str,
) -> Vec<MetricCardView> {
    let metrics = spot.site.book.metrics();
    ids.into_iter().filter_map(|id| metrics.get(id)).map(|metric| card(spot, metric, scope)).collect()
}

fn sparkline(spot: &Spot<'_>, words: Words<'_>, metric: &PublicMetric, scope: &str) -> String {
    let definition = words.definition;
    let Some(series) = metric.total() else { return String::new() };
    let recent = definition.cadence.per_year() * 2;
    let skip = series.points.len().saturating_sub(recent.max(8));
    let spec = Sparkline {
        id: format!("spark.{scope}.{}", metric.metric.id),
        title: words.headline(series),
        description: words.description(series),
        values: series.points.iter().skip(skip).map(|point| point.value).collect(),
        target: definition.target,
        reach: None,
    };
    spot.memo.chart(&("sparkline", &spec), || charts::sparkline(&spec))
}
