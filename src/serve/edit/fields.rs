//! Which fields a form has: the keys that the kind of file knows and that fit on one line.

use crate::load::{Draft, Holds, Key};
use crate::model::{Date, capital};
use crate::source::Sources;
use crate::starter::{self, Entry, PageTemplate, entry_kind, page_kind};

/// The field that says which file gets the entry.
pub(super) const FILE: &str = "in-file";

/// What can be added in the browser, in the order in which it is offered.
pub(super) const WORDS: [&str; 4] = ["conversation", "quote", "observation", "action"];

/// A kind of thing that can be added.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kind {
    Entry(&'static Entry),
    Page(&'static PageTemplate),
}

/// What a browser shows for a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Widget {
    Line,
    Lines,
    Day,
    Month,
    Number,
    /// Ticked or not.
    Tick,
    /// One of some values; a value and what readers call it.
    Choice(Vec<String>),
    /// Some of several values.
    Ticks(Vec<String>),
}

/// One field.
#[derive(Debug, Clone)]
pub(super) struct Field {
    /// The key it becomes; `None` for what is no key.
    pub(super) key: Option<&'static Key>,
    name: &'static str,
    pub(super) label: String,
    pub(super) hint: &'static str,
    pub(super) widget: Widget,
    pub(super) required: bool,
    /// What stands in it at first.
    pub(super) first: String,
}

impl Kind {
    pub(super) fn of(word: &str) -> Option<Self> {
        let word = WORDS.into_iter().find(|own| *own == word)?;
        entry_kind(word).map(Self::Entry).or_else(|| page_kind(word).map(Self::Page))
    }

    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Entry(entry) => entry.word,
            Self::Page(page) => page.word,
        }
    }

    pub(super) fn about(self) -> &'static str {
        match self {
            Self::Entry(entry) => entry.about,
            Self::Page(page) => page.about,
        }
    }

    /// The field that stands behind the kind on the command line.
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Entry(entry) => entry.title,
            Self::Page(_) => "title",
        }
    }

    /// The page on which readers find it, by the file it is in.
    pub(super) fn shown(self, path: &str, content: &str) -> String {
        match self.word() {
            "quote" => crate::links::QUOTES.to_owned(),
            "conversation" => crate::links::CONVERSATIONS.to_owned(),
            "observation" => crate::links::EVIDENCE.to_owned(),
            _ => {
                let below = path.strip_prefix(content).unwrap_or(path).trim_start_matches('/');
                format!("{}.html", below.trim_end_matches(".md"))
            }
        }
    }

    /// The fields of its form in one book.
    pub(super) fn fields(self, sources: &Sources, content: &str, draft: &Draft, today: Date) -> Vec<Field> {
        let mut fields: Vec<Field> = match self {
            Self::Entry(entry) => {
                entry.keys().iter().filter(|key| is_asked(key)).map(|key| of(key, draft)).collect()
            }
            Self::Page(page) => page.blanks().into_iter().map(|key| of(key, draft)).collect(),
        };
        if let Self::Page(_) = self {
            let label = "Title".to_owned();
            let hint = "What is changed, in a few words; the address is made from it";
            fields.push(Field {
                key: None,
                name: "title",
                label,
                hint,
                widget: Widget::Line,
                required: true,
                first: String::new(),
            });
        }
        for field in &mut fields {
            if field.name == self.title() {
                field.required = true;
                if field.widget == Widget::Line && matches!(self, Self::Entry(_)) {
                    field.widget = Widget::Lines;
                }
            }
            let is_today =
                matches!(self, Self::Entry(entry) if entry.day == field.name) || field.name == "heard";
            if is_today {
                field.first = match field.widget {
                    Widget::Month => today.in_month().to_string(),
                    _ => today.to_string(),
                };
            }
        }
        // What it is about comes first, then what must be said.
        fields.sort_by_key(|field| (field.name != self.title(), !field.required));
        if let Self::Entry(entry) = self {
            fields.extend(file(&starter::files_of(sources, content, entry)));
        }
        fields
    }
}

impl Field {
    pub(super) fn name(&self) -> &'static str {
        self.name
    }

    /// Whether somebody types words into it, in which a person could stand.
    pub(super) fn is_words(&self) -> bool {
        matches!(self.widget, Widget::Line | Widget::Lines)
    }

    pub(super) fn missing(&self) -> String {
        match self.widget {
            Widget::Tick => "This has to be true before it can be kept; tick it once it is.".to_owned(),
            Widget::Choice(_) => "Choose one.".to_owned(),
            Widget::Ticks(_) => "Choose at least one.".to_owned(),
            _ => "This is needed.".to_owned(),
        }
    }
}

/// Which file gets the entry, where there are several; none where there is no choice.
fn file(files: &[String]) -> Option<Field> {
    (files.len() > 1).then(|| Field {
        key: None,
        name: FILE,
        label: "File".to_owned(),
        hint: "Which file of the book gets it",
        widget: Widget::Choice(files.to_vec()),
        required: true,
        first: String::new(),
    })
}

/// Ids are made, other spellings of a key are not offered, and a second person's answer is given by a second person.
fn is_asked(key: &Key) -> bool {
    let is_single =
        !matches!(key.holds, Holds::Pair | Holds::Group(_) | Holds::Groups(_) | Holds::Free | Holds::Several);
    is_single && key.name != "id" && key.about != "The same" && !key.about.ends_with("in a table")
}

fn of(key: &'static Key, draft: &Draft) -> Field {
    let named = |noun: &str| starter::ids(draft, noun);
    let widget = match key.holds {
        Holds::Date => Widget::Day,
        Holds::Month => Widget::Month,
        Holds::Flag => Widget::Tick,
        Holds::Number | Holds::Whole(..) => Widget::Number,
        Holds::OneOf(words) => Widget::Choice(words.iter().map(|word| (*word).to_owned()).collect()),
        Holds::Name(noun) => {
            Some(named(noun)).filter(|ids| !ids.is_empty()).map_or(Widget::Line, Widget::Choice)
        }
        Holds::Names(noun) => {
            Some(named(noun)).filter(|ids| !ids.is_empty()).map_or(Widget::Line, Widget::Ticks)
        }
        _ => Widget::Line,
    };
    Field {
        key: Some(key),
        name: key.name,
        label: capital(&key.name.replace('-', " ")),
        hint: key.about,
        widget,
        required: key.required,
        first: String::new(),
    }
}
