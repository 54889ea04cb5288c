//! What results show, in blocks of neighbours: what sections of one page have in common stands once.
//!
//! A result is a list: heading, words, fragment, title, number of its kind, address, value. The end of the list is left out from
//! the fourth on where it is that of the result before; a page says its words once where sections have none of their own. A
//! fragment is left out, as 0, where it follows from the heading as [`plain`] has it; the browser does the same.

use rayon::prelude::*;

use super::Entry;
use super::chunks::{json, list};

/// Results in one block.
pub(super) const TOGETHER: usize = 24;

/// Most characters of the words that a page shows, where its sections have none of their own.
const OF_PAGES: usize = 110;

/// Stands for the words of the page; a section that says nothing has an empty text.
const OF_THE_PAGE: &str = "null";

/// The blocks, with up to so many characters of an entry's own words; with none, sections show those of their page.
pub(super) fn blocks(entries: &[Entry], kinds: &[String], excerpt: usize) -> Vec<String> {
    let mut page: Option<&Entry> = None;
    let pages: Vec<&Entry> = entries
        .iter()
        .map(|entry| {
            let of = page.filter(|page| is_of(entry, page)).unwrap_or(entry);
            page = Some(of);
            of
        })
        .collect();
    let blocks = entries.par_chunks(TOGETHER).zip(pages.par_chunks(TOGETHER));
    let block = |(entries, pages): (&[Entry], &[&Entry])| {
        let results = entries.iter().zip(pages).enumerate().map(|(at, (entry, page))| {
            // The first of a block has none before it, and a page is no section of itself.
            let is_short = at > 0 && !std::ptr::eq(entry, *page);
            result(entry, page, is_short, kinds, excerpt)
        });
        list(results)
    };
    blocks.map(block).collect()
}

/// Whether an entry is a section of the page that begins with another.
fn is_of(entry: &Entry, page: &Entry) -> bool {
    let route = entry.href.split_once('#').map(|(route, _)| route);
    entry.heading.is_some() && route == Some(page.href.as_str()) && entry.title == page.title
}

fn result(entry: &Entry, page: &Entry, short: bool, kinds: &[String], excerpt: usize) -> String {
    let heading = entry.heading.as_deref().unwrap_or_default();
    let (route, fragment) = match &entry.heading {
        Some(_) => entry.href.split_once('#').unwrap_or((&entry.href, "")),
        None => (entry.href.as_str(), ""),
    };
    let words = match (excerpt, short) {
        (0, true) => OF_THE_PAGE.to_owned(),
        (0, false) => json(&beginning(page, OF_PAGES)),
        _ => json(&beginning(entry, excerpt)),
    };
    let follows = entry.heading.is_some() && fragment == plain(heading);
    let fragment = if follows || fragment.is_empty() { "0".to_owned() } else { json(fragment) };
    let mut parts = vec![json(heading), words, fragment];
    if short {
        while parts.last().is_some_and(|part| part == "0" || part == OF_THE_PAGE) {
            parts.pop();
        }
    } else {
        let kind = kinds.iter().position(|kind| *kind == entry.kind).unwrap_or_default();
        parts.extend([json(&entry.title), kind.to_string(), json(route)]);
        parts.extend(entry.value.as_deref().map(json));
    }
    list(parts.into_iter())
}

/// A heading as a fragment, where it has no letters but those from a to z.
pub(super) fn plain(heading: &str) -> String {
    let lower = heading.to_ascii_lowercase();
    let kept = lower.chars().filter(|sign| sign.is_ascii_alphanumeric() || matches!(sign, ' ' | '-' | '_'));
    kept.map(|sign| if sign == ' ' { '-' } else { sign }).collect()
}

/// The first words of what an entry says, up to a limit.
fn beginning(entry: &Entry, most: usize) -> String {
    let text = [&entry.said, &entry.summary, &entry.body].into_iter().find(|text| !text.trim().is_empty());
    let (mut short, mut signs) = (String::new(), 0);
    for word in text.map_or("", String::as_str).split_whitespace() {
        let length = word.chars().take(most).count();
        if signs + length >= most {
            return short + " …";
        }
        if !short.is_empty() {
            short.push(' ');
            signs += 1;
        }
        short.push_str(word);
        signs += length;
    }
    short
}

#[cfg(test)]
mod tests {
    use super::{Entry, blocks};

    fn section(heading: &str, href: &str) -> Entry {
        let heading = (!heading.is_empty()).then(|| heading.to_owned());
        Entry {
            title: "Call".into(),
            heading,
            href: href.into(),
            kind: "Page".into(),
            body: "We ring first.".into(),
            ..Entry::default()
        }
    }

    #[test]
    fn what_a_page_has_in_common_stands_once() {
        let entries = [
            section("", "a.html"),
            section("What we do", "a.html#what-we-do"),
            section("Why?", "a.html#why-1"),
            section("What we do", "b.html#what-we-do"),
        ];
        let kinds = ["Page".to_owned(), "Term".to_owned()];
        let of_page = |own: &str, href: &str| format!("[{own},\"Call\",0,\"{href}\"]");
        let long = [
            of_page("\"\",\"We ring first.\",0", "a.html"),
            "[\"What we do\",\"We ring first.\"]".to_owned(),
            "[\"Why?\",\"We ring first.\",\"why-1\"]".to_owned(),
            of_page("\"What we do\",\"We ring first.\",0", "b.html"),
        ];
        assert_eq!(blocks(&entries, &kinds, 160), [format!("[{}]", long.join(","))]);
        let short = [
            of_page("\"\",\"We ring first.\",0", "a.html"),
            "[\"What we do\"]".to_owned(),
            "[\"Why?\",null,\"why-1\"]".to_owned(),
            of_page("\"What we do\",\"We ring first.\",0", "b.html"),
        ];
        assert_eq!(blocks(&entries, &kinds, 0), [format!("[{}]", short.join(","))]);
    }
}
