//! A network between the program and a real server, which fails at one request: refused, cut off before or after it had its
//! effect, a server that is busy or silent, half an answer, no network at all from then on. What the program says is true, readers
//! keep what they had, and the next publisher succeeds.

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use cxbook::system::{OsWeb, Web};

use super::super::program::{json, text};
use super::super::purge::telling_book;
use super::servers::{Server, seaweed};

/// Longer than a client waits for an answer.
const FOREVER: Duration = Duration::from_secs(60);
/// How many cases are tried where nothing else is said (CXBOOK_FAULTS); each way to fail is among them.
const CASES: usize = 18;
const BUSY: &[u8] = b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum How {
    /// Nobody listens.
    Refused,
    /// Carried out; the connection ends instead of an answer.
    Unanswered,
    /// Not carried out: the server is busy.
    Busy,
    /// Carried out, but something on the way says that the server is busy.
    SaysBusy,
    /// Carried out, and half of the answer arrives.
    Cut,
    /// Not carried out, and no answer ever.
    Silent,
    /// Carried out, and no answer ever.
    SilentAfter,
}

/// A way to fail, for so many requests one after the other.
#[derive(Debug, Clone, Copy)]
struct Fault {
    how: How,
    requests: usize,
}

/// Every way to fail: for one request, so that a repetition helps, or for more than anybody repeats, or for good.
const FAULTS: [Fault; 11] = [
    Fault { how: How::Refused, requests: 1 },
    Fault { how: How::Unanswered, requests: 1 },
    Fault { how: How::Busy, requests: 1 },
    Fault { how: How::SaysBusy, requests: 1 },
    Fault { how: How::Cut, requests: 1 },
    Fault { how: How::Silent, requests: 1 },
    Fault { how: How::SilentAfter, requests: 1 },
    Fault { how: How::Unanswered, requests: 20 },
    Fault { how: How::Busy, requests: 20 },
    Fault { how: How::Cut, requests: 20 },
    Fault { how: How::Refused, requests: usize::MAX },
];

/// Passes requests on to a server on this computer.
struct Network {
    port: u16,
    passed: Arc<AtomicUsize>,
}

impl Network {
    /// `fault` begins at the request of that number, counted from 0.
    fn before(server: u16, fault: Option<(usize, Fault)>) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let passed = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&passed);
        // It goes on until the tests end.
        std::thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let counted = Arc::clone(&counted);
                std::thread::spawn(move || pass(client, server, &counted, fault));
            }
        });
        Self { port, passed }
    }

    fn requests(&self) -> usize {
        self.passed.load(Ordering::SeqCst)
    }
}

/// One request on one connection.
fn pass(
    mut client: TcpStream,
    server: u16,
    counted: &AtomicUsize,
    fault: Option<(usize, Fault)>,
) -> io::Result<()> {
    let request = whole(&mut client)?;
    let number = counted.fetch_add(1, Ordering::SeqCst);
    let how =
        fault.and_then(|(at, fault)| (number >= at && number - at < fault.requests).then_some(fault.how));
    let answer = match how {
        Some(How::Refused | How::Busy | How::Silent) => Vec::new(),
        _ => asked(server, &request)?,
    };
    match how {
        None => client.write_all(&answer),
        Some(How::Refused | How::Unanswered) => Ok(()),
        Some(How::Busy | How::SaysBusy) => client.write_all(BUSY),
        Some(How::Cut) => client.write_all(&answer[..answer.len() / 2]),
        Some(How::Silent | How::SilentAfter) => {
            std::thread::sleep(FOREVER);
            Ok(())
        }
    }
}

/// Reads a request to its end, and asks that the connection be closed behind it.
fn whole(client: &mut TcpStream) -> io::Result<Vec<u8>> {
    let (mut read, mut part) = (Vec::new(), [0; 16 * 1024]);
    let mut more = |read: &mut Vec<u8>| match client.read(&mut part)? {
        0 => Err(io::ErrorKind::UnexpectedEof.into()),
        length => {
            read.extend_from_slice(&part[..length]);
            io::Result::Ok(())
        }
    };
    let head = loop {
        if let Some(at) = read.windows(4).position(|end| end == b"\r\n\r\n") {
            break at + 2;
        }
        more(&mut read)?;
    };
    let lines = String::from_utf8_lossy(&read[..head]).to_lowercase();
    assert!(!lines.contains("transfer-encoding"), "requests say how long they are");
    let length = lines.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok());
    while read.len() < head + 2 + length.unwrap_or(0) {
        more(&mut read)?;
    }
    read.splice(head..head, *b"Connection: close\r\n");
    Ok(read)
}

fn asked(server: u16, request: &[u8]) -> io::Result<Vec<u8>> {
    let mut server = TcpStream::connect((Ipv4Addr::LOCALHOST, server))?;
    server.write_all(request)?;
    let mut answer = Vec::new();
    server.read_to_end(&mut answer)?;
    Ok(answer)
}

