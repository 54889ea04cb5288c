//! A branch as a target: every generation a commit, nobody's edition lost.

use std::path::Path;
use std::process::Command;

use super::program::{book, cxbook, text};

pub(super) fn git(folder: &Path, arguments: &[&str]) -> String {
    let done = Command::new("git").current_dir(folder).args(arguments).output().unwrap();
    assert!(done.status.success(), "git {arguments:?}: {}", text(&done.stderr));
    text(&done.stdout)
}

/// Two books of the same title and a bare repository; nothing where git is not installed.
pub(super) fn room() -> Option<tempfile::TempDir> {
    if Command::new("git").arg("--version").output().is_err() {
        eprintln!("skipped: git is not installed");
        return None;
    }
    let room = tempfile::tempdir().unwrap();
    git(room.path(), &["init", "-q", "--bare", "pages.git"]);
    let to = format!("git:{}#pages", room.path().join("pages.git").display());
    for name in ["a", "b"] {
        book(&room.path().join(name), &to);
    }
    Some(room)
}

fn publish(room: &Path, name: &str, edition: &str) {
    let done = cxbook(&room.join(name), &["publish", "--edition", edition]);
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
}

fn files(room: &Path) -> Vec<String> {
    let tree = git(&room.join("pages.git"), &["ls-tree", "-r", "--name-only", "pages"]);
    tree.lines().map(str::to_owned).collect()
}

#[test]
fn each_generation_is_a_commit_on_the_one_before() {
    let Some(room) = room() else { return };
    publish(room.path(), "a", "2026-q1");
    let first = git(&room.path().join("pages.git"), &["ls-tree", "-r", "pages", "2026-q1"]);
    publish(room.path(), "a", "2026-q2");
    let pages = room.path().join("pages.git");
    assert_eq!(git(&pages, &["ls-tree", "-r", "pages", "2026-q1"]), first, "an edition never changes");
    assert_eq!(git(&pages, &["rev-list", "--count", "pages"]).trim(), "2");
    let all = files(room.path());
    for path in [
        ".nojekyll",
        ".cx/record.json",
        "index.html",
        "2026-q2/index.html",
        "latest/index.html",
        "versions.json",
    ] {
        assert!(all.iter().any(|file| file == path), "{path}");
    }
    assert!(!git(&pages, &["ls-tree", "-r", "pages"]).contains("120000"), "hosts of pages refuse links");
    let same = cxbook(&room.path().join("a"), &["publish", "--edition", "2026-q2"]);
    assert!(text(&same.stderr).contains("Nothing to do"));
    assert_eq!(git(&pages, &["rev-list", "--count", "pages"]).trim(), "2");
    let done = cxbook(&room.path().join("a"), &["rollback"]);
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
    assert!(!files(room.path()).iter().any(|file| file.starts_with("2026-q2/")));
    assert_eq!(git(&pages, &["rev-list", "--count", "pages"]).trim(), "3", "going back is a new commit");
    let verified = cxbook(&room.path().join("a"), &["verify", "--deep"]);
    assert_eq!(verified.status.code(), Some(0), "{}{}", text(&verified.stdout), text(&verified.stderr));
}

#[test]
fn two_publishers_at_once_lose_no_edition() {
    let Some(room) = room() else { return };
    for round in 0..3 {
        std::thread::scope(|scope| {
            for name in ["a", "b"] {
                let path = room.path();
                scope.spawn(move || publish(path, name, &format!("r{round}-{name}")));
            }
        });
    }
    let all = files(room.path());
    for edition in ["r0-a", "r0-b", "r1-a", "r1-b", "r2-a", "r2-b"] {
        assert!(all.contains(&format!("{edition}/index.html")), "{edition} was lost");
    }
    let verified = cxbook(&room.path().join("b"), &["verify", "--deep"]);
    assert_eq!(verified.status.code(), Some(0), "{}", text(&verified.stdout));
}

#[test]
fn a_squashed_branch_keeps_every_edition() {
    let Some(room) = room() else { return };
    for name in ["a", "b"] {
        let path = room.path().join(name).join("book.toml");
        let toml = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, format!("{toml}squash = true\n")).unwrap();
    }
    publish(room.path(), "a", "2026-q1");
    publish(room.path(), "b", "2026-q2");
    std::thread::scope(|scope| {
        for name in ["a", "b"] {
            let path = room.path();
            scope.spawn(move || publish(path, name, &format!("r-{name}")));
        }
    });
    assert_eq!(git(&room.path().join("pages.git"), &["rev-list", "--count", "pages"]).trim(), "1");
    let all = files(room.path());
    for edition in ["2026-q1", "2026-q2", "r-a", "r-b"] {
        assert!(all.contains(&format!("{edition}/index.html")), "{edition} was lost");
    }
}

#[test]
fn a_branch_of_somebody_else_is_left_alone() {
    let Some(room) = room() else { return };
    let work = room.path().join("work");
    git(room.path(), &["init", "-q", "-b", "pages", "work"]);
    std::fs::write(work.join("README"), "Mine").unwrap();
    git(&work, &["add", "."]);
    git(&work, &["-c", "user.name=A", "-c", "user.email=a@mail.example", "commit", "-qm", "Mine"]);
    git(&work, &["push", "-q", "../pages.git", "pages"]);
    let before = git(&room.path().join("pages.git"), &["rev-parse", "pages"]);
    let done = cxbook(&room.path().join("a"), &["publish", "--edition", "2026-q1"]);
    assert_eq!(done.status.code(), Some(2));
    assert!(text(&done.stderr).contains("did not publish"), "{}", text(&done.stderr));
    assert_eq!(git(&room.path().join("pages.git"), &["rev-parse", "pages"]), before);
    // Nobody answers there, and the password of the address is not said.
    let to = "git:https://u:hunter2@127.0.0.1:9/x.git#pages";
    let done = cxbook(&room.path().join("a"), &["publish", "--edition", "2026-q1", "--to", to]);
    assert_eq!(done.status.code(), Some(2));
    assert!(!text(&done.stderr).contains("hunter2"), "{}", text(&done.stderr));
}

/// A host may refuse: a hook, a quota, a protected branch.
#[cfg(unix)]
#[test]
fn a_refused_push_is_told_and_changes_nothing() {
    use std::os::unix::fs::PermissionsExt;
    let Some(room) = room() else { return };
    publish(room.path(), "a", "2026-q1");
    let hook = room.path().join("pages.git/hooks/pre-receive");
    std::fs::create_dir_all(hook.parent().unwrap()).unwrap();
    std::fs::write(&hook, "#!/bin/sh\necho over quota >&2\nexit 1\n").unwrap();
    std::fs::set_permissions(&hook, std::fs::Permissions::from_mode(0o755)).unwrap();
    let done = cxbook(&room.path().join("a"), &["publish", "--edition", "2026-q2"]);
    assert_eq!(done.status.code(), Some(2));
    assert!(text(&done.stderr).contains("over quota"), "{}", text(&done.stderr));
    assert!(!files(room.path()).iter().any(|file| file.starts_with("2026-q2/")));
}
