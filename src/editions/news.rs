//! What changed from one edition to the next, in sentences.

use super::facts::{Facts, MetricFacts};
use super::pages::{PageEntry, Pages};

/// An edition as it is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// What it says.
    pub facts: Facts,
    /// Its pages.
    pub pages: Pages,
}

/// Changes of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    /// For readers.
    pub title: &'static str,
    /// Fragment.
    pub id: &'static str,
    /// One sentence each.
    pub items: Vec<NewsItem>,
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewsItem {
    /// What changed.
    pub words: String,
    /// More of it, such as what was said before.
    pub more: Option<String>,
    /// The page it is about, in the new edition.
    pub path: Option<String>,
    /// The page it was about, in the old edition, where the new one has none.
    pub old: Option<String>,
}

/// Sections whose new pages are told, with the title above them.
const SECTIONS: [(&str, &str, &str); 5] = [
    ("playbooks/", "new.playbooks", "New playbooks"),
    ("actions/", "new.actions", "New actions"),
    ("stories/", "new.stories", "New stories"),
    ("teams/", "new.teams", "New teams"),
    ("pages/", "new.pages", "New pages"),
];

/// Everything a reader of the older edition would want to know. Groups without changes are left out.
pub fn news(before: &Told, after: &Told) -> Vec<News> {
    let mut all = vec![
        News { title: "Moved more than chance explains", id: "moved.numbers", items: moved(before, after) },
        News { title: "Counted in another way", id: "definitions", items: definitions(before, after) },
        News { title: "Actions finished", id: "finished", items: finished(before, after) },
    ];
    for (folder, id, title) in SECTIONS {
        all.push(News { title, id, items: added(before, after, folder) });
    }
    all.push(News { title: "Customers' words", id: "words", items: quotes(before, after) });
    all.push(News { title: "Pages that moved or left", id: "moved.pages", items: pages(before, after) });
    all.retain(|news| !news.items.is_empty());
    all
}

/// The news as markdown, for a message.
pub fn markdown(title: &str, news: &[News]) -> String {
    let mut text = format!("# {title}\n");
    for group in news {
        text.push_str(&format!("\n## {}\n\n", group.title));
        for item in &group.items {
            let more = item.more.as_ref().map(|more| format!(" {more}")).unwrap_or_default();
            text.push_str(&format!("- {}{more}\n", item.words));
        }
    }
    if news.is_empty() {
        text.push_str("\nNothing that readers would notice.\n");
    }
    text
}

fn item(words: String, more: Option<String>, path: Option<&str>) -> NewsItem {
    NewsItem { words, more, path: path.map(str::to_owned), old: None }
}

/// Metrics of both editions; one that got another id is the same metric.
fn both<'a>(
    before: &'a Told,
    after: &'a Told,
) -> impl Iterator<Item = (&'a MetricFacts, &'a MetricFacts, Option<&'a str>)> {
    after.facts.metrics.iter().filter_map(|(id, now)| {
        let page = after.pages.pages.get(&format!("metrics/{id}"));
        let was = page.into_iter().flat_map(|page| &page.was).filter_map(|was| was.strip_prefix("metrics/"));
        let was = before
            .facts
            .metrics
            .get(id)
            .or_else(|| was.filter_map(|was| before.facts.metrics.get(was)).next())?;
        Some((was, now, page.map(|page| page.path.as_str())))
    })
}

/// A word of movement needs a signal in one of the two editions: the difference of two points is none.
fn moved(before: &Told, after: &Told) -> Vec<NewsItem> {
    let told = both(before, after).filter(|(was, now, _)| was.said != now.said);
    let told = told.filter(|(was, now, _)| was.beyond_noise || now.beyond_noise);
    let edition = &before.facts.edition;
    told.map(|(was, now, path)| {
        let more = format!("Edition {edition} said: {}.", was.said);
        item(format!("{}.", now.said), Some(more), path)
    })
    .collect()
}

fn definitions(before: &Told, after: &Told) -> Vec<NewsItem> {
    let mut items = Vec::new();
    for (was, now, path) in both(before, after) {
        let records: Vec<&String> =
            now.changes.iter().filter(|change| !was.changes.contains(change)).collect();
        for words in &records {
            items.push(item(format!("{}: {words}", now.name), None, path));
        }
        if records.is_empty() && was.name != now.name {
            items.push(item(format!("{} is called {} now.", was.name, now.name), None, path));
        }
        if records.is_empty() && was.identity != now.identity {
            items.push(item(format!("{} is defined in another way.", now.name), None, path));
        }
    }
    let is_new = |id: &&String| {
        let page = after.pages.pages.get(&format!("metrics/{id}"));
        let was = page.into_iter().flat_map(|page| &page.was);
        let known = |was: &String| {
            was.strip_prefix("metrics/").is_some_and(|was| before.facts.metrics.contains_key(was))
        };
        !before.facts.metrics.contains_key(*id) && !was.into_iter().any(known)
    };
    for id in after.facts.metrics.keys().filter(is_new) {
        let path = after.pages.pages.get(&format!("metrics/{id}")).map(|page| page.path.as_str());
        let name = after.facts.metrics.get(id).map_or(id.as_str(), |metric| metric.name.as_str());
        items.push(item(format!("{name} is a new metric."), None, path));
    }
    items
}

fn finished(before: &Told, after: &Told) -> Vec<NewsItem> {
    let done = after.facts.actions.iter().filter(|(_, finished)| **finished);
    let pages = done.filter_map(|(id, _)| after.pages.pages.get(id).map(|page| (id, page)));
    let news = pages.filter(|(id, page)| {
        let mut ids = std::iter::once(*id).chain(&page.was);
        !ids.any(|id| before.facts.actions.get(id) == Some(&true))
    });
    news.map(|(_, page)| item(page.title.clone(), None, Some(&page.path))).collect()
}

