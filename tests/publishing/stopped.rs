//! A publisher that stands still for long, and whose lock somebody takes over meanwhile: when it goes on, it damages nothing of
//! what the other one wrote.

use std::cell::{Cell, RefCell};
use std::io;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::Duration;

use cxbook::editions::Change;
use cxbook::publish::{BundleTarget, DirTarget, Done, Target, Trouble};
use cxbook::system::{Disk, Kind, Lock, MemoryDisk};

use super::made::{planner, publish, root, usual};
use super::purge;

/// What happens while the publisher stands still.
type Meanwhile = Box<dyn FnOnce()>;

/// A disk on which somebody else is at work at one moment. Every call counts, looks too.
pub(super) struct Stopping {
    pub(super) disk: Rc<MemoryDisk>,
    calls: Cell<usize>,
    meanwhile: RefCell<Option<(usize, Meanwhile)>>,
    /// Calls after which readers missed an edition that was there before.
    missed: RefCell<Vec<usize>>,
    most: Cell<usize>,
}

impl std::fmt::Debug for Stopping {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Stopping")
    }
}

/// How many editions readers see.
fn seen(disk: &MemoryDisk) -> usize {
    let versions = disk.files(&root().join("current")).remove("versions.json").unwrap_or_default();
    String::from_utf8_lossy(&versions).matches("\"id\": ").count()
}

impl Stopping {
    pub(super) fn new(disk: Rc<MemoryDisk>) -> Self {
        let most = Cell::new(seen(&disk));
        Self { disk, calls: Cell::default(), meanwhile: RefCell::default(), missed: RefCell::default(), most }
    }

    /// Lets something happen before so many calls were made, with the locks of whoever is at work gone.
    pub(super) fn stop_at(&self, call: usize, act: impl FnOnce() + 'static) {
        self.calls.set(0);
        *self.meanwhile.borrow_mut() = Some((call, Box::new(act)));
    }

    pub(super) fn calls(&self) -> usize {
        self.calls.get()
    }

    fn step(&self) {
        let call = self.calls.get();
        self.calls.set(call + 1);
        let act = self.meanwhile.borrow_mut().take_if(|(at, _)| *at == call);
        if let Some((_, act)) = act {
            self.disk.break_locks();
            act();
        }
        let now = seen(&self.disk);
        if now < self.most.get() {
            self.missed.borrow_mut().push(call);
        }
        self.most.set(now.max(self.most.get()));
    }
}

macro_rules! stopping {
    ($(fn $name:ident(&self $(, $argument:ident: $kind:ty)*) -> $answer:ty;)*) => {
        impl Disk for Stopping {
            $(fn $name(&self $(, $argument: $kind)*) -> io::Result<$answer> {
                self.step();
                self.disk.$name($($argument),*)
            })*
        }
    };
}

stopping! {
    fn read(&self, path: &Path) -> Option<Vec<u8>>;
    fn kind(&self, path: &Path) -> Option<Kind>;
    fn list(&self, folder: &Path) -> Vec<(String, Kind)>;
    fn leads_to(&self, link: &Path) -> Option<PathBuf>;
    fn make_folder(&self, path: &Path) -> ();
    fn create(&self, path: &Path, bytes: &[u8]) -> ();
    fn share(&self, from: &Path, to: &Path) -> ();
    fn link(&self, to: &Path, at: &Path) -> ();
    fn rename(&self, from: &Path, to: &Path) -> ();
    fn remove(&self, path: &Path) -> ();
    fn sync(&self, folder: &Path) -> ();
    fn sync_names(&self, folder: &Path) -> ();
    fn lock(&self, path: &Path, wait: Duration) -> Option<Box<dyn Lock>>;
}

fn target(disk: &dyn Disk) -> DirTarget<'_> {
    DirTarget::new(disk, root()).with_patience(Duration::ZERO)
}

fn change(disk: &dyn Disk, id: &str, change: &Change) -> Result<Done, Trouble> {
    target(disk).change(&mut *planner(change, id))
}

