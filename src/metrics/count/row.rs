//! One row: what it says, or why it does not count.

use super::super::import::{
    Row, Stamp, labelled, last_number, parse_day, parse_length, parse_number, parse_stamp, same_text,
};
use super::super::tally::{Answer, Times, on_scale};
use super::columns::{Columns, Conditions, When};
use super::period::{Calendar, Periods};
use super::style::Style;
use crate::model::{DataSource, Date, Definition, Kind, NumberStyle, Shape, TimeUnit};

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
    /// More cells than the header names, so nobody knows which belongs where.
    TooLong,
    /// Fewer cells than are asked for.
    TooShort,
}

/// What a row says.
pub(super) struct Said {
    /// When, as a place among the periods met.
    pub(super) period: usize,
    pub(super) answer: Answer,
    pub(super) times: Times,
}

/// What is needed to read rows of one export.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    pub(super) definition: &'a Definition,
    pub(super) data: &'a DataSource,
    pub(super) columns: &'a Columns,
    pub(super) style: Style,
}

impl<'a> Reader<'a> {
    /// How texts become periods.
    pub(super) fn calendar(&self) -> Calendar<'a> {
        Calendar {
            cadence: self.definition.cadence,
            order: self.style.dates,
            clock: &self.data.clock,
            own: self.columns.zone.as_ref(),
        }
    }

    /// What a row says.
    pub(super) fn read(&self, record: &Row<'_>, periods: &mut Periods<'_>) -> Result<Said, Skip> {
        self.is_asked_for(record)?;
        let times = self.times(record)?;
        if self.definition.kind == Kind::Rate {
            let answer = self.ratio(record)?;
            return Ok(Said { period: self.period(record, periods)?, answer, times });
        }
        if let Some((start, end)) = self.columns.span {
            let answer = self.duration(record.field(start), record.field(end))?;
            return Ok(Said { period: self.period(record, periods)?, answer, times });
        }
        let answer = self.columns.value.map_or("", |column| record.field(column));
        let counts_rows = self.definition.kind == Kind::Count && self.data.shape == Shape::Responses;
        if !counts_rows && self.is_missing(answer) {
            return Err(Skip::Reason("no answer"));
        }
        let period = self.period(record, periods)?;
        let base = self.columns.n.map(|column| self.base(record.field(column), self.style.n)).transpose()?;
        Ok(Said { period, answer: self.answer(answer, base)?, times })
    }

    /// Adds what a row of a wide table says to `said`, a value for each period that has one.
    pub(super) fn read_wide(
        &self,
        record: &Row<'_>,
        periods: &mut Periods<'_>,
        said: &mut Vec<Said>,
    ) -> Result<(), Skip> {
        let bases = !self.columns.n_rows.is_empty() && fulfils(record, &self.columns.n_rows);
        if !bases {
            self.is_asked_for(record)?;
        }
        for (column, period) in &self.columns.wide {
            let cell = record.field(*column);
            if self.is_missing(cell) {
                continue;
            }
            let answer = match bases.then(|| self.base(cell, self.style.value)) {
                Some(Err(Skip::Reason(_))) => continue,
                Some(base) => Answer::Base(base?),
                None => self.answer(cell, None)?,
            };
            said.push(Said { period: periods.place(*period), answer, times: Times::Whole(1) });
        }
        if said.is_empty() { Err(Skip::Reason("no answer")) } else { Ok(()) }
    }

    /// Whether a row is one of the table's, and one of those the definition asks for.
    fn is_asked_for(&self, record: &Row<'_>) -> Result<(), Skip> {
        let Columns { width, needed, .. } = *self.columns;
        if record.len() == 1 && width > 1 {
            return Err(Skip::Reason("a line of text, not a row"));
        }
        if (width..record.len()).any(|column| !record.field(column).is_empty()) {
            return Err(Skip::TooLong);
        }
        if record.len() < needed {
            return Err(Skip::TooShort);
        }
        self.tool_says(record)?;
        if fulfils(record, &self.columns.conditions) {
            Ok(())
        } else {
            Err(Skip::Reason("other rows (where)"))
        }
    }

    /// How much a row counts.
    fn times(&self, record: &Row<'_>) -> Result<Times, Skip> {
        if let Some(column) = self.columns.weight {
            let cell = record.field(column);
            if self.is_missing(cell) {
                return Err(Skip::Reason("no weight"));
            }
            let weight = self.number(cell, "weight")?;
            return match weight {
                0.0 => Err(Skip::Reason("weight of zero")),
                weight if (0.0..=1e9).contains(&weight) => Ok(Times::Weight(weight)),
                _ => Err(Skip::Unreadable("weight")),
            };
        }
        let Some(column) = self.columns.answers else { return Ok(Times::Whole(1)) };
        match last_number(record.field(column)) {
            Some(0) => Err(Skip::Reason("no answer")),
            Some(times) if times <= 1_000_000_000_000 => Ok(Times::Whole(times)),
            _ => Err(Skip::Unreadable("number of answers")),
        }
    }

    /// A number whose column may be written with a decimal point or comma.
    fn number(&self, cell: &str, what: &'static str) -> Result<f64, Skip> {
        if !self.style.reads_number(cell) {
            return Err(Skip::Unsettled);
        }
        parse_number(cell, self.style.value).ok_or(Skip::Unreadable(what))
    }

    /// How long it took from one cell to the other, in the metric's unit.
    fn duration(&self, start: &str, end: &str) -> Result<Answer, Skip> {
        if self.is_missing(start) || self.is_missing(end) {
            return Err(Skip::Reason("not ended yet"));
        }
        if !self.style.reads_date(start) || !self.style.reads_date(end) {
            return Err(Skip::Unsettled);
        }
        let clock = &self.data.clock;
        let zone = clock.written_in.as_ref().or(self.columns.zone.as_ref()).or(clock.zone.as_ref());
        let seconds = |cell: &str| {
            let day = || Date::parse(cell).or_else(|| parse_day(cell, self.style.dates));
            let stamp = parse_stamp(cell, self.style.dates).or_else(|| Some(Stamp::Clock(day()?, 0)))?;
            stamp.seconds(zone)
        };
        let (Some(start), Some(end)) = (seconds(start), seconds(end)) else { return Err(Skip::Undated) };
        let length = (end - start) as f64 / self.unit().map_or(1.0, TimeUnit::seconds);
        if on_scale(length, self.definition) { Ok(Answer::Score(length)) } else { Err(Skip::Rejected) }
    }

    /// The unit of time of the metric.
    fn unit(&self) -> Option<TimeUnit> {
        TimeUnit::WORDS.iter().find(|(word, _)| *word == self.definition.unit).map(|(_, unit)| *unit)
    }

    /// A duration that stands in one cell, in the metric's unit.
    fn length(&self, cell: &str) -> Result<f64, Skip> {
        let unit = self.unit().map_or(1.0, TimeUnit::seconds);
        if let Some(seconds) = parse_length(cell) {
            return Ok(seconds / unit);
        }
        let length = self.number(cell, "duration")?;
        Ok(self.data.measured_in.map_or(length, |measured| length * measured.seconds() / unit))
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
            sum += factor * self.number(cell, what)?;
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

    fn period(&self, record: &Row<'_>, periods: &mut Periods<'_>) -> Result<usize, Skip> {
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

    fn base(&self, text: &str, style: NumberStyle) -> Result<u64, Skip> {
        if !self.style.reads_number(text) {
            return Err(Skip::Unsettled);
        }
        match parse_number(text, style) {
            Some(0.0) => Err(Skip::Reason("no answer")),
            None if text.is_empty() => Err(Skip::Reason("no number of answers")),
            Some(value) if (0.0..=1e12).contains(&value) && value.fract() == 0.0 => Ok(value as u64),
            _ => Err(Skip::Unreadable("n")),
        }
    }

    fn answer(&self, text: &str, base: Option<u64>) -> Result<Answer, Skip> {
        if self.data.shape.is_finished() {
            let value = match self.definition.kind {
                Kind::Duration(_) => self.length(text)?,
                _ => self.number(text, "value")?,
            } * self.data.multiply;
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
        let score = match self.definition.kind {
            Kind::Duration(_) => self.length(text)?,
            _ => self.score(text)?,
        };
        if on_scale(score, self.definition) { Ok(Answer::Score(score)) } else { Err(Skip::Rejected) }
    }

    /// An answer on a scale: a number, or one with its label where all answers of the column have one.
    fn score(&self, text: &str) -> Result<f64, Skip> {
        match self.number(text, "answer") {
            Err(Skip::Unreadable(what)) => match labelled(text) {
                Some(_) if !self.style.settled => Err(Skip::Unsettled),
                Some(score) if self.style.labels => Ok(score),
                _ => Err(Skip::Unreadable(what)),
            },
            read => read,
        }
    }
}

fn fulfils(record: &Row<'_>, conditions: &Conditions) -> bool {
    conditions.iter().all(|(column, any_of)| {
        let cell = record.field(*column);
        any_of.iter().any(|text| same_text(text, cell))
    })
}
