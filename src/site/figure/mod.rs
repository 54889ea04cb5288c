//! Charts with their words: from published series to the figure a template shows.
//!
//! [`figures`] makes the trends of a metric; each other kind of chart has a file of its own.

mod answers;
mod chain;
mod chain_map;
mod contact;
mod effect;
mod journey;

use super::frame::Spot;
use super::table;
use super::views::{FigureView, LinkView};
use super::words::Words;
use crate::charts::{self, Break, Event, Layout, Limits, Mark, Point, Series, Signal, Slot, Trend};
use crate::links;
use crate::metrics::process;
use crate::model::{Cadence, Decimals, Locale, Month, Page, PageKind, Period, slug};
use crate::privacy::{self, PublicMetric, PublicSeries, State};

pub(super) use answers::answers;
pub(super) use chain::{chain, chains};
pub(super) use chain_map::chain_map;
pub(super) use contact::contact;
pub(super) use effect::effect;
pub(super) use journey::journey;

/// What a figure shows of a metric.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Selection<'a> {
    /// The groups of this split; everybody when `None`.
    pub(super) split: Option<&'a str>,
    /// One chart for each group instead of one for several.
    pub(super) apart: bool,
    /// First month; periods that end before it are left out.
    pub(super) since: Option<Month>,
    /// Last month; periods that begin after it are left out.
    pub(super) until: Option<Month>,
    /// The actions that are marked: ids of their pages; all that aim at the metric when `None`.
    pub(super) actions: Option<&'a [String]>,
    /// Height of the plot; the layout's own when `None`.
    pub(super) height: Option<u16>,
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
    let panels = if selection.apart { cut.len() } else { cut.len().div_ceil(MOST_LINES) }.max(1);
    for (index, series) in cut.chunks(cut.len().div_ceil(panels).max(1)).enumerate() {
        if series.iter().any(|series| !series.points.is_empty()) {
            let id = if index == 0 { id.to_owned() } else { format!("{id}-{}", index + 1) };
            let mut panel = figure(spot, metric, series, selection, id, reach);
            if panels > 1 && !selection.apart {
                panel.title = format!("{} ({} of {panels})", panel.title, index + 1);
            }
            if selection.apart && index + 1 < panels {
                // What holds for all of them stands below the last.
                (panel.notes, panel.links) = (Vec::new(), Vec::new());
            }
            figures.push(panel);
        }
    }
    figures
}

/// The part of a series that a selection asks for.
fn cut(series: &PublicSeries, selection: &Selection<'_>) -> PublicSeries {
    let first_day = selection.since.and_then(Month::first_day);
    let end = selection.until.and_then(Month::first_day).map(|day| day.plus_months(1));
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
    let words = spot.words(metric);
    let marked = selection.split.is_none();
    let actions = if marked { actions(spot, metric, &series[0], selection.actions) } else { Vec::new() };
    let title = selection.title.map_or_else(|| headline(words, series, selection), str::to_owned);
    let trend = Trend {
        id: id.clone(),
        title: title.clone(),
        description: series.iter().map(|series| described(words, series)).collect::<Vec<_>>().join(" "),
        series: series.iter().map(|one| line(words, one, series.len() == 1)).collect(),
        limits: if series.len() == 1 { series[0].limits.iter().map(limits).collect() } else { Vec::new() },
        events: actions.iter().map(|(event, _)| event.clone()).collect(),
        reach,
        height: selection.height,
        ..ground(words, &series[0])
    };
    let format = |value: f64| words.bare(value);
    let drawn = |layout| {
        let from = ("trend", layout, &trend, words.signs());
        spot.memo.chart(&from, || charts::trend(&trend, layout, &format))
    };
    FigureView {
        title,
        subtitle: words.subtitle(series),
        wide_html: drawn(Layout::Wide),
        phone_html: drawn(Layout::Phone),
        events: actions.into_iter().map(|(_, link)| link).collect(),
        breaks: trend.breaks.iter().map(|change| change.label.clone()).collect(),
        notes: notes(words, series, &trend),
        table: selection.with_table.then(|| table::table(words, series)),
        links: about(spot, metric),
        id,
    }
}

/// What every chart of a metric has, whatever it shows: axes, levels, changes of the definition, the words of the key.
fn ground(words: Words<'_>, series: &PublicSeries) -> Trend {
    let definition = words.definition;
    Trend {
        slots: series.points.iter().map(|point| slot(words.locale, point.period)).collect(),
        target: definition.target.map(|target| (target, format!("Target {}", words.value(target)))),
        good: definition.good_range.zip(words.good()).map(|((low, high), words)| (low, high, words)),
        breaks: breaks(words, series),
        range: definition.natural_range().filter(|(_, high)| high.is_finite()),
        words: key(),
        ..Trend::default()
    }
}

/// Where there is more: the metric's page, unless this is it, and its numbers.
fn about(spot: &Spot<'_>, metric: &PublicMetric) -> Vec<LinkView> {
    let id = &metric.metric.id;
    let page =
        spot.link(&format!("About this metric: {}", metric.metric.definition.name), &links::metric(id));
    let numbers = spot.link("Download the numbers (CSV)", &links::metric_csv(id));
    Some(page).filter(|page| !page.current).into_iter().chain([numbers]).collect()
}

