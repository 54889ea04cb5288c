//! Who answers for what, which promises were kept, what is late.

use std::collections::BTreeMap;

use super::super::super::actions;
use super::super::super::frame::Spot;
use super::super::super::grid::{cell, linked, marked, row, table_part};
use super::super::super::views::{CellView, GridRowView, LinkView, PartView};
use super::role;
use crate::links;
use crate::model::{Date, LONG, Section, day_count};

pub(super) fn parts(spot: &Spot<'_>) -> Vec<PartView> {
    vec![promises(spot), late(spot), owners(spot), unowned(spot)]
}

/// A promise: something with a day on which it should have been done.
struct Promise {
    what: CellView,
    who: Option<String>,
    due: Date,
    kept: Option<Date>,
}

fn promised(spot: &Spot<'_>) -> Vec<Promise> {
    let mut promises = Vec::new();
    for page in spot.site.relations.section(Section::Actions) {
        let Some(action) = actions::facts(page) else { continue };
        promises.extend(action.due.map(|due| Promise {
            what: linked(Some(spot.page_link(page))),
            who: page.facts.owner.clone(),
            due,
            kept: action.kept(),
        }));
    }
    for one in &spot.site.book.work().assignments {
        let link = spot.link(&one.task, &format!("{}#{}", links::ASSIGNMENTS, one.id));
        let who = spot.site.relations.page(Section::Roles, one.role.as_str());
        promises.push(Promise {
            what: linked(Some(link)),
            who: who.map(|page| page.facts.title.clone()),
            due: one.due,
            kept: one.done,
        });
    }
    promises.sort_by_key(|promise| promise.due);
    promises
}

/// The promise that is late for longest, or else the first thing nobody owns.
pub(super) fn next(spot: &Spot<'_>) -> Option<String> {
    let as_of = spot.site.book.as_of();
    let late = promised(spot).into_iter().find(|promise| promise.kept.is_none() && promise.due < as_of);
    if let Some(promise) = late {
        let days = day_count(as_of.days_since(promise.due));
        let what = promise.what.text;
        return Some(match promise.who {
            Some(who) => format!("Agree on a new day with {who}, {days} late: {what}"),
            None => format!("Find somebody who answers for what is {days} late: {what}"),
        });
    }
    let (what, link) = nobodys(spot).into_iter().next()?;
    Some(format!("Agree which role answers for this {}: {}.", what.to_lowercase(), link.title))
}

fn promises(spot: &Spot<'_>) -> PartView {
    let as_of = spot.site.book.as_of();
    let all = promised(spot);
    let due: Vec<&Promise> =
        all.iter().filter(|promise| promise.due < as_of || promise.kept.is_some()).collect();
    let in_time = due.iter().filter(|promise| promise.kept.is_some_and(|day| day <= promise.due)).count();
    let locale = spot.locale();
    let rows = all.iter().rev().map(|promise| {
        let state = match promise.kept {
            Some(day) if day <= promise.due => marked("Kept", "better").with(Some(locale.day(day))),
            Some(day) => marked(format!("Kept {} late", day_count(day.days_since(promise.due))), "early")
                .with(Some(locale.day(day))),
            None if promise.due < as_of => {
                marked(format!("Not kept so far: {} late", day_count(as_of.days_since(promise.due))), "worse")
            }
            None => marked("Not due yet", "steady"),
        };
        row(vec![
            promise.what.clone(),
            cell(promise.who.clone().unwrap_or_default()),
            cell(locale.day(promise.due)),
            state,
        ])
    });
    let empty = "No promise has a date. Give actions due: and write assignments into assignments.yaml.";
    let columns = ["What was promised", "Who", "By", "How it went"];
    let mut part = table_part("promises", "Promises", &columns, rows.collect(), empty);
    if !all.is_empty() {
        let kept = format!("{in_time} of {} promises that fell due were kept in time.", due.len());
        part.words.push(kept);
    }
    part
}

