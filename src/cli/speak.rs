//! Talking to the person at the terminal: talk goes to stderr, data to stdout.

use std::io::IsTerminal;

use similar::TextDiff;

use super::args::Color;
use crate::diag::{Finding, Level, brief, human, kinds, worst};
use crate::source::Sources;
use crate::system::System;

/// What would be changed in a file, as patch(1) and git read it.
pub(super) fn diff(name: &str, before: &str, after: &str) -> String {
    let below = name.trim_start_matches('/');
    let (old, new) = (format!("a/{below}"), format!("b/{below}"));
    TextDiff::from_lines(before, after).unified_diff().context_radius(3).header(&old, &new).to_string()
}

/// How the program speaks in this run.
#[derive(Debug, Clone)]
pub(super) struct Voice {
    color_out: bool,
    color_err: bool,
    quiet: bool,
}

impl Voice {
    pub(super) fn new(system: &dyn System, color: Color, quiet: bool) -> Self {
        let wanted = |terminal: bool| match color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => terminal && system.variable("NO_COLOR").is_none_or(|value| value.is_empty()),
        };
        Self {
            color_out: wanted(std::io::stdout().is_terminal()),
            color_err: wanted(std::io::stderr().is_terminal()),
            quiet,
        }
    }

    /// Whether the person wants to hear of nothing but trouble.
    pub(super) fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// A sentence for the person.
    pub(super) fn say(&self, words: &str) {
        if !self.quiet {
            eprintln!("{words}");
        }
    }

    /// Why the command could not do its work.
    pub(super) fn trouble(&self, words: &str) {
        eprintln!("error: {words}");
    }

    /// Findings as the result of the command.
    pub(super) fn findings(&self, findings: &[Finding], sources: &Sources) {
        print!("{}", human(&brief(findings), sources, self.color_out));
    }

    /// Findings beside the result of the command.
    pub(super) fn findings_aside(&self, findings: &[Finding], sources: &Sources) {
        eprint!("{}", human(&brief(findings), sources, self.color_err));
    }

    /// Tells what is worth mending beside the result of a command, and how much there is. Whether the command may go on:
    /// with errors nothing is written.
    pub(super) fn may_go_on(&self, findings: &[Finding], sources: &Sources) -> bool {
        let grave: Vec<Finding> =
            findings.iter().filter(|finding| finding.level > Level::Note).cloned().collect();
        self.findings_aside(&grave, sources);
        self.summary(findings);
        worst(findings) != Some(Level::Error)
    }

    /// How many findings of each level there are; of each check, where not all of them were shown.
    pub(super) fn summary(&self, findings: &[Finding]) {
        let kinds = kinds(findings);
        if kinds.iter().any(|kind| kind.shown() < kind.count) {
            for kind in &kinds {
                self.say(&kind.line());
            }
            self.say(
                "Only the first of each kind are shown above. \"cxbook check --format short\" lists all of them, and [checks] in \
                 book.toml can turn most kinds down.",
            );
        }
        self.counts(findings);
    }

    /// How many findings of each level there are.
    pub(super) fn counts(&self, findings: &[Finding]) {
        let count = |level: Level| findings.iter().filter(|finding| finding.level == level).count();
        let words = |number: usize, noun: &str| match number {
            0 => format!("no {noun}s"),
            1 => format!("1 {noun}"),
            number => format!("{number} {noun}s"),
        };
        let parts =
            [Level::Error, Level::Warning, Level::Note].map(|level| words(count(level), level.word()));
        self.say(&format!("Checked: {}.", parts.join(", ")));
    }
}
