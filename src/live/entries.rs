//! The body of a block that holds a list: entries, and named lines below each.
//!
//! ```text
//! - The lamp blinks.
//!   evidence: Seen on three routers
//! cause: Nobody tests lamps
//! ```

use crate::markdown::{Directive, Span};

/// An entry of a list, or a line by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// Its words; lines that go on are joined.
    pub(super) words: String,
    /// Whether it begins with a ticked box; `None` without a box.
    pub(super) ticked: Option<bool>,
    /// Lines `key: value` below it.
    pub(super) named: Vec<Named>,
    /// Its first line.
    pub(super) span: Span,
}

/// A line `key: value`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) key: String,
    pub(super) value: String,
    pub(super) span: Span,
}

/// What a body holds.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Body {
    pub(super) entries: Vec<Entry>,
    /// Named lines that are not set in, and so belong to the block.
    pub(super) named: Vec<Named>,
    /// Lines that belong to nothing.
    pub(super) strays: Vec<Span>,
}

/// Reads a body. `keys` are the words that can name a line; any other line that is set in goes on with what stands above it.
pub(super) fn body(directive: &Directive, keys: &[&str]) -> Body {
    let mut body = Body::default();
    for (line, span) in directive.body.split('\n').zip(&directive.lines) {
        let words = line.trim();
        if words.is_empty() {
            continue;
        }
        let set_in = line.starts_with([' ', '\t']);
        match (marked(words), named(words, keys, span)) {
            (Some(words), _) => body.entries.push(entry(words, keys, span)),
            (None, Some(named)) if set_in => match body.entries.last_mut() {
                Some(entry) => entry.named.push(named),
                None => body.named.push(named),
            },
            (None, Some(named)) => body.named.push(named),
            (None, None) if set_in => match body.entries.last_mut() {
                Some(entry) => go_on(entry, words),
                None => body.strays.push(span.clone()),
            },
            (None, None) => body.strays.push(span.clone()),
        }
    }
    body
}

/// The words behind the mark of an entry: `-`, `*` or a number.
fn marked(line: &str) -> Option<&str> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = match digits {
        0 => line.strip_prefix(['-', '*'])?,
        _ => line[digits..].strip_prefix(['.', ')'])?,
    };
    rest.starts_with([' ', '\t']).then(|| rest.trim())
}

fn entry(words: &str, keys: &[&str], span: &Span) -> Entry {
    let boxes = [("[ ]", false), ("[x]", true), ("[X]", true)];
    let found = boxes.into_iter().find_map(|(mark, ticked)| Some((words.strip_prefix(mark)?.trim(), ticked)));
    let (words, ticked) = found.map_or((words, None), |(rest, ticked)| (rest, Some(ticked)));
    // `- improvement: words` names its own words.
    match named(words, keys, span) {
        Some(named) => Entry { words: String::new(), ticked, named: vec![named], span: span.clone() },
        None => Entry { words: words.to_owned(), ticked, named: Vec::new(), span: span.clone() },
    }
}

fn named(line: &str, keys: &[&str], span: &Span) -> Option<Named> {
    let (key, value) = line.split_once(':')?;
    let apart = value.is_empty() || value.starts_with([' ', '\t']);
    let value = value.trim().to_owned();
    (apart && keys.contains(&key)).then(|| Named { key: key.to_owned(), value, span: span.clone() })
}

fn go_on(entry: &mut Entry, words: &str) {
    let text = match entry.named.last_mut() {
        Some(named) => &mut named.value,
        None => &mut entry.words,
    };
    if !text.is_empty() {
        text.push(' ');
    }
    text.push_str(words);
}

impl Entry {
    /// Where a named line stands; the entry itself when there is none.
    pub(super) fn span_of(&self, key: &str) -> Span {
        let named = self.named.iter().find(|named| named.key == key);
        named.map_or_else(|| self.span.clone(), |named| named.span.clone())
    }

    /// The value of a named line, unless it is empty.
    pub(super) fn value(&self, key: &str) -> Option<String> {
        value(&self.named, key)
    }
}

impl Body {
    /// The value of a named line of the block itself.
    pub(super) fn value(&self, key: &str) -> Option<(String, Span)> {
        let named = self.named.iter().find(|named| named.key == key && !named.value.is_empty())?;
        Some((named.value.clone(), named.span.clone()))
    }
}

fn value(named: &[Named], key: &str) -> Option<String> {
    let found = named.iter().find(|named| named.key == key)?;
    Some(found.value.clone()).filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Body {
        let lines = text.split('\n').map(|_| 0..0).collect();
        let directive = Directive {
            name: "five-whys".to_owned(),
            argument: String::new(),
            options: Vec::new(),
            body: text.to_owned(),
            lines,
            span: 0..0,
            index: 0,
        };
        body(&directive, &["evidence", "cause"])
    }

    fn said(text: &str) -> Vec<(String, Option<String>)> {
        let entries = read(text).entries;
        entries.iter().map(|entry| (entry.words.clone(), entry.value("evidence"))).collect()
    }

    #[test]
    fn entries_take_the_lines_below_them() {
        let one = |words: &str, evidence: &str| {
            (words.to_owned(), Some(evidence.to_owned()).filter(|text| !text.is_empty()))
        };
        for (text, expected) in [
            ("- a\n- b", vec![one("a", ""), one("b", "")]),
            ("1. a\n   goes on\n   evidence: x\n   y\n2) b", vec![one("a goes on", "x y"), one("b", "")]),
            ("* a: not a key", vec![one("a: not a key", "")]),
            ("- a\n  evidence:", vec![one("a", "")]),
            ("- evidence: x", vec![one("", "x")]),
            ("-a\n1a", vec![]),
            ("- a\n  https://evidence.example", vec![one("a https://evidence.example", "")]),
        ] {
            assert_eq!(said(text), expected, "{text:?}");
        }
    }

    #[test]
    fn lines_that_are_not_set_in_belong_to_the_block() {
        let body = read("- a\ncause: b\nstray\n\n- [x] c");
        assert_eq!(body.value("cause").map(|(text, _)| text), Some("b".to_owned()));
        assert_eq!((body.entries.len(), body.strays.len()), (2, 1));
        assert_eq!(body.entries[1].ticked, Some(true));
    }
}
