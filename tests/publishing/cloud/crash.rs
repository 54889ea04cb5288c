//! A publisher that is stopped at every single request, before or after it had its effect: readers never see half a site, the
//! next publisher succeeds, and nothing is lost.

use cxbook::editions::{Change, Wanted};
use cxbook::publish::{Done, Target, Trouble};
use cxbook::system::Objects;

use super::super::made::{edition, planner, publish, usual};
use super::super::purge::purge;
use super::room::{Fault, Files, Room, torn};

/// Two editions are there.
pub(super) fn before() -> Room {
    let room = Room::default();
    for name in ["01-01", "02-01"] {
        let done = room.publisher("before").change(&mut *planner(&publish(usual(name)), "before"));
        assert_eq!(done, Ok(Done::Changed));
    }
    room
}

/// Paths that differ, without the file that says the number of the generation.
pub(super) fn differences(one: &Files, other: &Files) -> Vec<String> {
    let paths = one.keys().chain(other.keys().filter(|path| !one.contains_key(*path)));
    paths.filter(|path| *path != "cx/versions.json" && one.get(*path) != other.get(*path)).cloned().collect()
}

/// Every page is one of the old or the new site, and no link leads nowhere, at any moment.
fn watch(room: &Room, old: &Files, new: &Files) {
    let (old, new) = (old.clone(), new.clone());
    room.bucket.watch(move |objects| {
        assert_eq!(torn(objects), None);
        for path in old.keys().filter(|path| new.contains_key(*path)) {
            let now = objects.get(path).unwrap().map(|(bytes, _)| bytes);
            let is_whole = now.as_ref() == old.get(path) || now.as_ref() == new.get(path);
            assert!(is_whole || path == "cx/versions.json", "{path} is neither old nor new");
        }
    });
}

/// What a change makes of a room, and with how many requests.
fn whole(prepare: fn() -> Room, change: &dyn Fn(&Room) -> Change) -> (Files, Files, usize) {
    let room = prepare();
    let (change, old) = (change(&room), room.bucket.site());
    room.bucket.begin();
    assert_eq!(room.publisher("new").change(&mut *planner(&change, "new")), Ok(Done::Changed));
    let (steps, new) = (room.bucket.calls(), room.bucket.site());
    assert_ne!(old.keys().count() + differences(&old, &new).len(), 0);
    (old, new, steps)
}

/// Readers of the old site still see it.
fn is_old(room: &Room, old: &Files) -> bool {
    let now = room.bucket.site();
    old.iter().all(|(path, bytes)| now.get(path) == Some(bytes))
}

fn stopped_everywhere(prepare: fn() -> Room, change: &dyn Fn(&Room) -> Change) -> usize {
    let (old, new, steps) = whole(prepare, change);
    for stop in 0..steps {
        for fault in [Fault::DiesBefore, Fault::DiesAfter] {
            let at = format!("{fault:?} {stop} of {steps}");
            let room = prepare();
            let change = change(&room);
            watch(&room, &old, &new);
            room.bucket.fail_at(stop, fault);
            let dead = room.publisher("new").change(&mut *planner(&change, "new"));
            room.bucket.begin();
            if matches!(dead, Err(Trouble::Failed(_) | Trouble::Refused(_))) {
                assert!(is_old(&room, &old), "{at}: {dead:?}, and readers see something else");
            }
            // What a dead publisher began to show, the next one finishes; then there is nothing left of the change to do.
            let again = room.publisher("again").change(&mut *planner(&change, "again"));
            let is_done = again.is_ok() || (matches!(change, Change::Drop(_)) && again.is_err());
            assert!(is_done, "{at}: {again:?}");
            assert_eq!(differences(&room.bucket.site(), &new), Vec::<String>::new(), "{at}");
            if !matches!(change, Change::Drop(_)) {
                let third = room.publisher("third").change(&mut *planner(&change, "third"));
                assert_eq!(third, Ok(Done::Same), "{at}");
            }
            room.bucket.watch(|objects| assert_eq!(torn(objects), None));
            let next = room.publisher("next").change(&mut *planner(&publish(usual("09-01")), "next"));
            assert_eq!(next, Ok(Done::Changed), "{at}");
            let found = room.publisher("look").verify(true).unwrap();
            assert!(found.is_whole(), "{at}: {found:?}");
        }
    }
    steps
}

#[test]
fn killed_at_any_request_readers_see_a_whole_site() {
    let steps = stopped_everywhere(before, &|_| publish(usual("03-01")));
    assert!(steps > 60, "only {steps} requests");
}

#[test]
fn the_very_first_publisher_can_be_stopped_too() {
    stopped_everywhere(Room::default, &|_| publish(usual("03-01")));
}

