//! Calendar dates and months.

use std::fmt;

use jiff::civil;

use super::Locale;

/// A day of the calendar, between the years 1900 and 2200: anything else in an export is a slip.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(pub(super) civil::Date);

/// The English names of the months, as exports use them.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// `1 day`, `12 days`.
pub fn day_count(days: i32) -> String {
    format!("{days} day{}", if days == 1 { "" } else { "s" })
}

impl Date {
    /// A day that exists.
    pub fn new(year: i16, month: u8, day: u8) -> Option<Self> {
        if !(1900..=2200).contains(&year) {
            return None;
        }
        civil::Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok().map(Self)
    }

    /// Reads `2026-03-14`.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.trim().splitn(3, '-');
        let year = digits(parts.next()?, 4)?;
        let month = digits(parts.next()?, 2)?;
        let day = digits(parts.next()?, 2)?;
        Self::new(i16::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
    }

    /// The UTC day of a moment, given in seconds since 1970.
    pub fn from_unix_seconds(seconds: i64) -> Option<Self> {
        let days = i32::try_from(seconds.div_euclid(86_400)).ok()?;
        civil::date(1970, 1, 1).checked_add(jiff::Span::new().days(days)).ok().map(Self)
    }

    /// The day that spreadsheets store as this number: 1 January 2024 is 45292. Days before 1954 and after 2119 are taken
    /// for other numbers.
    pub fn from_serial(serial: u32) -> Option<Self> {
        let days = i32::try_from(serial).ok().filter(|days| (20_000..=80_000).contains(days))?;
        Some(Self::new(1900, 1, 1)?.plus_days(days - 2))
    }

    /// The Monday of a week of ISO 8601.
    pub fn of_iso_week(year: i16, week: u8) -> Option<Self> {
        let monday =
            civil::ISOWeekDate::new(year, i8::try_from(week).ok()?, civil::Weekday::Monday).ok()?.date();
        Self::new(monday.year(), u8::try_from(monday.month()).ok()?, u8::try_from(monday.day()).ok()?)
    }

    /// Year and number of its week by ISO 8601.
    pub fn iso_week(self) -> (i16, u8) {
        let week = self.0.iso_week_date();
        (week.year(), u8::try_from(week.week()).unwrap_or(1))
    }

    /// Monday is 1, Sunday 7.
    pub fn weekday(self) -> u8 {
        u8::try_from(self.0.weekday().to_monday_one_offset()).unwrap_or(1)
    }

    /// Year.
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// Month, 1 to 12.
    pub fn month(self) -> u8 {
        u8::try_from(self.0.month()).unwrap_or(1)
    }

    /// Day of the month, 1 to 31.
    pub fn day(self) -> u8 {
        u8::try_from(self.0.day()).unwrap_or(1)
    }

    /// Whole days from `earlier` to this day; negative when this day is before it.
    pub fn days_since(self, earlier: Self) -> i32 {
        self.0.since(earlier.0).map_or(0, |span| span.get_days())
    }

    /// This day moved by some days; stays where it is at the end of time.
    #[must_use]
    pub fn plus_days(self, days: i32) -> Self {
        self.0.checked_add(jiff::Span::new().days(days)).map_or(self, Self)
    }

    /// The first day of its month moved by some months; stays where it is at the end of time.
    #[must_use]
    pub fn plus_months(self, months: i32) -> Self {
        self.0.first_of_month().checked_add(jiff::Span::new().months(months)).map_or(self, Self)
    }

    /// For readers of English: `14 March 2026`.
    pub fn long(self) -> String {
        Locale::ENGLISH.day(self)
    }

    /// The month this day lies in.
    pub fn in_month(self) -> Month {
        Month { year: self.year(), month: self.month() }
    }
}

/// `2026-03-14`.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A month of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    year: i16,
    month: u8,
}

impl Month {
    /// A month between 1900 and 2200.
    pub fn new(year: i16, month: u8) -> Option<Self> {
        Date::new(year, month, 1).map(Date::in_month)
    }

    /// Reads `2026-03`; a full date reads as its month.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some(date) = Date::parse(text) {
            return Some(date.in_month());
        }
        let (year, month) = text.split_once('-')?;
        Self::new(i16::try_from(digits(year, 4)?).ok()?, u8::try_from(digits(month, 2)?).ok()?)
    }

    /// Its first day.
    pub fn first_day(self) -> Option<Date> {
        Date::new(self.year, self.month, 1)
    }

    /// The year.
    pub fn year(self) -> i16 {
        self.year
    }

    /// January is 1.
    pub fn number(self) -> u8 {
        self.month
    }

    /// For readers of English: `March 2026`.
    pub fn long(self) -> String {
        Locale::ENGLISH.month(self)
    }

    /// For readers of English where there is little room: `Mar 2026`.
    pub fn short(self) -> String {
        Locale::ENGLISH.short_month(self)
    }
}

/// `2026-03`.
impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

/// The number of an English month name or its first three letters.
pub(crate) fn month_number(name: &str) -> Option<u8> {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    let matches = |full: &str| {
        let full = full.to_ascii_lowercase();
        name == full
            || (name.len() == 3 && full.starts_with(&name))
            || (name == "sept" && full == "september")
    };
    MONTHS.iter().position(|full| matches(full)).and_then(|at| u8::try_from(at + 1).ok())
}

/// A number of one to `most` digits.
pub(super) fn digits(text: &str, most: usize) -> Option<u32> {
    let fits = !text.is_empty() && text.len() <= most && text.bytes().all(|byte| byte.is_ascii_digit());
    if fits { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_days_that_exist() {
        assert_eq!(Date::parse("2026-03-14").unwrap().to_string(), "2026-03-14");
        for bad in ["2026-02-30", "0001-01-01", "9999-12-31", "14.03.2026", "2026-3", "", "2026-03-14T08:00"]
        {
            assert_eq!(Date::parse(bad), None, "{bad}");
        }
        assert_eq!(Date::from_unix_seconds(1_792_022_400).unwrap().to_string(), "2026-10-15");
        assert_eq!(Date::from_unix_seconds(-1).unwrap().to_string(), "1969-12-31");
    }

    #[test]
    fn counts_days_across_months() {
        let october = Date::new(2026, 10, 15).unwrap();
        assert_eq!(october.days_since(Date::new(2026, 9, 30).unwrap()), 15);
        assert_eq!(october.days_since(Date::new(2025, 10, 15).unwrap()), 365);
        assert_eq!(october.plus_months(-12).to_string(), "2025-10-01");
    }

    #[test]
    fn months_for_readers() {
        let month = Month::parse("2026-03").unwrap();
        assert_eq!(
            (month.long(), month.short(), month.to_string()),
            ("March 2026".into(), "Mar 2026".into(), "2026-03".into())
        );
        assert_eq!(Month::parse("2026-03-14"), Some(month));
        assert_eq!(month_number("sept"), Some(9));
        assert_eq!(month_number("Jan."), Some(1));
        assert_eq!(month_number("ma"), None);
    }
}
