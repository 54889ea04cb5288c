//! Entries of lists: pages, quotes, chains, terms as they stand on other pages.

use super::figure::{self, Selection};
use super::frame::Spot;
use super::views::{ChainView, GroupView, ItemView, LinkView, QuoteView};
use super::{card, compared, words};
use crate::diag::Finding;
use crate::links;
use crate::model::{Audience, Direction, Edge, Evidence, Page, PageKind, Section, StageId, TeamId};
use crate::privacy::PublicQuote;

impl<'a> Spot<'a> {
    /// A link to a team's page.
    pub(super) fn team(&self, id: &TeamId) -> Option<LinkView> {
        self.site.relations.page(Section::Teams, id.as_str()).map(|page| self.page_link(page))
    }

    /// The page of an action.
    pub(super) fn action(&self, id: &str) -> Option<&'a Page> {
        self.site.relations.page(Section::Actions, id)
    }

    /// A link to a stage.
    pub(super) fn stage(&self, id: &StageId) -> Option<LinkView> {
        let stage = self.site.book.journey().stages.iter().find(|stage| stage.id == *id)?;
        Some(self.link(&stage.name, &links::stage(id)))
    }
}

/// A page as an entry of a list.
pub(super) fn item(spot: &Spot<'_>, page: &Page) -> ItemView {
    ItemView {
        title: page.facts.title.clone(),
        href: spot.href(&links::page(page.section, &page.id)),
        summary: summary(page),
        meta: meta(spot, page),
    }
}

/// What a page is for: its summary, or the sentence that matters most for its kind.
pub(super) fn summary(page: &Page) -> Option<String> {
    let other = || match &page.kind {
        PageKind::Playbook(playbook) => playbook.outcome.clone(),
        PageKind::Action(action) => action.problem.clone(),
        PageKind::Story(story) => story.change.clone(),
        PageKind::Team(team) => team.part.clone(),
        PageKind::Impact(impact) => impact.change.clone(),
        _ => None,
    };
    page.facts.summary.clone().or_else(other)
}

fn meta(spot: &Spot<'_>, page: &Page) -> Vec<String> {
    let mut meta = Vec::new();
    match &page.kind {
        PageKind::Action(action) => {
            meta.extend(action.state.map(|state| state.word().to_owned()));
            meta.extend(action.team.as_ref().and_then(|team| spot.team(team)).map(|team| team.title));
            meta.extend(action.started.map(|date| spot.locale().month(date.in_month())));
        }
        PageKind::Story(story) => {
            meta.extend(story.by.clone());
            meta.extend(story.month.map(|month| spot.locale().month(month)));
            meta.extend(story.feeling.clone());
        }
        PageKind::Playbook(_) => {
            meta.extend(page.stages.iter().filter_map(|stage| spot.stage(stage)).map(|stage| stage.title));
        }
        PageKind::Team(_) => meta.extend(page.facts.owner.clone()),
        PageKind::Impact(impact) => meta.extend(impact.verdict.map(|verdict| verdict.word().to_owned())),
        _ => {}
    }
    meta
}

/// Pages in groups by section: playbooks, actions, stories, other pages. Empty groups are left out.
pub(super) fn by_section(spot: &Spot<'_>, pages: &[&Page]) -> Vec<GroupView> {
    let order = [
        Section::Playbooks,
        Section::Actions,
        Section::Stories,
        Section::Roles,
        Section::Impacts,
        Section::Pages,
    ];
    let group = |section: Section| {
        let items: Vec<ItemView> =
            pages.iter().filter(|page| page.section == section).map(|page| item(spot, page)).collect();
        let title = section.title().to_owned();
        (!items.is_empty()).then(|| GroupView { id: format!("related.{}", section.folder()), title, items })
    };
    order.into_iter().filter_map(group).collect()
}

/// A group of plain links.
pub(super) fn link_group(title: &str, links: Vec<LinkView>) -> Option<GroupView> {
    let items: Vec<ItemView> = links
        .into_iter()
        .map(|link| ItemView { title: link.title, href: link.href, summary: None, meta: Vec::new() })
        .collect();
    let id = format!("related.{}", crate::model::slug(title));
    (!items.is_empty()).then(|| GroupView { title: title.to_owned(), id, items })
}

/// A theme as a heading: one that is written like an id is still read as words.
pub(super) fn theme_title(name: &str) -> String {
    crate::model::capital(&if name.contains(' ') { name.to_owned() } else { name.replace('-', " ") })
}

