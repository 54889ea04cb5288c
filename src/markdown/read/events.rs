//! Markdown's own parser, with the extensions cxbook promises.

use std::borrow::Cow;

use pulldown_cmark::{CowStr, Event, Parser, Tag, TagEnd};

use crate::markdown::model::{Options, Span};

/// An event of the parser and its place in the text.
pub(super) type Placed<'a> = (Event<'a>, Span);

/// The events of a text, one after another. Outside of code, neighbouring texts are one event, however the parser split them;
/// inside of code each part keeps its place.
pub(super) fn events<'a>(text: &'a str, options: &Options) -> impl Iterator<Item = Placed<'a>> + use<'a> {
    let mut parser = Parser::new_ext(text, extensions(options)).into_offset_iter();
    let mut pending: Option<(Cow<'a, str>, Span)> = None;
    // What ended a text waits until the text was handed over.
    let mut held: Option<Placed<'a>> = None;
    let mut in_code = false;
    std::iter::from_fn(move || {
        if let Some(event) = held.take() {
            return Some(event);
        }
        for (event, span) in parser.by_ref() {
            match (event, &mut pending) {
                (Event::Text(more), Some((before, place))) => {
                    before.to_mut().push_str(&more);
                    place.end = span.end;
                }
                (Event::Text(text), None) if !in_code => pending = Some((Cow::from(text), span)),
                (event, _) => {
                    match event {
                        Event::Start(Tag::CodeBlock(_)) => in_code = true,
                        Event::End(TagEnd::CodeBlock) => in_code = false,
                        _ => {}
                    }
                    let Some(text) = pending.take() else { return Some((event, span)) };
                    held = Some((event, span));
                    return Some(text_event(text));
                }
            }
        }
        pending.take().map(text_event)
    })
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
