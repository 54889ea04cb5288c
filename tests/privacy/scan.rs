//! `cxbook scan` as a person or a script meets it.

use std::io::Write;
use std::process::{Command, Output, Stdio};

fn scan(arguments: &[&str], input: &[u8]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cxbook"));
    let mut child = command
        .arg("scan")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that stops early closes its input.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn people_get_the_place_and_the_kind_and_never_the_value() {
    let room = tempfile::tempdir().unwrap();
    let file = room.path().join("notes.txt");
    std::fs::write(&file, "Fine.\nÖl an jo.canary@mail.example und Xanthippe\n").unwrap();
    let done = scan(&[file.to_str().unwrap()], b"");
    assert_eq!(done.status.code(), Some(1));
    let (out, talk) = (text(&done.stdout), text(&done.stderr));
    assert!(out.contains("notes.txt:2:7: block: an e-mail address: ….…@….…"), "{out}");
    assert!(talk.contains("1 to take out"), "{talk}");
    assert!(!out.contains("canary") && !out.contains("Xanthippe") && !talk.contains("canary"), "{out}{talk}");
    let clean = scan(&[], b"All was well.");
    assert_eq!((clean.status.code(), text(&clean.stdout)), (Some(0), String::new()));
}

#[test]
fn programs_get_spans_in_code_points() {
    let input = "{\"id\":7,\"text\":\"🎉 jo@mail.example\"}\n\n{\"id\":\"b\",\"text\":\"fine\"}\n";
    let done = scan(&["--format", "jsonl"], input.as_bytes());
    assert_eq!(done.status.code(), Some(1));
    let expected =
        "{\"id\":7,\"spans\":[{\"start\":2,\"end\":17,\"type\":\"EMAIL\"}]}\n{\"id\":\"b\",\"spans\":[]}\n";
    assert_eq!(text(&done.stdout), expected);
    let clean = scan(&["--format", "jsonl"], b"{\"id\":1,\"text\":\"fine\"}\n");
    assert_eq!(clean.status.code(), Some(0));
}

#[test]
fn trouble_is_two_and_is_told_without_the_text() {
    for (arguments, input) in [
        (&["--format", "jsonl"][..], &b"{\"id\":1,\"text\":\"fine\"}\nXanthippe"[..]),
        (&["--format", "jsonl"], b"{\"text\":\"Xanthippe\"}"),
        (&["--format", "jsonl"], b"{\"id\":\"Xanthippe\",\"text\":4}"),
        (&[], b"Xanthippe \xff"),
        (&["no-such-file.txt"], b""),
        (&["--format", "csv"], b""),
    ] {
        let done = scan(arguments, input);
        assert_eq!(done.status.code(), Some(2), "{arguments:?}");
        let said = text(&done.stderr);
        assert!(!said.is_empty() && !said.contains("Xanthippe") && !said.contains("panicked"), "{said}");
    }
}

#[test]
fn a_book_lends_its_rules_and_its_key() {
    let room = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(room.path().join(name), text).unwrap();
    write("book.toml", "[book]\ntitle = \"T\"\n");
    write("a.txt", "Zubrowna and Katsha\n");
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cxbook"));
        let done = command.current_dir(room.path()).args(arguments).output().unwrap();
        (
            done.status.code(),
            String::from_utf8_lossy(&done.stdout).into_owned(),
            String::from_utf8_lossy(&done.stderr).into_owned(),
        )
    };
    let keyless = run(&["scan", "--hash", "--book", ".", "a.txt"]);
    assert!(keyless.0 == Some(2) && keyless.2.contains("no key"), "{keyless:?}");
    write("privacy.yaml", "key: key.txt\nwords: [zubrowna]\n");
    write("key.txt", "a long secret\n");
    let hashed = run(&["scan", "--hash", "--book", ".", "a.txt"]);
    assert!(hashed.1.starts_with("a.txt:1:14: ask: a person's name: …: hash 1:"), "{hashed:?}");
    let hash = hashed.1.trim().rsplit_once("hash ").unwrap().1.to_owned();
    write("key.txt", "b long secret\n");
    assert!(!run(&["scan", "--hash", "--book", ".", "a.txt"]).1.contains(&hash), "the key matters");
    write("privacy.yaml", "key: key.txt\nwrods: [zubrowna]\n");
    assert_eq!(run(&["scan", "--book", ".", "a.txt"]).0, Some(2));
}

#[test]
fn redact_shows_a_diff_and_writes_when_told() {
    let room = tempfile::tempdir().unwrap();
    let file = room.path().join("a.txt");
    std::fs::write(&file, "One.\r\nRing 0117 496 0123.\r\n").unwrap();
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cxbook"));
        command.current_dir(room.path()).arg("redact").args(arguments).output().unwrap()
    };
    let shown = run(&["a.txt"]);
    assert_eq!(shown.status.code(), Some(1));
    let diff = String::from_utf8(shown.stdout).unwrap();
    assert!(diff.contains("-Ring 0117 496 0123.") && diff.contains("+Ring [phone number]."), "{diff}");
    assert!(!String::from_utf8_lossy(&shown.stderr).contains("496"));
    assert!(std::fs::read_to_string(&file).unwrap().contains("496"), "nothing is written unasked");
    let written = run(&["a.txt", "--write"]);
    assert!(written.status.success() && written.stdout.is_empty());
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "One.\r\nRing [phone number].\r\n");
    assert_eq!(std::fs::read_dir(room.path()).unwrap().count(), 1, "no temporary file stays behind");
    assert_eq!(run(&["a.txt"]).status.code(), Some(0));
    std::fs::write(room.path().join("q.yaml"), "a: [\n").unwrap();
    assert_eq!(run(&["q.yaml"]).status.code(), Some(2));
}

#[test]
fn drafts_are_no_edition() {
    let room = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_cxbook"));
    let done = command
        .current_dir(room.path())
        .args(["build", "--drafts", "--edition", "2026-q3"])
        .output()
        .unwrap();
    assert_eq!(done.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&done.stderr).contains("--drafts and --edition do not go together"));
}
