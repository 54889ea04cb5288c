//! The period of a row, read once for every text that occurs and remembered.

use super::super::import::{Stamp, parse_day, parse_stamp};
use crate::model::{Cadence, Clock, Date, DateOrder, Period, Zone};

/// Reads periods and remembers the last ones: exports repeat their dates.
pub(super) struct Periods<'a> {
    calendar: Calendar<'a>,
    slots: Vec<Option<(Box<str>, Option<usize>)>>,
    /// The periods met so far; rows are counted by their place in here.
    met: Vec<Period>,
}

/// How texts become periods.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Calendar<'a> {
    pub(crate) cadence: Cadence,
    pub(crate) order: DateOrder,
    pub(crate) clock: &'a Clock,
    /// The zone the export itself names.
    pub(crate) own: Option<&'a Zone>,
}

/// Texts that are remembered.
const SLOTS: usize = 256;

impl<'a> Periods<'a> {
    pub(super) fn new(calendar: Calendar<'a>) -> Self {
        Self { calendar, slots: vec![None; SLOTS], met: Vec::new() }
    }

    /// The place of a text's period; `None` when the text cannot be read.
    pub(super) fn read(&mut self, text: &str) -> Option<usize> {
        let by_day = self.calendar.clock.zone.is_none();
        let day = iso_day(text).filter(|_| by_day).unwrap_or(text);
        let slot = slot(day);
        if let Some((known, place)) = &self.slots[slot]
            && **known == *day
        {
            return *place;
        }
        let place = self.calendar.period(text).map(|period| self.place(period));
        self.slots[slot] = Some((day.into(), place));
        place
    }

    /// The place of a period.
    pub(super) fn place(&mut self, period: Period) -> usize {
        self.met.iter().position(|known| *known == period).unwrap_or_else(|| {
            self.met.push(period);
            self.met.len() - 1
        })
    }

    /// The periods by their places.
    pub(super) fn met(&self) -> &[Period] {
        &self.met
    }
}

/// The day of `2026-03-14 08:15:00`: what follows changes no period.
fn iso_day(text: &str) -> Option<&str> {
    let bytes = text.as_bytes();
    let shaped = bytes.len() >= 10
        && bytes[4] == b'-'
        && bytes[7] == b'-'
        && bytes.get(10).is_none_or(|b| matches!(b, b' ' | b'T'));
    if shaped { text.get(..10) } else { None }
}

/// FNV-1a, folded to a slot.
fn slot(text: &str) -> usize {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    ((hash >> 32) ^ hash) as usize % SLOTS
}

impl Calendar<'_> {
    /// The period of a text. Moments belong to the day they have in the declared zone, by Greenwich without one; other times
    /// to the day that is written, unless the zone they were written in is known.
    pub(crate) fn period(self, text: &str) -> Option<Period> {
        if let Some(day) = self.moment(text) {
            return Some(Period::containing(day, self.cadence));
        }
        let day = || {
            let serial = || text.parse().ok().and_then(Date::from_serial);
            parse_day(text, self.order).or_else(serial)
        };
        Period::parse(text, self.cadence).or_else(|| Some(Period::containing(day()?, self.cadence)))
    }

    /// The day of a moment, where the text is one that a zone matters to.
    fn moment(self, text: &str) -> Option<Date> {
        let bare = text.len() >= 10 && text.bytes().all(|byte| byte.is_ascii_digit());
        if self.clock.zone.is_none() && !bare && !is_serial(text) {
            return None;
        }
        let zone = self.clock.zone.as_ref();
        match (parse_stamp(text, self.order)?, zone, self.clock.written_in.as_ref().or(self.own)) {
            (Stamp::Moment(seconds), Some(zone), _) => zone.day(seconds),
            (Stamp::Moment(seconds), None, _) => Date::from_unix_seconds(seconds),
            (Stamp::Clock(day, second), Some(zone), Some(there)) => zone.day(there.moment(day, second)?),
            (Stamp::Clock(day, _), ..) => Some(day),
        }
    }
}

/// A spreadsheet's number for a day and a time.
fn is_serial(text: &str) -> bool {
    text.len() > 6 && text.as_bytes()[5] == b'.'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn month(text: &str, zone: Option<&str>, written_in: Option<&str>) -> String {
        let named = |name: &str| Zone::named(name).unwrap();
        let clock = Clock { zone: zone.map(named), written_in: written_in.map(named) };
        let order = DateOrder::DayFirst;
        let calendar = Calendar { cadence: Cadence::Month, order, clock: &clock, own: None };
        calendar.period(text).map_or("none".to_owned(), |period| period.to_string())
    }

    #[test]
    fn the_zone_decides_the_month() {
        let late = "2026-01-31T23:30:00Z";
        assert_eq!(month(late, None, None), "2026-01", "as it is written");
        assert_eq!(month(late, Some("Europe/Berlin"), None), "2026-02");
        assert_eq!(month("1769902200", None, None), "2026-01", "by Greenwich");
        assert_eq!(month("1769902200", Some("Europe/Berlin"), None), "2026-02");
        let bare = "2026-01-31 23:30:00";
        assert_eq!(month(bare, Some("Europe/Berlin"), None), "2026-01", "written where it is counted");
        assert_eq!(month(bare, Some("Europe/Berlin"), Some("UTC")), "2026-02");
        assert_eq!(month("2026-01-31", Some("Europe/Berlin"), Some("UTC")), "2026-01", "a day has no time");
        assert_eq!(month("45292", None, None), "2024-01");
        assert_eq!(month("45322.99", None, None), "2024-01");
        assert_eq!(month("99999", None, None), "none");
    }
}
