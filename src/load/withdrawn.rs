//! Quotes that may not be built any more: `withdrawn.yaml`.

use super::{Files, lists, page};
use crate::diag::{Finding, checks};
use crate::model::{Reason, Withdrawn};
use crate::tree::{Node, Reader, Strictness, Value};

/// Where it stands, below the content folder.
pub const FILE: &str = "withdrawn.yaml";

/// Reads the list. What cannot be read is an error, so that nothing withdrawn slips through.
pub(super) fn load(files: &Files<'_>, findings: &mut Vec<Finding>) -> Vec<Withdrawn> {
    let path = format!("{}/{FILE}", files.content);
    if files.sources.get(&path).is_none() {
        return Vec::new();
    }
    let Some(root) = lists::yaml_file(files, &path, findings) else { return Vec::new() };
    match &root.value {
        Value::List(items) => items.iter().filter_map(|item| one(item, findings)).collect(),
        Value::Null => Vec::new(),
        _ => {
            let message = format!("{FILE} should be a list, but it is {}", root.kind());
            let help = "Write one entry for each quote, beginning with \"- quote: \".";
            findings.push(Finding::new(&checks::VALUE_WRONG, message).at(root.place.clone()).help(help));
            Vec::new()
        }
    }
}

fn one(node: &Node, findings: &mut Vec<Finding>) -> Option<Withdrawn> {
    let mut reader = Reader::new(node, "the entry").private();
    let quote = reader.required("quote", "Write the id of the quote.").map(|quote| quote.value);
    let date = page::date(&mut reader, "date").map(|date| date.value);
    if reader.node("date").is_none() {
        reader.missing("date", "Say since when, like 2026-03-14.");
    }
    let reason = reader.choice("reason", &Reason::WORDS);
    findings.extend(reader.finish(Strictness::Own));
    Some(Withdrawn { quote: quote?, date: date?, reason })
}
