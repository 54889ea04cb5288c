//! Names of objects, the order in which they change, and how a store sends them.

use crate::editions::{Listing, VERSIONS};
use crate::publish::served::kind_of;
use crate::system::Sent;

/// The one object that says what readers see.
pub(super) const HEAD: &str = "_cx/head.json";
/// One folder for each generation.
pub(super) const RELEASES: &str = "_cx/releases/";
/// Bytes of files by their digest: what is about to be shown, and what older generations held.
pub(super) const BLOBS: &str = "_cx/blobs/";
/// What a store is tried with.
pub(super) const PREFLIGHT: &str = "_cx/preflight/";
/// Shared files; their names change with their bytes.
const LASTING: &str = "assets/";

/// Where a file of a generation lies.
pub(super) fn of_release(name: &str, file: &str) -> String {
    format!("{RELEASES}{name}/{file}")
}

/// Where bytes lie by their digest.
pub(super) fn blob(digest: &str) -> String {
    format!("{BLOBS}{digest}")
}

/// The generation that an object below [`RELEASES`] is of.
pub(super) fn release_of(key: &str) -> Option<&str> {
    key.strip_prefix(RELEASES)?.split('/').next()
}

/// How a file of the site is sent to browsers.
pub(super) fn sent(path: &str) -> Sent {
    let kind = kind_of(path).unwrap_or("application/octet-stream");
    let is_text = kind.starts_with("text/") || ["application/json", "application/xml"].contains(&kind);
    let content_type = if is_text { format!("{kind}; charset=utf-8") } else { kind.to_owned() };
    // "Ask whether it changed": a quote can be taken out of a frozen edition too.
    let cache = if path.starts_with(LASTING) { "public, max-age=31536000, immutable" } else { "no-cache" };
    Sent { content_type, cache }
}

/// How our own objects are sent, should somebody ask.
pub(super) fn private() -> Sent {
    Sent { content_type: "application/octet-stream".to_owned(), cache: "no-store" }
}

/// Whether a file changes what readers see of the generation before, so that it may only be written when all others are there.
pub(super) fn is_late(path: &str, before: &Listing) -> bool {
    !path.contains('/') || before.get(path).is_some()
}

/// Late files in the order in which they change: what pages need before the pages, folders before the files at the root, which
/// lead into them, and `versions.json`, which says that all is there, last.
pub(super) fn order(path: &str) -> (bool, bool, bool, &str) {
    (path == VERSIONS, !path.contains('/'), path.ends_with(".html"), path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_comes_last() {
        let mut paths = [
            "versions.json",
            "index.html",
            "next/a.html",
            "editions.js",
            "next/search/1.js",
            "latest/a.html",
        ];
        paths.sort_by_key(|path| order(path));
        assert_eq!(
            paths,
            [
                "next/search/1.js",
                "latest/a.html",
                "next/a.html",
                "editions.js",
                "index.html",
                "versions.json"
            ]
        );
    }

    #[test]
    fn browsers_are_told_what_they_get() {
        assert_eq!(sent("a/b.html").content_type, "text/html; charset=utf-8");
        assert_eq!(sent("a/b.html").cache, "no-cache");
        assert_eq!(sent("a/b.webp").content_type, "image/webp");
        assert!(sent("assets/site.0a1b.css").cache.contains("immutable"));
        assert_eq!(sent("2026-q3/x.minisig").content_type, "application/octet-stream");
    }
}
