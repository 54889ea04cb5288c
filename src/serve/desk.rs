//! Reads the book whenever it changes, and has each state of it made.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use super::press;
use super::state::{News, Shared};
use crate::folder::{self, Folder};
use crate::model::Date;
use crate::pipeline::Options;
use crate::source::{Content, Sources};
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
}

impl Desk {
    /// Works until the server stops.
    pub(super) fn run(mut self) {
        let mut before: Option<Result<Arc<Sources>, String>> = None;
        let (mut change, mut build) = (Change::whole(), 0);
        loop {
            let read = self.read(&mut change).map(|folder| Arc::new(folder.sources));
            let is_new_day = self.follow_clock();
            if is_new_day || !before.as_ref().is_some_and(|before| self.is_same(before, &read, &change)) {
                build += 1;
                self.make(&read, build);
            }
            before = Some(read);
            let shared = Arc::clone(&self.shared);
            match self.watch.wait(&|| !shared.is_stopped()) {
                Some(next) => change = next,
                None => return,
            }
        }
    }

    fn make(&self, read: &Result<Arc<Sources>, String>, build: u64) {
        match read {
            Ok(sources) => press::start(&self.shared, Arc::clone(sources), self.options.clone(), build),
            Err(trouble) => {
                let trouble = trouble.clone();
                self.shared.tell(News { build, trouble, is_final: true, ..News::default() });
            }
        }
    }

    /// Reads the book once it has come to rest.
    fn read(&mut self, change: &mut Change) -> Result<Folder, String> {
        let mut read = self.read_once();
        for _ in 0..MOST_READINGS {
            let is_new = match &read {
                Ok(folder) => {
                    let (whole, shallow) = folder.watched();
                    self.watch.look_at(&whole, &shallow)
                }
                Err(_) => false,
            };
            match self.watch.since() {
                Some(more) => change.add(more),
                None if is_new => change.add(Change::whole()),
                None => break,
            }
            read = self.read_once();
        }
        read
    }

    /// Whether a reading says what the one before it said. A large table is not held in memory: it is another one when its file
    /// was touched.
    fn is_same(
        &self,
        before: &Result<Arc<Sources>, String>,
        now: &Result<Arc<Sources>, String>,
        change: &Change,
    ) -> bool {
        let (before, now) = match (before, now) {
            (Ok(before), Ok(now)) => (before, now),
            (before, now) => return before == now,
        };
        let is_touched = |path: &str| change.is_whole() || change.paths().contains(&self.folder.join(path));
        before.len() == now.len()
            && before.iter().zip(now.iter()).all(|((path, was), (path_now, is))| {
                path == path_now
                    && match (was, is) {
                        (Content::Stream(_), Content::Stream(_)) => !is_touched(path),
                        (was, is) => was == is,
                    }
            })
    }

    fn read_once(&self) -> Result<Folder, String> {
        folder::read(&*self.system, &self.folder, &BTreeMap::new())
            .map_err(|error| format!("The folder {} cannot be read: {error}.", self.folder.display()))
    }

    /// Whether another day has begun.
    fn follow_clock(&mut self) -> bool {
        let today = Date::from_unix_seconds(self.system.now()).filter(|_| self.follows_clock);
        let is_new = today.is_some_and(|today| today != self.options.today);
        self.options.today = today.unwrap_or(self.options.today);
        is_new
    }
}
