//! Looking at the book beside the conversation: whenever something changed, and a moment of quiet after it.

use std::collections::BTreeMap;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use gen_lsp_types::{
    Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, MessageType, PublishDiagnosticsParams,
    Range, ShowMessageParams,
};
use lsp_server::Notification;

use super::Read;
use super::address::Root;
use super::answer;
use super::names::Names;
use super::position::Lines;
use super::transport::Outbox;
use crate::config;
use crate::diag::{Finding, Level, Place};
use crate::load;
use crate::pipeline;
use crate::source::Sources;

/// How long nothing has to change before the book is looked at.
const QUIET: Duration = Duration::from_millis(120);

/// Who types without a rest sees the findings after so many changes.
const MOST_CHANGES: usize = 40;

/// How long an answer waits for the first look at the book.
const FIRST_LOOK: Duration = Duration::from_secs(10);

/// A text that is open in the editor.
#[derive(Debug, Clone)]
pub(super) struct Document {
    /// As the editor calls it.
    pub(super) uri: String,
    pub(super) version: i32,
    pub(super) text: String,
}

/// The book as it was last looked at.
#[derive(Default)]
pub(super) struct Look {
    pub(super) names: Names,
    pub(super) sources: Sources,
}

/// What the conversation and the looking share.
#[derive(Default)]
pub(super) struct Shared {
    /// Open texts by their path in the book.
    documents: Mutex<BTreeMap<String, Document>>,
    look: Mutex<Option<Arc<Look>>>,
    looked: Condvar,
}

impl Shared {
    pub(super) fn documents(&self) -> MutexGuard<'_, BTreeMap<String, Document>> {
        self.documents.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The book as it was last looked at. The first look is waited for.
    pub(super) fn look(&self) -> Arc<Look> {
        let held = self.look.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.looked.wait_timeout_while(held, FIRST_LOOK, |look| look.is_none());
        let (held, _) = waited.unwrap_or_else(PoisonError::into_inner);
        held.clone().unwrap_or_default()
    }

    fn set(&self, look: Look) {
        *self.look.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(look));
        self.looked.notify_all();
    }
}

/// Looks at the book until nobody can ask any more. A change while it looks waits in the channel for the next look.
pub(super) fn run(read: &Read, root: &Root, shared: &Shared, changed: &Receiver<()>, outbox: &Outbox) {
    let mut told: BTreeMap<String, Vec<Diagnostic>> = BTreeMap::new();
    while changed.recv().is_ok() {
        for _ in 0..MOST_CHANGES {
            match changed.recv_timeout(QUIET) {
                Ok(()) => {}
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
        let documents = shared.documents().clone();
        let texts = documents.iter().map(|(path, document)| (path.clone(), document.text.clone())).collect();
        match read(&texts) {
            Ok((sources, options)) => {
                let book = pipeline::public_book(&sources, &options);
                let names = Names::new(load::load(&sources).value, &book.value);
                shared.set(Look { names, sources: sources.clone() });
                let found = pipeline::site_of(&book, &sources, &options).findings;
                tell(&by_file(&found, &sources, root, &documents), &documents, &mut told, outbox);
            }
            Err(message) => {
                shared.set(Look::default());
                let params = ShowMessageParams { kind: MessageType::Error, message };
                outbox.send(Notification::new("window/showMessage".to_owned(), params));
            }
        }
    }
}

/// Sends the findings of each file: of all open ones, of those that have some, and of those that had some.
fn tell(
    found: &BTreeMap<String, Vec<Diagnostic>>,
    documents: &BTreeMap<String, Document>,
    told: &mut BTreeMap<String, Vec<Diagnostic>>,
    outbox: &Outbox,
) {
    let open = |uri: &String| documents.values().find(|document| document.uri == *uri);
    let mut uris: Vec<&String> =
        documents.values().map(|document| &document.uri).chain(found.keys()).chain(told.keys()).collect();
    uris.sort_unstable();
    uris.dedup();
    for uri in uris {
        let diagnostics = found.get(uri).cloned().unwrap_or_default();
        let document = open(uri);
        if document.is_some() || told.get(uri) != Some(&diagnostics) {
            let version = document.map(|document| document.version);
            let params = PublishDiagnosticsParams { uri: uri.as_str().into(), version, diagnostics };
            outbox.send(Notification::new("textDocument/publishDiagnostics".to_owned(), params));
        }
    }
    *told = found.clone();
}

fn by_file(
    findings: &[Finding],
    sources: &Sources,
    root: &Root,
    documents: &BTreeMap<String, Document>,
) -> BTreeMap<String, Vec<Diagnostic>> {
    let uri =
        |path: &str| documents.get(path).map_or_else(|| root.uri(path), |document| document.uri.clone());
    let mut lines: BTreeMap<&str, Lines<'_>> = BTreeMap::new();
    let mut found: BTreeMap<String, Vec<Diagnostic>> = BTreeMap::new();
    for finding in findings {
        // What concerns the whole book, or a file whose name may not be said, stands at the top of book.toml.
        let place = finding.place.as_ref().filter(|place| sources.get(&place.file).is_some());
        let path = place.map_or(config::FILE, |place| &*place.file);
        let lines = lines.entry(path).or_insert_with(|| Lines::new(sources.text(path).unwrap_or_default()));
        let range = place.map(|place| lines.of(place)).unwrap_or_default();
        let related = finding.related.iter().filter(|(place, _)| sources.get(&place.file).is_some());
        let related = related.map(|(place, why)| beside(place, why, sources, uri(&place.file)));
        found.entry(uri(path)).or_default().push(diagnostic(
            finding,
            place.is_none(),
            range,
            related.collect(),
        ));
    }
    found
}

fn beside(place: &Place, why: &str, sources: &Sources, uri: String) -> DiagnosticRelatedInformation {
    DiagnosticRelatedInformation {
        location: answer::location(uri, sources.text(&place.file), place),
        message: why.to_owned(),
    }
}

fn diagnostic(
    finding: &Finding,
    elsewhere: bool,
    range: Range,
    related: Vec<DiagnosticRelatedInformation>,
) -> Diagnostic {
    let file = finding.place.as_ref().filter(|_| elsewhere).map(|place| format!("{}: ", place.file));
    let help = if finding.help.is_empty() { String::new() } else { format!(". {}", finding.help) };
    Diagnostic {
        range,
        severity: Some(match finding.level {
            Level::Error => DiagnosticSeverity::Error,
            Level::Warning => DiagnosticSeverity::Warning,
            Level::Note => DiagnosticSeverity::Information,
        }),
        code: Some(finding.check.name.to_owned().into()),
        code_description: None,
        source: Some("cxbook".to_owned()),
        message: format!("{}{}{help}", file.unwrap_or_default(), finding.message).into(),
        tags: None,
        related_information: Some(related).filter(|related| !related.is_empty()),
        data: None,
    }
}
