//! The language server: what `check` says, while an author types, in any editor that speaks the protocol.
//!
//! `transport` carries messages, this file holds the conversation, `checking` looks at the book beside it, `spot` says what
//! belongs at a place of a text, `names` what a book can name, `answer` puts the two together. The book comes from a closure:
//! texts that are open stand in place of their files, and everything behind it is the same pipeline as of `check`.

mod address;
mod answer;
mod checking;
mod names;
mod position;
mod spot;
mod transport;

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Sender};

use gen_lsp_types::{
    CompletionOptions, CompletionParams, DefinitionParams, DidChangeTextDocumentParams,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, HoverParams, InitializeResult, Location, LspAny,
    Position, PositionEncodingKind, Registration, RegistrationParams, ServerCapabilities, ServerInfo,
    TextDocumentContentChangeEvent, TextDocumentPositionParams, TextDocumentSyncKind,
    TextDocumentSyncOptions,
};
use lsp_server::{ErrorCode, ExtractError, Message, Notification, Request, Response};

use crate::diag::Place;
use crate::pipeline::Options;
use crate::source::Sources;
use address::Root;
use answer::Asked;
use checking::{Document, Look, Shared};
use position::Lines;
use transport::Outbox;

/// Reads the book, with texts in place of files by their path in the book.
pub type Read = dyn Fn(&BTreeMap<String, String>) -> Result<(Sources, Options), String> + Send;

/// A book that an editor works on.
pub struct Workspace {
    /// Its folder, without detours.
    pub root: PathBuf,
    /// The folder as the caller named it.
    pub named: Option<PathBuf>,
    /// Reads it.
    pub read: Box<Read>,
}

/// How a conversation ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// As the protocol wants it: shut down, then told to go.
    Orderly,
    /// Told to go at once, or the editor is gone.
    Sudden,
    /// Something came that is no message.
    Malformed,
}

/// Speaks the protocol until the editor ends it. `open` is asked once which book it is about, with the editor's own folder
/// where it names one.
pub fn serve(
    open: impl FnOnce(Option<&Path>) -> Workspace,
    input: impl io::Read + Send + 'static,
    output: impl io::Write + Send + 'static,
) -> End {
    let (inbox, outbox, threads) = transport::open(input, output);
    let mut talk = Talk { phase: Phase::Waiting, open: Some(open), outbox: outbox.clone() };
    let mut end = None;
    for message in inbox {
        match message {
            Message::Request(request) => talk.request(request),
            Message::Notification(note) if note.method == "exit" => {
                end = Some(if matches!(talk.phase, Phase::ShutDown) { End::Orderly } else { End::Sudden });
                break;
            }
            Message::Notification(note) => talk.note(note),
            Message::Response(_) => {}
        }
    }
    let shut_down = matches!(talk.phase, Phase::ShutDown);
    drop(talk);
    // The writer ends when all is written; a look at the book that is under way is left.
    outbox.close();
    match end {
        Some(end) => {
            threads.finish();
            end
        }
        None => match threads.ended() {
            Err(transport::Malformed) => End::Malformed,
            Ok(()) if shut_down => End::Orderly,
            Ok(()) => End::Sudden,
        },
    }
}

/// How far a conversation is.
enum Phase {
    /// Nothing but `initialize` is answered.
    Waiting,
    /// All is answered.
    Running(Running),
    /// Nothing is answered any more.
    ShutDown,
}

/// The book that is talked about.
struct Running {
    root: Root,
    shared: Arc<Shared>,
    changed: Sender<()>,
    /// Whether the editor can be asked to tell what other programs change.
    watches: bool,
}

/// A conversation.
struct Talk<O> {
    phase: Phase,
    open: Option<O>,
    outbox: Outbox,
}

