//! A value together with what an author should know about it.

use super::{Finding, Level};

/// What a stage returns: its value, always, and the findings that came up on the way.
#[derive(Debug, Clone, Default)]
pub struct Outcome<T> {
    /// The result, as good as it could be made.
    pub value: T,
    /// What was noticed, in the order it was noticed.
    pub findings: Vec<Finding>,
}

impl<T> Outcome<T> {
    /// Feeds the value to the next stage and keeps the findings of both.
    pub fn then<U>(mut self, next: impl FnOnce(T) -> Outcome<U>) -> Outcome<U> {
        let Outcome { value, findings } = next(self.value);
        self.findings.extend(findings);
        Outcome { value, findings: self.findings }
    }

    /// Runs something that only looks at the value.
    #[must_use]
    pub fn and_look(mut self, look: impl FnOnce(&T) -> Vec<Finding>) -> Self {
        self.findings.extend(look(&self.value));
        self
    }

    /// Changes the value.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Outcome<U> {
        Outcome { value: f(self.value), findings: self.findings }
    }

    /// Takes the value out and moves the findings into `into`.
    pub fn collect_into(self, into: &mut Vec<Finding>) -> T {
        into.extend(self.findings);
        self.value
    }

    /// Whether any finding is an error.
    pub fn has_errors(&self) -> bool {
        self.findings.iter().any(|finding| finding.level == Level::Error)
    }
}
