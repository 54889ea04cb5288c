//! From a request to an answer. A path is a key of the site's files or one of our own few pages; it never leads to a disk.

use std::sync::Arc;
use std::time::Duration;

use hyper::body::{Bytes, Incoming};
use hyper::header::{ALLOW, CONTENT_TYPE, ETAG, HeaderName, LOCATION};
use hyper::http::HeaderValue;
use hyper::{Method, Request, Response, StatusCode};

use super::gate::Gate;
use super::http::Sent;
use super::press::{Made, Press};
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
}

impl Desk {
    pub(super) async fn answer(&self, request: Request<Incoming>) -> Answer {
        let (parts, _body) = request.into_parts();
        let path = parts.uri.path().to_owned();
        let mut answer = match self.gate.check(&parts.method, &parts.uri, &parts.headers, false) {
            Err(refusal) => {
                let mut answer = plain(refusal.status, refusal.words);
                if refusal.status == StatusCode::METHOD_NOT_ALLOWED {
                    answer.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
                }
                answer
            }
            Ok(host) => match path.strip_prefix(OURS) {
                Some(name) => self.ours(name, &parts.method),
                None => self.of_book(&path, &host).await,
            },
        };
        for (name, value) in ALWAYS {
            answer.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
        answer
    }

    fn ours(&self, name: &str, method: &Method) -> Answer {
        match name {
            "live" if *method == Method::HEAD => whole(StatusCode::OK, live::KIND, Bytes::new()),
            "live" => live::stream(&self.shared),
            "live.js" => whole(StatusCode::OK, kind("live.js"), LIVE_SCRIPT.into()),
            "live.css" => whole(StatusCode::OK, kind("live.css"), LIVE_STYLE.into()),
            "page.css" => whole(StatusCode::OK, kind("page.css"), PAGE_STYLE.into()),
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
                Made::File(bytes) => return file(StatusCode::OK, &key, &bytes, host),
                Made::Missing => return self.missing(&press, &key, host).await,
                Made::Refused => {}
            }
        }
        let waiting = page::waiting(!self.shared.news().is_final);
        file(StatusCode::SERVICE_UNAVAILABLE, "waiting.html", waiting.as_bytes(), host)
    }

    async fn missing(&self, press: &Press, key: &str, host: &str) -> Answer {
        // A folder without its slash would lead the links of its page astray.
        if press.file(&format!("{key}/index.html")).await != Made::Missing
            && let Ok(there) = HeaderValue::from_str(&format!("/{}/", links::encode(key)))
        {
            let mut answer = plain(StatusCode::FOUND, "It is one level deeper.");
            answer.headers_mut().insert(LOCATION, there);
            return answer;
        }
        match press.file(links::NOT_FOUND).await {
            Made::File(bytes) => file(StatusCode::NOT_FOUND, links::NOT_FOUND, &bytes, host),
            _ => plain(StatusCode::NOT_FOUND, "The book has no such page."),
        }
    }
}

/// A file, and the live script in it where it is a page.
fn file(status: StatusCode, path: &str, bytes: &[u8], host: &str) -> Answer {
    let tag = sha256(bytes)[..16].to_owned();
    let is_page = path.ends_with(".html");
    let sent = match std::str::from_utf8(bytes) {
        Ok(text) if is_page => page::with_script(text, &tag, host).into(),
        _ => Bytes::copy_from_slice(bytes),
    };
    let mut answer = whole(status, kind(path), sent);
    if let Ok(tag) = HeaderValue::from_str(&format!("\"{tag}\"")) {
        answer.headers_mut().insert(ETAG, tag);
    }
    answer
}

pub(super) fn whole(status: StatusCode, kind: &'static str, bytes: Bytes) -> Answer {
    let mut answer = Response::new(Sent::Whole(Some(bytes)));
    *answer.status_mut() = status;
    answer.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
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
