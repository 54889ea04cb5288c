//! What privacy.yaml says, ready for use: a policy for the detectors, and the entries that clear suspect words.

use super::detect::{Country, Hit, Kind, Level, Policy, Roster, fold};
use crate::diag::{Check, Finding, Located, Outcome, Place, checks, did_you_mean};
use crate::model::{Accepted, Allow, Date, NameList, Privacy};
use crate::source::Sources;

/// The rules of a book.
#[derive(Debug, Default)]
pub struct Rules {
    /// For the detectors.
    pub policy: Policy,
    /// Hashes with the book's key.
    hasher: Roster,
    entries: Vec<Entry>,
}

/// An allow entry and what became of it.
#[derive(Debug)]
struct Entry {
    allow: Allow,
    kind: Kind,
    in_force: bool,
    used: bool,
    refused: bool,
}

impl Rules {
    /// Makes the rules. Lists of names that `sources` does not hold were reported when privacy.yaml was read.
    pub fn of(privacy: &Privacy, sources: &Sources, as_of: Date) -> Outcome<Self> {
        let mut findings = Vec::new();
        let key = privacy.key.as_ref().and_then(|file| sources.text(&file.value)).map_or("", str::trim);
        let hasher = Roster::new(key.as_bytes());
        let mut list = |names: &NameList, add: fn(&mut Roster, &str)| {
            let mut roster = hasher.clone();
            for file in &names.files {
                match sources.text(&file.value) {
                    Some(text) => names_of(text, &mut roster, add),
                    None if sources.get(&file.value).is_some() => {
                        findings.push(wrong("this list of names is not a text file in UTF-8", file));
                    }
                    None => {}
                }
            }
            let unread = names.hashes.iter().filter(|hash| !roster.add_line(&hash.value));
            findings.extend(unread.map(|hash| wrong("this is no hash that cxbook scan --hash prints", hash)));
            roster
        };
        let (staff, accounts) =
            (list(&privacy.staff, Roster::add_person), list(&privacy.accounts, Roster::add_whole));
        if let Some(place) = first_hash(privacy).filter(|_| !hasher.has_key()) {
            let help =
                "Name a file outside the content with a long secret in it: key: ../secrets/cxbook-key.txt";
            let finding = Finding::new(&checks::VALUE_WRONG, "hashes without a key can be guessed");
            findings.push(finding.at(place.clone()).help(help).masked());
        }
        let mut countries = std::collections::BTreeSet::new();
        for country in &privacy.countries {
            let lower = country.value.to_lowercase();
            match Country::WORDS.iter().find(|(name, _)| *name == lower) {
                Some((_, known)) => {
                    countries.insert(*known);
                }
                None => findings.push(
                    wrong("this country's numbers have no rules of their own", country)
                        .help(did_you_mean(&lower, Country::WORDS.iter().map(|(name, _)| *name))),
                ),
            }
        }
        let words = privacy.words.iter().map(|word| word.value.to_lowercase());
        let accepted = words.flat_map(|word| word.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
        let numbers = privacy.numbers.iter().map(|number| number.value.clone()).collect();
        let policy = Policy { accepted: accepted.collect(), staff, accounts, countries, numbers };
        let entries = privacy.allow.iter().filter_map(|allow| entry(allow, as_of, &mut findings)).collect();
        Outcome { value: Self { policy, hasher, entries }, findings }
    }

    /// Whether an entry clears a hit. A sure hit is never cleared, and an entry that tries is reported by [`Rules::left`].
    pub(super) fn clears(&mut self, hit: &Hit, value: &str, quote: Option<&str>, file: &str) -> bool {
        if self.entries.is_empty() {
            return false;
        }
        let (folded, hash) = (fold(value), self.hasher.line(value));
        let mut cleared = false;
        for entry in &mut self.entries {
            let same = match &entry.allow.what {
                Accepted::Text(text) => !folded.is_empty() && fold(text) == folded,
                Accepted::Hash(wanted) => self.hasher.has_key() && *wanted == hash,
            };
            let here = entry.allow.scope.iter().any(|scope| {
                scope == "site"
                    || Some(scope.as_str()) == quote
                    || scope == file
                    || file.strip_suffix(scope.as_str()).is_some_and(|above| above.ends_with('/'))
            });
            if !same || !here {
                continue;
            }
            if hit.level == Level::Block {
                entry.refused = true;
            } else if entry.kind == hit.kind {
                entry.used = true;
                cleared |= entry.in_force;
            }
        }
        cleared
    }

    /// The hash of a text for `hash:`, where the book has a key.
    pub fn hash(&self, value: &str) -> Option<String> {
        self.hasher.has_key().then(|| self.hasher.line(value))
    }

    /// What is to be said of entries once everything was looked at.
    pub(super) fn left(&self) -> Vec<Finding> {
        let say = |entry: &Entry, check: &'static Check, message: &str, help: &str| {
            Finding::new(check, message).at(entry.allow.place.clone()).help(help).masked()
        };
        let of = |entry: &Entry| {
            if entry.refused {
                let message = "this allow entry is about something that is surely private; only changing the text clears it";
                return Some(say(
                    entry,
                    &checks::ALLOW_REFUSED,
                    message,
                    "Change the text and take this entry out.",
                ));
            }
            (entry.in_force && !entry.used).then(|| {
                let help = "Take it out. If it should match, check kind, text and in: they name one find as it is told.";
                say(entry, &checks::ALLOW_UNUSED, "this allow entry matches nothing", help)
            })
        };
        self.entries.iter().filter_map(of).collect()
    }
}

/// One name in each line, or a hash; lines that begin with `#` are remarks.
fn names_of(text: &str, roster: &mut Roster, add: fn(&mut Roster, &str)) {
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if !roster.add_line(line) {
            add(roster, line);
        }
    }
}

/// Where the first hash stands, which needs a key.
fn first_hash(privacy: &Privacy) -> Option<&Place> {
    let listed = privacy.staff.hashes.iter().chain(&privacy.accounts.hashes).map(|hash| &hash.place);
    let hashed = privacy.allow.iter().filter(|entry| matches!(entry.what, Accepted::Hash(_)));
    listed.chain(hashed.map(|entry| &entry.place)).next()
}

fn entry(allow: &Allow, as_of: Date, findings: &mut Vec<Finding>) -> Option<Entry> {
    let Some(kind) = Kind::named(&allow.kind.value) else {
        let codes = Kind::ALL.map(Kind::code);
        let help = did_you_mean(&allow.kind.value.to_uppercase(), codes.iter().copied());
        findings.push(wrong("\"kind\" is none that is looked for", &allow.kind).help(help));
        return None;
    };
    let told = if allow.until < as_of {
        Some((
            format!("this allow entry ended on {}", allow.until),
            "Look again; then change until and on, or take the entry out.",
        ))
    } else if allow.on > as_of {
        Some((
            format!("this allow entry begins on {}, after the date of the book", allow.on),
            "Check the date.",
        ))
    } else {
        None
    };
    let in_force = told.is_none();
    findings.extend(told.map(|(message, help)| {
        Finding::new(&checks::ALLOW_EXPIRED, message).at(allow.place.clone()).help(help).masked()
    }));
    Some(Entry { allow: allow.clone(), kind, in_force, used: false, refused: false })
}

fn wrong(message: &str, at: &Located<String>) -> Finding {
    Finding::new(&checks::VALUE_WRONG, message).at(at.place.clone()).masked()
}
