//! A bucket that is not ours, objects that somebody changed, words that are taken out: refused or mended, and nothing is lost.

use cxbook::editions::Change;
use cxbook::publish::{Done, Target, Trouble};

use super::super::damage::damages;
use super::super::made::{edition, planner, publish, usual};
use super::super::purge::{self, TELLING, telling};
use super::crash::{before, differences};
use super::room::{Fault, Room};

fn change(room: &Room, id: &str, change: &Change) -> Result<Done, Trouble> {
    room.publisher(id).change(&mut *planner(change, id))
}

#[test]
fn a_folder_of_somebody_else_is_left_alone() {
    let room = Room::default();
    room.bucket.plant("cx/photo.jpg", b"x");
    let all = room.bucket.all();
    let refused = change(&room, "new", &publish(usual("03-01")));
    assert!(
        matches!(&refused, Err(Trouble::Refused(words)) if words.contains("photo.jpg") && words.contains("empty folder")),
        "{refused:?}"
    );
    assert!(matches!(room.publisher("mend").repair(), Err(Trouble::Refused(_))));
    assert_eq!(room.bucket.all(), all);
    // A folder beside ours is nobody's business.
    let room = Room::default();
    room.bucket.plant("cxx/photo.jpg", b"x");
    assert_eq!(change(&room, "new", &publish(usual("03-01"))), Ok(Done::Changed));
}

#[test]
fn a_file_of_somebody_else_is_not_written_over() {
    let room = before();
    room.bucket.plant("cx/03-01/index.html", b"mine");
    let old = room.bucket.site();
    let refused = change(&room, "new", &publish(usual("03-01")));
    assert!(
        matches!(&refused, Err(Trouble::Refused(words)) if words.contains("03-01/index.html") && words.contains("move it away")),
        "{refused:?}"
    );
    let now = room.bucket.site();
    assert!(old.iter().all(|(path, bytes)| now.get(path) == Some(bytes)));
    let found = room.publisher("look").verify(false).unwrap();
    assert_eq!(found.foreign, ["03-01/index.html"]);
    assert!(found.wrong[0].contains("unfinished"), "{found:?}");
    // It stays, what the refused publisher left goes.
    room.publisher("mend").repair().unwrap();
    assert_eq!(room.bucket.site(), old);
    room.bucket.take("cx/03-01/index.html");
    assert_eq!(change(&room, "new", &publish(usual("03-01"))), Ok(Done::Changed));
    assert!(room.publisher("look").verify(true).unwrap().is_whole());
}

#[test]
fn what_a_dead_publisher_left_is_replaced_by_a_corrected_edition() {
    let whole = before();
    whole.bucket.begin();
    change(&whole, "new", &publish(usual("03-01"))).unwrap();
    for stop in 0..whole.bucket.calls() {
        let room = before();
        room.bucket.fail_at(stop, Fault::DiesAfter);
        let _ = change(&room, "dead", &publish(usual("03-01")));
        room.bucket.begin();
        let corrected = edition("03-01", &[("index.html", "Corrected"), ("teams/a.html", "Team A")]);
        let done = change(&room, "new", &publish(corrected));
        // If the dead one was far enough, its edition is out, and an edition never changes.
        let is_frozen = matches!(&done, Err(Trouble::Refused(words)) if words.contains("published already"));
        assert!(done == Ok(Done::Changed) || is_frozen, "{stop}: {done:?}");
        let found = room.publisher("look").verify(true).unwrap();
        assert!(found.is_whole(), "{stop}: {found:?}");
    }
}

#[test]
fn an_edition_that_is_out_never_changes() {
    let room = before();
    let old = room.bucket.all();
    let refused = change(&room, "new", &publish(edition("02-01", &[("index.html", "Other words")])));
    assert!(
        matches!(&refused, Err(Trouble::Refused(words)) if words.contains("never changes")),
        "{refused:?}"
    );
    assert_eq!(room.bucket.all(), old, "nothing is written for it");
}

