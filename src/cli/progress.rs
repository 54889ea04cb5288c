//! How far a build is: one line on a terminal while it works, and on request a table of where the time went.

use std::collections::BTreeMap;
use std::io::{IsTerminal, Write};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::model::grouped;
use crate::pipeline::{Stage, Told};
use crate::system::{Clock, OsClock};

/// Work that is over sooner says nothing while it lasts.
const PATIENCE: Duration = Duration::from_millis(500);

/// Pages between two words about them.
const STEP: u64 = 100;

/// A part of a build, as it is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// Reading the book's files from the disk.
    Read,
    /// Looking for the site in the cache.
    Look,
    /// A stage between disk and disk.
    Stage(Stage),
    /// Writing the site.
    Write,
    /// Keeping it in the cache.
    Keep,
}

impl Part {
    fn words(self) -> &'static str {
        match self {
            Self::Read => "Reading files",
            Self::Look => "Looking into the cache",
            Self::Stage(Stage::Load) => "Reading pages and lists",
            Self::Stage(Stage::Resolve) => "Counting numbers",
            Self::Stage(Stage::Check) => "Checking",
            Self::Stage(Stage::Gate) => "Looking for private words",
            Self::Stage(Stage::Plan) => "Planning pages",
            Self::Stage(Stage::Render) => "Rendering pages and index",
            Self::Stage(Stage::Look) => "Looking at the whole site again",
            Self::Stage(Stage::Settle) => "Putting findings in order",
            Self::Write => "Writing the site",
            Self::Keep => "Keeping the site in the cache",
        }
    }
}

/// Listens to a build.
#[derive(Debug)]
pub(super) struct Progress {
    clock: OsClock,
    is_shown: bool,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    now: Option<(Part, Duration)>,
    taken: BTreeMap<Part, Duration>,
    pages: u64,
    has_line: bool,
}

impl Progress {
    /// `quiet` says that nobody wants to see it.
    pub(super) fn new(quiet: bool) -> Self {
        let is_shown = !quiet && std::io::stderr().is_terminal();
        Self { clock: OsClock::default(), is_shown, state: Mutex::default() }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Another part begins.
    pub(super) fn begins(&self, part: Part) {
        let mut state = self.state();
        state.end(self.clock.elapsed());
        state.now = Some((part, self.clock.elapsed()));
        self.show(&mut state);
    }

    /// What the pipeline tells.
    pub(super) fn hear(&self, told: Told) {
        match told {
            Told::Begins(stage) => self.begins(Part::Stage(stage)),
            Told::Page => {
                let mut state = self.state();
                state.pages += 1;
                if state.pages.is_multiple_of(STEP) {
                    self.show(&mut state);
                }
            }
        }
    }

    fn show(&self, state: &mut State) {
        let Some((part, _)) = state.now.filter(|_| self.is_shown && self.clock.elapsed() >= PATIENCE) else {
            return;
        };
        let pages = match part {
            Part::Stage(Stage::Render) if state.pages > 0 => format!(", {} so far", grouped(state.pages)),
            _ => String::new(),
        };
        state.has_line = true;
        eprint!("\r\x1b[K{}{pages} ...", part.words());
        let _ = std::io::stderr().flush();
    }

    /// All is done: the line goes.
    pub(super) fn ends(&self) {
        let mut state = self.state();
        state.end(self.clock.elapsed());
        if std::mem::take(&mut state.has_line) {
            eprint!("\r\x1b[K");
            let _ = std::io::stderr().flush();
        }
    }

    /// Where the time went, and how many pages were rendered.
    pub(super) fn table(&self) -> String {
        let state = self.state();
        let all: Duration = state.taken.values().sum();
        let line = |words: &str, taken: Duration| {
            let share = if all.is_zero() { 0.0 } else { 100.0 * taken.as_secs_f64() / all.as_secs_f64() };
            format!("{words:32} {:9.1} ms {share:5.1} %\n", taken.as_secs_f64() * 1000.0)
        };
        let mut table: String = state.taken.iter().map(|(part, taken)| line(part.words(), *taken)).collect();
        table += &line("All of it", all);
        table + &format!("Rendered {} pages.", grouped(state.pages))
    }
}

impl State {
    fn end(&mut self, at: Duration) {
        if let Some((part, since)) = self.now.take() {
            *self.taken.entry(part).or_default() += at.saturating_sub(since);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_is_in_the_table_once_and_pages_are_counted() {
        let progress = Progress::new(true);
        for part in
            [Part::Read, Part::Stage(Stage::Settle), Part::Stage(Stage::Render), Part::Stage(Stage::Settle)]
        {
            progress.begins(part);
        }
        (0..1_234).for_each(|_| progress.hear(Told::Page));
        progress.ends();
        let table = progress.table();
        let first: Vec<&str> =
            table.lines().map(|line| line.split("  ").next().unwrap_or_default()).collect();
        let parts = [
            "Reading files",
            "Rendering pages and index",
            "Putting findings in order",
            "All of it",
            "Rendered 1,234 pages.",
        ];
        assert_eq!(first, parts);
        assert!(table.lines().nth(3).is_some_and(|line| line.ends_with("100.0 %")), "{table}");
    }
}
