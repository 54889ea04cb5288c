//! Blocks: paragraphs, headings, lists, quotes, tables, code.

use pulldown_cmark::{Alignment, BlockQuoteKind};

use super::{Columns, Writer};
use crate::markdown::{
    escape::{escape_attribute, push_text},
    highlight::highlight,
    language,
    read::Element,
};

pub(super) fn open(writer: &mut Writer<'_>, element: Element) {
    match element {
        Element::TableHead => open_head(writer),
        Element::TableRow => open_row(writer),
        _ => writer.start_line(),
    }
    match element {
        Element::Paragraph => writer.out.push_str("<p>"),
        Element::Heading(index) => open_heading(writer, index),
        Element::Quote => writer.out.push_str("<blockquote>\n"),
        Element::Alert(kind) => open_alert(writer, kind),
        Element::List(None) => writer.out.push_str("<ul>\n"),
        Element::List(Some(1)) => writer.out.push_str("<ol>\n"),
        Element::List(Some(start)) => writer.out.push_str(&format!("<ol start=\"{start}\">\n")),
        Element::Item { task: false } => writer.out.push_str("<li>"),
        Element::Item { task: true } => writer.out.push_str("<li class=\"task\">"),
        Element::Table(table) => open_table(writer, table),
        _ => {}
    }
}

pub(super) fn close(writer: &mut Writer<'_>, element: Element) {
    match element {
        Element::Paragraph => writer.out.push_str("</p>\n"),
        Element::Heading(index) => close_heading(writer, index),
        Element::Quote => writer.out.push_str("</blockquote>\n"),
        Element::Alert(_) => writer.out.push_str("</div>\n"),
        Element::List(None) => writer.out.push_str("</ul>\n"),
        Element::List(Some(_)) => writer.out.push_str("</ol>\n"),
        Element::Item { .. } => writer.out.push_str("</li>\n"),
        Element::Table(_) => close_table(writer),
        Element::TableHead => {
            writer.out.push_str("</tr></thead>\n");
            if let Some(columns) = writer.tables.last_mut() {
                columns.head = false;
            }
        }
        Element::TableRow => writer.out.push_str("</tr>\n"),
        Element::Cell => close_cell(writer),
        _ => {}
    }
}

fn open_heading(writer: &mut Writer<'_>, index: usize) {
    let heading = &writer.page.headings[index];
    let id = escape_attribute(&heading.id);
    writer.out.push_str(&format!("<h{} id=\"{id}\">", heading.level));
}

/// The link to itself has a name, so that it is no empty link for those who hear the page.
fn close_heading(writer: &mut Writer<'_>, index: usize) {
    let heading = &writer.page.headings[index];
    let id = escape_attribute(&heading.id);
    let name = match heading.text.as_str() {
        "" => "Link to this section".to_owned(),
        text => format!("Link to section {}", escape_attribute(text)),
    };
    writer.out.push_str(&format!(
        " <a class=\"anchor\" href=\"#{id}\" aria-label=\"{name}\">#</a></h{}>\n",
        heading.level
    ));
    writer.section = Some(heading.text.clone()).filter(|text| !text.is_empty());
}

/// An alert says in a word what it is, because colour alone does not reach everybody.
fn open_alert(writer: &mut Writer<'_>, kind: BlockQuoteKind) {
    let (class, word) = match kind {
        BlockQuoteKind::Note => ("note", "Note"),
        BlockQuoteKind::Tip => ("tip", "Tip"),
        BlockQuoteKind::Important => ("important", "Important"),
        BlockQuoteKind::Warning => ("warning", "Warning"),
        BlockQuoteKind::Caution => ("caution", "Caution"),
    };
    writer
        .out
        .push_str(&format!("<div class=\"alert alert-{class}\">\n<p class=\"alert-title\">{word}</p>\n"));
}

