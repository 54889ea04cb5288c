//! The definition of a metric, as its author declared it.

use std::collections::BTreeMap;

use super::{Cadence, DataSource, Date, Decimals, MetricId, Month, Period, StageId, TeamId};
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
    /// What n counts, in the plural, where it is neither answers nor cases: `orders started`.
    pub base: Option<String>,
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
    /// An example of what good looks like.
    pub good_example: Option<String>,
    /// What the metric does not tell.
    pub limits: Option<String>,
    /// What we do when it moves.
    pub trigger: Option<String>,
    /// Dated changes of the definition, in order.
    pub changes: Vec<Change>,
    /// Why it rose or fell, as far as somebody found out.
    pub whys: Vec<Why>,
    /// The id it had before.
    pub was: Option<Located<String>>,
    /// Where the numbers are.
    pub data: Vec<DataSource>,
    /// The file of the definition.
    pub place: Place,
    /// Keys that stand there and say nothing, with their places.
    pub blank: BTreeMap<String, Place>,
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
    /// How long something took, in [`Definition::unit`].
    Duration(Typical),
}

/// Which single number stands for many durations. They are lopsided: a few long ones move the mean, not the median.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typical {
    /// The mean.
    Mean,
    /// Half of them took no longer.
    Median,
    /// This many of a hundred took no longer.
    Percentile(u8),
}

impl Typical {
    /// The part of all durations that took no longer; `None` for the mean.
    pub fn part(self) -> Option<f64> {
        match self {
            Self::Mean => None,
            Self::Median => Some(0.5),
            Self::Percentile(percent) => Some(f64::from(percent) / 100.0),
        }
    }
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

/// Why a metric moved: what somebody found out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Why {
    /// The month the note is about.
    pub month: Month,
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
    /// Called something else now; the numbers go on.
    Renamed,
}

impl ChangeKind {
    /// The word in definitions and data.
    pub fn word(self) -> &'static str {
        match self {
            Self::Reworded => "reworded",
            Self::Rescaled => "rescaled",
            Self::Moved => "moved",
            Self::Retired => "retired",
            Self::Renamed => "renamed",
        }
    }

    /// For readers: "Question reworded".
    pub fn words(self) -> &'static str {
        match self {
            Self::Reworded => "Question reworded",
            Self::Rescaled => "Scale changed",
            Self::Moved => "Moved to another tool",
            Self::Retired => "No longer measured",
            Self::Renamed => "Renamed",
        }
    }

    /// Whether numbers before and after it must not be compared.
    pub fn breaks_the_line(self) -> bool {
        self != Self::Renamed
    }
}

impl Kind {
    /// The word in definitions and data.
    pub fn word(self) -> &'static str {
        match self {
            Self::Nps => "nps",
            Self::Csat => "csat",
            Self::Ces(_) => "ces",
            Self::Mean => "mean",
            Self::Share => "share",
            Self::Count => "count",
            Self::Rate => "rate",
            Self::Duration(_) => "duration",
        }
    }
}

impl Definition {
    /// Where a key that says nothing is to be filled in: its own line, or the file where it is not there at all.
    pub fn place_of(&self, key: &str) -> &Place {
        self.blank.get(key).unwrap_or(&self.place)
    }

    /// Whether it was measured for the last time by that day.
    pub fn is_retired(&self, as_of: Date) -> bool {
        self.changes.iter().any(|change| change.kind == ChangeKind::Retired && change.date <= as_of)
    }

    /// Whether a metric whose last value is of that period is measured more rarely than it says: more than half of the second
    /// period since has gone by, for exports take their time. Periods in which nobody was to be asked do not count.
    pub fn is_late(&self, last: Period, as_of: Date) -> bool {
        let mut missed = last.next();
        while self.no_survey.contains(&missed) {
            missed = missed.next();
        }
        let length = missed.end().days_since(missed.start()) + 1;
        as_of.days_since(missed.end()) > length / 2
    }

    /// Everything that must stay the same for values to be comparable, as name and value. Two editions of a metric differ in
    /// one of these only where a change record says so.
    pub fn identity(&self) -> BTreeMap<String, String> {
        let kind = match self.kind {
            Kind::Ces(CesVariant::Mean) | Kind::Duration(Typical::Mean) => " (mean)".to_owned(),
            Kind::Ces(CesVariant::Share) => " (share)".to_owned(),
            Kind::Ces(CesVariant::Net) => " (net)".to_owned(),
            Kind::Duration(Typical::Median) => " (median)".to_owned(),
            Kind::Duration(Typical::Percentile(percent)) => format!(" (p{percent})"),
            _ => String::new(),
        };
        let mut positive: Vec<&str> =
            self.data.iter().flat_map(|data| &data.positive).map(String::as_str).collect();
        positive.sort_unstable();
        positive.dedup();
        let better = if self.better == Better::Higher { "higher-is-better" } else { "lower-is-better" };
        let facts = [
            ("kind", Some(format!("{}{kind}", self.kind.word()))),
            ("scale", self.scale.map(|(lowest, highest)| format!("{lowest} to {highest}"))),
            ("unit", Some(self.unit.clone()).filter(|unit| !unit.is_empty())),
            ("direction", Some(better.to_owned())),
            ("per", Some(self.per.to_string()).filter(|_| self.kind == Kind::Rate)),
            ("question", self.question.clone()),
            ("positive answers", Some(positive.join(", ")).filter(|words| !words.is_empty())),
        ];
        facts.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
    }

    /// The range no value can leave, in the metric's unit, if there is one.
    pub fn natural_range(&self) -> Option<(f64, f64)> {
        match self.kind {
            Kind::Nps | Kind::Ces(CesVariant::Net) => Some((-100.0, 100.0)),
            Kind::Csat | Kind::Share | Kind::Ces(CesVariant::Share) => Some((0.0, 100.0)),
            Kind::Mean | Kind::Ces(CesVariant::Mean) => self.scale,
            Kind::Rate if self.per == 100.0 => Some((0.0, 100.0)),
            Kind::Count | Kind::Rate | Kind::Duration(_) => Some((0.0, f64::INFINITY)),
        }
    }
}
