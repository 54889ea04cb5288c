//! Changes on the disk: that something was saved, never what it says.
//!
//! Editors save in many ways: they write in place, write another file and rename it, or leave copies beside it. All that is
//! told is that some paths may have changed; whoever asks reads them again. Many changes at once, as when a branch is checked
//! out, are told together.

mod batch;

use std::collections::BTreeSet;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

use notify::{Error, ErrorKind, Event, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher, WatcherKind};

pub use batch::Change;

/// How often a folder that is gone is looked for again.
const LOOK_AGAIN: Duration = Duration::from_millis(400);

/// How often a disk is looked at that does not tell of changes itself.
const POLL: Duration = Duration::from_secs(1);

/// A few files have come to rest after so long without a further event.
const SHORT: Duration = Duration::from_millis(8);

/// The same where the system tells that all of them were closed: no part of them is still to come.
const CLOSED: Duration = Duration::from_millis(3);

/// How long the events of one save take to arrive.
const AT_ONCE: Duration = Duration::from_millis(1);

/// Many files have come to rest after so long.
const LONG: Duration = Duration::from_millis(120);

/// Paths from which on a change is one of many files.
const MANY: usize = 6;

/// After so long a change is told although it goes on: a file that is written all the time, or that is never closed.
const MOST_WAIT: Duration = Duration::from_millis(500);

/// Watches the folders of a book.
pub struct Watch {
    root: PathBuf,
    watcher: Box<dyn Watcher + Send>,
    told: Sender<notify::Result<Event>>,
    events: Receiver<notify::Result<Event>>,
    /// Folders that are wanted and whether whole; those that are watched now are marked.
    wanted: Vec<Wanted>,
    is_polling: bool,
    /// Whether the system tells when a file that was written is closed.
    tells_closing: bool,
}

struct Wanted {
    path: PathBuf,
    mode: RecursiveMode,
    is_armed: bool,
}

impl Watch {
    /// Watches nothing yet. With `polls`, or where the system cannot tell of changes, the disk is looked at every second.
    ///
    /// # Errors
    /// When neither is possible, in the words of the system.
    pub fn new(root: &Path, polls: bool) -> Result<Self, String> {
        let (told, events) = mpsc::channel();
        let tell = told.clone();
        let system = (!polls)
            .then(|| {
                RecommendedWatcher::new(move |event| _ = tell.send(event), notify::Config::default()).ok()
            })
            .flatten();
        let (watcher, is_polling): (Box<dyn Watcher + Send>, _) = match system {
            Some(watcher) => (Box::new(watcher), false),
            None => (Box::new(poller(&told).map_err(|error| error.to_string())?), true),
        };
        let tells_closing = !is_polling && RecommendedWatcher::kind() == WatcherKind::Inotify;
        Ok(Self {
            root: root.to_path_buf(),
            watcher,
            told,
            events,
            wanted: Vec::new(),
            is_polling,
            tells_closing,
        })
    }

    /// Whether the disk is looked at every second, because the system tells nothing or somebody wants it.
    pub fn is_polling(&self) -> bool {
        self.is_polling
    }

    /// Watches these folders below the root, and those of before no more. Folders that are not there are waited for. Whether
    /// one was not watched before: what is in it should then be read after this call.
    pub fn look_at(&mut self, whole: &BTreeSet<String>, shallow: &BTreeSet<String>) -> bool {
        let folder = |name: &String| if name.is_empty() { self.root.clone() } else { self.root.join(name) };
        let whole_paths = whole.iter().map(|name| (folder(name), RecursiveMode::Recursive));
        // A folder inside one that is watched whole needs nothing of its own.
        let inside = |name: &&String| !whole.iter().any(|other| *name == other || is_below(name, other));
        let shallow = shallow.iter().filter(inside).map(|name| (folder(name), RecursiveMode::NonRecursive));
        let fresh: Vec<(PathBuf, RecursiveMode)> = whole_paths.chain(shallow).collect();
        let kept = |one: &Wanted| fresh.iter().any(|(path, mode)| *path == one.path && *mode == one.mode);
        let (stays, goes): (Vec<_>, Vec<_>) = std::mem::take(&mut self.wanted).into_iter().partition(kept);
        self.wanted = stays;
        for one in goes.into_iter().filter(|one| one.is_armed) {
            let _ = self.watcher.unwatch(&one.path);
        }
        for (path, mode) in fresh {
            if self.wanted.iter().all(|one| one.path != path) {
                self.wanted.push(Wanted { path, mode, is_armed: false });
            }
        }
        self.arm()
    }

    /// Watches what is wanted and not watched yet; whether there was such a folder.
    fn arm(&mut self) -> bool {
        let mut any = false;
        for at in 0..self.wanted.len() {
            let one = &mut self.wanted[at];
            if one.is_armed {
                continue;
            }
            match self.watcher.watch(&one.path, one.mode) {
                Ok(()) => (one.is_armed, any) = (true, true),
                Err(error) if !self.is_polling && !is_gone(&error) && self.poll() => return self.arm(),
                Err(_) => {}
            }
        }
        any
    }

    /// Looks at the disk every second from now on: the system watches no more folders than it wants to.
    fn poll(&mut self) -> bool {
        let Ok(watcher) = poller(&self.told) else { return false };
        self.watcher = Box::new(watcher);
        (self.is_polling, self.tells_closing) = (true, false);
        self.wanted.iter_mut().for_each(|one| one.is_armed = false);
        true
    }

