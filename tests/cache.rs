//! A site that comes from the cache is the site that would be built, and what is said with it is the same.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use super::cli::{cxbook, text};
use super::fixture::read;

const FROM: &str = "it comes from the cache";
const WITH: [&str; 3] = ["build", "--cache", "kept"];

/// A book of which something is worth mending.
fn book() -> tempfile::TempDir {
    let room = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(room.path().join("content")).unwrap();
    std::fs::write(
        room.path().join("book.toml"),
        "[book]\ntitle = \"Small\"\n[cx]\nas-of = \"2026-10-15\"\n",
    )
    .unwrap();
    say(room.path(), "Hello.");
    room
}

fn say(room: &Path, words: &str) {
    std::fs::write(room.join("content/index.md"), format!("# Small\n\n{words} <b>Raw.</b>\n")).unwrap();
}

fn fine(folder: &Path, arguments: &[&str]) -> String {
    let done = cxbook(folder, arguments);
    said(&done)
}

fn said(done: &Output) -> String {
    let said = text(&done.stderr);
    assert_eq!(done.status.code(), Some(0), "{said}");
    said
}

fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let entries =
        walkdir::WalkDir::new(folder).into_iter().flatten().filter(|entry| entry.file_type().is_file());
    entries.map(|entry| (entry.path().to_path_buf(), std::fs::read(entry.path()).unwrap())).collect()
}

fn sites(folder: &Path) -> usize {
    let entries = std::fs::read_dir(folder.join("kept")).unwrap().flatten();
    entries.filter(|entry| entry.file_type().unwrap().is_dir()).count()
}

#[test]
fn the_same_book_is_built_once() {
    let room = book();
    let plain = fine(room.path(), &["build"]);
    let site = files(&room.path().join("site"));
    let first = fine(room.path(), &WITH);
    assert_eq!(first, plain, "a new cache changes nothing");
    for remains in [true, false] {
        if !remains {
            std::fs::remove_dir_all(room.path().join("site")).unwrap();
        }
        let again = fine(room.path(), &[&WITH[..], &["--timings"]].concat());
        assert!(again.contains(FROM) && again.ends_with("Rendered 0 pages.\n"), "{again}");
        assert!(again.starts_with(plain.split("Wrote ").next().unwrap()), "findings are told again: {again}");
        assert!(files(&room.path().join("site")) == site, "the bytes differ");
    }
    assert!(plain.contains("warning["), "there is something to tell: {plain}");
    assert!(
        read(&room.path().join("kept/CACHEDIR.TAG"))
            .starts_with("Signature: 8a477f597d28d172789f06886806bc55")
    );
}

#[test]
fn a_change_is_built() {
    let room = book();
    fine(room.path(), &WITH);
    say(room.path(), "Goodbye.");
    for (option, value) in
        [("--edition", "2026-q3"), ("--as-of", "2026-10-14"), ("--site-url", "https://a.example")]
    {
        let other = fine(room.path(), &[&WITH[..], &[option, value]].concat());
        assert!(!other.contains(FROM), "{option}: {other}");
    }
    assert!(!fine(room.path(), &WITH).contains(FROM));
    assert!(read(&room.path().join("site/index.html")).contains("Goodbye."));
    assert_eq!(sites(room.path()), 2, "the oldest are gone");
    let with_drafts = fine(room.path(), &[&WITH[..], &["--drafts"]].concat());
    assert!(!with_drafts.contains(FROM), "{with_drafts}");
    assert!(fine(room.path(), &WITH).contains(FROM), "the one before is still there");
}

#[test]
fn a_book_with_errors_is_not_kept() {
    let room = book();
    fine(room.path(), &WITH);
    say(room.path(), "[broken](nowhere.md)");
    for _ in 0..2 {
        let done = cxbook(room.path(), &WITH);
        assert_eq!(done.status.code(), Some(1), "{}", text(&done.stderr));
    }
    assert_eq!(sites(room.path()), 1);
}

