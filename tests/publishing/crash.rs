//! A publisher that is stopped after every single step: readers see the whole old site or the whole new one, the next publisher
//! succeeds, and nothing is lost.

use std::collections::BTreeMap;
use std::time::Duration;

use cxbook::editions::{Change, Listing};
use cxbook::publish::{DirTarget, Done, Target, Trouble};
use cxbook::system::{Disk, MemoryDisk};

use super::made::{planner, publish, root, usual};

type Files = BTreeMap<String, Vec<u8>>;

fn target(disk: &MemoryDisk) -> DirTarget<'_> {
    DirTarget::new(disk, root()).with_patience(Duration::ZERO)
}

fn seen(disk: &MemoryDisk) -> Files {
    disk.files(&root().join("current"))
}

/// Two editions are there, then a third is published.
fn before(disk: &MemoryDisk) {
    disk.make_folder(root()).unwrap();
    for name in ["01-01", "02-01"] {
        assert_eq!(target(disk).change(&mut *planner(&publish(usual(name)), "before")), Ok(Done::Changed));
    }
}

fn versions(files: &Files) -> String {
    files.get("versions.json").map(|bytes| String::from_utf8(bytes.clone()).unwrap()).unwrap_or_default()
}

/// The files without those that say the number of the generation.
fn content(files: &Files) -> Files {
    files
        .iter()
        .filter(|(path, _)| *path != "versions.json")
        .map(|(path, bytes)| (path.clone(), bytes.clone()))
        .collect()
}

/// Runs `change` stopped after each number of steps in turn; `after` does what happens to the machine then.
fn stopped_everywhere(prepare: fn(&MemoryDisk), change: &Change, after: fn(&MemoryDisk)) -> usize {
    let whole = MemoryDisk::default();
    prepare(&whole);
    let old = seen(&whole);
    let first = whole.steps();
    assert_eq!(target(&whole).change(&mut *planner(change, "new")), Ok(Done::Changed));
    let steps = whole.steps() - first;
    let new = seen(&whole);
    assert_ne!(old, new);
    for stop in 0..steps {
        let disk = MemoryDisk::default();
        prepare(&disk);
        disk.kill_after(stop);
        let _ = target(&disk).change(&mut *planner(change, "new"));
        after(&disk);
        let now = seen(&disk);
        assert!(now == old || now == new, "stopped after {stop} of {steps} steps, readers see half a site");
        // The next publisher does the same again and then there is nothing left to do.
        let again = target(&disk).change(&mut *planner(change, "again"));
        assert!(again.is_ok(), "stopped after {stop}: {again:?}");
        assert_eq!(content(&seen(&disk)), content(&new), "stopped after {stop}");
        assert_eq!(
            target(&disk).change(&mut *planner(change, "third")),
            Ok(Done::Same),
            "stopped after {stop}"
        );
        let found = target(&disk).verify(true).unwrap();
        assert!(found.is_whole(), "stopped after {stop}: {found:?}");
    }
    steps
}

#[test]
fn killed_at_any_step_readers_see_a_whole_site() {
    let change = publish(usual("03-01"));
    let steps = stopped_everywhere(before, &change, MemoryDisk::revive);
    assert!(steps > 40, "only {steps} steps");
    // The very first publish: readers see nothing or everything.
    stopped_everywhere(|disk| disk.make_folder(root()).unwrap(), &change, MemoryDisk::revive);
    stopped_everywhere(|_| {}, &change, MemoryDisk::revive);
}

#[test]
fn after_a_loss_of_power_readers_see_a_whole_site() {
    let change = publish(usual("03-01"));
    stopped_everywhere(before, &change, |disk| disk.lose_power(false));
    stopped_everywhere(before, &change, |disk| disk.lose_power(true));
}

#[test]
fn the_other_changes_can_be_stopped_too() {
    let alias = Change::Alias { name: "latest".into(), to: "01-01".into(), move_aliases: true };
    stopped_everywhere(before, &alias, MemoryDisk::revive);
    stopped_everywhere(before, &publish(usual("next")), MemoryDisk::revive);
    let dropped = Change::Drop(vec!["01-01".into()]);
    stopped_everywhere_once(before, &dropped);
}

