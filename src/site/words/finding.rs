//! What a series says: the headline, the line below it, the description for readers who cannot see the chart.
//!
//! Never a word of trend inside noise: such words come from [`Reading`] alone, and a reading needs a signal. Sizes are
//! means of many points on both sides of a signal, never the difference of two points.

use super::Words;
use crate::metrics::process::{LIMITS_FROM, Reading};
use crate::metrics::statistics::{MONTHS_AFTER, MONTHS_BEFORE};
use crate::model::{Better, Kind};
use crate::privacy::{Point, PublicSeries, State};

/// Which points a sentence is about.
type Wanted<'a> = &'a dyn Fn(&Point) -> bool;

impl Words<'_> {
    /// What the latest points say, as a short phrase for cards.
    pub(in crate::site) fn reading(&self, series: &PublicSeries) -> String {
        match series.reading() {
            Reading::TooEarly { points: 0 } => "No values to show yet".to_owned(),
            Reading::TooEarly { points } => {
                format!("Too early for a trend: {points} of the {LIMITS_FROM} points needed")
            }
            Reading::Steady { since } => {
                format!("No change beyond normal variation{}", self.steady_since(series, since))
            }
            Reading::Outside { above } => format!("{} than usual in {}", higher(above), self.latest(series)),
            Reading::Shifted { above, since } => {
                format!("{} since {}, more than chance explains", higher(above), self.at(series, since))
            }
            Reading::Trending { rising, since } => {
                let since = self.at(series, since);
                format!("{} without a break since {since}, longer than chance explains", rises(rising))
            }
            Reading::Clustered => {
                "Keeps to one side of its usual level for longer than chance explains".to_owned()
            }
        }
    }

    /// What the latest points say, as the sentence above a chart.
    pub(in crate::site) fn headline(&self, series: &PublicSeries) -> String {
        let name = &self.definition.name;
        match series.reading() {
            Reading::TooEarly { points: 0 } => format!("{name}: no values to show yet"),
            Reading::TooEarly { .. } => format!("{name}: too early for a trend"),
            Reading::Steady { since } => {
                format!("{name}: no change beyond normal variation{}", self.steady_since(series, since))
            }
            Reading::Outside { above } => {
                format!("{name}: {} than usual in {}", lower_case(higher(above)), self.latest(series))
            }
            Reading::Shifted { above, since } => match self.step(series, above, since) {
                Some((step, before)) => {
                    format!("{name} {} {step} after {before}", if above { "rose" } else { "fell" })
                }
                None => format!("{name}: {} since {}", lower_case(higher(above)), self.at(series, since)),
            },
            Reading::Trending { rising, since } => {
                let since = self.at(series, since);
                format!("{name}: {} without a break since {since}", lower_case(rises(rising)))
            }
            Reading::Clustered => format!("{name}: keeps to one side of its usual level for long"),
        }
    }

    /// Metric, unit, n and period.
    pub(in crate::site) fn subtitle(&self, series: &[PublicSeries]) -> String {
        let points = || series.iter().flat_map(|series| &series.points);
        let known = || points().filter(|point| point.value.is_some());
        let mut parts = vec![self.definition.name.clone()];
        if !self.spoken_unit().is_empty() {
            parts.push(self.spoken_unit().to_owned());
        }
        let (first, last) =
            (known().map(|point| point.period).min(), known().map(|point| point.period).max());
        let (Some(first), Some(last)) = (first, last) else {
            parts.push("no value can be shown".to_owned());
            return parts.join(", ");
        };
        let n = || known().filter_map(|point| point.n);
        parts.push(match (n().min(), n().max()) {
            _ if self.definition.kind == Kind::Count => "counted".to_owned(),
            (Some(least), Some(most)) if least == most => format!("n = {}", self.count(least)),
            (Some(least), Some(most)) => {
                let cadence = self.definition.cadence.word();
                format!("n = {} to {} a {cadence}", self.count(least), self.count(most))
            }
            _ => "base unknown".to_owned(),
        });
        parts.push(match first == last {
            true => self.period(first),
            false => format!("{} to {}", self.period(first), self.period(last)),
        });
        parts.join(", ")
    }

    /// The whole series in words: ends, extremes, what is not there, signals.
    pub(in crate::site) fn description(&self, series: &PublicSeries) -> String {
        let shown: Vec<(&Point, f64)> =
            series.points.iter().filter_map(|point| Some((point, point.value?))).collect();
        let (Some((first, first_value)), Some((last, last_value))) = (shown.first(), shown.last()) else {
            return "No value can be shown.".to_owned();
        };
        let at =
            |point: &Point, number: f64| format!("{} in {}", self.value(number), self.period(point.period));
        let mut words = match shown.len() {
            1 => format!("One value: {}", at(last, *last_value)),
            _ => format!("From {} to {}", at(first, *first_value), at(last, *last_value)),
        };
        words.push_str(&self.rests_on(last));
        let by_value = |a: &&(&Point, f64), b: &&(&Point, f64)| a.1.total_cmp(&b.1);
        if let (Some((low, low_value)), Some((high, high_value))) =
            (shown.iter().min_by(by_value), shown.iter().max_by(by_value))
            && shown.len() > 1
        {
            words.push_str(&format!(" Lowest {}, highest {}.", at(low, *low_value), at(high, *high_value)));
        }
        let marks: [(&str, Wanted<'_>); 4] = [
            ("No value for", &|point| point.state == State::Missing && !self.not_surveyed(point)),
            ("No survey ran in", &|point| self.not_surveyed(point)),
            ("Hidden to protect small groups:", &|point| point.state == State::Suppressed),
            ("Beyond normal variation:", &|point| point.signal.is_some()),
        ];
        for (what, wanted) in marks {
            let wanted = series.points.iter().filter(|point| wanted(point));
            let labels: Vec<String> = wanted.map(|point| self.period(point.period)).collect();
            if !labels.is_empty() {
                words.push_str(&format!(" {what} {}.", some_of(&labels)));
            }
        }
        words
    }

    /// The end of the sentence about the latest value: what it rests on.
    fn rests_on(&self, point: &Point) -> String {
        let n = point.n.filter(|_| self.definition.kind != Kind::Count);
        let n = n.map(|n| format!("n = {}", self.count(n)));
        let parts: Vec<String> = n.into_iter().chain(self.interval(point.interval)).collect();
        if parts.is_empty() { ".".to_owned() } else { format!(" ({}).", parts.join(", ")) }
    }

    /// How far the mean since a shift lies from the mean before it, and the last period before it. `None` when there are
    /// too few points on a side to say, or when the difference rounds to nothing.
    pub(super) fn step(&self, series: &PublicSeries, above: bool, since: usize) -> Option<(String, String)> {
        let from = series.breaks.last().copied().unwrap_or(0);
        let known = |points: &[Point]| -> Vec<f64> {
            points
                .iter()
                .filter(|point| point.state == State::Shown)
                .filter_map(|point| point.value)
                .collect()
        };
        let (earlier, later) = (series.points.get(from..since)?, series.points.get(since..)?);
        let (before, after) = (known(earlier), known(later));
        if before.len() < MONTHS_BEFORE || after.len() < MONTHS_AFTER {
            return None;
        }
        let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
        let difference = mean(&after) - mean(&before);
        let last = earlier.iter().rev().find(|point| point.value.is_some())?;
        let words = self.distance(difference).filter(|_| (difference > 0.0) == above)?;
        Some((words, self.period(last.period)))
    }

    /// Since the last signal, or else since the definition changed.
    fn steady_since(&self, series: &PublicSeries, since: Option<usize>) -> String {
        let since = since.or(series.breaks.last().copied());
        since.map(|index| format!(" since {}", self.at(series, index))).unwrap_or_default()
    }

    fn at(&self, series: &PublicSeries, index: usize) -> String {
        series.points.get(index).map(|point| self.period(point.period)).unwrap_or_default()
    }

    /// The last period that is over; only those are judged.
    fn latest(&self, series: &PublicSeries) -> String {
        let over = series.points.iter().rfind(|point| point.value.is_some() && point.state == State::Shown);
        over.map(|point| self.period(point.period)).unwrap_or_default()
    }
}

