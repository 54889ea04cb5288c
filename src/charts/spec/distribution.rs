//! How people answered, over time: plain published counts.
//!
//! This is the type that counting answers has to fill. Whoever fills it has suppressed before: a column that may not be
//! seen has its mark and no counts. Counts of a column whose mark is not shown or provisional are not read.

use super::{Break, Event, Mark, Slot, Words};

/// A chart of answers over time: one column for each slot, each column all answers of its period.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Distribution {
    /// Unique on the page.
    pub id: String,
    /// The finding as one sentence: the accessible name.
    pub title: String,
    /// The accessible description.
    pub description: String,
    /// The horizontal axis.
    pub slots: Vec<Slot>,
    /// The possible answers, worst first, two to seven; more are drawn but hard to tell apart.
    pub answers: Vec<Answer>,
    /// One per slot, in the same order. Slots beyond the last column are missing.
    pub columns: Vec<Column>,
    /// How the columns stand.
    pub shape: Shape,
    /// Dated actions.
    pub events: Vec<Event>,
    /// Changes of definition.
    pub breaks: Vec<Break>,
    /// The words of the key; those for lines are not used.
    pub words: Words,
}

/// One possible answer, or several taken together such as "0 to 6".
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answer {
    /// As it stands at the right end.
    pub name: String,
    /// On which side of the middle it is.
    pub tone: Tone,
}

/// Whether an answer is good news.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// Bad news.
    Low,
    /// Neither.
    #[default]
    Middle,
    /// Good news.
    High,
}

/// The answers of one period.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Column {
    /// Whether the counts are there, and if not why.
    pub mark: Mark,
    /// One for each answer, in their order; read only for [`Mark::Shown`] and [`Mark::Provisional`].
    pub counts: Vec<u64>,
    /// What the column says, in words, without the period.
    pub tooltip: String,
}

/// How the columns stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Shape {
    /// On the time axis, each from 0 to 100 %.
    #[default]
    Stacked,
    /// Across a middle line: good answers above, bad ones below, those between half and half.
    Diverging,
}

impl Distribution {
    /// The share of each answer in per cent; none where nothing may be seen or nobody answered.
    pub(crate) fn shares(&self, slot: usize) -> Option<Vec<f64>> {
        let column = self.columns.get(slot)?;
        if !matches!(column.mark, Mark::Shown | Mark::Provisional) {
            return None;
        }
        let count = |answer| column.counts.get(answer).copied().unwrap_or(0) as f64;
        let all: f64 = (0..self.answers.len()).map(count).sum();
        (all > 0.0).then(|| (0..self.answers.len()).map(|answer| 100.0 * count(answer) / all).collect())
    }

    /// Where a column begins: below the middle line in a diverging chart, else at 0.
    pub(crate) fn start(&self, shares: &[f64]) -> f64 {
        let below = |(answer, share): (&Answer, &f64)| match answer.tone {
            Tone::Low => *share,
            Tone::Middle => share / 2.0,
            Tone::High => 0.0,
        };
        match self.shape {
            Shape::Stacked => 0.0,
            Shape::Diverging => -self.answers.iter().zip(shares).map(below).sum::<f64>(),
        }
    }
}