#[test]
fn damaged_files_are_found_and_come_back_from_good_copies() {
    let room = before();
    let old = room.bucket.site();
    room.bucket.plant("cx/index.html", b"other");
    room.bucket.take("cx/latest/feed.xml");
    room.bucket.plant("cx/stranger.html", b"x");
    let shallow = room.publisher("look").verify(false).unwrap();
    assert_eq!(
        (shallow.missing, shallow.foreign),
        (vec!["latest/feed.xml".to_owned()], vec!["stranger.html".to_owned()])
    );
    assert_eq!(room.publisher("look").verify(true).unwrap().changed, ["index.html"]);
    assert_eq!(room.publisher("mend").repair().unwrap().len(), 2);
    let mut now = room.bucket.site();
    assert_eq!(now.remove("cx/stranger.html").as_deref(), Some(&b"x"[..]), "it is somebody's");
    assert_eq!(now, old);
    // A page of an edition has no second copy.
    room.bucket.plant("cx/02-01/teams/b.html", b"other");
    let words = room.publisher("mend").repair().unwrap_err().to_string();
    assert!(words.contains("02-01/teams/b.html") && words.contains("rollback"), "{words}");
}

/// Every object that the bucket is steered by, damaged in every way.
#[test]
fn damaged_records_are_not_trusted_and_are_mended() {
    let steering = ["head.json", "releases/2-before/record.json", "releases/2-before/files.sha256"];
    for name in steering {
        let key = format!("cx/_cx/{name}");
        let whole = before().bucket.all()[&key].clone();
        for (number, damage) in damages(&whole).into_iter().enumerate() {
            let room = before();
            let old = room.bucket.site();
            match &damage {
                None => room.bucket.take(&key),
                Some(bytes) => room.bucket.plant(&key, bytes),
            }
            let at = format!("{name}, damage {number}");
            let done = change(&room, "new", &publish(usual("03-01")));
            match &done {
                // A flipped bit may say nothing that matters.
                Ok(_) => {}
                Err(Trouble::Failed(words)) => assert!(words.contains("cxbook repair"), "{at}: {words}"),
                Err(other) => panic!("{at}: {other:?}"),
            }
            if let Err(trouble) = &done {
                let is_old = differences(&room.bucket.site(), &old).is_empty();
                assert!(
                    is_old || trouble.to_string().contains("readers see the new generation"),
                    "{at}: {trouble}"
                );
                let found = room.publisher("look").verify(false).unwrap();
                assert!(!found.is_whole(), "{at}");
                let mended = room.publisher("mend").repair();
                assert!(mended.as_ref().is_ok_and(|done| !done.is_empty()), "{at}: {mended:?}");
            }
            for edition in ["02-01", "03-01"] {
                assert!(change(&room, "again", &publish(usual(edition))).is_ok(), "{at}");
            }
            let record = room.publisher("look").read().unwrap().record;
            assert_eq!(record.editions().len(), 3, "{at}");
            assert!(record.generation > 2, "{at}: numbers are not used twice");
            let found = room.publisher("look").verify(true).unwrap();
            assert!(found.is_whole(), "{at}: {found:?}");
        }
    }
}

