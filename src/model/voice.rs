//! Customers' voices: quotes and the log of conversations.

use super::{Date, MetricId, Month, StageId, TeamId};
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
    /// The survey it comes from.
    pub metric: Option<MetricId>,
    /// Digest of what tells one respondent from another.
    pub respondent: Option<String>,
    /// The role that made it anonymous.
    pub author: Option<String>,
    /// A second person's word.
    pub cleared: Option<Clearance>,
    /// Whether the last edition held it.
    pub was_published: bool,
    /// Where it was read.
    pub place: Place,
}

/// A second person's answer to: could somebody who tries find out who said this?
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clearance {
    /// The role that answered.
    pub by: String,
    /// When.
    pub on: Date,
    /// Whether the customer could be found.
    pub could_be_found: bool,
}

/// A quote that may not be built any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withdrawn {
    /// Its id.
    pub quote: String,
    /// Since when.
    pub date: Date,
    /// Why, in one of a few words.
    pub reason: Option<Reason>,
}

/// Why a quote was withdrawn. A closed list, so that no words of a customer's stand there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// The customer asked for it.
    CustomerAsked,
    /// Somebody recognized the customer.
    Recognized,
    /// What allowed us to show it no longer does.
    ConsentEnded,
    /// Anything else.
    Other,
}

impl Reason {
    /// As authors write them.
    pub const WORDS: [(&'static str, Self); 4] = [
        ("customer-asked", Self::CustomerAsked),
        ("recognized", Self::Recognized),
        ("consent-ended", Self::ConsentEnded),
        ("other", Self::Other),
    ];
}

impl Quote {
    /// A quote in a message. Its id is said only where it is plainly one: a customer's words may have slipped into its column.
    pub fn named(id: &str) -> String {
        let is_letter = |c: char| c == '-' || c.is_ascii_lowercase() || c.is_ascii_digit();
        let digits = id.chars().filter(char::is_ascii_digit).count();
        if id.len() <= 40 && digits < 6 && id.chars().all(is_letter) {
            format!("the quote \"{id}\"")
        } else {
            "a quote".to_owned()
        }
    }
}

/// One conversation with a customer.
#[derive(Debug, Clone)]
pub struct Contact {
    /// When.
    pub date: Date,
    /// The team that talked.
    pub team: TeamId,
    /// How.
    pub channel: Channel,
    /// The stage it was about.
    pub stage: Option<StageId>,
    /// The metric it says something about.
    pub metric: Option<MetricId>,
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
        self.channel.is_conversation()
    }
}

/// How a conversation was held. A closed list: it is shown beside the team and the stage, so no words of a customer's may
/// come in through it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Channel {
    /// By telephone.
    Call,
    /// At the customer's.
    Visit,
    /// An arranged talk.
    Interview,
    /// Beside those who answer customers.
    ContactCentre,
    /// In writing, there and then.
    Chat,
    /// By e-mail.
    Email,
    /// At a fair, a forum, an open evening.
    Event,
    /// A day beside a customer.
    Shadowing,
    /// Watching a customer try something out.
    UsabilityTest,
    /// On paper.
    Letter,
    /// On a social network.
    Social,
    /// Answers to questions; read, not talked through.
    Survey,
    /// Opinions on a public page; read, not talked through.
    Review,
    /// Anything else.
    Other,
}

impl Channel {
    /// As authors write them.
    pub const WORDS: [(&'static str, Self); 14] = [
        ("call", Self::Call),
        ("visit", Self::Visit),
        ("interview", Self::Interview),
        ("contact-centre", Self::ContactCentre),
        ("chat", Self::Chat),
        ("email", Self::Email),
        ("event", Self::Event),
        ("shadowing", Self::Shadowing),
        ("usability-test", Self::UsabilityTest),
        ("letter", Self::Letter),
        ("social", Self::Social),
        ("survey", Self::Survey),
        ("review", Self::Review),
        ("other", Self::Other),
    ];

    /// Whether it is a way to talk.
    pub fn is_conversation(self) -> bool {
        !matches!(self, Self::Survey | Self::Review)
    }

    /// For readers.
    pub fn word(self) -> &'static str {
        match self {
            Self::Call => "call",
            Self::Visit => "visit",
            Self::Interview => "interview",
            Self::ContactCentre => "contact centre",
            Self::Chat => "chat",
            Self::Email => "e-mail",
            Self::Event => "event",
            Self::Shadowing => "shadowing",
            Self::UsabilityTest => "usability test",
            Self::Letter => "letter",
            Self::Social => "social network",
            Self::Survey => "survey",
            Self::Review => "review",
            Self::Other => "another way",
        }
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

impl Level {
    /// As authors write them, from the front line up.
    pub const WORDS: [(&'static str, Self); 3] =
        [("front-line", Self::FrontLine), ("manager", Self::Manager), ("executive", Self::Executive)];

    /// For readers.
    pub fn word(self) -> &'static str {
        match self {
            Self::FrontLine => "Front line",
            Self::Manager => "Managers",
            Self::Executive => "Executives",
        }
    }
}
