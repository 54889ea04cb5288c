//! Reads the book whenever it changes, and has each state of it made.

use std::cell::Cell;
use std::path::PathBuf;
use std::sync::Arc;

use super::press;
use super::reading::Reading;
use super::state::{News, Shared};
use crate::model::Date;
use crate::pipeline::{Memo, Options};
use crate::system::System;
use crate::watch::{Change, Watch};

/// How often a book is read again because it changed while it was read.
const MOST_READINGS: usize = 8;

/// A system that several threads may use.
pub type SharedSystem = Arc<dyn System + Send + Sync>;

pub(super) struct Desk {
    pub(super) system: SharedSystem,
    pub(super) folder: PathBuf,
    pub(super) options: Options,
    /// Whether the date of the run is that of the clock.
    pub(super) follows_clock: bool,
    pub(super) shared: Arc<Shared>,
    pub(super) watch: Watch,
    /// What earlier states of the book leave for later ones.
    pub(super) memo: Arc<Memo>,
}

impl Desk {
    /// Works until the server stops.
    pub(super) fn run(mut self) {
        let mut before: Option<Result<Reading, String>> = None;
        let (mut change, mut build) = (Change::whole(), 0);
        loop {
            let known = before.as_ref().and_then(|before| before.as_ref().ok());
            let read = self.read(&mut change, known);
            let is_new_day = self.follow_clock();
            if is_new_day || !before.as_ref().is_some_and(|before| is_same(before, &read)) {
                build += 1;
                self.make(&read, build);
            }
            let is_partial = read.as_ref().is_ok_and(|read| read.is_partial);
            before = Some(read);
            match self.wait(is_partial) {
                Some(next) => change = next,
                None => return,
            }
        }
    }

    /// Waits for a change; `None` when the server stops. After a reading of single files, all are read again as soon as there is
    /// time: a disk may not have told everything.
    fn wait(&mut self, is_partial: bool) -> Option<Change> {
        let (shared, asked) = (Arc::clone(&self.shared), Cell::new(0_u32));
        let go_on = || {
            asked.set(asked.get() + 1);
            let has_waited = is_partial && asked.get() > 1;
            !(has_waited || shared.is_stopped())
        };
        match self.watch.wait(&go_on) {
            None if !shared.is_stopped() => Some(Change::whole()),
            told => told,
        }
    }

    fn make(&self, read: &Result<Reading, String>, build: u64) {
        match read {
            Ok(read) => {
                let state = (Arc::clone(&read.sources), self.options.clone());
                press::start(&self.shared, state, Arc::clone(&self.memo), build);
            }
            Err(trouble) => {
                let trouble = trouble.clone();
                self.shared.tell(News { build, trouble, is_final: true, ..News::default() });
            }
        }
    }

    /// Reads the book once it has come to rest.
    fn read(&mut self, change: &mut Change, before: Option<&Reading>) -> Result<Reading, String> {
        let mut read = self.read_once(change, before);
        let mut is_believed = false;
        for _ in 0..MOST_READINGS {
            let is_new = match &read {
                Ok(read) if read.is_partial => false,
                Ok(read) => {
                    let (whole, shallow) = read.folder.watched();
                    self.watch.look_at(&whole, &shallow)
                }
                Err(_) => false,
            };
            match self.watch.since() {
                Some(more) => change.add(more),
                None if is_new => change.add(Change::whole()),
                None if is_believed || !self.is_surprising(before, &read, change) => break,
                None => change.add(self.watch.later()),
            }
            let again = self.read_once(change, before);
            is_believed = match (&read, &again) {
                (Ok(read), Ok(again)) => !again.sources.differ(&read.sources, |_| false),
                _ => false,
            };
            read = again;
        }
        read
    }

    /// Whether files are others than before though nobody told of them. The disk may never tell; or somebody is writing one at
    /// this moment, and the system tells of it a moment later than it was read.
    fn is_surprising(
        &self,
        before: Option<&Reading>,
        read: &Result<Reading, String>,
        change: &Change,
    ) -> bool {
        match (before, read) {
            (Some(before), Ok(read)) if !read.is_partial => {
                let is_told = |path: &str| change.paths().contains(&self.folder.join(path));
                read.sources.differ(&before.sources, is_told)
            }
            _ => false,
        }
    }

    fn read_once(&self, change: &Change, before: Option<&Reading>) -> Result<Reading, String> {
        let partial = before.and_then(|before| before.after(&*self.system, &self.folder, change));
        let read = match partial {
            Some(read) => Ok(read),
            None => Reading::whole(&*self.system, &self.folder, before, change),
        };
        read.map_err(|error| format!("The folder {} cannot be read: {error}.", self.folder.display()))
    }

    /// Whether another day has begun.
    fn follow_clock(&mut self) -> bool {
        let today = Date::from_unix_seconds(self.system.now()).filter(|_| self.follows_clock);
        let is_new = today.is_some_and(|today| today != self.options.today);
        self.options.today = today.unwrap_or(self.options.today);
        is_new
    }
}

/// Whether a reading says what the one before it said.
fn is_same(before: &Result<Reading, String>, now: &Result<Reading, String>) -> bool {
    match (before, now) {
        (Ok(before), Ok(now)) => before.sources == now.sources,
        (Err(before), Err(now)) => before == now,
        _ => false,
    }
}