#[test]
fn the_other_changes_can_be_stopped_too() {
    let alias = |_: &Room| Change::Alias { name: "latest".into(), to: "01-01".into(), move_aliases: true };
    stopped_everywhere(before, &alias);
    stopped_everywhere(before, &|_| publish(usual("next")));
    stopped_everywhere(before, &|_| Change::Drop(vec!["01-01".into()]));
    let back = |room: &Room| {
        let older =
            room.publisher("x").generations().unwrap().into_iter().find(|one| !one.is_current).unwrap();
        Change::Restore(Box::new(room.publisher("x").generation(&older.name).unwrap()))
    };
    stopped_everywhere(before, &back);
}

/// Also where the words stood in the title of a page: then even the list of pages of the generation before is gone.
#[test]
fn a_purge_that_dies_anywhere_is_finished_by_whoever_comes_next() {
    const SAID: &str = "Zebras came nine weeks late";
    let wanted = Wanted { texts: vec![SAID.to_owned()], on: "2026-11-23".to_owned(), ..Wanted::default() };
    let told = |name: &str| publish(edition(name, &[("index.html", "Home"), ("teams/a.html", SAID)]));
    let (mut stop, mut shown) = (0, 0);
    loop {
        let room = Room::default();
        for name in ["01-01", "02-01"] {
            room.publisher("before").change(&mut *planner(&told(name), "before")).unwrap();
        }
        let change = purge(&room.publisher("look"), &wanted).unwrap();
        room.bucket.fail_at(stop, Fault::DiesAfter);
        let done = room.publisher("dead").change(&mut *planner(&change, "dead"));
        let is_over = room.bucket.calls() <= stop;
        room.bucket.begin();
        let next = room.publisher("next").change(&mut *planner(&publish(usual("next")), "next"));
        assert_eq!(next, Ok(Done::Changed), "died at {stop}");
        let found = room.publisher("look").verify(true).unwrap();
        assert!(found.is_whole(), "died at {stop}: {found:?}");
        let all = room.bucket.all();
        let holds = |bytes: &Vec<u8>| String::from_utf8_lossy(bytes).contains("Zebras");
        let left: Vec<&String> = all.iter().filter(|(_, bytes)| holds(bytes)).map(|(path, _)| path).collect();
        if !left.iter().any(|path| *path == "cx/02-01/teams/a.html") {
            shown += 1;
            assert_eq!(left, Vec::<&String>::new(), "died at {stop}: it is still there");
        }
        if is_over {
            assert_eq!(done, Ok(Done::Changed));
            break;
        }
        stop += 1;
    }
    assert!(shown > 20 && stop > shown + 20, "{shown} of {stop}");
}

/// An answer is lost or wrong once; whether the request had its effect is found out, and what is said is true.
#[test]
fn a_lost_answer_does_not_stop_a_publisher() {
    let change = |_: &Room| publish(usual("03-01"));
    let (old, new, steps) = whole(before, &change);
    let mut unsure = 0;
    for stop in 0..steps {
        for fault in [Fault::FailsBefore, Fault::FailsAfter, Fault::Mistaken] {
            let at = format!("{fault:?} {stop} of {steps}");
            let room = before();
            watch(&room, &old, &new);
            room.bucket.fail_at(stop, fault);
            let done = room.publisher("new").change(&mut *planner(&change(&room), "new"));
            let was_put = room.bucket.puts().contains(&stop);
            room.bucket.begin();
            match &done {
                Ok(done) => {
                    assert_eq!(*done, Done::Changed, "{at}");
                    assert_eq!(differences(&room.bucket.site(), &new), Vec::<String>::new(), "{at}");
                }
                Err(Trouble::Failed(words)) => {
                    assert!(is_old(&room, &old) && !was_put, "{at}: {words}");
                }
                Err(Trouble::Unknown(words)) => {
                    unsure += 1;
                    assert!(!was_put && words.contains("network broke"), "{at}: {words}");
                }
                Err(other) => panic!("{at}: {other:?}"),
            }
            let repaired = room.publisher("mend").repair();
            assert!(repaired.is_ok(), "{at}: {repaired:?}");
            assert!(room.publisher("look").verify(true).unwrap().is_whole(), "{at}");
        }
    }
    assert!(unsure > 0, "no read failed while a generation was being shown");
}

/// While a publisher stands still just before a request, for longer than its lease, another one publishes `04-01`; then the
/// request is carried out all the same.
fn sleeper(stop: usize, afterwards: impl FnOnce(&Room) + Send + 'static) -> (Room, Result<Done, Trouble>) {
    sleep_in(before(), stop, false, afterwards)
}

