//! Publishers at the same time, and stores that do not keep their word.

use std::io;
use std::sync::Arc;
use std::sync::Mutex;
use std::time::Duration;

use cxbook::editions::{Change, Sealer};
use cxbook::publish::{CloudTarget, Done, StoreAddress, Target, Trouble};
use cxbook::system::{Clock, Listed, Mark, Objects, Only, OsClock, Put, Sent, StoreObjects};

use super::super::made::{planner, publish, usual};
use super::crash::before;
use super::room::{Waiting, torn};

fn address() -> StoreAddress {
    StoreAddress::parse("s3://bucket/cx").unwrap()
}

#[test]
fn two_publishers_at_once_lose_no_edition() {
    let store: Arc<dyn Objects> = Arc::new(StoreObjects::memory());
    let run = |name: &'static str, id: &'static str| {
        let store = store.clone();
        std::thread::spawn(move || {
            let target = CloudTarget::new(store, Arc::new(OsClock::default()), address(), id);
            target.change(&mut *planner(&publish(usual(name)), id))
        })
    };
    // The first two also race for the very first head.
    for pair in [[("01-01", "a"), ("02-01", "b")], [("03-01", "c"), ("04-01", "d")]] {
        let both = pair.map(|(name, id)| run(name, id));
        for done in both {
            assert_eq!(done.join().unwrap(), Ok(Done::Changed));
        }
    }
    let target = CloudTarget::new(store.clone(), Arc::new(OsClock::default()), address(), "look");
    let record = target.read().unwrap().record;
    assert_eq!(record.editions().len(), 4);
    assert!(target.verify(true).unwrap().is_whole());
}

#[test]
fn a_living_publisher_is_waited_for_and_not_driven_out() {
    let room = before();
    // The other one waits, though not for as long as a lease.
    let (slow, mut asked) = (room.publisher("slow"), 0);
    let (one, other) = (publish(usual("03-01")), publish(usual("04-01")));
    let mut plan = planner(&one, "slow");
    let mut second = None;
    let done = slow.change(&mut |current| {
        asked += 1;
        if asked == 2 {
            let waiter = room.publisher("waiter").with_patience(Duration::from_secs(30));
            second = Some(waiter.change(&mut *planner(&other, "waiter")));
        }
        plan(current)
    });
    assert_eq!(done, Ok(Done::Changed));
    assert!(
        matches!(&second, Some(Err(Trouble::Failed(words))) if words.contains("another publisher is at work")),
        "{second:?}"
    );
    assert!(room.publisher("look").verify(true).unwrap().is_whole());
}

/// Time spent planning does not cost the turn when nobody else wants it.
#[test]
fn a_slow_publisher_alone_succeeds() {
    let room = before();
    let change = publish(usual("03-01"));
    let mut plan = planner(&change, "slow");
    let done = room.publisher("slow").change(&mut |current| {
        room.clock.wait(Duration::from_secs(1000));
        plan(current)
    });
    assert_eq!(done, Ok(Done::Changed));
}

#[test]
fn the_same_again_writes_nothing() {
    let room = before();
    room.bucket.begin();
    let again = room.publisher("again").change(&mut *planner(&publish(usual("02-01")), "again"));
    assert_eq!(again, Ok(Done::Same));
    assert_eq!(room.bucket.writes(), Vec::<String>::new());
}

