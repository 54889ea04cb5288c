//! Markdown's own parser, with the extensions cxbook promises.

use std::borrow::Cow;

use pulldown_cmark::{CowStr, Event, Parser, Tag, TagEnd};

use crate::markdown::model::{Options, Span};

/// An event of the parser and its place in the text.
pub(super) type Placed<'a> = (Event<'a>, Span);

/// The events of a text. Outside of code, neighbouring texts are one event, however the parser split them;
/// inside of code each part keeps its place.
pub(super) fn events<'a>(text: &'a str, options: &Options) -> Vec<Placed<'a>> {
    let mut joined = Vec::new();
    let mut pending: Option<(Cow<'a, str>, Span)> = None;
    let mut in_code = false;
    for (event, span) in Parser::new_ext(text, extensions(options)).into_offset_iter() {
        match (event, &mut pending) {
            (Event::Text(more), Some((before, place))) => {
                before.to_mut().push_str(&more);
                place.end = span.end;
            }
            (Event::Text(text), None) if !in_code => pending = Some((Cow::from(text), span)),
            (event, _) => {
                joined.extend(pending.take().map(text_event));
                match event {
                    Event::Start(Tag::CodeBlock(_)) => in_code = true,
                    Event::End(TagEnd::CodeBlock) => in_code = false,
                    _ => {}
                }
                joined.push((event, span));
            }
        }
    }
    joined.extend(pending.map(text_event));
    joined
}

fn text_event((text, span): (Cow<'_, str>, Span)) -> Placed<'_> {
    (Event::Text(CowStr::from(text)), span)
}

fn extensions(options: &Options) -> pulldown_cmark::Options {
    use pulldown_cmark::Options as Extensions;
    let mut extensions = Extensions::ENABLE_TABLES
        | Extensions::ENABLE_FOOTNOTES
        | Extensions::ENABLE_STRIKETHROUGH
        | Extensions::ENABLE_TASKLISTS
        | Extensions::ENABLE_GFM
        | Extensions::ENABLE_WIKILINKS;
    extensions.set(Extensions::ENABLE_SMART_PUNCTUATION, options.smart_punctuation);
    extensions
}
