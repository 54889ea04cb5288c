//! Numbers in words: values with their unit, what they rest on, and what a series says. Never a word of trend inside noise.

use crate::metrics::process::{LIMITS_FROM, Reading};
use crate::model::{Better, Cadence, Definition, Kind, Period, grouped, show};
use crate::privacy::{Point, PublicSeries, State};

/// A value with its unit: `72 %`, `24 points`, `5.1 of 7`, `735`.
pub(super) fn value(definition: &Definition, value: f64) -> String {
    let number = show(value, definition.decimals);
    match (definition.unit.as_str(), definition.kind, definition.scale) {
        ("", Kind::Mean | Kind::Ces(_), Some((_, highest))) => {
            format!("{number} of {}", show(highest, crate::model::Decimals::new(0)))
        }
        ("", ..) => number,
        (unit, ..) => format!("{number}\u{a0}{unit}"),
    }
}

/// A value without its unit, for axes and tables.
pub(super) fn bare(definition: &Definition, value: f64) -> String {
    show(value, definition.decimals)
}

/// What a value rests on: `based on 312 answers`, `base unknown`.
pub(super) fn base(definition: &Definition, n: Option<u64>) -> String {
    match (definition.kind, n) {
        (Kind::Count, _) => "counted".to_owned(),
        (_, None) => "base unknown".to_owned(),
        (_, Some(1)) => format!("based on 1 {}", noun(definition).trim_end_matches('s')),
        (_, Some(n)) => format!("based on {} {}", grouped(n), noun(definition)),
    }
}

/// What is counted in n: answers of people, or cases of a process. Three kinds of metric are always asked of people.
pub(super) fn noun(definition: &Definition) -> &'static str {
    let of_people = matches!(definition.kind, Kind::Nps | Kind::Csat | Kind::Ces(_));
    if of_people || definition.question.is_some() || definition.audience.is_some() {
        "answers"
    } else {
        "cases"
    }
}

/// `95 % interval 67 to 77 %`.
pub(super) fn interval(definition: &Definition, interval: Option<(f64, f64)>) -> Option<String> {
    let (low, high) = interval?;
    Some(format!("95\u{a0}% interval {} to {}", bare(definition, low), value(definition, high)))
}

/// What the latest points say, as a short phrase for cards.
pub(super) fn reading(series: &PublicSeries) -> String {
    match series.reading() {
        Reading::TooEarly { points: 0 } => "No values to show yet".to_owned(),
        Reading::TooEarly { points } => {
            format!("Too early for a trend: {points} of the {LIMITS_FROM} points needed")
        }
        Reading::Steady { since } => {
            format!("No change beyond normal variation{}", steady_since(series, since))
        }
        Reading::Outside { above } => format!("{} than usual in {}", higher(above), latest_period(series)),
        Reading::Shifted { above, since } => {
            format!("{} since {}, more than chance explains", higher(above), label(series, since))
        }
        Reading::Trending { rising, since } => {
            format!(
                "{} without a break since {}, longer than chance explains",
                rises(rising),
                label(series, since)
            )
        }
        Reading::Clustered => {
            "Keeps to one side of its usual level for longer than chance explains".to_owned()
        }
    }
}

/// What the latest points say, as the sentence above a chart.
pub(super) fn headline(name: &str, series: &PublicSeries) -> String {
    match series.reading() {
        Reading::TooEarly { points: 0 } => format!("{name}: no values to show yet"),
        Reading::TooEarly { .. } => format!("{name}: too early for a trend"),
        Reading::Steady { since } => {
            format!("{name}: no change beyond normal variation{}", steady_since(series, since))
        }
        Reading::Outside { above } => {
            format!("{name}: {} than usual in {}", lower_case(higher(above)), latest_period(series))
        }
        Reading::Shifted { above, since } => {
            format!("{name}: {} since {}", lower_case(higher(above)), label(series, since))
        }
        Reading::Trending { rising, since } => {
            format!("{name}: {} without a break since {}", lower_case(rises(rising)), label(series, since))
        }
        Reading::Clustered => format!("{name}: keeps to one side of its usual level for long"),
    }
}

/// Whether what the latest points say is good: `better`, `worse`, `steady` or `early`.
pub(super) fn sense(better: Better, series: &PublicSeries) -> &'static str {
    let above = match series.reading() {
        Reading::TooEarly { .. } => return "early",
        Reading::Steady { .. } | Reading::Clustered => return "steady",
        Reading::Outside { above } | Reading::Shifted { above, .. } => above,
        Reading::Trending { rising, .. } => rising,
    };
    if above == (better == Better::Higher) { "better" } else { "worse" }
}

/// `Target 85 %: reached`, judged by the latest value.
pub(super) fn target(definition: &Definition, latest: Option<f64>) -> Option<String> {
    let target = definition.target?;
    let words = format!("Target {}", value(definition, target));
    let Some(latest) = latest else { return Some(words) };
    let reached = match definition.better {
        Better::Higher => latest >= target,
        Better::Lower => latest <= target,
    };
    Some(format!("{words}: {}", if reached { "reached" } else { "not reached" }))
}

