//! One thing more for a book: a page, or an entry at the end of a list. What is made here is text; whoever asked looks at it and
//! writes it.

use std::collections::BTreeSet;

use super::{Ask, Entry, PageTemplate, append, asks, entry, page};
use crate::load::{Draft, Format, parse_yaml};
use crate::model::{Date, Section};
use crate::source::{Content, Sources};
use crate::tree::{Node, Value};

/// What is to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// Below the book's folder.
    pub path: String,
    /// The whole file.
    pub text: String,
    /// What the file said before; `None` when there is none yet.
    pub before: Option<String>,
    /// What the author should know besides.
    pub note: &'static str,
}

/// A new page of a book whose content lies in the folder `content`.
///
/// # Errors
/// A sentence for the author: there is such a page already, or something that was typed cannot be used.
pub fn new_page(
    sources: &Sources,
    content: &str,
    kind: &PageTemplate,
    title: &str,
    settings: &[(String, String)],
    today: Date,
) -> Result<Made, String> {
    let pages = |folder: &str| {
        let below = sources.below(folder).map(|(path, _)| path.to_string());
        below.filter(|path| path.ends_with(".md") && !path.ends_with("/index.md")).collect::<Vec<_>>()
    };
    let linked =
        pages(&format!("{content}/playbooks")).into_iter().chain(pages(&format!("{content}/pages"))).next();
    let linked = linked.unwrap_or_else(|| format!("{content}/index.md"));
    let linked = linked.strip_prefix(&format!("{content}/")).unwrap_or(&linked).to_owned();
    let (path, text) = page(kind, title, settings, today, &linked)?;
    let path = format!("{content}/{path}");
    inside(sources, &path)?;
    if sources.get(&path).is_some() {
        return Err(format!("{path} is there already and was left as it is; give another title"));
    }
    let note = "Its remarks say what belongs where; they never reach the site.";
    Ok(Made { path, text, before: None, note })
}

/// A file that gets an entry more.
#[derive(Debug)]
pub struct List {
    kind: &'static Entry,
    format: &'static Format,
    path: String,
    before: Option<String>,
    known: Vec<String>,
    taken: BTreeSet<String>,
}

impl List {
    /// The file below the content folder that gets the entry; `file` where there are several.
    ///
    /// # Errors
    /// A sentence for the author: several files, a file that is none of them, or one that cannot be read.
    pub fn find(
        sources: &Sources,
        content: &str,
        kind: &'static Entry,
        file: Option<&str>,
        draft: &Draft,
    ) -> Result<Self, String> {
        let format = kind.format().ok_or_else(|| format!("there are no files for a {}", kind.word))?;
        let path = format!("{content}/{}", chosen(sources, content, kind, file)?);
        inside(sources, &path)?;
        // With its mark of UTF-8, without which Excel would read other letters.
        let before =
            sources.bytes(&path).and_then(|bytes| std::str::from_utf8(bytes).ok()).map(str::to_owned);
        if before.is_none() && sources.get(&path).is_some() {
            return Err(format!("{path} cannot be read as text; cxbook check says why"));
        }
        let plain = sources.text(&path).filter(|_| !path.ends_with(".csv"));
        let node = plain.and_then(parse_yaml);
        let known = node.as_ref().map(defaults).unwrap_or_default();
        let taken = taken(node.as_ref(), draft);
        Ok(Self { kind, format, path, before, known, taken })
    }

    /// What an entry still needs.
    pub fn asks(&self, settings: &[(String, String)]) -> Vec<Ask> {
        asks(self.kind, settings, &self.known)
    }

    /// The file with one entry more.
    ///
    /// # Errors
    /// A sentence for the author: something that was typed cannot be used, or the entry has to be added by hand, and how.
    pub fn add(&self, title: &str, settings: &[(String, String)], today: Date) -> Result<Made, String> {
        let fields = entry(self.kind, title, settings, &self.taken, today)?;
        let text = append(&self.path, self.before.as_deref(), self.format, &fields).map_err(|why| {
            let lines: Vec<String> =
                fields.iter().map(|(key, value)| format!("    {key}: {value}")).collect();
            format!(
                "{}: {why}. Nothing was written. Add it by hand:\n{}",
                self.path,
                lines.join("\n").replacen("    ", "  - ", 1)
            )
        })?;
        Ok(Made { path: self.path.clone(), text, before: self.before.clone(), note: "" })
    }
}

