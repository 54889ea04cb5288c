//! From a request to an answer. A path is a key of the site's files or one of our own few pages; it never leads to a disk.

use std::sync::Arc;
use std::time::Duration;

use hyper::body::{Bytes, Incoming};
use hyper::header::{ALLOW, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, HeaderName, LOCATION};
use hyper::http::HeaderValue;
use hyper::http::request::Parts;
use hyper::{Method, Request, Response, StatusCode};

use super::edit::{self, Editor};
use super::gate::Gate;
use super::http::{self, Sent};
use super::press::{BookLook, Made, Press};
use super::state::Shared;
use super::{live, page};
use crate::links;
use crate::output::sha256;
use crate::source::decode;

/// Where our own pages and files are.
pub(super) const OURS: &str = "/__cxbook/";

/// How long a page waits for the book to be read for the first time.
const FIRST: Duration = Duration::from_secs(120);

const LIVE_SCRIPT: &str = include_str!("assets/live.js");
const LIVE_STYLE: &str = include_str!("assets/live.css");
const PAGE_STYLE: &str = include_str!("assets/page.css");
const FORM_STYLE: &str = include_str!("assets/form.css");

/// Where something can be added to the book.
const ADD: &str = "add/";

/// What a browser sends of a form without files.
const FORM: &str = "application/x-www-form-urlencoded";

/// What every answer says to browsers: nobody may frame it, guess its kind, keep it or read it from elsewhere.
const ALWAYS: [(&str, &str); 6] = [
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cache-control", "no-store"),
];

pub(super) type Answer = Response<Sent>;

/// What answers requests.
#[derive(Debug)]
pub(super) struct Desk {
    pub(super) shared: Arc<Shared>,
    pub(super) gate: Gate,
    /// `None` where the book may only be looked at.
    pub(super) editor: Option<Arc<Editor>>,
}

impl Desk {
    pub(super) async fn answer(&self, request: Request<Incoming>) -> Answer {
        let (parts, body) = request.into_parts();
        let path = parts.uri.path().to_owned();
        let ours = path.strip_prefix(OURS);
        let form = ours.and_then(|name| name.strip_prefix(ADD));
        let may_write = form.is_some() && self.editor.is_some();
        let mut answer = match self.gate.check(&parts.method, &parts.uri, &parts.headers, may_write) {
            Err(refusal) => refused(refusal.status, refusal.words, may_write),
            Ok(host) => match (form, ours) {
                (Some(name), _) if self.may_edit(&host) => self.form(name, &parts, body).await,
                (Some(_), _) => plain(StatusCode::FORBIDDEN, "This preview is for reading only."),
                (None, Some(name)) => self.ours(name, &parts.method),
                (None, None) => self.of_book(&path, &host).await,
            },
        };
        for (name, value) in ALWAYS {
            answer.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
        answer
    }

    /// Whether whoever asks sits at this computer and the book may be written.
    fn may_edit(&self, host: &str) -> bool {
        self.editor.is_some() && self.gate.is_local(host)
    }

    /// A form, or what comes of it.
    async fn form(&self, name: &str, parts: &Parts, body: Incoming) -> Answer {
        let Some(editor) = self.editor.clone() else {
            return plain(StatusCode::NOT_FOUND, "There is nothing here.");
        };
        let (current, _) = self.shared.presses();
        let look = current.map_or_else(|| Arc::new(BookLook::default()), |press| press.look);
        let name = name.to_owned();
        let is_saving = parts.method == Method::POST;
        let posted = if is_saving {
            let kind =
                parts.headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
            if kind.split(';').next().map(str::trim) != Some(FORM) {
                return plain(StatusCode::UNSUPPORTED_MEDIA_TYPE, "This is no form of this server.");
            }
            match http::body(body, edit::LARGEST_FORM).await {
                Ok(posted) => posted,
                Err(()) => {
                    return plain(
                        StatusCode::PAYLOAD_TOO_LARGE,
                        "This form is too long, or did not arrive whole.",
                    );
                }
            }
        } else {
            Vec::new()
        };
        // The disk is waited for on a thread of its own.
        let work = tokio::task::spawn_blocking(move || {
            if !is_saving {
                return editor.page(&name, &look).map(|page| (StatusCode::OK, page));
            }
            match editor.save(&name, &posted, &look) {
                edit::Sent::Saved => Some((StatusCode::SEE_OTHER, String::new())),
                edit::Sent::Again(page) => Some((StatusCode::UNPROCESSABLE_ENTITY, page)),
                edit::Sent::Forged => Some((StatusCode::FORBIDDEN, String::new())),
                edit::Sent::Missing => None,
            }
        });
        match work.await {
            Ok(Some((StatusCode::SEE_OTHER, _))) => elsewhere("/__cxbook/add/saved"),
            Ok(Some((StatusCode::FORBIDDEN, _))) => plain(
                StatusCode::FORBIDDEN,
                "This form is from another run of cxbook serve. Go back, load the page again, and copy your words over.",
            ),
            Ok(Some((status, page))) => {
                let mut answer = whole(status, kind("form.html"), page.into());
                answer.headers_mut().insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(edit::POLICY));
                answer
            }
            Ok(None) => plain(StatusCode::NOT_FOUND, "There is nothing here."),
            Err(_) => {
                plain(StatusCode::INTERNAL_SERVER_ERROR, "cxbook stumbled over this form. Nothing was saved.")
            }
        }
    }

