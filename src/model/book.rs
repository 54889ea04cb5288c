//! The book: everything an author wrote, resolved. Confidential.

use std::collections::BTreeMap;

use super::{
    Config, Contact, Date, LearningPath, Metric, MetricId, Page, Period, Picture, PictureReview, Privacy,
    Quote, Record, Rows, Series, StageId, TeamId, TermId, Work,
};
use crate::diag::Place;

/// A whole book. Ids are resolved and invariants hold; raw quotes and small groups are still in it.
#[derive(Debug, Clone)]
pub struct Book {
    /// book.toml.
    pub config: Config,
    /// The date the book speaks for.
    pub as_of: Date,
    /// Name of the edition being built; `None` for a working copy.
    pub edition: Option<String>,
    /// All pages, by section, then weight, then title.
    pub pages: Vec<Page>,
    /// The customer's journey.
    pub journey: Journey,
    /// Which team metric moves which customer metric.
    pub map: Vec<Edge>,
    /// Metrics with their numbers.
    pub metrics: BTreeMap<MetricId, MeasuredMetric>,
    /// Metrics whose definitions cannot be read.
    pub broken_metrics: Vec<MetricId>,
    /// Quotes in the order of their files.
    pub quotes: Vec<Quote>,
    /// Conversations, newest first.
    pub contacts: Vec<Contact>,
    /// Claims, blockers, assignments, observations, goals.
    pub work: Work,
    /// The glossary, by term.
    pub glossary: Vec<Term>,
    /// Learning paths, by weight, then title.
    pub paths: Vec<LearningPath>,
    /// privacy.yaml.
    pub privacy: Privacy,
    /// What an earlier edition said of its metrics.
    pub record: Option<Record>,
    /// Pictures that pages name, by path.
    pub pictures: Vec<Picture>,
    /// What was said of pictures.
    pub reviews: Vec<PictureReview>,
}

/// A metric and what was counted for it.
#[derive(Debug, Clone)]
pub struct MeasuredMetric {
    /// What it is.
    pub metric: Metric,
    /// Everybody first, then the groups of each split.
    pub series: Vec<Series>,
    /// What happened to the rows.
    pub rows: Rows,
    /// How everybody answered, by period: one count for each of [`super::Definition::answer_groups`]. Empty for finished
    /// values and weighted answers.
    pub answers: BTreeMap<Period, Vec<u64>>,
}

/// The stages of the journey in order.
#[derive(Debug, Clone, Default)]
pub struct Journey {
    /// From the first thought to the last bill.
    pub stages: Vec<Stage>,
}

/// One stage.
#[derive(Debug, Clone)]
pub struct Stage<T = TeamId> {
    /// Its id.
    pub id: StageId,
    /// For readers.
    pub name: String,
    /// The role that answers for it.
    pub owner: Option<String>,
    /// What the customer does here.
    pub summary: Option<String>,
    /// Whether the customer has bought by then.
    pub purchase: Option<Purchase>,
    /// What one team gives another here.
    pub hand_offs: Vec<HandOff<T>>,
    /// Where it was read.
    pub place: Place,
}

/// On which side of buying a stage lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purchase {
    /// Before the customer has bought.
    Before,
    /// After it.
    After,
}

/// What one team gives another, so that the customer gets on.
#[derive(Debug, Clone)]
pub struct HandOff<T = TeamId> {
    /// Who gives.
    pub from: T,
    /// Who takes.
    pub to: T,
    /// What is given.
    pub what: String,
    /// What the giver promises: when, how complete.
    pub promise: Option<String>,
    /// The role that answers for it.
    pub owner: Option<String>,
    /// Where it was read.
    pub place: Place,
}

/// A team's own metric, the stage it works on, and the customer metric it moves.
#[derive(Debug, Clone)]
pub struct Edge {
    /// The team.
    pub team: TeamId,
    /// Its own metric.
    pub metric: MetricId,
    /// The stage.
    pub stage: StageId,
    /// The customer metric.
    pub moves: MetricId,
    /// How the two go together.
    pub direction: Direction,
    /// How sure we are.
    pub evidence: Evidence,
    /// In words.
    pub note: Option<String>,
    /// Where it was read.
    pub place: Place,
}

/// How two metrics go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Both rise together.
    Same,
    /// One rises when the other falls.
    Opposite,
}

/// How sure we are of an edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Evidence {
    /// Seen in numbers.
    Measured,
    /// Customers or staff say so.
    Reported,
    /// We believe it.
    Assumed,
}

impl Evidence {
    /// As authors write them, the surest first.
    pub const WORDS: [(&'static str, Self); 3] =
        [("measured", Self::Measured), ("reported", Self::Reported), ("assumed", Self::Assumed)];

    /// For readers.
    pub fn word(self) -> &'static str {
        match self {
            Self::Measured => "measured",
            Self::Reported => "reported",
            Self::Assumed => "assumed",
        }
    }
}

/// A term of the glossary.
#[derive(Debug, Clone)]
pub struct Term {
    /// As used in links.
    pub id: TermId,
    /// The term.
    pub term: String,
    /// What an abbreviation stands for.
    pub long: Option<String>,
    /// Other words for the same; who searches for one finds what uses another.
    pub also: Vec<String>,
    /// What it means here.
    pub definition: String,
    /// What it is often taken for.
    pub not: Option<String>,
    /// Where the definition comes from.
    pub source: Option<String>,
    /// Related terms.
    pub see: Vec<TermId>,
    /// Where it was read.
    pub place: Place,
}

impl Term {
    /// Every way to say it: the term first, then what it stands for, then other words.
    pub fn spellings(&self) -> impl Iterator<Item = &str> {
        let own = std::iter::once(self.term.as_str()).chain(self.long.as_deref());
        own.chain(self.also.iter().map(String::as_str))
    }
}
