//! Playbooks, stories, actions and free pages.

use super::super::body::{Body, figures};
use super::super::figure::{self, Selection};
use super::super::frame::{Around, Needs, Spot, frame};
use super::super::plan::Planned;
use super::super::views::{FactView, GroupView, LoopStepView, PageView};
use super::super::{card, compared, lists};
use super::{fact, guide, learning, linked_fact};
use crate::diag::Finding;
use crate::links;
use crate::model::{ActionFacts, ActionState, ImpactFacts, MetricId, Page, PageKind, Section, Story};

pub(super) fn view(
    spot: &Spot<'_>,
    planned: &Planned<'_>,
    page: &Page,
    body: Body,
) -> Result<PageView, Finding> {
    let mut view = PageView {
        frame: frame(spot, planned, page.section.noun(), around(spot, page, body.needs)),
        body_html: body.html,
        lead: None,
        start: Vec::new(),
        stop: Vec::new(),
        result: None,
        loop_state: Vec::new(),
        effect: Vec::new(),
        metrics: Vec::new(),
        parts: Vec::new(),
        figures: Vec::new(),
        related: related(spot, page),
    };
    match &page.kind {
        PageKind::Playbook(playbook) => {
            view.lead = playbook.outcome.as_deref().map(|outcome| fact("Outcome for the customer", outcome));
            (view.start, view.stop) = (playbook.start.clone(), playbook.stop.clone());
            view.metrics = card::cards(spot, &page.metrics, "page");
        }
        PageKind::Story(story) => {
            view.result = story.change.as_deref().map(|change| fact("What we will do differently", change));
            view.metrics = card::cards(spot, &page.metrics, "page");
        }
        PageKind::Action(action) => {
            view.lead = action.problem.as_deref().map(|problem| fact("What customers met", problem));
            view.result = action.result.as_deref().map(|result| fact("What came of it", result));
            view.loop_state = loop_state(action);
            let metric = action.metric.as_ref().and_then(|id| spot.site.book.metrics().get(id));
            view.effect = metric
                .map_or(Vec::new(), |metric| compared::before_after(spot.words(metric), action, metric));
            view.figures = action_figures(spot, page, action)?;
            // The metric it should move has its chart.
            let others: Vec<&MetricId> =
                page.metrics.iter().filter(|id| action.metric.as_ref() != Some(*id)).collect();
            view.metrics = card::cards(spot, others, "page");
        }
        PageKind::Role(role) => {
            view.metrics = card::cards(spot, &page.metrics, "page");
            view.parts = guide::role(spot, page, role);
        }
        PageKind::Impact(impact) => {
            view.lead = impact.change.as_deref().map(|change| fact("What changes", change));
            view.metrics = card::cards(spot, &page.metrics, "page");
            view.parts = guide::impact(impact);
            view.result = impact.verdict.map(|verdict| fact("Decision", verdict.word()));
        }
        _ => view.metrics = card::cards(spot, &page.metrics, "page"),
    }
    Ok(view)
}

fn around(spot: &Spot<'_>, page: &Page, needs: Needs) -> Around {
    let mut around = super::around(spot, page, needs);
    match &page.kind {
        PageKind::Story(story) => around.facts.extend(story_facts(spot, story)),
        PageKind::Action(action) => around.facts.extend(action_facts(spot, page, action)),
        PageKind::Impact(impact) => around.facts.extend(impact_facts(spot, impact)),
        PageKind::Role(role) => around.facts.extend(guide::counts(spot, page, role)),
        _ => {}
    }
    around
}

fn story_facts(spot: &Spot<'_>, story: &Story) -> Vec<FactView> {
    let by = story.by.as_deref().map(|by| fact("Told by", by));
    let month = story.month.map(|month| fact("When", spot.locale().month(month)));
    let feeling = story.feeling.as_deref().map(|feeling| fact("How it felt", feeling));
    by.into_iter().chain(month).chain(feeling).collect()
}

