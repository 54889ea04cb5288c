//! Evidence by theme: quotes, observations, figures, and how far the loop is.

use std::collections::BTreeMap;

use super::super::super::actions;
use super::super::super::frame::Spot;
use super::super::super::grid::{cell, linked, marked, part, row};
use super::super::super::views::{CellView, ClaimView, GridRowView, GridView, PartView};
use super::super::super::{grid, lists};
use super::super::fact;
use crate::links;
use crate::model::{ActionState, Claim, Observation, ObservationKind, Page, Section, capital, slug};

/// Quotes shown for each theme.
const QUOTES: usize = 2;

/// Observations shown for each theme.
const SEEN: usize = 3;

/// Everything about one theme.
#[derive(Default)]
struct Theme<'a> {
    title: String,
    quotes: usize,
    /// Quotes that a second person has read.
    cleared: usize,
    observations: Vec<&'a Observation>,
    claims: Vec<&'a Claim>,
    actions: Vec<&'a Page>,
}

pub(super) fn parts(spot: &Spot<'_>) -> Vec<PartView> {
    let themes = themes(spot);
    let ranked = ranked(&themes);
    let mut parts = vec![overview(spot, &ranked)];
    parts.extend(ranked.iter().map(|(slug, theme)| one(spot, slug, theme)));
    let loose: Vec<&Claim> =
        spot.site.book.work().claims.iter().filter(|claim| claim.theme.is_none()).collect();
    if !loose.is_empty() {
        let claims = loose.into_iter().map(|one| claim(spot, one, "")).collect();
        parts.push(PartView { claims, ..part("figures", "Figures without a theme") });
    }
    parts
}

/// The themes, that of which most was said first.
fn ranked<'t, 'a>(themes: &'t BTreeMap<String, Theme<'a>>) -> Vec<(&'t String, &'t Theme<'a>)> {
    let mut ranked: Vec<(&String, &Theme<'_>)> = themes.iter().collect();
    ranked.sort_by_key(|(slug, theme)| (std::cmp::Reverse(theme.quotes + theme.observations.len()), *slug));
    ranked
}

/// What is most in need: those who wait longest to be told what was done, then the theme of which most is said and nothing done.
pub(super) fn next(spot: &Spot<'_>) -> Option<String> {
    let themes = themes(spot);
    let ranked = ranked(&themes);
    let of_theme = ranked.iter().flat_map(|(_, theme)| theme.actions.iter().map(move |page| (theme, page)));
    let untold = of_theme.filter_map(|(theme, page)| {
        let action = actions::facts(page)?;
        let done = action.state == Some(ActionState::Done) && action.told.is_none();
        done.then(|| (action.finished.unwrap_or(spot.site.book.as_of()), theme, page))
    });
    if let Some((_, theme, page)) = untold.min_by_key(|(day, ..)| *day) {
        let (about, what) = (&theme.title, &page.facts.title);
        return Some(format!("Tell the customers who spoke of \"{about}\" what was done: {what}."));
    }
    let undone = ranked.iter().find(|(_, theme)| theme.actions.is_empty());
    if let Some((_, theme)) = undone {
        let said = [(theme.quotes, "quote"), (theme.observations.len(), "observation")];
        let said = said.iter().filter(|(number, _)| *number > 0);
        let said: Vec<String> = said.map(|(number, noun)| super::counted(spot, *number, noun)).collect();
        let said = if said.is_empty() { "figures".to_owned() } else { said.join(" and ") };
        return Some(format!("Decide what to do about \"{}\": {said}, and no action.", theme.title));
    }
    let heard = ranked.iter().flat_map(|(_, theme)| &theme.actions).find(|page| {
        actions::facts(page)
            .is_some_and(|action| action.state.is_none_or(|state| state == ActionState::Heard))
    });
    heard.map(|page| format!("Decide about what was heard: {}.", page.facts.title))
}

fn themes<'a>(spot: &Spot<'a>) -> BTreeMap<String, Theme<'a>> {
    let book = spot.site.book;
    let mut themes: BTreeMap<String, Theme<'a>> = BTreeMap::new();
    let mut theme = |name: &str, add: &mut dyn FnMut(&mut Theme<'a>)| {
        let key = slug(name);
        if key.is_empty() {
            return;
        }
        let own = themes.entry(key).or_default();
        if own.title.is_empty() {
            own.title = lists::theme_title(name);
        }
        add(own);
    };
    for quote in book.quotes() {
        let Some(name) = &quote.theme else { continue };
        theme(name, &mut |own| {
            own.quotes += 1;
            own.cleared += usize::from(quote.is_cleared);
        });
    }
    for observation in &book.work().observations {
        theme(&observation.theme, &mut |own| own.observations.push(observation));
    }
    for claim in &book.work().claims {
        if let Some(name) = &claim.theme {
            theme(name, &mut |own| own.claims.push(claim));
        }
    }
    for page in spot.site.relations.section(Section::Actions) {
        if let Some(name) = actions::facts(page).and_then(|action| action.theme.as_deref()) {
            theme(name, &mut |own| own.actions.push(page));
        }
    }
    themes
}

fn overview(spot: &Spot<'_>, themes: &[(&String, &Theme<'_>)]) -> PartView {
    let rows = themes.iter().map(|(slug, theme)| {
        let address = format!("#{}", fragment(slug));
        let mut cells = vec![
            CellView { href: Some(address), ..cell(&theme.title) },
            cell(spot.locale().count(theme.quotes as u64)),
            cell(spot.locale().count(theme.observations.len() as u64)),
        ];
        cells.extend(steps(theme));
        row(cells)
    });
    let columns = ["Theme", "Quotes", "Seen by colleagues", "Heard", "Decided", "Done", "Customers told"];
    let grid = grid::grid("Themes and how far we are", &columns, rows.collect());
    let words = vec![
        "A theme is heard as soon as somebody wrote it down. It is closed when those who asked were told what came of it."
            .to_owned(),
    ];
    PartView { words, grid, ..part("overview", "How far we are with each theme") }
}

