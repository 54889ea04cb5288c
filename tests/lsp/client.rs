//! A scripted editor: it speaks with the built program over pipes.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::{Value, json};

use super::super::terminal::ended;

/// Nothing takes that long, on a busy machine either.
const PATIENCE: Duration = Duration::from_secs(60);

pub(super) struct Client {
    child: Child,
    input: Option<ChildStdin>,
    messages: Receiver<Value>,
    /// Notifications that came while something else was waited for.
    notes: Vec<Value>,
    root: PathBuf,
    next: i64,
    versions: i64,
    /// Everything that came.
    pub(super) transcript: String,
}

impl Client {
    /// The program, started in a folder. Nothing was said yet.
    pub(super) fn silent(root: &Path, arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cxbook"));
        command.current_dir(root).arg("lsp").args(arguments).env_remove("SOURCE_DATE_EPOCH");
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let (send, messages) = channel();
        std::thread::spawn(move || {
            while let Some(message) = read(&mut output) {
                if send.send(message).is_err() {
                    break;
                }
            }
        });
        Self {
            input: child.stdin.take(),
            child,
            messages,
            notes: Vec::new(),
            root: root.to_path_buf(),
            next: 0,
            versions: 0,
            transcript: String::new(),
        }
    }

    /// The program with the book of a folder, after the greetings.
    pub(super) fn greeted(root: &Path) -> Self {
        let mut client = Self::silent(root, &[]);
        let folders = json!([{ "uri": client.uri(""), "name": "book" }]);
        let answer = client.ask(
            "initialize",
            &json!({ "processId": null, "rootUri": client.uri(""), "workspaceFolders": folders, "capabilities": {} }),
        );
        assert_eq!(answer["capabilities"]["positionEncoding"], "utf-16", "{answer}");
        client.tell("initialized", &json!({}));
        client
    }

    pub(super) fn uri(&self, path: &str) -> String {
        let path = self.root.join(path).display().to_string().replace(' ', "%20");
        format!("file://{}", path.trim_end_matches('/'))
    }

    pub(super) fn raw(&mut self, bytes: &[u8]) {
        // A program that ended takes nothing; how it ended is what the test asks then.
        let input = self.input.as_mut().unwrap();
        let _ = input.write_all(bytes).and_then(|()| input.flush());
    }

    fn send(&mut self, message: &Value) {
        let body = message.to_string();
        self.raw(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
    }

    pub(super) fn tell(&mut self, method: &str, params: &Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// The whole response to a request.
    pub(super) fn response(&mut self, method: &str, params: &Value) -> Value {
        self.next += 1;
        let id = self.next;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        loop {
            let message = self.receive();
            if message["id"] == json!(id) {
                return message;
            }
            self.notes.push(message);
        }
    }

    /// The result of a request that is answered.
    pub(super) fn ask(&mut self, method: &str, params: &Value) -> Value {
        let response = self.response(method, params);
        assert!(response.get("error").is_none(), "{method}: {response}");
        response["result"].clone()
    }

    fn receive(&mut self) -> Value {
        let message = self.messages.recv_timeout(PATIENCE).expect("the server says something");
        self.transcript.push_str(&message.to_string());
        message
    }

    /// Opens a file with a text, which need not be the one on the disk.
    pub(super) fn open(&mut self, path: &str, text: &str) -> i64 {
        self.versions += 1;
        let language = if path.ends_with(".md") { "markdown" } else { "yaml" };
        let document =
            json!({ "uri": self.uri(path), "languageId": language, "version": self.versions, "text": text });
        self.tell("textDocument/didOpen", &json!({ "textDocument": document }));
        self.versions
    }

    /// Changes an open text: as a whole without a range.
    pub(super) fn change(&mut self, path: &str, range: Option<[u64; 4]>, text: &str) -> i64 {
        self.versions += 1;
        let mut change = json!({ "text": text });
        if let Some([line, character, to_line, to_character]) = range {
            change["range"] = json!({
                "start": { "line": line, "character": character },
                "end": { "line": to_line, "character": to_character },
            });
        }
        let document = json!({ "uri": self.uri(path), "version": self.versions });
        self.tell("textDocument/didChange", &json!({ "textDocument": document, "contentChanges": [change] }));
        self.versions
    }

    pub(super) fn close(&mut self, path: &str) {
        let params = json!({ "textDocument": { "uri": self.uri(path) } });
        self.tell("textDocument/didClose", &params);
    }

    /// The findings of a file, of a version where one is given; earlier ones are passed over.
    pub(super) fn findings(&mut self, path: &str, version: Option<i64>) -> Vec<Value> {
        let uri = self.uri(path);
        loop {
            let at = self.notes.iter().position(|note| note["params"]["uri"] == json!(uri));
            let note = match at {
                Some(at) => self.notes.remove(at),
                None => {
                    let note = self.receive();
                    self.notes.push(note);
                    continue;
                }
            };
            assert_eq!(note["method"], "textDocument/publishDiagnostics");
            let params = &note["params"];
            if version.is_none() || params["version"] == json!(version) {
                return params["diagnostics"].as_array().unwrap().clone();
            }
        }
    }

    /// Asks about the place that a bar marks in an open text; the text is sent without it.
    pub(super) fn at(&mut self, method: &str, path: &str, marked: &str) -> Value {
        let before = marked.split('|').next().unwrap();
        self.change(path, None, &marked.replacen('|', "", 1));
        let line = before.matches('\n').count();
        let character = before.rsplit('\n').next().unwrap().encode_utf16().count();
        let params = json!({
            "textDocument": { "uri": self.uri(path) },
            "position": { "line": line, "character": character },
        });
        self.ask(&format!("textDocument/{method}"), &params)
    }

    /// Hangs up, or waits until the program ends by itself; its exit code and what it said on standard error.
    pub(super) fn end(&mut self) -> (Option<i32>, String) {
        self.input.take();
        let code = ended(&mut self.child).expect("the server ends");
        let mut said = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        self.transcript.push_str(&said);
        (code, said)
    }

    /// Ends the conversation as the protocol wants it.
    pub(super) fn goodbye(&mut self) {
        assert_eq!(self.ask("shutdown", &Value::Null), Value::Null);
        self.tell("exit", &Value::Null);
        assert_eq!(self.end(), (Some(0), String::new()));
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        // A test that failed leaves no program behind.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The next message, byte by byte as the protocol frames it.
fn read(output: &mut impl BufRead) -> Option<Value> {
    let mut header = String::new();
    output.read_line(&mut header).ok().filter(|read| *read > 0)?;
    let length: usize = header.strip_prefix("Content-Length: ")?.trim_end().parse().unwrap();
    let mut empty = String::new();
    output.read_line(&mut empty).unwrap();
    assert_eq!(empty, "\r\n");
    let mut body = vec![0; length];
    output.read_exact(&mut body).ok()?;
    Some(serde_json::from_slice(&body).unwrap())
}
