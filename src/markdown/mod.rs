//! Markdown: from the text an author wrote to a list of facts about it and to HTML every reader can use.
//!
//! Two entry points share one reading of the text, so they agree about ids, levels and counts:
//!
//! 1. [`outline`] says what is in the text: headings, links, images, live parts, problems, plain text.
//! 2. [`render`] writes HTML and asks a [`Resolve`] for whatever lies outside of this one text.
//!
//! The steps: `read` turns the text into a flat list of pieces (`read::Page`), `render` writes the pieces.
//! The list is flat because a text may nest quotes ten thousand deep, and a tree of that depth would
//! overflow the stack of whoever walks or drops it.
//!
//! What holds: nothing here reads a file, fails or panics, whatever the input. HTML in the text is shown,
//! never passed on; comments are dropped. No output carries a `style` attribute or an inline script.
//! Ids made here for things other than headings contain a full stop, which slugs of headings never hold, so
//! they cannot meet a heading's id.

mod escape;
mod heading;
mod highlight;
mod language;
mod model;
mod read;
mod render;

pub use escape::{escape_attribute, escape_text, escape_xml};
pub use model::{
    Directive, DirectiveOption, Heading, Image, Link, LinkKind, Options, Outline, Passage, PassageKind,
    Problem, ProblemKind, Resolve, ResolvedImage, ResolvedLink, Role, Span,
};

/// Says what is in a text without rendering it.
pub fn outline(text: &str, options: &Options) -> Outline {
    let source = read::comments::hide(text);
    let page = read::page(&source.text, options);
    let mut problems = source.problems;
    problems.extend(page.problems);
    problems.sort_by_key(|problem| problem.span.start);
    Outline {
        title: page.title,
        headings: page.headings,
        links: page.links.into_iter().map(|entry| entry.link).collect(),
        images: page.images.into_iter().map(|entry| entry.image).collect(),
        directives: page.directives,
        roles: page.roles,
        problems,
        lead: page.lead,
        text: page.plain,
        passages: page.passages,
    }
}

/// Renders a text as HTML, asking `resolver` for links, images and live parts.
pub fn render(text: &str, options: &Options, resolver: &dyn Resolve) -> String {
    let source = read::comments::hide(text);
    render::html(&read::pieces(&source.text, options), resolver)
}
