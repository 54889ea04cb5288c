//! The part of the walk that opens and closes elements.

use pulldown_cmark::{CodeBlockKind, HeadingLevel, Tag, TagEnd};

use super::{
    Element, ImageEntry, LinkEntry, Piece, directive, link, problem,
    walk::{Block, Opened, Walker},
};
use crate::markdown::model::{Heading, Image, Link, LinkKind, ProblemKind, Span};

impl<'a> Walker<'a> {
    pub(super) fn start(&mut self, tag: Tag<'a>, span: Span) {
        if !is_inline(&tag.to_end()) {
            self.passage_open = false;
            self.end_task();
        }
        let mut opened = Opened {
            element: Element::Nothing,
            span,
            plain: self.page.plain.len(),
            pieces: self.page.pieces.len(),
        };
        opened.element = self.element(tag, &opened);
        let quiet = opened.element == Element::Nothing || self.words_only > 0;
        if !quiet {
            self.page.pieces.push(Piece::Open(opened.element));
        }
        self.open.push(opened);
    }

    fn element(&mut self, tag: Tag<'a>, opened: &Opened) -> Element {
        match tag {
            Tag::Paragraph => Element::Paragraph,
            Tag::Heading { level, .. } => self.start_heading(level, opened),
            Tag::BlockQuote(kind) => kind.map_or(Element::Quote, Element::Alert),
            Tag::CodeBlock(kind) => {
                let info = match kind {
                    CodeBlockKind::Fenced(info) => Some(info),
                    CodeBlockKind::Indented => None,
                };
                let content = directive::Content::default();
                self.block = Some(Block::Code { info, content });
                Element::Nothing
            }
            Tag::HtmlBlock => {
                self.block = Some(Block::Html(String::new()));
                Element::Nothing
            }
            Tag::List(start) => Element::List(start),
            Tag::Item => Element::Item { task: false },
            Tag::FootnoteDefinition(label) => {
                self.notes_open.push(label.to_string());
                // Which number it has is known only at the end; see `number_notes`.
                self.read_notes.push((label.into_string(), opened.span.clone()));
                Element::Note(Some(self.read_notes.len() - 1))
            }
            Tag::Table(alignments) => {
                self.page.tables.push(alignments);
                Element::Table(self.page.tables.len() - 1)
            }
            Tag::TableHead => Element::TableHead,
            Tag::TableRow => Element::TableRow,
            Tag::TableCell => Element::Cell,
            Tag::Emphasis => Element::Emphasis,
            Tag::Strong => Element::Strong,
            Tag::Strikethrough => Element::Strikethrough,
            Tag::Link { link_type, dest_url, title, .. } => {
                let (kind, target) = link::classify(link_type, &dest_url);
                self.start_link(kind, target, &title, opened)
            }
            Tag::Image { link_type, dest_url, title, .. } => {
                let (kind, target) = link::classify(link_type, &dest_url);
                self.start_image(kind, target, &title, opened)
            }
            _ => Element::Nothing,
        }
    }

    /// A link inside of a link or of a text alternative gives its words only.
    fn start_link(&mut self, kind: LinkKind, target: String, title: &str, opened: &Opened) -> Element {
        self.links_open += 1;
        if self.words_only > 0 || self.links_open > 1 {
            return Element::Nothing;
        }
        self.page.links.push(LinkEntry {
            link: Link { kind, target, text: String::new(), span: opened.span.clone() },
            title: title.to_owned(),
        });
        Element::Link(self.page.links.len() - 1)
    }

    fn start_image(&mut self, kind: LinkKind, target: String, title: &str, opened: &Opened) -> Element {
        self.words_only += 1;
        if self.words_only > 1 {
            return Element::Nothing;
        }
        self.page.images.push(ImageEntry {
            image: Image { target, alt: String::new(), span: opened.span.clone() },
            kind,
            title: title.to_owned(),
        });
        Element::Image(self.page.images.len() - 1)
    }

    fn start_heading(&mut self, level: HeadingLevel, opened: &Opened) -> Element {
        let first = self.open.is_empty() && self.page.pieces.is_empty() && self.page.title.is_none();
        let title = first && level == HeadingLevel::H1;
        if title && self.drop_title {
            self.words_only += 1;
            return Element::Title;
        }
        self.page.headings.push(Heading {
            level: level as u8,
            id: String::new(),
            text: String::new(),
            span: opened.span.clone(),
            said: opened.plain..opened.plain,
        });
        self.title_open = title;
        Element::Heading(self.page.headings.len() - 1)
    }