/// The sentence above a comparison: a size only where its interval leaves out zero.
pub(in crate::site) fn comparison_title(
    words: Words<'_>,
    action: &str,
    difference: f64,
    changed: bool,
) -> String {
    let name = &words.definition.name;
    match words.distance(difference).filter(|_| changed) {
        Some(size) => {
            format!(
                "{name}: {size} {} after \u{201c}{action}\u{201d}",
                if difference > 0.0 { "higher" } else { "lower" }
            )
        }
        None => format!("{name}: no clear difference after \u{201c}{action}\u{201d}"),
    }
}

/// Whether what the latest points say is good: `better`, `worse`, `steady` or `early`.
pub(in crate::site) fn sense(better: Better, series: &PublicSeries) -> &'static str {
    let above = match series.reading() {
        Reading::TooEarly { .. } => return "early",
        Reading::Steady { .. } | Reading::Clustered => return "steady",
        Reading::Outside { above } | Reading::Shifted { above, .. } => above,
        Reading::Trending { rising, .. } => rising,
    };
    if above == (better == Better::Higher) { "better" } else { "worse" }
}

/// At most six of a list, and how many more there are.
fn some_of(labels: &[String]) -> String {
    match labels {
        few if few.len() <= 6 => few.join(", "),
        many => format!("{} and {} more", many[..5].join(", "), many.len() - 5),
    }
}

fn rises(rising: bool) -> &'static str {
    if rising { "Rising" } else { "Falling" }
}

fn higher(above: bool) -> &'static str {
    if above { "Higher" } else { "Lower" }
}

fn lower_case(word: &str) -> String {
    word.to_lowercase()
}
