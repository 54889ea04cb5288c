//! The walk over the parser's events: each becomes a piece, and the lists of the page fill up on the way.

use std::collections::BTreeSet;

use memchr::memmem;
use pulldown_cmark::{CowStr, Event, Tag};

use super::{
    Element, Page, Piece, directive, events,
    notes::{self, Mention},
    problem, role,
};
use crate::markdown::{
    heading::Slugs,
    model::{Options, Passage, ProblemKind, Role, Span},
};

/// Reads a text into a page.
pub(super) fn walk<'a>(text: &'a str, options: &Options, with_passages: bool) -> Page<'a> {
    let mut walker = Walker::new(text, options, with_passages);
    for (event, span) in events::events(text, options) {
        walker.event(event, span);
    }
    walker.finish()
}

/// Labels of all footnotes of a text. A mention may stand before its footnote, so they are read first, where there are any.
fn labels(text: &str, options: &Options) -> BTreeSet<String> {
    if memmem::find(text.as_bytes(), b"[^").is_none() {
        return BTreeSet::new();
    }
    let labels = events::events(text, options).filter_map(|(event, _)| match event {
        Event::Start(Tag::FootnoteDefinition(label)) => Some(label.to_string()),
        _ => None,
    });
    labels.collect()
}

pub(super) struct Walker<'a> {
    pub(super) source: &'a str,
    pub(super) drop_title: bool,
    pub(super) page: Page<'a>,
    pub(super) slugs: Slugs,
    pub(super) open: Vec<Opened>,
    /// How many images and links around us show only their words.
    pub(super) words_only: usize,
    /// How many links are open; more than one would be links within links.
    pub(super) links_open: usize,
    pub(super) task_open: bool,
    pub(super) tasks: usize,
    /// The code or HTML block we are in.
    pub(super) block: Option<Block<'a>>,
    pub(super) mentions: Vec<Mention>,
    pub(super) notes_open: Vec<String>,
    /// Labels of all footnotes of the text, and of those whose text has been read.
    pub(super) labels: BTreeSet<String>,
    pub(super) read_notes: Vec<(String, Span)>,
    pub(super) title_open: bool,
    /// Whether passages are wanted.
    pub(super) with_passages: bool,
    /// Whether the last passage is not over.
    pub(super) passage_open: bool,
}

/// An element that waits for its end.
pub(super) struct Opened {
    pub(super) element: Element,
    pub(super) span: Span,
    /// Where in the plain text it begins, and where in the pieces.
    pub(super) plain: usize,
    pub(super) pieces: usize,
}

pub(super) enum Block<'a> {
    Code { info: Option<CowStr<'a>>, content: directive::Content },
    Html(String),
}

impl<'a> Walker<'a> {
    fn new(source: &'a str, options: &Options, with_passages: bool) -> Self {
        Walker {
            source,
            drop_title: options.drop_title,
            page: Page {
                plain: String::with_capacity(source.len()),
                pieces: Vec::with_capacity(source.len() / 16),
                ..Page::default()
            },
            slugs: Slugs::default(),
            open: Vec::new(),
            words_only: 0,
            links_open: 0,
            task_open: false,
            tasks: 0,
            block: None,
            mentions: Vec::new(),
            notes_open: Vec::new(),
            labels: labels(source, options),
            read_notes: Vec::new(),
            title_open: false,
            with_passages,
            passage_open: false,
        }
    }

