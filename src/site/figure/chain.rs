//! The two ends of a chain: a team's own metric above the customer's, on one time axis.

use super::{Selection, actions, axis_note, cut, ground, limits, point};
use crate::charts::{self, Event, Layout, Point, Series, Trend};
use crate::model::{Cadence, Edge, Evidence, MetricId, Period};
use crate::privacy::{PublicMetric, PublicSeries};
use crate::site::frame::Spot;
use crate::site::table;
use crate::site::views::{FigureView, LinkView};
use crate::site::words::Words;

/// Years shown unless the author asks for others: long enough for limits and seasons, short enough for a phone.
const YEARS: usize = 3;

/// The figures of the edges that a metric is an end of, those seen in numbers first.
pub(in crate::site) fn chains(
    spot: &Spot<'_>,
    id: &MetricId,
    selection: &Selection<'_>,
    name: &str,
) -> Vec<FigureView> {
    let map = spot.site.book.map().iter().enumerate();
    let mut edges: Vec<(usize, &Edge)> =
        map.filter(|(_, edge)| edge.metric == *id || edge.moves == *id).collect();
    edges.sort_by_key(|(index, edge)| (edge.evidence != Evidence::Measured, *index));
    edges
        .into_iter()
        .filter_map(|(index, edge)| chain(spot, edge, selection, &format!("{name}{index}")))
        .collect()
}

/// The figure of one edge; none where one of its metrics has nothing to draw.
pub(in crate::site) fn chain(
    spot: &Spot<'_>,
    edge: &Edge,
    selection: &Selection<'_>,
    id: &str,
) -> Option<FigureView> {
    let metrics = spot.site.book.metrics();
    let (own, customer) = (metrics.get(&edge.metric)?, metrics.get(&edge.moves)?);
    let (own_all, customer_all) = (cut(own.total()?, selection), cut(customer.total()?, selection));
    let periods = axis(&own_all, &customer_all)?;
    let (own_words, customer_words) = (spot.words(own), spot.words(customer));
    let (own_series, customer_series) = (within(&own_all, &periods), within(&customer_all, &periods));
    let (mut upper, mut events) =
        panel(spot, own, own_words, (&own_all, &own_series), &periods, selection, 0);
    let (mut lower, more) = panel(
        spot,
        customer,
        customer_words,
        (&customer_all, &customer_series),
        &periods,
        selection,
        events.len(),
    );
    events.extend(more);
    (upper.id, lower.id) = (format!("{id}.own"), format!("{id}.customer"));
    upper.title = format!("{};", own_words.headline(&own_all));
    lower.title = customer_words.headline(&customer_all);
    let title = selection.title.map_or_else(|| format!("{} {}", upper.title, lower.title), str::to_owned);
    let (own_format, customer_format) =
        (|value: f64| own_words.bare(value), |value: f64| customer_words.bare(value));
    let draw = |layout: Layout| {
        let from = ("two panels", layout, (&upper, own_words.signs()), (&lower, customer_words.signs()));
        spot.memo.chart(&from, || charts::two_panels(&upper, &lower, layout, &own_format, &customer_format))
    };
    let subtitle = |words: Words<'_>, series: &PublicSeries| words.subtitle(std::slice::from_ref(series));
    Some(FigureView {
        id: id.to_owned(),
        title,
        subtitle: format!(
            "{}; {}",
            subtitle(own_words, &own_series),
            subtitle(customer_words, &customer_series)
        ),
        wide_html: draw(Layout::Wide),
        phone_html: draw(Layout::Phone),
        events,
        breaks: upper.breaks.iter().chain(&lower.breaks).map(|change| change.label.clone()).collect(),
        notes: notes(own_words, customer_words, &upper, &lower),
        table: selection
            .with_table
            .then(|| table::pair((own_words, &own_series), (customer_words, &customer_series))),
        links: vec![about(spot, own), about(spot, customer)],
    })
}

fn about(spot: &Spot<'_>, metric: &PublicMetric) -> LinkView {
    let route = crate::links::metric(&metric.metric.id);
    spot.link(&format!("About this metric: {}", metric.metric.definition.name), &route)
}

fn notes(own: Words<'_>, customer: Words<'_>, upper: &Trend, lower: &Trend) -> Vec<String> {
    let cut = |words: Words<'_>, trend: &Trend| {
        axis_note(words, trend).map(|note| format!("{}: {note}", words.definition.name))
    };
    let together = "Two metrics above each other on one time axis. That they move together does not show that one \
                    moves the other.";
    let cadences = [own, customer].map(|words| words.definition.cadence.word());
    let longer = (cadences[0] != cadences[1])
        .then(|| "The metric with fewer values a year has each of them in all its months.".to_owned());
    let axes = cut(own, upper).into_iter().chain(cut(customer, lower));
    std::iter::once(together.to_owned()).chain(longer).chain(axes).collect()
}