/// A quote.
pub(super) fn quote(spot: &Spot<'_>, quote: &PublicQuote) -> QuoteView {
    QuoteView {
        id: format!("quote.{}", crate::model::slug(&quote.id)),
        text: quote.text.clone(),
        language: quote.language.clone().filter(|language| *language != spot.site.book.config().language),
        source: said(spot, quote),
        less_exact: less_exact(quote),
        segment: quote.segment.clone(),
        theme: quote.theme.clone(),
        stage: quote.stage.as_ref().and_then(|stage| spot.stage(stage)),
    }
}

/// Where and when it was said, as far as that may be told.
fn said(spot: &Spot<'_>, quote: &PublicQuote) -> String {
    let source = quote.source.clone().unwrap_or_else(|| "A customer".to_owned());
    match quote.time {
        Some(time) => format!("{source}, {}", words::in_time(spot.locale(), time)),
        None => source,
    }
}

/// What was left out, for the reader who wonders.
fn less_exact(quote: &PublicQuote) -> Option<String> {
    let words: Vec<&str> = quote.changes.iter().map(|change| change.word()).collect();
    (!words.is_empty())
        .then(|| format!("{}, to protect the customer", crate::model::capital(&words.join(", "))))
}

/// The newest quotes that fulfil a condition, at most `limit`; equal months keep the order of their files.
pub(super) fn quotes(spot: &Spot<'_>, limit: usize, wanted: impl Fn(&PublicQuote) -> bool) -> Vec<QuoteView> {
    let mut chosen: Vec<&PublicQuote> =
        spot.site.book.quotes().iter().filter(|quote| wanted(quote)).collect();
    // By what is shown only: the place in a list must not tell the month that is not shown.
    chosen.sort_by_cached_key(|quote| {
        let order = quote.changes.first().map(|_| crate::output::sha256(quote.text.as_bytes()));
        (std::cmp::Reverse(quote.time.map(|time| (time.end(), time.start()))), order)
    });
    chosen.into_iter().take(limit).map(|one| quote(spot, one)).collect()
}

/// Lines of the map that fulfil a condition, each with its place in the map. What a team can act on this week comes before how
/// customers feel about the company.
pub(super) fn edges<'a>(spot: &Spot<'a>, wanted: impl Fn(&Edge) -> bool) -> Vec<(usize, &'a Edge)> {
    let book = spot.site.book;
    let mut edges: Vec<(usize, &Edge)> =
        book.map().iter().enumerate().filter(|(_, edge)| wanted(edge)).collect();
    edges.sort_by_key(|(_, edge)| {
        let moved = book.metrics().get(&edge.moves);
        moved.is_some_and(|metric| metric.metric.definition.audience == Some(Audience::Relationship))
    });
    edges
}

/// Chains of the map that fulfil a condition. The first `drawn` of them, those seen in numbers before the others, have a
/// chart of both metrics.
///
/// # Errors
/// The finding about the theme's template for figures.
pub(super) fn chains(
    spot: &Spot<'_>,
    drawn: usize,
    wanted: impl Fn(&Edge) -> bool,
) -> Result<Vec<ChainView>, Finding> {
    let edges = edges(spot, wanted);
    let mut ranked: Vec<&(usize, &Edge)> = edges.iter().collect();
    ranked.sort_by_key(|(index, edge)| (edge.evidence != Evidence::Measured, *index));
    let with_chart: Vec<usize> = ranked.into_iter().take(drawn).map(|(index, _)| *index).collect();
    let mut views = Vec::new();
    for (index, edge) in edges {
        let Some(mut view) = chain(spot, edge, index) else { continue };
        if with_chart.contains(&index) {
            let figure = figure::chain(spot, edge, &Selection::default(), &format!("chain.{index}"));
            view.figure_html = figure.map(|figure| spot.theme.render("figure.html", &figure)).transpose()?;
        }
        views.push(view);
    }
    Ok(views)
}

fn chain(spot: &Spot<'_>, edge: &Edge, index: usize) -> Option<ChainView> {
    let metrics = spot.site.book.metrics();
    let (own, customer) = (metrics.get(&edge.metric)?, metrics.get(&edge.moves)?);
    let (own_name, customer_name) = (&own.metric.definition.name, &customer.metric.definition.name);
    let relation = match edge.direction {
        Direction::Same => format!("When “{own_name}” rises, “{customer_name}” rises."),
        Direction::Opposite => format!("When “{own_name}” rises, “{customer_name}” falls."),
    };
    Some(ChainView {
        team: spot.team(&edge.team)?,
        own: card::card(spot, own, &format!("own{index}")),
        stage: spot.stage(&edge.stage)?,
        customer: card::card(spot, customer, &format!("moves{index}")),
        relation,
        evidence: edge.evidence.word(),
        note: edge.note.clone(),
        together: compared::together(spot.locale(), own, customer, edge.direction),
        figure_html: None,
    })
}