    /// Waits until something has changed and come to rest; `None` when `go_on` says no, which is asked every now and then.
    pub fn wait(&mut self, go_on: &dyn Fn() -> bool) -> Option<Change> {
        loop {
            if !go_on() {
                return None;
            }
            let mut change = Change::default();
            match self.events.recv_timeout(LOOK_AGAIN) {
                Ok(event) => change.take(event, &self.root),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => thread::sleep(LOOK_AGAIN),
            }
            if !change.is_empty() {
                self.until_rest(&mut change);
                self.look_again(&change);
                return Some(change);
            }
            if self.arm() {
                return Some(Change::whole());
            }
        }
    }

    /// What has changed since, without waiting; `None` when nothing has.
    pub fn since(&mut self) -> Option<Change> {
        let mut change = Change::default();
        self.drain(&mut change);
        if change.is_empty() {
            return None;
        }
        self.until_rest(&mut change);
        self.look_again(&change);
        Some(change)
    }

    /// What has changed until a moment from now, for whoever can wait: the system tells some things late.
    pub fn later(&mut self) -> Change {
        thread::sleep(LONG);
        self.since().unwrap_or_default()
    }

    fn until_rest(&mut self, change: &mut Change) {
        // One save is several events, which come one right after the other.
        thread::sleep(AT_ONCE);
        self.drain(change);
        let mut waited = AT_ONCE;
        while waited < MOST_WAIT {
            let pause = self.pause(change);
            thread::sleep(pause);
            waited += pause;
            let is_resting = !self.drain(change);
            let is_half = self.tells_closing && change.is_open();
            if is_resting && !is_half {
                return;
            }
        }
    }

    fn pause(&self, change: &Change) -> Duration {
        match change.paths().len() {
            MANY.. => LONG,
            _ if self.tells_closing && !change.is_open() => CLOSED,
            _ => SHORT,
        }
    }

    fn drain(&mut self, change: &mut Change) -> bool {
        let mut any = false;
        while let Ok(event) = self.events.try_recv() {
            let before = change.events();
            change.take(event, &self.root);
            any |= change.events() > before;
        }
        any
    }

    /// A watched folder that was itself made, moved or removed is another folder now.
    fn look_again(&mut self, change: &Change) {
        for at in 0..self.wanted.len() {
            let (path, is_armed) = (self.wanted[at].path.clone(), self.wanted[at].is_armed);
            let is_other = change.remade().iter().any(|made| path.starts_with(made));
            if is_armed && is_other {
                let _ = self.watcher.unwatch(&path);
                self.wanted[at].is_armed = false;
            }
        }
        self.arm();
    }
}

impl fmt::Debug for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watch").field("root", &self.root).finish_non_exhaustive()
    }
}

/// Looks at the disk itself, and at what files say: times of two changes within a second are the same.
fn poller(told: &Sender<notify::Result<Event>>) -> notify::Result<PollWatcher> {
    let tell = told.clone();
    let config = notify::Config::default().with_poll_interval(POLL).with_compare_contents(true);
    PollWatcher::new(move |event| _ = tell.send(event), config)
}

/// Whether a folder is not there, which may change.
fn is_gone(error: &Error) -> bool {
    match &error.kind {
        ErrorKind::PathNotFound => true,
        ErrorKind::Io(error) => error.kind() == std::io::ErrorKind::NotFound,
        _ => false,
    }
}

/// Whether a folder lies in another one; both below the book's.
fn is_below(folder: &str, other: &str) -> bool {
    folder.strip_prefix(other).is_some_and(|rest| rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use notify::{Config, EventHandler, WatcherKind};

    use super::*;
    use crate::system::{OsSystem, System};

    /// A system that watches nothing more.
    #[derive(Debug)]
    struct Full;

    impl Watcher for Full {
        fn new<F: EventHandler>(_: F, _: Config) -> notify::Result<Self> {
            Ok(Self)
        }

        fn watch(&mut self, _: &Path, _: RecursiveMode) -> notify::Result<()> {
            Err(Error::new(ErrorKind::MaxFilesWatch))
        }

        fn unwatch(&mut self, _: &Path) -> notify::Result<()> {
            Ok(())
        }

        fn kind() -> WatcherKind {
            WatcherKind::NullWatcher
        }
    }

    #[test]
    fn where_the_system_watches_no_more_folders_the_disk_is_looked_at() {
        let room = tempfile::tempdir().unwrap();
        let file = room.path().join("a.md");
        OsSystem.create_file(&file, b"one").unwrap();
        let mut watch = Watch::new(room.path(), false).unwrap();
        watch.watcher = Box::new(Full);
        assert!(watch.look_at(&BTreeSet::from([String::new()]), &BTreeSet::new()));
        assert!(watch.is_polling());
        OsSystem.replace_file(&file, b"two").unwrap();
        let change = watch.wait(&|| true).unwrap();
        assert!(change.is_whole() || change.paths().contains(&file), "{change:?}");
    }

    #[test]
    fn a_folder_that_is_not_there_is_waited_for() {
        let room = tempfile::tempdir().unwrap();
        let mut watch = Watch::new(room.path(), false).unwrap();
        let was_polling = watch.is_polling();
        assert!(!watch.look_at(&BTreeSet::from(["content".to_owned()]), &BTreeSet::new()));
        assert_eq!(watch.is_polling(), was_polling);
        OsSystem.create_file(&room.path().join("content/a.md"), b"one").unwrap();
        assert!(watch.wait(&|| true).unwrap().is_whole());
    }
}
