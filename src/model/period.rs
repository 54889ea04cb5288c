//! Periods: the weeks, months, quarters, years and four-week periods that metrics are counted in.

use std::fmt;

use super::date::{digits, month_number};
use super::{Date, Locale, Month};

/// How often a metric has a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cadence {
    /// One point a week from Monday to Sunday, numbered as ISO 8601 does.
    Week,
    /// One point a month.
    Month,
    /// One point a quarter of the calendar. `2025/26 Q1` counts from the given month (1 to 12).
    Quarter(u8),
    /// One point a year. The year begins in the given month (1 to 12), January for the calendar's.
    Year(u8),
    /// Thirteen points a financial year, which begins in the given month (1 to 12).
    FourWeeks(u8),
}

/// One period. Two periods of a series compare by when they begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    start: Date,
    cadence: Cadence,
}

impl Cadence {
    /// The word in definitions and captions: `month`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter(_) => "quarter",
            Self::Year(_) => "year",
            Self::FourWeeks(_) => "four-week period",
        }
    }

    /// How many periods make a year.
    pub fn per_year(self) -> usize {
        match self {
            Self::Week => 52,
            Self::Month => 12,
            Self::Quarter(_) => 4,
            Self::Year(_) => 1,
            Self::FourWeeks(_) => 13,
        }
    }
}

impl Period {
    /// The period of this cadence that a day falls into.
    pub fn containing(date: Date, cadence: Cadence) -> Self {
        let start = match cadence {
            Cadence::Week => date.plus_days(1 - i32::from(date.weekday())),
            Cadence::Month => date.plus_months(0),
            Cadence::Quarter(_) => date.plus_months(-i32::from((date.month() - 1) % 3)),
            Cadence::Year(first) => year_start(date, first),
            Cadence::FourWeeks(first) => {
                let begin = year_start(date, first);
                let index = (date.days_since(begin) / 28).min(12);
                begin.plus_days(index * 28)
            }
        };
        Self { start, cadence }
    }

    /// Reads what exports write for a period: a day, a month, a quarter, a year or a numbered four-week period. A day falls
    /// into its period; a year cannot stand for a month.
    pub fn parse(text: &str, cadence: Cadence) -> Option<Self> {
        let text = text.trim();
        match cadence {
            Cadence::FourWeeks(first) => parse_day(text, cadence).or_else(|| parse_numbered(text, first)),
            Cadence::Year(first) => parse_year(text, first).or_else(|| parse_month(text, cadence)),
            Cadence::Quarter(first) => parse_quarter(text, first).or_else(|| parse_month(text, cadence)),
            Cadence::Month => parse_month(text, cadence),
            Cadence::Week => parse_week(text).or_else(|| parse_day(text, cadence)),
        }
    }

    /// The cadence.
    pub fn cadence(self) -> Cadence {
        self.cadence
    }

    /// Its first day.
    pub fn start(self) -> Date {
        self.start
    }

    /// Its last day.
    pub fn end(self) -> Date {
        self.next().start.plus_days(-1)
    }

    /// The period after this one.
    #[must_use]
    pub fn next(self) -> Self {
        let start = match self.cadence {
            Cadence::Week => self.start.plus_days(7),
            Cadence::Month => self.start.plus_months(1),
            Cadence::Quarter(_) => self.start.plus_months(3),
            Cadence::Year(_) => self.start.plus_months(12),
            Cadence::FourWeeks(first) => {
                let begin = year_start(self.start, first);
                if self.start.days_since(begin) >= 12 * 28 {
                    begin.plus_months(12)
                } else {
                    self.start.plus_days(28)
                }
            }
        };
        Self { start, cadence: self.cadence }
    }

    /// All periods from `first` to `last`, both included; empty when `last` comes first. Capped at 5,000.
    pub fn range(first: Self, last: Self) -> Vec<Self> {
        std::iter::successors(Some(first), |period| Some(period.next()))
            .take_while(|period| period.start <= last.start)
            .take(5000)
            .collect()
    }

    /// For readers of English: `Mar 2026`, `Q1 2026`, `2025/26`, `P07 2025/26`.
    pub fn label(self) -> String {
        self.label_in(Locale::ENGLISH)
    }

    /// For readers: `Mar 2026`, `Q1 2026`, `2025/26`, `P07 2025/26`.
    pub fn label_in(self, locale: Locale) -> String {
        match self.cadence {
            Cadence::Week => {
                let (year, week) = self.start.iso_week();
                format!("Week {week} {year}")
            }
            Cadence::Month => locale.short_month(self.start.in_month()),
            Cadence::Quarter(_) => format!("Q{} {}", self.quarter(), self.start.year()),
            Cadence::Year(first) => year_label(self.start, first),
            Cadence::FourWeeks(first) => {
                format!(
                    "P{:02} {}",
                    self.number_in_year(first),
                    year_label(year_start(self.start, first), first)
                )
            }
        }
    }

