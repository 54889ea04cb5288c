//! Which surveys a quote may come from, and what they count of what it says.

use std::collections::{BTreeMap, BTreeSet};

use super::ladder::{Cell, Shown, Step};
use super::population::{Counted, Survey, Table, finest, table};
use super::{Change, Showing, period};
use crate::model::{Book, Cadence, Config, Kind as MetricKind, MeasuredMetric, MetricId, Quote, slug};

/// What a page says about a customer, as far as a split may count it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Attribute {
    Segment,
    Team,
    Source,
    /// Its words show it, so it cannot be left out.
    Language,
}

/// Quotes of one kind have the same people around them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Kind {
    metrics: Vec<MetricId>,
    counted: Vec<(Attribute, Counted)>,
    base: Option<Cadence>,
    /// Whether the quote names a kind of customer that no survey counts.
    unknown_segment: bool,
}

impl Kind {
    /// `None` where no metric says how many people there are.
    pub(super) fn of(book: &Book, quote: &Quote) -> Option<Self> {
        let mut metrics = candidates(book, quote);
        if metrics.is_empty() {
            return None;
        }
        let mut counted = Vec::new();
        let segment = quote.segment.as_deref().map(slug);
        if let Some(segment) = &segment {
            let as_group = below(&book.config, segment);
            let split = |metric: &MeasuredMetric| {
                let named = |value: &str| value == segment || as_group.contains_key(value);
                split_of(metric, |_, value| named(value))
            };
            let telling: Vec<&MeasuredMetric> =
                metrics.iter().copied().filter(|metric| split(metric).is_some()).collect();
            if !telling.is_empty() {
                metrics = telling;
                let splits = metrics.iter().map(|metric| split(metric)).collect();
                counted.push((Attribute::Segment, Counted { splits, as_group }));
            }
        }
        let unknown_segment = segment.is_some() && counted.is_empty();
        for (attribute, names) in [
            (Attribute::Team, ["team", "teams"]),
            (Attribute::Source, ["source", "channel"]),
            (Attribute::Language, ["language", "lang"]),
        ] {
            let own = value(book, quote, attribute);
            // A source in other words than the split's is a sentence for readers; the split does not count it.
            let tells = |name: &str, one: &str| {
                names.contains(&slug(name).as_str()) && (attribute != Attribute::Source || one == own)
            };
            let splits: Vec<Option<String>> = metrics.iter().map(|metric| split_of(metric, tells)).collect();
            let is_said = attribute != Attribute::Team || !quote.teams.is_empty();
            if is_said && splits.iter().any(Option::is_some) {
                counted.push((attribute, Counted { splits, as_group: BTreeMap::new() }));
            }
        }
        let surveys: Vec<Survey<'_>> =
            metrics.iter().map(|measured| Survey { measured, before: None }).collect();
        let base = finest(&surveys);
        let metrics = metrics.iter().map(|measured| measured.metric.id.clone()).collect();
        Some(Self { metrics, counted, base, unknown_segment })
    }

    pub(super) fn attributes(&self) -> impl Iterator<Item = Attribute> {
        self.counted.iter().map(|(attribute, _)| *attribute)
    }

    /// The cell of a quote.
    pub(super) fn cell(&self, book: &Book, quote: &Quote) -> Cell {
        let time = self.base.and_then(|base| period(quote.month, base));
        Cell { time, values: self.attributes().map(|attribute| value(book, quote, attribute)).collect() }
    }

    pub(super) fn table(&self, book: &Book) -> Table {
        let survey = |measured| Survey { measured, before: before(book, measured) };
        let surveys: Vec<Survey<'_>> =
            self.metrics.iter().filter_map(|id| book.metrics.get(id)).map(survey).collect();
        let counted: Vec<Counted> = self.counted.iter().map(|(_, counted)| counted.clone()).collect();
        table(&surveys, self.base, &counted, book.as_of)
    }

    /// For each value of the counted segments the one above it.
    pub(super) fn parents(&self, book: &Book) -> BTreeMap<String, String> {
        if self.attributes().next() == Some(Attribute::Segment) {
            book.config.hierarchies.clone()
        } else {
            BTreeMap::new()
        }
    }

