//! The definition of a metric, as its author declared it.

use super::{Cadence, Date, Decimals, MetricId, Month, Period, StageId, TeamId};
use crate::diag::{Located, Place};

/// A metric whose references are resolved.
#[derive(Debug, Clone)]
pub struct Metric {
    /// Its id.
    pub id: MetricId,
    /// Everything that refers to nothing else.
    pub definition: Definition,
    /// The team whose own metric it is; `None` for a customer metric.
    pub team: Option<TeamId>,
    /// The stage of the journey it belongs to.
    pub stage: Option<StageId>,
}

/// What a metric is and where its numbers are.
#[derive(Debug, Clone)]
pub struct Definition {
    /// For readers: "Satisfaction after installation".
    pub name: String,
    /// How a value comes about.
    pub kind: Kind,
    /// Lowest and highest answer.
    pub scale: Option<(f64, f64)>,
    /// What stands behind a value: `%`, `points`, `days`.
    pub unit: String,
    /// Which way is good.
    pub better: Better,
    /// For rates: per how many; 100 for per cent.
    pub per: f64,
    /// Digits shown.
    pub decimals: Decimals,
    /// One point per ...
    pub cadence: Cadence,
    /// The role that answers for it.
    pub owner: Option<String>,
    /// Where the numbers come from, in words.
    pub source: Option<String>,
    /// Measured since.
    pub since: Option<Month>,
    /// Whom the survey asks.
    pub audience: Option<Audience>,
    /// The question as it was asked.
    pub question: Option<String>,
    /// The level to reach.
    pub target: Option<f64>,
    /// Low and high end of the values that look good.
    pub good_range: Option<(f64, f64)>,
    /// Periods in which nobody was asked.
    pub no_survey: Vec<Period>,
    /// What good looks like.
    pub good: Option<String>,
    /// What the metric does not tell.
    pub limits: Option<String>,
    /// What we do when it moves.
    pub trigger: Option<String>,
    /// Dated changes of the definition, in order.
    pub changes: Vec<Change>,
    /// Where the numbers are.
    pub data: Vec<DataSource>,
    /// The file of the definition.
    pub place: Place,
}

/// How a value comes about from answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Net Promoter Score: share of 9 and 10 minus share of 0 to 6, in points.
    Nps,
    /// Customer satisfaction as top-two-box: share of the two best answers of the scale, in %.
    Csat,
    /// Customer effort.
    Ces(CesVariant),
    /// Mean of the answers.
    Mean,
    /// Share of the answers that count as positive, in %.
    Share,
    /// How many rows.
    Count,
    /// A part of a whole, both summed up from columns, times [`Definition::per`].
    Rate,
}

/// The three numbers that are called customer effort score.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CesVariant {
    /// The mean of the answers.
    Mean,
    /// Share of the three best answers of a 7-point scale, in %.
    Share,
    /// Share of the two best minus share of the three worst, in points.
    Net,
}

/// Which way is good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Better {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
}

/// Whom a survey asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Customers in general, whatever they did lately.
    Relationship,
    /// Customers after one contact or event.
    Transactional,
}

/// A dated change of what is measured. The line and the limits break here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// From this day on.
    pub date: Date,
    /// What changed.
    pub kind: ChangeKind,
    /// In words.
    pub note: String,
}

/// What a change record says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeKind {
    /// The question reads differently.
    Reworded,
    /// The answers have another scale.
    Rescaled,
    /// Another tool asks or counts.
    Moved,
    /// Measured no longer.
    Retired,
}

impl ChangeKind {
    /// For readers: "Question reworded".
    pub fn words(self) -> &'static str {
        match self {
            Self::Reworded => "Question reworded",
            Self::Rescaled => "Scale changed",
            Self::Moved => "Moved to another tool",
            Self::Retired => "No longer measured",
        }
    }
}

/// One export, or several of one shape, and how to read them.
#[derive(Debug, Clone)]
pub struct DataSource {
    /// Path below the content folder; may hold `*`.
    pub file: Located<String>,
    /// Answers or a finished table.
    pub shape: Shape,
    /// What says when.
    pub period: PeriodSource,
    /// Column of the answer (responses) or of the value (aggregated).
    pub value: Option<Located<String>>,
    /// For rates: the columns that make up the part, with their factors.
    pub part: Vec<Term>,
    /// For rates: the columns that make up the whole, with their factors.
    pub whole: Vec<Term>,
    /// For rates: what a blank cell counts as; without it, such a row is left out.
    pub blank: Option<f64>,
    /// Column of the number of answers; only for aggregated tables.
    pub n: Option<Located<String>>,
    /// What finished values are multiplied by: 100 where a source writes 0.92 for 92 %.
    pub multiply: f64,
    /// Texts that count as no answer.
    pub missing: Vec<String>,
    /// Answers that count as positive, for shares.
    pub positive: Vec<String>,
    /// Only rows that fulfil all of these.
    pub conditions: Vec<Where>,
    /// Column of the response's id; a second row with the same id is left out.
    pub id: Option<Located<String>>,
    /// Which field comes first in dates like 03/04/2025, where the column itself does not tell.
    pub dates: Option<DateOrder>,
    /// Which signs numbers use, where the column itself does not tell.
    pub numbers: Option<NumberStyle>,
    /// The text in split columns that stands for everybody; without it, everybody is all rows together.
    pub total: Option<String>,
    /// Splits: their name and the column.
    pub splits: Vec<(String, Located<String>)>,
}

/// Which field comes first in `03/04/2025`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateOrder {
    /// The day: 3 April.
    DayFirst,
    /// The month: 4 March.
    MonthFirst,
}

/// Which signs the numbers of a column use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberStyle {
    /// `1,234.5`, `1'234.5`, `1234.5`.
    Point,
    /// `1.234,5`, `1 234,5`, `1234,5`.
    Comma,
}

/// Answers or a finished table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// One row is one answer.
    Responses,
    /// One row is one period, already computed.
    Aggregated,
}

/// What says when an answer was given.
#[derive(Debug, Clone)]
pub enum PeriodSource {
    /// One column, or several whose texts are joined by a blank.
    Columns(Vec<Located<String>>),
    /// The whole file belongs to one period.
    Fixed(Period),
}

/// A column that is added, subtracted (−1) or weighted.
pub type Term = (Located<String>, f64);

/// A condition on a row.
#[derive(Debug, Clone)]
pub struct Where {
    /// The column.
    pub column: Located<String>,
    /// The texts it may hold.
    pub any_of: Vec<String>,
}

impl Definition {
    /// The range no value can leave, in the metric's unit, if there is one.
    pub fn natural_range(&self) -> Option<(f64, f64)> {
        match self.kind {
            Kind::Nps | Kind::Ces(CesVariant::Net) => Some((-100.0, 100.0)),
            Kind::Csat | Kind::Share | Kind::Ces(CesVariant::Share) => Some((0.0, 100.0)),
            Kind::Mean | Kind::Ces(CesVariant::Mean) => self.scale,
            Kind::Rate if self.per == 100.0 => Some((0.0, 100.0)),
            Kind::Count | Kind::Rate => Some((0.0, f64::INFINITY)),
        }
    }
}
