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
    let mut rows = Vec::new();
    each_row(path, sources, &mut |row| match row {
        Some(row) => rows.push(row),
        None => rows.clear(),
    })?;
    Ok(rows)
}

/// The same, one row after the other, without keeping them. `None` says that the file is read once more from its beginning,
/// in another encoding.
///
/// # Errors
/// The finding, when the file cannot be read as a table.
pub fn each_row(path: &str, sources: &Sources, take: &mut dyn FnMut(Option<Node>)) -> Result<(), Finding> {
    match rows(&Export::open(path, sources, false)?, take) {
        Err(Stop::NotUtf8(_)) => {
            take(None);
            rows(&Export::open(path, sources, true)?, take).map_err(|stop| match stop {
                Stop::Finding(finding) => finding,
                Stop::NotUtf8(_) => {
                    Finding::new(&checks::FILE_NOT_TEXT, "this file is not text").at(Place::file(path))
                }
            })
        }
        Err(Stop::Finding(finding)) => Err(finding),
        Ok(()) => Ok(()),
    }
}

fn rows(export: &Export<'_>, take: &mut dyn FnMut(Option<Node>)) -> Result<(), Stop> {
    let mut reading = export.blocks().map_err(Stop::Finding)?;
    let mut skip = export.header_rows();
    while let Some(block) = reading.next()? {
        visit(&block, export.delimiter, |record, line| {
            if skip > 0 {
                skip -= 1;
            } else if let Some(row) = row(export, record, Place::line(export.path, line)) {
                take(Some(row));
            }
            ControlFlow::Continue(())
        });
    }
    Ok(())
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