    /// For readers, where there is room: `March 2026`, otherwise as [`Period::label`].
    pub fn long(self) -> String {
        if self.cadence == Cadence::Month { self.start.in_month().long() } else { self.label() }
    }

    fn quarter(self) -> u8 {
        (self.start.month() - 1) / 3 + 1
    }

    fn number_in_year(self, first: u8) -> i32 {
        self.start.days_since(year_start(self.start, first)) / 28 + 1
    }
}

/// The form used in data: `2026-03`, `2026-Q1`, `2026`, `2025/26`, `2025/26-P07`.
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.cadence {
            Cadence::Week => {
                let (year, week) = self.start.iso_week();
                write!(f, "{year}-W{week:02}")
            }
            Cadence::Month => self.start.in_month().fmt(f),
            Cadence::Quarter(_) => write!(f, "{}-Q{}", self.start.year(), self.quarter()),
            Cadence::Year(first) => f.write_str(&year_label(self.start, first)),
            Cadence::FourWeeks(first) => {
                let year = year_label(year_start(self.start, first), first);
                write!(f, "{year}-P{:02}", self.number_in_year(first))
            }
        }
    }
}

fn year_start(date: Date, first: u8) -> Date {
    let months_in = (12 + i32::from(date.month()) - i32::from(first.clamp(1, 12))) % 12;
    date.plus_months(-months_in)
}

fn year_label(start: Date, first: u8) -> String {
    if first == 1 {
        return start.year().to_string();
    }
    format!("{}/{:02}", start.year(), (start.year() + 1) % 100)
}

/// `2026-W07`, `2026W07`, `2026 W7`, `W07 2026`, `Week 7 2026`.
fn parse_week(text: &str) -> Option<Period> {
    let upper = text.to_ascii_uppercase().replace("WEEK", "W");
    let (before, after) = upper.split_once('W')?;
    let number = |text: &str, most| digits(text.trim_matches([' ', '-', ',']), most);
    let (year, week) = if before.trim().is_empty() {
        let (week, year) = after.trim_start().split_once([' ', '-', ','])?;
        (number(year, 4)?, number(week, 2)?)
    } else {
        (number(before, 4)?, number(after, 2)?)
    };
    let monday = Date::of_iso_week(i16::try_from(year).ok()?, u8::try_from(week).ok()?)?;
    Some(Period::containing(monday, Cadence::Week))
}

/// `2026-03`, `2026 3`, `2026-03-14`, `2026-03-14 08:15:00`, `03/2026`, `Mar 2026`, `March 2026`, `Mar-26`.
fn parse_month(text: &str, cadence: Cadence) -> Option<Period> {
    if let Some(period) = parse_day(text, cadence) {
        return Some(period);
    }
    let month = Month::parse(text)
        .or_else(|| Month::parse(&text.replacen(' ', "-", 1)))
        .or_else(|| slashed_month(text))
        .or_else(|| named_month(text))?;
    Some(Period::containing(month.first_day()?, cadence))
}

/// A day, with or without a time of day behind it.
fn parse_day(text: &str, cadence: Cadence) -> Option<Period> {
    let day = text.split(['T', ' ']).next()?;
    Some(Period::containing(Date::parse(day)?, cadence))
}

fn slashed_month(text: &str) -> Option<Month> {
    let (month, year) = text.split_once('/')?;
    Month::new(
        i16::try_from(digits(year, 4).filter(|_| year.len() == 4)?).ok()?,
        u8::try_from(digits(month, 2)?).ok()?,
    )
}

fn named_month(text: &str) -> Option<Month> {
    let (name, year) = text.split_once([' ', '-'])?;
    let year = year.trim();
    let number = match year.len() {
        4 => digits(year, 4)?,
        2 => 2000 + digits(year, 2)?,
        _ => return None,
    };
    Month::new(i16::try_from(number).ok()?, month_number(name)?)
}

/// `2026-Q1`, `Q1 2026`, `2026 Q1`; with a financial year (`2025/26 Q4`, `2003/04 QTR 1`) the quarters count from its first month.
fn parse_quarter(text: &str, first: u8) -> Option<Period> {
    let upper = text.to_ascii_uppercase().replace("QTR", "Q").replace('-', " ");
    let (before, after) = upper.split_once('Q')?;
    let after = after.trim_start();
    let quarter = digits(after.get(..1)?, 1).filter(|quarter| (1..=4).contains(quarter))?;
    let year = [before.trim(), after.get(1..)?.trim()].into_iter().find(|part| !part.is_empty())?;
    let (year, first_month) = match year.split_once('/') {
        Some((begin, _)) => (begin, first),
        None => (year, 1),
    };
    let year = i16::try_from(digits(year, 4).filter(|_| year.len() == 4)?).ok()?;
    let start = Date::new(year, first_month, 1)?.plus_months(i32::try_from(quarter - 1).ok()? * 3);
    Some(Period::containing(start, Cadence::Quarter(first)))
}

