//! Lists that may be written as YAML or as CSV: both end in the same nodes.

use std::sync::Arc;

use super::{Files, yaml};
use crate::diag::{Finding, checks};
use crate::metrics;
use crate::tree::{Node, Reader, Strictness, Value};

/// The root of a YAML file; `None` when it is missing or broken, which was then reported.
pub(super) fn yaml_file(files: &Files<'_>, path: &str, findings: &mut Vec<Finding>) -> Option<Node> {
    let text = files.text(path, findings)?;
    let parse = || Arc::new(yaml::parse(path, text, 1));
    let parsed = files.memo.lists.of(&Arc::from(path), files.sources.get(path)?, parse);
    match Result::clone(&parsed) {
        Ok(node) => {
            let below = path.strip_prefix(files.content).unwrap_or(path);
            if below.starts_with("/contacts/") {
                findings.extend(other_keys(&node, "contacts", "the file of conversations", true));
            }
            Some(node)
        }
        Err(finding) => {
            findings.push(finding);
            None
        }
    }
}

/// What stands in a list file beside its list, or in its place: it would be lost in silence. `private` keeps it out of
/// the messages.
pub(super) fn other_keys(root: &Node, key: &'static str, what: &str, private: bool) -> Vec<Finding> {
    if matches!(root.value, Value::List(_) | Value::Null) {
        return Vec::new();
    }
    let reader = Reader::new(root, what);
    let mut reader = if private { reader.private() } else { reader };
    if let Some(node) = reader.node(key)
        && !matches!(node.value, Value::List(_) | Value::Map(_))
    {
        let message = format!("\"{key}\" should be a list, but it is {}", node.kind());
        let help = "Write one entry for each below it, beginning with \"- \".";
        reader.report(Finding::new(&checks::VALUE_WRONG, message).at(node.place.clone()).help(help));
    }
    reader.finish(Strictness::Own)
}

/// The items of a list file: `key:` in a map, or the root itself when that is a list. A single group of keys counts as a
/// list of one.
pub(super) fn items<'a>(root: &'a Node, key: &str) -> Vec<&'a Node> {
    match &root.value {
        Value::List(items) => items.iter().collect(),
        Value::Map(entries) => match entries.iter().find(|entry| entry.key == key).map(|entry| &entry.node) {
            Some(Node { value: Value::List(items), .. }) => items.iter().collect(),
            Some(one @ Node { value: Value::Map(_), .. }) => vec![one],
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// Spreadsheets like capitals in their headers.
fn lower_keys(row: &mut Node) {
    if let Value::Map(entries) = &mut row.value {
        entries.iter_mut().for_each(|entry| entry.key = entry.key.to_lowercase());
    }
}

/// The rows of a CSV one after the other, see [`metrics::each_row`].
pub(super) fn each_row(
    files: &Files<'_>,
    path: &str,
    take: &mut dyn FnMut(Option<Node>),
) -> Result<(), Finding> {
    metrics::each_row(path, files.sources, &mut |row| {
        take(row.map(|mut row| {
            lower_keys(&mut row);
            row
        }));
    })
}

/// The rows of a CSV as maps from header to cell; blank cells are left out.
pub(super) fn csv_file(files: &Files<'_>, path: &str, findings: &mut Vec<Finding>) -> Vec<Node> {
    match metrics::read_rows(path, files.sources) {
        Ok(mut rows) => {
            rows.iter_mut().for_each(lower_keys);
            rows
        }
        Err(finding) => {
            findings.push(finding);
            Vec::new()
        }
    }
}