fn editions(target: &dyn Target) -> Vec<String> {
    target.read().unwrap().record.trees.into_keys().collect()
}

/// Two editions are there, or nothing.
fn before(is_first: bool) -> Rc<MemoryDisk> {
    let disk = Rc::new(MemoryDisk::default());
    for name in ["01-01", "02-01"].into_iter().filter(|_| !is_first) {
        change(&*disk, "before", &publish(usual(name))).unwrap();
    }
    disk
}

/// Stopped before every call in turn, while somebody else publishes `04-01`.
#[test]
fn a_publisher_that_was_stopped_and_taken_over_does_no_harm() {
    for is_first in [false, true] {
        let whole = Stopping::new(before(is_first));
        change(&whole, "slow", &publish(usual("03-01"))).unwrap();
        let (mut late, steps) = (Vec::new(), whole.calls());
        for stop in 0..steps {
            let at = format!("stopped before call {stop} of {steps}");
            let disk = Stopping::new(before(is_first));
            let other = Rc::clone(&disk.disk);
            disk.stop_at(stop, move || {
                assert_eq!(change(&*other, "quick", &publish(usual("04-01"))), Ok(Done::Changed));
            });
            assert_eq!(change(&disk, "slow", &publish(usual("03-01"))), Ok(Done::Changed), "{at}");
            let known =
                if is_first { &["03-01", "04-01"][..] } else { &["01-01", "02-01", "03-01", "04-01"] };
            assert_eq!(editions(&target(&*disk.disk)), known, "{at}");
            let found = target(&*disk.disk).verify(true).unwrap();
            assert!(found.is_whole(), "{at}: {found:?}");
            let left = disk.disk.list(&root().join(".cx/releases")).unwrap();
            assert!(left.iter().all(|(name, _)| !name.ends_with(".partial")), "{at}: {left:?}");
            if !disk.missed.borrow().is_empty() {
                late.push(stop);
            }
        }
        // Between the last look at the lock and the renaming of the link: what was missed comes back at once.
        assert!(
            late.len() <= 2,
            "readers missed an edition for a moment when stopped before {late:?} of {steps}"
        );
    }
}

/// Two jobs with the same edition, the first ever: the other one may take what it finds for its own.
#[test]
fn the_same_edition_published_meanwhile_stays_readable() {
    let whole = Stopping::new(before(true));
    change(&whole, "slow", &publish(usual("03-01"))).unwrap();
    let steps = whole.calls();
    for stop in 0..steps {
        let disk = Stopping::new(before(true));
        let other = Rc::clone(&disk.disk);
        disk.stop_at(stop, move || {
            change(&*other, "quick", &publish(usual("03-01"))).unwrap();
        });
        let at = format!("stopped before call {stop} of {steps}");
        assert!(change(&disk, "slow", &publish(usual("03-01"))).is_ok(), "{at}");
        assert_eq!(editions(&target(&*disk.disk)), ["03-01"], "{at}");
        assert!(target(&*disk.disk).verify(true).unwrap().is_whole(), "{at}");
    }
}

/// What cannot be done twice is not tried again once it is done.
#[test]
fn who_drops_an_edition_and_is_taken_over_is_not_told_that_there_is_none() {
    let dropped = Change::Drop(vec!["01-01".into()]);
    let whole = Stopping::new(before(false));
    change(&whole, "slow", &dropped).unwrap();
    let steps = whole.calls();
    for (stop, more) in (0..steps).flat_map(|stop| [(stop, false), (stop, true)]) {
        let disk = Stopping::new(before(false));
        let other = Rc::clone(&disk.disk);
        disk.stop_at(stop, move || {
            for name in ["04-01", "05-01"].into_iter().take(1 + usize::from(more)) {
                assert_eq!(change(&*other, "quick", &publish(usual(name))), Ok(Done::Changed));
            }
        });
        let at = format!("stopped before call {stop} of {steps}");
        assert_eq!(change(&disk, "slow", &dropped), Ok(Done::Changed), "{at}");
        let known = if more { &["02-01", "04-01", "05-01"][..] } else { &["02-01", "04-01"] };
        assert_eq!(editions(&target(&*disk.disk)), known, "{at}");
        assert!(target(&*disk.disk).verify(true).unwrap().is_whole(), "{at}");
    }
}

