//! Learning: paths through the book, and the questions by which a reader sees what they took from it.

use super::PathId;
use crate::diag::{Located, Place};

/// A way through the book for some readers.
#[derive(Debug, Clone)]
pub struct LearningPath {
    /// The name of its file.
    pub id: PathId,
    /// For readers.
    pub title: String,
    /// What it is about, in a sentence.
    pub summary: Option<String>,
    /// Who should walk it.
    pub audience: String,
    /// What they will do differently.
    pub change: String,
    /// How we will know.
    pub evidence: String,
    /// The role that keeps it true.
    pub owner: Option<String>,
    /// Smaller comes first.
    pub weight: Option<i64>,
    /// In order; at least one.
    pub steps: Vec<Step>,
    /// Where it was read.
    pub place: Place,
}

impl LearningPath {
    /// What all steps take together, in minutes.
    pub fn minutes(&self) -> u32 {
        self.steps.iter().map(|step| step.minutes).sum()
    }
}

/// A step of a path.
#[derive(Debug, Clone)]
pub struct Step {
    /// How long it takes.
    pub minutes: u32,
    /// What to look for, or what to do.
    pub task: Option<String>,
    /// What is to be read or answered.
    pub kind: StepKind,
}

/// What is to be done in a step.
#[derive(Debug, Clone)]
pub enum StepKind {
    /// Read a page, named by its file below the folder of texts.
    Page(Located<String>),
    /// Answer a question.
    Check(Check),
}

/// A question with its answers, one of which is right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// What is asked.
    pub question: String,
    /// The answers to choose from.
    pub choices: Vec<Choice>,
}

/// An answer to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The answer.
    pub words: String,
    /// Whether it is the right one.
    pub right: bool,
    /// Why it is right or not.
    pub because: Option<String>,
}

impl Check {
    /// How many answers a question may have.
    pub const CHOICES: std::ops::RangeInclusive<usize> = 2..=6;

    /// What keeps it from being a fair question with one right answer, and what to do.
    pub fn trouble(&self) -> Option<(String, &'static str)> {
        let right = self.choices.iter().filter(|choice| choice.right).count();
        if !Self::CHOICES.contains(&self.choices.len()) {
            let message = match self.choices.len() {
                1 => "the question has one answer to choose from".to_owned(),
                count => format!("the question has {count} answers to choose from"),
            };
            return Some((message, "Give it two to six."));
        }
        match right {
            0 => Some((
                "no answer of the question is marked as right".to_owned(),
                "Mark the right one; readers learn nothing from a question without it.",
            )),
            1 => None,
            _ => Some((
                format!("{right} answers of the question are marked as right"),
                "A reader can choose one. Mark one, or ask two questions.",
            )),
        }
    }
}
