//! Cuts a text into words, numbers and signs, once; all detectors read the same cut.

use std::ops::Range;

use super::cue::Cues;
use super::lexicon::{Known, Lexicon};
use super::number::{Run, runs};
use crate::model::is_dense;

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Letters, with apostrophes inside.
    Word,
    /// Digits.
    Number,
    /// Letters and digits.
    Mixed,
    /// One other character.
    Sign,
    /// One or more line ends.
    Break,
}

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    Lower,
    Capital,
    /// Two capitals or more and nothing else.
    Upper,
    Other,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    start: u32,
    end: u32,
    pub(super) shape: Shape,
    pub(super) case: Case,
    /// Whether it follows the token before without a blank.
    pub(super) glued: bool,
    /// The character of a sign, where it is ASCII; else zero.
    sign: u8,
    pub(super) known: Known,
}

impl Token {
    pub(super) fn start(&self) -> usize {
        self.start as usize
    }

    pub(super) fn end(&self) -> usize {
        self.end as usize
    }

    pub(super) fn has_digits(&self) -> bool {
        matches!(self.shape, Shape::Number | Shape::Mixed)
    }

    pub(super) fn is_word(&self) -> bool {
        self.shape == Shape::Word
    }

    pub(super) fn len(&self) -> usize {
        (self.end - self.start) as usize
    }
}

/// A text, cut.
#[derive(Debug)]
pub(super) struct Cut<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: Vec<Token>,
    /// Indexes of the tokens with digits.
    pub(super) digits: Vec<usize>,
    /// The long numbers these are part of.
    pub(super) runs: Vec<Run>,
    /// Indexes of the tokens that stand right behind a full stop, a colon or a hyphen, as the parts of addresses do.
    pub(super) joints: Vec<usize>,
    /// Everything any word of the text announces; a detector without its cue can stay asleep.
    pub(super) cues: Cues,
    /// Whether some word has a capital and a small letter: then capitals mean something.
    pub(super) has_capitals: bool,
}

impl<'a> Cut<'a> {
    /// Cuts a normalised text.
    pub(super) fn new(text: &'a str, lexicon: &mut Lexicon) -> Self {
        Self::within(Vec::new(), text, lexicon)
    }

    /// The same, with the room that the tokens of another cut had.
    pub(super) fn within(mut room: Vec<Token>, text: &'a str, lexicon: &mut Lexicon) -> Self {
        room.clear();
        room.reserve(text.len() / 4 + 4);
        let mut cut = Self {
            text,
            tokens: room,
            digits: Vec::new(),
            runs: Vec::new(),
            joints: Vec::new(),
            cues: Cues::NONE,
            has_capitals: false,
        };
        let mut at = 0;
        let mut last = usize::MAX;
        while let Some(first) = text.as_bytes().get(at) {
            if *first == b' ' {
                at += 1;
                continue;
            }
            let (end, shape, case) = plain_word(text.as_bytes(), at).unwrap_or_else(|| measure(text, at));
            if let Some(shape) = shape {
                let word = &text[at..end];
                let known = match shape {
                    Shape::Word => lexicon.known(without_possessive(word)),
                    _ => Known::default(),
                };
                cut.cues |= known.cues;
                cut.has_capitals |= case == Case::Capital && word.len() > 1 && !cut.begins(cut.tokens.len());
                if matches!(shape, Shape::Number | Shape::Mixed) {
                    cut.digits.push(cut.tokens.len());
                }
                let (start, stop) =
                    (u32::try_from(at).unwrap_or(u32::MAX), u32::try_from(end).unwrap_or(u32::MAX));
                let sign =
                    text.as_bytes().get(at).copied().filter(|byte| shape == Shape::Sign && byte.is_ascii());
                let (glued, sign) = (last == at, sign.unwrap_or_default());
                let joins = |token: &Token| matches!(token.sign, b'.' | b':' | b'-');
                if glued && shape != Shape::Break && cut.tokens.last().is_some_and(joins) {
                    cut.joints.push(cut.tokens.len());
                }
                cut.tokens.push(Token { start, end: stop, shape, case, glued, sign, known });
                last = end;
            }
            at = end;
        }
        cut.runs = runs(&cut);
        cut
    }