fn sleep_in(
    room: Room,
    stop: usize,
    is_answer_lost: bool,
    afterwards: impl FnOnce(&Room) + Send + 'static,
) -> (Room, Result<Done, Trouble>) {
    let other = room.clone();
    room.bucket.meanwhile(stop, move || {
        let done = other.publisher("quick").change(&mut *planner(&publish(usual("04-01")), "quick"));
        assert_eq!(done, Ok(Done::Changed));
        afterwards(&other);
    });
    if is_answer_lost {
        room.bucket.lose_answer();
    }
    let done = room.publisher("slow").change(&mut *planner(&publish(usual("03-01")), "slow"));
    room.bucket.begin();
    (room, done)
}

fn editions(room: &Room) -> Vec<String> {
    let record = room.publisher("look").read().unwrap().record;
    record.editions().into_iter().map(|(name, _)| name.to_owned()).collect()
}

/// The sleeper goes on, and both editions are there in the end.
#[test]
fn a_publisher_that_slept_does_no_harm() {
    let (_, _, steps) = whole(before, &|_| publish(usual("03-01")));
    for stop in 0..steps {
        let (room, done) = sleeper(stop, |_| {});
        assert_eq!(done, Ok(Done::Changed), "slept at {stop} of {steps}");
        assert_eq!(editions(&room), ["01-01", "02-01", "03-01", "04-01"], "slept at {stop} of {steps}");
        let found = room.publisher("look").verify(true).unwrap();
        assert!(found.is_whole(), "slept at {stop} of {steps}: {found:?}");
    }
}

/// Where nothing is yet, somebody else may be the first at any moment.
#[test]
fn the_very_first_publisher_may_sleep_too() {
    let (_, _, steps) = whole(Room::default, &|_| publish(usual("03-01")));
    for stop in 0..steps {
        let (room, done) = sleep_in(Room::default(), stop, false, |_| {});
        assert_eq!(done, Ok(Done::Changed), "slept at {stop} of {steps}");
        assert_eq!(editions(&room), ["03-01", "04-01"], "slept at {stop} of {steps}");
        let found = room.publisher("look").verify(true).unwrap();
        assert!(found.is_whole(), "slept at {stop} of {steps}: {found:?}");
    }
}

/// A request is carried out, its answer takes longer than the lease and is lost: the one who waited finds out what became of it.
#[test]
fn an_answer_that_is_lost_for_long_does_no_harm() {
    let room = before();
    room.bucket.begin();
    room.publisher("slow").change(&mut *planner(&publish(usual("03-01")), "slow")).unwrap();
    for stop in room.bucket.puts() {
        let (room, done) = sleep_in(before(), stop, true, |_| {});
        assert_eq!(done, Ok(Done::Changed), "slept at {stop}");
        assert_eq!(editions(&room), ["01-01", "02-01", "03-01", "04-01"], "slept at {stop}");
        let found = room.publisher("look").verify(true).unwrap();
        assert!(found.is_whole(), "slept at {stop}: {found:?}");
    }
}

/// The sleeper dies after that one request.
#[test]
fn a_publisher_that_slept_and_died_does_no_harm() {
    let (_, _, steps) = whole(before, &|_| publish(usual("03-01")));
    for stop in 0..steps {
        let (room, _) = sleeper(stop, |room| room.bucket.die_at(room.bucket.calls()));
        assert!(editions(&room).contains(&"04-01".to_owned()), "slept at {stop} of {steps}");
        let again = room.publisher("again").change(&mut *planner(&publish(usual("03-01")), "again"));
        assert!(again.is_ok(), "slept at {stop} of {steps}: {again:?}");
        let found = room.publisher("look").verify(true).unwrap();
        assert!(found.is_whole(), "slept at {stop} of {steps}: {found:?}");
    }
}

/// Another program writes a page while a generation is being shown. It is seen before the generation counts as shown.
#[test]
fn a_stray_write_is_mended_before_it_is_said_to_be_published() {
    let (_, new, steps) = whole(before, &|_| publish(usual("03-01")));
    let mut unseen = Vec::new();
    for stop in 0..steps {
        let room = before();
        let other = room.clone();
        room.bucket.meanwhile(stop, move || other.bucket.plant("cx/latest/index.html", b"stray"));
        let done = room.publisher("new").change(&mut *planner(&publish(usual("03-01")), "new"));
        assert_eq!(done, Ok(Done::Changed), "at {stop} of {steps}");
        if !differences(&room.bucket.site(), &new).is_empty() {
            assert_eq!(room.publisher("look").verify(true).unwrap().changed, ["latest/index.html"]);
            unseen.push(stop);
        }
    }
    // Two more requests write the head.
    assert_eq!(unseen, [steps - 2, steps - 1]);
}
