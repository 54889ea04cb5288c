//! The columns of one export that a definition maps. No other column is ever looked at.

use super::super::import::{Dialect, Export, same_text};
use super::period::Calendar;
use crate::diag::{Finding, Located, Place, checks};
use crate::model::{DataSource, DateOrder, Definition, Period, PeriodSource, Shape, Where, Zone};

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
    /// For wide tables: the columns that are periods.
    pub(super) wide: Vec<(usize, Period)>,
    /// For wide tables: what the rows with numbers of answers hold.
    pub(super) n_rows: Conditions,
    /// How many answers a row stands for.
    pub(super) answers: Option<usize>,
    /// The weight of an answer.
    pub(super) weight: Option<usize>,
    /// For durations: when it began and when it ended.
    pub(super) span: Option<(usize, usize)>,
    /// The id of the response.
    pub(super) id: Option<usize>,
    /// Columns and the texts they may hold.
    pub(super) conditions: Conditions,
    /// Names of splits and their columns.
    pub(super) splits: Vec<(String, usize)>,
    /// What the survey tool itself says about a row.
    pub(super) tool: Tool,
    /// The zone in which the tool wrote its times, where it says so.
    pub(super) zone: Option<Zone>,
    /// Columns in the header, and how many of them a row must reach for everything that is mapped.
    pub(super) width: usize,
    pub(super) needed: usize,
}

/// Columns and the texts they may hold.
pub(super) type Conditions = Vec<(usize, Vec<String>)>;

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
pub(super) fn find(
    definition: &Definition,
    data: &DataSource,
    export: &Export<'_>,
    findings: &mut Vec<Finding>,
) -> Option<Columns> {
    let mut column =
        |name: &Located<String>| named(data, export, name).map_err(|finding| findings.push(finding)).ok();
    let period = match &data.period {
        PeriodSource::Fixed(period) => Some(When::Fixed(*period)),
        PeriodSource::Columns(names) => {
            let columns: Vec<Option<usize>> = names.iter().map(&mut column).collect();
            columns.into_iter().collect::<Option<Vec<_>>>().map(When::Columns)
        }
    };
    let [value, n, id, answers, weight] = [&data.value, &data.n, &data.id, &data.answers, &data.weight]
        .map(|name| name.as_ref().map(&mut column));
    let span = data.span.as_ref().map(|(start, end)| column(start).zip(column(end)));
    let [part, whole] = [&data.part, &data.whole].map(|terms| {
        let found: Vec<Option<(usize, f64)>> =
            terms.iter().map(|(name, factor)| Some((column(name)?, *factor))).collect();
        found.into_iter().collect::<Option<Terms>>()
    });
    let [conditions, n_rows] = [&data.conditions, &data.n_rows].map(|rows| conditions(rows, &mut column));
    let splits: Vec<Option<_>> =
        data.splits.iter().map(|(name, by)| Some((name.clone(), column(by)?))).collect();
    let mut columns = Columns {
        period: period?,
        value: asked(value)?,
        part: part?,
        whole: whole?,
        n: asked(n)?,
        wide: Vec::new(),
        n_rows: n_rows?,
        answers: asked(answers)?,
        weight: asked(weight)?,
        span: asked(span)?,
        id: asked(id)?
            .or_else(|| tool_column(export, "ResponseId").or_else(|| tool_column(export, "RespondentID"))),
        conditions: conditions?,
        splits: splits.into_iter().collect::<Option<_>>()?,
        tool: Tool { status: qualtrics(export, "Status"), finished: qualtrics(export, "Finished") },
        zone: export.header.zone.as_deref().and_then(Zone::named),
        width: export.header.columns.len(),
        needed: 0,
    };
    if data.shape == Shape::Wide {
        columns.wide = periods(definition, data, export).map_err(|finding| findings.push(*finding)).ok()?;
    }
    columns.needed = columns.mapped().max().map_or(0, |last| last + 1);
    Some(columns)
}

impl Columns {
    /// Every column that is read.
    fn mapped(&self) -> impl Iterator<Item = usize> {
        let dates = match &self.period {
            When::Columns(columns) => columns.as_slice(),
            When::Fixed(_) => &[],
        };
        let single = [self.value, self.n, self.answers, self.weight, self.tool.status, self.tool.finished];
        let spans = self.span.into_iter().flat_map(|(start, end)| [start, end]);
        let terms = self.part.iter().chain(&self.whole).map(|(column, _)| *column);
        let rows = self.conditions.iter().chain(&self.n_rows).map(|(column, _)| *column);
        let splits = self.splits.iter().map(|(_, column)| *column);
        dates
            .iter()
            .copied()
            .chain(single.into_iter().flatten())
            .chain(spans)
            .chain(terms)
            .chain(rows)
            .chain(splits)
    }
}

/// A column by its name, or by one of the names that other files give it.
fn named(data: &DataSource, export: &Export<'_>, name: &Located<String>) -> Result<usize, Finding> {
    let here = export.column(name);
    let others = data.renamed.iter().filter(|(known, _)| same_text(known, &name.value));
    let mut others = others.flat_map(|(_, others)| others);
    match here {
        Ok(column) => Ok(column),
        Err(finding) => {
            let other = |other: &String| export.column(&Located::new(other.clone(), name.place.clone())).ok();
            others.find_map(other).ok_or(finding)
        }
    }
}

fn conditions(
    rows: &[Where],
    mut column: impl FnMut(&Located<String>) -> Option<usize>,
) -> Option<Conditions> {
    let found: Vec<Option<_>> =
        rows.iter().map(|row| Some((column(&row.column)?, row.any_of.clone()))).collect();
    found.into_iter().collect()
}

/// The columns of a wide table that are named after periods, in their order.
fn periods(
    definition: &Definition,
    data: &DataSource,
    export: &Export<'_>,
) -> Result<Vec<(usize, Period)>, Box<Finding>> {
    let order = data.dates.unwrap_or(DateOrder::DayFirst);
    let calendar = Calendar { cadence: definition.cadence, order, clock: &data.clock, own: None };
    let named = export.header.columns.iter().enumerate();
    let found: Vec<(usize, Period)> =
        named.filter_map(|(column, names)| Some((column, calendar.period(names.first()?)?))).collect();
    let finding = |message: String, help: &str| {
        Box::new(Finding::new(&checks::EXPORT_COLUMN, message).at(data.file.place.clone()).help(help))
    };
    let word = definition.cadence.word();
    if found.is_empty() {
        let message = format!("no column of the export {} is named after a {word}", export.path);
        let help = "In a wide table each period is a column. Is the cadence right? For a table with a row for each \
                    period, write shape: aggregated.";
        return Err(finding(message, help));
    }
    let mut periods: Vec<Period> = found.iter().map(|(_, period)| *period).collect();
    periods.sort_unstable();
    if let Some(twice) = periods.windows(2).find(|pair| pair[0] == pair[1]) {
        let message = format!("the export {} has two columns for {}", export.path, twice[0].long());
        return Err(finding(message, "Take one of them out, or rename it."));
    }
    Ok(found)
}

/// Tells "not asked for" (`Some(None)`) from "asked for, not there" (`None`).
fn asked<T>(column: Option<Option<T>>) -> Option<Option<T>> {
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
