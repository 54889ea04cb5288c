//! Counting: rows of exports go in, series come out, and every row is accounted for.

use std::collections::BTreeMap;

use csv::ByteRecord;

use super::import::{Table, cell, number, same_text};
use super::tally::{Answer, Tally, on_scale};
use crate::diag::{Finding, Outcome, Place, checks};
use crate::model::{
    Cadence, Cell, DataSource, Definition, Kind, Period, PeriodSource, Rows, Series, Shape, SplitValue,
    grouped,
};
use crate::source::Sources;

/// What the exports of one metric come to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Measured {
    /// Everybody first, then the groups of each split by name.
    pub series: Vec<Series>,
    /// What happened to the rows.
    pub rows: Rows,
}

/// Everybody (`None`), or one group of a split.
type Group = Option<(String, SplitValue)>;

/// Reads the exports that `definition` names below the folder `content` and counts them.
pub fn measure(definition: &Definition, sources: &Sources, content: &str) -> Outcome<Measured> {
    let mut count =
        Count { definition, tallies: BTreeMap::new(), rows: Rows::default(), rejected: Vec::new() };
    let mut findings = Vec::new();
    for data in &definition.data {
        for path in files(data, sources, content, &mut findings) {
            if let Err(finding) = count.file(data, path, sources, &mut findings) {
                findings.push(finding);
            }
        }
    }
    findings.extend(count.rejections());
    findings.extend(count.ambiguities());
    if count.tallies.is_empty() && !findings.iter().any(|finding| finding.level == crate::diag::Level::Error)
    {
        let message = format!("no row of the exports of \"{}\" could be used", definition.name);
        let help = format!(
            "Look at data: in the definition. Rows read: {}. {}",
            count.rows.read,
            reasons(&count.rows)
        );
        findings.push(
            Finding::new(&checks::EXPORT_EMPTY, message).at(definition.place.clone()).help(help.trim_end()),
        );
    }
    Outcome { value: Measured { series: count.series(), rows: count.rows }, findings }
}

fn reasons(rows: &Rows) -> String {
    let parts: Vec<String> =
        rows.skipped.iter().map(|(reason, n)| format!("{reason}: {}", grouped(*n))).collect();
    if parts.is_empty() { String::new() } else { format!("Left out: {}.", parts.join(", ")) }
}

/// The exports that a data source names, in the order of their paths.
fn files<'a>(
    data: &DataSource,
    sources: &'a Sources,
    content: &str,
    findings: &mut Vec<Finding>,
) -> Vec<&'a str> {
    let pattern = format!("{content}/{}", data.file.value);
    let found: Vec<&str> =
        sources.iter().map(|(path, _)| &**path).filter(|path| matches(&pattern, path)).collect();
    if found.is_empty() {
        let message = format!("there is no export {}", data.file.value);
        let known: Vec<&str> = sources.below(content).map(|(path, _)| &path[content.len() + 1..]).collect();
        let csv = known.iter().copied().filter(|path| path.ends_with(".csv"));
        let help = crate::diag::did_you_mean(&data.file.value, csv.collect::<Vec<_>>().iter().copied());
        findings.push(Finding::new(&checks::FILE_MISSING, message).at(data.file.place.clone()).help(help));
    }
    found
}

/// `*` stands for any run of characters within a folder.
fn matches(pattern: &str, path: &str) -> bool {
    let Some((before, after)) = pattern.split_once('*') else { return pattern == path };
    let Some(rest) = path.strip_prefix(before) else { return false };
    (0..=rest.len())
        .filter(|at| rest.is_char_boundary(*at))
        .take_while(|at| !rest[..*at].contains('/'))
        .any(|at| matches(after, &rest[at..]))
}

/// The columns of one export that the definition maps. No other column is ever looked at.
struct Columns {
    period: Result<Vec<usize>, Period>,
    value: Option<usize>,
    n: Option<usize>,
    conditions: Vec<(usize, Vec<String>)>,
    splits: Vec<(String, usize)>,
}

impl Columns {
    fn find(data: &DataSource, table: &Table<'_>, findings: &mut Vec<Finding>) -> Option<Self> {
        let mut column = |name| table.column(name).map_err(|finding| findings.push(finding)).ok();
        let period = match &data.period {
            PeriodSource::Fixed(period) => Some(Err(*period)),
            PeriodSource::Columns(names) => {
                let columns: Vec<Option<usize>> = names.iter().map(&mut column).collect();
                columns.into_iter().collect::<Option<Vec<_>>>().map(Ok)
            }
        };
        let value = data.value.as_ref().map(&mut column);
        let n = data.n.as_ref().map(&mut column);
        let conditions: Vec<Option<_>> = data
            .conditions
            .iter()
            .map(|condition| Some((column(&condition.column)?, condition.any_of.clone())))
            .collect();
        let splits: Vec<Option<_>> =
            data.splits.iter().map(|(name, by)| Some((name.clone(), column(by)?))).collect();
        Some(Self {
            period: period?,
            value: flatten(value)?,
            n: flatten(n)?,
            conditions: conditions.into_iter().collect::<Option<_>>()?,
            splits: splits.into_iter().collect::<Option<_>>()?,
        })
    }
}

