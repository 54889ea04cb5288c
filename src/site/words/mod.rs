//! Numbers in words: values with their unit, what they rest on, what is special about a point. What a whole series says
//! is in [`finding`].

mod finding;
#[cfg(test)]
mod tests;

use crate::metrics::process::Signal;
use crate::model::{Better, Cadence, Decimals, Definition, Kind, Locale, Period};
use crate::privacy::{Point, State};

pub(super) use finding::{comparison_title, sense};

/// Puts the numbers of one metric into words, in the signs of the book's language.
#[derive(Debug, Clone, Copy)]
pub(super) struct Words<'a> {
    /// What the numbers are.
    pub(super) definition: &'a Definition,
    /// How numbers and months are written.
    pub(super) locale: Locale,
}

impl Words<'_> {
    /// A value with its unit: `72 %`, `24 points`, `5.1 of 7`, `735`.
    pub(super) fn value(&self, value: f64) -> String {
        let definition = self.definition;
        let number = self.bare(value);
        match (definition.unit.as_str(), definition.kind, definition.scale) {
            ("", Kind::Mean | Kind::Ces(_), Some((_, highest))) => {
                format!("{number} of {}", self.locale.number(highest, Decimals::new(0)))
            }
            ("", ..) => number,
            (unit, ..) => format!("{number}\u{a0}{unit}"),
        }
    }

    /// The unit as it stands behind a name; empty where the name says it already: "Missed visits" in visits.
    pub(super) fn spoken_unit(&self) -> &str {
        let unit = self.definition.unit.as_str();
        let said = self.definition.name.to_lowercase().ends_with(&unit.to_lowercase());
        if said { "" } else { unit }
    }

    /// All that [`Self::bare`] depends on.
    pub(super) fn signs(&self) -> (Decimals, Locale) {
        (self.definition.decimals, self.locale)
    }

    /// A value without its unit, for axes and tables.
    pub(super) fn bare(&self, value: f64) -> String {
        self.locale.number(value, self.definition.decimals)
    }

    /// How far apart two values are, without a sign: `5 points`, `1 percentage point`, `0.4`, `3 days`. `None` when that
    /// rounds to nothing.
    pub(super) fn distance(&self, difference: f64) -> Option<String> {
        let number = self.bare(difference.abs());
        if number == self.bare(0.0) || !difference.is_finite() {
            return None;
        }
        let one = number == self.bare(1.0) && self.definition.decimals.digits() == 0;
        Some(match (self.definition.unit.as_str(), one) {
            ("", _) => number,
            // "of 10" is where a scale ends, not what its steps are called.
            (unit, _) if unit.starts_with("of ") => number,
            ("%", true) => format!("{number}\u{a0}percentage point"),
            ("%", false) => format!("{number}\u{a0}percentage points"),
            ("points", true) => format!("{number}\u{a0}point"),
            (unit, _) => format!("{number}\u{a0}{unit}"),
        })
    }

    /// A difference with its sign and unit: `+5 percentage points`, `0`.
    pub(super) fn difference(&self, difference: f64) -> String {
        let Some(words) = self.distance(difference) else { return self.bare(0.0) };
        let sign = if difference > 0.0 { '+' } else { '\u{2212}' };
        format!("{sign}{words}")
    }

    /// A period: `Mar 2026`.
    pub(super) fn period(&self, period: Period) -> String {
        period.label_in(self.locale)
    }

    /// A number of answers or cases: `12,345`.
    pub(super) fn count(&self, count: u64) -> String {
        self.locale.count(count)
    }

    /// What a value rests on: `based on 312 answers`, `base unknown`.
    pub(super) fn base(&self, n: Option<u64>) -> String {
        match (self.definition.kind, n) {
            (Kind::Count, _) => "counted".to_owned(),
            (_, None) => "base unknown".to_owned(),
            (_, Some(1)) if self.definition.base.is_none() => {
                format!("based on 1 {}", self.noun().trim_end_matches('s'))
            }
            (_, Some(n)) => format!("based on {} {}", self.count(n), self.noun()),
        }
    }

    /// What is counted in n: what the author calls it, else answers of people, or cases of a process. Three kinds of metric are
    /// always asked of people.
    pub(super) fn noun(&self) -> &str {
        let definition = self.definition;
        if let Some(base) = &definition.base {
            return base;
        }
        let of_people = matches!(definition.kind, Kind::Nps | Kind::Csat | Kind::Ces(_));
        if of_people || definition.question.is_some() || definition.audience.is_some() {
            "answers"
        } else {
            "cases"
        }
    }

    /// `95 % interval 67 to 77 %`.
    pub(super) fn interval(&self, interval: Option<(f64, f64)>) -> Option<String> {
        let (low, high) = interval?;
        Some(format!("95\u{a0}% interval {} to {}", self.bare(low), self.value(high)))
    }

    /// `Target 85 %: reached`, judged by the latest value.
    pub(super) fn target(&self, latest: Option<f64>) -> Option<String> {
        let target = self.definition.target?;
        let words = format!("Target {}", self.value(target));
        let Some(latest) = latest else { return Some(words) };
        let reached = match self.definition.better {
            Better::Higher => latest >= target,
            Better::Lower => latest <= target,
        };
        Some(format!("{words}: {}", if reached { "reached" } else { "not reached" }))
    }

    /// `Good: 80 to 90 %`.
    pub(super) fn good(&self) -> Option<String> {
        let (low, high) = self.definition.good_range?;
        Some(format!("Good: {} to {}", self.bare(low), self.value(high)))
    }

    /// What one point says, without its period: for tooltips.
    pub(super) fn point(&self, point: &Point) -> String {
        let Some(shown) = point.value else {
            return self.remark(point).unwrap_or_default().to_owned();
        };
        let mut words = self.value(shown);
        if let Some(n) = point.n.filter(|_| self.definition.kind != Kind::Count) {
            words.push_str(&format!(", n = {}", self.count(n)));
        }
        if let Some((low, high)) = point.interval {
            words.push_str(&format!(", {} to {}", self.bare(low), self.bare(high)));
        }
        if let Some(remark) = self.remark(point) {
            words.push_str(&format!(" ({remark})"));
        }
        words
    }

    /// What is special about a point: hidden, not asked, provisional, beyond noise.
    pub(super) fn remark(&self, point: &Point) -> Option<&'static str> {
        match (point.state, point.signal) {
            (State::Suppressed, _) => Some("hidden to protect small groups"),
            (State::Missing, _) if self.not_surveyed(point) => Some("no survey ran"),
            (State::Missing, _) => Some("no value"),
            _ if point.held => Some("as in the last edition: too few answered since then"),
            (State::Provisional, _) => Some("provisional: the period is not over"),
            (State::Shown, Some(Signal::Outside)) => Some("outside the limits of normal variation"),
            (State::Shown, Some(Signal::Shift)) => Some("part of a run too long for chance"),
            (State::Shown, Some(Signal::Trend)) => Some("part of a rise or fall too long for chance"),
            (State::Shown, Some(Signal::TwoOfThree)) => Some("one of two near a limit"),
            (State::Shown, None) => None,
        }
    }

    /// Whether the author said that nobody was asked then, and nobody was.
    pub(super) fn not_surveyed(&self, point: &Point) -> bool {
        point.state == State::Missing && self.definition.no_survey.contains(&point.period)
    }
}

/// `higher is better`.
pub(super) fn direction(better: Better) -> &'static str {
    match better {
        Better::Higher => "higher is better",
        Better::Lower => "lower is better",
    }
}

/// A period in a sentence: "March 2026", "second quarter of 2026", "2026".
pub(super) fn in_time(locale: Locale, period: Period) -> String {
    let quarters = ["first", "second", "third", "fourth"];
    match period.cadence() {
        Cadence::Quarter(_) => {
            let index = usize::from((period.start().month() - 1) / 3);
            format!("{} quarter of {}", quarters[index.min(3)], period.start().year())
        }
        Cadence::Month => locale.month(period.start().in_month()),
        _ => period.label_in(locale),
    }
}
