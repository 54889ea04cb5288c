//! Counting one export: blocks side by side, added up in their order.

use rayon::prelude::*;

use super::super::import::{Block, Export, Stop};
use super::block::{self, Seen};
use super::columns;
use super::partial::Partial;
use super::row::{Reader, Skip};
use super::style::{self, Style};
use crate::diag::{Finding, Place, checks};
use crate::model::{DataSource, Definition};
use crate::source::Sources;

/// Counts one export.
///
/// # Errors
/// The finding, when it cannot be read.
pub(super) fn count(
    definition: &Definition,
    data: &DataSource,
    path: &str,
    sources: &Sources,
    findings: &mut Vec<Finding>,
) -> Result<Partial, Finding> {
    let mut later = Vec::new();
    let counted = match attempt(definition, data, path, sources, false, &mut later) {
        Err(Stop::NotUtf8(_)) => {
            later.clear();
            attempt(definition, data, path, sources, true, &mut later)
        }
        other => other,
    };
    findings.append(&mut later);
    counted.map_err(|stop| match stop {
        Stop::Finding(finding) => finding,
        Stop::NotUtf8(_) => {
            Finding::new(&checks::FILE_NOT_TEXT, "the export is not text").at(Place::file(path))
        }
    })
}

fn attempt(
    definition: &Definition,
    data: &DataSource,
    path: &str,
    sources: &Sources,
    as_windows: bool,
    findings: &mut Vec<Finding>,
) -> Result<Partial, Stop> {
    let export = Export::open(path, sources, as_windows).map_err(Stop::Finding)?;
    findings.extend(export.encoding_note());
    let Some(columns) = columns::find(data, &export, findings) else { return Ok(Partial::default()) };
    // Most exports hold plain numbers and dates; only where one does not are its columns read twice.
    let mut style = if told(data) { style::decide(data, &columns, &export)? } else { Style::ASSUMED };
    loop {
        let reader = Reader { definition, data, columns: &columns, style };
        let counted = whole(&reader, &export)?;
        if !counted.troubles.contains_key(&Skip::Unsettled) {
            return Ok(counted);
        }
        style = style::decide(data, &columns, &export)?;
    }
}

/// Whether the definition says how the export is written.
fn told(data: &DataSource) -> bool {
    data.dates.is_some() || data.numbers.is_some()
}

/// Counts all blocks; stops early when it turns out that the style has to be settled first.
fn whole(reader: &Reader<'_>, export: &Export<'_>) -> Result<Partial, Stop> {
    let mut total = Partial::default();
    let mut seen = Seen::default();
    let mut reading = export.blocks().map_err(Stop::Finding)?;
    let mut header = export.header_rows();
    let mut blocks = reading.several()?;
    while !blocks.is_empty() && !total.troubles.contains_key(&Skip::Unsettled) {
        let skip = std::mem::take(&mut header);
        // The next blocks are read while these are counted.
        let (partials, next) =
            rayon::join(|| batch_counts(reader, export, &blocks, skip, &mut seen), || reading.several());
        partials.into_iter().for_each(|partial| total.add(partial));
        blocks = next?;
    }
    Ok(total)
}

fn batch_counts(
    reader: &Reader<'_>,
    export: &Export<'_>,
    blocks: &[Block],
    header: usize,
    seen: &mut Seen,
) -> Vec<Partial> {
    let skip = |index: usize| if index == 0 { header } else { 0 };
    if reader.columns.id.is_none() {
        let count = |(index, block)| block::count(reader, export, block, skip(index), None);
        return blocks.par_iter().enumerate().map(count).collect();
    }
    // Whether a response is a second one depends on all before it: one block after the other.
    let counted = blocks
        .iter()
        .enumerate()
        .map(|(index, block)| block::count(reader, export, block, skip(index), Some(seen)));
    counted.collect()
}