    fn ours(&self, name: &str, method: &Method) -> Answer {
        match name {
            "live" if *method == Method::HEAD => whole(StatusCode::OK, live::KIND, Bytes::new()),
            "live" => live::stream(&self.shared),
            "live.js" => whole(StatusCode::OK, kind("live.js"), LIVE_SCRIPT.into()),
            "live.css" => whole(StatusCode::OK, kind("live.css"), LIVE_STYLE.into()),
            "page.css" => whole(StatusCode::OK, kind("page.css"), PAGE_STYLE.into()),
            "form.css" => whole(StatusCode::OK, kind("form.css"), FORM_STYLE.into()),
            "add" => elsewhere("/__cxbook/add/"),
            _ => plain(StatusCode::NOT_FOUND, "There is nothing here."),
        }
    }

    /// A file of the site.
    async fn of_book(&self, path: &str, host: &str) -> Answer {
        let mut versions = self.shared.versions();
        let known = versions.wait_for(|version| *version > 0);
        let _ = tokio::time::timeout(FIRST, known).await;
        let key = decode(path.trim_start_matches('/'));
        let key = if key.is_empty() || key.ends_with('/') { format!("{key}index.html") } else { key };
        let (current, whole_one) = self.shared.presses();
        for press in [current, whole_one].into_iter().flatten() {
            match press.file(&key).await {
                Made::File(bytes) => return self.file(StatusCode::OK, &key, &bytes, host),
                Made::Missing => return self.missing(&press, &key, host).await,
                Made::Refused => {}
            }
        }
        let waiting = page::waiting(!self.shared.news().is_final);
        self.file(StatusCode::SERVICE_UNAVAILABLE, "waiting.html", waiting.as_bytes(), host)
    }

    async fn missing(&self, press: &Press, key: &str, host: &str) -> Answer {
        // A folder without its slash would lead the links of its page astray.
        if press.file(&format!("{key}/index.html")).await != Made::Missing {
            return elsewhere(&format!("/{}/", links::encode(key)));
        }
        match press.file(links::NOT_FOUND).await {
            Made::File(bytes) => self.file(StatusCode::NOT_FOUND, links::NOT_FOUND, &bytes, host),
            _ => plain(StatusCode::NOT_FOUND, "The book has no such page."),
        }
    }

    /// A file, and the live script in it where it is a page.
    fn file(&self, status: StatusCode, path: &str, bytes: &[u8], host: &str) -> Answer {
        let tag = sha256(bytes)[..16].to_owned();
        let is_page = path.ends_with(".html");
        let sent = match std::str::from_utf8(bytes) {
            Ok(text) if is_page => page::with_script(text, &tag, host, self.may_edit(host)).into(),
            _ => Bytes::copy_from_slice(bytes),
        };
        let mut answer = whole(status, kind(path), sent);
        if let Ok(tag) = HeaderValue::from_str(&format!("\"{tag}\"")) {
            answer.headers_mut().insert(ETAG, tag);
        }
        answer
    }
}

pub(super) fn whole(status: StatusCode, kind: &'static str, bytes: Bytes) -> Answer {
    let mut answer = Response::new(Sent::Whole(Some(bytes)));
    *answer.status_mut() = status;
    answer.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    answer
}

/// Sends a browser on to a path.
fn elsewhere(path: &str) -> Answer {
    let mut answer = plain(StatusCode::SEE_OTHER, "It is elsewhere.");
    if let Ok(path) = HeaderValue::from_str(path) {
        answer.headers_mut().insert(LOCATION, path);
    }
    answer
}

fn refused(status: StatusCode, words: &str, may_write: bool) -> Answer {
    let mut answer = plain(status, words);
    if status == StatusCode::METHOD_NOT_ALLOWED {
        let allowed = if may_write { "GET, HEAD, POST" } else { "GET, HEAD" };
        answer.headers_mut().insert(ALLOW, HeaderValue::from_static(allowed));
    }
    answer
}

pub(super) fn plain(status: StatusCode, words: &str) -> Answer {
    whole(status, "text/plain; charset=utf-8", format!("{words}\n").into())
}

/// The kind of a file by the ending of its name.
fn kind(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "csv" => "text/csv",
        "xml" => "application/xml",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "gif" => "image/gif",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "txt" | "md" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