fn late(spot: &Spot<'_>) -> PartView {
    let book = spot.site.book;
    let as_of = book.as_of();
    let mut rows: Vec<(i32, GridRowView)> = Vec::new();
    for promise in promised(spot).into_iter().filter(|promise| promise.kept.is_none() && promise.due < as_of)
    {
        let days = as_of.days_since(promise.due);
        let who = promise.who.unwrap_or_else(|| "No owner".to_owned());
        rows.push((
            days,
            row(vec![promise.what, cell(who), marked(format!("{} over its date", day_count(days)), "worse")]),
        ));
    }
    for blocker in book.work().blockers.iter().filter(|blocker| blocker.removed.is_none()) {
        let days = as_of.days_since(blocker.since);
        if days > LONG {
            let link = spot.link(&blocker.what, &format!("{}#{}", links::BLOCKERS, blocker.id));
            let cells = vec![
                linked(Some(link)),
                cell(&blocker.decides),
                marked(format!("open {}", day_count(days)), "worse"),
            ];
            rows.push((days, row(cells)));
        }
    }
    for page in book.pages().iter() {
        if let Some(days) = page.facts.review_overdue(as_of, book.config().review_after) {
            let who = page.facts.owner.clone().unwrap_or_else(|| "No owner".to_owned());
            let words = format!("review {} overdue", day_count(days));
            rows.push((
                days,
                row(vec![linked(Some(spot.page_link(page))), cell(who), marked(words, "early")]),
            ));
        }
    }
    rows.sort_by_key(|(days, _)| std::cmp::Reverse(*days));
    let rows = rows.into_iter().map(|(_, row)| row).collect();
    table_part("late", "Late", &["What", "Who", "How late"], rows, "Nothing is late.")
}

/// Roles by their titles, whose capitals make no difference.
#[derive(Default)]
struct Owners(BTreeMap<String, Owned>);

impl Owners {
    fn of(&mut self, role: &str) -> &mut Owned {
        let role = role.trim();
        self.0
            .entry(role.to_lowercase())
            .or_insert_with(|| Owned { name: role.to_owned(), ..Owned::default() })
    }
}

/// What one role answers for.
#[derive(Default)]
struct Owned {
    /// As it was written first.
    name: String,
    pages: usize,
    metrics: usize,
    stages: usize,
    goals: usize,
    yes: usize,
}

fn owners(spot: &Spot<'_>) -> PartView {
    let book = spot.site.book;
    let mut owned = Owners::default();
    for owner in book.pages().iter().filter_map(|page| page.facts.owner.as_deref()) {
        owned.of(owner).pages += 1;
    }
    for owner in book.metrics().values().filter_map(|metric| metric.metric.definition.owner.as_deref()) {
        owned.of(owner).metrics += 1;
    }
    for owner in book.journey().stages.iter().filter_map(|stage| stage.owner.as_deref()) {
        owned.of(owner).stages += 1;
    }
    for owner in book.work().goals.iter().filter_map(|goal| goal.owner.as_deref()) {
        owned.of(owner).goals += 1;
    }
    for blocker in book.work().blockers.iter().filter(|blocker| blocker.removed.is_none()) {
        owned.of(&blocker.decides).yes += 1;
    }
    let number =
        |count: usize| cell(if count == 0 { "–".to_owned() } else { spot.locale().count(count as u64) });
    let rows = owned.0.into_values().map(|owned| {
        let name = role(spot, &owned.name).map_or_else(|| cell(&owned.name), |link| linked(Some(link)));
        let counts = [owned.pages, owned.metrics, owned.stages, owned.goals, owned.yes];
        row(std::iter::once(name).chain(counts.map(number)).collect())
    });
    let columns = ["Role", "Pages", "Metrics", "Stages", "Goals", "Asked for a yes"];
    table_part("owners", "Who answers for what", &columns, rows.collect(), "Nothing has an owner yet.")
}

fn unowned(spot: &Spot<'_>) -> PartView {
    let rows = nobodys(spot).into_iter().map(|(what, link)| row(vec![cell(what), linked(Some(link))]));
    table_part("unowned", "Nobody's", &["What", "Which"], rows.collect(), "Everything has an owner.")
}

/// What has no owner: of which kind it is, and where it stands.
fn nobodys(spot: &Spot<'_>) -> Vec<(&'static str, LinkView)> {
    let book = spot.site.book;
    let mut found = Vec::new();
    let mut add = |what: &'static str, link: LinkView| found.push((what, link));
    for stage in book.journey().stages.iter().filter(|stage| stage.owner.is_none()) {
        add("Stage", spot.link(&stage.name, &links::stage(&stage.id)));
    }
    for stage in &book.journey().stages {
        for hand_off in stage.hand_offs.iter().filter(|hand_off| hand_off.owner.is_none()) {
            let words = format!("{} ({})", hand_off.what, stage.name);
            add("Hand-off", spot.link(&words, &links::stage(&stage.id)));
        }
    }
    for metric in book.metrics().values().filter(|metric| metric.metric.definition.owner.is_none()) {
        add("Metric", spot.link(&metric.metric.definition.name, &links::metric(&metric.metric.id)));
    }
    for page in book.pages().iter().filter(|page| page.facts.owner.is_none() && page.needs_owner()) {
        add(page.section.noun(), spot.page_link(page));
    }
    found
}
