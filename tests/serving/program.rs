//! The program itself: what it prints, and what it refuses.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, Stdio};

use super::super::cli::{cxbook, text};
use super::Preview;

#[test]
fn others_are_let_in_only_by_name() {
    let preview = Preview::of(&[]);
    let refused = |arguments: &[&str], words: &str| {
        let done = cxbook(preview.room.path(), &[&["serve", "--port", "0"][..], arguments].concat());
        assert_eq!(done.status.code(), Some(2), "{arguments:?}");
        assert!(text(&done.stderr).contains(words) && done.stdout.is_empty(), "{}", text(&done.stderr));
    };
    refused(&["--host", "0.0.0.0"], "--allow-host NAME");
    refused(&["--host", "nowhere"], "is not an address of this computer");
    refused(&["--allow-host", "http://a.example"], "is not the name of a computer");
    refused(&["none"], "there is no folder none");
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let done = cxbook(preview.room.path(), &["serve", "--port", &port]);
    assert_eq!(done.status.code(), Some(2));
    assert!(text(&done.stderr).contains("is in use already"), "{}", text(&done.stderr));
}

#[test]
fn its_address_is_data_and_the_rest_is_talk() {
    let preview = Preview::of(&[]);
    let mut command = Command::new(env!("CARGO_BIN_EXE_cxbook"));
    command.current_dir(preview.room.path()).args(["serve", "--port", "0", "--quiet"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let host = line.trim().strip_prefix("http://").unwrap().trim_end_matches('/').to_owned();
    let mut stream = TcpStream::connect(&host).unwrap();
    stream
        .write_all(format!("GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").as_bytes())
        .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("Words of the home page."), "{answer}");
}
