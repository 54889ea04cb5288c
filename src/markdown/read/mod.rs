//! From text to a flat list of pieces: markdown's own parser, plus what this project adds to the language.
//!
//! The steps: `events` runs the parser and joins split texts, `walk`, `elements` and `blocks` turn events into
//! pieces and take notes of links, headings and the like, `passages` keeps the words with their places, `slips` finds what was meant as markup in them, `notes` numbers the footnotes once all mentions are known.

mod blocks;
pub(super) mod comments;
mod directive;
mod elements;
mod events;
mod link;
mod notes;
mod passages;
mod role;
mod slips;
mod walk;

use pulldown_cmark::{Alignment, BlockQuoteKind, CowStr};

use super::model::{
    Directive, Heading, Image, Link, LinkKind, Options, Passage, Problem, ProblemKind, Role, Span,
};

pub(super) use notes::Mark;

/// A text as read: the pieces to render, and the lists they point into.
#[derive(Default)]
pub(super) struct Page<'a> {
    pub pieces: Vec<Piece<'a>>,
    pub title: Option<Heading>,
    pub headings: Vec<Heading>,
    pub links: Vec<LinkEntry>,
    pub images: Vec<ImageEntry>,
    pub directives: Vec<Directive>,
    pub roles: Vec<Role>,
    pub tables: Vec<Vec<Alignment>>,
    /// Every mention of a footnote.
    pub marks: Vec<Mark>,
    /// For each footnote, in the order of their numbers, how often it is mentioned.
    pub mentions: Vec<usize>,
    pub problems: Vec<Problem>,
    pub lead: String,
    pub plain: String,
    pub passages: Vec<Passage>,
}

/// A link with the title that only rendering needs.
pub(super) struct LinkEntry {
    pub link: Link,
    pub title: String,
}

/// An image with what only rendering needs.
pub(super) struct ImageEntry {
    pub image: Image,
    pub kind: LinkKind,
    pub title: String,
}

/// One step of the text. Numbers point into the lists of the [`Page`].
#[derive(Debug)]
pub(super) enum Piece<'a> {
    Open(Element),
    Close(Element),
    Text(CowStr<'a>),
    Code(CowStr<'a>),
    /// HTML inside a sentence, to be shown as text.
    Html(CowStr<'a>),
    /// A block of HTML, to be shown as text.
    HtmlBlock(String),
    /// Boxed, like what is rare and large: a page has hundreds of pieces.
    CodeBlock(Box<CodeBlock>),
    /// A directive, with the block as written in case nobody can render it.
    Directive {
        index: usize,
        source: Box<str>,
    },
    Role(usize),
    Image(usize),
    /// A checkbox. What follows up to the next `TaskEnd` is its label.
    Task {
        number: usize,
        checked: bool,
    },
    TaskEnd,
    Mark(usize),
    SoftBreak,
    HardBreak,
    Rule,
}

/// A block of code.
#[derive(Debug)]
pub(super) struct CodeBlock {
    pub language: String,
    pub code: String,
}

/// What can be opened and closed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Element {
    Paragraph,
    Heading(usize),
    /// A title to be dropped. One that stays is a `Heading`.
    Title,
    Quote,
    Alert(BlockQuoteKind),
    List(Option<u64>),
    Item {
        task: bool,
    },
    Table(usize),
    TableHead,
    TableRow,
    Cell,
    Emphasis,
    Strong,
    Strikethrough,
    Link(usize),
    /// An image that is being read. In the pieces it is one `Piece::Image`.
    Image(usize),
    /// A footnote with its number; `None` when nobody mentions it.
    Note(Option<usize>),
    /// Something without a trace in the output, such as a link inside of a text alternative.
    Nothing,
}

/// Reads a text whose hidden comments have been taken care of.
pub(super) fn page<'a>(text: &'a str, options: &Options) -> Page<'a> {
    read(text, options, true)
}

/// The same without passages and what is told of them, which rendering does not need.
pub(super) fn pieces<'a>(text: &'a str, options: &Options) -> Page<'a> {
    read(text, options, false)
}

fn read<'a>(text: &'a str, options: &Options, with_passages: bool) -> Page<'a> {
    let mut page = walk::walk(text, options, with_passages);
    lower_headings(&mut page);
    page.problems.extend(skipped_levels(&page.headings));
    page.problems
        .extend(page.passages.iter().flat_map(|passage| slips::of(passage, text)).collect::<Vec<_>>());
    page
}

/// The template prints the one level-1 heading, so a body that has its own moves down as a whole.
fn lower_headings(page: &mut Page<'_>) {
    if page.headings.iter().any(|heading| heading.level == 1) {
        for heading in &mut page.headings {
            heading.level = (heading.level + 1).min(6);
        }
    }
}

fn skipped_levels(headings: &[Heading]) -> Vec<Problem> {
    let mut before = 1;
    let mut problems = Vec::new();
    for heading in headings {
        if heading.level > before + 1 {
            problems.push(problem(ProblemKind::SkippedLevel, &heading.text, heading.span.clone()));
        }
        before = heading.level;
    }
    problems
}

/// A problem whose detail is the first line of the text, shortened.
fn problem(kind: ProblemKind, text: &str, span: Span) -> Problem {
    const LONGEST: usize = 80;
    let line = text.trim().lines().next().unwrap_or_default();
    let mut detail: String = line.chars().take(LONGEST).collect();
    if detail.len() < line.len() {
        detail.push('…');
    }
    Problem { kind, detail, span }
}
