//! Moments as exports write them: a day with a time of day, with or without a zone, or the number a computer keeps.

use super::day;
use crate::model::{Date, DateOrder, Zone};

/// When something happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stamp {
    /// Seconds since 1970 by Greenwich.
    Moment(i64),
    /// What a calendar and a clock showed somewhere: the day and the second of the day.
    Clock(Date, u32),
}

impl Stamp {
    /// Seconds since 1970; what a clock showed is taken as read in `zone`, or by Greenwich.
    pub(crate) fn seconds(self, zone: Option<&Zone>) -> Option<i64> {
        match (self, zone) {
            (Self::Moment(seconds), _) => Some(seconds),
            (Self::Clock(day, second), Some(zone)) => zone.moment(day, second),
            (Self::Clock(day, second), None) => {
                let days = day.days_since(Date::new(1970, 1, 1)?);
                Some(i64::from(days) * 86_400 + i64::from(second))
            }
        }
    }
}

/// Reads a moment: `1710403200` (also in thousandths), `45292.5`, `2026-03-14T08:15:00Z`, `2026-03-14 08:15 +02:00`,
/// `14/03/2026 8:15 PM UTC`. `None` for a day without a time.
pub(crate) fn parse(cell: &str, order: DateOrder) -> Option<Stamp> {
    let cell = cell.trim();
    if cell.bytes().all(|byte| byte.is_ascii_digit()) {
        return match cell.len() {
            10 => cell.parse().ok().map(Stamp::Moment),
            13 => cell.parse::<i64>().ok().map(|thousandths| Stamp::Moment(thousandths.div_euclid(1_000))),
            _ => None,
        };
    }
    if let Some(stamp) = serial(cell) {
        return Some(stamp);
    }
    let (day, rest) = cell.split_once(['T', ' '])?;
    let day = Date::parse(day).or_else(|| day::parse(day, order))?;
    let (second, zone) = clock(rest.trim())?;
    match zone {
        None => Some(Stamp::Clock(day, second)),
        Some(ahead) => {
            Stamp::Clock(day, second).seconds(None).map(|local| Stamp::Moment(local - i64::from(ahead)))
        }
    }
}

/// A spreadsheet's number for a day, with the time as a fraction.
fn serial(cell: &str) -> Option<Stamp> {
    let (whole, fraction) = cell.split_once('.')?;
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.len() != 5 || !digits(whole) || !digits(fraction) {
        return None;
    }
    let part: f64 = format!("0.{fraction}").parse().ok()?;
    Some(Stamp::Clock(Date::from_serial(whole.parse().ok()?)?, (part * 86_400.0) as u32))
}

/// The second of the day and how many seconds its zone is ahead of Greenwich.
fn clock(text: &str) -> Option<(u32, Option<i32>)> {
    let end = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '.'))).unwrap_or(text.len());
    let (time, mut rest) = text.split_at(end);
    let time = time.split('.').next()?;
    let mut fields = time.split(':').map(|field| {
        let fits = matches!(field.len(), 1 | 2) && field.bytes().all(|byte| byte.is_ascii_digit());
        if fits { field.parse::<u32>().ok() } else { None }
    });
    let (mut hour, minute) = (fields.next()??, fields.next()??);
    let second = fields.next().unwrap_or(Some(0))?;
    rest = rest.trim_start();
    let half = rest.get(..2).map(str::to_ascii_uppercase);
    if let Some(half @ ("AM" | "PM")) = half.as_deref() {
        hour = match (hour, half) {
            (1..=11, "PM") => hour + 12,
            (12, "AM") => 0,
            (1..=12, _) => hour,
            _ => return None,
        };
        rest = rest[2..].trim_start();
    }
    if fields.next().is_some() || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    Some((hour * 3_600 + minute * 60 + second.min(59), ahead(rest)?))
}

