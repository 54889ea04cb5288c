//! The columns of one export that a definition maps. No other column is ever looked at.

use super::super::import::{Dialect, Export};
use crate::diag::{Finding, Located, Place};
use crate::model::{DataSource, Period, PeriodSource};

/// Where everything stands.
#[derive(Debug, Clone)]
pub(super) struct Columns {
    /// What says when.
    pub(super) period: When,
    /// The answer or the value.
    pub(super) value: Option<usize>,
    /// For rates: columns and factors of the part and of the whole.
    pub(super) part: Terms,
    pub(super) whole: Terms,
    /// The number of answers.
    pub(super) n: Option<usize>,
    /// The id of the response.
    pub(super) id: Option<usize>,
    /// Columns and the texts they may hold.
    pub(super) conditions: Vec<(usize, Vec<String>)>,
    /// Names of splits and their columns.
    pub(super) splits: Vec<(String, usize)>,
    /// What the survey tool itself says about a row.
    pub(super) tool: Tool,
}

/// Columns and their factors.
pub(super) type Terms = Vec<(usize, f64)>;

/// What says when.
#[derive(Debug, Clone)]
pub(super) enum When {
    /// One column or several.
    Columns(Vec<usize>),
    /// The whole file.
    Fixed(Period),
}

/// Columns by which a survey tool marks previews and answers that were not finished.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Tool {
    /// `Status` of Qualtrics.
    pub(super) status: Option<usize>,
    /// `Finished` of Qualtrics.
    pub(super) finished: Option<usize>,
}

/// Finds the columns. What is not there becomes a finding each, and nothing is returned.
pub(super) fn find(data: &DataSource, export: &Export<'_>, findings: &mut Vec<Finding>) -> Option<Columns> {
    let mut column =
        |name: &Located<String>| export.column(name).map_err(|finding| findings.push(finding)).ok();
    let period = match &data.period {
        PeriodSource::Fixed(period) => Some(When::Fixed(*period)),
        PeriodSource::Columns(names) => {
            let columns: Vec<Option<usize>> = names.iter().map(&mut column).collect();
            columns.into_iter().collect::<Option<Vec<_>>>().map(When::Columns)
        }
    };
    let [value, n, id] = [&data.value, &data.n, &data.id].map(|name| name.as_ref().map(&mut column));
    let [part, whole] = [&data.part, &data.whole].map(|terms| {
        let found: Vec<Option<(usize, f64)>> =
            terms.iter().map(|(name, factor)| Some((column(name)?, *factor))).collect();
        found.into_iter().collect::<Option<Terms>>()
    });
    let conditions: Vec<Option<_>> = data
        .conditions
        .iter()
        .map(|condition| Some((column(&condition.column)?, condition.any_of.clone())))
        .collect();
    let splits: Vec<Option<_>> =
        data.splits.iter().map(|(name, by)| Some((name.clone(), column(by)?))).collect();
    Some(Columns {
        period: period?,
        value: asked(value)?,
        part: part?,
        whole: whole?,
        n: asked(n)?,
        id: asked(id)?
            .or_else(|| tool_column(export, "ResponseId").or_else(|| tool_column(export, "RespondentID"))),
        conditions: conditions.into_iter().collect::<Option<_>>()?,
        splits: splits.into_iter().collect::<Option<_>>()?,
        tool: Tool { status: qualtrics(export, "Status"), finished: qualtrics(export, "Finished") },
    })
}

/// Tells "not asked for" (`Some(None)`) from "asked for, not there" (`None`).
fn asked(column: Option<Option<usize>>) -> Option<Option<usize>> {
    match column {
        None => Some(None),
        Some(found) => found.map(Some),
    }
}

fn qualtrics(export: &Export<'_>, name: &str) -> Option<usize> {
    let tool = matches!(export.header.dialect, Dialect::Qualtrics | Dialect::QualtricsLegacy);
    if tool { tool_column(export, name) } else { None }
}

/// A column of a survey tool's own; none in a plain table.
fn tool_column(export: &Export<'_>, name: &str) -> Option<usize> {
    if export.header.dialect == Dialect::Plain {
        return None;
    }
    export.column(&Located::new(name.to_owned(), Place::file(export.path))).ok()
}
