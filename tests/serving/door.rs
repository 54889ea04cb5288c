//! Who is let in, and that nobody can end the server.

use std::io::{Read, Write};
use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::{Preview, files_in};

fn fine(preview: &Preview) {
    let answered = preview.get("/pages/a.html");
    assert_eq!(answered.status, 200, "{}", answered.head);
    assert!(answered.body.contains("First words."));
}

#[test]
fn pages_come_from_memory_with_the_live_script_and_a_strict_answer() {
    let preview = Preview::of(&[]);
    let before = files_in(preview.room.path());
    let answered = preview.get("/");
    assert_eq!(answered.status, 200);
    assert!(answered.body.contains("Words of the home page."));
    assert_eq!(answered.body.matches("/__cxbook/live.js").count(), 1);
    for (name, value) in [
        ("content-type", "text/html; charset=utf-8"),
        ("cache-control", "no-store"),
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("cross-origin-resource-policy", "same-origin"),
    ] {
        assert_eq!(answered.header(name).as_deref(), Some(value), "{}", answered.head);
    }
    assert!(!answered.head.to_lowercase().contains("access-control"), "{}", answered.head);
    for (path, kind) in [
        ("/__cxbook/live.js", "text/javascript"),
        ("/__cxbook/live.css", "text/css"),
        ("/feed.xml", "application/xml"),
    ] {
        let answered = preview.get(path);
        assert_eq!(answered.status, 200, "{path}");
        assert!(answered.header("content-type").unwrap().starts_with(kind), "{path}: {}", answered.head);
    }
    assert_eq!(files_in(preview.room.path()), before, "something was written");
}

#[test]
fn heads_without_bodies_folders_and_missing_pages() {
    let preview = Preview::of(&[]);
    let host = preview.host();
    let head = preview.ask(&format!("HEAD / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")).unwrap();
    assert_eq!((head.status, head.body.as_str()), (200, ""));
    assert_eq!(head.header("etag"), preview.get("/").header("etag"));
    assert_eq!(preview.get("/pages/").status, 200);
    assert_eq!(preview.get("/pages").header("location").as_deref(), Some("/pages/"));
    let missing = preview.get("/pages/none.html");
    assert_eq!(missing.status, 404);
    assert!(missing.body.contains("This page is not here") && missing.body.contains("href=\"/index.html\""));
}

#[test]
fn foreign_names_and_pages_of_others_are_refused() {
    let preview = Preview::of(&[]);
    let own = preview.host();
    let status = |lines: &str| {
        preview.ask(&format!("GET / HTTP/1.1\r\n{lines}Connection: close\r\n\r\n")).unwrap().status
    };
    assert_eq!(status(&format!("Host: {own}\r\n")), 200);
    assert_eq!(status("Host: book.example\r\n"), 200);
    for lines in [
        "Host: evil.example\r\n".to_owned(),
        format!("Host: evil.example:{}\r\n", preview.address().port()),
        format!("Host: {own}.evil.example\r\n"),
        "Host: localhost:1\r\n".to_owned(),
        format!("Host: {own}\r\nOrigin: http://evil.example\r\n"),
        format!("Host: {own}\r\nOrigin: null\r\n"),
        format!("Host: {own}\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\n"),
    ] {
        assert_eq!(status(&lines), 403, "{lines}");
    }
    for lines in [String::new(), format!("Host: {own}\r\nHost: {own}\r\n")] {
        assert_eq!(status(&lines), 400, "{lines}");
    }
    let absolute = format!("GET http://evil.example/ HTTP/1.1\r\nHost: {own}\r\nConnection: close\r\n\r\n");
    assert_eq!(preview.ask(&absolute).unwrap().status, 403);
}

#[test]
fn only_get_and_head_are_answered() {
    let preview = Preview::of(&[]);
    let host = preview.host();
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "BREW"] {
        let request = format!(
            "{method} /index.html HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nContent-Length: 0\r\n\
             Connection: close\r\n\r\n"
        );
        let answered = preview.ask(&request).unwrap();
        assert_eq!(answered.status, 405, "{method}");
        assert_eq!(answered.header("allow").as_deref(), Some("GET, HEAD"), "{method}");
    }
}

#[test]
fn a_path_is_a_key_and_never_leads_to_the_disk() {
    let preview = Preview::of(&[("content/exports/secret.csv", "month,value\n2026-01,canary-of-exports\n")]);
    let inside = preview.path("content/exports/secret.csv").display().to_string();
    for path in [
        "/../book.toml",
        "/..%2fbook.toml",
        "/%2e%2e/book.toml",
        "/book.toml",
        "/content/pages/a.md",
        "/../../../../etc/passwd",
        "/..%5c..%5cbook.toml",
        "//etc/passwd",
        "/content/exports/secret.csv",
        "/pages/../book.toml",
        "/%00",
        "/a%00.html",
        "/file:///etc/passwd",
        "/./index.html",
        "/INDEX.HTML",
        "/__cxbook/../index.html",
        "/__cxbook/",
        "/%2f%2fetc/passwd",
        &inside,
    ] {
        let answered = preview.get(path);
        assert_eq!(answered.status, 404, "{path}: {}", answered.head);
        assert!(
            !answered.body.contains("root:")
                && !answered.body.contains("canary")
                && !answered.body.contains("[book]")
        );
    }
    assert_eq!(preview.get("/index.html?x=../book.toml").status, 200, "a question changes nothing");
}

