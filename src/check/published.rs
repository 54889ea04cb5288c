//! Checks of what readers will see of the numbers, after the privacy gate: moves nobody explained, seasons nobody mentions,
//! actions without a before and after. A value that is hidden says nothing here either.

use crate::diag::{Finding, Place, checks};
use crate::metrics::NoEffect;
use crate::metrics::process::Reading;
use crate::metrics::statistics::{MONTHS_AFTER, MONTHS_BEFORE};
use crate::model::{ActionFacts, ActionState, Date, Definition, Locale, Month, Page, PageKind, capital};
use crate::privacy::{PublicBook, PublicMetric, Recurring};

/// Words by which a definition speaks of seasons without naming a month.
const OF_SEASONS: [&str; 10] = [
    "autumn",
    "christmas",
    "every year",
    "holiday",
    "season",
    "spring",
    "summer",
    "winter",
    "year-end",
    "year end",
];

/// Runs the checks that need published numbers.
pub fn published(book: &PublicBook) -> Vec<Finding> {
    let metrics = book.metrics().values();
    let measured = metrics.filter(|metric| !metric.metric.definition.is_retired(book.as_of()));
    let moves = measured.flat_map(|metric| {
        let season = season_unsaid(metric, book.config().locale());
        unexplained(metric).into_iter().chain(season)
    });
    let actions = book.pages().iter().filter_map(|page| match &page.kind {
        PageKind::Action(facts) => action(book, page, facts),
        _ => None,
    });
    moves.chain(actions).collect()
}

fn unexplained(metric: &PublicMetric) -> Option<Finding> {
    let definition = &metric.metric.definition;
    let since = metric.unexplained()?.period.label();
    let moved = match metric.total()?.reading() {
        Reading::Trending { rising: true, .. } => format!("has risen without a break since {since}"),
        Reading::Trending { rising: false, .. } => format!("has fallen without a break since {since}"),
        Reading::Shifted { above: true, .. } => format!("has been higher than before since {since}"),
        _ => format!("has been lower than before since {since}"),
    };
    let message =
        format!("\"{}\" {moved}, more than chance explains, and nobody has said why", definition.name);
    let help = "Ask those who may know, and add to why: the month and a note. \"We looked at this and that and do not know\" \
                is a note too.";
    Some(Finding::new(&checks::MOVE_UNEXPLAINED, message).at(definition.place.clone()).help(help))
}

fn season_unsaid(metric: &PublicMetric, locale: Locale) -> Option<Finding> {
    let definition = &metric.metric.definition;
    let unsaid: Vec<_> = metric.total()?.seasons();
    let years = unsaid.first()?.months.len();
    let number = |season: &Recurring| season.months.first().map_or(0, |month| month.number());
    let unsaid: Vec<_> =
        unsaid.into_iter().filter(|season| !is_said(definition, number(season), locale)).collect();
    let months = |above: bool| {
        let of_side = unsaid.iter().filter(|season| (season.deviation > 0.0) == above);
        let names: Vec<String> =
            of_side.map(|season| capital(&month_name(Locale::ENGLISH, number(season)))).collect();
        let side = if above { "above" } else { "below" };
        (!names.is_empty()).then(|| format!("{side} its year in {}", names.join(", ")))
    };
    let sides: Vec<String> = [months(false), months(true)].into_iter().flatten().collect();
    if sides.is_empty() {
        return None;
    }
    let message = format!(
        "\"{}\" lies {}, in each of {years} years, and its definition does not say so",
        definition.name,
        sides.join(" and ")
    );
    let help = "Name the month and what lies behind it under limits: or why:, so that nobody takes the next one for news.";
    Some(Finding::new(&checks::SEASON_UNSAID, message).at(definition.place.clone()).help(help))
}

/// Whether a definition names the month, or speaks of seasons.
fn is_said(definition: &Definition, month: u8, locale: Locale) -> bool {
    let words = [&definition.limits, &definition.trigger, &definition.good, &definition.good_example];
    let notes = definition.whys.iter().map(|why| why.note.as_str());
    let texts: Vec<String> = words
        .into_iter()
        .filter_map(|text| text.as_deref())
        .chain(notes)
        .chain(definition.changes.iter().map(|change| change.note.as_str()))
        .map(str::to_owned)
        .collect();
    let names = [Locale::ENGLISH, locale].map(|locale| month_name(locale, month));
    // As it is written: "May" is a month, and what may happen is none.
    let is_name = |word: &str| names.iter().any(|name| name == word);
    let named = |text: &String| text.split(|sign: char| !sign.is_alphanumeric()).any(is_name);
    let said = |words: &str| texts.iter().any(|text| text.to_lowercase().contains(words));
    texts.iter().any(named)
        || OF_SEASONS.into_iter().any(said)
        || definition.whys.iter().any(|why| why.month.number() == month)
}

/// `December`, as the language calls it.
fn month_name(locale: Locale, month: u8) -> String {
    let name = Month::new(2024, month).map_or_else(String::new, |month| locale.month(month));
    name.split(' ').next().unwrap_or_default().to_owned()
}

/// An action that nobody can tell the success of. What is only heard of has begun nothing yet.
fn action(book: &PublicBook, page: &Page, action: &ActionFacts) -> Option<Finding> {
    if action.started.is_none() && matches!(action.state, None | Some(ActionState::Heard)) {
        return None;
    }
    let place = Place::line(&page.facts.source, 1);
    let Some(metric) = &action.metric else {
        if page.names_metric {
            return None;
        }
        let help = "Add metric: with the id of one, and expected: up or down. If nothing measures it yet, that is where to \
                    begin.";
        let message = "the action names no metric that would show whether it helped";
        return Some(Finding::new(&checks::ACTION_WITHOUT_METRIC, message).at(place).help(help));
    };
    // What still runs has no after yet, and what was written down in words is told.
    let is_done = matches!(action.state, Some(ActionState::Done | ActionState::Told))
        || action.finished.is_some_and(|day| day <= book.as_of());
    let metric = book.metrics().get(metric).filter(|_| is_done && action.result.is_none())?;
    let name = &metric.metric.definition.name;
    let (message, help) = match action.started {
        None => (
            format!("this is done and does not say when it began, so \"{name}\" has no before and after"),
            "Write started: with the day it began.",
        ),
        Some(day) => (
            format!("this is done, and \"{name}\" has {}", lacking(metric, day, book.as_of())?),
            "Write under result: what came of it and how you know.",
        ),
    };
    Some(Finding::new(&checks::ACTION_UNMEASURED, message).at(place).help(help))
}

/// Why a metric cannot be compared around a day; `None` where it can, or where it is only too early.
fn lacking(metric: &PublicMetric, day: Date, as_of: Date) -> Option<String> {
    let word = metric.metric.definition.cadence.word();
    let Some(series) = metric.total() else { return Some(format!("no {word} with a value")) };
    match series.around(day) {
        Err(NoEffect::TooFew { before, .. }) if before < MONTHS_BEFORE => {
            Some(format!("values for {before} of the {MONTHS_BEFORE} {word}s needed before it began"))
        }
        Err(NoEffect::TooFew { after, .. }) => {
            let days = 365 * (MONTHS_AFTER + 2) / metric.metric.definition.cadence.per_year().max(1);
            let over = as_of.days_since(day) > i32::try_from(days).unwrap_or(i32::MAX);
            over.then(|| format!("values for {after} of the {MONTHS_AFTER} {word}s needed after it began"))
        }
        Ok(_) | Err(NoEffect::NoSpread) => None,
    }
}
