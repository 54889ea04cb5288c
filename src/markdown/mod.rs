//! Markdown: from the text an author wrote to a list of facts about it and to HTML every reader can use.
//!
//! Three entry points share one way of reading, so they agree about ids, levels and counts:
//!
//! 1. [`outline`] says what is in the text: headings, links, images, live parts, plain text.
//! 2. [`read`](fn@read) says that and what its author should hear: problems, and all words with their places.
//! 3. [`render`](fn@render) writes HTML and asks a [`Resolve`] for whatever lies outside of this one text.
//!
//! A [`Body`] is a text that many stages ask about: it keeps what the first of them read.
//!
//! The steps: `read` turns the text into a flat list of pieces (`read::Page`), `render` writes the pieces.
//! The list is flat because a text may nest quotes ten thousand deep, and a tree of that depth would
//! overflow the stack of whoever walks or drops it.
//!
//! What holds: nothing here reads a file, fails or panics, whatever the input. HTML in the text is shown,
//! never passed on; comments are dropped. No output carries a `style` attribute or an inline script.
//! Ids made here for things other than headings contain a full stop, which slugs of headings never hold, so
//! they cannot meet a heading's id.

mod body;
mod escape;
mod heading;
mod highlight;
mod language;
mod model;
mod read;
mod render;

use std::sync::Arc;

pub use body::Body;
pub use escape::{escape_attribute, escape_text, escape_xml};
pub use model::{
    Directive, DirectiveOption, Heading, Image, Link, LinkKind, Options, Outline, Passage, PassageKind,
    Problem, ProblemKind, Reading, Resolve, ResolvedImage, ResolvedLink, Role, Span,
};

/// Says what is in a text without rendering it.
pub fn outline(text: &str, options: &Options) -> Outline {
    told(read::pieces(&read::comments::hide(text).text, options)).outline
}

/// Reads a text for its author.
pub fn read(text: &str, options: &Options) -> Reading {
    let source = read::comments::hide(text);
    let Told { outline, problems, passages } = told(read::page(&source.text, options));
    let mut problems: Vec<Problem> = source.problems.into_iter().chain(problems).collect();
    problems.sort_by_key(|problem| problem.span.start);
    Reading { outline: Arc::new(outline), problems, passages }
}

/// What a page says without its pieces.
struct Told {
    outline: Outline,
    problems: Vec<Problem>,
    passages: Vec<Passage>,
}

fn told(page: read::Page<'_>) -> Told {
    let outline = Outline {
        title: page.title,
        headings: page.headings,
        links: page.links.into_iter().map(|entry| entry.link).collect(),
        images: page.images.into_iter().map(|entry| entry.image).collect(),
        directives: page.directives,
        roles: page.roles,
        lead: page.lead,
        text: page.plain,
    };
    Told { outline, problems: page.problems, passages: page.passages }
}

/// Renders a text as HTML, asking `resolver` for links, images and live parts.
pub fn render(text: &str, options: &Options, resolver: &dyn Resolve) -> String {
    let source = read::comments::hide(text);
    render::html(&read::pieces(&source.text, options), resolver)
}