/// `2026` for the calendar's year, `2025/26` or `2025-26` for a financial one.
fn parse_year(text: &str, first: u8) -> Option<Period> {
    let (year, second) = match text.split_once(['/', '-']) {
        Some((year, second)) => (year, Some(second)),
        None => (text, None),
    };
    let number = digits(year, 4).filter(|_| year.len() == 4)?;
    match second {
        Some(second) if digits(second, 4)? % 100 != (number + 1) % 100 || first == 1 => return None,
        None if first != 1 => return None,
        _ => {}
    }
    let start = Date::new(i16::try_from(number).ok()?, first, 1)?;
    Some(Period { start, cadence: Cadence::Year(first) })
}

/// `2025/26 P07`, `2025/26-P7`, `2025/26 7`.
fn parse_numbered(text: &str, first: u8) -> Option<Period> {
    let (year, number) = text.rsplit_once([' ', '-'])?;
    let number =
        digits(number.trim_start_matches(['P', 'p']), 2).filter(|number| (1..=13).contains(number))?;
    let begin = parse_year(year.trim(), first)?.start;
    let start = begin.plus_days((i32::try_from(number).ok()? - 1) * 28);
    Some(Period { start, cadence: Cadence::FourWeeks(first) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(text: &str, cadence: Cadence) -> Option<String> {
        Period::parse(text, cadence).map(|period| period.to_string())
    }

    #[test]
    fn reads_what_exports_write() {
        use Cadence::{FourWeeks, Month, Year};
        #[allow(non_upper_case_globals, reason = "reads as the variant")]
        const Quarter: Cadence = Cadence::Quarter(4);
        let cases = [
            ("2026-03", Month, "2026-03"),
            ("2026-03-14 08:15:00", Month, "2026-03"),
            ("2026-03-14T08:15:00Z", Month, "2026-03"),
            ("03/2026", Month, "2026-03"),
            ("Mar 2026", Month, "2026-03"),
            ("March 2026", Month, "2026-03"),
            ("Mar-26", Month, "2026-03"),
            ("2026 3", Month, "2026-03"),
            ("2026-Q1", Quarter, "2026-Q1"),
            ("Q4 2025", Quarter, "2025-Q4"),
            ("2003/04 QTR 1", Quarter, "2003-Q2"),
            ("2003/04 QTR 4", Quarter, "2004-Q1"),
            ("2026-05-02", Quarter, "2026-Q2"),
            ("2026", Year(1), "2026"),
            ("2025/26", Year(4), "2025/26"),
            ("2026-02-01", Year(4), "2025/26"),
            ("2026-04", Year(4), "2026/27"),
            ("2003/04 1", FourWeeks(4), "2003/04-P01"),
            ("2003/04 P13", FourWeeks(4), "2003/04-P13"),
            ("2011-12-07", FourWeeks(4), "2011/12-P09"),
            ("2011-12 7", FourWeeks(4), "2011/12-P07"),
        ];
        for (text, cadence, expected) in cases {
            assert_eq!(id(text, cadence).as_deref(), Some(expected), "{text}");
        }
        for (text, cadence) in [
            ("2026", Month),
            ("13/2026", Month),
            ("2026", Year(4)),
            ("2025/27", Year(4)),
            ("NA", Quarter),
            ("2003/04 14", FourWeeks(4)),
        ] {
            assert_eq!(id(text, cadence), None, "{text}");
        }
    }

    #[test]
    fn thirteen_periods_fill_a_year() {
        let first = Period::parse("2003/04 1", Cadence::FourWeeks(4)).unwrap();
        let ids: Vec<String> = Period::range(first, Period::parse("2004/05 1", first.cadence()).unwrap())
            .into_iter()
            .map(|period| period.to_string())
            .collect();
        assert_eq!(ids.len(), 14);
        assert_eq!(ids[12], "2003/04-P13");
        assert_eq!(ids[13], "2004/05-P01");
        assert_eq!(Period::parse("2003/04 13", first.cadence()).unwrap().end().to_string(), "2004-03-31");
    }

    #[test]
    fn labels_for_readers() {
        assert_eq!(Period::parse("2026-03", Cadence::Month).unwrap().label(), "Mar 2026");
        assert_eq!(Period::parse("2026-Q1", Cadence::Quarter(4)).unwrap().label(), "Q1 2026");
        assert_eq!(Period::parse("2025/26", Cadence::Year(4)).unwrap().label(), "2025/26");
        assert_eq!(Period::parse("2026-03", Cadence::Month).unwrap().end().to_string(), "2026-03-31");
    }
}
