//! Moments, and the time zones in which they become days.

use jiff::tz::{TimeZone, TimeZoneDatabase};
use jiff::{Timestamp, civil};

use super::Date;

/// A time zone by its IANA name, such as `Europe/London`. Its rules come with the program, so that every computer counts
/// the same days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone {
    name: String,
    rules: TimeZone,
}

impl Zone {
    /// The zone with this name, if there is one. Case does not matter.
    ///
    /// ```
    /// use cxbook::model::Zone;
    /// let berlin = Zone::named("Europe/Berlin").unwrap();
    /// // Half past eleven in the evening of 31 January by Greenwich is 1 February in Berlin.
    /// assert_eq!(berlin.day(1_769_902_200).unwrap().to_string(), "2026-02-01");
    /// ```
    pub fn named(name: &str) -> Option<Self> {
        let rules = TimeZoneDatabase::bundled().get(name.trim()).ok()?;
        let name = rules.iana_name().unwrap_or(name).to_owned();
        Some(Self { name, rules })
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Names of all zones, for suggestions.
    pub fn names() -> Vec<String> {
        TimeZoneDatabase::bundled().available().map(|name| name.as_str().to_owned()).collect()
    }

    /// The day of a moment, given in seconds since 1970.
    pub fn day(&self, seconds: i64) -> Option<Date> {
        let day = Timestamp::from_second(seconds).ok()?.to_zoned(self.rules.clone()).date();
        Date::new(day.year(), u8::try_from(day.month()).ok()?, u8::try_from(day.day()).ok()?)
    }

    /// The moment a clock here shows this day and second of the day; of two such moments, when clocks go back, the first.
    pub fn moment(&self, day: Date, second: u32) -> Option<i64> {
        let second = i32::try_from(second).ok()?;
        let time = civil::Time::midnight().wrapping_add(jiff::Span::new().seconds(i64::from(second)));
        Some(day.0.to_datetime(time).to_zoned(self.rules.clone()).ok()?.timestamp().as_second())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clocks_disagree_about_the_day() {
        let new_year = Date::new(2026, 1, 1).unwrap();
        let utc = Zone::named("utc").unwrap();
        let midnight = utc.moment(new_year, 0).unwrap();
        assert_eq!(midnight, 1_767_225_600);
        for (zone, day) in [
            ("America/New_York", "2025-12-31"),
            ("Europe/London", "2026-01-01"),
            ("Asia/Tokyo", "2026-01-01"),
        ] {
            assert_eq!(Zone::named(zone).unwrap().day(midnight).unwrap().to_string(), day, "{zone}");
        }
        let summer = Date::new(2026, 7, 1).unwrap();
        let london = Zone::named("europe/london").unwrap();
        assert_eq!(london.moment(summer, 0).unwrap() + 3_600, utc.moment(summer, 0).unwrap());
        assert_eq!(london.name(), "Europe/London");
        assert_eq!(Zone::named("Europe/Lundon"), None);
    }
}
