//! privacy.yaml: the book's own words, the lists of names that must never be seen, and what somebody has looked at.

use super::{Files, Memo, lists, page};
use crate::diag::{Finding, checks};
use crate::model::{Accepted, Allow, Config, NameList, Privacy};
use crate::source::{Sources, join};
use crate::tree::{Node, Reader, Strictness, Value};

/// Where it stands, beside book.toml.
pub const FILE: &str = "privacy.yaml";

/// The files that privacy.yaml names, as they are written there.
pub fn named_files(sources: &Sources) -> Vec<String> {
    let memo = Memo::new(false);
    let files = Files { sources, content: "", memo: &memo };
    let privacy = read(&files, &mut Vec::new());
    privacy.files().map(|file| file.value.clone()).collect()
}

/// Reads privacy.yaml, if there is one.
pub(super) fn load(files: &Files<'_>, config: &Config, findings: &mut Vec<Finding>) -> Privacy {
    let mut privacy = read(files, findings);
    let mut sound = |file: &crate::diag::Located<String>| {
        let published = is_published(&file.value, config);
        if published {
            let message = "this list of names lies in a folder from which the site is made";
            let help = "Move it beside the content folder or out of the book altogether.";
            findings.push(
                Finding::new(&checks::PRIVACY_FILE, message).at(file.place.clone()).help(help).masked(),
            );
        } else if files.sources.get(&file.value).is_none() {
            let message = "the file that is named here is not there";
            let help = "Paths begin at the folder of book.toml. Names are looked for in no quote as long as it is missing.";
            findings.push(
                Finding::new(&checks::PRIVACY_FILE, message).at(file.place.clone()).help(help).masked(),
            );
        }
        !published
    };
    privacy.staff.files.retain(&mut sound);
    privacy.accounts.files.retain(&mut sound);
    privacy.key = privacy.key.filter(&mut sound);
    privacy
}

/// Whether a path leads into the content, the themes or the site.
fn is_published(path: &str, config: &Config) -> bool {
    let plain = path.replace('\\', "/");
    let inside = if plain.starts_with('/') { None } else { join("", &plain) };
    let folders = [config.src.as_str(), "themes", config.build_dir.as_str()];
    inside.is_some_and(|inside| {
        folders.iter().any(|folder| {
            inside == *folder || inside.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
        })
    })
}

fn read(files: &Files<'_>, findings: &mut Vec<Finding>) -> Privacy {
    let mut privacy = Privacy::default();
    if files.sources.get(FILE).is_none() {
        return privacy;
    }
    let Some(root) = lists::yaml_file(files, FILE, findings) else { return privacy };
    let mut reader = Reader::new(&root, FILE).private();
    privacy.words = reader.texts("words");
    privacy.key = reader.text("key");
    privacy.countries = reader.texts("countries");
    privacy.numbers = reader.texts("numbers");
    privacy.staff = reader.node("staff").map(|node| names(node, findings)).unwrap_or_default();
    privacy.accounts = reader.node("accounts").map(|node| names(node, findings)).unwrap_or_default();
    for node in reader.list("allow") {
        privacy.allow.extend(entry(node, findings));
    }
    findings.extend(reader.finish(Strictness::Own));
    privacy
}

/// A path, several, or `files:` and `hashes:`.
fn names(node: &Node, findings: &mut Vec<Finding>) -> NameList {
    if matches!(node.value, Value::Map(_)) {
        let mut reader = Reader::new(node, "the list of names").private();
        let list = NameList { files: reader.texts("files"), hashes: reader.texts("hashes") };
        findings.extend(reader.finish(Strictness::Own));
        return list;
    }
    let items =
        if let Value::List(items) = &node.value { items.as_slice() } else { std::slice::from_ref(node) };
    let path = |item: &Node| Some(crate::diag::Located::new(item.scalar()?, item.place.clone()));
    NameList { files: items.iter().filter_map(path).collect(), hashes: Vec::new() }
}

/// What an entry must say besides the word itself.
const NEEDED: [(&str, &str); 6] = [
    ("kind", "Say what it was taken for, such as PERSON; the message of the find says it."),
    ("reason", "Say why it leads to nobody."),
    ("by", "Say which role has looked at it."),
    ("on", "Say when somebody looked at it, like 2026-03-14."),
    ("until", "Say until when this holds, like 2027-03-14; then somebody looks again."),
    ("in", "Say where it holds: the id of a quote, a file such as quotes/survey.yaml, or site."),
];

fn entry(node: &Node, findings: &mut Vec<Finding>) -> Option<Allow> {
    let mut reader = Reader::new(node, "the allow entry").private();
    let incomplete = |reader: &mut Reader<'_>, message: String, help: &str| {
        let place = reader.place().clone();
        reader.report(Finding::new(&checks::ALLOW_INCOMPLETE, message).at(place).help(help));
    };
    for (key, help) in NEEDED {
        let given = match reader.node(key) {
            Some(Node { value: Value::List(items), .. }) => !items.is_empty(),
            _ => reader.text(key).is_some(),
        };
        if !given {
            incomplete(&mut reader, format!("this allow entry has no \"{key}\""), help);
        }
    }
    let what = match (reader.text("text"), reader.text("hash")) {
        (Some(text), None) => Some(Accepted::Text(text.value)),
        (None, Some(hash)) => Some(Accepted::Hash(hash.value)),
        _ => {
            let message = "this allow entry needs either \"text\" or \"hash\"".to_owned();
            incomplete(
                &mut reader,
                message,
                "Give the word as it stands in the text, or the hash that cxbook scan --hash prints.",
            );
            None
        }
    };
    let kind = reader.text("kind");
    let (on, until) = (page::date(&mut reader, "on"), page::date(&mut reader, "until"));
    let scope: Vec<String> = reader.texts("in").into_iter().map(|scope| scope.value).collect();
    let place = reader.place().clone();
    findings.extend(reader.finish(Strictness::Own));
    Some(Allow { kind: kind?, what: what?, on: on?.value, until: until?.value, scope, place })
}