/// A change that cannot be repeated: what is seen is whole, and the next publisher succeeds.
fn stopped_everywhere_once(prepare: fn(&MemoryDisk), change: &Change) {
    let whole = MemoryDisk::default();
    prepare(&whole);
    let (old, first) = (seen(&whole), whole.steps());
    target(&whole).change(&mut *planner(change, "new")).unwrap();
    let (new, steps) = (seen(&whole), whole.steps() - first);
    for stop in 0..steps {
        let disk = MemoryDisk::default();
        prepare(&disk);
        disk.kill_after(stop);
        let _ = target(&disk).change(&mut *planner(change, "new"));
        disk.revive();
        assert!([&old, &new].contains(&&seen(&disk)), "stopped after {stop}");
        assert_eq!(target(&disk).change(&mut *planner(&publish(usual("03-01")), "again")), Ok(Done::Changed));
        assert!(versions(&seen(&disk)).contains("03-01"));
    }
}

#[test]
fn a_full_disk_is_said_and_leaves_nothing_behind() {
    let whole = MemoryDisk::default();
    before(&whole);
    let (old, first) = (seen(&whole), whole.steps());
    let change = publish(usual("03-01"));
    target(&whole).change(&mut *planner(&change, "new")).unwrap();
    let (new, steps) = (seen(&whole), whole.steps() - first);
    for stop in 0..steps {
        let disk = MemoryDisk::default();
        before(&disk);
        disk.fail_after(stop);
        match target(&disk).change(&mut *planner(&change, "new")) {
            Ok(_) => assert_eq!(seen(&disk), new, "step {stop}"),
            Err(Trouble::Failed(words)) => {
                assert!(words.contains("Make room"), "{words}");
                assert_eq!(seen(&disk), old, "step {stop}");
            }
            Err(other) => panic!("step {stop}: {other:?}"),
        }
        let repaired = target(&disk).repair();
        assert!(repaired.is_ok(), "step {stop}: {repaired:?}");
        assert!(target(&disk).verify(true).unwrap().is_whole());
        let left = disk.list(&root().join(".cx/releases")).unwrap();
        assert!(left.iter().all(|(name, _)| !name.ends_with(".partial")), "step {stop}: {left:?}");
    }
}

#[test]
fn one_publisher_at_a_time() {
    let disk = MemoryDisk::default();
    before(&disk);
    let (one, other) = (publish(usual("03-01")), publish(usual("04-01")));
    let mut inner = None;
    let mut slow = planner(&one, "slow");
    let done = target(&disk).change(&mut |current| {
        inner = Some(target(&disk).change(&mut *planner(&other, "quick")));
        slow(current)
    });
    assert_eq!(done, Ok(Done::Changed));
    assert!(matches!(inner, Some(Err(Trouble::Failed(words))) if words.contains("another publisher")));
    assert_eq!(target(&disk).change(&mut *planner(&other, "later")), Ok(Done::Changed));
    let versions = versions(&seen(&disk));
    assert!(["01-01", "02-01", "03-01", "04-01"].iter().all(|name| versions.contains(name)), "{versions}");
}

#[test]
fn damage_is_found_and_mended_from_good_copies() {
    let disk = MemoryDisk::default();
    before(&disk);
    let whole = seen(&disk);
    let current = disk.leads_to(&root().join("current")).unwrap().unwrap();
    let site = root().join(current);
    // The feed lies in the edition and in the alias; on this disk they share bytes until one is written anew.
    disk.remove(&site.join("01-01/teams/a.html")).unwrap();
    disk.create(&site.join("stranger.html"), b"x").unwrap();
    let found = target(&disk).verify(false).unwrap();
    assert_eq!(
        (found.missing, found.foreign),
        (vec!["01-01/teams/a.html".to_owned()], vec!["stranger.html".to_owned()])
    );
    assert_eq!(target(&disk).repair().map(|done| done.len()), Ok(2));
    assert_eq!(seen(&disk), whole);

    disk.damage(&site.join("02-01/teams/b.html"), b"other");
    assert!(target(&disk).verify(false).unwrap().is_whole(), "only a deep look reads bytes");
    assert_eq!(target(&disk).verify(true).unwrap().changed, ["02-01/teams/b.html"]);
    let words = target(&disk).repair().unwrap_err().to_string();
    assert!(words.contains("02-01/teams/b.html") && words.contains("rollback"), "{words}");
    // The older generation did not have that file.
    let older = target(&disk).generations().unwrap().into_iter().find(|one| !one.is_current).unwrap();
    let back = Change::Restore(Box::new(target(&disk).generation(&older.name).unwrap()));
    assert_eq!(target(&disk).change(&mut *planner(&back, "back")), Ok(Done::Changed));
    assert!(target(&disk).verify(true).unwrap().is_whole());
}

