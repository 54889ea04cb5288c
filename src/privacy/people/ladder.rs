//! What can be said less exactly about a customer, step by step.

use std::collections::BTreeMap;

use crate::model::{Cadence, Period};

/// What is known of a group of people: when they answered, and one value for each counted attribute.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cell {
    /// When; nothing where the survey does not tell.
    pub time: Option<Period>,
    /// Values, one for each attribute that is counted.
    pub values: Vec<String>,
}

/// A cell as it is shown: what is dropped is nothing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shown {
    /// When.
    pub time: Option<Period>,
    /// Values that are still shown.
    pub values: Vec<Option<String>>,
}

/// One change that makes a cell less exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// The quarter instead of the month.
    Quarter,
    /// The year.
    Year,
    /// No date.
    Ever,
    /// The value above this one in the book's hierarchy.
    Broader(usize),
    /// No value.
    Drop(usize),
}

/// Steps in the order in which they are taken. Each maps what the one before it left, so the classes of a later level are
/// made of whole classes of the earlier ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ladder {
    /// The steps.
    pub steps: Vec<Step>,
    /// For each value the one above it.
    pub parents: BTreeMap<String, String>,
}

impl Ladder {
    /// The cell after the first `level` steps.
    pub fn apply(&self, cell: &Cell, level: usize) -> Shown {
        let values = cell.values.iter().cloned().map(Some).collect();
        let mut shown = Shown { time: cell.time, values };
        for step in self.steps.iter().take(level) {
            match *step {
                Step::Quarter => shown.time = shown.time.map(|time| widened(time, Cadence::Quarter(1))),
                Step::Year => shown.time = shown.time.map(|time| widened(time, Cadence::Year(1))),
                Step::Ever => shown.time = None,
                Step::Drop(at) => shown.values.iter_mut().skip(at).take(1).for_each(|value| *value = None),
                Step::Broader(at) => {
                    for value in shown.values.iter_mut().skip(at).take(1).flatten() {
                        if let Some(parent) = self.parents.get(value) {
                            value.clone_from(parent);
                        }
                    }
                }
            }
        }
        shown
    }
}

/// The longer period around a period; one that is as long already stays.
fn widened(time: Period, cadence: Cadence) -> Period {
    if time.cadence().per_year() <= cadence.per_year() {
        time
    } else {
        Period::containing(time.start(), cadence)
    }
}
