//! The book as it may be shown.

use std::collections::BTreeMap;

use super::detect::Policy;
use super::levels::{self, LevelTalks};
use super::picture::PublicPicture;
use super::quotes::{PublicQuote, QuoteRecord};
use super::split;
use super::suppress::{self, Member};
use crate::metrics::process::{self, Limits, Reading, Signal};
use crate::model::{
    Book, Config, Contact, DataSource, Date, Edge, Journey, LearningPath, MeasuredMetric, Metric, MetricId,
    Page, Period, Record, Rows, RuleSet, Series, SplitValue, Term, Work,
};

/// A book from which everything that must not be seen has been taken.
#[derive(Debug)]
pub struct PublicBook {
    config: Config,
    as_of: Date,
    edition: Option<String>,
    pages: Vec<Page>,
    journey: Journey,
    map: Vec<Edge>,
    metrics: BTreeMap<MetricId, PublicMetric>,
    quotes: Vec<PublicQuote>,
    quote_records: Vec<QuoteRecord>,
    contacts: Vec<Contact>,
    levels: Vec<LevelTalks>,
    work: Work,
    record: Option<Record>,
    glossary: Vec<Term>,
    paths: Vec<LearningPath>,
    pictures: BTreeMap<String, PublicPicture>,
    policy: Policy,
}

/// A metric with its suppressed series.
#[derive(Debug)]
pub struct PublicMetric {
    /// What it is.
    pub metric: Metric,
    /// Everybody first, then the groups of each split.
    pub series: Vec<PublicSeries>,
    /// What happened to the rows of the exports.
    pub rows: PublicRows,
    /// How everybody answered, one for each point of [`PublicMetric::total`]: counts by group of answers, worst first.
    /// `None` where they may not be seen. Empty where answers are not counted.
    pub answers: Vec<Option<Vec<u64>>>,
    /// The first period with numbers that lies after the date the book speaks for; it and all later ones are left out.
    pub left_out: Option<Period>,
    /// How many values of groups of which nothing is shown were hidden; these groups are not in `series`.
    pub withheld: u64,
    /// How many groups these were.
    pub groups_withheld: u64,
}

/// What happened to the rows of the exports, as it may be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicRows {
    /// Rows read and rows used; read is used plus all of `skipped`. `None` where rows used less the shown numbers of answers
    /// would be the number of a hidden period.
    pub told: Option<(u64, u64)>,
    /// Rows that do not count, by reason.
    pub skipped: BTreeMap<String, u64>,
}

/// A series as it may be shown.
#[derive(Debug, Clone, PartialEq)]
pub struct PublicSeries {
    /// Name of the split and its value; `None` for everybody.
    pub split: Option<(String, SplitValue)>,
    /// One for every period, in order, without holes.
    pub points: Vec<Point>,
    /// Limits of ordinary variation, one for each stretch between changes of the definition that is long enough. Computed
    /// from shown points only.
    pub limits: Vec<Limits>,
    /// Which rules told signals from noise.
    pub rules: RuleSet,
    /// Indexes of points before which the definition changed.
    pub breaks: Vec<usize>,
}

/// One period of a series. A value that may not be seen is not in here.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// When.
    pub period: Period,
    /// Which of the four things that can be said about a period.
    pub state: State,
    /// In the metric's unit.
    pub value: Option<f64>,
    /// Answers behind it.
    pub n: Option<u64>,
    /// 95 % interval.
    pub interval: Option<(f64, f64)>,
    /// Why it is more than noise.
    pub signal: Option<Signal>,
    /// Whether it is what the last edition showed, because too few people answered since then to renew it.
    pub held: bool,
}

/// What can be said about a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It has a value.
    Shown,
    /// It has a value, but the period is not over.
    Provisional,
    /// It has a value that may not be seen.
    Suppressed,
    /// Nothing was measured.
    Missing,
}

impl State {
    /// The word in data: `shown`, `suppressed`, `missing`, `provisional`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Shown => "shown",
            Self::Provisional => "provisional",
            Self::Suppressed => "suppressed",
            Self::Missing => "missing",
        }
    }
}

/// Takes out drafts and small groups; the quotes and pictures were decided about before.
pub(super) fn publish(
    mut book: Book,
    drafts: bool,
    (quotes, quote_records): (Vec<PublicQuote>, Vec<QuoteRecord>),
    pictures: BTreeMap<String, PublicPicture>,
    policy: Policy,
) -> PublicBook {
    let metrics = metrics(book.metrics, &book.config, book.as_of, book.record.as_ref());
    let levels = levels::count(&mut book.contacts, book.as_of, book.config.min_answers);
    // Who saw it is nobody's business but the author's.
    book.work.observations.iter_mut().for_each(|observation| observation.team = None);
    PublicBook {
        pages: book.pages.into_iter().filter(|page| drafts || !page.facts.draft).collect(),
        quotes,
        quote_records,
        config: book.config,
        as_of: book.as_of,
        edition: book.edition,
        journey: book.journey,
        map: book.map,
        metrics,
        contacts: book.contacts,
        levels,
        work: book.work,
        record: book.record,
        glossary: book.glossary,
        paths: book.paths,
        pictures,
        policy,
    }
}

