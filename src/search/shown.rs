//! What results show, in blocks of neighbours: what sections of one page have in common stands once.
//!
//! A result is a list: heading, words, fragment, title, number of its kind, address, value. The end of the list is left out from
//! the fourth on where it is that of the result before; a page says its words once where sections have none of their own. A
//! fragment is left out, as 0, where it follows from the heading as [`plain`] has it; the browser does the same.

use rayon::prelude::*;

use super::Entry;
use super::text::{Count, Out, put_inner, put_json};

/// Results in one block.
pub(super) const TOGETHER: usize = 24;

/// Most characters of the words that a page shows, where its sections have none of their own.
const OF_PAGES: usize = 110;

/// Stands for the words of the page; a section that says nothing has an empty text.
const OF_THE_PAGE: &str = "null";

/// The entries of an index, each with the page it is of.
pub(super) struct Blocks<'a> {
    entries: &'a [Entry],
    pages: Vec<&'a Entry>,
    kinds: &'a [String],
}

impl<'a> Blocks<'a> {
    /// `kinds` are all there are, sorted.
    pub(super) fn of(entries: &'a [Entry], kinds: &'a [String]) -> Self {
        let mut page: Option<&Entry> = None;
        let pages = entries.iter().map(|entry| {
            let of = page.filter(|page| is_of(entry, page)).unwrap_or(entry);
            page = Some(of);
            of
        });
        Self { entries, pages: pages.collect(), kinds }
    }

    /// The blocks, with up to so many characters of an entry's own words; with none, sections show those of their page.
    pub(super) fn texts(&self, excerpt: usize) -> Vec<String> {
        self.written(excerpt)
    }

    /// How many bytes they have together, with so many around each.
    pub(super) fn size(&self, excerpt: usize, around: usize) -> usize {
        self.written::<Count>(excerpt).into_iter().map(|Count(bytes)| bytes + around).sum()
    }

    fn written<O: Out + Default + Send>(&self, excerpt: usize) -> Vec<O> {
        let blocks = self.entries.par_chunks(TOGETHER).zip(self.pages.par_chunks(TOGETHER));
        let block = |(entries, pages): (&[Entry], &[&Entry])| {
            let mut out = O::default();
            for (at, (entry, page)) in entries.iter().zip(pages).enumerate() {
                out.put(if at == 0 { "[" } else { "," });
                // The first of a block has none before it, and a page is no section of itself.
                let is_short = at > 0 && !std::ptr::eq(entry, *page);
                self.put_result(&mut out, (entry, page), is_short, excerpt);
            }
            out.put("]");
            out
        };
        blocks.map(block).collect()
    }

    fn put_result(&self, out: &mut impl Out, (entry, page): (&Entry, &Entry), short: bool, excerpt: usize) {
        let heading = entry.heading.as_deref().unwrap_or_default();
        let (route, fragment) = match &entry.heading {
            Some(_) => entry.href.split_once('#').unwrap_or((&entry.href, "")),
            None => (entry.href.as_str(), ""),
        };
        let follows = fragment.is_empty() || entry.heading.is_some() && fragment == plain(heading);
        out.put("[");
        put_json(out, heading);
        // The end of a short one is left out as far as it says what the result before says.
        if !(short && follows && excerpt == 0) {
            out.put(",");
            match (excerpt, short) {
                (0, true) => out.put(OF_THE_PAGE),
                (0, false) => put_beginning(out, page, OF_PAGES),
                _ => put_beginning(out, entry, excerpt),
            }
        }
        if !(short && follows) {
            out.put(",");
            if follows { out.put("0") } else { put_json(out, fragment) }
        }
        if !short {
            let kind = self.kinds.iter().position(|kind| *kind == entry.kind).unwrap_or_default();
            out.put(",");
            put_json(out, &entry.title);
            out.put(&format!(",{kind},"));
            put_json(out, route);
            if let Some(value) = &entry.value {
                out.put(",");
                put_json(out, value);
            }
        }
        out.put("]");
    }
}

/// Whether an entry is a section of the page that begins with another.
fn is_of(entry: &Entry, page: &Entry) -> bool {
    let route = entry.href.split_once('#').map(|(route, _)| route);
    entry.heading.is_some() && route == Some(page.href.as_str()) && entry.title == page.title
}

/// A heading as a fragment, where it has no letters but those from a to z.
pub(super) fn plain(heading: &str) -> String {
    let lower = heading.to_ascii_lowercase();
    let kept = lower.chars().filter(|sign| sign.is_ascii_alphanumeric() || matches!(sign, ' ' | '-' | '_'));
    kept.map(|sign| if sign == ' ' { '-' } else { sign }).collect()
}

/// Most characters that a result shows of a text.
pub(super) const LONGEST: usize = 160;

/// As much of what an entry says as any result shows.
pub(super) fn lead(entry: &Entry) -> String {
    let (mut lead, mut signs) = (String::new(), 0);
    for (at, word) in said(entry).split_whitespace().enumerate() {
        let sign = usize::from(at > 0);
        lead.push_str(if at > 0 { " " } else { "" });
        lead.extend(word.chars().take(LONGEST));
        signs += word.chars().take(LONGEST).count() + sign;
        if signs > LONGEST {
            break;
        }
    }
    lead
}

/// The first text of an entry that says anything.
fn said(entry: &Entry) -> &str {
    let text = [&entry.said, &entry.summary, &entry.body].into_iter().find(|text| !text.trim().is_empty());
    text.map_or("", String::as_str)
}

/// Writes the first words of what an entry says, up to a limit.
fn put_beginning(out: &mut impl Out, entry: &Entry, most: usize) {
    out.put("\"");
    let mut signs = 0;
    for (at, word) in said(entry).split_whitespace().enumerate() {
        let length = word.chars().take(most).count();
        if signs + length >= most {
            put_inner(out, " …");
            break;
        }
        if at > 0 {
            out.put(" ");
            signs += 1;
        }
        put_inner(out, word);
        signs += length;
    }
    out.put("\"");
}

#[cfg(test)]
mod tests {
    use super::{Blocks, Entry, LONGEST, lead};

    proptest::proptest! {
        #[test]
        fn results_show_no_more_than_the_lead(
            said in "(\\PC| ){0,3}", body in "([a-zé<\"]{1,12}|[a-z]{150,170}|[ \n]){0,90}",
            most in proptest::sample::select(vec![0, 60, 100, LONGEST]),
        ) {
            let whole = Entry { said, summary: " ".to_owned(), body, ..Entry::default() };
            let short = Entry { body: lead(&whole), ..Entry::default() };
            let texts = |entry: Entry| Blocks::of(&[entry], &[String::new()]).texts(most);
            proptest::prop_assert_eq!(texts(whole), texts(short));
        }
    }

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
        let blocks = Blocks::of(&entries, &kinds);
        assert_eq!(blocks.texts(160), [format!("[{}]", long.join(","))]);
        let short = [
            of_page("\"\",\"We ring first.\",0", "a.html"),
            "[\"What we do\"]".to_owned(),
            "[\"Why?\",null,\"why-1\"]".to_owned(),
            of_page("\"What we do\",\"We ring first.\",0", "b.html"),
        ];
        assert_eq!(blocks.texts(0), [format!("[{}]", short.join(","))]);
        for excerpt in [0, 5, 160] {
            assert_eq!(blocks.size(excerpt, 3), blocks.texts(excerpt)[0].len() + 3);
        }
    }
}