/// The copies that a dead publisher was about to show are gone: what readers saw before comes back.
#[test]
fn a_generation_that_cannot_be_finished_is_given_up() {
    let whole = before();
    whole.bucket.begin();
    change(&whole, "new", &publish(usual("03-01"))).unwrap();
    let mut given_up = 0;
    for stop in 0..whole.bucket.calls() {
        let room = before();
        let old = room.bucket.site();
        room.bucket.fail_at(stop, Fault::DiesAfter);
        let _ = change(&room, "dead", &publish(usual("03-01")));
        room.bucket.begin();
        let head = String::from_utf8_lossy(&room.bucket.all()["cx/_cx/head.json"]).into_owned();
        if head.contains("\"showing\": null") {
            continue;
        }
        let versions = cxbook::output::sha256(&room.bucket.all()["cx/versions.json"]);
        let blobs: Vec<String> =
            room.bucket.all().into_keys().filter(|key| key.contains("/blobs/")).collect();
        // All that this publisher kept for what is new.
        let kept = before().bucket.all();
        let old_digests: Vec<String> = old.values().map(|bytes| cxbook::output::sha256(bytes)).collect();
        for key in blobs.iter().filter(|key| !kept.contains_key(*key)) {
            let digest = key.rsplit('/').next().unwrap();
            if digest != versions && !old_digests.iter().any(|old| old == digest) {
                room.bucket.take(key);
            }
        }
        let stuck = change(&room, "next", &publish(usual("04-01")));
        // Whose last file was in its place already needs no copies.
        if stuck == Ok(Done::Changed) {
            continue;
        }
        assert!(
            matches!(&stuck, Err(Trouble::Failed(words)) if words.contains("cxbook repair")),
            "{stop}: {stuck:?}"
        );
        given_up += 1;
        let done = room.publisher("mend").repair().unwrap();
        assert!(done.iter().any(|words| words.contains("gave up generation")), "{stop}: {done:?}");
        assert_eq!(room.bucket.site(), old, "{stop}");
        assert_eq!(change(&room, "next", &publish(usual("04-01"))), Ok(Done::Changed));
        assert!(room.publisher("look").verify(true).unwrap().is_whole());
    }
    assert!(given_up > 3);
}

/// A publisher died while it showed a generation, and the record of the one before is damaged: what was begun is finished.
#[test]
fn a_generation_is_finished_though_the_record_before_it_is_damaged() {
    let whole = before();
    whole.bucket.begin();
    // One that drops an edition, so that there is something to remove too.
    let dropped = Change::Drop(vec!["01-01".into()]);
    change(&whole, "new", &dropped).unwrap();
    let (steps, new) = (whole.bucket.calls(), whole.bucket.site());
    let mut mended = 0;
    for (stop, name) in (0..steps).flat_map(|stop| [(stop, "record.json"), (stop, "files.sha256")]) {
        let at = format!("{name}, died at {stop} of {steps}");
        let room = before();
        room.bucket.fail_at(stop, Fault::DiesAfter);
        let _ = change(&room, "dead", &dropped);
        room.bucket.begin();
        let head = String::from_utf8_lossy(&room.bucket.all()["cx/_cx/head.json"]).into_owned();
        if head.contains("\"showing\": null") {
            continue;
        }
        room.bucket.plant(&format!("cx/_cx/releases/2-before/{name}"), b"{}");
        let stuck = change(&room, "next", &publish(usual("04-01")));
        assert!(
            matches!(&stuck, Err(Trouble::Failed(words)) if words.contains("cxbook repair")),
            "{at}: {stuck:?}"
        );
        let done = room.publisher("mend").repair();
        let is_said = |done: &Vec<String>| done.iter().any(|words| words.contains("no whole record is left"));
        assert!(done.as_ref().is_ok_and(is_said), "{at}: {done:?}");
        mended += 1;
        // Whose list of files is damaged too leaves pages of which nobody knows; they are told, and no page leads to them.
        let left = differences(&room.bucket.site(), &new);
        assert!(left.iter().all(|path| path.starts_with("cx/01-01/")), "{at}: {left:?}");
        assert!(name != "record.json" || left.is_empty(), "{at}: {left:?}");
        let found = room.publisher("look").verify(true).unwrap();
        let foreign: Vec<String> = found.foreign.iter().map(|path| format!("cx/{path}")).collect();
        assert_eq!(foreign, left, "{at}");
        assert!(
            found.missing.is_empty() && found.changed.is_empty() && found.wrong.is_empty(),
            "{at}: {found:?}"
        );
        assert_eq!(change(&room, "next", &publish(usual("04-01"))), Ok(Done::Changed), "{at}");
    }
    assert!(mended > 6, "{mended}");
}

