//! From files to a book.
//!
//! [`load`] reads every file that means something and never fails: what is broken becomes findings, the rest goes on.
//! [`resolve`] looks names up, counts the metrics' exports and returns the [`crate::model::Book`].

mod clearance;
mod draft;
mod format;
mod front_matter;
mod lists;
mod memo;
mod metric;
mod misplaced;
mod page;
mod paths;
mod pictures;
mod privacy;
mod published;
mod record;
mod resolve;
mod resolve_work;
mod slip;
mod structure;
mod voices;
mod withdrawn;
mod work;
mod written;
mod yaml;

pub use draft::{Draft, Name, RawContact, RawEdge, RawKind, RawMetric, RawPage, RawQuote, RawWork};
pub use format::{Form, Format, Holds, Key, format_of, formats, schema};
pub use memo::Memo;
pub use privacy::{FILE as PRIVACY, named_files};
pub use published::{PublishedQuotes, fingerprint};
pub use record::FILE as RECORD;
pub use resolve::{Moment, resolve, resolve_with};
pub use withdrawn::FILE as WITHDRAWN;
pub use written::{Where, each_text, files_with_text, is_of_customers};

use crate::config;
use crate::diag::{Finding, Outcome, Place, checks};
use crate::model::Privacy;
use crate::source::{Content, SourcePath, Sources, is_office_document};
use crate::tree::Node;

/// The folder of the exports, which are read where a definition names them and never published.
const EXPORTS: &str = "exports";

/// Texts above this size are a slip, such as a log file with the wrong ending.
const MOST_TEXT: usize = 16 * 1024 * 1024;

/// Reads all files of a book.
pub fn load(sources: &Sources) -> Outcome<Draft> {
    load_with(sources, &Memo::new(false))
}

/// The same, with what the run before kept.
pub fn load_with(sources: &Sources, memo: &Memo) -> Outcome<Draft> {
    let Outcome { value: config, mut findings } = config::load(sources);
    let content = config.src.clone();
    let files = Files { sources, content: &content, memo };
    findings.extend(files.troubles());
    findings.extend(misplaced::check(&files));
    let pages = page::load(&files, &mut findings);
    let stages = structure::journey(&files, &mut findings);
    let edges = structure::map(&files, &mut findings);
    let terms = structure::glossary(&files, &mut findings);
    let paths = paths::load(&files, &mut findings);
    let metrics = metric::load(&files, &config, &mut findings);
    let quotes = voices::quotes(&files, &mut findings);
    let contacts = voices::contacts(&files, &mut findings);
    let work = work::load(&files, &mut findings);
    let (metrics, broken_metrics) = (metrics.sound, metrics.broken);
    let withdrawn = withdrawn::load(&files, &mut findings);
    let record = record::load(&files, &mut findings);
    let reviews = pictures::reviews(&files, &mut findings);
    let published = published::load(&files, &mut findings);
    let privacy = privacy::load(&files, &config, &mut findings);
    let draft = Draft {
        config,
        pages,
        stages,
        edges,
        metrics,
        broken_metrics,
        quotes,
        contacts,
        terms,
        paths,
        work,
        privacy,
        withdrawn,
        record,
        reviews,
        published,
    };
    if !files.hold_something() && sources.get(&content).is_none() {
        let message = format!("the folder {content} holds no page, no metric and no quote");
        let help = "Put a first page there, for example index.md with a heading and a sentence. If your texts lie in \
                    another folder, name it under [book], like src = \"texts\".";
        findings.push(Finding::new(&checks::BOOK_EMPTY, message).help(help));
    }
    Outcome { value: draft, findings }
}

/// privacy.yaml alone.
pub fn privacy_of(sources: &Sources) -> Outcome<Privacy> {
    let config = config::load(sources).value;
    let memo = Memo::new(false);
    let files = Files { sources, content: &config.src, memo: &memo };
    let mut findings = Vec::new();
    let value = privacy::load(&files, &config, &mut findings);
    Outcome { value, findings }
}

/// What a YAML text says; `None` when it cannot be read.
pub fn parse_yaml(text: &str) -> Option<Node> {
    yaml::parse("", text, 1).ok()
}

/// Where the text of a page begins, behind the facts at its top.
pub fn body_start(path: &str, text: &str) -> usize {
    text.len() - front_matter::cut(path, text, &mut Vec::new()).body.len()
}