fn added(before: &Told, after: &Told, folder: &str) -> Vec<NewsItem> {
    let is_new = |id: &str, page: &PageEntry| {
        let known = |id: &str| before.pages.pages.contains_key(id);
        id.starts_with(folder)
            && id != format!("{folder}index")
            && !known(id)
            && !page.was.iter().any(|was| known(was))
    };
    let new = after.pages.pages.iter().filter(|(id, page)| is_new(id, page));
    new.map(|(_, page)| item(page.title.clone(), None, Some(&page.path))).collect()
}

fn quotes(before: &Told, after: &Told) -> Vec<NewsItem> {
    let (was, now) = (before.facts.quotes, after.facts.quotes);
    let path = after.pages.pages.get("quotes").map(|page| page.path.as_str());
    let words = match now.abs_diff(was) {
        0 => return Vec::new(),
        more if now > was => format!("{now} quotes, {more} more than in edition {}.", before.facts.edition),
        fewer => format!("{now} quotes, {fewer} fewer than in edition {}.", before.facts.edition),
    };
    vec![item(words, None, path)]
}

fn pages(before: &Told, after: &Told) -> Vec<NewsItem> {
    let mut items = Vec::new();
    for (id, page) in &before.pages.pages {
        match after.pages.find(id) {
            Some(now) if now.path != page.path => {
                items.push(item(format!("{} moved.", now.title), None, Some(&now.path)));
            }
            Some(_) => {}
            None if id == "changes" => {}
            None => items.push(NewsItem {
                words: format!("{} left.", page.title),
                more: Some(format!("Edition {} has it still.", before.facts.edition)),
                path: None,
                old: Some(page.path.clone()),
            }),
        }
    }
    items
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(edition: &str, pages: &[(&str, &[&str])]) -> Told {
        let entry = |(id, was): &(&str, &[&str])| {
            let was = was.iter().map(|was| (*was).to_owned()).collect();
            ((*id).to_owned(), PageEntry { path: format!("{id}.html"), title: format!("<{id}>"), was })
        };
        let pages = Pages { schema: 1, pages: pages.iter().map(entry).collect() };
        Told { facts: Facts { schema: 1, edition: edition.into(), ..Facts::default() }, pages }
    }

    fn metric(said: &str, beyond_noise: bool) -> MetricFacts {
        MetricFacts { name: "NPS".into(), said: said.into(), beyond_noise, ..MetricFacts::default() }
    }

    fn words(news: &[News]) -> Vec<String> {
        news.iter()
            .flat_map(|group| group.items.iter().map(|item| format!("{}: {}", group.id, item.words)))
            .collect()
    }

    #[test]
    fn a_metric_inside_noise_is_no_news() {
        let (mut before, mut after) =
            (told("q1", &[("metrics/nps", &[])]), told("q2", &[("metrics/nps", &[])]));
        before.facts.metrics.insert("nps".into(), metric("NPS: no change since May", false));
        after.facts.metrics.insert("nps".into(), metric("NPS: no change since June", false));
        assert_eq!(news(&before, &after), []);
        after.facts.metrics.insert("nps".into(), metric("NPS fell 5 points", true));
        let all = news(&before, &after);
        assert_eq!(words(&all), ["moved.numbers: NPS fell 5 points."]);
        assert_eq!(all[0].items[0].more.as_deref(), Some("Edition q1 said: NPS: no change since May."));
        assert!(
            markdown("What changed", &all)
                .ends_with("- NPS fell 5 points. Edition q1 said: NPS: no change since May.\n")
        );
        before.facts.metrics.insert("nps".into(), metric("NPS fell 5 points", true));
        assert_eq!(news(&before, &after), [], "it was said before");
    }

    #[test]
    fn another_definition_is_told_with_its_record() {
        let (mut before, mut after) = (told("q1", &[]), told("q2", &[("metrics/new", &["metrics/old"])]));
        before.facts.metrics.insert("old".into(), metric("a", false));
        let mut now = metric("b", false);
        now.identity.insert("scale".into(), "0 to 5".into());
        after.facts.metrics.insert("new".into(), now.clone());
        assert_eq!(words(&news(&before, &after)), ["definitions: NPS is defined in another way."]);
        now.changes.push("Other scale, 1 May 2026".into());
        after.facts.metrics.insert("new".into(), now);
        after.facts.metrics.insert("more".into(), metric("c", true));
        assert_eq!(
            words(&news(&before, &after)),
            ["definitions: NPS: Other scale, 1 May 2026", "definitions: NPS is a new metric."]
        );
    }

    #[test]
    fn pages_and_actions_are_followed_by_their_ids() {
        let mut before =
            told("q1", &[("playbooks/a", &[]), ("actions/x", &[]), ("pages/gone", &[]), ("changes", &[])]);
        let mut after = told(
            "q2",
            &[
                ("playbooks/b", &["playbooks/a"]),
                ("playbooks/new", &[]),
                ("actions/x", &[]),
                ("playbooks/index", &[]),
            ],
        );
        before.facts.actions.insert("actions/x".into(), false);
        after.facts.actions.insert("actions/x".into(), true);
        (before.facts.quotes, after.facts.quotes) = (4, 6);
        assert_eq!(
            words(&news(&before, &after)),
            [
                "finished: <actions/x>",
                "new.playbooks: <playbooks/new>",
                "words: 6 quotes, 2 more than in edition q1.",
                "moved.pages: <pages/gone> left.",
                "moved.pages: <playbooks/b> moved.",
            ]
        );
    }
}