fn impact_facts(spot: &Spot<'_>, impact: &ImpactFacts) -> Vec<FactView> {
    let by = impact.decides.as_deref().map(|role| fact("Who decides", role));
    let day = impact.decided.map(|day| fact("Decided", spot.locale().day(day)));
    by.into_iter().chain(day).collect()
}

fn action_facts(spot: &Spot<'_>, page: &Page, action: &ActionFacts) -> Vec<FactView> {
    let mut facts = Vec::new();
    facts.extend(action.team.as_ref().and_then(|team| spot.team(team)).map(|team| linked_fact("Team", team)));
    facts.extend(action.started.map(|date| fact("Started", spot.locale().day(date))));
    facts.extend(action.finished.map(|date| fact("Finished", spot.locale().day(date))));
    facts.extend(action.due.map(|date| fact("Promised by", spot.locale().day(date))));
    facts.extend(action.told.map(|date| fact("Customers told", spot.locale().day(date))));
    facts.extend(super::super::actions::needs_yes(page, action).map(|role| fact("Needs yes from", role)));
    let metric = action.metric.as_ref().and_then(|id| spot.site.book.metrics().get(id));
    facts.extend(metric.zip(action.expected).map(|(metric, expected)| {
        let link = spot.link(&metric.metric.definition.name, &links::metric(&metric.metric.id));
        linked_fact(expected.words(), link)
    }));
    facts
}

fn loop_state(action: &ActionFacts) -> Vec<LoopStepView> {
    let Some(now) = action.state else { return Vec::new() };
    [ActionState::Heard, ActionState::Decided, ActionState::Done, ActionState::Told]
        .into_iter()
        .map(|state| LoopStepView { word: state.word(), reached: state <= now, current: state == now })
        .collect()
}

/// Before and after the action where there are months enough, then the trend of the metric it should move.
fn action_figures(spot: &Spot<'_>, page: &Page, action: &ActionFacts) -> Result<Vec<String>, Finding> {
    let metric = action.metric.as_ref().and_then(|id| spot.site.book.metrics().get(id));
    let Some(metric) = metric else { return Ok(Vec::new()) };
    let selection = Selection { with_table: true, ..Selection::default() };
    let this = [page.id.as_str().to_owned()];
    let compared = Selection { actions: Some(&this), ..Selection::default() };
    let effect = figure::effect(spot, metric, &compared, "chart.effect");
    let effect = effect.map(|figure| spot.theme.render("figure.html", &figure)).transpose()?;
    let trend = figures(spot, metric, &selection, "chart.action")?;
    Ok(effect.into_iter().chain(trend).collect())
}

fn related(spot: &Spot<'_>, page: &Page) -> Vec<GroupView> {
    let teams = lists::link_group("Teams", page.teams.iter().filter_map(|team| spot.team(team)).collect());
    let stages =
        lists::link_group("Stages", page.stages.iter().filter_map(|stage| spot.stage(stage)).collect());
    let led_to = match &page.kind {
        PageKind::Story(Story { action: Some(id), .. }) => spot.action(id.as_str()),
        _ => None,
    };
    let led_to = led_to.map(|action| GroupView {
        title: "Led to".to_owned(),
        id: "related.led-to".to_owned(),
        items: vec![lists::item(spot, action)],
    });
    let told_in = stories_of(spot, page);
    let paths = lists::link_group("Learning paths", learning::paths_through(spot));
    led_to.into_iter().chain(told_in).chain(teams).chain(stages).chain(paths).collect()
}

/// Stories that led to an action.
fn stories_of(spot: &Spot<'_>, page: &Page) -> Option<GroupView> {
    if page.section != Section::Actions {
        return None;
    }
    let stories = spot.site.relations.section(Section::Stories).iter().filter(|story| match &story.kind {
        PageKind::Story(story) => story.action.as_ref().is_some_and(|id| id.as_str() == page.id.as_str()),
        _ => false,
    });
    lists::link_group(
        "It began with",
        stories.map(|story| spot.link(&story.facts.title, &links::page(story.section, &story.id))).collect(),
    )
}
