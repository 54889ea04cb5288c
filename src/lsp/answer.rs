//! Answers about a place of a text: what could stand there, what it means, where that was written.

use gen_lsp_types::{
    CompletionItem, CompletionItemKind, CompletionList, Hover, Location, MarkupContent, MarkupKind, Position,
    Range, TextEdit,
};

use super::names::{Named, Names};
use super::position::Lines;
use super::spot::{self, Kind, Spot};
use crate::diag::Place;
use crate::links;
use crate::live;

/// More are not sent at once; the editor asks again when more is typed.
const MOST: usize = 1000;

/// A place of an open text.
pub(super) struct Asked<'a> {
    /// The path in the book.
    pub(super) path: &'a str,
    pub(super) text: &'a str,
    pub(super) position: Position,
    pub(super) names: &'a Names,
}

impl<'a> Asked<'a> {
    fn spot(&self) -> Option<Spot> {
        let offset = Lines::new(self.text).offset(self.position);
        spot::at(self.names.below(self.path), self.text, offset)
    }

    fn word(&self, spot: &Spot) -> &'a str {
        &self.text[spot.word.clone()]
    }

    /// What the name or the link at the place leads to.
    fn meant(&self, spot: &Spot) -> Option<Meant<'a>> {
        let word = self.word(spot);
        match &spot.kind {
            Kind::Name { noun, metric } => self.names.find(noun, word, metric.as_deref()).map(Meant::Named),
            Kind::Title | Kind::File => {
                let by_title = spot.kind == Kind::Title;
                let behind =
                    self.text[spot.word.end..].split(['\n', ']', ')', '|', ' ']).next().unwrap_or_default();
                let (found, within) = self.names.linked(self.path, &format!("{word}{behind}"), by_title)?;
                let within = within.and_then(|id| {
                    let nouns = ["stage", "term", "claim"];
                    nouns.into_iter().find_map(|noun| self.names.find(noun, &id, None)).filter(|named| {
                        named.place.as_ref().is_some_and(|place| *place.file == *found.source)
                    })
                });
                Some(within.map_or_else(|| Meant::Page(&found.source, &found.title), Meant::Named))
            }
            _ => None,
        }
    }
}

enum Meant<'a> {
    Named(&'a Named),
    /// A page or a list: its file and its title.
    Page(&'a str, &'a str),
}

/// What could stand at the place.
pub(super) fn complete(asked: &Asked<'_>) -> CompletionList {
    let Some(spot) = asked.spot() else { return CompletionList::default() };
    let range = Lines::new(asked.text).range(spot.word.clone());
    let behind = &asked.text[spot.word.end..];
    // What is closed already is not closed a second time.
    let closed = |with: &str| if behind.starts_with(with) { String::new() } else { with.to_owned() };
    let mut items: Vec<CompletionItem> = match &spot.kind {
        Kind::Name { noun, metric } => {
            let of_actions: &[&str] = if *noun == "begun action" { &["all", "none"] } else { &[] };
            let named = asked.names.all(noun, metric.as_deref());
            let named =
                named.map(|named| item(&named.id, &named.title, CompletionItemKind::Reference, range));
            named
                .chain(of_actions.iter().map(|word| item(word, "", CompletionItemKind::EnumMember, range)))
                .collect()
        }
        Kind::Word(words) => {
            words.iter().map(|word| item(word, "", CompletionItemKind::EnumMember, range)).collect()
        }
        Kind::Key(keys, used) => {
            let free = keys.iter().filter(|key| !used.iter().any(|used| used == key.name));
            let colon = closed(":").replace(':', ": ");
            free.map(|key| inserting(key.name, &colon, key.about, CompletionItemKind::Property, range))
                .collect()
        }
        Kind::Block => {
            let forms = live::FORMS.iter();
            forms
                .map(|form| {
                    inserting(form.name, &closed("}"), form.about, CompletionItemKind::Function, range)
                })
                .collect()
        }
        Kind::Role => {
            let words = live::WORDS_ABOUT.iter();
            words
                .map(|(name, about)| {
                    inserting(name, &closed("}"), about, CompletionItemKind::Function, range)
                })
                .collect()
        }
        Kind::Title => {
            let end = if behind.starts_with(['|', '#']) { String::new() } else { closed("]]") };
            let titles = asked.names.destinations().map(|to| (to.title.as_str(), to.source.as_str()));
            titles
                .map(|(title, file)| {
                    inserting(title, &end, asked.names.below(file), CompletionItemKind::File, range)
                })
                .collect()
        }
        Kind::File => {
            let pages =
                asked.names.destinations().filter(|to| to.source.ends_with(".md") && to.source != asked.path);
            pages
                .map(|to| {
                    item(&links::relative(asked.path, &to.source), &to.title, CompletionItemKind::File, range)
                })
                .collect()
        }
    };
    let typed = asked.word(&spot).to_lowercase();
    if items.len() > MOST {
        items.retain(|item| item.label.to_lowercase().contains(&typed));
    }
    let is_incomplete = items.len() > MOST;
    items.truncate(MOST);
    CompletionList { is_incomplete, items, ..CompletionList::default() }
}

