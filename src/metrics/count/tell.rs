//! What an author should know about the rows of a metric.

use super::partial::{Partial, Trouble};
use super::row::Skip;
use crate::diag::{Finding, checks};
use crate::model::{Cadence, DataSource, Definition, Kind, grouped};

/// Findings about rows that could not be used, and about periods with two values.
pub(super) fn about(definition: &Definition, total: &Partial) -> Vec<Finding> {
    let mut findings: Vec<Finding> =
        total.troubles.iter().map(|(skip, trouble)| trouble_words(definition, *skip, trouble)).collect();
    findings.extend(ambiguity(definition, total));
    findings.extend(impossible(definition, total));
    findings
}

fn trouble_words(definition: &Definition, skip: Skip, trouble: &Trouble) -> Finding {
    let more = match trouble.rows {
        1 => String::new(),
        2 => " (and in 1 more row)".to_owned(),
        rows => format!(" (and in {} more rows)", grouped(rows - 1)),
    };
    let (check, message, help) = match skip {
        Skip::Rejected => return rejected(definition, trouble),
        Skip::Undated => (
            &checks::EXPORT_VALUE,
            format!("the date of this row cannot be read as a {}{more}", definition.cadence.word()),
            format!(
                "A date should read like {}. Use where: to leave out rows of another kind.",
                examples(definition.cadence)
            ),
        ),
        Skip::Conflicting => (
            &checks::EXPORT_VALUE,
            format!("a response with the id of this row gave another answer before{more}"),
            "Find out in the survey tool which of the two is right, and export again.".to_owned(),
        ),
        Skip::Unreadable(what) => (
            &checks::EXPORT_VALUE,
            format!("the {what} of this row is not a number{more}"),
            match what {
                "duration" => "Durations read like 4.5 or 1:02:03 (hours, minutes, seconds).".to_owned(),
                "number of answers" => "It should be a number such as 75, or end in one: \"Rating of 5: 75\".".to_owned(),
                _ => "Numbers read like 1024 or 4.5. List texts that stand for no answer under missing:.".to_owned(),
            },
        ),
        Skip::TooLong => (
            &checks::EXPORT_VALUE,
            format!("this row has more cells than the header has names{more}"),
            "Most likely a text with a comma stands without quotation marks. Export the file again with quotation marks."
                .to_owned(),
        ),
        Skip::TooShort => (
            &checks::EXPORT_REJECTED,
            format!("this row ends before the columns that are needed and was left out{more}"),
            "Export the file again; it may have been cut off.".to_owned(),
        ),
        Skip::Unsettled => (&checks::EXPORT_VALUE, "this row was not settled".to_owned(), String::new()),
        Skip::Reason(reason) => (&checks::EXPORT_REJECTED, reason.to_owned(), String::new()),
    };
    Finding::new(check, message).at(trouble.first.clone()).help(help).masked()
}

fn rejected(definition: &Definition, trouble: &Trouble) -> Finding {
    if let Kind::Duration(_) = definition.kind {
        let (durations, were) =
            if trouble.rows == 1 { ("duration is", "was") } else { ("durations are", "were") };
        let message =
            format!("{} {durations} below zero or endless and {were} left out", grouped(trouble.rows));
        let help = "Check which column says when it began and which when it ended.";
        return Finding::new(&checks::EXPORT_REJECTED, message).at(trouble.first.clone()).help(help).masked();
    }
    let finished = definition.data.iter().any(|data| data.shape.is_finished());
    let range = match definition.kind {
        _ if finished => definition.natural_range(),
        Kind::Nps => Some((0.0, 10.0)),
        _ => definition.scale,
    };
    let range = range.map_or_else(String::new, |(lowest, highest)| format!(" of {lowest} to {highest}"));
    let (values, were) = if trouble.rows == 1 { ("value is", "was") } else { ("values are", "were") };
    let message = format!("{} {values} off the scale{range} and {were} left out", grouped(trouble.rows));
    let help = "If such a code stands for no answer, list it under missing: in the definition.";
    Finding::new(&checks::EXPORT_REJECTED, message).at(trouble.first.clone()).help(help).masked()
}

/// Finished figures for one period in two exports of a source: revised ones would be counted twice.
pub(super) fn doubled(
    definition: &Definition,
    data: &DataSource,
    total: &Partial,
    later: &Partial,
    (before, path): (&[&str], &str),
) -> Option<Finding> {
    let figures = data.shape.is_finished() || definition.kind == Kind::Rate;
    let period = total.meets(later).filter(|_| figures)?;
    let earlier =
        if before.len() == 1 { format!("{} and", before[0]) } else { "an earlier export and".to_owned() };
    let message = format!("{earlier} {path} both hold figures for {}", period.long());
    let help = "Add repeats: replace if a later export, by name, holds the period anew, or repeats: add if their rows \
                differ.";
    Some(Finding::new(&checks::EXPORT_VALUE, message).at(data.file.place.clone()).help(help))
}

fn examples(cadence: Cadence) -> &'static str {
    match cadence {
        Cadence::Week => "2026-W11 or 2026-03-14",
        Cadence::Month => "2026-03, Mar 2026 or 2026-03-14",
        Cadence::Quarter(_) => "2026-Q1, 2025/26 Q4 or 2026-03-14",
        Cadence::Year(1) => "2026 or 2026-03-14",
        Cadence::Year(_) => "2025/26 or 2026-03-14",
        Cadence::FourWeeks(_) => "2025/26 P07 or 2026-03-14",
    }
}

fn impossible(definition: &Definition, total: &Partial) -> Option<Finding> {
    let (period, _) = total.tallies.values().flatten().find(|(_, tally)| tally.is_impossible())?;
    let message = format!(
        "\"{}\" has no sound part and whole in {}; such periods are left out",
        definition.name,
        period.long()
    );
    let help = "The whole should be more than nothing, and the part at most the whole. Check the columns and factors.";
    Some(Finding::new(&checks::EXPORT_REJECTED, message).at(definition.place.clone()).help(help))
}

fn ambiguity(definition: &Definition, total: &Partial) -> Option<Finding> {
    let (period, _) = total.tallies.values().flatten().find(|(_, tally)| tally.is_ambiguous())?;
    let message = format!("\"{}\" has more than one value for {}", definition.name, period.long());
    let help = "Name the column with the number of answers under n:, or pick one row with where:.";
    Some(Finding::new(&checks::EXPORT_VALUE, message).at(definition.place.clone()).help(help))
}
