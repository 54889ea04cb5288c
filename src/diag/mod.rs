//! Findings: what cxbook tells an author, as data.
//!
//! A [`Finding`] names a [`Check`], says what is wrong and what to do, and points at a [`Place`]. Stages collect findings
//! beside their value in an [`Outcome`] and go on; `Result` is left for the outside world. The renderings for people and
//! machines are in [`human`], [`short`], [`json`], [`github`] and [`sarif`].

mod brief;
mod catalogue;
mod causes;
mod github;
mod human;
mod json;
mod nearest;
mod outcome;
mod place;
mod record;
mod sarif;
mod short;

pub use brief::{Kind, brief, kinds};
pub use catalogue::{CHECKS, Check, checks};
pub use causes::causes_first;
pub use github::github;
pub use human::{Excerpt, excerpt, human};
pub use json::json;
pub use nearest::{did_you_mean, nearest};
pub use outcome::Outcome;
pub use place::{LineIndex, Located, Place};
pub use record::{record, recorded};
pub use sarif::sarif;
pub use short::short;

use std::borrow::Cow;

/// How much a finding matters. Sorted from mild to grave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Good to know; the book is fine.
    Note,
    /// Worth mending; the site is built.
    Warning,
    /// Must be mended; nothing is written.
    Error,
}

impl Level {
    /// The word used in every rendering.
    pub fn word(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// One thing an author should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Which check found it.
    pub check: &'static Check,
    /// How grave it is here; a book may change the check's default.
    pub level: Level,
    /// Where; `None` when it concerns the book as a whole.
    pub place: Option<Place>,
    /// What is wrong, in the author's words, without a full stop.
    pub message: String,
    /// What to do about it, as a sentence. Empty when the message says it all.
    pub help: String,
    /// Other places that belong to it, each with a word on why: "the first".
    pub related: Vec<(Place, Cow<'static, str>)>,
    /// Whether the text at the place may be private. Such a line is never shown: build logs have readers of their own.
    pub masked: bool,
}

impl Finding {
    /// A finding at the check's default level, without a place yet.
    pub fn new(check: &'static Check, message: impl Into<String>) -> Self {
        Self {
            check,
            level: check.level,
            place: None,
            message: message.into(),
            help: String::new(),
            related: Vec::new(),
            masked: false,
        }
    }

    /// Says where.
    #[must_use]
    pub fn at(mut self, place: impl Into<Option<Place>>) -> Self {
        self.place = place.into();
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }

    /// Makes it no graver than that, whatever the check's level.
    #[must_use]
    pub fn at_most(mut self, level: Level) -> Self {
        self.level = self.level.min(level);
        self
    }

    /// Points at another place that belongs to it.
    #[must_use]
    pub fn beside(mut self, place: Place, why: &'static str) -> Self {
        self.related.push((place, why.into()));
        self
    }

    /// Keeps the text at the place out of every message.
    #[must_use]
    pub fn masked(mut self) -> Self {
        self.masked = true;
        self
    }
}

/// Orders findings as an author works through them: by file, then line, then column, errors first on the same spot.
pub fn sort(findings: &mut Vec<Finding>) {
    fn key(finding: &Finding) -> (&str, u32, u32, std::cmp::Reverse<Level>, &str, &str) {
        let (file, line, column) = finding.place.as_ref().map_or(("", 0, 0), |p| (&p.file, p.line, p.column));
        (file, line, column, std::cmp::Reverse(finding.level), finding.check.name, &finding.message)
    }
    findings.sort_by(|a, b| key(a).cmp(&key(b)));
    findings.dedup();
}

/// The gravest level among findings, if there are any.
pub fn worst(findings: &[Finding]) -> Option<Level> {
    findings.iter().map(|finding| finding.level).max()
}
