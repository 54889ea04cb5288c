//! What a file holds, text by text, shown to the detectors. A text seen once is not read twice: the same menu stands on every
//! page.

use super::super::detect::{Kind, Scanner};
use crate::memo::sum;

/// Where in a file a text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Slot<'a> {
    Text,
    Comment,
    Attribute(&'a str),
    Script,
    Style,
    Data,
    Cell,
    /// A cell of a column of numbers that cxbook wrote itself.
    Number,
    Name,
}

/// Attributes that messages may name; others could carry anything in their name.
const NAMED: [&str; 14] = [
    "alt",
    "aria-label",
    "class",
    "content",
    "data-value",
    "for",
    "href",
    "id",
    "lang",
    "name",
    "src",
    "title",
    "value",
    "xlink:href",
];

impl Slot<'_> {
    /// For messages.
    pub(super) fn words(self) -> String {
        match self {
            Self::Text => "the text".to_owned(),
            Self::Comment => "a comment".to_owned(),
            Self::Attribute(name) if NAMED.contains(&name) => format!("the attribute \"{name}\""),
            Self::Attribute(_) => "an attribute".to_owned(),
            Self::Script => "a script".to_owned(),
            Self::Style => "a style".to_owned(),
            Self::Data => "the data".to_owned(),
            Self::Cell | Self::Number => "a cell".to_owned(),
            Self::Name => "the name".to_owned(),
        }
    }
}

/// One find in one file. Confidential: it holds what was found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Found<'a> {
    pub(super) path: &'a str,
    pub(super) slot: String,
    pub(super) kind: Kind,
    pub(super) value: String,
    pub(super) mask: String,
    /// The text around it, where an address may be more than the find.
    pub(super) text: String,
    /// Whether a comment holds it, where licences stand.
    pub(super) comment: bool,
    /// Whether an attribute holds it, where addresses stand.
    pub(super) attribute: bool,
}

/// Longest text that is remembered, and longest context kept with a find.
const LONGEST: usize = 1 << 10;

/// Texts that are remembered at once.
const REMEMBERED: usize = 1 << 15;

/// Texts in which nothing was found, by a sum of each.
pub(in crate::privacy) struct Clean(Vec<Box<str>>);

impl std::fmt::Debug for Clean {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Clean")
    }
}

impl Default for Clean {
    fn default() -> Self {
        Self(vec![Box::default(); REMEMBERED])
    }
}

/// Most digits of a bare number that can lead to nobody.
const FEW_DIGITS: usize = 6;

/// Shows texts to the detectors and keeps what they find.
pub(super) struct Sieve<'a, 'p> {
    scanner: Scanner<'p>,
    clean: Clean,
    pub(super) path: &'a str,
    found: Vec<Found<'a>>,
}

impl<'a, 'p> Sieve<'a, 'p> {
    /// `clean` is what another sieve remembered under the same policy.
    pub(super) fn new(scanner: Scanner<'p>, clean: Clean) -> Self {
        Self { scanner, clean, path: "", found: Vec::new() }
    }

    /// What was found, and what is remembered.
    pub(super) fn done(self) -> (Vec<Found<'a>>, Clean) {
        (self.found, self.clean)
    }

    /// Reads one text.
    pub(super) fn take(&mut self, slot: Slot<'_>, text: &str) {
        let text = text.trim();
        if is_harmless(text) || slot == Slot::Number && is_number(text) {
            return;
        }
        let place = (text.len() <= LONGEST).then(|| place(text));
        if place.is_some_and(|place| self.clean.0.get(place).is_some_and(|known| **known == *text)) {
            return;
        }
        let control = |character: char| character.is_control() && !character.is_whitespace();
        if text.contains(control) {
            return self.take(slot, &text.replace(control, ""));
        }
        let hits = self.scanner.blocks(text);
        if let (true, Some(known)) = (hits.is_empty(), place.and_then(|place| self.clean.0.get_mut(place))) {
            *known = text.into();
        }
        for hit in hits {
            self.found.push(Found {
                path: self.path,
                slot: slot.words(),
                kind: hit.kind,
                value: text.get(hit.span).unwrap_or_default().to_owned(),
                mask: hit.mask,
                text: if text.len() <= LONGEST { text.to_owned() } else { String::new() },
                comment: slot == Slot::Comment,
                attribute: matches!(slot, Slot::Attribute(_)),
            });
        }
    }
}

