//! Keys of mdBook that are accepted so that its folders open as they are, but that change nothing here.

use crate::diag::{Finding, Place, checks};
use crate::tree::Reader;

/// Sections.
pub(super) const TOP: &[&str] = &["rust", "preprocessor"];

/// Keys of `[book]`.
pub(super) const BOOK: &[&str] = &["text-direction", "multilingual"];

/// Keys of `[build]`.
pub(super) const BUILD: &[&str] = &["create-missing", "use-default-preprocessors", "extra-watch-dirs"];

/// Renderers other than `html`.
pub(super) const OUTPUT: &[&str] = &["linkcheck", "markdown", "pdf", "epub"];

/// Keys of `[output.html]`.
pub(super) const HTML: &[&str] = &[
    "default-theme",
    "preferred-dark-theme",
    "curly-quotes",
    "mathjax-support",
    "copy-fonts",
    "google-analytics",
    "additional-css",
    "additional-js",
    "no-section-label",
    "git-repository-url",
    "git-repository-icon",
    "edit-url-template",
    "input-404",
    "cname",
    "hash-files",
    "sidebar-header-nav",
    "definition-lists",
    "admonitions",
    "fold",
    "playground",
    "code",
    "print",
    "search",
    "redirect",
];

/// Asks for each key, so that it counts as known, and notes that it has no effect.
pub(super) fn accept(reader: &mut Reader<'_>, keys: &[&'static str]) {
    for key in keys {
        if let Some(node) = reader.node(key) {
            reader.report(unused(key, &node.place));
        }
    }
}

/// The note about one key.
pub(super) fn unused(key: &str, place: &Place) -> Finding {
    let message = format!("\"{key}\" is a setting of mdBook that has no effect here");
    Finding::new(&checks::KEY_UNUSED, message).at(place.clone()).help("You can leave it or take it out.")
}
