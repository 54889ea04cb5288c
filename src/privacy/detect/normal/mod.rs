//! Takes disguises off a text: compatibility forms, invisible characters, kinds of dashes and blanks, HTML entities,
//! percent-encoding, inline markup. Keeps, piece by piece, where in the source each byte came from.

mod character;
mod entity;
mod markup;

use std::borrow::Cow;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

/// A text without disguises and the way back.
#[derive(Debug)]
pub(super) struct Normal<'a> {
    pub(super) text: Cow<'a, str>,
    /// What `text` is made of, without gaps; `None` when it is the source.
    origin: Option<Vec<Piece>>,
}

/// A stretch of the text and the bytes of the source it was made of.
#[derive(Debug, Clone, Copy)]
struct Piece {
    /// Where it begins in the text.
    at: u32,
    start: u32,
    end: u32,
    /// Whether it was copied byte by byte; otherwise all of it was made of all of them.
    copied: bool,
}

impl Piece {
    /// The bytes of the source behind one byte of the text.
    fn source(self, byte: usize) -> Range<usize> {
        if !self.copied {
            return self.start as usize..self.end as usize;
        }
        let at = self.start as usize + (byte - self.at as usize);
        at..at + 1
    }
}

impl Normal<'_> {
    /// The bytes of the source behind a range of the text.
    pub(super) fn source(&self, range: Range<usize>) -> Range<usize> {
        let Some(origin) = &self.origin else { return range };
        if range.is_empty() || range.end > self.text.len() {
            return 0..0;
        }
        let of = |byte: usize| {
            let piece = origin.partition_point(|piece| piece.at as usize <= byte).checked_sub(1);
            piece.and_then(|piece| origin.get(piece)).map_or(0..0, |piece| piece.source(byte))
        };
        of(range.start).start..of(range.end - 1).end
    }
}

/// Whether a byte can begin a disguise. Anything else is copied as it is.
const fn is_special(byte: u8) -> bool {
    byte >= 0x80 || matches!(byte, b'&' | b'%' | b'<' | b'*' | b'`' | b'\\')
}

/// Takes the disguises off.
pub(super) fn normalise(source: &str) -> Normal<'_> {
    if !source.bytes().any(is_special) {
        return Normal { text: Cow::Borrowed(source), origin: None };
    }
    let mut writer = Writer { text: String::with_capacity(source.len()), origin: Vec::new(), pending: None };
    let mut at = 0;
    while let Some(byte) = source.as_bytes().get(at) {
        if !is_special(*byte) {
            let plain = source.as_bytes()[at..].iter().take_while(|byte| !is_special(**byte)).count();
            writer.copy(&source[at..at + plain], at);
            at += plain;
            continue;
        }
        let rest = &source[at..];
        let (length, replacement) = match byte {
            b'&' => entity::decode(rest),
            b'%' => entity::percent(rest),
            b'<' | b'*' | b'`' | b'\\' => markup::strip(rest),
            _ => None,
        }
        .unwrap_or_else(|| {
            let character = rest.chars().next().unwrap_or('\0');
            (character.len_utf8(), Cow::Borrowed(&rest[..character.len_utf8()]))
        });
        for character in replacement.chars() {
            writer.put(character, at, at + length);
        }
        at += length;
    }
    writer.flush();
    Normal { text: Cow::Owned(writer.text), origin: Some(writer.origin) }
}

/// Collects a letter with its accents before it is composed.
struct Writer {
    text: String,
    origin: Vec<Piece>,
    pending: Option<Pending>,
}

/// A character, the accents on it, and where they came from.
struct Pending {
    base: char,
    marks: String,
    start: usize,
    end: usize,
}

impl Writer {
    fn put(&mut self, character: char, start: usize, end: usize) {
        if character.is_ascii() {
            self.flush();
            self.push(character, start, end);
        } else if character::is_invisible(character) {
        } else if canonical_combining_class(character) != 0 {
            match &mut self.pending {
                Some(pending) => {
                    pending.marks.push(character);
                    pending.end = end;
                }
                // An accent on a plain letter takes the letter back.
                None => match self.text.pop() {
                    Some(base) => {
                        // What is written there next is what counts of these bytes.
                        let start =
                            self.origin.last().map_or(start, |last| last.source(self.text.len()).start);
                        self.pending = Some(Pending { base, marks: character.into(), start, end });
                    }
                    None => self.push(character, start, end),
                },
            }
        } else {
            self.flush();
            self.pending = Some(Pending { base: character, marks: String::new(), start, end });
        }
    }