/// A bare word, or a number too short to be anybody's: there is nothing to find in it.
fn is_harmless(text: &str) -> bool {
    let bytes = text.as_bytes();
    if bytes.iter().all(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'-' | b'_')) {
        return bytes.len() < 40;
    }
    let (mut digits, mut points) = (0, 0);
    let numeric = bytes.len() <= 20
        && text.chars().all(|character| {
            digits += usize::from(character.is_ascii_digit());
            points += usize::from(character == '.');
            matches!(
                character,
                '0'..='9' | ' ' | '.' | ',' | '%' | '+' | '-' | '−' | '–' | '\u{a0}' | '(' | ')'
            )
        });
    numeric && digits <= FEW_DIGITS && points <= 1
}

/// Whether a cell is one number as cxbook writes it: not more digits in front of the point than counts of answers have.
fn is_number(text: &str) -> bool {
    let (whole, rest) = text.split_once('.').map_or((text, None), |(whole, rest)| (whole, Some(rest)));
    let whole = whole.strip_prefix('-').unwrap_or(whole);
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    digits(whole) && whole.len() <= 9 && rest.is_none_or(digits)
}

/// Where a text is remembered.
fn place(text: &str) -> usize {
    (sum(text) >> 49) as usize % REMEMBERED
}

#[cfg(test)]
mod tests {
    use super::super::super::detect::Policy;
    use super::*;

    /// Every text shown to the detectors as it comes: nothing is remembered, nothing passed over.
    fn plainly(texts: &[String], policy: &Policy) -> Vec<String> {
        let mut scanner = Scanner::new(policy);
        let control = |character: char| character.is_control() && !character.is_whitespace();
        let mut found = Vec::new();
        for text in texts.iter().map(|text| text.trim().replace(control, "")) {
            let hits = scanner.blocks(&text);
            found.extend(hits.into_iter().map(|hit| text[hit.span].to_owned()));
        }
        found
    }

    fn sieved(texts: &[String], policy: &Policy) -> Vec<String> {
        let mut sieve = Sieve::new(Scanner::new(policy), Clean::default());
        texts.iter().for_each(|text| sieve.take(Slot::Text, text));
        sieve.done().0.into_iter().map(|found| found.value).collect()
    }

    proptest::proptest! {
        /// Texts that are remembered, and those that are passed over because they can lead to nobody.
        #[test]
        fn what_is_not_shown_to_the_detectors_holds_nothing(
            texts in proptest::collection::vec("[A-Za-z_-]{1,39}|[0-9 .,%+()−–-]{1,20}|(call|card|Mrs|mr|Bloggs|Anneliese|born|Dear|[-_ ]|[0-9]{1,5}|jo@mail[.]example|\u{1}){1,5}", 1..6),
        ) {
            let policy = Policy::default();
            let twice = [texts.clone(), texts].concat();
            proptest::prop_assert_eq!(sieved(&twice, &policy), plainly(&twice, &policy));
        }
    }

    #[test]
    fn only_what_can_lead_to_nobody_is_passed_over() {
        for text in ["", "chart-text", "−40", "27 %", "38.1", "(1 204)"] {
            assert!(is_harmless(text), "{text}");
        }
        for text in ["203.0.113.7", "0117 496 0773", "jo@mail.example", "Mrs Bloggs", "#77315", "4929 1234"] {
            assert!(!is_harmless(text), "{text}");
        }
    }

    #[test]
    fn numbers_are_those_of_a_table() {
        for text in ["15.384615384615385", "-3", "247"] {
            assert!(is_number(text), "{text}");
        }
        for text in ["4929123477315678", "4929 1234", "203.0.113.7", ".5", "", "41.2x", "01174960773"] {
            assert!(!is_number(text), "{text}");
        }
    }
}
