//! One column of an unknown export.

use std::collections::BTreeSet;

use super::super::import::{
    DateEvidence, NumberEvidence, Verdict, labelled, parse_day, parse_number, parse_stamp,
};
use crate::model::{Cadence, Date, DateOrder, NumberStyle, Period};

/// Different texts that are remembered of a column.
const DISTINCT: usize = 64;

/// A column and what was seen in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// Cells that are not blank.
    pub filled: u64,
    /// What it seems to hold.
    pub looks: Looks,
    /// Its different texts, unless there are more than 64.
    pub(super) texts: Option<BTreeSet<String>>,
    /// Whether no text came twice.
    pub(super) unique: bool,
    dates: DateEvidence,
    numbers: NumberEvidence,
    seen: Seen,
    digests: BTreeSet<u64>,
}

/// What a column seems to hold.
#[derive(Debug, Clone, PartialEq)]
pub enum Looks {
    /// Nothing.
    Empty,
    /// Days or moments; the order of day and month where it matters, and samples where it is not clear.
    Dates(Verdict<DateOrder>),
    /// Months, quarters or years.
    Periods,
    /// Numbers from lowest to highest; whether all are whole, and how they are written.
    Numbers {
        /// Lowest value.
        lowest: f64,
        /// Highest value.
        highest: f64,
        /// Whether all are whole.
        whole: bool,
        /// How they are written.
        style: Verdict<NumberStyle>,
    },
    /// A few different texts.
    Words(Vec<String>),
    /// Many different texts.
    Text,
}

/// Cells by what they can be read as.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Seen {
    days: u64,
    periods: u64,
    numbers: u64,
    fractions: u64,
    lowest: f64,
    highest: f64,
}

impl Column {
    pub(super) fn new(name: String) -> Self {
        Self {
            name,
            filled: 0,
            looks: Looks::Empty,
            texts: Some(BTreeSet::new()),
            unique: true,
            dates: DateEvidence::default(),
            numbers: NumberEvidence::default(),
            seen: Seen { lowest: f64::INFINITY, highest: f64::NEG_INFINITY, ..Seen::default() },
            digests: BTreeSet::new(),
        }
    }

    /// Looks at a cell.
    pub(super) fn look(&mut self, cell: &str, line: u64) {
        if cell.is_empty() {
            return;
        }
        self.filled += 1;
        if let Some(texts) = &mut self.texts
            && !texts.contains(cell)
        {
            texts.insert(cell.to_owned());
            if texts.len() > DISTINCT {
                self.texts = None;
            }
        }
        self.unique &= self.digests.insert(digest(cell));
        self.dates.look(cell, line);
        self.numbers.look(cell, line);
        let day = is_day(cell) && !(is_digits(cell) && self.name.to_lowercase().ends_with("id"));
        self.seen.days += u64::from(day);
        let cadences = [Cadence::Month, Cadence::Quarter(4), Cadence::FourWeeks(4), Cadence::Week];
        let period = !day && cadences.iter().any(|cadence| Period::parse(cell, *cadence).is_some());
        self.seen.periods += u64::from(period);
        if let Some(number) = number(cell) {
            self.seen.numbers += 1;
            self.seen.fractions += u64::from(number.fract() != 0.0);
            self.seen.lowest = self.seen.lowest.min(number);
            self.seen.highest = self.seen.highest.max(number);
        }
    }

    /// Decides what the column holds, from all that was seen: almost every cell must agree, since codes for "no answer"
    /// stand among answers.
    pub(super) fn settle(&mut self) {
        let most = |count: u64| self.filled > 0 && count * 10 >= self.filled * 9;
        let texts = self.texts.as_ref().map(|texts| texts.iter().cloned().collect::<Vec<_>>());
        self.looks = match texts {
            _ if self.filled == 0 => Looks::Empty,
            _ if most(self.seen.days) => Looks::Dates(self.dates.verdict()),
            _ if most(self.seen.periods) => Looks::Periods,
            _ if most(self.seen.numbers) => Looks::Numbers {
                lowest: self.seen.lowest,
                highest: self.seen.highest,
                whole: self.seen.fractions == 0,
                style: self.numbers.verdict(),
            },
            Some(texts) if texts.len() <= 24 && (texts.len() as u64) * 2 <= self.filled.max(2) => {
                Looks::Words(texts)
            }
            _ => Looks::Text,
        };
        self.digests = BTreeSet::new();
    }