/// The other one is at work still when the first one goes on: one of them begins again, and both are there.
#[test]
fn two_that_both_think_they_have_the_lock_end_with_both_editions() {
    let whole = Stopping::new(before(false));
    change(&whole, "slow", &publish(usual("03-01"))).unwrap();
    let steps = whole.calls();
    // Who goes on does all the rest while the second one stands still before one of its own calls.
    for (stop, second) in
        (0..steps).step_by(7).flat_map(|stop| (0..steps).step_by(11).map(move |second| (stop, second)))
    {
        let at = format!("stopped before {stop} and {second} of {steps}");
        let disk = before(false);
        let (outer, inner) = (Stopping::new(Rc::clone(&disk)), Stopping::new(Rc::clone(&disk)));
        let third = Rc::clone(&disk);
        inner.stop_at(second, move || {
            assert_eq!(change(&*third, "third", &publish(usual("05-01"))), Ok(Done::Changed));
        });
        outer.stop_at(stop, move || {
            assert_eq!(change(&inner, "quick", &publish(usual("04-01"))), Ok(Done::Changed));
        });
        assert_eq!(change(&outer, "slow", &publish(usual("03-01"))), Ok(Done::Changed), "{at}");
        let all = editions(&target(&*disk));
        assert!(
            ["01-01", "02-01", "03-01", "04-01"].iter().all(|name| all.iter().any(|one| one == name)),
            "{at}: {all:?}"
        );
        assert!(target(&*disk).verify(true).unwrap().is_whole(), "{at}");
    }
}

/// Who purges is stopped, and an edition that holds the quote is published meanwhile: it is refused, or it is all gone.
#[test]
fn a_purge_that_was_stopped_is_not_said_to_be_done_when_it_is_not() {
    let made = || {
        let disk = Rc::new(MemoryDisk::default());
        purge::two_editions(&target(&*disk));
        disk
    };
    let run = |disk: &Stopping| {
        let taken = purge::purge(&target(&*disk.disk), &purge::wanted()).unwrap();
        change(disk, "purge", &taken)
    };
    let whole = Stopping::new(made());
    run(&whole).unwrap();
    let (steps, mut refused) = (whole.calls(), 0);
    for stop in (0..steps).step_by(3) {
        let disk = Stopping::new(made());
        let other = Rc::clone(&disk.disk);
        disk.stop_at(stop, move || {
            change(&*other, "quick", &publish(purge::edition("next"))).unwrap();
        });
        let done = run(&disk);
        let held = purge::telling(&disk.disk.files(root()), &purge::TELLING).len();
        match done {
            Err(Trouble::Refused(words)) => {
                refused += 1;
                assert!(words.contains("again") && held > 0, "{stop} of {steps}: {words}");
            }
            // Published after it was all gone.
            Ok(Done::Changed) => {
                let site = disk.disk.files(root());
                let old = purge::telling(&site, &purge::TELLING);
                assert!(old.iter().all(|path| path.contains("next")), "{stop} of {steps}: {old:?}");
            }
            other => panic!("{stop} of {steps}: {other:?}"),
        }
        assert!(target(&*disk.disk).verify(true).unwrap().is_whole(), "{stop} of {steps}");
    }
    assert!(refused > 10, "{refused} of {steps}");
}

