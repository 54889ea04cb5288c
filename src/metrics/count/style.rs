//! How the cells of a column are written, decided for the column from what is in it.

use std::ops::ControlFlow;

use rayon::prelude::*;

use super::super::import::{
    Block, DateEvidence, Export, NumberEvidence, Row, Stop, Verdict, has_three_fields, labelled,
    parse_number, same_text, visit,
};
use super::columns::{Columns, When};
use crate::diag::{Finding, Place, checks};
use crate::model::{DataSource, DateOrder, NumberStyle};

/// How the mapped columns of an export are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Style {
    /// Whether the whole columns were looked at. Until then, only cells that read the same either way may be counted.
    pub(super) settled: bool,
    pub(super) dates: DateOrder,
    pub(super) value: NumberStyle,
    pub(super) n: NumberStyle,
    /// Whether answers are numbers with a label behind them, all of them.
    pub(super) labels: bool,
}

/// What the columns allow.
#[derive(Debug, Clone, Default)]
struct Evidence {
    dates: DateEvidence,
    value: NumberEvidence,
    n: NumberEvidence,
    labels: LabelEvidence,
}

/// Whether the answers that are no plain numbers all are numbers with a label.
#[derive(Debug, Clone, Copy, Default)]
struct LabelEvidence {
    labelled: bool,
    other: bool,
}

impl Evidence {
    fn look(&mut self, data: &DataSource, columns: &Columns, record: &Row<'_>, line: u32) {
        let line = u64::from(line);
        if let When::Columns(dates) = &columns.period
            && let [one] = dates.as_slice()
        {
            self.dates.look(record.field(*one), line);
        }
        for column in columns.span.into_iter().flat_map(|(start, end)| [start, end]) {
            self.dates.look(record.field(column), line);
        }
        if let Some(column) = columns.weight {
            self.value.look(record.field(column), line);
        }
        if let Some(column) = columns.value {
            let cell = record.field(column);
            self.value.look(cell, line);
            let no_answer = cell.is_empty() || data.missing.iter().any(|code| same_text(code, cell));
            if !no_answer && parse_number(cell, NumberStyle::Point).is_none() {
                let labelled = labelled(cell).is_some();
                self.labels.labelled |= labelled;
                self.labels.other |= !labelled && parse_number(cell, NumberStyle::Comma).is_none();
            }
        }
        for (column, _) in &columns.wide {
            self.value.look(record.field(*column), line);
        }
        for (column, _) in columns.part.iter().chain(&columns.whole) {
            self.value.look(record.field(*column), line);
        }
        if let Some(column) = columns.n {
            self.n.look(record.field(column), line);
        }
    }

    /// Adds what a later block shows.
    fn merge(&mut self, later: Self) {
        self.dates.merge(later.dates);
        self.value.merge(later.value);
        self.n.merge(later.n);
        self.labels.labelled |= later.labels.labelled;
        self.labels.other |= later.labels.other;
    }
}

impl Style {
    /// What most exports turn out to be.
    pub(super) const ASSUMED: Self = Self {
        settled: false,
        dates: DateOrder::DayFirst,
        value: NumberStyle::Point,
        n: NumberStyle::Point,
        labels: false,
    };

    /// Whether a number can be read before its column is settled: digits read the same either way.
    pub(super) fn reads_number(self, cell: &str) -> bool {
        self.settled || !cell.bytes().any(|byte| matches!(byte, b',' | b'.'))
    }

    /// Whether a date can be read before its column is settled.
    pub(super) fn reads_date(self, cell: &str) -> bool {
        self.settled || !has_three_fields(cell)
    }
}

/// Decides from the whole export.
///
/// # Errors
/// The finding that asks the author, when the export does not tell or tells two things.
pub(super) fn decide(data: &DataSource, columns: &Columns, export: &Export<'_>) -> Result<Style, Stop> {
    let mut evidence = Evidence::default();
    let mut reading = export.blocks().map_err(Stop::Finding)?;
    let mut skip = export.header_rows();
    loop {
        let blocks = reading.several()?;
        if blocks.is_empty() {
            break;
        }
        let first = std::mem::take(&mut skip);
        let parts: Vec<Evidence> = blocks
            .par_iter()
            .enumerate()
            .map(|(index, block)| look(data, block, export, columns, if index == 0 { first } else { 0 }))
            .collect();
        parts.into_iter().for_each(|part| evidence.merge(part));
    }
    settle(data, export, &evidence).map_err(Stop::Finding)
}

fn look(
    data: &DataSource,
    block: &Block,
    export: &Export<'_>,
    columns: &Columns,
    mut skip: usize,
) -> Evidence {
    let mut evidence = Evidence::default();
    visit(block, export.delimiter, |record, line| {
        if skip > 0 {
            skip -= 1;
        } else {
            evidence.look(data, columns, record, line);
        }
        ControlFlow::Continue(())
    });
    evidence
}

fn settle(data: &DataSource, export: &Export<'_>, evidence: &Evidence) -> Result<Style, Finding> {
    let numbers = |verdict: Verdict<NumberStyle>, what: &str| {
        let lines = "numbers: \"1,234.5\" or numbers: \"1.234,5\"";
        one(data.numbers, verdict, export, what, lines)
    };
    let dates = "dates: day-first or dates: month-first";
    Ok(Style {
        settled: true,
        labels: evidence.labels.labelled && !evidence.labels.other,
        dates: one(data.dates, evidence.dates.verdict(), export, "dates", dates)?,
        value: numbers(evidence.value.verdict(), "values")?,
        n: numbers(evidence.n.verdict(), "numbers of answers")?,
    })
}

fn one<T>(
    told: Option<T>,
    verdict: Verdict<T>,
    export: &Export<'_>,
    what: &str,
    lines: &str,
) -> Result<T, Finding> {
    let finding = |message: String, line: u64| {
        let place = Place::line(export.path, u32::try_from(line).unwrap_or(u32::MAX));
        Finding::new(&checks::EXPORT_VALUE, message).at(place).masked()
    };
    match (told, verdict) {
        (Some(told), _) => Ok(told),
        (None, Verdict::Clear(style)) => Ok(style),
        (None, Verdict::Ambiguous(samples)) => {
            let message =
                format!("the {what} of this export can be read in two ways: {}", samples.join(", "));
            Err(finding(message, 1).help(format!("Say which under data: in the definition: {lines}.")))
        }
        (None, Verdict::Conflict(one, other)) => {
            let (first, second) = (one.min(other), one.max(other));
            let message =
                format!("the {what} of line {first} and line {second} are written in two different ways");
            Err(finding(message, second)
                .help("Export the file again with one way of writing, or mend the odd line."))
        }
    }
}
