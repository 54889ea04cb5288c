//! Comparisons in words: before and after an action, months of the year, two metrics of a chain. What chance explains is
//! called that, and nothing is called a cause.

use super::pages::fact;
use super::views::FactView;
use super::words::Words;
use crate::metrics::statistics::{Confidence, Interval, differences, lagged, pairs, pearson};
use crate::metrics::{Effect, NoEffect};
use crate::model::{ActionFacts, Decimals, Definition, Direction, Kind, Locale};
use crate::privacy::{PublicMetric, PublicSeries};

/// Pairs of periods below which nothing is said about two metrics.
const FEWEST_PAIRS: usize = 24;

/// Periods by which one metric may lead the other.
const MOST_LAGS: usize = 6;

/// What the metric of an action did before and after it, for the action's page.
pub(super) fn before_after(words: Words<'_>, action: &ActionFacts, metric: &PublicMetric) -> Vec<FactView> {
    let (Some(started), Some(series)) = (action.started, metric.total()) else { return Vec::new() };
    let definition = words.definition;
    match series.around(started) {
        Err(NoEffect::TooFew { .. }) if series.points.iter().all(|point| point.value.is_none()) => Vec::new(),
        Err(reason) => vec![fact("Before and after", too_early(definition, reason))],
        Ok(found) => told(words, series, &found),
    }
}

/// The same in a few words: before, after, and what they rest on.
pub(super) fn brief(words: Words<'_>, action: &ActionFacts, metric: &PublicMetric) -> [String; 3] {
    let none = |why: String| [String::new(), String::new(), why];
    let Some(started) = action.started else {
        let is_done = action.kept().is_some();
        return none(if is_done { "It is not said when it began" } else { "Not begun" }.to_owned());
    };
    let Some(series) = metric.total() else { return none("No values to show yet".to_owned()) };
    let found = match series.around(started) {
        Ok(found) => found,
        Err(_) if series.points.iter().all(|point| point.value.is_none()) => {
            return none("No values to show yet".to_owned());
        }
        Err(reason) => return none(too_early(words.definition, reason)),
    };
    let n = |(from, to): (usize, usize)| {
        let counts: Option<Vec<u64>> = series.points[from..=to]
            .iter()
            .filter(|point| point.value.is_some())
            .map(|point| point.n)
            .collect();
        counts.map(|counts| words.count(counts.iter().sum()))
    };
    let cadence = words.definition.cadence.word();
    let (before, after) = (found.welch.before, found.welch.after);
    let mut rests = match before == after {
        true => format!("{before} {cadence}s each"),
        false => format!("{before} {cadence}s before, {after} after"),
    };
    if let (Some(first), Some(second)) = (n(found.before), n(found.after))
        && words.definition.kind != Kind::Count
    {
        rests.push_str(&format!(", n = {first}/{second}"));
    }
    rests.push_str(match found.is_beyond_chance() {
        true => "; more than chance explains",
        false => "; chance alone explains it",
    });
    [words.value(found.mean_before), words.value(found.mean_after), rests]
}

fn told(words: Words<'_>, series: &PublicSeries, found: &Effect) -> Vec<FactView> {
    let definition = words.definition;
    let span = |(from, to): (usize, usize)| {
        let label = |at: usize| words.period(series.points[at].period);
        format!("{} to {}", label(from), label(to))
    };
    let word = definition.cadence.word();
    let mut text = format!(
        "{} on average in {} {word}s before ({}), {} in {} {word}s after ({}). Difference {}.",
        words.value(found.mean_before),
        found.welch.before,
        span(found.before),
        words.value(found.mean_after),
        found.welch.after,
        span(found.after),
        difference(words, found.welch.difference, found.welch.interval)
    );
    text.push_str(if found.is_beyond_chance() {
        " That is more than chance explains. Whether the action was the reason, numbers alone cannot say."
    } else {
        " Chance alone explains such a difference."
    });
    let mut facts = vec![fact("Before and after", text)];
    if let Some((mean, interval)) = found.year_earlier {
        let text = format!(
            "{} against the same months a year earlier, since this metric has seasons.",
            difference(words, mean, interval)
        );
        facts.push(fact("Seasons taken out", text));
    }
    if let Some((jump, interval)) = found.jump() {
        let text = format!(
            "Going on from the trend before, the level changed by {} when the action began (segmented regression, the \
             wider of the ordinary and the Newey-West interval).",
            difference(words, jump, interval)
        );
        facts.push(fact("In detail", text));
    }
    facts
}

/// `+7.1 (95 % interval 3.2 to 11.0)`.
fn difference(words: Words<'_>, value: f64, (low, high): Interval) -> String {
    let bare = |value: f64| words.locale.signed(value, finer(words.definition.decimals));
    format!("{} (95\u{a0}% interval {} to {})", bare(value), bare(low), bare(high))
}