impl<O: FnOnce(Option<&Path>) -> Workspace> Talk<O> {
    fn request(&mut self, request: Request) {
        let id = request.id.clone();
        let refused =
            |code: ErrorCode, message: &str| Response::new_err(id.clone(), code as i32, message.to_owned());
        let response = match (&self.phase, request.method.as_str()) {
            (Phase::Waiting, "initialize") => self.initialize(request),
            (Phase::Waiting, _) => {
                refused(ErrorCode::ServerNotInitialized, "the conversation begins with initialize")
            }
            (Phase::Running(_), "initialize") => {
                refused(ErrorCode::InvalidRequest, "initialize was sent before")
            }
            (Phase::Running(_), "shutdown") => {
                self.phase = Phase::ShutDown;
                Response::new_ok(id, ())
            }
            (Phase::Running(running), _) => running.answer(request),
            (Phase::ShutDown, _) => refused(ErrorCode::InvalidRequest, "the server was shut down"),
        };
        self.outbox.send(response);
    }

    fn initialize(&mut self, request: Request) -> Response {
        let folder = ["/workspaceFolders/0/uri", "/rootUri"]
            .into_iter()
            .find_map(|at| request.params.pointer(at)?.as_str());
        let folder = folder.and_then(address::on_disk);
        let Some(open) = self.open.take() else {
            return Response::new_err(
                request.id,
                ErrorCode::InvalidRequest as i32,
                "initialize was sent before".to_owned(),
            );
        };
        let workspace = open(folder.as_deref());
        let root = Root::new(workspace.named, workspace.root);
        let shared = Arc::new(Shared::default());
        let (changed, changes) = mpsc::channel();
        let (outbox, of, with, read) =
            (self.outbox.clone(), root.clone(), Arc::clone(&shared), workspace.read);
        std::thread::spawn(move || checking::run(&*read, &of, &with, &changes, &outbox));
        let watches = "/capabilities/workspace/didChangeWatchedFiles/dynamicRegistration";
        let watches = request.params.pointer(watches).is_some_and(|can| can.as_bool() == Some(true));
        self.phase = Phase::Running(Running { root, shared, changed, watches });
        let result = InitializeResult {
            capabilities: capabilities(),
            server_info: Some(ServerInfo {
                name: "cxbook".to_owned(),
                version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            }),
        };
        Response::new_ok(request.id, result)
    }

    /// What is no request: unknown ones may be left aside, and ones that cannot be read change nothing.
    fn note(&mut self, note: Notification) {
        let Phase::Running(running) = &self.phase else { return };
        let read: Result<(), ExtractError<Notification>> = match note.method.as_str() {
            "textDocument/didOpen" => {
                note.extract("textDocument/didOpen").map(|params| running.opened(params))
            }
            "textDocument/didChange" => {
                note.extract("textDocument/didChange").map(|params| running.edited(params))
            }
            "textDocument/didClose" => {
                note.extract("textDocument/didClose").map(|params| running.closed(&params))
            }
            "initialized" => {
                if running.watches {
                    self.outbox.send(watch());
                }
                Ok(())
            }
            "textDocument/didSave" | "workspace/didChangeWatchedFiles" => Ok(()),
            _ => return,
        };
        if read.is_ok() {
            running.look();
        }
    }
}

/// Asks the editor to tell when another program changes a file, such as a new export.
fn watch() -> Request {
    let files = LspAny::from_iter([(
        "globPattern",
        "**/*.{md,yaml,yml,csv,toml,txt,html,css,js,svg,png,jpg,jpeg,webp,gif}",
    )]);
    let options = LspAny::from_iter([("watchers", vec![files])]);
    let registration = Registration {
        id: "files".to_owned(),
        method: "workspace/didChangeWatchedFiles".to_owned(),
        register_options: Some(options),
    };
    let params = RegistrationParams { registrations: vec![registration] };
    Request::new("files".to_owned().into(), "client/registerCapability".to_owned(), params)
}

fn capabilities() -> ServerCapabilities {
    let sync = TextDocumentSyncOptions {
        open_close: Some(true),
        change: Some(TextDocumentSyncKind::Incremental),
        save: Some(true.into()),
        ..TextDocumentSyncOptions::default()
    };
    let signs = ["[", "{", "`", ":", " ", ",", "(", "/"].map(str::to_owned).to_vec();
    ServerCapabilities {
        position_encoding: Some(PositionEncodingKind::UTF16),
        text_document_sync: Some(sync.into()),
        completion_provider: Some(CompletionOptions {
            trigger_characters: Some(signs),
            ..CompletionOptions::default()
        }),
        hover_provider: Some(true.into()),
        definition_provider: Some(true.into()),
        ..ServerCapabilities::default()
    }
}

