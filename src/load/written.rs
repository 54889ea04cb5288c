//! Every text that an author wrote, file by file, whatever it is for.
//!
//! The privacy gate reads files this way and not field by field: a key that is added tomorrow is looked at without anybody
//! remembering.

use std::collections::BTreeSet;
use std::ops::Range;

use super::{PRIVACY, front_matter, yaml};
use crate::config;
use crate::diag::{LineIndex, Place};
use crate::metrics;
use crate::source::{Content, SourcePath, Sources};
use crate::tree::{Node, Value};

/// Says where a part of a text stands.
pub type Where<'a> = dyn Fn(Range<usize>) -> Place + 'a;

/// The files of a book whose texts are looked at. Exports are not among them: nothing of them is published but counts, and
/// columns that a list of quotes takes from them are looked at as quotes.
pub fn files_with_text<'a>(sources: &'a Sources, content: &str) -> Vec<(&'a SourcePath, &'a Content)> {
    let exports = format!("{content}/exports/");
    let beside = sources.iter().filter(|(path, _)| matches!(&***path, config::FILE | PRIVACY));
    let inside = sources.below(content).filter(|(path, _)| !path.starts_with(&exports));
    beside.chain(inside).collect()
}

/// Whether a file holds customers' words.
pub fn is_of_customers(path: &str) -> bool {
    path.split('/').any(|folder| matches!(folder, "quotes" | "contacts" | "observations"))
}

/// Hands over every text of a file: keys, values, comments, bodies. What cannot be read is skipped; whoever reads the file for
/// its meaning reports it.
pub fn each_text(path: &str, sources: &Sources, visit: &mut dyn FnMut(&str, &Where<'_>)) {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    match (ending, sources.text(path)) {
        ("csv", _) if is_of_customers(path) => table(path, sources, visit),
        ("md", Some(text)) => page(path, text, visit),
        ("yaml" | "yml", Some(text)) => {
            if let Ok(root) = yaml::parse(path, text, 1) {
                nodes(&root, path, text, visit);
            }
            comments(path, text, text.len(), visit);
        }
        ("toml", Some(text)) if path == config::FILE => {
            if let Some(root) = config::tree(sources) {
                nodes(&root, path, text, visit);
            }
            comments(path, text, text.len(), visit);
        }
        _ => {}
    }
}

fn page(path: &str, text: &str, visit: &mut dyn FnMut(&str, &Where<'_>)) {
    let cut = front_matter::cut(path, text, &mut Vec::new());
    nodes(&cut.facts, path, text, visit);
    let begin = text.len() - cut.body.len();
    comments(path, text, begin, visit);
    let index = LineIndex::new(path, text);
    visit(cut.body, &|span| index.place(begin + span.start..begin + span.end));
}

/// Keys and values. A value is found again in the file where it stands there as it reads; else its beginning is told.
fn nodes(root: &Node, path: &str, text: &str, visit: &mut dyn FnMut(&str, &Where<'_>)) {
    let index = LineIndex::new(path, text);
    root.each_text(&mut |value, place| {
        visit(value, &|span| {
            let begin = index.offset(place);
            let end = begin.saturating_add(2 * value.len() + 200).min(text.len());
            let end = (end..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
            let wanted = value.get(span).unwrap_or_default();
            let found = text.get(begin..end).and_then(|part| part.find(wanted));
            found.map_or_else(|| place.clone(), |at| index.place(begin + at..begin + at + wanted.len()))
        });
    });
}

/// What stands behind a `#` in the first `end` bytes. A `#` inside a text is taken for one too; that does no harm.
fn comments(path: &str, text: &str, end: usize, visit: &mut dyn FnMut(&str, &Where<'_>)) {
    let part = text.get(..end).unwrap_or(text);
    if !part.contains('#') {
        return;
    }
    let index = LineIndex::new(path, text);
    let mut at = 0;
    for line in part.split_inclusive('\n') {
        let sign = if line.trim_start().starts_with('#') {
            line.find('#')
        } else {
            line.find(" #").map(|sign| sign + 1)
        };
        if let Some(sign) = sign {
            let begin = at + sign + 1;
            visit(&line[sign + 1..], &|span| index.place(begin + span.start..begin + span.end));
        }
        at += line.len();
    }
}

/// Cells, and each header once.
fn table(path: &str, sources: &Sources, visit: &mut dyn FnMut(&str, &Where<'_>)) {
    let mut told: BTreeSet<String> = BTreeSet::new();
    // Whoever reads the file for its meaning reports that it cannot be read.
    let _ = metrics::each_row(path, sources, &mut |row| {
        let Some(Node { value: Value::Map(entries), .. }) = row else { return };
        for entry in &entries {
            if !told.contains(&entry.key) {
                told.insert(entry.key.clone());
                visit(&entry.key, &|_| entry.key_place.clone());
            }
            entry.node.each_text(&mut |text, place| visit(text, &|_| place.clone()));
        }
    });
}