/// Files below the content folder that can get an entry of a kind.
pub fn files_of(sources: &Sources, content: &str, kind: &Entry) -> Vec<String> {
    let Some((folder, _)) = kind.file.split_once('/') else { return vec![kind.file.to_owned()] };
    let below = format!("{content}/{folder}");
    sources
        .below(&below)
        .filter_map(|(path, _)| path.strip_prefix(content)?.strip_prefix('/'))
        .filter(|path| is_list(path))
        .map(str::to_owned)
        .collect()
}

fn is_list(path: &str) -> bool {
    [".yaml", ".yml", ".csv"].iter().any(|ending| path.ends_with(ending))
}

fn chosen(sources: &Sources, content: &str, kind: &Entry, file: Option<&str>) -> Result<String, String> {
    let Some((folder, _)) = kind.file.split_once('/') else { return Ok(kind.file.to_owned()) };
    if let Some(file) = file {
        let file = file.replace('\\', "/");
        let file = file.strip_prefix(&format!("{content}/")).unwrap_or(&file).to_owned();
        let fits = file.starts_with(&format!("{folder}/")) && !file.contains("..") && is_list(&file);
        let wrong = || format!("--file {file} does not lie in {folder}/, or is neither .yaml nor .csv");
        return fits.then_some(file.clone()).ok_or_else(wrong);
    }
    match &files_of(sources, content, kind)[..] {
        [] => Ok(kind.file.to_owned()),
        [one] => Ok(one.clone()),
        several => Err(format!("there are several files; say which with --file: {}", several.join(", "))),
    }
}

/// A link in the way of a file leads out of the book: nothing is written through it.
fn inside(sources: &Sources, path: &str) -> Result<(), String> {
    let above = path.match_indices('/').map(|(at, _)| &path[..at]).chain([path]);
    match above.into_iter().find(|folder| matches!(sources.get(folder), Some(Content::Link))) {
        Some(link) => Err(format!("{link} is a link; cxbook reads and writes real files and folders only")),
        None => Ok(()),
    }
}

/// Keys that the `defaults` of a file say.
fn defaults(root: &Node) -> Vec<String> {
    let Value::Map(entries) = &root.value else { return Vec::new() };
    let defaults = entries.iter().filter(|entry| entry.key == "defaults");
    defaults
        .flat_map(|entry| match &entry.node.value {
            Value::Map(keys) => keys.iter().map(|key| key.key.clone()).collect(),
            _ => Vec::new(),
        })
        .collect()
}

/// Ids that are in use in the file, and those of all quotes.
fn taken(root: Option<&Node>, draft: &Draft) -> BTreeSet<String> {
    let mut taken: BTreeSet<String> = draft.quotes.iter().map(|quote| quote.id.clone()).collect();
    let mut lists = Vec::new();
    match root.map(|root| &root.value) {
        Some(Value::List(items)) => lists.push(items),
        Some(Value::Map(entries)) => {
            lists.extend(entries.iter().filter_map(|entry| match &entry.node.value {
                Value::List(items) => Some(items),
                _ => None,
            }));
        }
        _ => {}
    }
    for item in lists.into_iter().flatten() {
        let Value::Map(keys) = &item.value else { continue };
        taken.extend(keys.iter().filter(|key| key.key == "id").filter_map(|key| key.node.scalar()));
    }
    taken
}

/// Ids of the book that a key can name.
pub fn ids(draft: &Draft, noun: &str) -> Vec<String> {
    let of_pages = |section: Section| {
        let own = draft.pages.iter().filter(|page| page.section == section);
        own.map(|page| page.id.to_string()).filter(|id| id != "index").collect()
    };
    match noun {
        "team" => of_pages(Section::Teams),
        "role" => of_pages(Section::Roles),
        "stage" => draft.stages.iter().map(|stage| stage.id.to_string()).collect(),
        "metric" => draft.metrics.iter().map(|metric| metric.id.to_string()).collect(),
        _ => Vec::new(),
    }
}