/// The very first generation was being shown, and copies of it are gone: nothing can be mended, and that is said.
#[test]
fn a_first_generation_without_good_copies_is_refused_with_what_to_do() {
    let first = publish(usual("01-01"));
    let mut refused = 0;
    for stop in 0..200 {
        let room = Room::default();
        room.bucket.fail_at(stop, Fault::DiesAfter);
        let died = change(&room, "dead", &first);
        room.bucket.begin();
        let Some(head) = room.bucket.all().remove("cx/_cx/head.json") else { continue };
        if !String::from_utf8_lossy(&head).contains("\"showing\": \"") {
            if died.is_ok() {
                break;
            }
            continue;
        }
        for key in room
            .bucket
            .all()
            .into_keys()
            .filter(|key| key.ends_with("01-01/index.html") || key.contains("/blobs/"))
        {
            room.bucket.take(&key);
        }
        let all = room.bucket.site();
        let words = match room.publisher("mend").repair() {
            Err(Trouble::Failed(words)) => words,
            other => panic!("{stop}: {other:?}"),
        };
        assert!(
            words.contains("publish to a new folder") || words.contains("no good copy"),
            "{stop}: {words}"
        );
        assert!(all.iter().all(|(path, bytes)| room.bucket.site().get(path) == Some(bytes)), "{stop}");
        refused += 1;
    }
    assert!(refused > 3, "{refused}");
}

#[test]
fn older_generations_can_be_gone_back_to_and_forgotten() {
    let room = before();
    let sites = [before_one(), room.bucket.site()];
    change(&room, "new", &publish(usual("03-01"))).unwrap();
    let target = room.publisher("back");
    for (name, site) in ["1-before", "2-before"].iter().zip(&sites) {
        let back = Change::Restore(Box::new(target.generation(name).unwrap()));
        assert_eq!(change(&room, "back", &back), Ok(Done::Changed));
        assert_eq!(differences(&room.bucket.site(), site), Vec::<String>::new(), "{name}");
        assert!(target.verify(true).unwrap().is_whole(), "{name}");
    }
    assert_eq!(target.generations().unwrap().len(), 5);
    let blobs = |room: &Room| room.bucket.all().into_keys().filter(|key| key.contains("/blobs/")).count();
    let many = blobs(&room);
    assert_eq!(target.forget(1, false).unwrap().len(), 3);
    assert_eq!(target.generations().unwrap().len(), 5, "a plan removes nothing");
    assert_eq!(target.forget(1, true).unwrap().len(), 3);
    assert_eq!(target.generations().unwrap().len(), 2);
    assert!(blobs(&room) < many, "what only they needed went with them");
    assert!(target.verify(true).unwrap().is_whole());
    assert!(target.generation("1-before").is_err());
}

fn before_one() -> super::room::Files {
    let room = Room::default();
    change(&room, "before", &publish(usual("01-01"))).unwrap();
    room.bucket.site()
}

/// Two editions and a channel that hold the quote.
fn telling_room() -> Room {
    let room = Room::default();
    purge::two_editions(&room.publisher("before"));
    change(&room, "channel", &publish(purge::edition("next"))).unwrap();
    room
}

/// Who purges sleeps for longer than the lease, and somebody else publishes meanwhile: if it is said to be done, it is done.
#[test]
fn a_purge_that_is_finished_by_another_one_is_whole() {
    let whole = telling_room();
    let taken = purge::purge(&whole.publisher("purge"), &purge::wanted()).unwrap();
    whole.bucket.begin();
    change(&whole, "purge", &taken).unwrap();
    let mut finished_by_another = 0;
    for stop in (0..whole.bucket.calls()).step_by(5) {
        let room = telling_room();
        let taken = purge::purge(&room.publisher("purge"), &purge::wanted()).unwrap();
        let other = room.clone();
        room.bucket.meanwhile(stop, move || {
            let plain = edition("2026-q9", &[("index.html", "Other words")]);
            let _ = change(&other, "quick", &publish(plain));
        });
        let done = change(&room, "purge", &taken);
        room.bucket.begin();
        match done {
            Ok(_) => {
                finished_by_another += 1;
                assert_eq!(telling(&room.bucket.all(), &TELLING), Vec::<&str>::new(), "slept at {stop}");
            }
            // What was published meanwhile was not looked at.
            Err(Trouble::Refused(words)) => {
                assert!(words.contains("again"), "slept at {stop}: {words}");
                room.publisher("mend").repair().unwrap();
            }
            Err(other) => panic!("slept at {stop}: {other:?}"),
        }
        let found = room.publisher("look").verify(true).unwrap();
        assert!(found.is_whole(), "slept at {stop}: {found:?}");
    }
    assert!(finished_by_another > 3);
}