    pub(super) fn get(&self, index: usize) -> Option<&Token> {
        self.tokens.get(index)
    }

    pub(super) fn word(&self, index: usize) -> &'a str {
        self.get(index).map_or("", |token| &self.text[token.start()..token.end()])
    }

    /// Bytes from the first to the last of some tokens.
    pub(super) fn span(&self, tokens: Range<usize>) -> Range<usize> {
        let start = self.get(tokens.start).map_or(0, Token::start);
        start..tokens.end.checked_sub(1).and_then(|last| self.get(last)).map_or(start, Token::end)
    }

    /// Whether a token is a sign; only ASCII signs can be asked for.
    pub(super) fn is_sign(&self, index: usize, sign: char) -> bool {
        self.get(index).is_some_and(|token| token.sign != 0 && char::from(token.sign) == sign)
    }

    /// Whether a cue stands in the ten tokens before or the four after; signs count, so this is some six words and three.
    pub(super) fn is_cued(&self, tokens: &Range<usize>, cues: Cues) -> bool {
        if !self.cues.meets(cues) {
            return false;
        }
        let before = tokens.start.saturating_sub(10)..tokens.start;
        let after = tokens.end..(tokens.end + 4).min(self.tokens.len());
        let meets = |range: Range<usize>| {
            self.tokens
                .get(range)
                .unwrap_or_default()
                .iter()
                .any(|token: &Token| token.known.cues.meets(cues))
        };
        meets(before) || meets(after)
    }

    /// Whether there is nothing in the text besides some tokens.
    pub(super) fn is_alone(&self, tokens: &Range<usize>) -> bool {
        tokens.start == 0 && tokens.end >= self.tokens.len()
    }

    /// Whether the token before is a word with one of the cues.
    pub(super) fn follows(&self, index: usize, cues: Cues) -> bool {
        index
            .checked_sub(1)
            .and_then(|before| self.get(before))
            .is_some_and(|token| token.known.cues.meets(cues))
    }

    /// Whether a token begins a sentence or a line.
    pub(super) fn begins(&self, index: usize) -> bool {
        let mut before = index;
        loop {
            let Some(last) = before.checked_sub(1) else { return true };
            let Some(token) = self.get(last) else { return true };
            match token.shape {
                Shape::Break => return true,
                Shape::Sign => match self.word(last) {
                    "." if self.is_abbreviation(last) => return false,
                    "." | "!" | "?" | ":" | ";" | "-" | ">" | "|" | "#" | "\u{2026}" => return true,
                    "\"" | "'" | "(" | "[" | "*" | "_" => before = last,
                    _ => return false,
                },
                _ => return false,
            }
        }
    }
}

impl Cut<'_> {
    /// Whether a full stop ends "e.g." or "J." and no sentence.
    fn is_abbreviation(&self, stop: usize) -> bool {
        let letter = stop.checked_sub(1).and_then(|before| self.get(before));
        letter.is_some_and(|token| token.is_word() && token.len() == 1)
            && self.get(stop).is_some_and(|token| token.glued)
    }
}

/// `Zoë's` as `Zoë`.
fn without_possessive(word: &str) -> &str {
    match word.as_bytes() {
        [.., b'\'', b's' | b'S'] => &word[..word.len() - 2],
        _ => word,
    }
}

/// A word of the letters from a to z, as most are, capitals nowhere but at its head: what [`measure`] says of it, sooner.
fn plain_word(bytes: &[u8], at: usize) -> Option<(usize, Option<Shape>, Case)> {
    let (first, rest) = bytes.get(at..)?.split_first()?;
    if !first.is_ascii_alphabetic() {
        return None;
    }
    let length = rest.iter().take_while(|byte| byte.is_ascii_lowercase()).count();
    let ends = |next: &u8| next.is_ascii() && !next.is_ascii_alphanumeric() && *next != b'\'';
    let case = if first.is_ascii_lowercase() { Case::Lower } else { Case::Capital };
    rest.get(length).is_none_or(ends).then_some((at + 1 + length, Some(Shape::Word), case))
}

