//! Files for programs: the feed of changes and the sitemap.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::pages::changes;
use super::plan::Site;
use crate::editions::{CHANGES, NewsItem};
use crate::links;
use crate::markdown::escape_xml;
use crate::model::{Date, PageKind};
use crate::output::sha256;

/// Entries in the feed.
const MOST_ENTRIES: usize = 40;

/// Of them, pages that were read through again.
const MOST_REVIEWS: usize = 8;

/// The word of such an entry.
const REVIEWED: &str = "Reviewed";

struct Entry {
    date: Date,
    title: String,
    route: String,
    summary: String,
    /// What its id is made from.
    key: String,
    /// Whether it only says that somebody read a page through.
    is_review: bool,
}

/// The Atom feed: actions begun and finished, stories, changed definitions, pages reviewed; newest first.
pub(super) fn atom(site: &Site<'_>) -> String {
    let config = site.book.config();
    let mut entries = entries(site);
    entries.retain(|entry| entry.date <= site.book.as_of());
    entries.extend(since(site));
    entries.sort_by(|a, b| (b.date, &a.route, &a.title).cmp(&(a.date, &b.route, &b.title)));
    let mut seen = BTreeSet::new();
    entries.retain(|entry| seen.insert(entry.key.clone()));
    entries = without_a_crowd(entries);
    let base = config.site_url.as_deref().filter(|url| url.contains("://")).unwrap_or("");
    let id = |text: &str| format!("urn:sha256:{}", sha256(format!("{}\n{text}", config.title).as_bytes()));
    let updated = entries.first().map_or(site.book.as_of(), |entry| entry.date);
    let mut feed = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\"",
    );
    let _ = writeln!(feed, " xml:lang=\"{}\">", escape_xml(&config.language));
    let _ = writeln!(feed, "  <title>{}</title>", escape_xml(&config.title));
    let _ = writeln!(feed, "  <id>{}</id>\n  <updated>{updated}T00:00:00Z</updated>", id("feed"));
    let _ = writeln!(feed, "  <link rel=\"self\" href=\"{}feed.xml\"/>", escape_xml(base));
    let _ = writeln!(feed, "  <link href=\"{}index.html\"/>", escape_xml(base));
    let author = config.authors.first().map_or(config.title.as_str(), String::as_str);
    let _ = writeln!(feed, "  <author><name>{}</name></author>", escape_xml(author));
    for entry in &entries {
        let _ = writeln!(feed, "  <entry>\n    <title>{}</title>", escape_xml(&entry.title));
        let _ = writeln!(feed, "    <id>{}</id>", id(&entry.key));
        let _ = writeln!(feed, "    <updated>{}T00:00:00Z</updated>", entry.date);
        let href = format!("{base}{}", links::relative("", &entry.route));
        let _ = writeln!(feed, "    <link href=\"{}\"/>", escape_xml(&href));
        let _ = writeln!(feed, "    <summary>{}</summary>\n  </entry>", escape_xml(&entry.summary));
    }
    feed.push_str("</feed>\n");
    feed
}

/// What was done, told and measured anew comes first; that a page was read through again fills the rest.
fn without_a_crowd(entries: Vec<Entry>) -> Vec<Entry> {
    let (reviews, mut kept): (Vec<Entry>, Vec<Entry>) =
        entries.into_iter().partition(|entry| entry.is_review);
    kept.truncate(MOST_ENTRIES);
    let free = (MOST_ENTRIES - kept.len()).min(MOST_REVIEWS);
    kept.extend(reviews.into_iter().take(free));
    kept.sort_by(|a, b| {
        (b.date, a.is_review, &a.route, &a.title).cmp(&(a.date, b.is_review, &b.route, &b.title))
    });
    kept
}

fn entries(site: &Site<'_>) -> Vec<Entry> {
    let mut entries = Vec::new();
    let pages = site.relations.sections.values().flatten();
    for page in pages {
        let route = links::page(page.section, &page.id);
        let title = &page.facts.title;
        let mut add = |date: Option<Date>, words: &str, summary: Option<&String>| {
            entries.extend(date.map(|date| Entry {
                date,
                key: format!("{route} {words}: {title}"),
                title: format!("{words}: {title}"),
                route: route.clone(),
                summary: summary.cloned().unwrap_or_default(),
                is_review: words == REVIEWED,
            }));
        };
        match &page.kind {
            PageKind::Action(action) => {
                add(action.started, "Action begun", action.problem.as_ref());
                add(action.finished, "Action finished", action.result.as_ref().or(action.problem.as_ref()));
            }
            PageKind::Story(story) => {
                add(
                    story.month.and_then(crate::model::Month::first_day),
                    "Story",
                    page.facts.summary.as_ref(),
                );
            }
            _ => add(page.facts.reviewed, REVIEWED, page.facts.summary.as_ref()),
        }
    }
    for (id, metric) in site.book.metrics() {
        let definition = &metric.metric.definition;
        entries.extend(definition.changes.iter().map(|change| {
            let (route, title) = (links::metric(id), format!("{}: {}", change.kind.words(), definition.name));
            // A definition may change twice in the same way.
            let key = format!("{route} {title} {} {}", change.date, change.note);
            Entry { date: change.date, title, route, summary: change.note.clone(), key, is_review: false }
        }));
    }
    entries
}

/// What changed since the edition before, one entry each.
fn since(site: &Site<'_>) -> Vec<Entry> {
    let Some((edition, news)) = changes::since(site) else { return Vec::new() };
    let one = |(title, item): (&str, NewsItem)| Entry {
        date: site.book.as_of(),
        key: format!("{edition} {title} {}", item.words),
        route: item.path.unwrap_or_else(|| CHANGES.to_owned()),
        summary: item.more.unwrap_or_else(|| format!("Since edition {edition}.")),
        title: format!("{title}: {}", item.words),
        is_review: false,
    };
    let items =
        news.into_iter().flat_map(|group| group.items.into_iter().map(move |item| (group.title, item)));
    items.map(one).collect()
}

/// Whether the book knows its address, without which there is no sitemap.
pub(super) fn has_sitemap(site: &Site<'_>) -> bool {
    site.book.config().site_url.as_deref().is_some_and(|url| url.contains("://"))
}

/// The sitemap, for books that know their address; a sitemap needs whole addresses.
pub(super) fn sitemap(site: &Site<'_>) -> Option<String> {
    let base = site.book.config().site_url.as_deref().filter(|url| url.contains("://"))?;
    let mut map = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for route in site.pages.keys().filter(|route| route.as_str() != links::NOT_FOUND) {
        let address = format!("{base}{}", links::relative("", route));
        let _ = writeln!(map, "  <url><loc>{}</loc></url>", escape_xml(&address));
    }
    map.push_str("</urlset>\n");
    Some(map)
}
