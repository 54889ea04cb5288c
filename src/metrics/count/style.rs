//! How the cells of a column are written, decided for the column from what is in it.

use std::ops::ControlFlow;

use csv::ByteRecord;

use super::super::import::{Block, DateEvidence, Export, NumberEvidence, Stop, Verdict, field, visit};
use super::columns::{Columns, When};
use crate::diag::{Finding, Place, checks};
use crate::model::{DataSource, DateOrder, NumberStyle};

/// How the mapped columns of an export are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Style {
    pub(super) dates: DateOrder,
    pub(super) value: NumberStyle,
    pub(super) n: NumberStyle,
}

/// What the columns allow.
#[derive(Debug, Clone, Default)]
struct Evidence {
    dates: DateEvidence,
    value: NumberEvidence,
    n: NumberEvidence,
}

impl Evidence {
    fn look(&mut self, columns: &Columns, record: &ByteRecord, line: u32) {
        let line = u64::from(line);
        if let When::Columns(dates) = &columns.period
            && let [one] = dates.as_slice()
        {
            self.dates.look(field(record, *one), line);
        }
        if let Some(column) = columns.value {
            self.value.look(field(record, column), line);
        }
        if let Some(column) = columns.n {
            self.n.look(field(record, column), line);
        }
    }
}

/// Decides from the whole export.
///
/// # Errors
/// The finding that asks the author, when the export does not tell or tells two things.
pub(super) fn decide(data: &DataSource, columns: &Columns, export: &Export<'_>) -> Result<Style, Stop> {
    let mut evidence = Evidence::default();
    let told = data.dates.is_some() && data.numbers.is_some();
    if !told {
        let mut reading = export.blocks().map_err(Stop::Finding)?;
        let mut skip = export.header.dialect.header_rows();
        while let Some(block) = reading.next()? {
            look(&block, export, columns, &mut skip, &mut evidence);
        }
    }
    settle(data, export, &evidence).map_err(Stop::Finding)
}

fn look(block: &Block, export: &Export<'_>, columns: &Columns, skip: &mut usize, evidence: &mut Evidence) {
    visit(block, export.delimiter, |record, line| {
        if *skip > 0 {
            *skip -= 1;
        } else {
            evidence.look(columns, record, line);
        }
        ControlFlow::Continue(())
    });
}

fn settle(data: &DataSource, export: &Export<'_>, evidence: &Evidence) -> Result<Style, Finding> {
    let numbers = |verdict: Verdict<NumberStyle>, what: &str| {
        let lines = "numbers: \"1,234.5\" or numbers: \"1.234,5\"";
        one(data.numbers, verdict, export, what, lines)
    };
    let dates = "dates: day-first or dates: month-first";
    Ok(Style {
        dates: one(data.dates, evidence.dates.verdict(), export, "dates", dates)?,
        value: numbers(evidence.value.verdict(), "values")?,
        n: numbers(evidence.n.verdict(), "numbers of answers")?,
    })
}

fn one<T>(told: Option<T>, verdict: Verdict<T>, export: &Export<'_>, what: &str, lines: &str) -> Result<T, Finding> {
    let finding = |message: String, line: u64| {
        let place = Place::line(export.path, u32::try_from(line).unwrap_or(u32::MAX));
        Finding::new(&checks::EXPORT_VALUE, message).at(place).masked()
    };
    match (told, verdict) {
        (Some(told), _) => Ok(told),
        (None, Verdict::Clear(style)) => Ok(style),
        (None, Verdict::Ambiguous(samples)) => {
            let message = format!("the {what} of this export can be read in two ways: {}", samples.join(", "));
            Err(finding(message, 1).help(format!("Say which under data: in the definition: {lines}.")))
        }
        (None, Verdict::Conflict(one, other)) => {
            let (first, second) = (one.min(other), one.max(other));
            let message = format!("the {what} of line {first} and line {second} are written in two different ways");
            Err(finding(message, second).help("Export the file again with one way of writing, or mend the odd line."))
        }
    }
}