    fn event(&mut self, event: Event<'a>, span: Span) {
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(text, span),
            Event::Code(code) => self.code(code, span),
            Event::Html(html) => {
                if let Some(Block::Html(block)) = &mut self.block {
                    block.push_str(&html);
                }
            }
            Event::InlineHtml(html) => self.inline_html(html, span),
            Event::FootnoteReference(label) => self.mention(&label),
            Event::SoftBreak => {
                self.say(" ", &span);
                self.inline(" ", Piece::SoftBreak);
            }
            Event::HardBreak => {
                self.say(" ", &span);
                self.inline(" ", Piece::HardBreak);
            }
            Event::Rule => {
                self.end_task();
                self.page.pieces.push(Piece::Rule);
            }
            Event::TaskListMarker(checked) => self.task(checked),
            Event::InlineMath(text) | Event::DisplayMath(text) => self.text(text, span),
        }
    }

    /// Something inside a sentence: its words count everywhere, its piece only where markup is shown.
    fn inline(&mut self, words: &str, piece: Piece<'a>) {
        self.page.plain.push_str(words);
        if self.words_only == 0 {
            self.page.pieces.push(piece);
        }
    }

    fn text(&mut self, text: CowStr<'a>, span: Span) {
        if let Some(Block::Code { content, .. }) = &mut self.block {
            content.push(&text, span.start);
            return;
        }
        self.unknown_notes(&span);
        self.say(&text, &span);
        self.page.plain.push_str(&text);
        if self.words_only == 0 {
            self.page.pieces.push(Piece::Text(text));
        }
    }

    /// The parser leaves a mention without a footnote as text.
    fn unknown_notes(&mut self, span: &Span) {
        let source = &self.source[span.clone()];
        let mut from = 0;
        while let Some(found) = source[from..].find("[^") {
            let start = from + found;
            from = start + 2;
            let label: &str = source[from..].split([']', '[', ' ', '\n']).next().unwrap_or("");
            let closed = source[from + label.len()..].starts_with(']');
            let escaped = self.source[..span.start + start].ends_with('\\');
            if closed && !escaped && !label.is_empty() && !self.labels.contains(label) {
                let place = span.start + start..span.start + from + label.len() + 1;
                let problem = problem(ProblemKind::UnknownFootnote, label, place);
                self.page.problems.push(problem);
            }
            from += label.len();
        }
    }

    fn code(&mut self, code: CowStr<'a>, span: Span) {
        let mut sign = [0; 4];
        let sign = Passage::CODE.encode_utf8(&mut sign);
        let Some(name) = self.role_name(&span) else {
            self.say(sign, &span);
            let words = code.to_string();
            self.inline(&words, Piece::Code(code));
            return;
        };
        let braces = name.len() + 2;
        self.shorten_text(braces);
        self.unsay(braces);
        self.say(sign, &span);
        self.page.plain.push_str(&code);
        if self.words_only == 0 {
            self.page.pieces.push(Piece::Role(self.page.roles.len()));
        }
        self.page.roles.push(Role {
            name: name.to_owned(),
            content: code.into_string(),
            span: span.start - braces..span.end,
        });
    }

    /// The name before a code span. The plain text ends with what stands before, shown or not.
    fn role_name(&self, span: &Span) -> Option<&'a str> {
        role::name_before(&self.source[..span.start], &self.page.plain)
    }

    /// Takes the braces of a role back, from the plain text and from the piece before.
    fn shorten_text(&mut self, by: usize) {
        let plain = &mut self.page.plain;
        plain.truncate(plain.len() - by);
        if self.words_only > 0 {
            return;
        }
        if let Some(Piece::Text(text)) = self.page.pieces.last_mut() {
            let kept = text.len().saturating_sub(by);
            match text {
                CowStr::Borrowed(borrowed) => *text = CowStr::Borrowed(&borrowed[..kept]),
                _ => *text = CowStr::from(text[..kept].to_owned()),
            }
            if kept == 0 {
                self.page.pieces.pop();
            }
        }
    }

    fn inline_html(&mut self, html: CowStr<'a>, span: Span) {
        if html.starts_with("<!--") {
            return;
        }
        if !html.starts_with("</") {
            let problem = problem(ProblemKind::RawHtml, &html, span);
            self.page.problems.push(problem);
        }
        let words = html.to_string();
        self.inline(&words, Piece::Html(html));
    }

    fn mention(&mut self, label: &str) {
        if self.words_only == 0 {
            self.page.pieces.push(Piece::Mark(self.mentions.len()));
            self.mentions.push(Mention { inside: self.notes_open.last().cloned(), label: label.to_owned() });
        }
    }

    fn task(&mut self, checked: bool) {
        self.tasks += 1;
        for piece in self.page.pieces.iter_mut().rev().take(2) {
            if let Piece::Open(Element::Item { task }) = piece {
                *task = true;
            }
        }
        for opened in self.open.iter_mut().rev().take(2) {
            if let Element::Item { task } = &mut opened.element {
                *task = true;
            }
        }
        self.task_open = true;
        self.page.pieces.push(Piece::Task { number: self.tasks, checked });
    }

    pub(super) fn end_task(&mut self) {
        if std::mem::take(&mut self.task_open) {
            self.page.pieces.push(Piece::TaskEnd);
        }
    }

    fn finish(mut self) -> Page<'a> {
        let numbering = notes::number(&self.mentions);
        for (label, span) in &self.read_notes {
            if !numbering.numbers.contains_key(label) {
                let problem = problem(ProblemKind::UnusedFootnote, label, span.clone());
                self.page.problems.push(problem);
            }
        }
        for piece in &mut self.page.pieces {
            if let Piece::Open(Element::Note(note)) | Piece::Close(Element::Note(note)) = piece {
                let label = note.and_then(|index| self.read_notes.get(index));
                *note = label.and_then(|(label, _)| numbering.numbers.get(label).copied());
            }
        }
        self.page.marks = numbering.marks;
        self.page.mentions = numbering.mentions;
        self.page
    }
}