/// `higher is better`.
pub(super) fn direction(better: Better) -> &'static str {
    match better {
        Better::Higher => "higher is better",
        Better::Lower => "lower is better",
    }
}

/// What one point says, without its period: for tooltips.
pub(super) fn point(definition: &Definition, point: &Point) -> String {
    let Some(shown) = point.value else { return state(point.state).to_owned() };
    let mut words = value(definition, shown);
    if let Some(n) = point.n.filter(|_| definition.kind != Kind::Count) {
        words.push_str(&format!(", n = {}", grouped(n)));
    }
    if let Some((low, high)) = point.interval {
        words.push_str(&format!(", {} to {}", bare(definition, low), bare(definition, high)));
    }
    if let Some(remark) = remark(point) {
        words.push_str(&format!(" ({remark})"));
    }
    words
}

/// What is special about a point: hidden, provisional, beyond noise.
pub(super) fn remark(point: &Point) -> Option<&'static str> {
    use crate::metrics::process::Signal;
    match (point.state, point.signal) {
        (State::Suppressed | State::Missing, _) => Some(state(point.state)),
        _ if point.held => Some("as in the last edition: too few answered since then"),
        (State::Provisional, _) => Some("provisional: the period is not over"),
        (State::Shown, Some(Signal::Outside)) => Some("outside the limits of normal variation"),
        (State::Shown, Some(Signal::Shift)) => Some("part of a run too long for chance"),
        (State::Shown, Some(Signal::Trend)) => Some("part of a rise or fall too long for chance"),
        (State::Shown, Some(Signal::TwoOfThree)) => Some("one of two near a limit"),
        (State::Shown, None) => None,
    }
}

fn state(state: State) -> &'static str {
    match state {
        State::Suppressed => "hidden to protect small groups",
        State::Missing => "no value",
        State::Shown | State::Provisional => "",
    }
}

/// The whole series in words, for readers who cannot see the chart.
pub(super) fn description(definition: &Definition, series: &PublicSeries) -> String {
    let shown: Vec<(&Point, f64)> =
        series.points.iter().filter_map(|point| Some((point, point.value?))).collect();
    let (Some((first, first_value)), Some((last, last_value))) = (shown.first(), shown.last()) else {
        return "No value can be shown.".to_owned();
    };
    let at =
        |point: &Point, number: f64| format!("{} in {}", value(definition, number), point.period.label());
    let mut words = format!("From {} to {}.", at(first, *first_value), at(last, *last_value));
    let by_value = |a: &&(&Point, f64), b: &&(&Point, f64)| a.1.total_cmp(&b.1);
    if let (Some((low, low_value)), Some((high, high_value))) =
        (shown.iter().min_by(by_value), shown.iter().max_by(by_value))
    {
        words.push_str(&format!(" Lowest {}, highest {}.", at(low, *low_value), at(high, *high_value)));
    }
    let listed = |wanted: State| {
        let labels =
            series.points.iter().filter(|point| point.state == wanted).map(|point| point.period.label());
        labels.collect::<Vec<_>>()
    };
    for (state, what) in
        [(State::Missing, "No value for"), (State::Suppressed, "Hidden to protect small groups:")]
    {
        let labels = listed(state);
        if !labels.is_empty() {
            words.push_str(&format!(" {what} {}.", some_of(&labels)));
        }
    }
    let signals: Vec<String> = series
        .points
        .iter()
        .filter(|point| point.signal.is_some())
        .map(|point| point.period.label())
        .collect();
    if !signals.is_empty() {
        words.push_str(&format!(" Beyond normal variation: {}.", some_of(&signals)));
    }
    words
}

/// At most six of a list, and how many more there are.
fn some_of(labels: &[String]) -> String {
    match labels {
        few if few.len() <= 6 => few.join(", "),
        many => format!("{} and {} more", many[..5].join(", "), many.len() - 5),
    }
}

/// Since the last signal, or else since the definition changed.
fn steady_since(series: &PublicSeries, since: Option<usize>) -> String {
    let since = since.or(series.breaks.last().copied());
    since.map(|index| format!(" since {}", label(series, index))).unwrap_or_default()
}

fn label(series: &PublicSeries, index: usize) -> String {
    series.points.get(index).map(|point| point.period.label()).unwrap_or_default()
}

fn latest_period(series: &PublicSeries) -> String {
    series.latest().map(|point| point.period).map(Period::label).unwrap_or_default()
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

/// A period in a sentence: "March 2026", "second quarter of 2026", "2026".
pub(super) fn in_time(period: Period) -> String {
    let quarters = ["first", "second", "third", "fourth"];
    match period.cadence() {
        Cadence::Quarter(_) => {
            let index = usize::from((period.start().month() - 1) / 3);
            format!("{} quarter of {}", quarters[index.min(3)], period.start().year())
        }
        _ => period.long(),
    }
}