    /// Texts among numbers: codes for "no answer". None where there are more than six, or where the column was not
    /// remembered.
    pub(super) fn codes(&self) -> Vec<&str> {
        let texts = self.texts.iter().flatten().map(String::as_str);
        let codes: Vec<&str> = texts.filter(|text| number(text).is_none()).collect();
        if matches!(self.looks, Looks::Numbers { .. }) && codes.len() <= 6 { codes } else { Vec::new() }
    }

    /// In words, for the author. Texts of columns that may hold anything are not repeated.
    pub fn words(&self) -> String {
        match &self.looks {
            Looks::Empty => "empty".to_owned(),
            Looks::Dates(Verdict::Clear(_)) => "dates".to_owned(),
            Looks::Dates(Verdict::Ambiguous(samples)) => {
                format!("dates, day or month first ({})", samples.join(", "))
            }
            Looks::Dates(Verdict::Conflict(..)) => "dates, written in two ways".to_owned(),
            Looks::Periods => "months, quarters or weeks".to_owned(),
            Looks::Numbers { lowest, highest, whole, style } => {
                let whole = if *whole { "whole numbers" } else { "numbers" };
                let style = match style {
                    Verdict::Ambiguous(samples) => {
                        format!(", to be read in two ways ({})", samples.join(", "))
                    }
                    Verdict::Conflict(..) => ", written in two ways".to_owned(),
                    Verdict::Clear(NumberStyle::Comma) => ", decimal comma".to_owned(),
                    Verdict::Clear(NumberStyle::Point) => String::new(),
                };
                format!("{whole} from {lowest} to {highest}{style}")
            }
            Looks::Words(texts) => format!("{} different texts", texts.len()),
            Looks::Text => "text".to_owned(),
        }
    }

    /// A cell as it may be shown: letters and digits of anything but dates and small numbers are masked.
    pub(super) fn mask(&self, cell: &str) -> String {
        let plain = match &self.looks {
            Looks::Dates(_) | Looks::Periods => true,
            Looks::Numbers { highest, lowest, .. } => *highest <= 1_000.0 && *lowest >= -1_000.0,
            _ => false,
        };
        if plain {
            return cell.to_owned();
        }
        let masked = cell.chars().take(16).map(|letter| match letter {
            letter if letter.is_alphabetic() => 'x',
            letter if letter.is_numeric() => '9',
            letter if letter.is_control() => ' ',
            letter => letter,
        });
        masked.collect::<String>() + if cell.chars().count() > 16 { "…" } else { "" }
    }
}

/// Whether a cell is a day or a moment. Bare seconds count from 2001 to 2039, so that long numbers are not taken for them.
fn is_day(cell: &str) -> bool {
    if is_digits(cell) {
        return cell.len() == 10 && ("1000000000"..="2208988800").contains(&cell);
    }
    [DateOrder::DayFirst, DateOrder::MonthFirst]
        .iter()
        .any(|order| parse_stamp(cell, *order).is_some() || parse_day(cell, *order).is_some())
        || Date::parse(cell).is_some()
}

/// The number in a cell, however it is written.
fn number(cell: &str) -> Option<f64> {
    let styles = [NumberStyle::Point, NumberStyle::Comma];
    styles.iter().find_map(|style| parse_number(cell, *style)).or_else(|| labelled(cell))
}

fn is_digits(cell: &str) -> bool {
    cell.bytes().all(|byte| byte.is_ascii_digit())
}

/// FNV-1a of 64 bits.
fn digest(text: &str) -> u64 {
    text.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