/// Metrics that count the same answers are hidden together.
fn metrics(
    measured: BTreeMap<MetricId, MeasuredMetric>,
    config: &Config,
    as_of: Date,
    record: Option<&Record>,
) -> BTreeMap<MetricId, PublicMetric> {
    let mut families: BTreeMap<String, Vec<(MetricId, MeasuredMetric)>> = BTreeMap::new();
    for (id, measured) in measured {
        let answers = measured.metric.definition.data.iter().map(DataSource::answers_key);
        let key = answers
            .collect::<Option<Vec<_>>>()
            .map_or_else(|| format!("metric {id}"), |keys| keys.join("\n"));
        families.entry(key).or_default().push((id, measured));
    }
    families.into_values().flat_map(|family| together(family, config, as_of, record)).collect()
}

fn together(
    family: Vec<(MetricId, MeasuredMetric)>,
    config: &Config,
    as_of: Date,
    record: Option<&Record>,
) -> Vec<(MetricId, PublicMetric)> {
    let mut members = Vec::new();
    let mut rest = Vec::new();
    for (id, measured) in family {
        let counted =
            measured.series.iter().flat_map(|series| &series.cells).filter(|cell| cell.estimate.is_some());
        let left_out = counted.map(|cell| cell.period).filter(|period| period.start() > as_of).min();
        let definition = &measured.metric.definition;
        let was = definition.was.as_ref().map_or(id.as_str(), |was| was.value.as_str());
        let before =
            record.and_then(|record| record.metrics.get(id.as_str()).or_else(|| record.metrics.get(was)));
        // Figures of another scale or kind tell nothing about these.
        let before = before.filter(|before| before.identity == definition.identity());
        members.push(Member { kind: definition.kind, series: up_to(measured.series, as_of), before });
        rest.push((id, measured.metric, (measured.rows, measured.answers), left_out));
    }
    let hidden = suppress::suppress(members, config);
    let published = rest.into_iter().zip(hidden).map(|((id, metric, (rows, answers), left_out), hidden)| {
        let series =
            hidden.into_iter().map(|(split, points)| published(split, points, &metric, config, as_of));
        let series: Vec<PublicSeries> = series.collect();
        let rows = public_rows(rows, &series);
        let answers = public_answers(&answers, &series, &metric, record, config);
        let (series, unnamed): (Vec<_>, Vec<_>) = series.into_iter().partition(split::is_public);
        let hidden = unnamed.iter().flat_map(|series| &series.points);
        let withheld = hidden.filter(|point| point.state == State::Suppressed).count() as u64;
        let groups_withheld = unnamed.iter().filter(|series| hides(series)).count() as u64;
        (id, PublicMetric { series, left_out, rows, answers, metric, withheld, groups_withheld })
    });
    published.collect()
}

fn hides(series: &PublicSeries) -> bool {
    series.points.iter().any(|point| point.state == State::Suppressed)
}

fn published(
    split: Option<(String, SplitValue)>,
    mut points: Vec<Point>,
    metric: &Metric,
    config: &Config,
    as_of: Date,
) -> PublicSeries {
    for point in &mut points {
        if point.state == State::Shown && point.period.end() > as_of {
            point.state = State::Provisional;
        }
    }
    let changes = metric.definition.changes.iter().filter(|change| change.kind.breaks_the_line());
    let breaks = breaks(&points, changes.map(|change| change.date));
    with_limits(split, points, breaks, config.rules)
}

/// How everybody answered says more than a score: a period needs as many answers as a group, and as many more than the last
/// edition had, unless it has the same.
fn public_answers(
    answers: &BTreeMap<Period, Vec<u64>>,
    series: &[PublicSeries],
    metric: &Metric,
    record: Option<&Record>,
    config: &Config,
) -> Vec<Option<Vec<u64>>> {
    let Some(total) = series.iter().find(|series| series.split.is_none()).filter(|_| !answers.is_empty())
    else {
        return Vec::new();
    };
    let floor = config.min_answers_split.max(config.min_answers);
    let groups = metric.definition.answer_groups().map_or(0, |groups| groups.len());
    let before = record.and_then(|record| record.metrics.get(metric.id.as_str()));
    let before = before.and_then(|before| before.series.get(&None));
    let shown = total.points.iter().map(|point| {
        let n = point.n.filter(|n| *n >= floor && !point.held)?;
        let was = before.and_then(|before| before.get(&point.period.to_string())).and_then(|point| point.n);
        let counts = answers.get(&point.period).filter(|counts| counts.iter().sum::<u64>() == n)?;
        let mut counts = counts.clone();
        counts.resize(groups, 0);
        was.is_none_or(|was| was == n || n.abs_diff(was) >= floor).then_some(counts)
    });
    shown.collect()
}