    /// The orders of steps to choose from: the quarter first, or the customer first.
    pub(super) fn ladders(&self, parents: &BTreeMap<String, String>) -> Vec<Vec<Step>> {
        let mut people = Vec::new();
        for (at, attribute) in self.attributes().enumerate() {
            if attribute == Attribute::Segment {
                people.extend(std::iter::repeat_n(Step::Broader(at), depth(parents)));
            }
            people.extend((attribute != Attribute::Language).then_some(Step::Drop(at)));
        }
        let quarter = [Step::Quarter].into_iter().filter(|_| self.base == Some(Cadence::Month));
        let later = [Step::Year, Step::Ever];
        let later = later.into_iter().filter(|step| match step {
            Step::Year => self.base.is_some_and(|base| base != Cadence::Year(1)),
            _ => self.base.is_some(),
        });
        let quarter: Vec<Step> = quarter.collect();
        let later: Vec<Step> = later.collect();
        let date_first = [quarter.clone(), people.clone(), later.clone()].concat();
        let customer_first = [people, quarter, later].concat();
        if date_first == customer_first { vec![date_first] } else { vec![date_first, customer_first] }
    }

    /// A quote as shown, but for what its counted attributes change.
    pub(super) fn start(&self, quote: &Quote, shown: &Shown) -> Showing {
        let mut changes: Vec<Change> = Vec::new();
        changes.extend(match shown.time.map(|time| time.cadence()) {
            Some(Cadence::Month | Cadence::Week) => None,
            Some(Cadence::Quarter(_) | Cadence::FourWeeks(_)) => Some(Change::Quarter),
            Some(Cadence::Year(_)) => Some(Change::Year),
            None => Some(Change::NoDate),
        });
        changes.extend(self.unknown_segment.then_some(Change::NoSegment));
        let segment = quote.segment.clone().filter(|_| !self.unknown_segment);
        Showing { time: shown.time, segment, teams: true, source: true, people: None, changes }
    }
}

/// The metrics whose answers a quote may be one of: the one it names; else customers' own answers about its stage; for a
/// quote without a stage, the only survey about no stage, if there is just one.
fn candidates<'a>(book: &'a Book, quote: &Quote) -> Vec<&'a MeasuredMetric> {
    let counts = |measured: &&MeasuredMetric| {
        let cells = measured.series.iter().filter(|series| series.split.is_none()).flat_map(|s| &s.cells);
        cells.filter_map(|cell| cell.estimate?.n).any(|n| n > 0)
    };
    if let Some(metric) = &quote.metric {
        return book.metrics.get(metric).into_iter().filter(counts).collect();
    }
    let asks = |measured: &&MeasuredMetric| {
        let is_asked = !matches!(
            measured.metric.definition.kind,
            MetricKind::Count | MetricKind::Rate | MetricKind::Duration(_)
        );
        is_asked && measured.metric.team.is_none() && measured.metric.stage == quote.stage
    };
    let found: Vec<&MeasuredMetric> = book.metrics.values().filter(asks).filter(counts).collect();
    // Several surveys about nothing in particular: any guess would be wrong for most quotes.
    if quote.stage.is_none() && found.len() > 1 { Vec::new() } else { found }
}

/// What the last edition showed of a metric.
fn before<'a>(book: &'a Book, measured: &MeasuredMetric) -> Option<&'a crate::model::RecordedMetric> {
    let record = book.record.as_ref()?;
    let was = measured.metric.definition.was.as_ref().map(|was| was.value.as_str());
    let found = record.metrics.get(measured.metric.id.as_str());
    found.or_else(|| record.metrics.get(was?))
}

/// The first split of a metric with a value that is wanted.
fn split_of(metric: &MeasuredMetric, wanted: impl Fn(&str, &str) -> bool) -> Option<String> {
    let splits = metric.series.iter().filter_map(|series| series.split.as_ref());
    splits.into_iter().find(|(name, value)| wanted(name, &slug(value.as_str()))).map(|(name, _)| name.clone())
}

fn value(book: &Book, quote: &Quote, attribute: Attribute) -> String {
    match attribute {
        Attribute::Segment => slug(quote.segment.as_deref().unwrap_or_default()),
        Attribute::Team => quote.teams.iter().map(|team| slug(team.as_str())).collect::<Vec<_>>().join("+"),
        Attribute::Source => slug(&quote.source),
        Attribute::Language => slug(quote.language.as_deref().unwrap_or(&book.config.language)),
    }
}

/// Everything below a group of the hierarchy, with that group.
fn below(config: &Config, group: &str) -> BTreeMap<String, String> {
    let mut found: BTreeSet<&str> = BTreeSet::from([group]);
    for _ in 0..config.hierarchies.len() {
        for (child, parent) in &config.hierarchies {
            if found.contains(parent.as_str()) {
                found.insert(child);
            }
        }
    }
    found.remove(group);
    found.into_iter().map(|value| (value.to_owned(), group.to_owned())).collect()
}

/// How many groups the deepest value has above it.
fn depth(parents: &BTreeMap<String, String>) -> usize {
    let above = |value: &String| {
        std::iter::successors(parents.get(value), |parent| parents.get(*parent)).take(parents.len()).count()
    };
    parents.keys().map(above).max().unwrap_or(0)
}
