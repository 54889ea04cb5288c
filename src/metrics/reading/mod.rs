//! What an unknown export seems to hold: [`understand`] looks at its columns, [`Understanding::propose`] writes the
//! definition of a metric from them. Guesses are said, never acted upon unseen.

mod column;
mod propose;

use std::ops::ControlFlow;

use super::count::Calendar;
use super::import::{Dialect, Export, Stop, visit};
use crate::diag::Finding;
use crate::model::{Cadence, Clock, DateOrder, Period};
use crate::source::Sources;
pub use column::{Column, Looks};
pub use propose::{Proposal, Wishes};

/// Rows that are looked at; what comes behind is counted when the metric is.
const LOOKED_AT: u64 = 50_000;

/// Rows that are shown.
const SHOWN: usize = 3;

/// What an export seems to hold.
#[derive(Debug, Clone, PartialEq)]
pub struct Understanding {
    /// How its bytes stand for letters: `UTF-8`.
    pub encoding: &'static str,
    /// What parts its fields: `comma`.
    pub delimiter: &'static str,
    /// The tool whose header it has, in words.
    pub dialect: &'static str,
    /// Rows above the data.
    pub header_rows: usize,
    /// Rows that were looked at.
    pub rows: u64,
    /// Whether there are more.
    pub more: bool,
    /// The columns, in order.
    pub columns: Vec<Column>,
    /// Names of columns that are months, in a wide table.
    pub months: Vec<String>,
    /// The first rows, every cell masked as its column needs.
    pub first_rows: Vec<Vec<String>>,
}

/// Looks at an export.
///
/// # Errors
/// The finding, when it cannot be read as a table.
pub fn understand(path: &str, sources: &Sources) -> Result<Understanding, Finding> {
    match look(&Export::open(path, sources, false)?) {
        Err(Stop::NotUtf8(_)) => look(&Export::open(path, sources, true)?).map_err(|stop| match stop {
            Stop::Finding(finding) => finding,
            Stop::NotUtf8(_) => Finding::new(&crate::diag::checks::FILE_NOT_TEXT, "this file is not text"),
        }),
        Err(Stop::Finding(finding)) => Err(finding),
        Ok(understanding) => Ok(understanding),
    }
}

fn look(export: &Export<'_>) -> Result<Understanding, Stop> {
    let names = export.header.columns.iter().map(|names| names.first().cloned().unwrap_or_default());
    let mut columns: Vec<Column> = names.map(Column::new).collect();
    let (mut rows, mut more, mut skip) = (0, false, export.header_rows());
    let mut first: Vec<Vec<String>> = Vec::new();
    let mut reading = export.blocks().map_err(Stop::Finding)?;
    while let Some(block) = reading.next()? {
        visit(&block, export.delimiter, |row, line| {
            if skip > 0 {
                skip -= 1;
                return ControlFlow::Continue(());
            }
            if row.len() == 1 && columns.len() > 1 {
                return ControlFlow::Continue(());
            }
            rows += 1;
            for (index, column) in columns.iter_mut().enumerate() {
                column.look(row.field(index), u64::from(line));
            }
            if first.len() < SHOWN {
                first.push((0..columns.len()).map(|index| row.field(index).to_owned()).collect());
            }
            more = rows >= LOOKED_AT;
            if more { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        if more {
            break;
        }
    }
    columns.iter_mut().for_each(Column::settle);
    let mask = |row: Vec<String>| {
        columns.iter().zip(row).map(|(column, cell)| column.mask(&cell)).collect::<Vec<String>>()
    };
    Ok(Understanding {
        encoding: export.encoding_name(),
        delimiter: match export.delimiter {
            b';' => "semicolon",
            b'\t' => "tab",
            b'|' => "vertical bar",
            _ => "comma",
        },
        dialect: match export.header.dialect {
            Dialect::Plain => "a plain table",
            Dialect::Qualtrics => "Qualtrics, three header rows",
            Dialect::QualtricsLegacy => "Qualtrics as it was, two header rows",
            Dialect::SurveyMonkey => "SurveyMonkey, two header rows",
        },
        header_rows: export.header_rows(),
        rows,
        more,
        months: columns
            .iter()
            .filter(|column| is_month(&column.name))
            .map(|column| column.name.clone())
            .collect(),
        first_rows: first.into_iter().map(mask).collect(),
        columns,
    })
}

/// Whether a text names a month, for columns of wide tables. A bare year or number does not.
fn is_month(text: &str) -> bool {
    let clock = Clock::default();
    let calendar = Calendar { cadence: Cadence::Month, order: DateOrder::DayFirst, clock: &clock, own: None };
    calendar.period(text).is_some_and(|period| Period::start(period).year() > 1990)
}