/// Differences are small: one digit more than values have.
fn finer(decimals: Decimals) -> Decimals {
    Decimals::new(decimals.digits() + 1)
}

fn too_early(definition: &Definition, reason: NoEffect) -> String {
    use crate::metrics::statistics::{MONTHS_AFTER, MONTHS_BEFORE};
    let word = definition.cadence.word();
    match reason {
        NoEffect::TooFew { before, .. } if before < MONTHS_BEFORE => {
            format!("Cannot be compared: {before} of the {MONTHS_BEFORE} {word}s needed before it.")
        }
        NoEffect::TooFew { after, .. } => {
            format!("Too early to compare: {after} of the {MONTHS_AFTER} {word}s needed after it.")
        }
        NoEffect::NoSpread => "Every value is the same.".to_owned(),
    }
}

/// Months of the year that lie apart from the others, for the page of the metric.
pub(super) fn seasons(words: Words<'_>, metric: &PublicMetric) -> Option<FactView> {
    let found = metric.total()?.seasons();
    let told = found.iter().filter_map(|season| {
        let (side, moved) = if season.deviation > 0.0 { ("above", "rose") } else { ("below", "fell") };
        let distance = words.locale.number(season.deviation.abs(), finer(words.definition.decimals));
        let years: Vec<String> = season.months.iter().map(|month| month.year().to_string()).collect();
        let (last, others) = years.split_last()?;
        let month = words.locale.month(*season.months.first()?);
        let month = month.split(' ').next().unwrap_or_default();
        let years = format!("{} and {last}", others.join(", "));
        Some(format!("{month} {moved} in {years}: on average {distance} {side} the twelve months around it"))
    });
    let told: Vec<String> = told.collect();
    (!told.is_empty()).then(|| fact("Seasons", format!("{}.", told.join("; "))))
}

/// How two metrics of a chain moved together, where there are periods enough to say.
pub(super) fn together(
    locale: Locale,
    own: &PublicMetric,
    customer: &PublicMetric,
    expected: Direction,
) -> Option<String> {
    let (first, second) = (own.total()?, customer.total()?);
    let (own_values, customer_values) = aligned(first, second)?;
    let known = pairs(&own_values, &customer_values, 0).len();
    if known < FEWEST_PAIRS {
        return None;
    }
    let scan = lagged(&own_values, &customer_values, MOST_LAGS, Confidence::USUAL);
    let best = scan.strongest()?;
    let word = own.metric.definition.cadence.word();
    // Two series that merely drift are alike in level; what moves together also changes together.
    let changes = pairs(&differences(&own_values), &differences(&customer_values), best.months);
    let changes = pearson(&changes, Confidence::USUAL).map_or(0.0, |changes| changes.r);
    if !best.excludes_zero() || changes * best.naive.r <= 0.0 {
        return Some(format!(
            "The numbers of {known} {word}s do not show a clear link so far ({} lags looked at).",
            scan.lags.len()
        ));
    }
    let two = Decimals::new(2);
    let lag = match best.months {
        0 => String::new(),
        1 => format!(", most clearly one {word} later"),
        months => format!(", most clearly {months} {word}s later"),
    };
    let as_expected = (best.naive.r > 0.0) == (expected == Direction::Same);
    let against = if as_expected { "" } else { " That is the opposite of what the map says." };
    Some(format!(
        "Over {} {word}s the two moved {}{lag}: r\u{a0}=\u{a0}{}, 95\u{a0}% interval {} to {}, counting as {} independent \
         {word}s and all {} lags looked at. They move together; that is not proof of cause.{against}",
        best.naive.n,
        if best.naive.r > 0.0 { "the same way" } else { "in opposite ways" },
        locale.number(best.naive.r, two),
        locale.number(best.interval.0, two),
        locale.number(best.interval.1, two),
        locale.number(best.effective_n, Decimals::new(0)),
        scan.lags.len()
    ))
}

/// Values by period; `None` where there is none.
type Values = Vec<Option<f64>>;

/// Values of two series of one cadence on one axis.
fn aligned(first: &PublicSeries, second: &PublicSeries) -> Option<(Values, Values)> {
    let (a, b) = (first.points.first()?.period, second.points.first()?.period);
    if a.cadence() != b.cadence() || !first.breaks.is_empty() || !second.breaks.is_empty() {
        return None;
    }
    let from = a.max(b);
    let after = |series: &PublicSeries| {
        let skip = series.points.iter().take_while(|point| point.period < from).count();
        series.settled().split_off(skip)
    };
    Some((after(first), after(second)))
}
