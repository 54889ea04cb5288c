//! Customers' words: every hit counts, and what is suspect stays until somebody has looked at it.

use std::sync::Arc;

use super::detect::{Hit, Level as Sureness, Policy, Scanner};
use super::memo::Memo;
use super::rules::Rules;
use super::said::{Told, private};
use crate::diag::{Finding, Level, Place};
use crate::model::{Book, Contact, Observation, Quote};

/// What was found in customers' words.
pub(super) struct Heard {
    /// Which quotes may not be shown, in the book's order.
    pub(super) withheld: Vec<bool>,
    pub(super) findings: Vec<Finding>,
    /// What was found where, so that it is not told again.
    pub(super) told: Told,
}

/// Looks through all quotes and conversations. Suspect words that nobody has cleared are errors in an edition.
pub(super) fn listen(book: &Book, rules: &mut Rules, memo: &Memo) -> Heard {
    let policy = memo.shared(&rules.policy);
    let mut ears = Ears { scanner: Scanner::new(&policy), policy: &policy, memo };
    let mut heard =
        Heard { withheld: Vec::with_capacity(book.quotes.len()), findings: Vec::new(), told: Told::new() };
    let suspect = if book.edition.is_some() { Level::Error } else { Level::Warning };
    for quote in &book.quotes {
        let named = ears.hear(&quote.id, false).is_empty();
        let what = if named { format!("the quote \"{}\"", quote.id) } else { "a quote".to_owned() };
        let mut listener = Listener::new((&mut ears, rules, &mut heard), suspect, &quote.place, what);
        listener.quote = Some(&quote.id);
        listener.quote(quote);
        let worst = listener.worst;
        heard.withheld.push(worst == Some(Level::Error));
    }
    for contact in &book.contacts {
        let what = "this conversation".to_owned();
        let mut listener = Listener::new((&mut ears, rules, &mut heard), suspect, &contact.place, what);
        let Contact { date: _, team: _, channel: _, stage: _, metric: _, level: _, learned, place: _ } =
            contact;
        learned.iter().for_each(|text| listener.words(text));
    }
    for observation in &book.work.observations {
        let what = "this observation".to_owned();
        let mut listener = Listener::new((&mut ears, rules, &mut heard), suspect, &observation.place, what);
        let Observation { month: _, kind: _, theme, text, team: _, stage: _, metric: _, place: _ } =
            observation;
        listener.words(text);
        listener.fact(theme);
    }
    heard
}

/// Reads words, those of an earlier time from memory.
struct Ears<'p> {
    scanner: Scanner<'p>,
    policy: &'p Arc<Policy>,
    memo: &'p Memo,
}

impl Ears<'_> {
    fn hear(&mut self, text: &str, blocks_only: bool) -> Arc<[Hit]> {
        let scanner = &mut self.scanner;
        let mut look = || if blocks_only { scanner.blocks(text) } else { scanner.scan(text) };
        self.memo.words.of(&(text.to_owned(), blocks_only), self.policy, || look().into())
    }
}

struct Listener<'a, 'p> {
    ears: &'a mut Ears<'p>,
    rules: &'a mut Rules,
    heard: &'a mut Heard,
    suspect: Level,
    worst: Option<Level>,
    quote: Option<&'a str>,
    place: &'a Place,
    what: String,
}

impl<'a, 'p> Listener<'a, 'p> {
    /// One that listens to what stands at a place; `what` calls it.
    fn new(
        (ears, rules, heard): (&'a mut Ears<'p>, &'a mut Rules, &'a mut Heard),
        suspect: Level,
        place: &'a Place,
        what: String,
    ) -> Self {
        Self { ears, rules, heard, suspect, worst: None, quote: None, place, what }
    }
}

impl Listener<'_, '_> {
    /// Every part of a quote that a page shows. A part that is added to [`Quote`] does not compile until it is decided here.
    fn quote(&mut self, quote: &Quote) {
        let Quote {
            id,
            text,
            source,
            month: _,
            consent: _,
            theme,
            segment,
            language,
            stage: _,
            teams: _,
            metric: _,
            respondent: _,
            author: _,
            cleared: _,
            was_published: _,
            place: _,
        } = quote;
        self.words(id);
        self.words(text);
        // What the author writes beside the words: a source, a theme, a kind of customer. Names of things are ordinary there.
        for fact in [Some(source), theme.as_ref(), segment.as_ref(), language.as_ref()].into_iter().flatten()
        {
            self.fact(fact);
        }
    }

    fn fact(&mut self, fact: &str) {
        let hits = self.ears.hear(fact, true);
        self.tell(fact, &hits);
    }

    fn words(&mut self, text: &str) {
        let hits = self.ears.hear(text, false);
        self.tell(text, &hits);
    }

    fn tell(&mut self, text: &str, hits: &[Hit]) {
        for hit in hits {
            let value = text.get(hit.span.clone()).unwrap_or_default();
            if self.rules.clears(hit, value, self.quote, &self.place.file) {
                continue;
            }
            let level = if hit.level == Sureness::Block { Level::Error } else { self.suspect };
            self.worst = self.worst.max(Some(level));
            let hash = self.rules.hash(value);
            self.heard.told.insert((self.place.file.clone(), hit.kind, hit.mask.clone()));
            self.heard.findings.push(private(&self.what, hit, level, hash.as_deref()).at(self.place.clone()));
        }
    }
}
