//! Looking at a served copy, against a small server that does what servers do wrong.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use cxbook::editions::{Current, Fresh};
use cxbook::publish::{DirTarget, Served, Target, Trouble, served};
use cxbook::system::{MemoryDisk, OsWeb};

use super::made::{edition, planner, publish, root, usual};

type Files = BTreeMap<String, Vec<u8>>;

/// What a server does with one path.
#[derive(Clone, Copy)]
enum Slip {
    Missing,
    Changed,
    Kind(&'static str),
    Packed,
    Leads,
    Forbidden,
    Broken,
    /// Counts how often it was asked.
    Silent(&'static AtomicUsize),
    CutOff,
}

fn site() -> (Current, Files) {
    site_of(usual("01-01"))
}

fn site_of(fresh: Fresh) -> (Current, Files) {
    let disk = MemoryDisk::default();
    let target = DirTarget::new(&disk, root());
    target.change(&mut *planner(&publish(fresh), "one")).unwrap();
    (target.read().unwrap(), target.files(&|_| true).unwrap())
}

fn kind(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css",
        "js" => "text/javascript",
        "json" => "application/json",
        "xml" => "text/xml",
        _ => "text/plain",
    }
}

fn answer(mut stream: TcpStream, files: &Files, slips: &BTreeMap<&str, Slip>) {
    let mut asked = Vec::new();
    let mut piece = [0; 1024];
    while !asked.windows(4).any(|end| end == b"\r\n\r\n") {
        match stream.read(&mut piece) {
            Ok(length @ 1..) => asked.extend_from_slice(&piece[..length]),
            _ => return,
        }
    }
    let asked = String::from_utf8(asked).unwrap();
    assert!(!asked.to_lowercase().contains("accept-encoding: gzip"), "nothing packed is asked for");
    let path = asked.split(' ').nth(1).unwrap().trim_start_matches("/cx/");
    let (mut status, mut told, mut more) = (200, kind(path), String::new());
    let mut bytes = files.get(path).cloned().unwrap_or_default();
    let mut length = bytes.len();
    match slips.get(path) {
        Some(Slip::Missing) => status = 404,
        Some(Slip::Changed) => bytes[0] ^= 1,
        Some(Slip::Kind(kind)) => told = kind,
        Some(Slip::Packed) => more = "Content-Encoding: gzip\r\n".into(),
        Some(Slip::Leads) => (status, more) = (302, "Location: https://u:secret@login.example/in?token=secret\r\n".into()),
        Some(Slip::Forbidden) => status = 403,
        Some(Slip::Broken) => status = 500,
        Some(Slip::Silent(asked)) => {
            asked.fetch_add(1, Ordering::Relaxed);
            return std::thread::sleep(Duration::from_secs(3));
        }
        Some(Slip::CutOff) => length += 10,
        None if !files.contains_key(path) => status = 404,
        None => more = "X-Content-Type-Options: nosniff\r\nCache-Control: no-cache\r\nContent-Security-Policy: frame-ancestors 'self'\r\n".into(),
    }
    let head = format!(
        "HTTP/1.1 {status} X\r\nContent-Type: {told}\r\nContent-Length: {length}\r\n{more}Connection: close\r\n\r\n"
    );
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&bytes));
}

fn look(files: Files, slips: BTreeMap<&'static str, Slip>, current: &Current) -> Result<Served, Trouble> {
    let server = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/cx/", server.local_addr().unwrap());
    std::thread::spawn(move || {
        std::thread::scope(|scope| {
            for stream in server.incoming() {
                let (files, slips) = (&files, &slips);
                scope.spawn(move || answer(stream.unwrap(), files, slips));
            }
        });
    });
    served(current, &address, &OsWeb::with_patience(Duration::from_millis(1500)))
}

#[test]
fn a_good_server_sends_what_was_published() {
    let (current, files) = site();
    let found = look(files, BTreeMap::new(), &current).unwrap();
    assert!(found.found.is_whole() && found.advice.is_empty(), "{found:?}");
    assert_eq!(found.found.files, current.files.len());
}

#[test]
fn what_a_server_does_wrong_is_told() {
    static ASKED: AtomicUsize = AtomicUsize::new(0);
    let (current, files) = site();
    let slips = BTreeMap::from([
        ("01-01/pages.json", Slip::Missing),
        ("01-01/index.html", Slip::Changed),
        ("assets/site.0a1b2c3d.css", Slip::Kind("text/plain")),
        ("editions.js", Slip::Packed),
        ("index.html", Slip::Leads),
        ("01-01/teams/a.html", Slip::Forbidden),
        ("01-01/teams/b.html", Slip::Broken),
        ("latest/index.html", Slip::Silent(&ASKED)),
        ("latest/teams/a.html", Slip::CutOff),
    ]);
    let found = look(files, slips, &current).unwrap();
    assert_eq!(found.found.missing, ["01-01/pages.json"]);
    assert_eq!(found.found.changed, ["01-01/index.html"]);
    let said = found.found.wrong.join("\n");
    for words in [
        "assets/site.0a1b2c3d.css is sent as text/plain; a browser takes it only as text/css",
        "editions.js is sent packed (gzip)",
        "index.html is not shown itself; the server leads to https://login.example/in",
        "01-01/teams/a.html: the server lets nobody in without a name (403)",
        "01-01/teams/b.html: the server answers 500",
        "latest/index.html: the server did not answer in time",
        "latest/teams/a.html: ",
    ] {
        assert!(said.contains(words), "{words} is not in\n{said}");
    }
    assert_eq!(found.found.wrong.len(), 7, "{said}");
    assert!(!said.contains("secret"), "{said}");
    assert!(found.advice.iter().any(|words| words.contains("nosniff")), "{:?}", found.advice);
}

#[test]
fn no_server_is_trouble_and_no_finding() {
    let (current, _) = site();
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let web = OsWeb::with_patience(Duration::from_secs(1));
    for address in [
        format!("http://u:secret@{nobody}/cx"),
        "https://127.0.0.1:1/".to_owned(),
        "http://nowhere.invalid/".into(),
    ] {
        let found = served(&current, &address, &web);
        assert!(
            matches!(&found, Err(Trouble::Failed(words)) if words.contains("cannot be asked") && !words.contains("secret")),
            "{found:?}"
        );
    }
}

#[test]
fn a_server_that_ends_in_the_middle_is_not_waited_for_file_by_file() {
    static ASKED: AtomicUsize = AtomicUsize::new(0);
    let paths: Vec<String> = (0..60).map(|number| format!("pages/p{number}.html")).collect();
    let pages: Vec<(&str, &str)> = paths.iter().map(|path| (path.as_str(), "Page")).collect();
    let (current, files) = site_of(edition("01-01", &pages));
    let others = files.keys().filter(|path| *path != "versions.json");
    let slips = others.map(|path| (&*path.clone().leak(), Slip::Silent(&ASKED))).collect();
    let found = look(files, slips, &current);
    let says = |words: &str| words.contains("does not answer any more");
    assert!(matches!(&found, Err(Trouble::Failed(words)) if says(words)), "{found:?}");
    assert!((20..60).contains(&ASKED.load(Ordering::Relaxed)), "{ASKED:?} of {}", current.files.len());
}
