//! From pieces to HTML. Each piece is written on its own; what needs to know more is in the [`Writer`].
//!
//! The steps: `blocks` writes paragraphs, lists, tables and code, `inline` what stands inside a sentence,
//! `notes` the footnotes, which are collected on the way and written last.

mod blocks;
mod caption;
mod inline;
mod notes;

use std::collections::BTreeMap;

use super::{
    escape::push_text,
    model::Resolve,
    read::{Element, Page, Piece},
};

/// Renders a page.
pub(super) fn html(page: &Page<'_>, resolver: &dyn Resolve) -> String {
    let mut writer = Writer {
        page,
        resolver,
        out: String::with_capacity(page.plain.len() * 2),
        section: page.title.as_ref().map(|title| title.text.clone()),
        labels: BTreeMap::new(),
        tables: Vec::new(),
        links: Vec::new(),
        caption: None,
        outer: Vec::new(),
        notes: vec![String::new(); page.mentions.len()],
    };
    let mut index = 0;
    while let Some(piece) = page.pieces.get(index) {
        index = match caption::table_below(&page.pieces, index) {
            Some(table) => caption::read(&mut writer, index, table),
            None => {
                writer.piece(piece, page.pieces.get(index + 1));
                index + 1
            }
        };
    }
    notes::write_section(&mut writer);
    writer.out
}

struct Writer<'p> {
    page: &'p Page<'p>,
    resolver: &'p dyn Resolve,
    out: String,
    /// The words of the nearest heading above.
    section: Option<String>,
    /// How often each name of a scrolling region was used. Screen readers list regions by name.
    labels: BTreeMap<String, usize>,
    tables: Vec<Columns>,
    /// For each open link, whether it was written as one.
    links: Vec<bool>,
    /// The caption of the table that comes next: as HTML and in plain words.
    caption: Option<(String, String)>,
    /// What was being written when a footnote began.
    outer: Vec<String>,
    /// The HTML of the footnotes, in the order of their numbers.
    notes: Vec<String>,
}

/// Where in a table we are.
struct Columns {
    table: usize,
    column: usize,
    head: bool,
    /// Whether the body has begun.
    body: bool,
    /// The tag of the open cell.
    cell: &'static str,
}

impl Writer<'_> {
    fn piece(&mut self, piece: &Piece<'_>, next: Option<&Piece<'_>>) {
        match piece {
            Piece::Open(element) => self.open(*element, next),
            Piece::Close(element) => self.close(*element),
            Piece::Text(text) => push_text(&mut self.out, text),
            Piece::Code(code) => inline::code(&mut self.out, code),
            Piece::Html(html) => push_text(&mut self.out, html),
            Piece::HtmlBlock(html) => blocks::html_as_text(self, html),
            Piece::CodeBlock(block) => blocks::code(self, &block.language, &block.code),
            Piece::Directive { index, source } => blocks::directive(self, *index, source),
            Piece::Role(index) => inline::role(self, *index),
            Piece::Image(index) => inline::image(self, *index),
            Piece::Task { number, checked } => inline::task(&mut self.out, *number, *checked),
            Piece::TaskEnd => self.out.push_str("</label>"),
            Piece::Mark(index) => notes::mark(self, *index),
            Piece::SoftBreak => self.out.push('\n'),
            Piece::HardBreak => self.out.push_str("<br>\n"),
            Piece::Rule => {
                self.start_line();
                self.out.push_str("<hr>\n");
            }
        }
    }

    fn open(&mut self, element: Element, next: Option<&Piece<'_>>) {
        match element {
            Element::Emphasis => self.out.push_str("<em>"),
            Element::Strong => self.out.push_str("<strong>"),
            Element::Strikethrough => self.out.push_str("<del>"),
            Element::Link(index) => inline::open_link(self, index),
            Element::Note(_) => self.outer.push(std::mem::take(&mut self.out)),
            Element::Cell => {
                let empty = matches!(next, Some(Piece::Close(Element::Cell)));
                blocks::open_cell(self, empty);
            }
            _ => blocks::open(self, element),
        }
    }

    fn close(&mut self, element: Element) {
        match element {
            Element::Emphasis => self.out.push_str("</em>"),
            Element::Strong => self.out.push_str("</strong>"),
            Element::Strikethrough => self.out.push_str("</del>"),
            Element::Link(_) => inline::close_link(self),
            Element::Note(number) => notes::keep(self, number),
            _ => blocks::close(self, element),
        }
    }

    /// Blocks begin on a line of their own.
    fn start_line(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
    }

    /// A name for a region that no other region of the page has.
    fn region_name(&mut self, name: String) -> String {
        let used = self.labels.entry(name.clone()).or_insert(0);
        *used += 1;
        match *used {
            1 => name,
            count => format!("{name} ({count})"),
        }
    }
}
