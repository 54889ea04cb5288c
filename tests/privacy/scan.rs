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