/// A bucket's folder of its own, behind a network of its own.
struct Case<'a> {
    server: &'a Server,
    port: u16,
    home: String,
    to: String,
}

impl Case<'_> {
    fn run(&self, port: u16, arguments: &[&str]) -> (Option<i32>, serde_json::Value) {
        let mut command = self.server.command(&self.home, arguments);
        command.args(["--to", &self.to, "--format", "json"]);
        let done = command.env("AWS_ENDPOINT", format!("http://127.0.0.1:{port}")).output().unwrap();
        let said = text(&done.stdout);
        assert!(!said.is_empty(), "nothing for programs: {}", text(&done.stderr));
        (done.status.code(), json(&said))
    }

    fn fine(&self, arguments: &[&str]) -> serde_json::Value {
        let (code, said) = self.run(self.port, arguments);
        assert_eq!(code, Some(0), "{arguments:?}: {said}");
        said
    }

    /// What a reader is sent.
    fn seen(&self, path: &str) -> Option<String> {
        let folder = self.to.strip_prefix("s3://").unwrap();
        let got = Mutex::new(None);
        let address = format!("http://127.0.0.1:{}/{folder}/{path}", self.port);
        OsWeb::default().each(&[address], &|_, answer| {
            let answer = answer.ok().filter(|answer| answer.status == 200);
            *got.lock().unwrap() = answer.map(|answer| text(&answer.bytes));
        });
        got.into_inner().unwrap()
    }

    fn editions(&self) -> Vec<String> {
        let told = self.fine(&["editions"]);
        let all = told["editions"]["versions"].as_array().unwrap();
        all.iter().map(|version| version["id"].as_str().unwrap().to_owned()).collect()
    }

    /// Publishes through the network; gives back whether that was said to have worked.
    fn survives(&self, at: usize, fault: Fault) -> bool {
        let words = format!("{fault:?} at request {at}");
        let kept = ["2026-q0/index.html", "2026-q0/quotes.html", "2026-q0/pages.json"];
        let before = kept.map(|path| self.seen(path));
        assert!(before.iter().all(Option::is_some));
        let network = Network::before(self.port, Some((at, fault)));
        let (code, said) = self.run(network.port, &["publish", "--edition", "2026-q1"]);
        assert_eq!(kept.map(|path| self.seen(path)), before, "{words}: readers lost something");
        let way_in = self.seen("index.html").unwrap();
        let leads_to = |name: &&str| way_in.contains(&format!("\"{name}/index.html\""));
        let led = ["2026-q0", "2026-q1"].into_iter().find(leads_to);
        let led = led.unwrap_or_else(|| panic!("{words}: the way in leads nowhere"));
        assert!(self.seen(&format!("{led}/index.html")).is_some(), "{words}: the way in leads to {led}");
        match (code, said["state"].as_str()) {
            (Some(0), Some("changed")) => {
                assert_eq!(self.editions(), ["2026-q1", "2026-q0"], "{words}");
                assert_eq!(led, "2026-q1", "{words}");
            }
            (Some(2), Some("failed")) => assert_eq!(led, "2026-q0", "{words}: {said}"),
            (Some(2), Some("unknown")) => {}
            _ => panic!("{words}: {code:?} {said}"),
        }
        // The turn of a publisher that could not give it back ends by itself.
        let again = self.fine(&["publish", "--edition", "2026-q1"]);
        assert!(code != Some(0) || again["state"] == "same", "{words}: {again}");
        assert_eq!(self.editions(), ["2026-q1", "2026-q0"], "{words}");
        self.fine(&["verify", "--deep", "--links"]);
        code == Some(0)
    }
}

#[test]
fn a_network_that_fails_at_any_request_does_no_harm() {
    let Some(server) = seaweed() else { return };
    let port = server.port();
    let case = |number: usize| {
        let (home, to) = (format!("n{number}"), format!("s3://cxbucket/n{number}"));
        telling_book(&server.home(&home), &to);
        let case = Case { server: &server, port, home, to };
        case.fine(&["publish", "--edition", "2026-q0"]);
        case
    };
    let counted = Network::before(port, None);
    let (code, said) = case(usize::MAX).run(counted.port, &["publish", "--edition", "2026-q1"]);
    assert_eq!(code, Some(0), "{said}");
    let requests = counted.requests();
    assert!(requests > 60, "only {requests} requests");
    let cases = std::env::var("CXBOOK_FAULTS").map_or(CASES, |all| all.parse().unwrap());
    let (next, worked) = (AtomicUsize::new(0), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        for _ in 0..cases.min(CASES) {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::SeqCst);
                    if number >= cases {
                        return;
                    }
                    let is_fine =
                        case(number).survives(number * requests / cases, FAULTS[number % FAULTS.len()]);
                    worked.fetch_add(usize::from(is_fine), Ordering::SeqCst);
                }
            });
        }
    });
    let worked = worked.into_inner();
    eprintln!(
        "{cases} faults in a publish of {requests} requests: {worked} were got over, the others said so"
    );
    assert!(worked > 0 && worked < cases, "{worked} of {cases}");
}
