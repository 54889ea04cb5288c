//! Events of the system, put together to one change.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use notify::event::{AccessKind, AccessMode, CreateKind, EventKind, ModifyKind, RemoveKind};
use notify::{Event, Result};

/// Some files that may have changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Change {
    paths: BTreeSet<PathBuf>,
    remade: BTreeSet<PathBuf>,
    /// Files that were written to and not closed again.
    open: BTreeSet<PathBuf>,
    is_whole: bool,
    events: usize,
}

impl Change {
    /// Anything may have changed.
    pub fn whole() -> Self {
        Self { is_whole: true, events: 1, ..Self::default() }
    }

    /// Just these files may have changed.
    pub fn of(paths: impl IntoIterator<Item = PathBuf>) -> Self {
        Self { paths: paths.into_iter().collect(), events: 1, ..Self::default() }
    }

    /// The paths that were told. Empty when all that is known is that something changed.
    pub fn paths(&self) -> &BTreeSet<PathBuf> {
        &self.paths
    }

    /// Whether more may have changed than the paths: events were lost, or a folder came into being whose files nobody told of.
    pub fn is_whole(&self) -> bool {
        self.is_whole
    }

    /// Puts another change to this one.
    pub fn add(&mut self, more: Self) {
        self.paths.extend(more.paths);
        self.remade.extend(more.remade);
        self.is_whole |= more.is_whole;
        self.events += more.events;
    }

    /// Whether nothing that matters was told.
    pub(super) fn is_empty(&self) -> bool {
        self.events == 0
    }

    /// How many events went into it.
    pub(super) fn events(&self) -> usize {
        self.events
    }

    /// Paths at which a folder may be another one now.
    pub(super) fn remade(&self) -> &BTreeSet<PathBuf> {
        &self.remade
    }

    /// Whether a file is written to and not closed yet: what stands in it may be half of what is saved, or nothing. Systems that
    /// do not tell of closing leave it so for good.
    pub(super) fn is_open(&self) -> bool {
        !self.open.is_empty()
    }

    /// Adds an event. Reading changes nothing, and hidden files are none of the book's.
    pub(super) fn take(&mut self, event: Result<Event>, root: &Path) {
        let Ok(event) = event else {
            self.is_whole = true;
            self.events += 1;
            return;
        };
        if event.need_rescan() {
            self.is_whole = true;
            self.events += 1;
        }
        let is_reading = match event.kind {
            EventKind::Access(kind) => kind != AccessKind::Close(AccessMode::Write),
            _ => false,
        };
        if is_reading {
            return;
        }
        let is_remade = match event.kind {
            EventKind::Create(kind) => kind != CreateKind::File,
            EventKind::Remove(kind) => kind != RemoveKind::File,
            EventKind::Modify(ModifyKind::Name(_)) => true,
            _ => false,
        };
        self.is_whole |= is_remade && matches!(event.kind, EventKind::Create(CreateKind::Folder));
        for path in event.paths.into_iter().filter(|path| !is_hidden(path, root)) {
            self.events += 1;
            if is_remade {
                self.remade.insert(path.clone());
            }
            match event.kind {
                EventKind::Modify(ModifyKind::Data(_)) => _ = self.open.insert(path.clone()),
                EventKind::Access(_) | EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)) => {
                    _ = self.open.remove(&path);
                }
                _ => {}
            }
            self.paths.insert(path);
        }
    }
}

fn is_hidden(path: &Path, root: &Path) -> bool {
    let below = path.strip_prefix(root).unwrap_or(path);
    below.iter().any(|part| part.to_string_lossy().starts_with('.'))
}

#[cfg(test)]
mod tests {
    use notify::event::{DataChange, RenameMode};

    use super::*;

    fn told(kind: EventKind, path: &str) -> Change {
        let mut change = Change::default();
        change.take(Ok(Event::new(kind).add_path(path.into())), Path::new("/b"));
        change
    }

    #[test]
    fn reading_and_hidden_files_are_no_change() {
        let saved = EventKind::Modify(ModifyKind::Any);
        assert!(told(EventKind::Access(AccessKind::Open(AccessMode::Any)), "/b/a.md").is_empty());
        assert!(told(EventKind::Access(AccessKind::Close(AccessMode::Read)), "/b/a.md").is_empty());
        assert!(told(saved, "/b/.git/index").is_empty());
        assert!(told(saved, "/b/content/.a.md.swp").is_empty());
        assert!(!told(saved, "/b/content/a.md").is_empty());
        assert!(!told(EventKind::Access(AccessKind::Close(AccessMode::Write)), "/b/a.md").is_empty());
    }

    #[test]
    fn a_file_is_open_from_its_first_bytes_until_it_is_closed_moved_or_gone() {
        let data = EventKind::Modify(ModifyKind::Data(DataChange::Any));
        let closed = EventKind::Access(AccessKind::Close(AccessMode::Write));
        let moved = EventKind::Modify(ModifyKind::Name(RenameMode::From));
        for end in [closed, moved, EventKind::Remove(RemoveKind::File)] {
            let mut change = told(data, "/b/a.md");
            change.take(Ok(Event::new(end).add_path("/b/other.md".into())), Path::new("/b"));
            assert!(change.is_open(), "{end:?}");
            change.take(Ok(Event::new(end).add_path("/b/a.md".into())), Path::new("/b"));
            assert!(!change.is_open(), "{end:?}");
        }
        assert!(!told(data, "/b/.a.md.swp").is_open());
    }

    #[test]
    fn a_folder_that_was_made_or_moved_is_another_one() {
        assert!(told(EventKind::Create(CreateKind::Folder), "/b/content").is_whole());
        assert_eq!(told(EventKind::Remove(RemoveKind::Folder), "/b/content").remade().len(), 1);
        assert_eq!(told(EventKind::Modify(ModifyKind::Any), "/b/content/a.md").remade().len(), 0);
    }
}
