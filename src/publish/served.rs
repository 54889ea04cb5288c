//! Whether a web server sends what was published: every file by its address, with its kind and unchanged.

use std::sync::Mutex;

use super::{EMPTY, Trouble, Verified};
use crate::editions::{Current, SCRIPT, VERSIONS};
use crate::links::encode;
use crate::output::sha256;
use crate::system::{Fetched, Web};

/// After so many files in a row without an answer the server is taken for gone.
const SILENT: usize = 20;

/// Kinds as servers may call them, by ending. A browser that is told `nosniff` takes no style or script of another kind.
const KINDS: [(&str, &[&str]); 13] = [
    (".html", &["text/html"]),
    (".css", &["text/css"]),
    (".js", &["text/javascript", "application/javascript"]),
    (".json", &["application/json"]),
    (".svg", &["image/svg+xml"]),
    (".xml", &["application/xml", "text/xml", "application/atom+xml", "application/rss+xml"]),
    (".csv", &["text/csv"]),
    (".txt", &["text/plain"]),
    (".png", &["image/png"]),
    (".jpg", &["image/jpeg"]),
    (".jpeg", &["image/jpeg"]),
    (".webp", &["image/webp"]),
    (".gif", &["image/gif"]),
];

/// The kind that a file is sent as; nothing for one that no browser has to know.
#[cfg(feature = "cloud")]
pub(super) fn kind_of(path: &str) -> Option<&'static str> {
    KINDS.iter().find(|(ending, _)| path.ends_with(ending)).and_then(|(_, kinds)| kinds.first().copied())
}

/// What a look at a served copy found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Served {
    /// What is not as it was published.
    pub found: Verified,
    /// What the server could do better, as sentences.
    pub advice: Vec<String>,
}

/// Fetches every file of a site from `address`, where a server shows it.
///
/// # Errors
/// When no server answers there.
pub fn served(current: &Current, address: &str, web: &dyn Web) -> Result<Served, Trouble> {
    let base = format!("{}/", address.trim_end_matches('/'));
    let mut paths: Vec<&str> = current.files.iter().map(|(path, _)| path).collect();
    // First what every change touches: an older copy shows there, and so does a server that is not there.
    paths.sort_by_key(|path| (*path != VERSIONS, *path));
    let mut served = Served::default();
    let Some((first, rest)) = paths.split_first() else {
        served.found = Verified::nothing(&EMPTY);
        return Ok(served);
    };
    let seen = Mutex::new((served, 0_usize));
    let look = |path: &str, answer: Result<Fetched, String>| {
        let Ok(mut seen) = seen.lock() else { return };
        let (served, silent) = &mut *seen;
        *silent = if answer.is_err() { *silent + 1 } else { 0 };
        one(current, path, answer, served);
    };
    let unreachable = Mutex::new(None);
    web.each(&[format!("{base}{first}")], &|_, answer| match answer {
        Err(why) => _ = unreachable.lock().map(|mut trouble| *trouble = Some(why)),
        answer => look(first, answer),
    });
    if let Some(why) = unreachable.into_inner().ok().flatten() {
        return Err(Trouble::Failed(format!("{} cannot be asked: {why}", shown(&base))));
    }
    for block in rest.chunks(SILENT) {
        let addresses: Vec<String> = block.iter().map(|path| format!("{base}{}", encode(path))).collect();
        web.each(&addresses, &|at, answer| look(block[at], answer));
        if seen.lock().is_ok_and(|seen| seen.1 >= SILENT) {
            return Err(Trouble::Failed(format!(
                "{} does not answer any more; try again later",
                shown(&base)
            )));
        }
    }
    let (mut served, _) = seen.into_inner().unwrap_or_default();
    let Verified { missing, changed, wrong, .. } = &mut served.found;
    [missing, changed, wrong, &mut served.advice].into_iter().for_each(|list| {
        list.sort();
        list.dedup();
    });
    Ok(served)
}

fn one(current: &Current, path: &str, answer: Result<Fetched, String>, served: &mut Served) {
    let found = &mut served.found;
    found.files += 1;
    let answer = match answer {
        Ok(answer) => answer,
        Err(why) => return found.wrong.push(format!("{path}: {why}")),
    };
    match answer.status {
        200 => {}
        404 | 410 => return found.missing.push(path.to_owned()),
        300..=399 => {
            let to = shown(answer.header("location").unwrap_or("nowhere"));
            return found.wrong.push(format!("{path} is not shown itself; the server leads to {to}"));
        }
        401 | 403 => {
            return found
                .wrong
                .push(format!("{path}: the server lets nobody in without a name ({})", answer.status));
        }
        status => return found.wrong.push(format!("{path}: the server answers {status}")),
    }
    if let Some(packed) = answer.header("content-encoding").filter(|name| *name != "identity") {
        return found.wrong.push(format!("{path} is sent packed ({packed}), though nobody asked for that"));
    }
    if current.files.get(path).is_some_and(|digest| sha256(&answer.bytes) != digest) {
        found.changed.push(path.to_owned());
    }
    let kinds = KINDS.iter().find(|(ending, _)| path.ends_with(ending)).map(|(_, kinds)| *kinds);
    let told = answer.header("content-type").unwrap_or("nothing");
    let kind = told.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if kinds.is_some_and(|kinds| !kinds.contains(&kind.as_str())) {
        found.wrong.push(format!(
            "{path} is sent as {told}; a browser takes it only as {}",
            kinds.unwrap_or_default().join(" or ")
        ));
    }
    advise(path, &answer, &mut served.advice);
}

/// What a page cannot say itself.
fn advise(path: &str, answer: &Fetched, advice: &mut Vec<String>) {
    let mut add = |words: &str| {
        if !advice.iter().any(|known| known == words) {
            advice.push(words.to_owned());
        }
    };
    if path.ends_with(".html") {
        if answer.header("x-content-type-options").is_none_or(|value| !value.eq_ignore_ascii_case("nosniff"))
        {
            add("pages come without X-Content-Type-Options: nosniff");
        }
        let policy = answer.header("content-security-policy").unwrap_or_default();
        if !policy.contains("frame-ancestors") && answer.header("x-frame-options").is_none() {
            add("other sites may show pages in a frame; send Content-Security-Policy with frame-ancestors");
        }
    }
    if [VERSIONS, SCRIPT].contains(&path) {
        let cache = answer.header("cache-control").unwrap_or_default();
        if !["no-cache", "no-store", "max-age=0"].iter().any(|word| cache.contains(word)) {
            add(
                "browsers may keep versions.json and editions.js and miss new editions; send Cache-Control: no-cache",
            );
        }
    }
}

/// An address without a name or password in it.
fn shown(address: &str) -> String {
    let Some((scheme, rest)) = address.split_once("://") else { return address.to_owned() };
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    format!(
        "{scheme}://{}{}",
        host.rsplit('@').next().unwrap_or(host),
        path.split('?').next().unwrap_or(path)
    )
}
