//! The formats of files as data: which keys each kind has, what each holds, which must be there.
//!
//! [`schema`] makes a JSON Schema of each, for editors. `tests/schema.rs` holds this description against the readers, both
//! ways: each key here is known to its reader, and each key a reader knows stands here.

mod definitions;
mod lists;
mod pages;
mod schema;

pub use schema::schema;

/// One kind of file.
#[derive(Debug)]
pub struct Format {
    /// What authors type: `cxbook schema metric`.
    pub kind: &'static str,
    /// Where such files lie.
    pub files: &'static str,
    /// What such a file is for.
    pub about: &'static str,
    /// How its keys are put together.
    pub form: Form,
    /// The keys of the file, or of each entry of its list.
    pub keys: &'static [Key],
}

/// How keys are put together in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Between `---` lines at the top of a page.
    Page,
    /// The file as a whole.
    Whole,
    /// A plain list and nothing else.
    Plain,
    /// A list below this key, or a plain list.
    List(&'static str),
    /// The same with `defaults`, `from` and `columns` beside it.
    Voices(&'static str),
}

/// One key.
#[derive(Debug)]
pub struct Key {
    /// As it is written.
    pub name: &'static str,
    /// What it holds.
    pub holds: Holds,
    /// Whether it must be there.
    pub required: bool,
    /// What it means.
    pub about: &'static str,
}

/// What a key holds.
#[derive(Debug, Clone, Copy)]
pub enum Holds {
    /// Words.
    Text,
    /// A day: 2026-03-14.
    Date,
    /// A month: 2026-03. A day reads as its month.
    Month,
    /// `true` or `false`.
    Flag,
    /// Any number.
    Number,
    /// A whole number within bounds.
    Whole(i64, i64),
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// The name of something in this book: "team", "metric".
    Name(&'static str),
    /// One text or several.
    Texts,
    /// One name or several.
    Names(&'static str),
    /// Two numbers, the lower first.
    Pair,
    /// A group of keys.
    Group(&'static [Key]),
    /// One group of keys, or a list of such groups.
    Groups(&'static [Key]),
    /// Keys that the author chooses.
    Free,
    /// Several forms; the words say which.
    Several,
}

/// A key that may be left out.
const fn key(name: &'static str, holds: Holds, about: &'static str) -> Key {
    Key { name, holds, required: false, about }
}

/// A key that must be there.
const fn must(name: &'static str, holds: Holds, about: &'static str) -> Key {
    Key { name, holds, required: true, about }
}

/// The format of a file, by its path below the content folder; book.toml and privacy.yaml by their names. `None` for files
/// that have none, tables among them.
///
/// ```
/// # use cxbook::load::format_of;
/// assert_eq!(format_of("teams/sales.md").map(|format| format.kind), Some("team"));
/// assert_eq!(format_of("metrics/nps.yml").map(|format| format.kind), Some("metric"));
/// assert_eq!(format_of("paths/new-managers.yaml").map(|format| format.kind), Some("path"));
/// assert_eq!(format_of("book.toml").map(|format| format.kind), Some("book"));
/// assert!(format_of("exports/nps.csv").is_none());
/// ```
pub fn format_of(below: &str) -> Option<&'static Format> {
    let path = below.strip_suffix(".yml").map_or_else(|| below.to_owned(), |stem| format!("{stem}.yaml"));
    // The words above a list are a page like any other.
    let path = if path.ends_with("/index.md") { "index.md" } else { &path };
    let fits = |pattern: &str| match pattern.split_once('*') {
        Some((folder, rest)) => path.starts_with(folder) && path.ends_with(rest.trim_start_matches("*/*")),
        None => path == pattern,
    };
    formats().into_iter().find(|format| {
        let files = format.files.split(", beside").next().unwrap_or_default();
        files.split([' ', ',']).any(fits)
    })
}

/// All formats, in the order in which an author meets them.
pub fn formats() -> Vec<&'static Format> {
    [pages::FORMATS, lists::FORMATS, definitions::FORMATS].concat().into_iter().collect()
}