/// Tells "not asked for" (`Some(None)`) from "asked for, not there" (`None`).
fn flatten(column: Option<Option<usize>>) -> Option<Option<usize>> {
    match column {
        None => Some(None),
        Some(found) => found.map(Some),
    }
}

/// Why a row does not count.
enum Skip {
    Reason(&'static str),
    Rejected,
    Undated,
    Unreadable(&'static str),
}

struct Count<'a> {
    definition: &'a Definition,
    tallies: BTreeMap<Group, BTreeMap<Period, Tally>>,
    rows: Rows,
    rejected: Vec<Place>,
}

impl Count<'_> {
    fn file(
        &mut self,
        data: &DataSource,
        path: &str,
        sources: &Sources,
        findings: &mut Vec<Finding>,
    ) -> Result<(), Finding> {
        let mut table = Table::open(path, sources)?;
        let Some(columns) = Columns::find(data, &table, findings) else { return Ok(()) };
        let mut record = ByteRecord::new();
        let mut trouble: BTreeMap<&'static str, (Place, u64)> = BTreeMap::new();
        while table.read(&mut record)? {
            self.rows.read += 1;
            match self.row(data, &columns, &record) {
                Ok(()) => self.rows.used += 1,
                Err(Skip::Reason(reason)) => self.skip(reason),
                Err(Skip::Rejected) => {
                    self.rejected.push(table.place(&record));
                    self.skip("off the scale");
                }
                Err(Skip::Undated) => {
                    trouble.entry("date").or_insert_with(|| (table.place(&record), 0)).1 += 1;
                    self.skip("date not understood");
                }
                Err(Skip::Unreadable(what)) => {
                    trouble.entry(what).or_insert_with(|| (table.place(&record), 0)).1 += 1;
                    self.skip("not a number");
                }
            }
        }
        findings.extend(trouble.into_iter().map(|(what, (place, n))| self.trouble(what, place, n)));
        Ok(())
    }

    fn skip(&mut self, reason: &str) {
        *self.rows.skipped.entry(reason.to_owned()).or_default() += 1;
    }

    fn row(&mut self, data: &DataSource, columns: &Columns, record: &ByteRecord) -> Result<(), Skip> {
        let fulfils = |(column, any_of): &(usize, Vec<String>)| {
            any_of.iter().any(|text| same_text(text, cell(record, *column)))
        };
        if !columns.conditions.iter().all(fulfils) {
            return Err(Skip::Reason("other rows (where)"));
        }
        let answer = columns.value.map_or("", |column| cell(record, column));
        let counts_rows = self.definition.kind == Kind::Count && data.shape == Shape::Responses;
        if !counts_rows && is_missing(answer, data) {
            return Err(Skip::Reason("no answer"));
        }
        let period = self.period(columns, record)?;
        let base = columns.n.map(|column| cell(record, column)).map(base).transpose()?;
        let answer = read_answer(answer, base, data, self.definition)?;
        for group in groups(columns, data, record) {
            let new = || Tally::new(self.definition.kind, data.shape);
            let tally = self.tallies.entry(group).or_default().entry(period).or_insert_with(new);
            tally.add(answer, self.definition);
        }
        Ok(())
    }

    fn period(&self, columns: &Columns, record: &ByteRecord) -> Result<Period, Skip> {
        let columns = match &columns.period {
            Err(fixed) => return Ok(*fixed),
            Ok(columns) => columns,
        };
        let text = match columns.as_slice() {
            [one] => cell(record, *one).to_owned(),
            many => many.iter().map(|column| cell(record, *column)).collect::<Vec<_>>().join(" "),
        };
        if text.trim().is_empty() {
            return Err(Skip::Reason("no date"));
        }
        Period::parse(&text, self.definition.cadence).ok_or(Skip::Undated)
    }

    fn trouble(&self, what: &str, place: Place, rows: u64) -> Finding {
        let more =
            if rows > 1 { format!(" (and in {} more rows)", grouped(rows - 1)) } else { String::new() };
        let (message, help) = if what == "date" {
            let cadence = self.definition.cadence;
            let example = match cadence {
                Cadence::Month => "2026-03, Mar 2026 or 2026-03-14",
                Cadence::Quarter(_) => "2026-Q1, 2025/26 Q4 or 2026-03-14",
                Cadence::Year(1) => "2026 or 2026-03-14",
                Cadence::Year(_) => "2025/26 or 2026-03-14",
                Cadence::FourWeeks(_) => "2025/26 P07 or 2026-03-14",
            };
            (
                format!("the date of this row cannot be read as a {}{more}", cadence.word()),
                format!("A date should read like {example}. Use where: to leave out rows of another kind."),
            )
        } else {
            (
                format!("the {what} of this row is not a number{more}"),
                "Numbers read like 1024 or 4.5. List texts that stand for no answer under missing:."
                    .to_owned(),
            )
        };
        Finding::new(&checks::EXPORT_VALUE, message).at(place).help(help).masked()
    }