fn item(label: &str, detail: &str, kind: CompletionItemKind, range: Range) -> CompletionItem {
    inserting(label, "", detail, kind, range)
}

fn inserting(label: &str, end: &str, detail: &str, kind: CompletionItemKind, range: Range) -> CompletionItem {
    CompletionItem {
        label: label.to_owned(),
        kind: Some(kind),
        detail: Some(detail.to_owned()).filter(|detail| !detail.is_empty()),
        filter_text: Some(label.to_owned()),
        text_edit: Some(TextEdit { range, new_text: format!("{label}{end}") }.into()),
        ..CompletionItem::default()
    }
}

/// What stands at the place, explained.
pub(super) fn hover(asked: &Asked<'_>) -> Option<Hover> {
    let spot = asked.spot()?;
    let word = asked.word(&spot);
    let (title, lines) = match &spot.kind {
        Kind::Key(keys, _) => {
            let key = keys.iter().find(|key| key.name == word)?;
            (key.name.to_owned(), vec![key.about.to_owned()])
        }
        Kind::Block => {
            let form = live::block_form(word)?;
            let keys: Vec<&str> = form.options.iter().map(|key| key.name).collect();
            let options = (!keys.is_empty()).then(|| format!("Takes: {}", keys.join(", ")));
            (format!("{{{word}}}"), std::iter::once(form.about.to_owned()).chain(options).collect())
        }
        Kind::Role => {
            let (_, about) = live::WORDS_ABOUT.iter().find(|(name, _)| *name == word)?;
            (format!("{{{word}}}"), vec![(*about).to_owned()])
        }
        _ => match asked.meant(&spot)? {
            Meant::Named(named) => (named.title.clone(), named.about.clone()),
            Meant::Page(file, title) => {
                let about = asked.names.page(file).map(|page| page.about.clone()).unwrap_or_default();
                (title.to_owned(), about)
            }
        },
    };
    let said: Vec<String> = std::iter::once(format!("**{}**", plain(&title)))
        .chain(lines.iter().map(|line| plain(line)))
        .collect();
    let contents = MarkupContent { kind: MarkupKind::Markdown, value: said.join("\n\n") };
    Some(Hover { contents: contents.into(), range: Some(Lines::new(asked.text).range(spot.word)) })
}

/// A text that stands in markdown as it reads.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for sign in text.chars() {
        if matches!(sign, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '&' | '!') {
            plain.push('\\');
        }
        plain.push(if sign == '\n' { ' ' } else { sign });
    }
    plain
}

/// Where what stands at the place was written.
pub(super) fn definition(asked: &Asked<'_>) -> Option<Place> {
    match asked.meant(&asked.spot()?)? {
        Meant::Named(named) => named.place.clone(),
        // A list that is made of a folder has no file to go to.
        Meant::Page(file, _) => {
            file.rsplit('/').next().is_some_and(|name| name.contains('.')).then(|| Place::file(file))
        }
    }
}

/// The beginning of a place, as the editor goes there.
pub(super) fn location(uri: String, text: Option<&str>, place: &Place) -> Location {
    let range = text.filter(|_| place.line > 0).map(|text| Lines::new(text).of(place)).unwrap_or_default();
    Location { uri: uri.into(), range }
}
