//! What stands on a page, read from its finished text: whatever a template adds is in the list "On this page".

use std::collections::BTreeMap;

use tera::{Kwargs, State, Value};

/// The filter `headings` of templates: a list of `level`, `id` and `text` (safe HTML without marks).
pub(super) fn filter(html: &str, _: Kwargs, _: &State) -> Value {
    let listed = headings(html);
    let fields = listed.into_iter().map(|(level, id, text)| {
        let text = Value::safe_string(&text);
        BTreeMap::from([("level", Value::from(level)), ("id", Value::from(id)), ("text", text)])
    });
    Value::from_serializable(&fields.collect::<Vec<_>>())
}

/// Level, id and text of the headings that lead through a page: all of the second level, and those of the third that an
/// author wrote. The ids of generated headings hold a dot, which those of an author never do.
fn headings(html: &str) -> Vec<(u8, &str, String)> {
    let mut found = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find("<h") {
        rest = &rest[at + 2..];
        let level = match rest.as_bytes().first() {
            Some(b'2') => 2,
            Some(b'3') => 3,
            _ => continue,
        };
        let (Some(open), Some(close)) = (rest.find('>'), rest.find("</h")) else { break };
        let (mark, inner) = (&rest[1..open.min(close)], &rest[(open + 1).min(close)..close]);
        rest = &rest[close..];
        let Some(id) = mark.split_once(" id=\"").and_then(|(_, id)| id.split_once('"')).map(|(id, _)| id)
        else {
            continue;
        };
        if level == 2 || !id.contains('.') {
            found.push((level, id, plain(inner)));
        }
    }
    found
}

/// The words of a heading, without marks and without the sign that links to it.
fn plain(inner: &str) -> String {
    let words = inner.split_once("<a class=\"anchor\"").map_or(inner, |(words, _)| words);
    let mut parts = words.split('<');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        text.push_str(part.split_once('>').map_or("", |(_, after)| after));
    }
    text.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_heading_of_the_second_level_is_listed_and_an_authors_of_the_third() {
        let html = concat!(
            "<h1 id=\"top\">Page</h1><h2 id=\"team.quotes\">What customers say</h2><h3 id=\"stage.1\">Teams</h3>",
            "<h2 class=\"label\" id=\"a\">A &amp; <em>b</em> <a class=\"anchor\" href=\"#a\">#</a></h2><h3 id=\"own\">Own</h3>",
            "<h2>Unnamed</h2><hr><h2 id=\"cut",
        );
        let listed = headings(html);
        let listed: Vec<_> = listed.iter().map(|(level, id, text)| (*level, *id, text.as_str())).collect();
        let wanted = [(2, "team.quotes", "What customers say"), (2, "a", "A &amp; b"), (3, "own", "Own")];
        assert_eq!(listed, wanted);
    }
}
