//! Charts with their words: from published series to the figure a template shows.

use super::frame::Spot;
use super::table;
use super::views::{FigureView, LinkView};
use super::words;
use crate::charts::{self, Break, Event, Layout, Limits, Mark, Point, Series, Signal, Slot, Trend, Words};
use crate::links;
use crate::metrics::process;
use crate::model::{Cadence, Definition, Page, PageKind, Period, grouped, slug};
use crate::privacy::{self, PublicMetric, PublicSeries, State};

/// What a figure shows of a metric.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Selection<'a> {
    /// The groups of this split; everybody when `None`.
    pub(super) split: Option<&'a str>,
    /// First day; periods that end before it are left out.
    pub(super) since: Option<crate::model::Month>,
    /// Last month; periods that begin after it are left out.
    pub(super) until: Option<crate::model::Month>,
    /// The author's words above the chart.
    pub(super) title: Option<&'a str>,
    /// Whether the numbers go with it.
    pub(super) with_table: bool,
}

/// Lines that one chart can hold and a reader can tell apart.
const MOST_LINES: usize = 4;

/// The figures of a selection: one, or several with one scale where a split has more groups than fit one chart.
pub(super) fn figures(
    spot: &Spot<'_>,
    metric: &PublicMetric,
    selection: &Selection<'_>,
    id: &str,
) -> Vec<FigureView> {
    let chosen: Vec<&PublicSeries> = metric
        .series
        .iter()
        .filter(|series| series.split.as_ref().map(|(name, _)| name.as_str()) == selection.split)
        .collect();
    let cut: Vec<PublicSeries> = chosen.into_iter().map(|series| cut(series, selection)).collect();
    let reach = reach(&cut);
    let mut figures = Vec::new();
    let panels = cut.len().div_ceil(MOST_LINES).max(1);
    for (index, series) in cut.chunks(cut.len().div_ceil(panels).max(1)).enumerate() {
        if series.iter().any(|series| !series.points.is_empty()) {
            let id = if index == 0 { id.to_owned() } else { format!("{id}-{}", index + 1) };
            let mut panel = figure(spot, metric, series, selection, id, reach);
            if panels > 1 {
                panel.title = format!("{} ({} of {panels})", panel.title, index + 1);
            }
            figures.push(panel);
        }
    }
    figures
}

/// The part of a series that a selection asks for.
fn cut(series: &PublicSeries, selection: &Selection<'_>) -> PublicSeries {
    let first_day = selection.since.and_then(crate::model::Month::first_day);
    let end = selection.until.and_then(crate::model::Month::first_day).map(|day| day.plus_months(1));
    let inside = |period: &Period| {
        first_day.is_none_or(|day| period.end() >= day) && end.is_none_or(|day| period.start() < day)
    };
    let Some(from) = series.points.iter().position(|point| inside(&point.period)) else {
        return PublicSeries {
            points: Vec::new(),
            rules: series.rules,
            limits: Vec::new(),
            breaks: Vec::new(),
            split: series.split.clone(),
        };
    };
    let points: Vec<_> =
        series.points.iter().skip(from).take_while(|point| inside(&point.period)).cloned().collect();
    let to = from + points.len() - 1;
    let limits = series.limits.iter().filter(|limits| limits.from <= to && limits.to >= from).map(|limits| {
        process::Limits { from: limits.from.max(from) - from, to: limits.to.min(to) - from, ..*limits }
    });
    let breaks =
        series.breaks.iter().filter(|index| (from + 1..=to).contains(index)).map(|index| index - from);
    PublicSeries {
        limits: limits.collect(),
        rules: series.rules,
        breaks: breaks.collect(),
        points,
        split: series.split.clone(),
    }
}

/// Lowest and highest value of several series, so that panels can be compared.
fn reach(series: &[PublicSeries]) -> Option<(f64, f64)> {
    let values = series.iter().flat_map(|series| &series.points).filter_map(|point| point.value);
    values.fold(None, |reach, value| match reach {
        None => Some((value, value)),
        Some((low, high)) => Some((f64::min(low, value), f64::max(high, value))),
    })
}

