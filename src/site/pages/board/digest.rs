//! One page to print for a team's meeting: what changed, the numbers, what is done, what is in the way.

use super::super::super::actions;
use super::super::super::frame::{Around, Spot, frame};
use super::super::super::grid::{cell, linked, marked, row, table_part};
use super::super::super::plan::Planned;
use super::super::super::views::{DigestView, PartView};
use super::super::super::{lists, talk};
use crate::diag::Finding;
use crate::model::{Blocker, Date, LONG, MetricId, Page, PageKind, Period, Section, TeamId, day_count};
use crate::privacy::PublicMetric;

/// Rows of each table, so that it stays one page.
const ROWS: usize = 4;

/// Letters of a quote that fit.
const QUOTE: usize = 220;

pub(in super::super) fn view(
    spot: &Spot<'_>,
    planned: &Planned<'_>,
    page: &Page,
) -> Result<DigestView, Finding> {
    let team = TeamId::new(page.id.as_str());
    let (since, since_title) = since(spot);
    let metrics = metrics(spot, &team);
    let around = Around { summary: None, next_step: page.facts.next.clone(), ..Around::default() };
    let part = match &page.kind {
        PageKind::Team(facts) => facts.part.clone(),
        _ => None,
    };
    let quote = lists::quotes(spot, 3, |quote| quote.teams.contains(&team))
        .into_iter()
        .find(|quote| quote.text.chars().count() <= QUOTE);
    Ok(DigestView {
        frame: frame(spot, planned, "digest", around),
        team: spot.page_link(page),
        part,
        since: changes(spot, page, &team, &metrics, since),
        since_title,
        chain: lists::chains(spot, 0, |edge| edge.team == team)?.into_iter().next(),
        quote,
        parts: parts(spot, page, &team, &metrics, since),
    })
}

/// Since when the page tells: the last edition, or three months ago.
fn since(spot: &Spot<'_>) -> (Date, String) {
    let book = spot.site.book;
    match book.last_edition() {
        Some(record) => {
            let day = spot.locale().day(record.as_of);
            let name = record.edition.as_ref().map_or(day.clone(), |name| format!("edition {name} ({day})"));
            (record.as_of, format!("Since {name}"))
        }
        None => {
            let day = book.as_of().plus_days(-91);
            (day, format!("Since {}", spot.locale().day(day)))
        }
    }
}

/// The team's own metrics on the map and the customer metrics they move, customer's first.
fn metrics<'a>(spot: &Spot<'a>, team: &TeamId) -> Vec<&'a PublicMetric> {
    let book = spot.site.book;
    let edges = || book.map().iter().filter(|edge| edge.team == *team);
    let ids = edges().map(|edge| &edge.moves).chain(edges().map(|edge| &edge.metric));
    let mut seen: Vec<&MetricId> = Vec::new();
    for id in ids {
        if !seen.contains(&id) {
            seen.push(id);
        }
    }
    seen.into_iter().filter_map(|id| book.metrics().get(id)).take(ROWS).collect()
}

fn changes(
    spot: &Spot<'_>,
    page: &Page,
    team: &TeamId,
    metrics: &[&PublicMetric],
    since: Date,
) -> Vec<String> {
    let mut told: Vec<String> = metrics.iter().filter_map(|metric| moved(spot, metric, since)).collect();
    let as_of = spot.site.book.as_of();
    let own = || spot.site.relations.by_team.get(team).into_iter().flatten();
    let done = own().filter(|page| {
        actions::facts(page).and_then(|action| action.finished).is_some_and(|day| day > since)
    });
    let begun = own().filter(|page| {
        actions::facts(page).and_then(|action| action.begun(as_of)).is_some_and(|day| day > since)
    });
    let (done, begun) = (done.count(), begun.count());
    told.push(format!("{} done, {begun} begun.", super::counted(spot, done, "action")));
    let old = blockers(spot, team).into_iter();
    let old = old.filter(|blocker| spot.site.book.as_of().days_since(blocker.since) > LONG).count();
    told.push(format!("{} older than {LONG} days.", super::counted(spot, old, "blocker")));
    let talks = talk::of(spot, team).talks.iter().filter(|contact| contact.date > since).count();
    told.push(format!(
        "{} with customers by {}.",
        super::counted(spot, talks, "conversation"),
        page.facts.title
    ));
    told
}

