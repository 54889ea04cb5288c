//! Lists that may be written as YAML or as CSV: both end in the same nodes.

use super::{Files, yaml};
use crate::diag::Finding;
use crate::metrics;
use crate::tree::{Node, Value};

/// The root of a YAML file; `None` when it is missing or broken, which was then reported.
pub(super) fn yaml_file(files: &Files<'_>, path: &str, findings: &mut Vec<Finding>) -> Option<Node> {
    let text = files.text(path, findings)?;
    match yaml::parse(path, text, 1) {
        Ok(node) => Some(node),
        Err(finding) => {
            findings.push(finding);
            None
        }
    }
}

/// The items of a list file: `key:` in a map, or the root itself when that is a list.
pub(super) fn items<'a>(root: &'a Node, key: &str) -> Vec<&'a Node> {
    match &root.value {
        Value::List(items) => items.iter().collect(),
        Value::Map(entries) => match entries.iter().find(|entry| entry.key == key).map(|entry| &entry.node) {
            Some(Node { value: Value::List(items), .. }) => items.iter().collect(),
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