#[test]
fn a_damaged_record_is_not_trusted() {
    for file in ["record.json", "files.sha256"] {
        for bytes in [&b""[..], b"{}", b"{\"schema\":2}", b"../../etc/passwd\n"] {
            let disk = MemoryDisk::default();
            before(&disk);
            let old = seen(&disk);
            let current = disk.leads_to(&root().join("current")).unwrap().unwrap();
            disk.damage(&root().join(current.parent().unwrap()).join(file), bytes);
            let refused = target(&disk).change(&mut *planner(&publish(usual("03-01")), "new"));
            assert!(
                matches!(&refused, Err(Trouble::Failed(words)) if words.contains("cxbook repair")),
                "{refused:?}"
            );
            assert_eq!(seen(&disk), old, "nothing is touched");
            let done = target(&disk).repair().unwrap();
            assert!(done.iter().any(|words| words.contains("newest generation that is whole")), "{done:?}");
            assert_eq!(
                target(&disk).change(&mut *planner(&publish(usual("02-01")), "new")),
                Ok(Done::Changed)
            );
            assert!(target(&disk).verify(true).unwrap().is_whole());
        }
    }
}

#[test]
fn what_is_not_ours_is_left_alone() {
    let change = publish(usual("03-01"));
    let refuse = |prepare: &dyn Fn(&MemoryDisk)| {
        let disk = MemoryDisk::default();
        disk.make_folder(root()).unwrap();
        prepare(&disk);
        let old = disk.files(root());
        let refused = target(&disk).change(&mut *planner(&change, "new"));
        assert!(matches!(refused, Err(Trouble::Refused(_) | Trouble::Failed(_))), "{refused:?}");
        assert_eq!(disk.files(root()), old);
    };
    refuse(&|disk| disk.create(&root().join("photo.jpg"), b"x").unwrap());
    refuse(&|disk| disk.link("/etc".as_ref(), &root().join(".cx")).unwrap());
    refuse(&|disk| {
        before(disk);
        disk.remove(&root().join("current")).unwrap();
        disk.link("/etc".as_ref(), &root().join("current")).unwrap();
    });
    refuse(&|disk| {
        before(disk);
        disk.remove(&root().join(".cx/format.json")).unwrap();
        disk.create(&root().join(".cx/format.json"), b"{\"cxbook\":\"dir\",\"schema\":9}\n").unwrap();
    });
    // A link in place of a page would be published as the file it leads to.
    refuse(&|disk| {
        before(disk);
        let page =
            root().join(disk.leads_to(&root().join("current")).unwrap().unwrap()).join("01-01/index.html");
        disk.remove(&page).unwrap();
        disk.link("/etc/passwd".as_ref(), &page).unwrap();
    });
}

#[test]
fn the_listing_is_one_that_others_can_check() {
    let disk = MemoryDisk::default();
    before(&disk);
    let current = disk.leads_to(&root().join("current")).unwrap().unwrap();
    let release = root().join(current.parent().unwrap());
    let listing = String::from_utf8(disk.read(&release.join("files.sha256")).unwrap().unwrap()).unwrap();
    let files = Listing::parse(&listing).unwrap();
    assert_eq!(files.len(), seen(&disk).len());
    for (path, bytes) in seen(&disk) {
        assert_eq!(files.get(&path), Some(cxbook::output::sha256(&bytes).as_str()), "{path}");
    }
}
