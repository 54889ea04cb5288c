//! Every file that a folder is steered by, damaged in every way: each command says what is wrong and what to do, readers never
//! see less than before, and nothing that was whole is removed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use cxbook::editions::Change;
use cxbook::publish::{DirTarget, Target, Trouble};
use cxbook::system::{Disk, MemoryDisk};

use super::made::{planner, publish, root, usual};

fn target(disk: &MemoryDisk) -> DirTarget<'_> {
    DirTarget::new(disk, root()).with_patience(Duration::ZERO)
}

fn made() -> MemoryDisk {
    let disk = MemoryDisk::default();
    for name in ["01-01", "02-01", "next"] {
        target(&disk).change(&mut *planner(&publish(usual(name)), "made")).unwrap();
    }
    disk
}

/// Paths of the files that steer, in the release that readers see and in the one before.
fn steering() -> Vec<PathBuf> {
    let inner = [
        "record.json",
        "files.sha256",
        "site/01-01/pages.json",
        "site/versions.json",
        "site/01-01/cxbook-manifest.json",
    ];
    let releases = ["3-made", "2-made"]
        .into_iter()
        .flat_map(|name| inner.map(|file| format!(".cx/releases/{name}/{file}")));
    releases
        .chain([".cx/format.json".to_owned(), ".cx/lock".to_owned()])
        .map(|path| root().join(path))
        .collect()
}

/// What can happen to a file.
pub(super) fn damages(bytes: &[u8]) -> Vec<Option<Vec<u8>>> {
    let flip = |at: usize| {
        let mut bytes = bytes.to_vec();
        if let Some(byte) = bytes.get_mut(at) {
            *byte ^= 1;
        }
        bytes
    };
    let mut all = vec![
        None,
        Some(Vec::new()),
        Some(bytes[..bytes.len() / 2].to_vec()),
        Some(b"{}\n".to_vec()),
        Some(vec![0xff; 64]),
    ];
    all.extend((0..bytes.len()).step_by((bytes.len() / 6).max(1)).map(|at| Some(flip(at))));
    all
}

fn helps(words: &str) -> bool {
    [
        "repair",
        "rollback",
        "choose",
        "move it away",
        "verify",
        "publish to",
        "another version",
        "publish again",
    ]
    .iter()
    .any(|help| words.contains(help))
}

/// Calls every command; gives back what was said.
fn call_everything(disk: &MemoryDisk) -> Vec<String> {
    let target = target(disk);
    let mut said = Vec::new();
    let mut note = |what: &str, done: Result<(), Trouble>| {
        if let Err(trouble) = done {
            said.push(format!("{what}: {trouble}"));
        }
    };
    note("editions", target.read().map(|_| ()));
    note("files", target.files(&|_| true).map(|_| ()));
    note("file", target.file("versions.json").map(|_| ()));
    for deep in [false, true] {
        match target.verify(deep) {
            Ok(found) => found.wrong.iter().for_each(|words| assert!(helps(words), "verify: {words}")),
            Err(trouble) => note("verify", Err(trouble)),
        }
    }
    note("generations", target.generations().map(|_| ()));
    for name in ["2-made", "3-made"] {
        note("generation", target.generation(name).map(|_| ()));
    }
    let lead = Change::Alias { name: "stable".into(), to: "01-01".into(), move_aliases: false };
    note("alias", target.change(&mut *planner(&lead, "alias")).map(|_| ()));
    note("publish", target.change(&mut *planner(&publish(usual("03-01")), "publish")).map(|_| ()));
    note("forget", target.forget(9, true).map(|_| ()));
    note("repair", target.repair().map(|_| ()));
    said
}

/// Pages of frozen editions by their paths and bytes, wherever they lie.
fn pages(disk: &MemoryDisk, below: &Path) -> BTreeMap<String, Vec<u8>> {
    let is_page = |path: &str| {
        path.contains("0") && path.ends_with(".html") && !path.contains("latest") && !path.contains("404")
    };
    let own = |path: &str| path.split_once("/site/").map_or(path, |(_, inner)| inner).to_owned();
    disk.files(below)
        .into_iter()
        .filter(|(path, _)| is_page(path))
        .map(|(path, bytes)| (own(&path), bytes))
        .collect()
}

#[test]
fn damage_is_said_with_what_to_do_and_nothing_is_lost() {
    let (mut complaints, mut cases) = (0, 0);
    for path in steering() {
        let bytes = made().read(&path).unwrap().unwrap_or_default();
        for damage in damages(&bytes) {
            let disk = made();
            let editions = pages(&disk, root());
            match &damage {
                None => disk.remove(&path).unwrap(),
                Some(bytes) => disk.damage(&path, bytes),
            }
            cases += 1;
            let said = call_everything(&disk);
            complaints += usize::from(!said.is_empty());
            for words in &said {
                assert!(helps(words), "{}: {words}", path.display());
            }
            let after = pages(&disk, root());
            for (page, bytes) in &editions {
                assert_eq!(after.get(page), Some(bytes), "{}: {page} is lost", path.display());
            }
            // Readers still see something whole, whatever was damaged.
            let seen = disk.files(&root().join("current"));
            assert!(
                seen.contains_key("index.html") && seen.contains_key("02-01/index.html"),
                "{}",
                path.display()
            );
        }
    }
    assert!(cases > 80 && complaints > 40, "{complaints} complaints in {cases} cases");
}

