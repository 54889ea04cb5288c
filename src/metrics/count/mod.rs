//! Counting: rows of exports go in, series come out, and every row is accounted for.
//!
//! `columns` finds what a definition maps, `style` decides how its cells are written, `row` reads one row, `partial` adds
//! up. [`measure`] runs them over all exports of a metric; blocks are counted side by side and added up in their order, so
//! that the result does not depend on the number of threads.

mod block;
mod columns;
mod file;
mod partial;
mod period;
mod row;
mod style;
mod tell;

use std::collections::BTreeMap;

use crate::diag::{Finding, Level, Outcome, checks, did_you_mean};
use crate::model::{Cell, DataSource, Definition, Period, Repeats, Rows, Series, grouped};
use crate::source::{Content, SourcePath, Sources};
use partial::Partial;
pub(super) use period::Calendar;

/// What the exports of one metric come to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Measured {
    /// Everybody first, then the groups of each split by name.
    pub series: Vec<Series>,
    /// What happened to the rows.
    pub rows: Rows,
    /// How everybody answered, by period and group of answers.
    pub answers: BTreeMap<Period, Vec<u64>>,
}

/// Reads the exports that `definition` names below the folder `content` and counts them.
pub fn measure(definition: &Definition, sources: &Sources, content: &str) -> Outcome<Measured> {
    let mut total = Partial::default();
    let mut findings = Vec::new();
    for data in &definition.data {
        total.add(source(definition, data, sources, content, &mut findings));
    }
    findings.extend(tell::about(definition, &total));
    let measured =
        Measured { series: series(&total), rows: total.rows.clone(), answers: total.answers.clone() };
    let asked = !definition.data.is_empty();
    if asked && measured.series.is_empty() && !findings.iter().any(|finding| finding.level == Level::Error) {
        let message = format!("no row of the exports of \"{}\" could be used", definition.name);
        let help = format!(
            "Look at data: in the definition. Rows read: {}. {}",
            measured.rows.read,
            reasons(&measured.rows)
        );
        let finding = Finding::new(&checks::EXPORT_EMPTY, message).at(definition.place.clone());
        findings.push(finding.help(help.trim_end()));
    }
    Outcome { value: measured, findings }
}

/// Counts the exports of one source, in the order of their names.
fn source(
    definition: &Definition,
    data: &DataSource,
    sources: &Sources,
    content: &str,
    findings: &mut Vec<Finding>,
) -> Partial {
    let mut total = Partial::default();
    let mut seen = BTreeMap::new();
    let mut before: Vec<&str> = Vec::new();
    for path in files(data, sources, content, findings) {
        if data.repeats == Some(Repeats::Replace) {
            seen.clear();
        }
        match file::count(definition, data, path, sources, &mut seen, findings) {
            Ok(partial) => {
                match data.repeats {
                    Some(Repeats::Replace) => total.make_way_for(&partial),
                    Some(Repeats::Add) => {}
                    None => {
                        findings.extend(tell::doubled(definition, data, &total, &partial, (&before, path)));
                    }
                }
                total.add(partial);
            }
            Err(finding) => findings.push(finding),
        }
        before.push(path);
    }
    total
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
        let known = sources.below(content).map(|(path, _)| &path[content.len() + 1..]);
        let csv: Vec<&str> = known.filter(|path| path.ends_with(".csv")).collect();
        let help = did_you_mean(&data.file.value, csv.iter().copied());
        findings.push(Finding::new(&checks::FILE_MISSING, message).at(data.file.place.clone()).help(help));
    }
    found
}

/// The exports that `definition` names below the folder `content`, as they are.
pub fn exports(definition: &Definition, sources: &Sources, content: &str) -> Vec<(SourcePath, Content)> {
    let patterns: Vec<String> =
        definition.data.iter().map(|data| format!("{content}/{}", data.file.value)).collect();
    let is_named = |path: &str| patterns.iter().any(|pattern| matches(pattern, path));
    let named = sources.iter().filter(|(path, _)| is_named(path));
    named.map(|(path, content)| (path.clone(), content.clone())).collect()
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

/// One cell for every period from the first to the last of the whole metric, so that all series share one axis.
fn series(total: &Partial) -> Vec<Series> {
    let tallies = || total.tallies.values();
    let periods = || tallies().flat_map(|periods| periods.keys());
    let (Some(first), Some(last)) = (periods().min(), periods().max()) else { return Vec::new() };
    let axis = Period::range(*first, *last);
    let cell = |periods: &partial::Periods, period: &Period| Cell {
        period: *period,
        estimate: periods.get(period).and_then(|tally| tally.estimate()),
    };
    total
        .tallies
        .iter()
        .map(|(group, periods)| Series {
            split: group.clone(),
            cells: axis.iter().map(|period| cell(periods, period)).collect(),
        })
        .collect()
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
