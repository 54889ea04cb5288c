//! Adding an entry in the browser: a plain form that writes the files an author writes by hand.
//!
//! The entry is made as `cxbook new` makes it. Before anything is saved, each field is looked at for what could identify somebody
//! and the book is looked at with the entry in it.

mod fields;
mod html;
mod posted;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use fields::{Field, Kind};
pub(super) use html::POLICY;
use posted::Posted;

use super::desk::SharedSystem;
use super::press::BookLook;
use crate::diag::{Finding, Level, worst};
use crate::folder::{self, Folder};
use crate::load::{self, Draft};
use crate::model::Date;
use crate::pipeline::{self, Options};
use crate::privacy::Rules;
use crate::privacy::detect::{self, Scanner};
use crate::starter::{self, List, Made};

/// Largest form that is read, in bytes.
pub(super) const LARGEST_FORM: usize = 64 * 1024;

/// What can be added, and its files.
pub(super) struct Editor {
    system: SharedSystem,
    folder: PathBuf,
    options: Options,
    follows_clock: bool,
    /// Who writes shows that the form came from here.
    token: String,
    /// The last that was saved. One form is saved at a time, so that no entry is lost to another.
    saved: Mutex<Option<Saved>>,
}

/// What was saved.
struct Saved {
    /// What it is, such as "quote".
    word: &'static str,
    /// The file, below the book's folder.
    path: String,
    /// Where readers find it.
    shown: String,
    /// What is still to be done.
    open: Vec<Finding>,
}

/// What comes of a form.
pub(super) enum Sent {
    /// It was saved; its page is at this name.
    Saved,
    /// The form again, with what is to be mended.
    Again(String),
    /// It was not filled in here.
    Forged,
    /// There is no such form.
    Missing,
}

/// What is wrong with a form.
#[derive(Debug, Default)]
struct Trouble {
    /// By field.
    fields: Vec<(String, String)>,
    /// With the whole.
    whole: Vec<String>,
    /// Whether it may be saved all the same, once somebody says that it was looked at.
    is_doubt: bool,
}

impl Editor {
    pub(super) fn new(system: SharedSystem, folder: PathBuf, options: Options, follows_clock: bool) -> Self {
        let token = system.salt();
        // A page that was just begun is often a draft.
        let options = Options { drafts: true, ..options };
        Self { system, folder, options, follows_clock, token, saved: Mutex::new(None) }
    }

    /// A page: the choice of forms, a form, or what was saved.
    pub(super) fn page(&self, name: &str, look: &BookLook) -> Option<String> {
        if name.is_empty() {
            return Some(html::choice(look));
        }
        if name == "saved" {
            let saved = self.saved.lock().unwrap_or_else(PoisonError::into_inner);
            return saved.as_ref().map(|saved| html::saved(saved, look));
        }
        let kind = Kind::of(name)?;
        let book = self.read();
        let posted = Posted::default();
        Some(match &book {
            Ok(book) => self.form(kind, book, &posted, &Trouble::default(), look),
            Err(why) => html::unreadable(why, look),
        })
    }

    /// Saves what was filled in, or says what is to be mended.
    pub(super) fn save(&self, name: &str, body: &[u8], look: &BookLook) -> Sent {
        let Some(kind) = Kind::of(name) else { return Sent::Missing };
        let Some(posted) = Posted::read(body).filter(|posted| posted.has_token(&self.token)) else {
            return Sent::Forged;
        };
        let mut last = self.saved.lock().unwrap_or_else(PoisonError::into_inner);
        let book = match self.read() {
            Ok(book) => book,
            Err(why) => return Sent::Again(html::unreadable(&why, look)),
        };
        match self.try_save(kind, &book, &posted) {
            Ok(saved) => {
                *last = Some(saved);
                Sent::Saved
            }
            Err(trouble) => Sent::Again(self.form(kind, &book, &posted, &trouble, look)),
        }
    }

    fn read(&self) -> Result<Book, String> {
        let failed = |error| format!("The folder {} cannot be read: {error}.", self.folder.display());
        let folder = folder::read(&*self.system, &self.folder, &BTreeMap::new()).map_err(failed)?;
        let draft = load::load(&folder.sources).value;
        let today = Date::from_unix_seconds(self.system.now()).filter(|_| self.follows_clock);
        Ok(Book { folder, draft, today: today.unwrap_or(self.options.today) })
    }

    fn form(&self, kind: Kind, book: &Book, posted: &Posted, trouble: &Trouble, look: &BookLook) -> String {
        let fields = kind.fields(&book.folder.sources, &book.folder.content, &book.draft, book.today);
        html::form(kind, &fields, posted, trouble, &self.token, look)
    }

