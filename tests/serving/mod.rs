//! The live preview over a real socket, on a book in a folder of its own.

mod changes;
mod door;
mod form;
mod overlay;
mod program;
mod torn;

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use cxbook::pipeline::Options;
use cxbook::serve::{News, Server, Settings};
use cxbook::system::{OsSystem, System};

use super::fixture::options;

/// How long a test waits for what should happen; machines that do much else are slow.
const PATIENCE: Duration = Duration::from_secs(60);

const TOML: &str = "[book]\ntitle = \"Small book\"\n";
const HOME: &str = "---\ntitle: Small book\n---\nWords of the home page.\n";
const PAGE: &str = "---\ntitle: A page\nnext: Ring one customer.\n---\nFirst words.\n";

/// A book in a folder of its own, and a server for it.
struct Preview {
    room: tempfile::TempDir,
    server: Option<Server>,
    told: Arc<Mutex<Vec<News>>>,
}

/// What the server answered.
#[derive(Debug)]
struct Answered {
    status: u16,
    head: String,
    body: String,
}

impl Answered {
    fn header(&self, name: &str) -> Option<String> {
        let line = self.head.lines().find(|line| line.to_lowercase().starts_with(&format!("{name}:")))?;
        Some(line.split_once(':')?.1.trim().to_owned())
    }
}

impl Preview {
    /// A book of two pages and some more files, served.
    fn of(files: &[(&str, &str)]) -> Self {
        Self::with(files, |_| {})
    }

    fn with(files: &[(&str, &str)], change: impl FnOnce(&mut Settings)) -> Self {
        Self::on(Arc::new(OsSystem), files, change)
    }

    fn on(
        system: Arc<dyn System + Send + Sync>,
        files: &[(&str, &str)],
        change: impl FnOnce(&mut Settings),
    ) -> Self {
        let room = tempfile::tempdir().unwrap();
        let mut preview = Self { room, server: None, told: Arc::default() };
        for (path, text) in [("book.toml", TOML), ("content/index.md", HOME), ("content/pages/a.md", PAGE)]
            .iter()
            .chain(files)
        {
            preview.write(path, text);
        }
        let mut settings = Settings {
            folder: preview.room.path().to_path_buf(),
            address: "127.0.0.1".parse().unwrap(),
            port: 0,
            names: vec!["book.example".to_owned()],
            options: Options { as_of: None, ..options() },
            read_only: false,
            polls: false,
            follows_clock: false,
        };
        change(&mut settings);
        let told = Arc::clone(&preview.told);
        let listener = Box::new(move |news: &News| told.lock().unwrap().push(news.clone()));
        preview.server = Some(Server::start(system, settings, listener).unwrap());
        preview.settled();
        preview
    }

    fn path(&self, path: &str) -> std::path::PathBuf {
        self.room.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    fn remove(&self, path: &str) {
        std::fs::remove_file(self.path(path)).unwrap();
    }

    fn address(&self) -> SocketAddr {
        self.server.as_ref().unwrap().address()
    }

    fn host(&self) -> String {
        format!("127.0.0.1:{}", self.address().port())
    }

    fn news(&self) -> Arc<News> {
        self.server.as_ref().unwrap().news()
    }

    /// Waits until something holds.
    fn until(&self, what: &str, holds: impl Fn() -> bool) {
        let began = Instant::now();
        while !holds() {
            assert!(began.elapsed() < PATIENCE, "{what}; the last news: {:?}", self.news().findings);
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Waits until all is looked at.
    fn settled(&self) -> Arc<News> {
        self.until("the book was never looked at", || self.news().is_final);
        self.news()
    }

    /// Waits until a state after `build` is looked at.
    fn after(&self, build: u64) -> Arc<News> {
        self.until("no change was seen", || self.news().build > build && self.news().is_final);
        self.news()
    }

    fn get(&self, path: &str) -> Answered {
        self.ask(&format!("GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.host()))
            .unwrap()
    }

    /// Sends bytes and reads the answer to its end; `None` when the server closed without one.
    fn ask(&self, request: &str) -> Option<Answered> {
        self.send(request.as_bytes())
    }

    fn send(&self, request: &[u8]) -> Option<Answered> {
        let mut stream = self.connect();
        // The server may have closed already: what it said before is what counts.
        let _ = stream.write_all(request);
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n")?;
        let status = head.split(' ').nth(1)?.parse().ok()?;
        Some(Answered { status, head: head.to_owned(), body: body.to_owned() })
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address()).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        stream
    }

    /// What a page is told at the moment.
    fn told_to_pages(&self) -> String {
        let mut stream = self.connect();
        let request = format!("GET /__cxbook/live HTTP/1.1\r\nHost: {}\r\n\r\n", self.host());
        stream.write_all(request.as_bytes()).unwrap();
        let (mut text, mut part) = (String::new(), [0; 4096]);
        loop {
            let data = text.split_once("data: ").and_then(|(_, rest)| rest.split_once("\n\n"));
            if let Some((data, _)) = data {
                return data.to_owned();
            }
            let read = stream.read(&mut part).unwrap();
            assert!(read > 0, "the stream ended: {text}");
            text.push_str(&String::from_utf8_lossy(&part[..read]));
        }
    }
}

/// All files below a folder, to see that nothing was written.
fn files_in(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files_in(&path));
        } else {
            found.push(path.display().to_string());
        }
    }
    found.sort();
    found
}