#[test]
fn the_root_changes_last_and_everything_is_sent_as_what_it_is() {
    let room = before();
    room.bucket.begin();
    room.publisher("new").change(&mut *planner(&publish(usual("03-01")), "new")).unwrap();
    let writes: Vec<String> =
        room.bucket.writes().into_iter().filter(|key| !key.starts_with("cx/_cx/")).collect();
    let at = |key: &str| writes.iter().position(|other| other == key).unwrap();
    assert!(at("cx/03-01/index.html") < at("cx/latest/index.html"));
    assert!(at("cx/latest/index.html") < at("cx/index.html"));
    assert_eq!(writes.last().map(String::as_str), Some("cx/versions.json"));
    let sent = room.bucket.sent();
    for (key, kind, cache) in [
        ("cx/03-01/index.html", "text/html; charset=utf-8", "no-cache"),
        ("cx/versions.json", "application/json; charset=utf-8", "no-cache"),
        ("cx/editions.js", "text/javascript; charset=utf-8", "no-cache"),
        ("cx/03-01/feed.xml", "application/xml; charset=utf-8", "no-cache"),
        ("cx/assets/site.0a1b2c3d.css", "text/css; charset=utf-8", "public, max-age=31536000, immutable"),
    ] {
        assert_eq!((sent[key].content_type.as_str(), sent[key].cache), (kind, cache), "{key}");
    }
}

/// Who holds the key can have every record signed, and what a bucket holds is read with its signature.
#[test]
fn a_record_is_signed_in_a_bucket_too() {
    let room = before();
    let publish_signed = |id: &'static str| {
        let change = publish(usual("03-01"));
        room.publisher(id).change(&mut |current| {
            let mut plan = planner(&change, id)(current)?;
            let sealer = Sealer::new(|record| Ok(format!("signed {}", cxbook::output::sha256(record))));
            plan.sealed_by(sealer, current.seal.is_some());
            Ok(plan)
        })
    };
    assert_eq!(room.publisher("look").read().unwrap().seal, None);
    assert_eq!(publish_signed("new"), Ok(Done::Changed));
    let now = room.publisher("look").read().unwrap();
    let sealed = format!("signed {}", cxbook::output::sha256(now.record.json().as_bytes()));
    assert_eq!(now.seal, Some(sealed.into_bytes()));
    assert_eq!(publish_signed("again"), Ok(Done::Same));
    assert!(room.publisher("look").verify(true).unwrap().is_whole());
    assert_eq!(room.publisher("x").forget(0, true).unwrap().len(), 2);
    assert!(room.publisher("look").read().unwrap().seal.is_some());
}

/// How a store breaks its word.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Lie {
    IgnoresIfNoneMatch,
    IgnoresIfMatch,
    RefusesIfMatch,
    NoMarks,
    TellsAllTheyWon,
    ListsLate,
    CannotDoThat,
    LosesPages,
}

#[derive(Debug)]
struct Liar {
    inner: StoreObjects,
    lie: Lie,
    waiting: Mutex<usize>,
}

impl Liar {
    fn over(&self, key: &str, bytes: &[u8], sent: &Sent) -> io::Result<Put> {
        loop {
            let put = match self.inner.get(key)? {
                Some((_, mark)) => self.inner.put(key, bytes, sent, Only::IfStill(&mark))?,
                None => self.inner.put(key, bytes, sent, Only::IfAbsent)?,
            };
            if put != Put::Refused {
                return Ok(put);
            }
        }
    }
}

impl Objects for Liar {
    fn get(&self, key: &str) -> io::Result<Option<(Vec<u8>, Mark)>> {
        self.inner.get(key)
    }

    fn put(&self, key: &str, bytes: &[u8], sent: &Sent, only: Only<'_>) -> io::Result<Put> {
        match (self.lie, only) {
            (Lie::IgnoresIfNoneMatch, Only::IfAbsent) | (Lie::IgnoresIfMatch, Only::IfStill(_)) => {
                self.over(key, bytes, sent)
            }
            (Lie::RefusesIfMatch, Only::IfStill(_)) => Ok(Put::Refused),
            (Lie::CannotDoThat, Only::IfStill(_)) => Err(io::ErrorKind::Unsupported.into()),
            (Lie::LosesPages, _) if key.ends_with("03-01/teams/a.html") => {
                Ok(Put::Done(Mark { e_tag: Some("it is there".into()), version: None }))
            }
            (Lie::NoMarks, _) => self.inner.put(key, bytes, sent, only).map(|put| match put {
                Put::Done(_) => Put::Done(Mark::default()),
                refused => refused,
            }),
            // Looks, lets others look too, and writes: as servers do that were not made for many at once.
            (Lie::TellsAllTheyWon, Only::IfAbsent) if key.contains("race") => {
                let is_there = self.inner.get(key)?.is_some();
                *self.waiting.lock().unwrap() += 1;
                std::thread::sleep(Duration::from_millis(30));
                if is_there { Ok(Put::Refused) } else { self.over(key, bytes, sent) }
            }
            _ => self.inner.put(key, bytes, sent, only),
        }
    }