#[test]
fn a_bundle_is_not_written_over_by_one_that_was_stopped() {
    let file = Path::new("/srv/site.tar");
    let run = |disk: &dyn Disk, id: &str, name: &str| {
        BundleTarget::new(disk, file).change(&mut *planner(&publish(usual(name)), id))
    };
    let made = || {
        let disk = Rc::new(MemoryDisk::default());
        run(&*disk, "before", "01-01").unwrap();
        Stopping::new(disk)
    };
    let whole = made();
    run(&whole, "slow", "03-01").unwrap();
    let (steps, mut lost) = (whole.calls(), Vec::new());
    for stop in 0..steps {
        let disk = made();
        let other = Rc::clone(&disk.disk);
        disk.stop_at(stop, move || {
            let quick = BundleTarget::new(&*other, file);
            assert_eq!(quick.change(&mut *planner(&publish(usual("04-01")), "quick")), Ok(Done::Changed));
        });
        let done = run(&disk, "slow", "03-01");
        let target = BundleTarget::new(&*disk.disk, file);
        let now = editions(&target);
        assert!(done.is_ok() && now.contains(&"03-01".to_owned()), "{stop} of {steps}: {done:?}");
        if now != ["01-01", "03-01", "04-01"] {
            lost.push(stop);
        }
        assert!(target.verify(true).unwrap().is_whole(), "{stop} of {steps}");
    }
    assert_eq!(lost, Vec::<usize>::new(), "of {steps}");
}

/// The program itself: stopped at a random moment, then its lock is removed or not, and another one publishes. A longer loop:
/// `CXBOOK_STOPS=200 cargo test stopped_and_continued`.
#[cfg(unix)]
#[test]
fn a_program_that_is_stopped_and_continued_loses_no_edition() {
    use super::program::{command, fine, json, two_publishers};
    use std::process::{Command, Stdio};

    let stops: usize = std::env::var("CXBOOK_STOPS").ok().and_then(|text| text.parse().ok()).unwrap_or(12);
    let room = tempfile::tempdir().unwrap();
    let (books, out) = two_publishers(room.path());
    let publisher = |folder: &Path, edition: &str| {
        let mut command = command(folder, &["publish", "--quiet", "--edition", edition]);
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    };
    let signal = |name: &str, child: &std::process::Child| {
        Command::new("kill").args([name, &child.id().to_string()]).status().unwrap().success()
    };
    let (mut stopped, mut salt) = (0, 11_u64);
    for round in 0..stops {
        salt = salt.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let mut slow = publisher(&books[0], &format!("s{round}"));
        // In the middle of its work: what it writes is there and not shown yet.
        let is_writing = || {
            let names = std::fs::read_dir(out.join(".cx/releases")).unwrap().flatten();
            names.into_iter().any(|entry| entry.file_name().to_string_lossy().ends_with(".partial"))
        };
        while !is_writing() && slow.try_wait().unwrap().is_none() {
            std::thread::sleep(Duration::from_micros(200));
        }
        std::thread::sleep(Duration::from_micros(salt >> 51));
        let is_stopped = slow.try_wait().unwrap().is_none() && signal("-STOP", &slow);
        stopped += usize::from(is_stopped);
        let is_taken_over = round % 2 == 0;
        if is_taken_over {
            let _ = std::fs::remove_file(out.join(".cx/lock"));
        }
        let mut quick = publisher(&books[1], &format!("q{round}"));
        // One whose lock is taken over is left alone until the other one is done; a lock that is held is waited for.
        if is_taken_over {
            assert!(quick.wait().unwrap().success(), "round {round}");
        } else {
            std::thread::sleep(Duration::from_millis(150));
        }
        signal("-CONT", &slow);
        assert!(slow.wait().unwrap().success() && quick.wait().unwrap().success(), "round {round}");
        let told = json(&fine(&books[0], &["editions", "--format", "json"]));
        let count = told["editions"]["versions"].as_array().unwrap().len();
        assert_eq!(count, 1 + 2 * (round + 1), "round {round}, taken over: {is_taken_over}");
    }
    eprintln!(
        "{stops} publishers, {stopped} of them stopped at work and continued later: no edition is lost"
    );
    assert!(stopped > stops / 4, "{stopped} of {stops}");
    fine(&books[0], &["verify", "--deep"]);
}