#[test]
fn a_link_that_leads_astray_is_said_and_mended() {
    for to in ["nowhere", "../../etc", ".cx/releases/9-gone/site", ".cx/releases/2-made", "/etc", ""] {
        let disk = made();
        disk.remove(&root().join("current")).unwrap();
        if !to.is_empty() {
            disk.link(Path::new(to), &root().join("current")).unwrap();
        }
        let refused = target(&disk).change(&mut *planner(&publish(usual("03-01")), "publish"));
        if to.is_empty() {
            assert!(refused.is_ok(), "a missing link is shown again: {refused:?}");
            continue;
        }
        assert!(helps(&refused.unwrap_err().to_string()), "{to}");
        target(&disk).repair().unwrap();
        assert!(disk.files(&root().join("current")).contains_key("02-01/index.html"), "{to}");
        assert!(target(&disk).verify(true).unwrap().is_whole());
    }
}

/// A target that may only be read, and a clock that goes backwards, with the program itself.
#[cfg(unix)]
#[test]
fn a_target_that_cannot_be_written_is_said_and_left_alone() {
    use super::program::{book, command, fine, text};
    let room = tempfile::tempdir().unwrap();
    book(room.path(), "dir:out");
    fine(room.path(), &["publish", "--edition", "2026-q1"]);
    let late = command(room.path(), &["publish", "--edition", "2026-q2"])
        .env("SOURCE_DATE_EPOCH", "86400")
        .output()
        .unwrap();
    assert_eq!(late.status.code(), Some(0), "{}", text(&late.stderr));
    let record = |text: &str| text.split("\"at\": \"").nth(1).unwrap()[..20].to_owned();
    let mut all: Vec<_> = std::fs::read_dir(room.path().join("out/.cx/releases"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    all.sort();
    let at: Vec<String> =
        all.iter().map(|path| record(&std::fs::read_to_string(path.join("record.json")).unwrap())).collect();
    assert!(at[0] <= at[1] && !at[1].starts_with("1970"), "{at:?}");
    // A file system that may only be read; root may write to any other folder.
    let seal = |what: &str| {
        let mount = std::process::Command::new("mount")
            .args(["-o", what])
            .arg(room.path().join("out"))
            .arg(room.path().join("out"))
            .output();
        mount.is_ok_and(|done| done.status.success())
    };
    if !seal("bind") || !seal("remount,bind,ro") {
        eprintln!("skipped: this computer lets nobody mount");
        return;
    }
    let refused = command(room.path(), &["publish", "--edition", "2026-q3"]).output().unwrap();
    std::process::Command::new("umount").arg(room.path().join("out")).status().unwrap();
    assert_eq!(refused.status.code(), Some(2));
    assert!(text(&refused.stderr).to_lowercase().contains("read-only"), "{}", text(&refused.stderr));
    fine(room.path(), &["verify", "--deep"]);
}

/// A real disk that is full.
#[cfg(unix)]
#[test]
fn a_full_disk_is_said_and_leaves_the_old_site() {
    use super::program::{book, cxbook, fine, text};
    let room = tempfile::tempdir().unwrap();
    let small = room.path().join("small");
    std::fs::create_dir(&small).unwrap();
    let mounted = std::process::Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=2m", "tmpfs"])
        .arg(&small)
        .output();
    if !mounted.is_ok_and(|done| done.status.success()) {
        eprintln!("skipped: this computer lets nobody mount");
        return;
    }
    book(room.path(), "dir:small/out");
    let mut last = 0;
    for number in 0..60 {
        let done = cxbook(room.path(), &["publish", "--edition", &format!("e{number}")]);
        if done.status.code() != Some(0) {
            assert!(text(&done.stderr).contains("Make room on that disk"), "{}", text(&done.stderr));
            break;
        }
        last = number;
    }
    let left =
        std::fs::read_dir(small.join("out/.cx/releases")).unwrap().map(|entry| entry.unwrap().file_name());
    let left: Vec<String> = left.map(|name| name.to_string_lossy().into_owned()).collect();
    let verified = cxbook(room.path(), &["verify", "--deep"]);
    fine(room.path(), &["prune", "--keep-last", "1", "--generations", "0", "--apply"]);
    let again = cxbook(room.path(), &["publish", "--edition", "e99"]);
    std::process::Command::new("umount").arg(&small).status().unwrap();
    assert!((1..59).contains(&last), "{last}");
    assert!(left.iter().all(|name| !name.ends_with(".partial")), "{left:?}");
    assert_eq!(verified.status.code(), Some(0), "{}", text(&verified.stdout));
    assert_eq!(again.status.code(), Some(0), "{}", text(&again.stderr));
}