#[test]
fn large_heads_are_refused_and_slow_callers_keep_nobody_out() {
    let preview = Preview::of(&[]);
    let host = preview.host();
    let large = format!("GET / HTTP/1.1\r\nHost: {host}\r\nX: {}\r\n\r\n", "x".repeat(1_000_000));
    assert!(preview.ask(&large).is_none_or(|answered| answered.status == 431 || answered.status == 400));
    let many = (0..5_000).map(|at| format!("X-{at}: y\r\n")).collect::<String>();
    let many = format!("GET / HTTP/1.1\r\nHost: {host}\r\n{many}\r\n");
    assert!(preview.ask(&many).is_none_or(|answered| answered.status == 431 || answered.status == 400));
    let long = format!("GET /{} HTTP/1.1\r\nHost: {host}\r\n\r\n", "a".repeat(500_000));
    assert!(preview.ask(&long).is_none_or(|answered| answered.status >= 400));
    // Half a request, half a line, nothing at all, and pages nobody reads, all kept open.
    let begun = ["GET / HTTP/1.1\r\nHost: ", "GE", "", "GET / HTTP/1.1\r\nHost: x\r\n\r\nGET"];
    let mut open = Vec::new();
    for at in 0..400 {
        let mut stream = preview.connect();
        let _ = stream.write_all(begun[at % begun.len()].as_bytes());
        open.push(stream);
        if at % 50 == 0 {
            fine(&preview);
        }
    }
    fine(&preview);
}

#[test]
fn thousands_of_open_event_streams_keep_nobody_out() {
    let preview = Preview::of(&[]);
    let request = format!("GET /__cxbook/live HTTP/1.1\r\nHost: {}\r\n\r\n", preview.host());
    let mut open = Vec::new();
    for at in 0..3_000 {
        let mut stream = preview.connect();
        stream.write_all(request.as_bytes()).unwrap();
        open.push(stream);
        // As many as a process may have files; those before were left by their readers without a word.
        if open.len() == 400 {
            open.clear();
        }
        if at % 500 == 0 {
            fine(&preview);
        }
    }
    fine(&preview);
    let mut last = open.pop().unwrap();
    let mut part = [0; 64];
    assert!(last.read(&mut part).unwrap() > 0, "the youngest stream is answered");
}

#[test]
fn a_caller_who_says_nothing_is_let_go() {
    let preview = Preview::of(&[]);
    let mut stream = preview.connect();
    stream.write_all(b"GET / HTTP/1.1\r\n").unwrap();
    let began = Instant::now();
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    assert!(began.elapsed() < Duration::from_secs(25), "the connection is kept for ever");
}

#[test]
fn whatever_is_sent_the_server_lives() {
    let preview = Preview::of(&[]);
    let host = preview.host();
    let garbage = prop_oneof![
        prop::collection::vec(any::<u8>(), 0..400),
        "[A-Z]{0,8} [^\r\n]{0,60} HTTP/[0-9.]{1,3}\r\n(Host|Origin|Content-Length|Transfer-Encoding|X): [^\r\n]{0,40}\r\n\r\n"
            .prop_map(String::into_bytes),
        // A right name, and anything else in every other place.
        ("[^\r\n ]{0,60}", "[^\r\n]{0,60}", "[^\r\n]{0,60}").prop_map(move |(path, origin, more)| {
            format!("GET /{path} HTTP/1.1\r\nHost: {host}\r\nOrigin: {origin}\r\nX: {more}\r\nConnection: close\r\n\r\n")
                .into_bytes()
        }),
        "[^\r\n]{0,80}".prop_map(|host| {
            format!("GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").into_bytes()
        }),
    ];
    let config = ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() };
    let mut runner = proptest::test_runner::TestRunner::new(config);
    runner
        .run(&garbage, |bytes| {
            let mut stream = preview.connect();
            let _ = stream.write_all(&bytes);
            let _ = stream.shutdown(std::net::Shutdown::Write);
            let mut answer = Vec::new();
            let _ = stream.read_to_end(&mut answer);
            let text = String::from_utf8_lossy(&answer);
            prop_assert!(!text.contains("panicked"));
            prop_assert!(
                !text.starts_with("HTTP/1.1 200") || text.contains("Small book"),
                "answered with {text} to {}",
                String::from_utf8_lossy(&bytes)
            );
            Ok(())
        })
        .unwrap();
    fine(&preview);
}