/// Where the token at a place ends, and what it is; blanks have no shape.
fn measure(text: &str, at: usize) -> (usize, Option<Shape>, Case) {
    let bytes = text.as_bytes();
    let (mut end, mut letters, mut digits) = (at, 0_u32, 0_u32);
    let (mut upper, mut lower, mut first_upper) = (0_u32, 0_u32, false);
    let dense = text[at..].starts_with(is_dense);
    while let Some(byte) = bytes.get(end) {
        match byte {
            0..0x80 if dense => break,
            // "3994x1887" is a number and its extension.
            b'x' if letters == 0 && digits >= 4 && bytes.get(end + 1).is_some_and(u8::is_ascii_digit) => {
                break;
            }
            b'a'..=b'z' => {
                lower += 1;
                letters += 1;
                end += 1;
            }
            b'A'..=b'Z' => {
                first_upper |= letters == 0;
                upper += 1;
                letters += 1;
                end += 1;
            }
            b'0'..=b'9' => {
                digits += 1;
                end += 1;
            }
            b'\'' if letters > 0 && digits == 0 && next_is_letter(text, end + 1) => end += 1,
            0x80.. => {
                let Some(character) = text[end..].chars().next() else { break };
                let joins = letters > 0 && unicode_normalization::char::is_combining_mark(character);
                if !joins && (is_dense(character) != dense || !character.is_alphanumeric()) {
                    break;
                }
                first_upper |= letters == 0 && character.is_uppercase();
                upper += u32::from(character.is_uppercase());
                lower += u32::from(!character.is_uppercase());
                letters += 1;
                end += character.len_utf8();
            }
            _ => break,
        }
    }
    let case = match (first_upper, upper, lower) {
        (_, 0, _) => Case::Lower,
        (true, 1, _) => Case::Capital,
        (_, 2.., 0) => Case::Upper,
        _ => Case::Other,
    };
    match (letters, digits) {
        (0, 0) => other(text, at),
        (_, 0) => (end, Some(Shape::Word), case),
        (0, _) => (end, Some(Shape::Number), case),
        _ => (end, Some(Shape::Mixed), case),
    }
}

fn next_is_letter(text: &str, at: usize) -> bool {
    text.get(at..).and_then(|rest| rest.chars().next()).is_some_and(char::is_alphabetic)
}

/// Blanks, line ends and signs.
fn other(text: &str, at: usize) -> (usize, Option<Shape>, Case) {
    let character = text[at..].chars().next().unwrap_or(' ');
    let end = at + character.len_utf8();
    if character == '\n' || character == '\r' {
        let more = text[at..].bytes().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
        (at + more, Some(Shape::Break), Case::Other)
    } else if character.is_whitespace() {
        (end, None, Case::Other)
    } else {
        (end, Some(Shape::Sign), Case::Other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn plain_words_are_measured_alike(text in "[a-cA-C0x' é.-]{1,12}") {
            let plain = plain_word(text.as_bytes(), 0);
            proptest::prop_assert!(plain.is_none_or(|plain| plain == measure(&text, 0)), "{plain:?}");
        }
    }

    #[test]
    fn cuts_words_numbers_and_signs() {
        let mut lexicon = Lexicon::new();
        let cut = Cut::new("I'm Zoë's (44)\n\nA4 IBM", &mut lexicon);
        let tokens: Vec<(&str, Shape)> =
            (0..cut.tokens.len()).map(|at| (cut.word(at), cut.tokens[at].shape)).collect();
        assert_eq!(
            tokens,
            [
                ("I'm", Shape::Word),
                ("Zoë's", Shape::Word),
                ("(", Shape::Sign),
                ("44", Shape::Number),
                (")", Shape::Sign),
                ("\n\n", Shape::Break),
                ("A4", Shape::Mixed),
                ("IBM", Shape::Word),
            ]
        );
        assert!(cut.begins(0) && !cut.begins(1) && cut.begins(6));
        assert_eq!(cut.tokens[7].case, Case::Upper);
        assert_eq!(cut.digits, [3, 6]);
    }
}
