//! When a team last talked with customers: a strip of months.

use super::Slot;

/// A strip of months with a dot for each conversation.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Recency {
    /// Unique on the page.
    pub id: String,
    /// What the strip says as one sentence: the accessible name.
    pub title: String,
    /// The accessible description.
    pub description: String,
    /// From the oldest to the newest, without holes.
    pub months: Vec<RecencyMonth>,
    /// The key's word for a dot: "a conversation".
    pub one: String,
    /// The key's words for a month without any: "none in this month".
    pub none: String,
}

/// One month of the strip.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RecencyMonth {
    /// When.
    pub slot: Slot,
    /// How many conversations; `None` before anything was recorded.
    pub conversations: Option<u32>,
    /// In words, without the month.
    pub tooltip: String,
}
