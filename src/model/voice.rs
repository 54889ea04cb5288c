//! Customers' voices: quotes and the log of conversations.

use super::{Date, Month, StageId, TeamId};
use crate::diag::Place;

/// A customer's own words. Confidential until the privacy gate has looked at them.
#[derive(Debug, Clone)]
pub struct Quote {
    /// Its id, unique in the book.
    pub id: String,
    /// The words.
    pub text: String,
    /// Where they were said or written.
    pub source: String,
    /// The month; a day would say too much.
    pub month: Month,
    /// What allows us to show them.
    pub consent: String,
    /// What they are about.
    pub theme: Option<String>,
    /// Kind of customer, in broad words.
    pub segment: Option<String>,
    /// Language tag, where it is not the book's.
    pub language: Option<String>,
    /// Stage of the journey.
    pub stage: Option<StageId>,
    /// Teams they speak about.
    pub teams: Vec<TeamId>,
    /// Where it was read.
    pub place: Place,
}

/// One conversation with a customer.
#[derive(Debug, Clone)]
pub struct Contact {
    /// When.
    pub date: Date,
    /// The team that talked.
    pub team: TeamId,
    /// How: `call`, `visit`, `survey` ...
    pub channel: String,
    /// The stage it was about.
    pub stage: Option<StageId>,
    /// Who talked, by level.
    pub level: Option<Level>,
    /// What was learned, in one line.
    pub learned: Option<String>,
    /// Where it was read.
    pub place: Place,
}

impl Contact {
    /// Whether somebody really talked with a customer. Surveys and reviews are read, not talked through.
    pub fn is_conversation(&self) -> bool {
        !matches!(self.channel.as_str(), "survey" | "review" | "e-mail survey" | "questionnaire")
    }
}

/// How close to the customer somebody works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Serves customers.
    FrontLine,
    /// Leads those who do.
    Manager,
    /// Leads the firm.
    Executive,
}
