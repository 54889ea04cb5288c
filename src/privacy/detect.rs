//! Finding what could identify a customer in a text.
//!
//! Detectors read characters once and never look back, so no text can make them slow. They report byte ranges of the text
//! they were given and a masked shape, never the value.

use std::ops::Range;

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum HitKind {
    /// An e-mail address.
    Email,
    /// A run of digits long enough for a telephone, card, account or order number.
    LongNumber,
    /// A web address.
    WebAddress,
    /// A person, named after a title.
    Person,
}

impl HitKind {
    /// For messages: "an e-mail address".
    pub fn words(self) -> &'static str {
        match self {
            Self::Email => "an e-mail address",
            Self::LongNumber => "a telephone, card, account or order number",
            Self::WebAddress => "a web address",
            Self::Person => "a person's name",
        }
    }

    /// Whether it is out of place in an author's own page too, where links and figures are ordinary.
    pub fn concerns_prose(self) -> bool {
        self == Self::Email
    }
}

/// A find: where, what, and its shape with every letter and digit masked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Bytes of the text that was scanned.
    pub span: Range<usize>,
    /// What it looks like.
    pub kind: HitKind,
    /// First letter and shape: `j…@…`.
    pub mask: String,
}

/// Fewest digits of a number that could be looked up: telephone, card, account, order.
const LONG_NUMBER: usize = 6;

const TITLES: [&str; 10] = ["mr", "mrs", "ms", "miss", "mx", "dr", "prof", "herr", "frau", "madame"];

/// All finds in the order of the text, without overlaps.
pub fn scan(text: &str) -> Vec<Hit> {
    let mut hits: Vec<Hit> = words(text).filter_map(|(start, word)| in_word(text, start, word)).collect();
    hits.extend(numbers(text));
    hits.extend(titles(text));
    hits.sort_by_key(|hit| (hit.span.start, std::cmp::Reverse(hit.span.end)));
    hits.dedup_by(|later, earlier| later.span.start < earlier.span.end);
    hits
}

fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let base = text.as_ptr() as usize;
    text.split_whitespace().map(move |word| (word.as_ptr() as usize - base, word))
}

/// E-mail and web addresses stand in one word.
fn in_word(text: &str, start: usize, word: &str) -> Option<Hit> {
    let trimmed = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '@');
    let begin = start + word.find(trimmed)?;
    let span = begin..begin + trimmed.len();
    debug_assert_eq!(&text[span.clone()], trimmed);
    let lower = trimmed.to_lowercase();
    if let Some((local, domain)) = lower.split_once('@')
        && !local.is_empty()
        && domain.split('.').count() >= 2
        && domain.split('.').all(|part| !part.is_empty())
    {
        return Some(Hit { span, kind: HitKind::Email, mask: mask(trimmed) });
    }
    let web = lower.starts_with("http://") || lower.starts_with("https://") || lower.starts_with("www.");
    web.then(|| Hit { span, kind: HitKind::WebAddress, mask: "a link".to_owned() })
}

/// Runs of digits with blanks, hyphens, dots, slashes or brackets between them.
fn numbers(text: &str) -> Vec<Hit> {
    let mut hits = Vec::new();
    let mut run: Option<(usize, usize, usize, usize)> = None; // start, end, digits, gap since the last digit
    for (at, character) in text.char_indices() {
        run = match (run, character.is_numeric(), character) {
            (None, true, _) => Some((at, at + character.len_utf8(), 1, 0)),
            (Some((start, _, digits, _)), true, _) => Some((start, at + character.len_utf8(), digits + 1, 0)),
            (
                Some((start, end, digits, gap)),
                false,
                ' ' | '-' | '.' | '/' | '(' | ')' | '\u{a0}' | '\u{2013}',
            ) if gap < 4 => Some((start, end, digits, gap + 1)),
            (Some((start, end, digits, _)), false, _) => {
                hits.extend(number(text, start, end, digits));
                None
            }
            (None, false, _) => None,
        };
    }
    hits.extend(run.and_then(|(start, end, digits, _)| number(text, start, end, digits)));
    hits
}

fn number(text: &str, start: usize, end: usize, digits: usize) -> Option<Hit> {
    (digits >= LONG_NUMBER).then(|| Hit {
        span: start..end,
        kind: HitKind::LongNumber,
        mask: mask(&text[start..end]),
    })
}

/// A title and a capitalised word behind it.
fn titles(text: &str) -> Vec<Hit> {
    let all: Vec<(usize, &str)> = words(text).collect();
    all.windows(2)
        .filter_map(|pair| {
            let (start, title) = pair[0];
            let (at, name) = pair[1];
            let title = title.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
            let name = name.trim_end_matches(|c: char| !c.is_alphanumeric());
            let named = name.chars().next().is_some_and(char::is_uppercase) && name.chars().count() > 1;
            (named && TITLES.contains(&title.as_str())).then(|| Hit {
                span: start..at + name.len(),
                kind: HitKind::Person,
                mask: mask(&text[start..at + name.len()]),
            })
        })
        .collect()
}

/// The shape of a value: letters and digits become dots, runs shortened, so that nothing can be read off it.
fn mask(value: &str) -> String {
    let mut shape = String::new();
    for character in value.chars() {
        let sign = if character.is_alphanumeric() { '…' } else { character };
        if !(sign == '…' && shape.ends_with('…')) {
            shape.push(sign);
        }
    }
    shape
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<(HitKind, &str)> {
        scan(text).into_iter().map(|hit| (hit.kind, &text[hit.span])).collect()
    }

    #[test]
    fn finds_what_identifies() {
        assert_eq!(
            kinds("Write to jo.bloggs@mail.example, please"),
            [(HitKind::Email, "jo.bloggs@mail.example")]
        );
        assert_eq!(kinds("Ring (0117) 496-0123 today"), [(HitKind::LongNumber, "0117) 496-0123")]);
        assert_eq!(kinds("order 44719 23 never came"), [(HitKind::LongNumber, "44719 23")]);
        assert_eq!(kinds("thanks to Mrs. Ødegård!"), [(HitKind::Person, "Mrs. Ødegård")]);
        assert_eq!(kinds("see https://x.example/a?b=1"), [(HitKind::WebAddress, "https://x.example/a?b=1")]);
    }

    #[test]
    fn leaves_ordinary_words_alone() {
        for text in
            ["I waited 45 minutes in 2026", "@ 5pm it came", "CSAT <4 and 3/5 stars", "the dr was in", ""]
        {
            assert_eq!(kinds(text), [], "{text}");
        }
    }

    #[test]
    fn masks_never_hold_a_letter_or_digit() {
        for hit in scan("Mr Smith jo@mail.example 0117 496 0123 https://a.example") {
            let word = hit.mask == "a link";
            assert!(word || !hit.mask.chars().any(char::is_alphanumeric), "{}", hit.mask);
        }
    }
}