fn public_rows(rows: Rows, series: &[PublicSeries]) -> PublicRows {
    let everybody = series.iter().filter(|series| series.split.is_none()).flat_map(|series| &series.points);
    let hides = everybody.into_iter().any(|point| point.state == State::Suppressed || point.held);
    PublicRows { told: (!hides).then_some((rows.read, rows.used)), skipped: rows.skipped }
}

/// Leaves out periods that begin after the date the book speaks for.
fn up_to(mut series: Vec<Series>, as_of: Date) -> Vec<Series> {
    series.iter_mut().for_each(|series| series.cells.retain(|cell| cell.period.start() <= as_of));
    series
}

/// Index of the first period that lies in or after each change; changes before the first or after the last break nothing.
fn breaks(points: &[Point], changes: impl Iterator<Item = Date>) -> Vec<usize> {
    let mut breaks: Vec<usize> = changes
        .filter_map(|date| points.iter().position(|point| point.period.end() >= date))
        .filter(|index| *index > 0)
        .collect();
    breaks.sort_unstable();
    breaks.dedup();
    breaks
}

fn with_limits(
    split: Option<(String, SplitValue)>,
    mut points: Vec<Point>,
    breaks: Vec<usize>,
    rules: RuleSet,
) -> PublicSeries {
    let values: Vec<Option<f64>> =
        points.iter().map(|point| point.value.filter(|_| point.state == State::Shown)).collect();
    let starts = std::iter::once(0).chain(breaks.iter().copied());
    let ends = breaks.iter().map(|index| index - 1).chain(points.len().checked_sub(1));
    let limits: Vec<Limits> =
        starts.zip(ends).filter_map(|(from, to)| process::xmr(&values, from, to)).collect();
    for limit in &limits {
        for flag in process::judge(&values, limit, rules).flags {
            points[flag.index].signal = Some(flag.signal);
        }
    }
    PublicSeries { split, points, limits, rules, breaks }
}

impl PublicSeries {
    /// The latest point with a value.
    pub fn latest(&self) -> Option<&Point> {
        self.points.iter().rev().find(|point| point.value.is_some())
    }

    /// What the latest points say; only those since the definition last changed count.
    pub fn reading(&self) -> Reading {
        let values = self.settled();
        let from = self.breaks.last().copied().unwrap_or(0);
        match self.limits.iter().find(|limits| limits.from == from) {
            Some(limits) => process::reading_by(&values, Some(limits), self.rules),
            None => process::reading_by(&values[from..], None, self.rules),
        }
    }
}

impl PublicMetric {
    /// The series for everybody.
    pub fn total(&self) -> Option<&PublicSeries> {
        self.series.iter().find(|series| series.split.is_none())
    }
}

impl PublicBook {
    /// book.toml.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// The date the book speaks for.
    pub fn as_of(&self) -> Date {
        self.as_of
    }

    /// Name of the edition; `None` for a working copy.
    pub fn edition(&self) -> Option<&str> {
        self.edition.as_deref()
    }

    /// Pages in the order of their lists.
    pub fn pages(&self) -> &[Page] {
        &self.pages
    }

    /// The journey.
    pub fn journey(&self) -> &Journey {
        &self.journey
    }

    /// The map.
    pub fn map(&self) -> &[Edge] {
        &self.map
    }

    /// Metrics by id.
    pub fn metrics(&self) -> &BTreeMap<MetricId, PublicMetric> {
        &self.metrics
    }

    /// Quotes in the order of their files.
    pub fn quotes(&self) -> &[PublicQuote] {
        &self.quotes
    }

    /// What was decided about each quote, for the audit file beside the site.
    pub fn quote_records(&self) -> &[QuoteRecord] {
        &self.quote_records
    }

    /// Conversations, newest first.
    pub fn contacts(&self) -> &[Contact] {
        &self.contacts
    }

    /// Conversations of the last twelve months by level; empty where no conversation says its level.
    pub fn levels(&self) -> &[LevelTalks] {
        &self.levels
    }

    /// Claims, blockers, assignments, observations, goals.
    pub fn work(&self) -> &Work {
        &self.work
    }

    /// What the last edition said of its metrics; it is public since then.
    pub fn last_edition(&self) -> Option<&Record> {
        self.record.as_ref()
    }

    /// Pictures by their path in the book.
    pub fn pictures(&self) -> &BTreeMap<String, PublicPicture> {
        &self.pictures
    }

    /// The glossary, by term.
    pub fn glossary(&self) -> &[Term] {
        &self.glossary
    }

    /// Learning paths in the order of their list.
    pub fn paths(&self) -> &[LearningPath] {
        &self.paths
    }

    /// What the book told the detectors.
    pub(super) fn policy(&self) -> &Policy {
        &self.policy
    }

    /// The last day any shown number speaks about.
    pub fn data_to(&self) -> Option<Date> {
        let series = self.metrics.values().flat_map(|metric| &metric.series);
        let ends =
            series.filter_map(|series| series.latest()).map(|point| point.period.end().min(self.as_of));
        ends.max()
    }
}
