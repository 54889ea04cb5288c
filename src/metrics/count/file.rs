//! Counting one export: blocks side by side, added up in their order.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use csv::ByteRecord;
use rayon::prelude::*;

use super::super::import::{Block, Export, Stop, field, same_text, visit};
use super::super::tally::{Answer, Tally};
use super::columns::{self, Columns};
use super::partial::{Partial, Periods};
use super::period;
use super::row::{Reader, Skip};
use super::style::{self, Style};
use crate::diag::{Finding, Place, checks};
use crate::model::{DataSource, Definition, Period, SplitValue};
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
        let count = |(index, block)| block_counts(reader, export, block, skip(index), None);
        return blocks.par_iter().enumerate().map(count).collect();
    }
    // Whether a response is a second one depends on all before it: one block after the other.
    let counted = blocks
        .iter()
        .enumerate()
        .map(|(index, block)| block_counts(reader, export, block, skip(index), Some(seen)));
    counted.collect()
}

/// Responses that were counted: digest of the id, digest of what it said.
#[derive(Default)]
struct Seen(BTreeMap<u64, u64>);

/// Tallies of one split by the text of the cell, so that a row needs no new text.
struct Split {
    column: usize,
    groups: BTreeMap<Box<[u8]>, Periods>,
}

fn block_counts(
    reader: &Reader<'_>,
    export: &Export<'_>,
    block: &Block,
    skip: usize,
    mut seen: Option<&mut Seen>,
) -> Partial {
    let mut partial = Partial::default();
    let mut everybody = Periods::new();
    let splits = reader.columns.splits.iter();
    let mut splits: Vec<Split> =
        splits.map(|(_, column)| Split { column: *column, groups: BTreeMap::new() }).collect();
    let mut periods = period::Periods::new(reader.definition.cadence, reader.style.dates);
    let mut header = skip;
    visit(block, export.delimiter, |record, line| {
        if header > 0 {
            header -= 1;
            return ControlFlow::Continue(());
        }
        partial.rows.read += 1;
        let place = || Place::line(export.path, line);
        let read = reader.read(record, &mut periods).and_then(|row| match seen.as_deref_mut() {
            Some(seen) => seen.first(reader.columns, record, row),
            None => Ok(row),
        });
        match read {
            Err(skip) => partial.skip(skip, place),
            Ok((period, answer)) => {
                partial.rows.used += 1;
                add_row(reader, record, period, answer, &mut everybody, &mut splits);
            }
        }
        ControlFlow::Continue(())
    });
    if !everybody.is_empty() {
        partial.tallies.insert(None, everybody);
    }
    for (split, (name, _)) in splits.into_iter().zip(&reader.columns.splits) {
        for (value, periods) in split.groups {
            let value = SplitValue::new(&String::from_utf8_lossy(&value));
            partial.tallies.insert(Some((name.clone(), value)), periods);
        }
    }
    partial
}

/// Counts a row for everybody and for its group of each split. Where a text stands for everybody, such a row is no group's,
/// and a group's row is not everybody's.
fn add_row(
    reader: &Reader<'_>,
    record: &ByteRecord,
    period: Period,
    answer: Answer,
    everybody: &mut Periods,
    splits: &mut [Split],
) {
    let new = || Tally::new(reader.definition.kind, reader.data.shape);
    let total = reader.data.total.as_deref();
    let mut in_group = false;
    for split in splits {
        let value = field(record, split.column);
        if value.is_empty() || total.is_some_and(|total| same_text(total, value)) {
            continue;
        }
        in_group = true;
        if let Some(periods) = split.groups.get_mut(value.as_bytes()) {
            periods.entry(period).or_insert_with(new).add(answer, reader.definition);
        } else {
            let periods = split.groups.entry(value.as_bytes().into()).or_default();
            periods.entry(period).or_insert_with(new).add(answer, reader.definition);
        }
    }
    if total.is_none() || !in_group {
        everybody.entry(period).or_insert_with(new).add(answer, reader.definition);
    }
}

impl Seen {
    /// Lets the first row of a response through.
    fn first(
        &mut self,
        columns: &Columns,
        record: &ByteRecord,
        row: (Period, Answer),
    ) -> Result<(Period, Answer), Skip> {
        let id = columns.id.map_or("", |column| field(record, column));
        if id.is_empty() {
            return Ok(row);
        }
        let said = columns.value.map_or(0, |column| digest(field(record, column)));
        match self.0.get(&digest(id)) {
            None => {
                self.0.insert(digest(id), said);
                Ok(row)
            }
            Some(known) if *known == said => Err(Skip::Reason("duplicate")),
            Some(_) => Err(Skip::Conflicting),
        }
    }
}

/// FNV-1a of 64 bits; of ten million ids, two meet once in about 370,000 exports.
fn digest(text: &str) -> u64 {
    text.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