fn headline(words: Words<'_>, series: &[PublicSeries], selection: &Selection<'_>) -> String {
    let name = &words.definition.name;
    match (selection.split, series) {
        (None, [series, ..]) => words.headline(series),
        (Some(split), [PublicSeries { split: Some((_, group)), .. }]) => {
            format!("{name} by {split}: {group}")
        }
        (split, _) => format!("{name} by {}", split.unwrap_or_default()),
    }
}

fn described(words: Words<'_>, series: &PublicSeries) -> String {
    let said = words.description(series);
    series.split.as_ref().map_or_else(|| said.clone(), |(_, value)| format!("{value}: {said}"))
}

fn slot(locale: Locale, period: Period) -> Slot {
    let (start, label) = (period.start(), period.label_in(locale));
    Slot { label: label.clone(), year: start.year(), month: start.month(), tick: label }
}

fn line(words: Words<'_>, series: &PublicSeries, alone: bool) -> Series {
    let name = series.split.as_ref().map_or("", |(_, value)| value.as_str());
    let points = series.points.iter().map(|one| {
        let point = point(words, one);
        // Bands and signals of several lines would cover each other; the table has every interval.
        if alone { point } else { Point { interval: None, signal: None, ..point } }
    });
    Series { key: slug(name), name: name.to_owned(), points: points.collect() }
}

fn point(words: Words<'_>, point: &privacy::Point) -> Point {
    Point {
        mark: match point.state {
            State::Shown => Mark::Shown,
            State::Provisional => Mark::Provisional,
            State::Suppressed => Mark::Suppressed,
            State::Missing if words.not_surveyed(point) => Mark::NotSurveyed,
            State::Missing => Mark::Missing,
        },
        value: point.value,
        interval: point.interval,
        signal: point.signal.map(signal),
        tooltip: words.point(point),
    }
}

fn signal(signal: process::Signal) -> Signal {
    match signal {
        process::Signal::Outside => Signal::Outside,
        process::Signal::Shift => Signal::Shift,
        process::Signal::Trend => Signal::Trend,
        process::Signal::TwoOfThree => Signal::TwoOfThree,
    }
}

fn limits(limits: &process::Limits) -> Limits {
    let process::Limits { from, to, centre, lower, upper, .. } = *limits;
    Limits { from, to, centre, lower, upper }
}

fn breaks(words: Words<'_>, series: &PublicSeries) -> Vec<Break> {
    let label = |slot: &usize| {
        let period = series.points[*slot].period;
        let change = words
            .definition
            .changes
            .iter()
            .find(|change| change.date <= period.end() && change.date >= period.start());
        let changed = change.map_or("Definition changed", |change| change.kind.words());
        Break { slot: *slot, label: format!("{changed}, {}", words.period(period)) }
    };
    series.breaks.iter().map(label).collect()
}

/// Actions that aim at the metric, or those of them that were asked for, numbered by when they began.
fn actions(
    spot: &Spot<'_>,
    metric: &PublicMetric,
    series: &PublicSeries,
    wanted: Option<&[String]>,
) -> Vec<(Event, LinkView)> {
    let asked = |page: &Page| wanted.is_none_or(|ids| ids.iter().any(|id| id == page.id.as_str()));
    let aimed = spot.site.relations.by_metric.get(&metric.metric.id).map_or(&[][..], Vec::as_slice);
    let mut dated: Vec<(usize, &Page)> = aimed
        .iter()
        .filter(|page| asked(page))
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
        .zip(1u32..)
        .map(|((slot, page), number)| {
            let event = Event { slot, number, label: page.facts.title.clone() };
            (event, spot.page_link(page))
        })
        .collect()
}

fn key() -> charts::Words {
    charts::Words {
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

fn notes(words: Words<'_>, series: &[PublicSeries], trend: &Trend) -> Vec<String> {
    let mut notes: Vec<String> = axis_note(words, trend).into_iter().collect();
    if let Some(limits) = series[0].limits.last().filter(|_| series.len() == 1) {
        let share = 100.0 * limits.false_alarm_of(series[0].rules);
        notes.push(format!(
            "Limits: average \u{b1} {} \u{d7} mean moving range of {} points. Chance alone flags about {}\u{a0}% of charts \
             of this length.",
            words.locale.number(2.66, Decimals::new(2)),
            limits.points,
            words.locale.number(share, Decimals::new(0))
        ));
    }
    if series.len() == 1 && series[0].points.iter().any(|point| point.signal.is_some()) {
        notes.push(format!("Marked: {}", series[0].rules.sentence()));
    }
    if matches!(words.definition.cadence, Cadence::FourWeeks(_)) {
        notes.push("A year has thirteen periods of four weeks.".to_owned());
    }
    notes
}

/// What the axis shows, where it shows only part of what a reader would take for granted.
fn axis_note(words: Words<'_>, trend: &Trend) -> Option<String> {
    let (low, high) = charts::axis_note(trend, &|value| words.bare(value))?;
    Some(format!("The axis shows {} to {}.", words.bare(low), words.value(high)))
}
