//! News as they come: server-sent events, one stream for each page that is looked at.

use std::sync::Arc;
use std::time::Duration;

use hyper::Response;
use hyper::StatusCode;
use hyper::body::Bytes;
use hyper::header::CONTENT_TYPE;
use hyper::http::HeaderValue;
use serde_json::{Value, json};
use tokio::sync::mpsc;

use super::answer::{Answer, whole};
use super::http::Sent;
use super::state::{News, Shared};
use crate::diag::{Finding, Level, brief, excerpt, kinds};

/// The kind of such a stream.
pub(super) const KIND: &str = "text/event-stream";

/// How often a stream says that it is still there, and so finds out that nobody listens any more.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// Events that wait for a slow reader.
const WAITING: usize = 4;

/// Sends what is known now, and then all news until the reader leaves or the server stops.
pub(super) fn stream(shared: &Arc<Shared>) -> Answer {
    let (send, receive) = mpsc::channel(WAITING);
    let shared = Arc::clone(shared);
    if tokio::runtime::Handle::try_current().is_err() {
        return whole(StatusCode::SERVICE_UNAVAILABLE, KIND, Bytes::new());
    }
    tokio::spawn(async move {
        let mut versions = shared.versions();
        let mut last = None;
        while !shared.is_stopped() {
            versions.mark_unchanged();
            let news = shared.news();
            let sent = if last == Some(news.version) || news.version == 0 {
                send.send(Bytes::from_static(b":\n\n")).await
            } else {
                last = Some(news.version);
                send.send(event(&news).into()).await
            };
            if sent.is_err() {
                return;
            }
            let _ = tokio::time::timeout(HEARTBEAT, versions.changed()).await;
        }
    });
    let mut answer = Response::new(Sent::Live(receive));
    answer.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(KIND));
    answer
}

fn event(news: &News) -> String {
    format!("retry: 1000\nevent: news\ndata: {}\n\n", told(news))
}

/// What a page is told: the same findings as `cxbook check` shows, the first of each kind and how many there are.
pub(super) fn told(news: &News) -> Value {
    let count = |level| news.findings.iter().filter(|finding| finding.level == level).count();
    let left: usize = kinds(&news.findings).iter().map(|kind| kind.count - kind.shown()).sum();
    let shown = brief(&news.findings);
    // The gravest first: what keeps the page from being shown is what its author looks for.
    let mut shown: Vec<&Finding> = shown.iter().collect();
    shown.sort_by_key(|finding| std::cmp::Reverse(finding.level));
    json!({
        "version": news.version,
        "build": news.build,
        "broken": news.is_broken(),
        "final": news.is_final,
        "trouble": news.trouble,
        "errors": count(Level::Error),
        "warnings": count(Level::Warning),
        "notes": count(Level::Note),
        "left": left,
        "findings": shown.into_iter().map(|finding| one(finding, news)).collect::<Vec<_>>(),
    })
}

fn one(finding: &Finding, news: &News) -> Value {
    let place = finding.place.as_ref().map(|place| match (place.line, place.column) {
        (0, _) => place.file.to_string(),
        (line, 0) => format!("{}:{line}", place.file),
        (line, column) => format!("{}:{line}:{column}", place.file),
    });
    let excerpt = excerpt(finding, &news.sources);
    json!({
        "level": finding.level.word(),
        "name": finding.check.name,
        "place": place,
        "message": finding.message,
        "help": finding.help,
        "before": excerpt.as_ref().map(|excerpt| &excerpt.line[..excerpt.span.start]),
        "marked": excerpt.as_ref().map(|excerpt| &excerpt.line[excerpt.span.clone()]),
        "after": excerpt.as_ref().map(|excerpt| &excerpt.line[excerpt.span.end..]),
    })
}