/// The four steps of the loop: as far as the furthest action is.
fn steps(theme: &Theme<'_>) -> Vec<CellView> {
    let furthest = theme.actions.iter().filter_map(|page| actions::facts(page)?.state).max();
    let reached =
        |state: ActionState| furthest.is_some_and(|now| now >= state) || state == ActionState::Heard;
    [ActionState::Heard, ActionState::Decided, ActionState::Done, ActionState::Told]
        .into_iter()
        .map(|state| match reached(state) {
            true => marked("yes", "better"),
            false if state == ActionState::Told && furthest == Some(ActionState::Done) => {
                marked("not told", "worse")
            }
            false => cell("not yet"),
        })
        .collect()
}

fn fragment(slug: &str) -> String {
    format!("part.theme.{slug}")
}

fn one(spot: &Spot<'_>, name: &str, theme: &Theme<'_>) -> PartView {
    let mut own = part(&format!("theme.{name}"), &theme.title);
    own.facts.extend((theme.quotes > 0).then(|| fact("Quotes", consent(spot, theme))));
    own.facts.extend(seen(spot, &theme.observations));
    own.grid = loop_of(spot, theme);
    if theme.actions.is_empty() {
        own.missing.push("Nothing has been decided about this theme. If it is worth an action, write theme: into that action.".to_owned());
    }
    own.bullets = theme
        .observations
        .iter()
        .take(SEEN)
        .map(|one| format!("{}: {}", capital(one.kind.word()), one.text))
        .collect();
    own.quotes =
        lists::quotes(spot, QUOTES, |quote| quote.theme.as_deref().map(slug).as_deref() == Some(name));
    own.claims = theme.claims.iter().map(|one| claim(spot, one, "")).collect();
    own
}

/// "9, all with consent and read by a second person". A quote without consent is in no book.
fn consent(spot: &Spot<'_>, theme: &Theme<'_>) -> String {
    let count = |number: usize| spot.locale().count(number as u64);
    match (theme.quotes, theme.cleared) {
        (1, 1) => "1, with consent and read by a second person".to_owned(),
        (all, read) if all == read => format!("{}, all with consent and read by a second person", count(all)),
        (all, 0) => format!("{}, with consent; not yet read by a second person", count(all)),
        (all, read) => {
            format!("{}, all with consent; {} of them read by a second person", count(all), count(read))
        }
    }
}

/// "7 observations: 5 problems, 2 wishes", with no names and no days.
fn seen(spot: &Spot<'_>, observations: &[&Observation]) -> Option<super::super::super::views::FactView> {
    if observations.is_empty() {
        return None;
    }
    let kinds = ObservationKind::WORDS.iter().filter_map(|(_, kind)| {
        let count = observations.iter().filter(|one| one.kind == *kind).count();
        let word = match (*kind, count) {
            (ObservationKind::Problem, 1) => "problem",
            (ObservationKind::Problem, _) => "problems",
            (ObservationKind::Wish, 1) => "wish",
            (ObservationKind::Wish, _) => "wishes",
            (ObservationKind::Praise, _) => "praise",
        };
        (count > 0).then(|| format!("{} {word}", spot.locale().count(count as u64)))
    });
    let kinds: Vec<String> = kinds.collect();
    let count = super::counted(spot, observations.len(), "observation");
    Some(fact("Seen by colleagues", format!("{count}: {}", kinds.join(", "))))
}

/// The actions of a theme with their days.
fn loop_of(spot: &Spot<'_>, theme: &Theme<'_>) -> Option<GridView> {
    let rows = theme.actions.iter().filter_map(|page| {
        let action = actions::facts(page)?;
        let day = |day: Option<crate::model::Date>| match day {
            Some(day) => cell(spot.locale().short_month(day.in_month())),
            None => cell("–"),
        };
        Some(GridRowView {
            id: String::new(),
            cells: vec![
                linked(Some(spot.page_link(page))),
                day(action.heard),
                // What runs for a trial is not decided yet.
                day(action.decided.or(action.started).filter(|_| action.state > Some(ActionState::Heard))),
                day(action.finished),
                day(action.told),
                actions::stand(spot, page, action),
            ],
        })
    });
    let columns = ["Action", "Heard", "Decided", "Done", "Customers told", "Where it stands"];
    grid::grid(&format!("What is done about: {}", theme.title), &columns, rows.collect())
}

/// A figure with its small print; `scope` keeps its id apart from the same figure elsewhere on the page. The id does not begin
/// with "claim", which before a word reads like a customer's number.
pub(in super::super::super) fn claim(spot: &Spot<'_>, claim: &Claim, scope: &str) -> ClaimView {
    let locale = spot.locale();
    let dates = match claim.from == claim.to {
        true => locale.month(claim.from),
        false => format!("{} to {}", locale.month(claim.from), locale.month(claim.to)),
    };
    let metric = claim.metric.as_ref().and_then(|id| spot.site.book.metrics().get(id));
    ClaimView {
        id: format!("says.{scope}{}", claim.id),
        says: claim.says.clone(),
        source: claim.source.clone(),
        n: format!("n = {}", locale.count(claim.n)),
        dates,
        population: claim.population.clone(),
        question: claim.question.clone(),
        limits: claim.limits.clone(),
        metric: metric
            .map(|metric| spot.link(&metric.metric.definition.name, &links::metric(&metric.metric.id))),
    }
}
