//! Comments: what an author hides may not reach the site.
//!
//! Markdown ends a comment inside a sentence, a quote or a `<div>` at the next empty line, and the rest of it
//! would be shown. An author thinks of a comment as reaching to its `-->`, so such comments are blanked out
//! before the text is read, and so is all that follows one without an end. Comments markdown understands are left to `walk`.

use std::borrow::Cow;

use pulldown_cmark::{Event, Tag};

use super::{events, problem};
use crate::markdown::model::{Options, Problem, ProblemKind, Span};

/// A text of the same length without the comments markdown would cut in two.
pub(in crate::markdown) struct Source<'a> {
    pub text: Cow<'a, str>,
    pub problems: Vec<Problem>,
}

/// What the parser makes of a stretch of the text.
enum Stretch {
    Code(Span),
    Html(Span),
}

impl Stretch {
    fn span(&self) -> &Span {
        match self {
            Stretch::Code(span) | Stretch::Html(span) => span,
        }
    }
}

/// Blanks out comments that run over an end of their block or never end.
pub(in crate::markdown) fn hide(text: &str) -> Source<'_> {
    let broken = broken_comments(text);
    let problems = broken
        .iter()
        .map(|span| problem(ProblemKind::UnclosedComment, &text[span.clone()], span.clone()))
        .collect();
    let text = if broken.is_empty() { Cow::Borrowed(text) } else { Cow::Owned(blanked(text, &broken)) };
    Source { text, problems }
}

fn broken_comments(text: &str) -> Vec<Span> {
    let mut broken = Vec::new();
    if !text.contains("<!--") {
        return broken;
    }
    let stretches = stretches(text);
    let mut next = stretches.iter().peekable();
    let mut from = 0;
    while let Some(found) = text[from..].find("<!--") {
        let start = from + found;
        while next.next_if(|stretch| stretch.span().end <= start).is_some() {}
        let around = next.peek().filter(|stretch| stretch.span().start <= start);
        let escaped = around.is_none() && text[..start].ends_with('\\');
        if escaped || matches!(around, Some(Stretch::Code(_))) {
            from = start + 4;
            continue;
        }
        // One that is never closed reaches to the end of the text.
        let end = end_of_comment(text, start).unwrap_or(text.len());
        if !matches!(around, Some(Stretch::Html(span)) if end <= span.end) {
            broken.push(start..end);
        }
        from = end;
    }
    broken
}

/// The end of the comment that begins at `start`; `<!-->` and `<!--->` are whole comments.
pub(super) fn end_of_comment(text: &str, start: usize) -> Option<usize> {
    let inside = start + 2;
    text[inside..].find("-->").map(|at| inside + at + 3)
}

fn stretches(text: &str) -> Vec<Stretch> {
    let mut stretches = Vec::new();
    for (event, span) in events::events(text, &Options::default()) {
        match event {
            Event::Code(_) | Event::Start(Tag::CodeBlock(_)) => {
                stretches.push(Stretch::Code(span));
            }
            Event::InlineHtml(_) | Event::Start(Tag::HtmlBlock) => {
                stretches.push(Stretch::Html(span));
            }
            _ => {}
        }
    }
    stretches
}

/// Spaces instead of the spans; line ends stay, so that later places keep their lines.
fn blanked(text: &str, spans: &[Span]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for span in spans {
        out.push_str(&text[from..span.start]);
        out.extend(text[span.clone()].bytes().map(|byte| match byte {
            b'\n' | b'\r' => char::from(byte),
            _ => ' ',
        }));
        from = span.end;
    }
    out.push_str(&text[from..]);
    out
}

/// HTML without its comments. A comment without an end reaches to the end, and `true` says that there is one.
pub(super) fn strip(html: &str) -> (String, bool) {
    let mut out = String::with_capacity(html.len());
    let mut from = 0;
    while let Some(found) = html[from..].find("<!--") {
        let start = from + found;
        out.push_str(&html[from..start]);
        match end_of_comment(html, start) {
            Some(end) => from = end,
            None => return (out, true),
        }
    }
    out.push_str(&html[from..]);
    (out, false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_broken_comments_are_blanked() {
        for (text, expected) in [
            ("a <!-- b --> c", "a <!-- b --> c"),
            ("`<!--` a\n\nb -->", "`<!--` a\n\nb -->"),
            ("a \\<!-- b\n\nc -->", "a \\<!-- b\n\nc -->"),
            ("a <!-- b\n\nc --> d", "a       \n\n      d"),
            ("<div>\n<!-- b\n\nc -->", "<div>\n      \n\n     "),
            ("> <!-- b\n\nc --> d", ">       \n\n      d"),
            ("a <!-- b\n\nc", "a       \n\n "),
            ("a <!-- b `c", "a          "),
            ("a \\<!-- b", "a \\<!-- b"),
            ("```\n<!-- b\n```\na <!-- b", "```\n<!-- b\n```\na       "),
            ("<!-- b\n\nc", "<!-- b\n\nc"),
        ] {
            assert_eq!(hide(text).text, expected, "{text:?}");
        }
    }

    #[test]
    fn stripping_handles_the_short_comments() {
        assert_eq!(strip("a<!-->b<!--->c<!-- d -->e"), ("abce".to_owned(), false));
        assert_eq!(strip("a<!-- b"), ("a".to_owned(), true));
    }
}