fn figure(
    spot: &Spot<'_>,
    metric: &PublicMetric,
    series: &[PublicSeries],
    selection: &Selection<'_>,
    id: String,
    reach: Option<(f64, f64)>,
) -> FigureView {
    let definition = &metric.metric.definition;
    let actions = if selection.split.is_none() { actions(spot, metric, &series[0]) } else { Vec::new() };
    let title = selection.title.map_or_else(|| headline(definition, series, selection), str::to_owned);
    let trend = Trend {
        id: id.clone(),
        title: title.clone(),
        description: series.iter().map(|series| described(definition, series)).collect::<Vec<_>>().join(" "),
        slots: series[0].points.iter().map(|point| slot(point.period)).collect(),
        series: series.iter().map(|series| line(definition, series)).collect(),
        limits: if series.len() == 1 { series[0].limits.iter().map(limits).collect() } else { Vec::new() },
        target: definition
            .target
            .map(|target| (target, format!("Target {}", words::value(definition, target)))),
        events: actions.iter().map(|(event, _)| event.clone()).collect(),
        breaks: breaks(definition, &series[0]),
        range: definition.natural_range().filter(|(_, high)| high.is_finite()),
        reach,
        words: key(),
    };
    let format = |value: f64| words::bare(definition, value);
    FigureView {
        title,
        subtitle: subtitle(definition, series),
        wide_html: charts::trend(&trend, Layout::Wide, &format),
        phone_html: charts::trend(&trend, Layout::Phone, &format),
        events: actions.into_iter().map(|(_, link)| link).collect(),
        breaks: trend.breaks.iter().map(|change| change.label.clone()).collect(),
        notes: notes(definition, series, &trend),
        table: selection.with_table.then(|| table::table(definition, series)),
        csv: spot.href(&links::metric_csv(&metric.metric.id)),
        metric: spot.link(&definition.name, &links::metric(&metric.metric.id)),
        id,
    }
}

fn headline(definition: &Definition, series: &[PublicSeries], selection: &Selection<'_>) -> String {
    let name = &definition.name;
    match (selection.split, series) {
        (None, [series, ..]) => words::headline(name, series),
        (Some(split), [PublicSeries { split: Some((_, group)), .. }]) => {
            format!("{name} by {split}: {group}")
        }
        (split, _) => format!("{name} by {}", split.unwrap_or_default()),
    }
}

fn described(definition: &Definition, series: &PublicSeries) -> String {
    let words = words::description(definition, series);
    series.split.as_ref().map_or_else(|| words.clone(), |(_, value)| format!("{value}: {words}"))
}

fn slot(period: Period) -> Slot {
    let start = period.start();
    Slot { label: period.label(), year: start.year(), month: start.month(), tick: period.label() }
}

fn line(definition: &Definition, series: &PublicSeries) -> Series {
    let name = series.split.as_ref().map_or("", |(_, value)| value.as_str());
    let points = series.points.iter().map(|point| Point {
        mark: match point.state {
            State::Shown => Mark::Shown,
            State::Provisional => Mark::Provisional,
            State::Suppressed => Mark::Suppressed,
            State::Missing => Mark::Missing,
        },
        value: point.value,
        // Bands of several lines would cover each other; the table has every interval.
        interval: point.interval.filter(|_| series.split.is_none()),
        signal: point.signal.filter(|_| series.split.is_none()).map(|signal| match signal {
            process::Signal::Outside => Signal::Outside,
            process::Signal::Shift => Signal::Shift,
            process::Signal::Trend => Signal::Trend,
            process::Signal::TwoOfThree => Signal::TwoOfThree,
        }),
        tooltip: words::point(definition, point),
    });
    Series { key: slug(name), name: name.to_owned(), points: points.collect() }
}

fn limits(limits: &process::Limits) -> Limits {
    let process::Limits { from, to, centre, lower, upper, .. } = *limits;
    Limits { from, to, centre, lower, upper }
}

fn breaks(definition: &Definition, series: &PublicSeries) -> Vec<Break> {
    let label = |slot: &usize| {
        let period = series.points[*slot].period;
        let change = definition
            .changes
            .iter()
            .find(|change| change.date <= period.end() && change.date >= period.start());
        let words = change.map_or("Definition changed", |change| change.kind.words());
        Break { slot: *slot, label: format!("{words}, {}", period.label()) }
    };
    series.breaks.iter().map(label).collect()
}