/// What a file is that is no UTF-8 text from a byte on.
fn not_text(path: &str, bytes: &[u8], from: usize) -> Finding {
    let line = bytes[..from].iter().filter(|byte| **byte == b'\n').count() + 1;
    let (message, help, place) = if is_office_document(bytes) {
        let help =
            "Open it in its program, copy the words into a plain text file, and save that under this name.";
        (
            "this file is no text: it is a document of an office program under another name",
            help,
            Place::file(path),
        )
    } else if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        let help = "Save it again as UTF-8; Save as has a choice called encoding.";
        ("this file is saved as UTF-16, which some programs call Unicode", help, Place::file(path))
    } else {
        let help = "Save it again as UTF-8; Save as has a choice called encoding.";
        let place = Place::line(path, u32::try_from(line).unwrap_or(u32::MAX));
        ("this file is not UTF-8 text from here on", help, place)
    };
    Finding::new(&checks::FILE_NOT_TEXT, message).at(place).help(help).masked()
}

/// The files below the content folder.
struct Files<'a> {
    sources: &'a Sources,
    content: &'a str,
    memo: &'a Memo,
}

impl<'a> Files<'a> {
    /// Files with their path below the content folder, in order. `folder` is empty for all of them.
    fn below(&self, folder: &str) -> impl Iterator<Item = (&'a SourcePath, &'a str)> + use<'a> {
        let root =
            if folder.is_empty() { self.content.to_owned() } else { format!("{}/{folder}", self.content) };
        let cut = root.len() + 1;
        self.sources.below(&root).map(move |(path, _)| (path, &path[cut..]))
    }

    /// The same with what is there.
    fn contents(&self) -> impl Iterator<Item = (&'a SourcePath, &'a str, &'a Content)> + use<'a> {
        let cut = self.content.len() + 1;
        self.sources.below(self.content).map(move |(path, content)| (path, &path[cut..], content))
    }

    /// Whether there is any page, metric or list of quotes, even one that cannot be read: what is broken is not absent.
    fn hold_something(&self) -> bool {
        let ends = |path: &str, endings: &[&str]| endings.iter().any(|ending| path.ends_with(ending));
        self.below("").any(|(_, below)| match below.split_once('/') {
            Some((EXPORTS, _)) => false,
            Some(("metrics", name)) if ends(name, &[".yaml", ".yml"]) => true,
            Some(("quotes", name)) => ends(name, &[".yaml", ".yml", ".csv"]),
            Some(("contacts" | "observations", _)) => false,
            _ => below.ends_with(".md"),
        })
    }

    /// The text of a file that is meant to be read; a finding when it cannot be. Links and unreadable files were reported
    /// by [`Files::troubles`] already.
    fn text(&self, path: &str, findings: &mut Vec<Finding>) -> Option<&'a str> {
        let bytes = self.sources.bytes(path)?;
        if bytes.len() > MOST_TEXT {
            let message =
                format!("this text is too large to be a page or a list ({} MB)", bytes.len() / 1_000_000);
            findings.push(Finding::new(&checks::FILE_TOO_LARGE, message).at(Place::file(path)));
            return None;
        }
        if let Err(error) = std::str::from_utf8(bytes) {
            findings.push(not_text(path, bytes, error.valid_up_to()));
            return None;
        }
        self.sources.text(path)
    }

    /// Findings for everything that is not an ordinary file of ordinary size, wherever it lies.
    fn troubles(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (path, content) in self.sources.iter() {
            let (check, message, help) = match content {
                Content::Bytes(_) | Content::Stream(_) => continue,
                Content::Link => (
                    &checks::FILE_IS_LINK,
                    "this is a link to another file or folder, which cxbook does not follow".to_owned(),
                    "Copy the file here, or take the link away.",
                ),
                Content::TooLarge(bytes) => (
                    &checks::FILE_TOO_LARGE,
                    format!(
                        "this file is too large ({} MB; the most is {} MB)",
                        bytes / 1_000_000,
                        Sources::MOST_BYTES / 1_000_000
                    ),
                    "Export fewer columns or a shorter time, or move the file out of the book.",
                ),
                Content::Unreadable(why) => (
                    &checks::FILE_UNREADABLE,
                    format!("this file cannot be read: {why}"),
                    "Check who may read it.",
                ),
            };
            findings.push(Finding::new(check, message).at(Place::file(path)).help(help));
        }
        findings
    }
}
