//! The home page: the vision, the headline metrics, and the way to every team.

use super::super::body::Body;
use super::super::frame::{Around, Spot, frame};
use super::super::plan::{Planned, Subject};
use super::super::views::{HomeView, ItemView};
use super::super::{card, lists};
use crate::links;
use crate::model::{MetricId, Page, PageKind, Section};

/// How many of each kind the home page shows.
const FEW: usize = 4;

pub(super) fn view(spot: &Spot<'_>, planned: &Planned<'_>, body: Body) -> HomeView {
    let book = spot.site.book;
    let relations = &spot.site.relations;
    let own = match planned.subject {
        Subject::Home(Some(page)) => super::around(spot, page, body.needs),
        _ => Around::default(),
    };
    let headline: Vec<MetricId> =
        book.config().headline.iter().map(|name| MetricId::new(&name.value)).collect();
    let around = Around { summary: own.summary.or_else(|| book.config().description.clone()), ..own };
    HomeView {
        frame: frame(spot, planned, "home", around),
        body_html: body.html,
        headline: card::cards(spot, &headline, "head"),
        teams: relations.section(Section::Teams).iter().map(|page| lists::item(spot, page)).collect(),
        stages: book.journey().stages.iter().map(|stage| stage_item(spot, stage)).collect(),
        actions: latest_actions(relations.section(Section::Actions))
            .into_iter()
            .map(|page| lists::item(spot, page))
            .collect(),
        playbooks: relations
            .section(Section::Playbooks)
            .iter()
            .take(FEW)
            .map(|page| lists::item(spot, page))
            .collect(),
        balance: balance(spot),
        quotes: lists::quotes(spot, 3, |_| true),
    }
}

fn stage_item(spot: &Spot<'_>, stage: &crate::model::Stage) -> ItemView {
    ItemView {
        title: stage.name.clone(),
        href: spot.href(&links::stage(&stage.id)),
        summary: stage.summary.clone(),
        meta: Vec::new(),
    }
}

/// Words against deeds, in numbers.
fn balance(spot: &Spot<'_>) -> Option<String> {
    let relations = &spot.site.relations;
    let actions = relations.section(Section::Actions);
    let guidance = relations.section(Section::Playbooks).len() + relations.section(Section::Pages).len();
    let as_of = spot.site.book.as_of();
    let from = as_of.plus_days(-91);
    let facts = || actions.iter().filter_map(|page| super::super::actions::facts(page));
    let begun = facts().filter(|action| action.begun(as_of).is_some_and(|day| day > from)).count();
    let finished = facts().filter(|action| action.finished.is_some()).count();
    let count = |number: usize| spot.locale().count(number as u64);
    (!actions.is_empty() && guidance > 0).then(|| {
        format!(
            "{} pages of guidance; {} actions, {} of them begun in the last three months, {} finished.",
            count(guidance),
            count(actions.len()),
            count(begun),
            count(finished)
        )
    })
}

/// Actions by when they began, newest first.
fn latest_actions<'a>(pages: &[&'a Page]) -> Vec<&'a Page> {
    let started = |page: &Page| match &page.kind {
        PageKind::Action(action) => action.started,
        _ => None,
    };
    let mut actions = pages.to_vec();
    actions.sort_by_key(|page| std::cmp::Reverse(started(page)));
    actions.truncate(FEW);
    actions
}
