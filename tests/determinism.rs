//! The same book gives the same bytes: twice, from another folder, in any order of listing, time zone, language and number
//! of threads.

use std::path::Path;
use std::process::Command;

use cxbook::source::Sources;

use super::fixture::{built, root, sample};

#[test]
fn twice_and_with_a_shuffled_listing() {
    let first = built(&sample());
    assert!(first == built(&sample()));
    let mut shuffled = Sources::default();
    let files = sample();
    let mut paths: Vec<_> = files.iter().collect();
    paths.sort_by_key(|(path, _)| cxbook::output::sha256(path.as_bytes()));
    for (path, content) in paths {
        shuffled.insert(path.clone(), content.clone());
    }
    assert!(first == built(&shuffled));
}

/// Runs the program on a book and returns the manifest it writes.
fn manifest(book: &Path, out: &Path, environment: &[(&str, &str)]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cxbook"));
    command.arg("build").arg(book).arg("-d").arg(out).envs(environment.iter().copied());
    let done = command.output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    super::fixture::read(&out.join("cxbook-manifest.json"))
}

#[test]
fn another_folder_time_zone_language_and_number_of_threads() {
    let room = tempfile::tempdir().unwrap();
    let plain = manifest(&root(), &room.path().join("plain"), &[]);
    assert!(plain.lines().count() > 100);
    let moved = room.path().join("a folder with blanks");
    copy(&root().join("content"), &moved.join("content"));
    std::fs::copy(root().join("book.toml"), moved.join("book.toml")).unwrap();
    assert!(plain == manifest(&moved, &room.path().join("moved"), &[]));
    for environment in [
        [("TZ", "Pacific/Kiritimati"), ("LANG", "tr_TR.UTF-8")],
        [("RAYON_NUM_THREADS", "1"), ("LC_ALL", "C")],
        [("RAYON_NUM_THREADS", "7"), ("LC_ALL", "de_DE.UTF-8")],
    ] {
        assert!(plain == manifest(&root(), &room.path().join("again"), &environment), "{environment:?}");
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}