/// Actions that aim at the metric, numbered by when they began.
fn actions(spot: &Spot<'_>, metric: &PublicMetric, series: &PublicSeries) -> Vec<(Event, LinkView)> {
    let aimed = spot.site.relations.by_metric.get(&metric.metric.id).map_or(&[][..], Vec::as_slice);
    let mut dated: Vec<(usize, &Page)> = aimed
        .iter()
        .filter_map(|page| match &page.kind {
            PageKind::Action(action) if action.metric.as_ref() == Some(&metric.metric.id) => {
                let started = action.started?;
                let inside =
                    |point: &privacy::Point| point.period.start() <= started && started <= point.period.end();
                Some((series.points.iter().position(inside)?, *page))
            }
            _ => None,
        })
        .collect();
    dated.sort_by_key(|(slot, page)| (*slot, page.id.as_str()));
    dated
        .into_iter()
        .zip(1u8..)
        .map(|((slot, page), number)| {
            let event = Event { slot, number, label: page.facts.title.clone() };
            (event, spot.page_link(page))
        })
        .collect()
}

fn key() -> Words {
    Words {
        interval: "95\u{a0}% interval".to_owned(),
        centre: "average".to_owned(),
        limits: "limits of normal variation".to_owned(),
        provisional: "provisional".to_owned(),
        suppressed: "hidden to protect small groups".to_owned(),
        not_surveyed: "no survey ran".to_owned(),
        outside: "outside the limits".to_owned(),
        shift: "run too long for chance".to_owned(),
        trend: "rise or fall too long for chance".to_owned(),
        two_of_three: "two of three near a limit".to_owned(),
    }
}

/// Metric, unit, n and period.
fn subtitle(definition: &Definition, series: &[PublicSeries]) -> String {
    let points = || series.iter().flat_map(|series| &series.points);
    let known = || points().filter(|point| point.value.is_some());
    let mut parts = vec![definition.name.clone()];
    if !definition.unit.is_empty() {
        parts.push(definition.unit.clone());
    }
    if known().next().is_none() {
        parts.push("no value can be shown".to_owned());
        return parts.join(", ");
    }
    let n: Vec<u64> = known().filter_map(|point| point.n).collect();
    parts.push(match (n.iter().min(), n.iter().max()) {
        _ if definition.kind == crate::model::Kind::Count => "counted".to_owned(),
        (Some(least), Some(most)) if least == most => format!("n = {}", grouped(*least)),
        (Some(least), Some(most)) => {
            format!("n = {} to {} a {}", grouped(*least), grouped(*most), definition.cadence.word())
        }
        _ => "base unknown".to_owned(),
    });
    if let (Some(first), Some(last)) = (known().map(|p| p.period).min(), known().map(|p| p.period).max()) {
        parts.push(format!("{} to {}", first.label(), last.label()));
    }
    parts.join(", ")
}

fn notes(definition: &Definition, series: &[PublicSeries], trend: &Trend) -> Vec<String> {
    let mut notes = Vec::new();
    let format = |value: f64| words::bare(definition, value);
    if let Some((low, high)) = charts::axis_note(trend, &format) {
        notes.push(format!("The axis shows {} to {}.", format(low), words::value(definition, high)));
    }
    if let Some(limits) = series[0].limits.last().filter(|_| series.len() == 1) {
        let share = crate::model::show(
            100.0 * limits.false_alarm_of(series[0].rules),
            crate::model::Decimals::new(0),
        );
        notes.push(format!(
            "Limits: average \u{b1} 2.66 \u{d7} mean moving range of {} points. Chance alone flags about {share}\u{a0}% of \
             charts of this length.",
            limits.points
        ));
    }
    if series.len() == 1 && series[0].points.iter().any(|point| point.signal.is_some()) {
        notes.push(format!("Marked: {}", series[0].rules.sentence()));
    }
    if matches!(definition.cadence, Cadence::FourWeeks(_)) {
        notes.push("A year has thirteen periods of four weeks.".to_owned());
    }
    notes
}
