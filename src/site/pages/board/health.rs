//! The health of the book: what is covered, what is fresh, what nobody has thought through.

use super::super::super::frame::Spot;
use super::super::super::grid::{cell, linked, marked, row, table_part};
use super::super::super::talk;
use super::super::super::views::{CellView, GridRowView, PartView};
use super::super::journey;
use super::map;
use crate::links;
use crate::model::{MetricId, Page, PageKind, Section, TeamId, day_count};
use crate::privacy::PublicMetric;

pub(super) fn parts(spot: &Spot<'_>) -> Vec<PartView> {
    vec![coverage(spot), freshness(spot), reviews(spot), orphans(spot)]
}

fn share(spot: &Spot<'_>, what: &str, has: usize, of: usize) -> Option<GridRowView> {
    let mark = if has == of { "better" } else { "early" };
    let count = |number: usize| spot.locale().count(number as u64);
    let lacking = if has == of { "all".to_owned() } else { format!("{} missing", count(of - has)) };
    (of > 0).then(|| {
        row(vec![cell(what), cell(format!("{} of {}", count(has), count(of))), marked(lacking, mark)])
    })
}

fn coverage(spot: &Spot<'_>) -> PartView {
    let book = spot.site.book;
    let metrics: Vec<&PublicMetric> = book.metrics().values().collect();
    let metric = |what: &str, has: &dyn Fn(&PublicMetric) -> bool| {
        share(spot, what, metrics.iter().filter(|metric| has(metric)).count(), metrics.len())
    };
    let pages: Vec<&Page> = book.pages().iter().filter(|page| page.needs_owner()).collect();
    let page = |what: &str, has: &dyn Fn(&Page) -> bool| {
        share(spot, what, pages.iter().filter(|page| has(page)).count(), pages.len())
    };
    let stages = &book.journey().stages;
    let stage = |what: &str, gap: &str| {
        let has =
            stages.iter().filter(|stage| !journey::gaps_of(spot, stage).contains(&gap.to_owned())).count();
        share(spot, what, has, stages.len())
    };
    let hand_offs = stages.iter().flat_map(|stage| &stage.hand_offs);
    let (owned, open): (Vec<_>, Vec<_>) = hand_offs.partition(|hand_off| hand_off.owner.is_some());
    let playbooks = spot.site.relations.section(Section::Playbooks);
    let complete = playbooks.iter().filter(|page| is_complete(page)).count();
    let teams = spot.site.relations.section(Section::Teams);
    let talking = teams
        .iter()
        .filter(|page| matches!(talk::of(spot, &TeamId::new(page.id.as_str())).band, "fresh" | "due"));
    let rows = [
        page("Pages with an owner", &|page| page.facts.owner.is_some()),
        page("Pages that say when they were read through", &|page| page.facts.reviewed.is_some()),
        metric("Metrics with an owner", &|metric| metric.metric.definition.owner.is_some()),
        metric("Metrics that say what they do not tell", &|metric| metric.metric.definition.limits.is_some()),
        metric("Metrics that say what we do when they move", &|metric| {
            metric.metric.definition.trigger.is_some()
        }),
        metric("Metrics that say what good looks like", &|metric| metric.metric.definition.good.is_some()),
        stage("Stages with an owner", "no owner"),
        stage("Stages with a metric", "no metric"),
        stage("Stages with a playbook", "no playbook"),
        stage("Stages with a story", "no story"),
        stage("Stages known from more than surveys", "only surveys"),
        share(spot, "Hand-offs with an owner", owned.len(), owned.len() + open.len()),
        share(spot, "Playbooks with outcome, metric and next step", complete, playbooks.len()),
        share(spot, "Teams that talked with a customer lately", talking.count(), teams.len()),
    ];
    let columns = ["What", "How many", "Still missing"];
    table_part("coverage", "What is covered", &columns, rows.into_iter().flatten().collect(), "")
}

fn is_complete(page: &Page) -> bool {
    let outcome = matches!(&page.kind, PageKind::Playbook(playbook) if playbook.outcome.is_some());
    outcome && !page.metrics.is_empty() && page.facts.next.is_some()
}

fn freshness(spot: &Spot<'_>) -> PartView {
    let book = spot.site.book;
    let rows = book.metrics().values().map(|metric| {
        let words = spot.words(metric);
        let latest = metric.total().and_then(|series| series.latest());
        let definition = &metric.metric.definition;
        let state = match latest.map(|point| point.period) {
            None => marked("No value to show", "worse"),
            // What is no longer measured is never late.
            Some(last) if definition.is_late(last, book.as_of()) && !definition.is_retired(book.as_of()) => {
                marked(format!("{} old", day_count(book.as_of().days_since(last.end()))), "worse")
            }
            Some(_) => marked("Up to date", "better"),
        };
        let link = spot.link(&metric.metric.definition.name, &links::metric(&metric.metric.id));
        let newest = latest.map(|point| words.period(point.period)).unwrap_or_default();
        row(vec![linked(Some(link)), cell(newest), state])
    });
    let columns = ["Metric", "Newest value", "State"];
    table_part("fresh", "How fresh the numbers are", &columns, rows.collect(), "There is no metric yet.")
}

fn reviews(spot: &Spot<'_>) -> PartView {
    let book = spot.site.book;
    let overdue = |page: &Page| page.facts.review_overdue(book.as_of(), book.config().review_after);
    let mut late: Vec<(i32, &Page)> =
        book.pages().iter().filter_map(|page| Some((overdue(page)?, page))).collect();
    late.sort_by_key(|(days, page)| (std::cmp::Reverse(*days), page.facts.title.clone()));
    let rows = late.into_iter().map(|(days, page)| {
        let reviewed = page.facts.reviewed.map(|day| spot.locale().day(day)).unwrap_or_default();
        let owner = page.facts.owner.clone().unwrap_or_else(|| "No owner".to_owned());
        row(vec![
            linked(Some(spot.page_link(page))),
            cell(owner),
            marked(format!("{} overdue", day_count(days)), "early")
                .with(Some(format!("last read through {reviewed}"))),
        ])
    });
    let months = book.config().review_after;
    let empty = format!("Every page with a review date was read through in the last {months} months.");
    table_part("reviews", "Pages past their review date", &["Page", "Owner", "State"], rows.collect(), &empty)
}

fn orphans(spot: &Spot<'_>) -> PartView {
    let found = map::without_line(spot);
    let metric = |id: &MetricId| -> CellView {
        let name =
            spot.site.book.metrics().get(id).map_or(id.as_str(), |metric| &metric.metric.definition.name);
        linked(Some(spot.link(name, &links::metric(id))))
    };
    let groups: [(&str, Vec<CellView>); 4] = [
        ("Team's number that leads to no customer", found.own.into_iter().map(metric).collect()),
        ("Customer metric that no team moves", found.customer.into_iter().map(metric).collect()),
        (
            "Team without a line",
            found.teams.into_iter().map(|page| linked(Some(spot.page_link(page)))).collect(),
        ),
        ("Stage without a line", found.stages.into_iter().map(|stage| cell(&stage.name)).collect()),
    ];
    let rows = groups
        .into_iter()
        .flat_map(|(what, cells)| cells.into_iter().map(move |one| row(vec![cell(what), one])));
    let empty = "Everything is on the map.";
    table_part("orphans", "On no line of the map", &["What", "Which"], rows.collect(), empty)
}
