//! Folders as a cxbook of November 2026 left them, whole and damaged, kept as archives in `targets/`: every later cxbook reads
//! them, says what is wrong, mends what can be mended, and publishes on top without losing an edition.
//!
//! Where the form of a target changes, the old archives stay, and new ones are added beside them: `UPDATE_TARGETS=1` writes those
//! that are missing.

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use cxbook::publish::{DirTarget, Done, Target};
use cxbook::system::OsDisk;

use super::super::fixture::root;
use super::made::{planner, publish, usual};

/// The release that readers see, and the one before.
const NEW: &str = ".cx/releases/3-made";
const OLD: &str = ".cx/releases/2-made";

struct Case {
    name: &'static str,
    harm: fn(&Path),
    /// What a deep look says, word for word; nothing where all is well.
    says: &'static [&'static str],
    /// Whether repairing heals it.
    is_healed: bool,
}

const fn case(name: &'static str, is_healed: bool, harm: fn(&Path), says: &'static [&'static str]) -> Case {
    Case { name, harm, says, is_healed }
}

const CASES: &[Case] = &[
    case("whole", true, |_| {}, &[]),
    case(
        "page-cut",
        true,
        |room| cut(&room.join(NEW).join("site/02-01/teams/a.html")),
        &["changed: 02-01/teams/a.html"],
    ),
    case(
        "page-cut-in-all",
        false,
        |room| cut_in_place(&room.join(NEW).join("site/02-01/teams/a.html")),
        &["changed: 02-01/teams/a.html"],
    ),
    case(
        "page-gone",
        true,
        |room| fs::remove_file(room.join(NEW).join("site/01-01/index.html")).unwrap(),
        &["missing: 01-01/index.html"],
    ),
    case(
        "versions-cut",
        true,
        |room| cut(&room.join(NEW).join("site/versions.json")),
        &["changed: versions.json"],
    ),
    case(
        "record-cut",
        true,
        |room| cut(&room.join(NEW).join("record.json")),
        &["the target's record cannot be used: it is damaged; cxbook repair looks for a whole generation"],
    ),
    case(
        "record-before-gone",
        true,
        |room| fs::remove_file(room.join(OLD).join("record.json")).unwrap(),
        &[],
    ),
    case(
        "listing-cut",
        true,
        |room| cut(&room.join(NEW).join("files.sha256")),
        &[
            "the target's list of files cannot be used: it is not the one the record was made with; cxbook repair looks for a whole generation",
        ],
    ),
    case(
        "leads-astray",
        true,
        |room| lead(room, Some(".cx/releases/9-gone/site")),
        &["FOLDER/.cx/releases/9-gone/record.json is missing; cxbook repair looks for a whole generation"],
    ),
    case("leads-nowhere", true, |room| lead(room, None), &["no release is shown to readers"]),
    case("dead-publisher", true, leave_half, &[]),
    case(
        "foreign-file",
        true,
        |room| fs::write(room.join(NEW).join("site/notes.txt"), "by hand").unwrap(),
        &["foreign: notes.txt"],
    ),
    case(
        "newer-form",
        false,
        |room| fs::write(room.join(".cx/format.json"), "{\"cxbook\":\"dir\",\"schema\":99}\n").unwrap(),
        &["FOLDER was made by another version of cxbook"],
    ),
];

/// Half of a file, in this release only.
fn cut(path: &Path) {
    let bytes = fs::read(path).unwrap();
    fs::remove_file(path).unwrap();
    fs::write(path, &bytes[..bytes.len() / 2]).unwrap();
}

/// Half of a file, in every release that shares it, as where a disk fails.
fn cut_in_place(path: &Path) {
    let length = fs::metadata(path).unwrap().len();
    fs::set_permissions(path, Permissions::from_mode(0o644)).unwrap();
    fs::File::options().write(true).open(path).unwrap().set_len(length / 2).unwrap();
}

fn lead(room: &Path, to: Option<&str>) {
    fs::remove_file(room.join("current")).unwrap();
    if let Some(to) = to {
        symlink(to, room.join("current")).unwrap();
    }
}

/// What a publisher that was killed leaves.
fn leave_half(room: &Path) {
    let half = room.join(".cx/releases/4-dead.partial/site");
    fs::create_dir_all(&half).unwrap();
    fs::write(half.join("index.html"), "half").unwrap();
}

fn archive(name: &str) -> PathBuf {
    root().join(format!("tests/publishing/targets/{name}.tar.gz"))
}

fn tar(arguments: &[&str], folder: &Path) {
    let mut tar = Command::new("tar");
    tar.args(arguments).arg("-C").arg(folder);
    if arguments[0].starts_with("-c") {
        tar.arg(".");
    }
    assert!(tar.status().unwrap().success());
}

fn target(folder: &Path) -> DirTarget<'static> {
    DirTarget::new(&OsDisk, folder).with_patience(Duration::ZERO)
}

/// Writes an archive anew.
fn write(case: &Case) {
    let room = tempfile::tempdir().unwrap();
    for name in ["01-01", "02-01", "next"] {
        target(room.path()).change(&mut *planner(&publish(usual(name)), "made")).unwrap();
    }
    (case.harm)(room.path());
    let path = archive(case.name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let same = ["--sort=name", "--mtime=@0", "--owner=0", "--group=0", "--numeric-owner"];
    let mut arguments = vec!["-czf", path.to_str().unwrap()];
    arguments.extend(same);
    tar(&arguments, room.path());
}

/// What a deep look at a target says.
fn said(folder: &Path) -> Vec<String> {
    match target(folder).verify(true) {
        Ok(found) => {
            let all = [("changed", &found.changed), ("missing", &found.missing), ("foreign", &found.foreign)];
            let paths = all
                .into_iter()
                .flat_map(|(what, paths)| paths.iter().map(move |path| format!("{what}: {path}")));
            found.wrong.iter().cloned().chain(paths).collect()
        }
        Err(trouble) => vec![trouble.to_string()],
    }
}

#[test]
fn targets_of_an_earlier_cxbook_are_read_and_mended() {
    for case in CASES {
        if std::env::var_os("UPDATE_TARGETS").is_some() && !archive(case.name).exists() {
            write(case);
        }
    }
    let found: Vec<_> = CASES.iter().map(looked_at).collect();
    let expected: Vec<_> = CASES
        .iter()
        .map(|case| (case.name, case.says.iter().map(|words| (*words).to_owned()).collect(), case.is_healed))
        .collect();
    assert_eq!(found, expected);
}

/// What is said of a case, and whether it can be repaired; then the next edition is published, and none is lost.
fn looked_at(case: &Case) -> (&'static str, Vec<String>, bool) {
    let room = tempfile::tempdir().unwrap();
    tar(&["-xzf", archive(case.name).to_str().unwrap()], room.path());
    let says = said(room.path());
    let is_healed = target(room.path()).repair().is_ok() && said(room.path()).is_empty();
    if is_healed {
        let next = target(room.path()).change(&mut *planner(&publish(usual("03-01")), "next"));
        assert_eq!(next, Ok(Done::Changed), "{}", case.name);
        let record = target(room.path()).read().unwrap().record;
        let editions: Vec<&str> = record.editions().into_iter().map(|(name, _)| name).collect();
        assert_eq!(editions, ["01-01", "02-01", "03-01"], "{}", case.name);
        assert_eq!(said(room.path()), Vec::<String>::new(), "{}", case.name);
    }
    // Nothing is told of where it was unpacked.
    let folder = room.path().display().to_string();
    (case.name, says.into_iter().map(|words| words.replace(&folder, "FOLDER")).collect(), is_healed)
}