/// The same edition again is nothing new; what a dead purge left goes all the same.
#[test]
fn a_publish_that_changes_nothing_clears_up_after_a_dead_purge() {
    let whole = telling_room();
    let taken = purge::purge(&whole.publisher("purge"), &purge::wanted()).unwrap();
    whole.bucket.begin();
    change(&whole, "purge", &taken).unwrap();
    let steps = whole.bucket.calls();
    let plain = || publish(edition("2026-q9", &[("index.html", "Other words")]));
    let mut cleared = 0;
    // The last requests are those that clear up.
    for (stop, fault) in
        (steps / 2..steps).flat_map(|stop| [(stop, Fault::DiesAfter), (stop, Fault::FailsBefore)])
    {
        let room = telling_room();
        change(&room, "plain", &plain()).unwrap();
        let taken = purge::purge(&room.publisher("purge"), &purge::wanted()).unwrap();
        room.bucket.fail_at(stop, fault);
        let _ = change(&room, "dead", &taken);
        room.bucket.begin();
        let is_left = !telling(&room.bucket.all(), &TELLING).is_empty();
        let record = room.publisher("look").read().unwrap().record;
        if record.floor == 0 || !is_left {
            continue;
        }
        assert_eq!(change(&room, "again", &plain()), Ok(Done::Same), "{fault:?} {stop} of {steps}");
        assert_eq!(telling(&room.bucket.all(), &TELLING), Vec::<&str>::new(), "{fault:?} {stop} of {steps}");
        assert!(room.publisher("look").verify(true).unwrap().is_whole(), "{fault:?} {stop} of {steps}");
        cleared += 1;
    }
    assert!(cleared > 3, "{cleared}");
}

#[test]
fn what_is_taken_out_is_in_no_object_wherever_the_purge_dies() {
    let make = telling_room;
    let whole = make();
    assert!(telling(&whole.bucket.all(), &TELLING).len() > 10);
    let taken = purge::purge(&whole.publisher("purge"), &purge::wanted()).unwrap();
    whole.bucket.begin();
    assert_eq!(change(&whole, "purge", &taken), Ok(Done::Changed));
    let steps = whole.bucket.calls();
    assert_eq!(telling(&whole.bucket.all(), &TELLING), Vec::<&str>::new(), "older generations too");
    assert!(whole.publisher("look").verify(true).unwrap().is_whole());
    assert_eq!(whole.publisher("look").generations().unwrap().len(), 1);
    let mut died_after = 0;
    // Every third request is enough of a few hundred.
    for stop in (0..steps).step_by(3) {
        let room = make();
        let taken = purge::purge(&room.publisher("purge"), &purge::wanted()).unwrap();
        room.bucket.fail_at(stop, Fault::DiesAfter);
        let _ = change(&room, "dead", &taken);
        room.bucket.begin();
        if let Ok(taken) = purge::purge(&room.publisher("again"), &purge::wanted()) {
            assert!(change(&room, "again", &taken).is_ok(), "stopped at {stop} of {steps}");
        } else {
            let left = !telling(&room.bucket.all(), &TELLING).is_empty();
            died_after += usize::from(left);
            assert!(
                !left || !room.publisher("look").verify(false).unwrap().is_whole(),
                "stopped at {stop} of {steps}"
            );
            room.publisher("mend").repair().unwrap();
        }
        assert_eq!(telling(&room.bucket.all(), &TELLING), Vec::<&str>::new(), "stopped at {stop} of {steps}");
        let found = room.publisher("look").verify(true).unwrap();
        assert!(found.is_whole(), "stopped at {stop} of {steps}: {found:?}");
    }
    assert!(died_after > 3, "the loop never stopped between showing and clearing up");
}
