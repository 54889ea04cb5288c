//! New entries of files that hold many: a quote, a conversation, a term. What each key holds is known from its format.

use std::collections::BTreeSet;

use super::{fit, names};
use crate::diag::did_you_mean;
use crate::load::{Format, Holds, Key, formats};
use crate::model::Date;

/// A kind of entry.
#[derive(Debug, PartialEq, Eq)]
pub struct Entry {
    /// What authors type.
    pub word: &'static str,
    /// What it is for.
    pub about: &'static str,
    /// The format of its file.
    pub format: &'static str,
    /// The key that holds what stands behind the kind on the command line.
    pub title: &'static str,
    /// Where it goes when there is no such file yet, below the content folder.
    pub file: &'static str,
    /// How its id is made.
    id: Id,
    /// The key that is today unless somebody says otherwise.
    pub day: &'static str,
}

#[derive(Debug, PartialEq, Eq)]
enum Id {
    None,
    /// From the title.
    Readable,
    /// A number: a customer's words make no address.
    Number,
}

/// All kinds of entries.
pub static ENTRIES: [Entry; 10] = [
    of(
        "quote",
        "quotes",
        "text",
        "quotes/quotes.yaml",
        "what a customer said, made anonymous by you",
        Id::Number,
        "date",
    ),
    of(
        "conversation",
        "contacts",
        "learned",
        "contacts/log.yaml",
        "a talk with a customer: what was learned",
        Id::None,
        "date",
    ),
    of(
        "observation",
        "observations",
        "text",
        "observations/log.yaml",
        "what somebody at the front line saw",
        Id::None,
        "date",
    ),
    of(
        "blocker",
        "blockers",
        "what",
        "blockers.yaml",
        "what a team cannot remove by itself",
        Id::Readable,
        "since",
    ),
    of(
        "assignment",
        "assignments",
        "task",
        "assignments.yaml",
        "a walk in the customer's shoes",
        Id::Readable,
        "",
    ),
    of("goal", "strategy", "goal", "strategy.yaml", "a goal of the strategy", Id::Readable, ""),
    of("claim", "claims", "says", "claims.yaml", "a figure with its small print", Id::Readable, ""),
    of("term", "glossary", "term", "glossary.yaml", "what a word means here", Id::None, ""),
    of("stage", "journey", "name", "journey.yaml", "a stage of the journey", Id::Readable, ""),
    of("link", "map", "note", "map.yaml", "which number of a team moves which of the customer", Id::None, ""),
];

const fn of(
    word: &'static str,
    format: &'static str,
    title: &'static str,
    file: &'static str,
    about: &'static str,
    id: Id,
    day: &'static str,
) -> Entry {
    Entry { word, about, format, title, file, id, day }
}

/// The kind of entry of that name.
pub fn entry_kind(word: &str) -> Option<&'static Entry> {
    ENTRIES.iter().find(|kind| kind.word == word)
}

impl Entry {
    /// The format of its file.
    pub fn format(&self) -> Option<&'static Format> {
        formats().into_iter().find(|format| format.kind == self.format)
    }

    /// The keys of an entry, in the order of its format.
    pub fn keys(&self) -> &'static [Key] {
        self.format().map_or(&[], |format| format.keys)
    }
}

/// Something an entry needs and nobody said yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// The key.
    pub key: &'static str,
    /// What it means.
    pub about: &'static str,
    /// What it takes; empty for any words.
    pub hint: String,
    /// What it names, such as "team"; empty where it names nothing.
    pub names: &'static str,
}

/// What an entry still needs. `known` are keys that the file's `defaults` say already.
pub fn asks(kind: &Entry, settings: &[(String, String)], known: &[String]) -> Vec<Ask> {
    let said = |key: &Key| {
        let name = key.name;
        settings.iter().any(|(own, _)| own == name)
            || known.iter().any(|own| own == name)
            || [kind.title, kind.day, "id"].contains(&name)
    };
    let missing = kind.keys().iter().filter(|key| key.required && !said(key));
    let ask = |key: &Key| Ask {
        key: key.name,
        about: key.about,
        hint: fit::hint(key.holds),
        names: match key.holds {
            Holds::Name(noun) => noun,
            _ => "",
        },
    };
    missing.map(ask).collect()
}

/// The keys and values of a new entry, as YAML, in the order of its format. `taken` are ids the file holds already.
///
/// # Errors
/// A sentence for the author, when the title or a setting cannot be used.
pub fn entry(
    kind: &Entry,
    title: &str,
    settings: &[(String, String)],
    taken: &BTreeSet<String>,
    today: Date,
) -> Result<Vec<(&'static str, String)>, String> {
    if title.trim().is_empty() {
        return Err(format!(
            "a {} begins with words; put them in quotation marks behind the kind",
            kind.word
        ));
    }
    let keys = kind.keys();
    if let Some((name, _)) = settings.iter().find(|(name, _)| keys.iter().all(|key| key.name != name)) {
        let help = did_you_mean(name, keys.iter().map(|key| key.name));
        return Err(format!("a {} has no key \"{name}\". {help}", kind.word));
    }
    let mut fields = Vec::new();
    for key in keys {
        let typed: Vec<&str> =
            settings.iter().filter(|(name, _)| name == key.name).map(|(_, value)| value.as_str()).collect();
        if !typed.is_empty() {
            fields.push((key.name, fit::value(key, &typed, today)?));
        } else if key.name == kind.title {
            fields.push((key.name, fit::value(key, &[title], today)?));
        } else if key.name == kind.day {
            fields.push((key.name, fit::value(key, &["today"], today)?));
        } else if key.name == "id" {
            fields.extend(id(kind, title, taken)?.map(|id| (key.name, id)));
        }
    }
    Ok(fields)
}

fn id(kind: &Entry, title: &str, taken: &BTreeSet<String>) -> Result<Option<String>, String> {
    // The first words are enough to know it again.
    let short: String = title.split_whitespace().take(6).collect::<Vec<_>>().join(" ");
    match kind.id {
        Id::None => Ok(None),
        Id::Readable => names::unique(&short, kind.word, taken).map(Some).ok_or_else(|| {
            format!("\"{title}\" has no letter to make an id from; give one with --set id=...")
        }),
        Id::Number => {
            let mut ids = (1_u32..).map(|number| format!("q-{number:03}"));
            Ok(ids.find(|id| !taken.contains(id)))
        }
    }
}