impl Running {
    /// Asks for another look at the book.
    fn look(&self) {
        // Who looks is there as long as this is.
        let _ = self.changed.send(());
    }

    fn opened(&self, params: DidOpenTextDocumentParams) {
        let document = params.text_document;
        let uri = document.uri.to_string();
        if let Some(path) = self.root.path(&uri) {
            let document = Document { uri, version: document.version, text: document.text };
            self.shared.documents().insert(path, document);
        }
    }

    fn edited(&self, params: DidChangeTextDocumentParams) {
        let Some(path) = self.root.path(params.text_document.text_document_identifier.uri.as_ref()) else {
            return;
        };
        if let Some(document) = self.shared.documents().get_mut(&path) {
            params.content_changes.into_iter().for_each(|change| apply(&mut document.text, change));
            document.version = params.text_document.version;
        }
    }

    /// The file on the disk counts again.
    fn closed(&self, params: &DidCloseTextDocumentParams) {
        if let Some(path) = self.root.path(params.text_document.uri.as_ref()) {
            self.shared.documents().remove(&path);
        }
    }

    fn answer(&self, request: Request) -> Response {
        let id = request.id.clone();
        let answered = match request.method.as_str() {
            "textDocument/completion" => {
                request.extract("textDocument/completion").map(|(id, params): (_, CompletionParams)| {
                    let asked = self.about(&params.text_document_position_params);
                    Response::new_ok(id, asked.map(|about| answer::complete(&about.asked())))
                })
            }
            "textDocument/hover" => {
                request.extract("textDocument/hover").map(|(id, params): (_, HoverParams)| {
                    let asked = self.about(&params.text_document_position_params);
                    Response::new_ok(id, asked.and_then(|about| answer::hover(&about.asked())))
                })
            }
            "textDocument/definition" => {
                request.extract("textDocument/definition").map(|(id, params): (_, DefinitionParams)| {
                    let asked = self.about(&params.text_document_position_params);
                    let place =
                        asked.and_then(|about| Some((answer::definition(&about.asked())?, about.look)));
                    Response::new_ok(id, place.map(|(place, look)| self.location(&place, &look)))
                })
            }
            method => {
                let message = format!("cxbook does not know {method}");
                return Response::new_err(id, ErrorCode::MethodNotFound as i32, message);
            }
        };
        let unreadable = || "the parameters cannot be read".to_owned();
        answered.unwrap_or_else(|_| Response::new_err(id, ErrorCode::InvalidParams as i32, unreadable()))
    }

    /// A place of an open text of the book; `None` for other texts.
    fn about(&self, at: &TextDocumentPositionParams) -> Option<About> {
        let path = self.root.path(at.text_document.uri.as_ref())?;
        let text = self.shared.documents().get(&path)?.text.clone();
        Some(About { path, text, position: at.position, look: self.shared.look() })
    }

    fn location(&self, place: &Place, look: &Look) -> Location {
        let documents = self.shared.documents();
        let open = documents.get(&*place.file);
        let uri = open.map_or_else(|| self.root.uri(&place.file), |document| document.uri.clone());
        let text = open.map(|document| document.text.as_str()).or_else(|| look.sources.text(&place.file));
        answer::location(uri, text, place)
    }
}

/// What a question is about.
struct About {
    path: String,
    text: String,
    position: Position,
    look: Arc<Look>,
}

impl About {
    fn asked(&self) -> Asked<'_> {
        Asked { path: &self.path, text: &self.text, position: self.position, names: &self.look.names }
    }
}

/// Changes a text as the editor did.
fn apply(text: &mut String, change: TextDocumentContentChangeEvent) {
    match change {
        TextDocumentContentChangeEvent::TextDocumentContentChangeWholeDocument(whole) => *text = whole.text,
        TextDocumentContentChangeEvent::TextDocumentContentChangePartial(part) => {
            let lines = Lines::new(text);
            let (start, end) = (lines.offset(part.range.start), lines.offset(part.range.end));
            text.replace_range(start..end.max(start), &part.text);
        }
    }
}
