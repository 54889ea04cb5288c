//! A small CSV as a list of maps, for lists that may be written as YAML or as CSV.

use std::ops::ControlFlow;

use super::export::{Export, Stop};
use super::row::{Row, visit};
use crate::diag::{Finding, Place, checks};
use crate::source::Sources;
use crate::tree::{Entry, Node, Value};

/// The rows of a CSV as maps from header to cell; blank cells are left out.
///
/// # Errors
/// The finding, when the file cannot be read as a table.
pub fn read_rows(path: &str, sources: &Sources) -> Result<Vec<Node>, Finding> {
    match rows(&Export::open(path, sources, false)?) {
        Err(Stop::NotUtf8(_)) => rows(&Export::open(path, sources, true)?).map_err(|stop| match stop {
            Stop::Finding(finding) => finding,
            Stop::NotUtf8(_) => {
                Finding::new(&checks::FILE_NOT_TEXT, "this file is not text").at(Place::file(path))
            }
        }),
        Err(Stop::Finding(finding)) => Err(finding),
        Ok(rows) => Ok(rows),
    }
}

fn rows(export: &Export<'_>) -> Result<Vec<Node>, Stop> {
    let mut rows = Vec::new();
    let mut reading = export.blocks().map_err(Stop::Finding)?;
    let mut skip = export.header_rows();
    while let Some(block) = reading.next()? {
        visit(&block, export.delimiter, |record, line| {
            if skip > 0 {
                skip -= 1;
            } else {
                rows.extend(row(export, record, Place::line(export.path, line)));
            }
            ControlFlow::Continue(())
        });
    }
    Ok(rows)
}

fn row(export: &Export<'_>, record: &Row<'_>, place: Place) -> Option<Node> {
    let named =
        export.header.columns.iter().enumerate().filter_map(|(column, names)| Some((column, names.first()?)));
    let entries: Vec<Entry> = named
        .filter(|(column, _)| !record.field(*column).is_empty())
        .map(|(column, name)| Entry {
            key: name.clone(),
            key_place: Place::line(export.path, 1),
            node: Node { value: Value::Text(record.field(column).to_owned()), place: place.clone() },
        })
        .collect();
    (!entries.is_empty()).then_some(Node { value: Value::Map(entries), place })
}
