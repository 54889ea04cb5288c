//! Where the numbers of a metric are, and how to read them.

use super::{Period, Zone};
use crate::diag::Located;

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
    /// For wide tables: the rows that hold numbers of answers.
    pub n_rows: Vec<Where>,
    /// Column that says how many answers a row stands for: a number, or a text that ends in one.
    pub answers: Option<Located<String>>,
    /// Column of the weight of an answer, as survey institutes give them.
    pub weight: Option<Located<String>>,
    /// For durations: columns of when it began and when it ended.
    pub span: Option<(Located<String>, Located<String>)>,
    /// For durations: what the cells are measured in, where that is not the metric's unit.
    pub measured_in: Option<TimeUnit>,
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
    /// Columns that some files call otherwise: the name used here, and the others.
    pub renamed: Vec<(String, Vec<String>)>,
    /// What happens when several files of this source hold numbers for one period.
    pub repeats: Option<Repeats>,
    /// Where and how times of day are read.
    pub clock: Clock,
}

impl DataSource {
    /// Two sources with the same key hold the same answers of the same people, however they are counted; `None` where rows
    /// are not answers.
    pub fn answers_key(&self) -> Option<String> {
        if self.shape != Shape::Responses {
            return None;
        }
        let period = match &self.period {
            PeriodSource::Columns(columns) => columns.iter().map(|column| column.value.as_str()).collect(),
            PeriodSource::Fixed(_) => vec!["one period"],
        };
        let conditions: Vec<String> = self
            .conditions
            .iter()
            .map(|condition| format!("{} = {}", condition.column.value, condition.any_of.join("|")))
            .collect();
        let value = self.value.as_ref().map_or("", |value| value.value.as_str());
        Some(format!("{} {period:?} {value} {conditions:?} {:?}", self.file.value, self.missing))
    }
}

/// What happens when several exports of one source hold numbers for one period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repeats {
    /// They are different rows and are added up.
    Add,
    /// The later export, by name, holds that period anew.
    Replace,
}

/// The clocks by which times in an export become days.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Clock {
    /// Where the day is counted. Without it, days are taken as they are written.
    pub zone: Option<Zone>,
    /// Where times without a zone of their own were written down, when that is elsewhere.
    pub written_in: Option<Zone>,
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
    /// One column is one period, already computed; the names of the columns say when.
    Wide,
}

impl Shape {
    /// Whether somebody else computed the values.
    pub fn is_finished(self) -> bool {
        self != Self::Responses
    }
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

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeUnit {
    /// Seconds.
    Seconds,
    /// Minutes.
    Minutes,
    /// Hours.
    Hours,
    /// Days of 24 hours.
    Days,
}

impl TimeUnit {
    /// Its words in definitions.
    pub const WORDS: [(&str, Self); 4] = [
        ("seconds", Self::Seconds),
        ("minutes", Self::Minutes),
        ("hours", Self::Hours),
        ("days", Self::Days),
    ];

    /// How long it is.
    pub fn seconds(self) -> f64 {
        match self {
            Self::Seconds => 1.0,
            Self::Minutes => 60.0,
            Self::Hours => 3_600.0,
            Self::Days => 86_400.0,
        }
    }
}
