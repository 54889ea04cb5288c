//! Fixed shapes such as `AA999999A`: `9` is a digit, `A` a letter, `X` either, anything else itself.
//!
//! Identifiers of a fixed shape are looked for in *codes*: words and numbers in a row, read together without the blanks and
//! signs between them, so `hh 01 02 03 d` and `HH-010203-D` are one code.

use std::ops::Range;

use super::find::Finds;
use super::kind::Kind;
use super::policy::Policy;
use super::token::{Case, Cut, Shape};
use super::{iban, national, organization, postcode, vehicle};

/// Words and numbers read together, in capitals.
#[derive(Debug, Clone)]
pub(super) struct Code {
    pub(super) tokens: Range<usize>,
    pub(super) text: String,
    /// How many of its characters are letters.
    pub(super) letters: usize,
}

/// Most letters and digits of a code.
const LONGEST: usize = 34;

/// Most digits of a code without letters; no number a state gives is longer.
const LONGEST_NUMBER: usize = 16;

/// Most tokens of a code, signs counted.
const MOST: usize = 16;

/// Shows every code of a text to all that know identifiers of a fixed shape.
pub(super) fn find(cut: &Cut, policy: &Policy, finds: &mut Finds) {
    let own: Vec<String> =
        policy.numbers.iter().map(|shape| shape.replace(['-', ' ', '/', '.'], "")).collect();
    codes(cut, |code| {
        if code.letters > 0 {
            iban::judge(cut, code, finds);
            postcode::british(cut, code, finds);
            vehicle::judge(cut, code, finds);
        }
        national::judge_all(cut, policy, code, finds);
        organization::judge(cut, code, finds);
        if own.iter().any(|shape| fits(&code.text, shape)) {
            finds.block(Kind::Account, cut.span(code.tokens.clone()));
        }
    });
}

/// Every code of a text that holds a digit, begins where a word or number begins and ends where one ends. `visit` gets them
/// from each start, the shortest first.
pub(super) fn codes(cut: &Cut, mut visit: impl FnMut(&Code)) {
    let mut next = 0;
    let mut code = Code { tokens: 0..0, text: String::with_capacity(LONGEST), letters: 0 };
    for digit in &cut.digits {
        // A code may begin up to three tokens before its first digit.
        let from = digit.saturating_sub(3).max(next);
        for start in from..=*digit {
            code.text.clear();
            (code.tokens, code.letters) = (start..start, 0);
            grow(cut, start, *digit, &mut code, &mut visit);
        }
        next = digit + 1;
    }
}

/// All codes from one start that reach a digit. `code` is empty and is used again, for there are many.
fn grow(cut: &Cut, start: usize, digit: usize, code: &mut Code, visit: &mut impl FnMut(&Code)) {
    for at in start..cut.tokens.len().min(start + MOST) {
        let Some(token) = cut.get(at) else { return };
        match token.shape {
            Shape::Break => return,
            Shape::Sign if at == start => return,
            Shape::Sign => {
                if !matches!(cut.word(at), "-" | "." | "/" | "_") || cut.is_sign(at - 1, '.') {
                    return;
                }
            }
            _ => {
                let word = cut.word(at);
                // "12 of 34" is no code; "gb82 west 1234" is one.
                if !fits(&code.text, "AA99")
                    && token.is_word()
                    && token.case == Case::Lower
                    && token.known.ordinary() >= 2
                    && word.len() > 1
                {
                    return;
                }
                // A word before the digits is part of a code only when it is short.
                if code.text.len() + word.len() > LONGEST
                    || (token.is_word() && word.len() > 4)
                    || !word.is_ascii()
                {
                    return;
                }
                code.text.extend(word.chars().map(|letter| letter.to_ascii_uppercase()));
                code.letters += word.bytes().filter(u8::is_ascii_alphabetic).count();
                code.tokens.end = at + 1;
                if code.letters == 0 && code.text.len() > LONGEST_NUMBER {
                    return;
                }
                if at >= digit {
                    visit(code);
                }
            }
        }
    }
}

/// Whether a code has a shape.
pub(super) fn fits(code: &str, shape: &str) -> bool {
    code.len() == shape.len()
        && code.bytes().zip(shape.bytes()).all(|(byte, class)| match class {
            b'9' => byte.is_ascii_digit(),
            b'A' => byte.is_ascii_uppercase(),
            b'X' => byte.is_ascii_alphanumeric(),
            class => byte == class,
        })
}

/// The digits among the characters of a code.
pub(super) fn digits(code: &str) -> Vec<u8> {
    code.bytes().filter(u8::is_ascii_digit).map(|byte| byte - b'0').collect()
}

#[cfg(test)]
mod tests {
    use super::super::lexicon::Lexicon;
    use super::*;

    fn all(text: &str) -> Vec<String> {
        let cut = Cut::new(text, &mut Lexicon::new());
        let mut found = Vec::new();
        codes(&cut, |code| found.push(code.text.clone()));
        found
    }

    #[test]
    fn codes_are_read_over_signs() {
        assert!(all("no hh 01-02 03 d.").contains(&"HH010203D".to_owned()));
        assert!(all("GB82 WEST 1234").contains(&"GB82WEST1234".to_owned()));
        assert_eq!(all("no digits"), Vec::<String>::new());
        assert_eq!(all("12\n34"), ["12", "34"]);
    }

    #[test]
    fn shapes_fit_whole_codes() {
        assert!(
            fits("AB123456C", "AA999999A")
                && !fits("AB123456", "AA999999A")
                && !fits("A1123456C", "AA999999A")
        );
    }
}