    fn try_save(&self, kind: Kind, book: &Book, posted: &Posted) -> Result<Saved, Trouble> {
        let fields = kind.fields(&book.folder.sources, &book.folder.content, &book.draft, book.today);
        let mut trouble = Trouble { fields: misfits(&fields, posted, book.today), ..Trouble::default() };
        if trouble.fields.is_empty() {
            trouble = self.private(&fields, posted, book);
        }
        if !trouble.fields.is_empty() {
            return Err(trouble);
        }
        let made = make(kind, &fields, posted, book).map_err(Trouble::of)?;
        let mut after = book.folder.sources.clone();
        after.insert_text(&made.path, &made.text);
        let options = Options { today: book.today, ..self.options.clone() };
        let fresh = pipeline::fresh(&book.folder.sources, &after, &options);
        if worst(&fresh) == Some(Level::Error) {
            return Err(at_fields(&fresh, &fields, &made));
        }
        let path = self.folder.join(&made.path);
        folder::save(&*self.system, &path, made.before.as_deref(), &made.text)
            .map_err(|error| Trouble::of(format!("{} {error}. Save again.", made.path)))?;
        let is_here =
            |finding: &Finding| finding.place.as_ref().is_some_and(|place| *place.file == *made.path);
        let open =
            fresh.into_iter().filter(|finding| finding.level == Level::Warning && is_here(finding)).collect();
        Ok(Saved {
            word: kind.word(),
            shown: kind.shown(&made.path, &book.folder.content),
            path: made.path,
            open,
        })
    }

    /// What could identify somebody, field by field. Nothing that was typed is repeated outside of its field.
    fn private(&self, fields: &[Field], posted: &Posted, book: &Book) -> Trouble {
        let sources = &book.folder.sources;
        let rules = load::privacy_of(sources).then(|privacy| Rules::of(&privacy, sources, book.today)).value;
        let mut scanner = Scanner::new(&rules.policy);
        let (mut found, mut doubts) = (Vec::new(), Vec::new());
        for field in fields.iter().filter(|field| field.is_words()) {
            for hit in posted.all(field.name()).iter().flat_map(|value| scanner.scan(value)) {
                let what = format!("This holds what looks like {}: {}.", hit.kind.words(), hit.mask);
                if hit.level == detect::Level::Block {
                    let help =
                        "Take it out, or put a general word in its place, such as [name] or [order number].";
                    found.push((field.name().to_owned(), format!("{what} {help}")));
                } else {
                    doubts.push((field.name().to_owned(), format!("{what} Does it lead to anybody?")));
                }
            }
        }
        if found.is_empty() && posted.one("looked") == "yes" {
            return Trouble::default();
        }
        let is_doubt = found.is_empty() && !doubts.is_empty();
        found.extend(doubts);
        Trouble { fields: found, is_doubt, ..Trouble::default() }
    }
}

impl std::fmt::Debug for Editor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Editor").field("folder", &self.folder).finish_non_exhaustive()
    }
}

/// The book as it lies on the disk.
struct Book {
    folder: Folder,
    draft: Draft,
    today: Date,
}

impl Trouble {
    fn of(words: String) -> Self {
        Self { whole: vec![words], ..Self::default() }
    }
}

/// What is missing, or cannot be what its field holds.
fn misfits(fields: &[Field], posted: &Posted, today: Date) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for field in fields {
        let typed = posted.all(field.name());
        if typed.is_empty() {
            if field.required {
                found.push((field.name().to_owned(), field.missing()));
            }
            continue;
        }
        if let Some(key) = field.key
            && let Err(why) = starter::fit(key, &typed, today)
        {
            let why = why.strip_prefix(&format!("{}: ", key.name)).unwrap_or(&why).to_owned();
            found.push((field.name().to_owned(), format!("{why}.")));
        }
    }
    found
}

fn make(kind: Kind, fields: &[Field], posted: &Posted, book: &Book) -> Result<Made, String> {
    let title = posted.one(kind.title());
    let keys = fields.iter().filter(|field| field.key.is_some() && field.name() != kind.title());
    let settings: Vec<(String, String)> = keys
        .flat_map(|field| {
            posted.all(field.name()).into_iter().map(|value| (field.name().to_owned(), value.to_owned()))
        })
        .collect();
    let (sources, content) = (&book.folder.sources, &book.folder.content);
    match kind {
        Kind::Page(page) => starter::new_page(sources, content, page, title, &settings, book.today),
        Kind::Entry(entry) => {
            let file = Some(posted.one(fields::FILE)).filter(|file| !file.is_empty());
            let list = List::find(sources, content, entry, file, &book.draft)?;
            match list.asks(&settings).first() {
                Some(missing) => Err(format!("{} is missing: {}.", missing.key, missing.about)),
                None => list.add(title, &settings, book.today),
            }
        }
    }
}

/// Errors of the book with the entry in it, at the fields whose lines they speak of.
fn at_fields(fresh: &[Finding], fields: &[Field], made: &Made) -> Trouble {
    let mut trouble = Trouble::default();
    for finding in fresh.iter().filter(|finding| finding.level == Level::Error) {
        let words = format!("{}. {}", finding.message, finding.help);
        let line = finding
            .place
            .as_ref()
            .filter(|place| *place.file == *made.path)
            .and_then(|place| made.text.lines().nth((place.line as usize).checked_sub(1)?));
        let key =
            line.and_then(|line| line.trim_start_matches([' ', '-']).split_once(':')).map(|(key, _)| key);
        match fields.iter().find(|field| Some(field.name()) == key) {
            Some(field) => trouble.fields.push((field.name().to_owned(), words)),
            None => trouble.whole.push(words),
        }
    }
    trouble
}