#[test]
fn another_program_takes_nothing() {
    let room = book();
    fine(room.path(), &WITH);
    // The same program with one byte more at its end, as another version would be another file.
    let other = room.path().join("cxbook-other");
    let bytes = std::fs::read(env!("CARGO_BIN_EXE_cxbook")).unwrap();
    std::fs::copy(env!("CARGO_BIN_EXE_cxbook"), &other).unwrap();
    std::fs::write(&other, [&bytes[..], b"x"].concat()).unwrap();
    let done =
        Command::new(&other).current_dir(room.path()).args(WITH).env_remove("SOURCE_DATE_EPOCH").output();
    let told = said(&done.unwrap());
    assert!(!told.contains(FROM), "{told}");
    assert!(fine(room.path(), &WITH).contains(FROM));
}

/// What is left of a file; `None` when it is gone.
type Damage = fn(&[u8]) -> Option<Vec<u8>>;

#[test]
fn what_is_damaged_is_built_anew() {
    let room = book();
    fine(room.path(), &WITH);
    let site = files(&room.path().join("site"));
    let kept = files(&room.path().join("kept"));
    let damages: [Damage; 4] = [
        |_| None,
        |_| Some(Vec::new()),
        |bytes| Some(bytes[..bytes.len() - 1].to_vec()),
        |bytes| {
            Some(bytes.iter().enumerate().map(|(at, byte)| byte ^ u8::from(at == bytes.len() / 2)).collect())
        },
    ];
    let mut tried = 0;
    for (path, bytes) in kept.iter().filter(|(path, _)| path.parent() != Some(&room.path().join("kept"))) {
        for damage in damages {
            let name =
                files(&room.path().join("kept")).into_keys().find(|now| now.file_name() == path.file_name());
            let name = name.unwrap();
            std::fs::remove_file(&name).unwrap();
            if let Some(wrong) = damage(bytes) {
                std::fs::write(&name, wrong).unwrap();
            }
            std::fs::remove_dir_all(room.path().join("site")).unwrap();
            let told = fine(room.path(), &WITH);
            assert!(
                told.contains("damaged; the site is built anew") && !told.contains(FROM),
                "{name:?}: {told}"
            );
            assert!(files(&room.path().join("site")) == site, "{name:?}: the bytes differ");
            assert!(fine(room.path(), &WITH).contains(FROM), "{name:?} is mended");
            tried += 1;
        }
    }
    assert!(tried >= 12, "head, findings and a part: {tried}");
    std::fs::remove_dir_all(room.path().join("kept")).unwrap();
    assert!(!fine(room.path(), &WITH).contains(FROM), "all of it may be deleted");
}

#[test]
fn what_somebody_keeps_there_stays() {
    let room = book();
    let kept = room.path().join("kept");
    let strange = ["notes.txt", "0000000000-notes/a.txt", "new-notes/a.txt"];
    for path in strange {
        std::fs::create_dir_all(kept.join(path).parent().unwrap()).unwrap();
        std::fs::write(kept.join(path), "mine").unwrap();
    }
    for number in 0..4 {
        say(room.path(), &format!("Text {number}."));
        fine(room.path(), &WITH);
    }
    for path in strange {
        assert_eq!(read(&kept.join(path)), "mine");
    }
}

#[test]
fn a_cache_that_cannot_be_used_keeps_nobody_from_building() {
    let room = book();
    std::fs::write(room.path().join("kept"), "a file").unwrap();
    let told = fine(room.path(), &WITH);
    assert!(told.contains("could not be kept in kept: "), "{told}");
    assert!(room.path().join("site/index.html").exists());
}

#[test]
fn a_cache_inside_of_what_it_is_made_from_or_to_is_refused() {
    let room = book();
    for folder in ["site/kept", "content/kept", "content", "themes/kept", "content/../site"] {
        let done = cxbook(room.path(), &["build", "--cache", folder]);
        assert_eq!(done.status.code(), Some(2), "{folder}");
        assert!(text(&done.stderr).contains("choose another folder"), "{}", text(&done.stderr));
    }
    assert!(!room.path().join("site").exists());
}