/// `Z`, `UTC`, `GMT`, `+02:00`, `-0500`, `+02`; nothing is no zone, anything else is not a time.
fn ahead(text: &str) -> Option<Option<i32>> {
    let text = text.trim();
    if text.is_empty() {
        return Some(None);
    }
    if ["Z", "UTC", "GMT"].iter().any(|word| text.eq_ignore_ascii_case(word)) {
        return Some(Some(0));
    }
    let (sign, digits) = match text.strip_prefix(['-', '\u{2212}']) {
        Some(digits) => (-1, digits),
        None => (1, text.strip_prefix('+')?),
    };
    let digits = digits.replace(':', "");
    if !matches!(digits.len(), 2 | 4) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let hours: i32 = digits[..2].parse().ok()?;
    let minutes: i32 = if digits.len() == 4 { digits[2..].parse().ok()? } else { 0 };
    (hours <= 15 && minutes < 60).then_some(Some(sign * (hours * 3_600 + minutes * 60)))
}

/// A length of time written as `h:mm:ss`, in seconds. `8:15` could be minutes or hours, so it is none.
pub(crate) fn parse_length(cell: &str) -> Option<f64> {
    let fields: Vec<&str> = cell.trim().split(':').collect();
    let [hours, minutes, seconds] = fields.as_slice() else { return None };
    let digits = |text: &str, most: usize| {
        let fits = (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        if fits { text.parse::<u32>().ok() } else { None }
    };
    let (whole, fraction) = seconds.split_once('.').map_or((*seconds, None), |(w, f)| (w, Some(f)));
    let fraction: f64 = match fraction {
        Some(fraction) => digits(fraction, 9).and_then(|_| format!("0.{fraction}").parse().ok())?,
        None => 0.0,
    };
    let (hours, minutes, seconds) = (digits(hours, 6)?, digits(minutes, 2)?, digits(whole, 2)?);
    let sound = minutes < 60 && seconds < 60;
    sound.then(|| f64::from(hours) * 3_600.0 + f64::from(minutes) * 60.0 + f64::from(seconds) + fraction)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day_first(cell: &str) -> Option<Stamp> {
        parse(cell, DateOrder::DayFirst)
    }

    #[test]
    fn moments_of_all_sorts() {
        let day = Date::new(2024, 3, 14).unwrap();
        let quarter_past_eight = Some(Stamp::Clock(day, 8 * 3_600 + 15 * 60));
        for cell in
            ["2024-03-14 08:15:00", "2024-03-14T08:15", "14/03/2024 8:15 am", "14.3.2024 08:15:00.123"]
        {
            assert_eq!(day_first(cell), quarter_past_eight, "{cell}");
        }
        assert_eq!(parse("03/14/2024 08:15 AM", DateOrder::MonthFirst), quarter_past_eight);
        let moment = Some(Stamp::Moment(1_710_404_100));
        for cell in [
            "1710404100",
            "1710404100999",
            "2024-03-14T08:15:00Z",
            "2024-03-14 08:15 UTC",
            "2024-03-14T10:15:00+02:00",
            "2024-03-14 03:15:00 -0500",
            "14/03/2024 8:15 AM GMT",
        ] {
            assert_eq!(day_first(cell), moment, "{cell}");
        }
        assert_eq!(day_first("45365.5"), Some(Stamp::Clock(day, 43_200)));
        assert_eq!(day_first("12/31/2024 12:30 AM"), None, "there is no month 31");
        assert_eq!(
            parse("12/31/2024 12:30 AM", DateOrder::MonthFirst).unwrap().seconds(None),
            Some(1_735_605_000)
        );
        for cell in [
            "",
            "2024-03-14",
            "2024-03-14 25:00",
            "2024-03-14 8",
            "2024-03-14 08:15 Mars",
            "12345",
            "99999.5",
            "2024-03-14 13:00 PM",
            "2024-03-14 08:15:00:00",
        ] {
            assert_eq!(day_first(cell), None, "{cell}");
        }
    }

    #[test]
    fn lengths_have_three_fields() {
        assert_eq!(parse_length("1:02:03"), Some(3_723.0));
        assert_eq!(parse_length("00:00:03.5"), Some(3.5));
        assert_eq!(parse_length("120:00:00"), Some(432_000.0));
        for cell in ["8:15", "1:60:00", "1:2:3:4", "a:b:c", "", "-1:00:00"] {
            assert_eq!(parse_length(cell), None, "{cell}");
        }
    }
}
