//! Where links of published pages lead, across editions: a frozen page cannot be mended, so what it leads to has to stay.

use std::collections::BTreeMap;

use super::listing::Listing;
use super::names::Spot;
use super::record::Record;
use super::{Current, PAGES};
use crate::source::decode;

/// A link that leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadLink {
    /// The page, by its path in the whole site.
    pub page: String,
    /// What it leads to, by its path in the whole site.
    pub to: String,
    /// Whether it leads out of the folder the page is in.
    pub leaves: bool,
    /// Why there is nothing.
    pub why: String,
}

impl DeadLink {
    /// For people.
    pub fn words(&self) -> String {
        format!("{} leads to {}, but {}", self.page, self.to, self.why)
    }
}

/// Links of pages that lead to nothing in the site. `pages` are paths and bytes; others than pages are passed over.
pub fn dead_links<'a>(
    record: &Record,
    files: &Listing,
    pages: impl Iterator<Item = (String, &'a [u8])>,
) -> Vec<DeadLink> {
    let mut dead: BTreeMap<(String, String), DeadLink> = BTreeMap::new();
    for (page, bytes) in pages.filter(|(page, _)| page.ends_with(".html")) {
        let text = String::from_utf8_lossy(bytes);
        for href in addresses(&text) {
            let Some(to) = target(record, &page, &href).filter(|to| files.get(to).is_none()) else {
                continue;
            };
            let leaves = folder_of(record, &page) != folder_of(record, &to);
            let why = why(record, &to);
            dead.insert((page.clone(), to.clone()), DeadLink { page: page.clone(), to, leaves, why });
        }
    }
    dead.into_values().collect()
}

/// What the selector of editions and the aliases lead to, and is not there.
pub fn dead_ends(current: &Current) -> Vec<String> {
    let mut dead = Vec::new();
    let mut look = |who: &str, path: String| {
        if current.files.get(&path).is_none() {
            dead.push(format!("{who} leads to {path}, which is not there"));
        }
    };
    for folder in current.record.trees.keys() {
        look("the choice of editions", format!("{folder}/index.html"));
        look("the choice of editions", format!("{folder}/{PAGES}"));
        for page in current.pages.get(folder).into_iter().flat_map(|pages| pages.pages.values()) {
            look("the choice of editions", format!("{folder}/{}", page.path));
        }
    }
    for (name, folder) in &current.record.aliases {
        for page in current.pages.get(folder).into_iter().flat_map(|pages| pages.pages.values()) {
            look(&format!("the edition {folder}"), format!("{name}/{}", page.path));
            look(&format!("the alias {name}"), format!("{folder}/{}", page.path));
        }
    }
    dead.sort();
    dead.dedup();
    dead
}

/// What `href` and `src` say.
fn addresses(html: &str) -> Vec<String> {
    let found = [" href=\"", " src=\""]
        .into_iter()
        .flat_map(|name| html.match_indices(name).map(move |(at, _)| &html[at + name.len()..]));
    let values = found.filter_map(|rest| rest.split_once('"').map(|(value, _)| value));
    values.map(|value| value.replace("&#x2F;", "/").replace("&#x27;", "'").replace("&amp;", "&")).collect()
}

/// The file in the whole site that an address leads to; nothing for one that leads elsewhere.
fn target(record: &Record, page: &str, href: &str) -> Option<String> {
    let plain = href.split(['#', '?']).next().unwrap_or_default();
    let own = record.address.as_deref().and_then(|address| plain.strip_prefix(address));
    let mut parts: Vec<&str> = Vec::new();
    let rest = match own {
        Some(rest) => rest,
        None if plain.is_empty() || plain.starts_with('/') || plain.split('/').next()?.contains(':') => {
            return None;
        }
        None => {
            parts.extend(page.split('/'));
            parts.pop();
            plain
        }
    };
    for part in rest.split('/') {
        match part {
            ".." => _ = parts.pop()?,
            "." => {}
            part => parts.push(part),
        }
    }
    let path = decode(&parts.join("/"));
    Some(if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path })
}

/// The edition, channel or alias that a file is in.
fn folder_of<'a>(record: &'a Record, path: &'a str) -> &'a str {
    let all = record.trees.keys().chain(record.aliases.keys());
    let known = all
        .map(String::as_str)
        .find(|folder| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/')));
    known.unwrap_or_else(|| path.split('/').next().unwrap_or(path))
}

fn why(record: &Record, to: &str) -> String {
    let folder = folder_of(record, to);
    let known = record.trees.contains_key(folder) || record.aliases.contains_key(folder);
    match to.contains('/') && !known && Spot::parse(folder).is_ok() {
        true => format!("the edition {folder} is not there (any more)"),
        false => "there is no such file".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::editions::Tree;

    #[test]
    fn links_are_followed_as_a_browser_does() {
        let trees = ["2026-q1", "preview/x"].map(|folder| (folder.to_owned(), Tree::default())).into();
        let record = Record { address: Some("https://in.example/cx/".into()), trees, ..Record::default() };
        let mut files = Listing::default();
        for path in ["2026-q1/a b.html", "2026-q1/index.html", "editions.html", "preview/x/a.html"] {
            files.insert(path.into(), String::new());
        }
        let page = br##"<a href="../editions.html"><a href="a%20b.html?x#y"><a href="./"><a href="#here"><a href="mailto:a@b">
            <a href="https://other.example/x"><a href="/root"><a href="https://in.example/cx/2026-q1/">
            <a href="../preview/x/a.html"><a href="../2025-q4/a.html"><img src="gone.svg">
            <a href="https://in.example/cx/2026-q1/left.html"><a href="../../../x">"##;
        let dead = dead_links(&record, &files, [("2026-q1/p.html".to_owned(), &page[..])].into_iter());
        let said: Vec<_> = dead.iter().map(|link| (link.to.as_str(), link.leaves)).collect();
        assert_eq!(
            said,
            [("2025-q4/a.html", true), ("2026-q1/gone.svg", false), ("2026-q1/left.html", false)]
        );
        assert!(dead[0].why.contains("2025-q4 is not there"), "{dead:?}");
    }
}