/// The periods of the finer metric, from the first to the last with anything of both, the newest years of them.
fn axis(own: &PublicSeries, customer: &PublicSeries) -> Option<Vec<Period>> {
    let cadence = |series: &PublicSeries| Some(series.points.first()?.period.cadence());
    let (one, other) = (cadence(own)?, cadence(customer)?);
    let finer: Cadence = if one.per_year() >= other.per_year() { one } else { other };
    let starts = [own, customer].map(|series| series.points.first().map(|point| point.period.start()));
    let ends = [own, customer].map(|series| series.points.last().map(|point| point.period.end()));
    let first = Period::containing(starts.into_iter().flatten().min()?, finer);
    let last = Period::containing(ends.into_iter().flatten().max()?, finer);
    let periods = Period::range(first, last);
    let most = finer.per_year() * YEARS;
    Some(periods.split_at(periods.len().saturating_sub(most)).1.to_vec())
}

/// The points of a series that the axis shows.
fn within(series: &PublicSeries, periods: &[Period]) -> PublicSeries {
    let from = periods.first().map(|period| period.start());
    let points = series.points.iter().filter(|point| from.is_none_or(|from| point.period.end() >= from));
    PublicSeries {
        points: points.cloned().collect(),
        limits: Vec::new(),
        breaks: Vec::new(),
        ..series.clone()
    }
}

/// One panel and the actions it marks, numbered after those of the panel above.
fn panel(
    spot: &Spot<'_>,
    metric: &PublicMetric,
    words: Words<'_>,
    (all, shown): (&PublicSeries, &PublicSeries),
    periods: &[Period],
    selection: &Selection<'_>,
    numbered: usize,
) -> (Trend, Vec<LinkView>) {
    let points: Vec<Point> = periods.iter().map(|period| stretched(words, shown, *period)).collect();
    let slot_of = |index: usize| {
        let start = all.points.get(index)?.period.start();
        periods.iter().position(|period| start <= period.end() && period.start() <= start)
    };
    let last = periods.len().saturating_sub(1);
    let levels = all.limits.iter().filter_map(|one| {
        let from = slot_of(one.from).unwrap_or(0);
        let to = slot_of(one.to + 1).map_or(last, |next| next.saturating_sub(1));
        (slot_of(one.to).is_some()).then(|| charts::Limits { from, to, ..limits(one) })
    });
    let breaks = ground(words, all)
        .breaks
        .into_iter()
        .filter_map(|change| Some(charts::Break { slot: slot_of(change.slot)?, ..change }));
    let marked = actions(spot, metric, all, selection.actions);
    let (events, links) = marked
        .into_iter()
        .filter_map(|(event, link)| Some((slot_of(event.slot)?, event, link)))
        .zip(1..)
        .map(|((slot, event, link), number)| {
            (Event { slot, number: u32::try_from(numbered + number).unwrap_or(u32::MAX), ..event }, link)
        })
        .unzip();
    let name = match words.spoken_unit() {
        "" => words.definition.name.clone(),
        unit => format!("{}, {unit}", words.definition.name),
    };
    let trend = Trend {
        description: words.description(shown),
        slots: periods.iter().map(|period| super::slot(words.locale, *period)).collect(),
        series: vec![Series { key: String::new(), name, points }],
        limits: levels.collect(),
        breaks: breaks.collect(),
        events,
        height: selection.height,
        ..ground(words, all)
    };
    (trend, links)
}

/// What a series says about a period of the axis. A metric with longer periods has its value in each part of one, but
/// signals and marks stand once; tooltips would double the bytes of the page, and the table says the same.
fn stretched(words: Words<'_>, series: &PublicSeries, period: Period) -> Point {
    let found = series
        .points
        .iter()
        .find(|point| point.period.start() <= period.start() && period.start() <= point.period.end());
    let Some(found) = found else { return Point::default() };
    let drawn = Point { tooltip: String::new(), ..point(words, found) };
    if found.period.start() == period.start() || found.period.cadence() == period.cadence() {
        return drawn;
    }
    match drawn.mark {
        charts::Mark::Suppressed | charts::Mark::NotSurveyed => Point::default(),
        _ => Point { signal: None, ..drawn },
    }
}