    pub(super) fn end(&mut self, tag: TagEnd) {
        if !is_inline(&tag) {
            self.passage_open = false;
            self.end_task();
        }
        let Some(opened) = self.open.pop() else {
            return;
        };
        match tag {
            TagEnd::Link => self.links_open -= 1,
            TagEnd::Image => self.words_only -= 1,
            _ => {}
        }
        if tag == TagEnd::TableRow {
            self.check_row(&opened.span);
        }
        self.close(&opened);
        match tag {
            TagEnd::CodeBlock => self.end_code(opened.span),
            TagEnd::HtmlBlock => self.end_html(opened.span),
            TagEnd::FootnoteDefinition => {
                self.notes_open.pop();
            }
            TagEnd::TableCell => self.page.plain.push(' '),
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item => self.end_line(),
            TagEnd::TableHead | TagEnd::TableRow => self.end_line(),
            _ => {}
        }
    }

    fn close(&mut self, opened: &Opened) {
        match opened.element {
            Element::Nothing => return,
            Element::Title => return self.close_title(opened),
            Element::Heading(index) => return self.close_heading(index, opened),
            Element::Image(index) => return self.close_image(index, opened),
            Element::Link(index) => self.close_link(index, opened),
            Element::Paragraph if self.open.is_empty() && self.page.lead.is_empty() => {
                self.page.lead = self.words(opened);
            }
            _ => {}
        }
        if self.words_only == 0 {
            self.page.pieces.push(Piece::Close(opened.element));
        }
    }

    /// The words since an element began.
    fn words(&self, opened: &Opened) -> String {
        self.page.plain[opened.plain..].trim().to_owned()
    }

    fn close_title(&mut self, opened: &Opened) {
        self.words_only -= 1;
        let text = self.words(opened);
        self.page.plain.truncate(opened.plain);
        if text.is_empty() {
            self.report(ProblemKind::EmptyHeading, "", &opened.span);
            return;
        }
        self.page.title = Some(Heading {
            level: 1,
            id: self.slugs.unique(&text),
            text,
            span: opened.span.clone(),
            said: 0..0,
        });
    }

    fn close_heading(&mut self, index: usize, opened: &Opened) {
        let title = std::mem::take(&mut self.title_open);
        let text = self.words(opened);
        let has_picture =
            self.page.pieces[opened.pieces..].iter().any(|piece| matches!(piece, Piece::Image(_)));
        if text.is_empty() {
            self.report(ProblemKind::EmptyHeading, "", &opened.span);
        }
        if text.is_empty() && !has_picture {
            self.page.headings.truncate(index);
            self.page.pieces.truncate(opened.pieces);
            return;
        }
        let heading = &mut self.page.headings[index];
        heading.id = self.slugs.unique(&text);
        heading.said = opened.plain..opened.plain + self.page.plain[opened.plain..].trim_end().len();
        heading.text = text;
        if title {
            self.page.title = Some(heading.clone());
        }
        self.page.pieces.push(Piece::Close(opened.element));
    }

    fn close_link(&mut self, index: usize, opened: &Opened) {
        let words = self.words(opened);
        let link = &mut self.page.links[index].link;
        link.text = words;
        let link = link.clone();
        if link.kind == LinkKind::Unsafe {
            self.report(ProblemKind::UnsafeLink, &link.target, &link.span);
        } else if link.target.is_empty() {
            self.report(ProblemKind::EmptyLink, &link.text, &link.span);
        } else if link.text.is_empty() {
            self.report(ProblemKind::EmptyLink, &link.target, &link.span);
        }
    }

    fn close_image(&mut self, index: usize, opened: &Opened) {
        let words = self.words(opened);
        let entry = &mut self.page.images[index];
        entry.image.alt = words;
        let (image, kind) = (entry.image.clone(), entry.kind);
        self.page.pieces.push(Piece::Image(index));
        if kind == LinkKind::Unsafe {
            self.report(ProblemKind::UnsafeLink, &image.target, &image.span);
        }
        if image.alt.is_empty() {
            self.report(ProblemKind::MissingAlt, &image.target, &image.span);
        }
    }

    /// The parser leaves out cells that no column is for.
    fn check_row(&mut self, span: &Span) {
        let columns = self.page.tables.last().map_or(0, Vec::len);
        let source = self.source;
        let row = source[span.clone()].trim();
        let row = row.strip_prefix('|').unwrap_or(row);
        let inner = row.strip_suffix('|').filter(|inner| !inner.ends_with('\\')).unwrap_or(row);
        let mut before = ' ';
        let cells = inner.split(|sign: char| {
            let ends = sign == '|' && before != '\\';
            before = sign;
            ends
        });
        if let Some(lost) = cells.map(str::trim).nth(columns).filter(|lost| !lost.is_empty()) {
            self.report(ProblemKind::LongRow, lost, span);
        }
    }

    pub(super) fn report(&mut self, kind: ProblemKind, detail: &str, span: &Span) {
        self.page.problems.push(problem(kind, detail, span.clone()));
    }

    /// Ends a line of the plain text, once.
    pub(super) fn end_line(&mut self) {
        let plain = &mut self.page.plain;
        let kept = plain.trim_end_matches([' ', '\n']).len();
        plain.truncate(kept);
        if !plain.is_empty() {
            plain.push('\n');
        }
    }
}

fn is_inline(tag: &TagEnd) -> bool {
    matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image)
}
