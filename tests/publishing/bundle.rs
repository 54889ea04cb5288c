//! A whole site as one file: the same bytes for the same editions, replaced at once, and unpacked as the documentation says.

use std::path::Path;
use std::process::Command;

use cxbook::publish::{BundleTarget, Done, Target, Trouble};
use cxbook::system::{Disk, MemoryDisk};

use super::super::fixture::{read, root as repository};
use super::made::{planner, publish, usual};
use super::program::{book, cxbook, fine, text};

fn file() -> &'static Path {
    Path::new("/srv/site.tar")
}

fn target(disk: &MemoryDisk) -> BundleTarget<'_> {
    BundleTarget::new(disk, file())
}

fn bytes(disk: &MemoryDisk) -> Vec<u8> {
    disk.read(file()).unwrap().unwrap_or_default()
}

fn put(disk: &MemoryDisk, name: &str, id: &str) {
    assert_eq!(target(disk).change(&mut *planner(&publish(usual(name)), id)), Ok(Done::Changed));
}

#[test]
fn the_same_editions_are_the_same_bytes_by_any_way() {
    let (one, other) = (MemoryDisk::default(), MemoryDisk::default());
    put(&one, "01-01", "a");
    put(&one, "02-01", "b");
    put(&other, "01-01", "c");
    put(&other, "next", "d");
    put(&other, "02-01", "e");
    assert_ne!(bytes(&one), bytes(&other));
    let drop = cxbook::editions::Change::Drop(vec!["next".into()]);
    assert_eq!(target(&other).change(&mut *planner(&drop, "f")), Ok(Done::Changed));
    assert_eq!(bytes(&one), bytes(&other));
    assert_eq!(target(&one).change(&mut *planner(&publish(usual("02-01")), "g")), Ok(Done::Same));
    assert!(target(&one).verify(true).unwrap().is_whole());
}

#[test]
fn stopped_at_any_step_the_file_is_the_old_or_the_new_one() {
    let whole = MemoryDisk::default();
    put(&whole, "01-01", "a");
    let (old, first) = (bytes(&whole), whole.steps());
    put(&whole, "02-01", "b");
    let (new, steps) = (bytes(&whole), whole.steps() - first);
    assert!(steps > 3);
    for stop in 0..steps {
        for power in [false, true] {
            let disk = MemoryDisk::default();
            put(&disk, "01-01", "a");
            disk.kill_after(stop);
            let _ = target(&disk).change(&mut *planner(&publish(usual("02-01")), "b"));
            if power {
                disk.lose_power(true);
            } else {
                disk.revive();
            }
            assert!([&old, &new].contains(&&bytes(&disk)), "stopped after {stop}");
            target(&disk).repair().unwrap();
            let again = target(&disk).change(&mut *planner(&publish(usual("02-01")), "c"));
            assert!(again.is_ok() && bytes(&disk) == new, "stopped after {stop}: {again:?}");
        }
    }
}

#[test]
fn a_damaged_or_foreign_file_is_left_alone_and_said() {
    let whole = MemoryDisk::default();
    put(&whole, "01-01", "a");
    let good = bytes(&whole);
    let mut bad: Vec<Vec<u8>> =
        vec![b"".to_vec(), b"photos".to_vec(), good[..good.len() / 2].to_vec(), good[..512].to_vec()];
    bad.extend((0..good.len()).step_by(97).map(|at| {
        let mut bytes = good.clone();
        bytes[at] ^= 0x20;
        bytes
    }));
    let mut refused = 0;
    for damaged in bad {
        let disk = MemoryDisk::default();
        disk.make_folder(Path::new("/srv")).unwrap();
        disk.create(file(), &damaged).unwrap();
        let found = target(&disk).verify(true).unwrap();
        let change = target(&disk).change(&mut *planner(&publish(usual("02-01")), "b"));
        match change {
            // Padding between files says nothing to anybody, and a damaged list of editions is written anew.
            Ok(_) => assert!(target(&disk).verify(true).unwrap().is_whole(), "{found:?}"),
            Err(Trouble::Refused(words) | Trouble::Failed(words)) => {
                refused += 1;
                assert!(!found.is_whole() && !words.is_empty());
                assert_eq!(bytes(&disk), damaged, "{words}");
                assert!(target(&disk).repair().is_err());
            }
            Err(other) => panic!("{other:?}"),
        }
    }
    assert!(refused > 20, "{refused}");
}

/// The commands of docs/PUBLISHING.md for the host, as they stand there.
fn snippet() -> String {
    let page = read(&repository().join("docs/PUBLISHING.md"));
    let after = page.split("<!-- unpack -->").nth(1).expect("the snippet is marked");
    after.split("```sh\n").nth(1).unwrap().split("\n```").next().unwrap().to_owned()
}

#[cfg(unix)]
#[test]
fn the_documented_commands_show_it_on_a_host_at_once() {
    let room = tempfile::tempdir().unwrap();
    let host = room.path().join("host");
    std::fs::create_dir(&host).unwrap();
    book(room.path(), "bundle:site.tar");
    let unpack = || {
        let script = snippet().replace("/srv/www/cx", host.to_str().unwrap());
        let done = Command::new("sh").arg("-c").arg(&script).output().unwrap();
        (done.status.success(), text(&done.stderr))
    };
    let send = || std::fs::copy(room.path().join("site.tar"), host.join("site.tar")).unwrap();
    fine(room.path(), &["publish", "--edition", "2026-q1"]);
    send();
    assert_eq!(unpack(), (true, String::new()));
    assert!(host.join("current/2026-q1/index.html").exists());
    let first = std::fs::read_link(host.join("current")).unwrap();
    fine(room.path(), &["publish", "--edition", "2026-q2"]);
    send();
    assert_eq!(unpack(), (true, String::new()));
    assert_eq!(unpack(), (true, String::new()), "twice is once");
    assert!(
        host.join("current/2026-q2/index.html").exists() && host.join("current/latest/index.html").exists()
    );
    assert_ne!(std::fs::read_link(host.join("current")).unwrap(), first);
    // A file that was cut off on the way is not shown.
    let bytes = std::fs::read(room.path().join("site.tar")).unwrap();
    let now = std::fs::read_link(host.join("current")).unwrap();
    let mut damaged = bytes.clone();
    // Within a page: what fills a file up to whole blocks means nothing.
    let half = bytes.len() / 2;
    let page = half + bytes[half..].windows(5).position(|part| part == b"<main").unwrap();
    damaged[page] ^= 1;
    for wrong in [&bytes[..bytes.len() / 2], &damaged] {
        std::fs::write(host.join("site.tar"), wrong).unwrap();
        assert!(!unpack().0);
        assert_eq!(std::fs::read_link(host.join("current")).unwrap(), now);
    }
    let back = cxbook(room.path(), &["rollback"]);
    assert_eq!(back.status.code(), Some(2));
    assert!(text(&back.stderr).contains("no older generation"), "{}", text(&back.stderr));
    fine(room.path(), &["verify", "--deep", "--links"]);
}
