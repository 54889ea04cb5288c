//! New pages from templates that teach: `starter/new/`.

use std::collections::BTreeSet;

use super::fill::{Words, quoted};
use super::{files, fit, names};
use crate::diag::did_you_mean;
use crate::load::{Key, formats};
use crate::model::Date;

/// A kind of page that has a file of its own.
#[derive(Debug, PartialEq, Eq)]
pub struct PageTemplate {
    /// What authors type.
    pub word: &'static str,
    /// What such a page is for.
    pub about: &'static str,
    /// Folder below the content folder.
    pub folder: &'static str,
    /// Ending of its files.
    pub ending: &'static str,
}

const fn template(word: &'static str, folder: &'static str, about: &'static str) -> PageTemplate {
    PageTemplate { word, about, folder, ending: "md" }
}

/// All kinds of pages.
pub static PAGES: [PageTemplate; 8] = [
    template("playbook", "playbooks", "what to do so that a customer is better off"),
    template("story", "stories", "first-hand: what somebody lived through as a customer"),
    template("action", "actions", "a change: a problem, what is done, the number it should move"),
    template("team", "teams", "a team and how its work reaches customers"),
    template("role", "roles", "what a role sees, decides and does every week"),
    template("impact", "impacts", "a decision, and whom it leaves worse off"),
    template("page", "pages", "anything else"),
    PageTemplate {
        word: "path",
        about: "a learning path: pages and questions in order",
        folder: "paths",
        ending: "yaml",
    },
];

/// The kind of page of that name.
pub fn page_kind(word: &str) -> Option<&'static PageTemplate> {
    PAGES.iter().find(|kind| kind.word == word)
}

impl PageTemplate {
    /// The template's text.
    pub(super) fn text(&self) -> &'static str {
        files::text(&format!("new/{}.{}", self.word, self.ending))
    }

    /// The keys that the template asks for, in its order, besides the title.
    pub fn blanks(&self) -> Vec<&'static Key> {
        let lines = self.text().lines().skip(1).take_while(|line| *line != "---");
        let names = lines.filter_map(|line| line.split_once(':')).map(|(name, _)| name);
        let key = |name: &str| self.keys().iter().find(|key| key.name == name && name != "title");
        names.filter_map(key).collect()
    }

    fn keys(&self) -> &'static [Key] {
        let format = formats().into_iter().find(|format| format.kind == self.word);
        format.map_or(&[], |format| format.keys)
    }
}

/// A new page: its path below the content folder, and its text. `linked` is a page of the book that a learning path can
/// begin with.
///
/// # Errors
/// A sentence for the author, when the title or a setting cannot be used.
pub fn page(
    kind: &PageTemplate,
    title: &str,
    settings: &[(String, String)],
    today: Date,
    linked: &str,
) -> Result<(String, String), String> {
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let id = names::unique(&title, kind.word, &BTreeSet::new())
        .filter(|_| !title.chars().any(char::is_control))
        .ok_or_else(|| {
            format!("\"{title}\" cannot be a title: the name of the file is made from its letters")
        })?;
    let path = format!("{}/{id}.{}", kind.folder, kind.ending);
    let words = Words::new(today).typed("title", &title).made("page", quoted(linked));
    let mut text = words.fill(&path, kind.text());
    let mut done = BTreeSet::new();
    for (name, _) in settings {
        if done.insert(name.as_str()) {
            let typed: Vec<&str> =
                settings.iter().filter(|(own, _)| own == name).map(|(_, value)| value.as_str()).collect();
            text = with_key(&text, name, &value(kind, name, &typed, today)?, kind.ending == "md");
        }
    }
    Ok((path, text))
}

fn value(kind: &PageTemplate, name: &str, typed: &[&str], today: Date) -> Result<String, String> {
    let keys = kind.keys();
    match keys.iter().find(|key| key.name == name) {
        Some(key) => fit::value(key, typed, today),
        None => {
            let known = keys.iter().map(|key| key.name);
            Err(format!("a {} has no key \"{name}\". {}", kind.word, did_you_mean(name, known)))
        }
    }
}

/// The text with a key at its top set; a new key stands last.
fn with_key(text: &str, name: &str, value: &str, is_page: bool) -> String {
    let line = format!("{name}: {value}");
    let mut lines: Vec<&str> = text.lines().collect();
    let end = if is_page {
        lines.iter().skip(1).position(|line| *line == "---").map_or(lines.len(), |at| at + 1)
    } else {
        lines.len()
    };
    let own = lines[..end].iter().position(|line| line.split_once(':').is_some_and(|(key, _)| key == name));
    match own {
        Some(at) => lines[at] = &line,
        None => lines.insert(end, &line),
    }
    lines.join("\n") + "\n"
}