/// What a metric shows now beside what the last edition showed, or what it was then. Whether that is more than noise says its
/// reading, never the difference.
fn moved(spot: &Spot<'_>, metric: &PublicMetric, since: Date) -> Option<String> {
    let (words, series) = (spot.words(metric), metric.total()?);
    let now = series.latest()?;
    let recorded = spot.site.book.last_edition().and_then(|record| {
        let own = record.metrics.get(metric.metric.id.as_str())?;
        let (label, point) = own.series.get(&None)?.iter().next_back()?;
        let period = Period::parse(label, metric.metric.definition.cadence)?;
        Some((period, point.value))
    });
    let then = recorded.or_else(|| {
        let point =
            series.points.iter().rev().find(|point| point.period.end() <= since && point.value.is_some())?;
        Some((point.period, point.value?))
    });
    let (then, value) = then.filter(|(period, _)| *period != now.period)?;
    let difference = words.difference(now.value? - value);
    Some(format!(
        "{}: {}, {difference} against {}. {}.",
        metric.metric.definition.name,
        words.value(now.value?),
        words.period(then),
        words.reading(series)
    ))
}

fn blockers<'a>(spot: &Spot<'a>, team: &TeamId) -> Vec<&'a Blocker> {
    let all = spot.site.book.work().blockers.iter();
    all.filter(|blocker| blocker.team == *team && blocker.removed.is_none()).collect()
}

fn parts(
    spot: &Spot<'_>,
    page: &Page,
    team: &TeamId,
    metrics: &[&PublicMetric],
    since: Date,
) -> Vec<PartView> {
    let numbers = metrics.iter().map(|metric| super::number(spot, metric));
    let numbers = table_part(
        "numbers",
        "Our numbers",
        &super::NUMBERS,
        numbers.collect(),
        "No line of the map begins at this team.",
    );
    let own = spot.site.relations.section(Section::Actions).iter();
    let mut own: Vec<&Page> = own
        .copied()
        .filter(|page| actions::facts(page).is_some_and(|action| action.team.as_ref() == Some(team)))
        .collect();
    // What is open or new first.
    own.sort_by_key(|page| {
        let action = actions::facts(page);
        let old = action.and_then(|action| action.finished).is_some_and(|day| day < since);
        (old, std::cmp::Reverse(action.and_then(|action| action.started)))
    });
    let rows = own.into_iter().take(ROWS).filter_map(|page| {
        let action = actions::facts(page)?;
        let [before, after, why] = actions::numbers(spot, action);
        let numbers = if after.is_empty() { why } else { format!("{before} to {after}") };
        Some(row(vec![linked(Some(spot.page_link(page))), cell(numbers), actions::stand(spot, page, action)]))
    });
    let columns = ["What we do", "Before and after", "Where it stands"];
    let actions = table_part("actions", "What we changed", &columns, rows.collect(), "No action yet.");
    let rows = blockers(spot, team).into_iter().take(2).map(|blocker| {
        let days = spot.site.book.as_of().days_since(blocker.since);
        let mark = if days > LONG { "worse" } else { "early" };
        row(vec![
            cell(&blocker.what),
            cell(&blocker.decides),
            marked(format!("Open {}", day_count(days)), mark),
        ])
    });
    let columns = ["In our way", "Who can say yes", "How long"];
    let blockers = table_part("blockers", "In our way", &columns, rows.collect(), "Nothing is in our way.");
    let contact = talk::contact(spot, page);
    let mut talking = super::super::super::grid::part("talking", "Talking with customers");
    let habit = contact.cadence.map(|cadence| format!("{}.", cadence.words));
    talking.words = std::iter::once(format!("{}.", contact.since)).chain(habit).collect();
    vec![numbers, actions, blockers, talking]
}