/// Opens a named box that scrolls sideways and can be reached with the keyboard.
fn open_region(writer: &mut Writer<'_>, class: &str, name: String) {
    let name = writer.region_name(name);
    writer.start_line();
    writer.out.push_str(&format!(
        "<div class=\"{class}\" tabindex=\"0\" role=\"region\" aria-label=\"{}\">",
        escape_attribute(&name)
    ));
}

fn open_table(writer: &mut Writer<'_>, table: usize) {
    let caption = writer.caption.take();
    let name = match (&caption, &writer.section) {
        (Some((_, words)), _) => format!("Table: {words}"),
        (None, Some(section)) => format!("Table: {section}"),
        (None, None) => "Table".to_owned(),
    };
    open_region(writer, "scroll", name);
    writer.out.push_str("<table>\n");
    if let Some((html, _)) = caption {
        writer.out.push_str(&format!("<caption>{html}</caption>\n"));
    }
    writer.tables.push(Columns { table, column: 0, head: true, body: false, cell: "td" });
}

fn close_table(writer: &mut Writer<'_>) {
    if writer.tables.pop().is_some_and(|columns| columns.body) {
        writer.out.push_str("</tbody>\n");
    }
    writer.out.push_str("</table></div>\n");
}

fn open_head(writer: &mut Writer<'_>) {
    writer.out.push_str("<thead><tr>");
}

fn open_row(writer: &mut Writer<'_>) {
    let Some(columns) = writer.tables.last_mut() else {
        return;
    };
    columns.column = 0;
    if !columns.body {
        columns.body = true;
        writer.out.push_str("<tbody>\n");
    }
    writer.out.push_str("<tr>");
}

/// An empty cell of the head is no header: a screen reader would announce a nameless column.
pub(super) fn open_cell(writer: &mut Writer<'_>, empty: bool) {
    let Some(columns) = writer.tables.last_mut() else {
        return;
    };
    let alignments = &writer.page.tables[columns.table];
    let class = match alignments.get(columns.column) {
        Some(Alignment::Left) => " class=\"align-left\"",
        Some(Alignment::Center) => " class=\"align-center\"",
        Some(Alignment::Right) => " class=\"align-right\"",
        Some(Alignment::None) | None => "",
    };
    columns.column += 1;
    let header = columns.head && !empty;
    columns.cell = if header { "th" } else { "td" };
    let scope = if header { " scope=\"col\"" } else { "" };
    let cell = columns.cell;
    writer.out.push_str(&format!("<{cell}{scope}{class}>"));
}

fn close_cell(writer: &mut Writer<'_>) {
    if let Some(columns) = writer.tables.last() {
        writer.out.push_str(&format!("</{}>", columns.cell));
    }
}

pub(super) fn code(writer: &mut Writer<'_>, language: &str, code: &str) {
    let name = match language::find(language) {
        Some(known) => format!("Code, {}", known.label),
        None if language.is_empty() => "Code".to_owned(),
        None => format!("Code, {language}"),
    };
    open_region(writer, "code scroll", name);
    if language.is_empty() {
        writer.out.push_str("<pre><code>");
    } else {
        let class = escape_attribute(language);
        writer.out.push_str(&format!("<pre><code class=\"language-{class}\">"));
    }
    match highlight(code, language) {
        Some(html) => writer.out.push_str(&html),
        None => push_text(&mut writer.out, code),
    }
    writer.out.push_str("</code></pre></div>\n");
}

pub(super) fn directive(writer: &mut Writer<'_>, index: usize, source: &str) {
    match writer.resolver.directive(&writer.page.directives[index]) {
        Some(html) => {
            writer.start_line();
            writer.out.push_str(&html);
            writer.start_line();
        }
        None => code(writer, "", source),
    }
}

pub(super) fn html_as_text(writer: &mut Writer<'_>, html: &str) {
    writer.start_line();
    writer.out.push_str("<p class=\"raw-html\">");
    push_text(&mut writer.out, html);
    writer.out.push_str("</p>\n");
}