    fn remove(&self, key: &str) -> io::Result<()> {
        self.inner.remove(key)
    }

    fn list(&self, folder: &str) -> io::Result<Vec<Listed>> {
        if self.lie == Lie::ListsLate { Ok(Vec::new()) } else { self.inner.list(folder) }
    }
}

/// Nothing leads to a page before the store lists it.
#[test]
fn a_page_that_the_store_lost_is_missed_before_it_is_shown() {
    let liar =
        Arc::new(Liar { inner: StoreObjects::memory(), lie: Lie::LosesPages, waiting: Mutex::default() });
    let target = CloudTarget::new(liar.clone(), Arc::new(Waiting::default()), address(), "new");
    let done = target.change(&mut *planner(&publish(usual("03-01")), "new"));
    assert!(matches!(&done, Err(Trouble::Failed(words)) if words.contains("03-01/teams/a.html")), "{done:?}");
    assert!(liar.get("cx/versions.json").unwrap().is_none());
}

#[test]
fn a_store_that_breaks_its_word_is_refused() {
    for (lie, why) in [
        (Lie::IgnoresIfNoneMatch, "writes over an object"),
        (Lie::IgnoresIfMatch, "not any more what it was"),
        (Lie::RefusesIfMatch, "refuses to replace"),
        (Lie::NoMarks, "tells no state"),
        (Lie::TellsAllTheyWon, "writers make the same object"),
        (Lie::ListsLate, "does not list"),
        (Lie::CannotDoThat, "does not know conditional writes"),
    ] {
        let liar = Arc::new(Liar { inner: StoreObjects::memory(), lie, waiting: Mutex::default() });
        let target = CloudTarget::new(liar.clone(), Arc::new(Waiting::default()), address(), "new");
        let refused = target.change(&mut *planner(&publish(usual("03-01")), "new"));
        assert!(
            matches!(&refused, Err(Trouble::Refused(words)) if words.contains(why) && words.contains("If-Match")),
            "{lie:?}: {refused:?}"
        );
        let left = liar.inner.list("").unwrap();
        assert!(left.iter().all(|one| one.key.contains("_cx/preflight/")), "{lie:?}: {left:?}");
        assert!(lie == Lie::ListsLate || left.is_empty(), "{lie:?}: {left:?}");
        assert_eq!(torn(&liar.inner), None);
    }
}

impl super::super::model::Mortal for super::room::Room {
    fn holds(&self, words: &str) -> bool {
        self.bucket.all().values().any(|bytes| String::from_utf8_lossy(bytes).contains(words))
    }

    fn kill_after(&self, steps: usize) {
        self.bucket.fail_at(steps, super::room::Fault::DiesBefore);
    }

    fn revive(&self) {
        self.bucket.begin();
    }

    fn take_over(&self, steps: usize, other: Change) {
        let room = self.clone();
        self.bucket.meanwhile(steps, move || {
            let done = room.publisher("quick").change(&mut *planner(&other, "quick"));
            assert_eq!(done, Ok(Done::Changed));
        });
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 60, failure_persistence: None, ..Default::default() })]

    #[test]
    fn a_bucket_does_what_the_model_does(deeds in super::super::model::deeds()) {
        let room = super::room::Room::default();
        super::super::model::play(&room.publisher("one"), &room, &deeds);
    }
}
