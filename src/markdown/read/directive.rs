//! Directives: fenced blocks whose first word is a name in braces.

use super::role::is_name;
use crate::markdown::model::{DirectiveOption, Span};

/// The content of a fenced block, with the way back to the places in the text it came from.
#[derive(Default)]
pub(super) struct Content {
    pub text: String,
    /// For each part: where it begins in `text` and where in the source.
    parts: Vec<(usize, usize)>,
}

impl Content {
    /// Appends a part of the block that begins at `place` in the source.
    pub(super) fn push(&mut self, text: &str, place: usize) {
        self.parts.push((self.text.len(), place));
        self.text.push_str(text);
    }

    /// The place in the source of a stretch of the content.
    fn span(&self, range: Span) -> Span {
        let start = self.place(range.start);
        start..(self.place(range.end.saturating_sub(1)) + 1).max(start)
    }

    fn place(&self, at: usize) -> usize {
        let after = self.parts.partition_point(|(start, _)| *start <= at);
        match self.parts.get(after.wrapping_sub(1)) {
            Some((start, place)) => place + (at - start),
            None => at,
        }
    }
}

/// What the fence line says: the name and the argument. `None` when the block is no directive.
pub(super) fn opening(info: &str) -> Option<(&str, &str)> {
    let (name, argument) = info.trim().strip_prefix('{')?.split_once('}')?;
    is_name(name).then_some((name, argument.trim()))
}

/// The options at the start of the content, and the body behind them with the place of each of its lines.
pub(super) fn split(content: &Content) -> (Vec<DirectiveOption>, String, Vec<Span>) {
    let mut options = Vec::new();
    let mut at = 0;
    for line in content.text.split_inclusive('\n') {
        if line.trim().is_empty() && options.is_empty() {
            at += line.len();
            continue;
        }
        let Some((key, value)) = option(line) else {
            break;
        };
        let start = at + (line.len() - line.trim_start().len());
        options.push(DirectiveOption {
            key: key.to_owned(),
            value: value.to_owned(),
            span: content.span(start..start + line.trim().len()),
        });
        at += line.len();
    }
    let mut body = &content.text[at..];
    while let Some((line, rest)) = body.split_once('\n') {
        if !line.trim().is_empty() {
            break;
        }
        body = rest;
    }
    let mut at = content.text.len() - body.len();
    let body = body.trim_end();
    let lines = body.split('\n').map(|line| {
        let start = at + (line.len() - line.trim_start().len());
        let end = at + line.trim_end().len();
        at += line.len() + 1;
        content.span(start..end.max(start))
    });
    let lines = lines.collect();
    (options, body.to_owned(), lines)
}

/// Key and value of a line `key: value` or `:key: value`.
fn option(line: &str) -> Option<(&str, &str)> {
    let line = line.trim();
    let (key, value) = line.strip_prefix(':').unwrap_or(line).split_once(':')?;
    let word = key.starts_with(|first: char| first.is_ascii_alphabetic())
        && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    let apart = value.is_empty() || value.starts_with(char::is_whitespace);
    (word && apart).then(|| (key, unquoted(value.trim())))
}

/// The value without a pair of quotes around it, which authors know from front matter.
fn unquoted(value: &str) -> &str {
    for quote in ['"', '\''] {
        let inner = value.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
        if let Some(inner) = inner {
            return inner;
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fence_lines_name_a_directive() {
        for (info, expected) in [
            ("{chart} nps", Some(("chart", "nps"))),
            ("{quotes}", Some(("quotes", ""))),
            ("{chart}nps", Some(("chart", "nps"))),
            ("{Chart} nps", None),
            ("{chart nps", None),
            ("sql", None),
        ] {
            assert_eq!(opening(info), expected, "{info}");
        }
    }

    #[test]
    fn options_end_at_the_first_other_line() {
        for (text, expected, body) in [
            ("since: 2025-01\n", vec![("since", "2025-01")], ""),
            (":since: 2025-01\n:until:\n", vec![("since", "2025-01"), ("until", "")], ""),
            ("title: \"NPS: a year\"\n\nBody: x\n", vec![("title", "NPS: a year")], "Body: x"),
            ("\nlimit: 3\ntext\na: b\n", vec![("limit", "3")], "text\na: b"),
            ("https://example.org\n", vec![], "https://example.org"),
            ("two words: x\n", vec![], "two words: x"),
            ("  indented\n", vec![], "  indented"),
            ("title: \"\n", vec![("title", "\"")], ""),
        ] {
            let mut content = Content::default();
            content.push(text, 0);
            let (options, rest, lines) = split(&content);
            assert_eq!(lines.len(), rest.split('\n').count(), "{text:?}");
            let found: Vec<(&str, &str)> =
                options.iter().map(|option| (option.key.as_str(), option.value.as_str())).collect();
            assert_eq!((found, rest.as_str()), (expected, body), "{text:?}");
        }
    }
}
