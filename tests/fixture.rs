//! Small books in memory, and the repository's own book from disk.

use std::path::{Path, PathBuf};

use cxbook::diag::{Finding, Level, Outcome};
use cxbook::model::Date;
use cxbook::output::Output;
use cxbook::pipeline::{self, Options};
use cxbook::source::Sources;
use cxbook::system::{OsSystem, System};

/// Folder of the repository.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A folder of files that are not part of the repository; says so when they are not there.
pub(crate) fn shared(path: &str) -> Option<PathBuf> {
    let folder = root().join("../shared").join(path);
    if folder.exists() {
        return Some(folder);
    }
    eprintln!("skipped: {path} is not beside the repository");
    None
}

/// Options for a build whose date does not depend on the clock.
pub(crate) fn options() -> Options {
    let today = Date::new(2026, 10, 15).unwrap();
    Options { edition: None, drafts: false, as_of: None, today, site_url: None, within: None }
}

/// The files of the sample book.
pub(crate) fn sample() -> Sources {
    OsSystem.read_book(&root(), &["content", "themes"]).unwrap()
}

/// Builds a book and expects no error.
pub(crate) fn built(sources: &Sources) -> Output {
    let built = pipeline::build(sources, &options());
    let errors = errors(&built.findings);
    assert!(errors.is_empty(), "the book has errors:\n{}", errors.join("\n"));
    built.value
}

/// Builds a book of a few files; `book.toml` is added when it is missing.
pub(crate) fn build(files: &[(&str, &str)]) -> Outcome<Output> {
    pipeline::build(&book(files), &options())
}

/// A book of a few files; `book.toml` is added when it is missing.
pub(crate) fn book(files: &[(&str, &str)]) -> Sources {
    let mut sources: Sources = files.iter().copied().collect();
    if sources.get("book.toml").is_none() {
        // Tiny playbooks move no metric, tiny metrics say little; the specs hold that these are errors.
        let lenient = ["playbook-incomplete", "owner-missing", "source-missing"];
        let lenient: String = lenient.iter().map(|check| format!("{check} = \"warning\"\n")).collect();
        sources.insert_text("book.toml", &format!("[book]\ntitle = \"Test\"\n[checks]\n{lenient}"));
    }
    sources
}

/// Errors as short lines.
pub(crate) fn errors(findings: &[Finding]) -> Vec<String> {
    let errors: Vec<Finding> =
        findings.iter().filter(|finding| finding.level == Level::Error).cloned().collect();
    cxbook::diag::short(&errors).lines().map(str::to_owned).collect()
}

/// The text of a file of the site.
pub(crate) fn page(output: &Output, route: &str) -> String {
    let bytes = output.get(route).unwrap_or_else(|| panic!("no {route} in the site"));
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// Reads a text file.
pub(crate) fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A number as a word: four digits behind a "no" would read like somebody's account.
pub(crate) fn letters(number: u32) -> String {
    number.to_string().chars().map(|digit| char::from(b'a' + digit as u8 - b'0')).collect()
}
