//! Counting one export: blocks side by side, added up in their order.

use std::collections::BTreeMap;

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

/// Counts one export. `seen` are the responses of the exports before it; those of this one are added.
///
/// # Errors
/// The finding, when it cannot be read.
pub(super) fn count(
    definition: &Definition,
    data: &DataSource,
    path: &str,
    sources: &Sources,
    seen: &mut BTreeMap<u64, u64>,
    findings: &mut Vec<Finding>,
) -> Result<Partial, Finding> {
    let mut later = Vec::new();
    let counted = match attempt(definition, data, path, sources, (false, seen), &mut later) {
        Err(Stop::NotUtf8(_)) => {
            later.clear();
            attempt(definition, data, path, sources, (true, seen), &mut later)
        }
        other => other,
    };
    findings.append(&mut later);
    let counted = counted.map(|(partial, mut responses)| {
        seen.append(&mut responses);
        partial
    });
    counted.map_err(|stop| match stop {
        Stop::Finding(finding) => finding,
        Stop::NotUtf8(_) => {
            Finding::new(&checks::FILE_NOT_TEXT, "the export is not text").at(Place::file(path))
        }
    })
}

/// What an export comes to, and its responses.
type Counted = (Partial, BTreeMap<u64, u64>);

fn attempt(
    definition: &Definition,
    data: &DataSource,
    path: &str,
    sources: &Sources,
    (as_windows, before): (bool, &BTreeMap<u64, u64>),
    findings: &mut Vec<Finding>,
) -> Result<Counted, Stop> {
    let export = Export::open(path, sources, as_windows).map_err(Stop::Finding)?;
    findings.extend(export.encoding_note());
    let Some(columns) = columns::find(definition, data, &export, findings) else {
        return Ok((Partial::default(), BTreeMap::new()));
    };
    // Most exports hold plain numbers and dates; only where one does not are its columns read twice.
    let told = data.dates.is_some() || data.numbers.is_some();
    let mut style = if told { style::decide(data, &columns, &export)? } else { Style::ASSUMED };
    loop {
        let reader = Reader { definition, data, columns: &columns, style };
        let (counted, seen) = whole(&reader, &export, before)?;
        if !counted.troubles.contains_key(&Skip::Unsettled) {
            return Ok((counted, seen));
        }
        style = style::decide(data, &columns, &export)?;
    }
}

/// Counts all blocks; stops early when it turns out that the style has to be settled first.
fn whole(reader: &Reader<'_>, export: &Export<'_>, before: &BTreeMap<u64, u64>) -> Result<Counted, Stop> {
    let mut total = Partial::default();
    let mut seen = Seen::after(before);
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
    Ok((total, seen.here()))
}

fn batch_counts(
    reader: &Reader<'_>,
    export: &Export<'_>,
    blocks: &[Block],
    header: usize,
    seen: &mut Seen<'_>,
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
