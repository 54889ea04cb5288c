//! Messages over two streams: one thread reads, one writes. What is no message ends the reading.

use std::io::{BufRead, BufReader, Cursor, Read, Write};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread::JoinHandle;
use std::time::Duration;

use lsp_server::{Connection, Message};

/// Above this size a message is none: texts of pages are far smaller.
const MOST_BYTES: u64 = 64 * 1024 * 1024;

/// A line above the message is short.
const LONGEST_HEADER: u64 = 4096;

/// How long an editor that ended the conversation may take to read the rest.
const LAST_WORDS: Duration = Duration::from_secs(2);

/// What was read is no message of the protocol.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Malformed;

/// The way to the editor. Closed, it takes no more.
#[derive(Clone)]
pub(super) struct Outbox(Arc<Mutex<Option<Box<Post>>>>);

type Post = dyn Fn(Message) + Send;

impl Outbox {
    fn new(post: impl Fn(Message) + Send + 'static) -> Self {
        Self(Arc::new(Mutex::new(Some(Box::new(post)))))
    }

    /// Sends a message. One that nobody takes is lost with whoever would have read it.
    pub(super) fn send(&self, message: impl Into<Message>) {
        if let Some(post) = &*self.0.lock().unwrap_or_else(PoisonError::into_inner) {
            post(message.into());
        }
    }

    /// Nothing is sent any more, by nobody who holds it.
    pub(super) fn close(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
    }
}

/// The two threads.
pub(super) struct Threads {
    reader: JoinHandle<Result<(), Malformed>>,
    written: mpsc::Receiver<()>,
}

impl Threads {
    /// How the reading ended. Only to be asked when it has.
    pub(super) fn ended(self) -> Result<(), Malformed> {
        self.reader.join().unwrap_or(Err(Malformed))
    }

    /// Waits until everything is written, but not long for an editor that does not read. The outbox has to be closed.
    pub(super) fn finish(self) {
        let _ = self.written.recv_timeout(LAST_WORDS);
    }
}

/// A connection over two streams.
pub(super) fn open(
    input: impl Read + Send + 'static,
    mut output: impl Write + Send + 'static,
) -> (impl Iterator<Item = Message>, Outbox, Threads) {
    let (server, client) = Connection::memory();
    let Connection { sender, receiver } = client;
    let reader = std::thread::spawn(move || {
        let mut input = BufReader::new(input);
        while let Some(message) = read(&mut input)? {
            if sender.send(message).is_err() {
                break;
            }
        }
        Ok(())
    });
    let (done, written) = mpsc::channel();
    std::thread::spawn(move || {
        for message in receiver {
            if message.write(&mut output).is_err() {
                break;
            }
        }
        let _ = done.send(());
    });
    let Connection { sender, receiver } = server;
    let outbox = Outbox::new(move |message| {
        let _ = sender.send(message);
    });
    (receiver.into_iter(), outbox, Threads { reader, written })
}

/// The next message; `None` at the end of the input, also where it ends within a message: then the other side died.
fn read(input: &mut impl BufRead) -> Result<Option<Message>, Malformed> {
    let mut length = None;
    loop {
        let mut line = Vec::new();
        let read = input.by_ref().take(LONGEST_HEADER).read_until(b'\n', &mut line);
        if !matches!(read, Ok(1..)) {
            return Ok(None);
        }
        if !line.ends_with(b"\n") {
            return if line.len() as u64 == LONGEST_HEADER { Err(Malformed) } else { Ok(None) };
        }
        let line = std::str::from_utf8(&line).map_err(|_| Malformed)?.trim_end();
        match line.split_once(':') {
            _ if line.is_empty() => break,
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                length = Some(value.trim().parse::<u64>().map_err(|_| Malformed)?);
            }
            Some(_) => {}
            None => return Err(Malformed),
        }
    }
    let length = length.filter(|length| *length <= MOST_BYTES).ok_or(Malformed)?;
    let mut framed = format!("Content-Length: {length}\r\n\r\n").into_bytes();
    let head = framed.len() as u64;
    let read = input.by_ref().take(length).read_to_end(&mut framed);
    if read.is_err() || framed.len() as u64 - head < length {
        return Ok(None);
    }
    Message::read(&mut Cursor::new(framed)).map_err(|_| Malformed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(bytes: &[u8]) -> Result<Option<String>, Malformed> {
        let read = read(&mut Cursor::new(bytes))?;
        Ok(read.map(|message| match message {
            Message::Request(request) => request.method,
            Message::Notification(note) => note.method,
            Message::Response(_) => "response".to_owned(),
        }))
    }

    fn framed(body: &str) -> Vec<u8> {
        format!("Content-Length: {}\r\nContent-Type: x\r\n\r\n{body}", body.len()).into_bytes()
    }

    #[test]
    fn a_message_is_read_whole_or_not_at_all() {
        let exit = r#"{"jsonrpc":"2.0","method":"exit"}"#;
        assert_eq!(said(&framed(exit)), Ok(Some("exit".to_owned())));
        assert_eq!(
            said(format!("content-length: {}\n\n{exit}", exit.len()).as_bytes()),
            Ok(Some("exit".to_owned()))
        );
        for at in 0..framed(exit).len() {
            assert_eq!(said(&framed(exit)[..at]), Ok(None), "cut at {at}");
        }
        for body in ["", "{", "[]", "null", "{\"id\":{}}", "\u{0}"] {
            assert_eq!(said(&framed(body)), Err(Malformed), "{body}");
        }
        for head in [
            "no header\r\n\r\n",
            "\r\n{}",
            "Content-Length: -1\r\n\r\n",
            "Content-Length: 99999999999999\r\n\r\n",
        ] {
            assert_eq!(said(head.as_bytes()), Err(Malformed), "{head}");
        }
        assert_eq!(said(&[b'x'; 10_000]), Err(Malformed), "a line without an end");
        assert_eq!(said(b"\xff\xfe\n\n"), Err(Malformed));
        let deep = "[".repeat(100_000);
        assert_eq!(said(&framed(&deep)), Err(Malformed));
    }
}
