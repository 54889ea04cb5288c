//! Parts of boards, made in few words.

use super::views::{CellView, GridRowView, GridView, LinkView, PartView};

/// A part with its heading and nothing below it yet.
pub(super) fn part(id: &str, title: &str) -> PartView {
    PartView {
        id: format!("part.{id}"),
        title: title.to_owned(),
        words: Vec::new(),
        missing: Vec::new(),
        facts: Vec::new(),
        bullets: Vec::new(),
        figure_html: None,
        grid: None,
        items: Vec::new(),
        quotes: Vec::new(),
        claims: Vec::new(),
        more: Vec::new(),
    }
}

/// A part with a table, or with a sentence that says how to fill it.
pub(super) fn table_part(
    id: &str,
    title: &str,
    columns: &[&str],
    rows: Vec<GridRowView>,
    empty: &str,
) -> PartView {
    let grid = grid(title, columns, rows);
    let words = if grid.is_none() { vec![empty.to_owned()] } else { Vec::new() };
    PartView { words, grid, ..part(id, title) }
}

/// A table; none without rows.
pub(super) fn grid(caption: &str, columns: &[&str], rows: Vec<GridRowView>) -> Option<GridView> {
    let columns = columns.iter().map(|column| (*column).to_owned()).collect();
    (!rows.is_empty()).then(|| GridView { caption: caption.to_owned(), columns, rows })
}

/// A row without a fragment.
pub(super) fn row(cells: Vec<CellView>) -> GridRowView {
    GridRowView { id: String::new(), cells }
}

/// Words.
pub(super) fn cell(text: impl Into<String>) -> CellView {
    CellView { text: text.into(), href: None, note: None, mark: "", bar: None }
}

/// A link; empty where there is nothing to link to.
pub(super) fn linked(link: Option<LinkView>) -> CellView {
    match link {
        Some(link) => CellView { href: Some(link.href), ..cell(link.title) },
        None => cell(""),
    }
}

/// Words with a mark before them.
pub(super) fn marked(text: impl Into<String>, mark: &'static str) -> CellView {
    CellView { mark, ..cell(text) }
}

/// A role; "No owner", marked, where there is none.
pub(super) fn owner(role: Option<&str>) -> CellView {
    role.map_or_else(|| marked("No owner", "worse"), cell)
}

impl CellView {
    /// The same with a bar beside it, where the largest number of the column fills it.
    #[must_use]
    pub(super) fn barred(self, number: u64, largest: u64) -> Self {
        Self { bar: Some((number, largest.max(1))), ..self }
    }

    /// The same with smaller words below.
    #[must_use]
    pub(super) fn with(self, note: Option<String>) -> Self {
        Self { note, ..self }
    }
}
