//! One row: what it says, or why it does not count.

use super::super::import::{Row, parse_number, same_text};
use super::super::tally::{Answer, on_scale};
use super::columns::{Columns, When};
use super::period::Periods;
use super::style::Style;
use crate::model::{DataSource, Definition, Kind, Shape};

/// Why a row does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Skip {
    /// An ordinary reason, as it stands in the account.
    Reason(&'static str),
    /// A value off the scale.
    Rejected,
    /// A date that cannot be read.
    Undated,
    /// A cell that can only be read once its column is settled.
    Unsettled,
    /// A second row of one response that says something else.
    Conflicting,
    /// Something that should be a number; which.
    Unreadable(&'static str),
}

/// What is needed to read rows of one export.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    pub(super) definition: &'a Definition,
    pub(super) data: &'a DataSource,
    pub(super) columns: &'a Columns,
    pub(super) style: Style,
}

impl Reader<'_> {
    /// When, as a place among `periods`, and what a row says.
    pub(super) fn read(&self, record: &Row<'_>, periods: &mut Periods) -> Result<(usize, Answer), Skip> {
        self.tool_says(record)?;
        let fulfils = |(column, any_of): &(usize, Vec<String>)| {
            let cell = record.field(*column);
            any_of.iter().any(|text| same_text(text, cell))
        };
        if !self.columns.conditions.iter().all(fulfils) {
            return Err(Skip::Reason("other rows (where)"));
        }
        if self.definition.kind == Kind::Rate {
            let ratio = self.ratio(record)?;
            return Ok((self.period(record, periods)?, ratio));
        }
        let answer = self.columns.value.map_or("", |column| record.field(column));
        let counts_rows = self.definition.kind == Kind::Count && self.data.shape == Shape::Responses;
        if !counts_rows && self.is_missing(answer) {
            return Err(Skip::Reason("no answer"));
        }
        let period = self.period(record, periods)?;
        let base = self.columns.n.map(|column| self.base(record.field(column))).transpose()?;
        Ok((period, self.answer(answer, base)?))
    }

    /// Part and whole of a row; a row in which a column is blank or says "no answer" tells neither.
    fn ratio(&self, record: &Row<'_>) -> Result<Answer, Skip> {
        let part = self.sum(record, &self.columns.part, "part")?;
        let whole = self.sum(record, &self.columns.whole, "whole")?;
        // Signs are judged for the period: a correction may stand in a row of its own.
        let sound = part.abs() <= 1e12 && whole.abs() <= 1e12;
        if sound { Ok(Answer::Ratio(part, whole)) } else { Err(Skip::Rejected) }
    }

    fn sum(&self, record: &Row<'_>, terms: &[(usize, f64)], what: &'static str) -> Result<f64, Skip> {
        let mut sum = 0.0;
        for (column, factor) in terms {
            let cell = record.field(*column);
            if self.is_missing(cell) {
                sum += factor * self.data.blank.ok_or(Skip::Reason("no answer"))?;
                continue;
            }
            if !self.style.reads_number(cell) {
                return Err(Skip::Unsettled);
            }
            sum += factor * parse_number(cell, self.style.value).ok_or(Skip::Unreadable(what))?;
        }
        Ok(sum)
    }

    /// Previews and answers that were not finished are not customers' answers.
    fn tool_says(&self, record: &Row<'_>) -> Result<(), Skip> {
        let tool = self.columns.tool;
        let preview = |cell: &str| {
            matches!(cell, "1" | "2" | "Survey Preview" | "Survey Test" | "Spam" | "8" | "9" | "12")
        };
        if tool.status.is_some_and(|column| preview(record.field(column))) {
            return Err(Skip::Reason("preview or test"));
        }
        let unfinished = |cell: &str| matches!(cell.to_ascii_lowercase().as_str(), "0" | "false");
        if tool.finished.is_some_and(|column| unfinished(record.field(column))) {
            return Err(Skip::Reason("not finished"));
        }
        Ok(())
    }

    fn is_missing(&self, answer: &str) -> bool {
        answer.is_empty() || self.data.missing.iter().any(|code| same_text(code, answer))
    }

    fn period(&self, record: &Row<'_>, periods: &mut Periods) -> Result<usize, Skip> {
        let columns = match &self.columns.period {
            When::Fixed(period) => return Ok(periods.place(*period)),
            When::Columns(columns) => columns,
        };
        let period = match columns.as_slice() {
            [one] => {
                let text = record.field(*one);
                if text.is_empty() {
                    return Err(Skip::Reason("no date"));
                }
                if !self.style.reads_date(text) {
                    return Err(Skip::Unsettled);
                }
                periods.read(text)
            }
            many => {
                let text = many.iter().map(|column| record.field(*column)).collect::<Vec<_>>().join(" ");
                if text.trim().is_empty() {
                    return Err(Skip::Reason("no date"));
                }
                periods.read(&text)
            }
        };
        period.ok_or(Skip::Undated)
    }

    fn base(&self, text: &str) -> Result<u64, Skip> {
        if !self.style.reads_number(text) {
            return Err(Skip::Unsettled);
        }
        match parse_number(text, self.style.n) {
            Some(0.0) => Err(Skip::Reason("no answer")),
            None if text.is_empty() => Err(Skip::Reason("no number of answers")),
            Some(value) if (0.0..=1e12).contains(&value) && value.fract() == 0.0 => Ok(value as u64),
            _ => Err(Skip::Unreadable("n")),
        }
    }

    fn answer(&self, text: &str, base: Option<u64>) -> Result<Answer, Skip> {
        let in_words = self.definition.kind == Kind::Count && self.data.shape == Shape::Responses;
        if !in_words && self.data.positive.is_empty() && !self.style.reads_number(text) {
            return Err(Skip::Unsettled);
        }
        if self.data.shape == Shape::Aggregated {
            let value =
                parse_number(text, self.style.value).ok_or(Skip::Unreadable("value"))? * self.data.multiply;
            let (lowest, highest) = self.definition.natural_range().unwrap_or((f64::MIN, f64::MAX));
            let inside = (lowest..=highest).contains(&value);
            return if inside { Ok(Answer::Finished(value, base)) } else { Err(Skip::Rejected) };
        }
        if self.definition.kind == Kind::Count {
            return Ok(Answer::Row);
        }
        if !self.data.positive.is_empty() {
            return Ok(Answer::Word(self.data.positive.iter().any(|word| same_text(word, text))));
        }
        let score = parse_number(text, self.style.value).ok_or(Skip::Unreadable("answer"))?;
        if on_scale(score, self.definition) { Ok(Answer::Score(score)) } else { Err(Skip::Rejected) }
    }
}