    fn rejections(&self) -> Option<Finding> {
        let first = self.rejected.first()?;
        let finished = self.definition.data.iter().any(|data| data.shape == Shape::Aggregated);
        let (lowest, highest) = match self.definition.kind {
            _ if finished => self.definition.natural_range()?,
            Kind::Nps => (0.0, 10.0),
            _ => self.definition.scale?,
        };
        let count = grouped(self.rejected.len() as u64);
        let message = format!("{count} values are off the scale of {lowest} to {highest} and were left out");
        let help = "If such a code stands for no answer, list it under missing: in the definition.";
        Some(Finding::new(&checks::EXPORT_REJECTED, message).at(first.clone()).help(help).masked())
    }

    fn ambiguities(&self) -> Option<Finding> {
        let (period, _) = self.tallies.values().flatten().find(|(_, tally)| tally.is_ambiguous())?;
        let message = format!("\"{}\" has more than one value for {}", self.definition.name, period.long());
        let help = "Name the column with the number of answers under n:, or pick one row with where:.";
        Some(Finding::new(&checks::EXPORT_VALUE, message).at(self.definition.place.clone()).help(help))
    }

    /// One cell for every period from the first to the last of the whole metric, so that all series share one axis.
    fn series(&self) -> Vec<Series> {
        let periods = self.tallies.values().flat_map(BTreeMap::keys);
        let (Some(first), Some(last)) = (periods.clone().min(), periods.max()) else { return Vec::new() };
        let axis = Period::range(*first, *last);
        self.tallies
            .iter()
            .map(|(group, tallies)| Series {
                split: group.clone(),
                cells: axis
                    .iter()
                    .map(|period| Cell {
                        period: *period,
                        estimate: tallies.get(period).and_then(Tally::estimate),
                    })
                    .collect(),
            })
            .collect()
    }
}

fn read_answer(text: &str, base: Option<u64>, data: &DataSource, what: &Definition) -> Result<Answer, Skip> {
    if data.shape == Shape::Aggregated {
        let value = number(text).ok_or(Skip::Unreadable("value"))? * data.multiply;
        let (lowest, highest) = what.natural_range().unwrap_or((f64::MIN, f64::MAX));
        return if (lowest..=highest).contains(&value) {
            Ok(Answer::Finished(value, base))
        } else {
            Err(Skip::Rejected)
        };
    }
    if what.kind == Kind::Count {
        return Ok(Answer::Row);
    }
    if !data.positive.is_empty() {
        return Ok(Answer::Word(data.positive.iter().any(|word| same_text(word, text))));
    }
    let score = number(text).ok_or(Skip::Unreadable("answer"))?;
    if on_scale(score, what) { Ok(Answer::Score(score)) } else { Err(Skip::Rejected) }
}

fn is_missing(answer: &str, data: &DataSource) -> bool {
    answer.is_empty() || data.missing.iter().any(|code| same_text(code, answer))
}

fn base(text: &str) -> Result<u64, Skip> {
    match number(text) {
        Some(0.0) => Err(Skip::Reason("no answer")),
        None if text.is_empty() => Err(Skip::Reason("no number of answers")),
        Some(value) if (0.0..=1e12).contains(&value) && value.fract() == 0.0 => Ok(value as u64),
        _ => Err(Skip::Unreadable("n")),
    }
}

/// Everybody, and the group of each split this row belongs to. Where a text stands for everybody, such a row is no group's,
/// and a group's row is not everybody's.
fn groups(columns: &Columns, data: &DataSource, record: &ByteRecord) -> Vec<Group> {
    let stands_for_all = |value: &str| data.total.as_deref().is_some_and(|total| same_text(total, value));
    let mut groups: Vec<Group> = Vec::new();
    for (name, column) in &columns.splits {
        let value = cell(record, *column);
        if !value.is_empty() && !stands_for_all(value) {
            groups.push(Some((name.clone(), SplitValue::new(value))));
        }
    }
    if data.total.is_none() || groups.is_empty() {
        groups.push(None);
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_stay_within_a_folder() {
        assert!(matches("content/exports/nps-*.csv", "content/exports/nps-2025.csv"));
        assert!(matches("a/*_x_*.csv", "a/1_x_2.csv"));
        assert!(!matches("a/*.csv", "a/b/c.csv"));
        assert!(!matches("a/*.csv", "a/b.csv.bak"));
        assert!(matches("a/b.csv", "a/b.csv"));
    }
}