    /// A stretch without disguises.
    fn copy(&mut self, plain: &str, at: usize) {
        self.flush();
        self.note(at, at + plain.len(), true);
        self.text.push_str(plain);
    }

    /// What comes next in the text is made of these bytes.
    fn note(&mut self, start: usize, end: usize, copied: bool) {
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        self.origin.push(Piece { at: place(self.text.len()), start: place(start), end: place(end), copied });
    }

    fn flush(&mut self) {
        if let Some(Pending { base, marks, start, end }) = self.pending.take() {
            for character in std::iter::once(base).chain(marks.chars()).nfkc() {
                self.push(character::plain(character), start, end);
            }
        }
    }

    fn push(&mut self, character: char, start: usize, end: usize) {
        self.note(start, end, false);
        self.text.push(character);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(source: &str) -> String {
        normalise(source).text.into_owned()
    }

    #[test]
    fn disguises_come_off() {
        for (source, plain) in [
            ("jo\u{200b}@mail\u{ad}.example", "jo@mail.example"),
            ("４１１１\u{a0}1111\u{2009}1111–1111", "4111 1111 1111-1111"),
            ("jo&commat;mail&period;example", "jo@mail.example"),
            ("jo&#64;mail&#x2e;example", "jo@mail.example"),
            ("jo&amp;#64;mail.example", "jo@mail.example"),
            ("jo%40mail.example and 100%", "jo@mail.example and 100%"),
            ("jo**hn** <b>S</b>mith<br>x", "john Smith\nx"),
            ("jo\\_b@mail.example", "jo_b@mail.example"),
            ("Jose\u{301} and e\u{301}", "José and é"),
            ("٤١١١ ९", "4111 9"),
            ("a < b & c <a href=\"x\">d</a>", "a < b & c <a href=\"x\">d"),
            ("’s", "'s"),
        ] {
            assert_eq!(text(source), plain, "{source}");
        }
    }

    #[test]
    fn offsets_lead_back() {
        let source = "Ö &amp; jo\u{200b}h\u{301}n&commat;x";
        let normal = normalise(source);
        let at = normal.text.find("jo").unwrap();
        assert_eq!(&source[normal.source(at..at + 2)], "jo");
        let at = normal.text.find('h').unwrap();
        assert_eq!(&source[normal.source(at..at + 1)], "h\u{301}");
        let cafe = normalise("cafe\u{301}s");
        assert_eq!((&*cafe.text, cafe.source(3..5), cafe.source(5..6)), ("cafés", 3..6, 6..7));
        let at = normal.text.find('@').unwrap();
        assert_eq!(&source[normal.source(at..at + 1)], "&commat;");
        assert_eq!(&source[normal.source(0..2)], "Ö");
        assert_eq!(normalise("plain").source(1..3), 1..3);
    }

    proptest::proptest! {
        /// What stands for itself leads to itself; the rest to the bytes that hold it, in their order.
        #[test]
        fn every_byte_leads_back(source in "([a-e ]{0,6}|[*`\\\\<>]|&amp;|&#x2e;|%40|\u{301}|é|１|\u{200b}|–|<b>|\\PC){0,14}") {
            let normal = normalise(&source);
            let mut before = 0..0;
            for (at, sign) in normal.text.char_indices() {
                let span = normal.source(at..at + sign.len_utf8());
                let bytes = source.get(span.clone());
                proptest::prop_assert!(bytes.is_some_and(|bytes| !bytes.is_empty()), "{at} {span:?}");
                proptest::prop_assert!(before.start <= span.start && before.end <= span.end, "{before:?} {span:?}");
                if matches!(sign, 'a'..='e') && bytes.is_some_and(|bytes| bytes.len() == 1) {
                    proptest::prop_assert_eq!(bytes.map(str::to_owned), Some(sign.to_string()));
                }
                proptest::prop_assert_eq!(normal.source(at..normal.text.len()).start, span.start);
                before = span;
            }
        }
    }
}
