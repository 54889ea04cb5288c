//! The health of the book: what is covered, what is fresh, what nobody has thought through.

use super::super::super::frame::Spot;
use super::super::super::grid::{cell, linked, marked, row, table_part};
use super::super::super::talk;
use super::super::super::views::{GridRowView, PartView};
use super::super::journey;
use super::map;
use crate::links;
use crate::model::{Page, PageKind, Section, TeamId, day_count};
use crate::privacy::PublicMetric;

pub(super) fn parts(spot: &Spot<'_>) -> Vec<PartView> {
    vec![coverage(spot), freshness(spot), reviews(spot), map::orphans(spot)]
}

/// What is most in need: numbers that are late, then pages nobody read through, then what is on no line of the map, then the
/// widest gap.
pub(super) fn next(spot: &Spot<'_>) -> Option<String> {
    let late =
        spot.site.book.metrics().values().filter_map(|metric| Some((days_late(spot, metric)?, metric)));
    if let Some((days, metric)) = late.max_by_key(|(days, _)| *days) {
        let name = &metric.metric.definition.name;
        return Some(format!(
            "Bring the newest export of \"{name}\": its last value is {} old.",
            day_count(days)
        ));
    }
    if let Some((days, page)) = overdue(spot).first() {
        let (title, days) = (&page.facts.title, day_count(*days));
        return Some(format!(
            "Read \"{title}\" through, mend what is no longer so, and set its day: it is {days} overdue."
        ));
    }
    if let Some(orphan) = map::first_orphan(spot) {
        return Some(orphan);
    }
    let gaps = shares(spot).into_iter().filter(|share| share.has < share.of);
    let widest = gaps.reduce(|widest, share| if share.lacks_more_than(&widest) { share } else { widest })?;
    let (missing, of) =
        (spot.locale().count((widest.of - widest.has) as u64), spot.locale().count(widest.of as u64));
    Some(format!("Close the widest gap: \"{}\", {missing} of {of} missing.", widest.what))
}

/// How many of something have what they should have.
struct Share {
    what: &'static str,
    has: usize,
    of: usize,
}

impl Share {
    fn lacks_more_than(&self, other: &Self) -> bool {
        (self.of - self.has) * other.of > (other.of - other.has) * self.of
    }

    fn row(&self, spot: &Spot<'_>) -> GridRowView {
        let Self { what, has, of } = *self;
        let mark = if has == of { "better" } else { "early" };
        let count = |number: usize| spot.locale().count(number as u64);
        let lacking = if has == of { "nothing".to_owned() } else { format!("{} missing", count(of - has)) };
        row(vec![cell(what), cell(format!("{} of {}", count(has), count(of))), marked(lacking, mark)])
    }
}

fn coverage(spot: &Spot<'_>) -> PartView {
    let columns = ["What", "How many", "Still missing"];
    let rows = shares(spot).iter().map(|share| share.row(spot)).collect();
    table_part("coverage", "What is covered", &columns, rows, "")
}

/// What is covered, of what there is.
fn shares(spot: &Spot<'_>) -> Vec<Share> {
    let share = |what: &'static str, has: usize, of: usize| Share { what, has, of };
    let book = spot.site.book;
    let metrics: Vec<&PublicMetric> = book.metrics().values().collect();
    let metric = |what: &'static str, has: &dyn Fn(&PublicMetric) -> bool| {
        share(what, metrics.iter().filter(|metric| has(metric)).count(), metrics.len())
    };
    let pages: Vec<&Page> = book.pages().iter().filter(|page| page.needs_owner()).collect();
    let page = |what: &'static str, has: &dyn Fn(&Page) -> bool| {
        share(what, pages.iter().filter(|page| has(page)).count(), pages.len())
    };
    let stages = &book.journey().stages;
    let stage = |what: &'static str, gap: &str| {
        let has =
            stages.iter().filter(|stage| !journey::gaps_of(spot, stage).contains(&gap.to_owned())).count();
        share(what, has, stages.len())
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
        metric("Metrics that say where their numbers come from", &|metric| {
            metric.metric.definition.source.is_some()
        }),
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
        share("Hand-offs with an owner", owned.len(), owned.len() + open.len()),
        share("Playbooks with outcome, metric and next step", complete, playbooks.len()),
        share("Teams that talked with a customer lately", talking.count(), teams.len()),
    ];
    rows.into_iter().filter(|share| share.of > 0).collect()
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
        let state = match (latest, days_late(spot, metric)) {
            (None, _) => marked("No value to show", "worse"),
            (_, Some(days)) => marked(format!("{} old", day_count(days)), "worse"),
            (Some(_), None) => marked("Up to date", "better"),
        };
        let link = spot.link(&metric.metric.definition.name, &links::metric(&metric.metric.id));
        let newest = latest.map(|point| words.period(point.period)).unwrap_or_default();
        row(vec![linked(Some(link)), cell(newest), state])
    });
    let columns = ["Metric", "Newest value", "State"];
    table_part("fresh", "How fresh the numbers are", &columns, rows.collect(), "There is no metric yet.")
}

/// How old the newest value is, where a newer one should be there. What is no longer measured is never late.
fn days_late(spot: &Spot<'_>, metric: &PublicMetric) -> Option<i32> {
    let as_of = spot.site.book.as_of();
    let definition = &metric.metric.definition;
    let last = metric.total()?.latest()?.period;
    let late = definition.is_late(last, as_of) && !definition.is_retired(as_of);
    late.then(|| as_of.days_since(last.end()))
}

/// Pages that somebody should have read through by now, the latest first.
fn overdue<'a>(spot: &Spot<'a>) -> Vec<(i32, &'a Page)> {
    let book = spot.site.book;
    let overdue = |page: &Page| page.facts.review_overdue(book.as_of(), book.config().review_after);
    let mut late: Vec<(i32, &Page)> =
        book.pages().iter().filter_map(|page| Some((overdue(page)?, page))).collect();
    late.sort_by_key(|(days, page)| (std::cmp::Reverse(*days), page.facts.title.clone()));
    late
}

fn reviews(spot: &Spot<'_>) -> PartView {
    let rows = overdue(spot).into_iter().map(|(days, page)| {
        let reviewed = page.facts.reviewed.map(|day| spot.locale().day(day)).unwrap_or_default();
        let owner = page.facts.owner.clone().unwrap_or_else(|| "No owner".to_owned());
        row(vec![
            linked(Some(spot.page_link(page))),
            cell(owner),
            marked(format!("{} overdue", day_count(days)), "early")
                .with(Some(format!("last read through {reviewed}"))),
        ])
    });
    let months = spot.site.book.config().review_after;
    let empty = format!("Every page with a review date was read through in the last {months} months.");
    table_part("reviews", "Pages past their review date", &["Page", "Owner", "State"], rows.collect(), &empty)
}
