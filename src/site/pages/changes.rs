//! What changed since the edition before.

use super::super::frame::{Around, Spot, frame};
use super::super::plan::{Planned, Site};
use super::super::views::{ChangesView, GroupView, ItemView};
use super::super::words::Words;
use super::index_of;
use crate::editions::{Facts, MetricFacts, News, NewsItem, Told, news};
use crate::links;
use crate::metrics::process::Reading;
use crate::model::{ActionState, PageKind};
use crate::privacy::PublicMetric;

/// Title of the page and of the message.
pub(in super::super) fn title(edition: &str) -> String {
    format!("What changed since edition {edition}")
}

/// What changed, for a site that knows the edition before it.
pub(in super::super) fn since(site: &Site<'_>) -> Option<(String, Vec<News>)> {
    let before = site.within.as_ref()?.since.as_ref()?;
    let after = Told { facts: facts(site), pages: index_of(site) };
    Some((before.facts.edition.clone(), news(before, &after)))
}

/// What the edition says, for comparing the next one with it.
pub(in super::super) fn facts(site: &Site<'_>) -> Facts {
    let book = site.book;
    let metrics = book.metrics().iter().map(|(id, metric)| (id.to_string(), metric_facts(site, metric)));
    let actions = book.pages().iter().filter_map(|page| match &page.kind {
        PageKind::Action(action) => {
            let told = matches!(action.state, Some(ActionState::Done | ActionState::Told));
            let over = action.finished.is_some_and(|day| day <= book.as_of());
            let path = links::page(page.section, &page.id);
            Some((crate::editions::Pages::id_of(&path).to_owned(), told || over))
        }
        _ => None,
    });
    Facts {
        schema: 1,
        edition: book.edition().unwrap_or_default().to_owned(),
        as_of: book.as_of().to_string(),
        metrics: metrics.collect(),
        actions: actions.collect(),
        quotes: book.quotes().len() as u64,
    }
}

fn metric_facts(site: &Site<'_>, metric: &PublicMetric) -> MetricFacts {
    let definition = &metric.metric.definition;
    let locale = site.book.config().locale();
    let words = Words { definition, locale };
    let reading = metric.total().map(|series| series.reading());
    let changes = definition.changes.iter().filter(|change| change.date <= site.book.as_of());
    MetricFacts {
        name: definition.name.clone(),
        said: metric.total().map(|series| words.headline(series)).unwrap_or_default(),
        beyond_noise: !matches!(reading, None | Some(Reading::TooEarly { .. } | Reading::Steady { .. })),
        identity: definition.identity(),
        changes: changes
            .map(|change| format!("{}, {}. {}", change.kind.words(), locale.day(change.date), change.note))
            .collect(),
    }
}

pub(super) fn view(spot: &Spot<'_>, planned: &Planned<'_>, edition: &str, all: Vec<News>) -> ChangesView {
    let summary = format!("Edition {edition} stays as it was; this is what is different here.");
    let groups = all.into_iter().map(|group| GroupView {
        title: group.title.to_owned(),
        id: group.id.to_owned(),
        items: group.items.into_iter().map(|item| entry(spot, edition, item)).collect(),
    });
    let around = Around { summary: Some(summary), ..Around::default() };
    ChangesView {
        groups: groups.collect(),
        message: spot.href(crate::editions::CHANGES_TEXT),
        frame: frame(spot, planned, "changes", around),
    }
}

fn entry(spot: &Spot<'_>, edition: &str, item: NewsItem) -> ItemView {
    let root = spot.site.within.as_ref().map_or("", |within| within.spot.root());
    let href = match (&item.path, &item.old) {
        (Some(path), _) => spot.href(path),
        (None, Some(old)) => spot.href(&format!("{root}{edition}/{old}")),
        (None, None) => spot.href(links::HOME),
    };
    ItemView { title: item.words, href, summary: item.more, meta: Vec::new() }
}
