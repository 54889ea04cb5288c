//! Pages that guide: what a role sees, decides and does; whom a change leaves worse off.

use super::super::frame::Spot;
use super::super::grid::{part, table_part};
use super::super::views::{FactView, GridRowView, PartView};
use super::board::assignments;
use super::{fact, linked_fact};
use crate::links;
use crate::model::{Assignment, ImpactFacts, Page, RoleFacts};

/// Assignments of a role.
fn walks<'a>(spot: &Spot<'a>, page: &Page) -> impl Iterator<Item = &'a Assignment> {
    let id = page.id.clone();
    spot.site.book.work().assignments.iter().filter(move |one| one.role.as_str() == id.as_str())
}

/// "3 habits, 2 metrics, 1 assignment".
pub(super) fn counts(spot: &Spot<'_>, page: &Page, role: &RoleFacts) -> Vec<FactView> {
    let open = walks(spot, page).filter(|one| one.done.is_none()).count();
    let parts = [(role.weekly.len(), "habit"), (page.metrics.len(), "metric"), (open, "open assignment")];
    let parts = parts.into_iter().filter(|(count, _)| *count > 0);
    let parts: Vec<String> = parts.map(|(count, noun)| super::board::counted(spot, count, noun)).collect();
    (!parts.is_empty()).then(|| fact("For you", parts.join(", "))).into_iter().collect()
}

pub(super) fn role(spot: &Spot<'_>, page: &Page, role: &RoleFacts) -> Vec<PartView> {
    let list = |id: &str, title: &str, bullets: &[String]| {
        (!bullets.is_empty()).then(|| PartView { bullets: bullets.to_vec(), ..part(id, title) })
    };
    let walks: Vec<GridRowView> = walks(spot, page).map(|one| assignments::row(spot, one)).collect();
    let walks = (!walks.is_empty())
        .then(|| table_part("walks", "In the customer's shoes", &assignments::COLUMNS, walks, ""));
    let owned = owned(spot, page);
    let owned =
        (!owned.is_empty()).then(|| PartView { facts: owned, ..part("owned", "What you answer for") });
    [
        list("weekly", "Every week", &role.weekly),
        list("sees", "What you see that others do not", &role.sees),
        list("decides", "What you may decide without asking", &role.decides),
        walks,
        owned,
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// What names this role as its owner.
fn owned(spot: &Spot<'_>, page: &Page) -> Vec<FactView> {
    let book = spot.site.book;
    let own =
        |owner: Option<&String>| owner.is_some_and(|owner| owner.eq_ignore_ascii_case(&page.facts.title));
    let stages = book.journey().stages.iter().filter(|stage| own(stage.owner.as_ref()));
    let stages = stages.map(|stage| linked_fact("Stage", spot.link(&stage.name, &links::stage(&stage.id))));
    let metrics = book.metrics().values().filter(|metric| own(metric.metric.definition.owner.as_ref()));
    let metrics = metrics.map(|metric| {
        linked_fact("Metric", spot.link(&metric.metric.definition.name, &links::metric(&metric.metric.id)))
    });
    let pages = book.pages().iter().filter(|other| own(other.facts.owner.as_ref()));
    let pages =
        pages.map(|other| linked_fact(&crate::model::capital(other.section.noun()), spot.page_link(other)));
    let asked = book.work().blockers.iter().filter(|one| one.removed.is_none() && own(Some(&one.decides)));
    let asked = asked.map(|one| {
        linked_fact("Asked for a yes", spot.link(&one.what, &format!("{}#{}", links::BLOCKERS, one.id)))
    });
    asked.chain(stages).chain(metrics).chain(pages).collect()
}

/// The questions behind a decision, with their answers.
pub(super) fn impact(impact: &ImpactFacts) -> Vec<PartView> {
    let answers = [
        ("Who is better off?", &impact.better_off),
        ("Who is worse off?", &impact.worse_off),
        ("What do we do for them?", &impact.plan),
        ("How and when will we know?", &impact.check),
    ];
    let mut questions = part("questions", "The questions before the decision");
    questions.facts = answers
        .into_iter()
        .filter_map(|(question, answer)| Some(fact(question, answer.as_deref()?)))
        .collect();
    let harmed = (!impact.segments.is_empty()).then(|| PartView {
        bullets: impact.segments.clone(),
        ..part("segments", "Kinds of customers that are harmed")
    });
    std::iter::once(questions).chain(harmed).collect()
}
