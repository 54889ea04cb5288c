//! Telephone numbers: international (ITU-T E.164, calling codes by its list), North American (3-3-4), European with a leading
//! zero, any other grouping beside a cue, extensions, and digits spelled as words.

use std::ops::Range;

use super::cue::Cues;
use super::find::Finds;
use super::kind::{Kind, Level};
use super::number::{Digits, Run, is_amount, is_date};
use super::policy::Policy;
use super::token::{Cut, Shape};

/// Calling codes of one and two digits; all others have three.
const CODES: &str = "1 7 20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86
    90 91 92 93 94 95 98";

pub(super) fn find(cut: &Cut, _policy: &Policy, finds: &mut Finds) {
    for run in &cut.runs {
        let mut done = 0;
        for groups in run.stretches(cut, 6..18) {
            if groups.start >= done
                && let Some(level) = judge(cut, run, &groups)
            {
                done = groups.end;
                let tokens = run.tokens(groups);
                finds.add(Kind::Phone, level, with_extension(cut, widened(cut, run, tokens)));
            }
        }
    }
}

fn judge(cut: &Cut, run: &Run, groups: &Range<usize>) -> Option<Level> {
    let tokens = run.tokens(groups.clone());
    let digits = run.digits(cut, groups.clone());
    let count = digits.digits.len();
    if is_date(&digits) || is_amount(cut, &tokens) || (groups.len() > 2 && has_date(cut, run, groups)) {
        return None;
    }
    if run.plus && groups.start == 0 {
        return (7..=15).contains(&count).then(|| if has_code(&digits) { Level::Block } else { Level::Ask });
    }
    let cued = cut.is_cued(&tokens, Cues::PHONE);
    let sure = |sure: bool| if sure { Level::Block } else { Level::Ask };
    match digits.groups[..] {
        [3, 3, 4] | [1, 3, 3, 4] => Some(sure(is_american(&digits) || cued)),
        // A social security number; `national` judges it.
        [3, 2, 4] => None,
        [10] if cued => Some(Level::Block),
        [10 | 11] if digits.digits[0] == 0 || is_american(&digits) => {
            Some(sure(digits.digits.starts_with(&[0, 7]) || cued))
        }
        [3, 4] => Some(sure(cued)),
        _ if digits.digits.starts_with(&[0, 0]) && (9..=17).contains(&count) => {
            Some(sure(digits.groups.len() > 1 || cued))
        }
        _ if digits.digits[0] == 0 && (9..=12).contains(&count) => {
            Some(sure(digits.groups.len() > 1 || cued))
        }
        _ if (7..=15).contains(&count) && digits.groups.iter().all(|length| *length >= 2) => {
            (cued || digits.groups.len() > 2).then(|| sure(cued && digits.groups.len() > 1))
        }
        _ => None,
    }
}

/// A stretch that begins with a date is a date and something else.
fn has_date(cut: &Cut, run: &Run, groups: &Range<usize>) -> bool {
    groups.len() > 3 && is_date(&run.digits(cut, groups.start..groups.start + 3))
}

fn has_code(digits: &Digits) -> bool {
    let text: String =
        digits.digits.iter().filter_map(|digit| char::from_digit(u32::from(*digit), 10)).collect();
    let short = CODES.split_whitespace().any(|code| text.starts_with(code));
    // Three-digit codes are the rest of 2, 3, 4, 5, 6, 8 and 9.
    short || matches!(digits.digits.first(), Some(2..=6 | 8 | 9))
}

/// Area code and exchange begin with 2 to 9 (North American Numbering Plan).
fn is_american(digits: &Digits) -> bool {
    let national = digits.digits.strip_prefix(&[1]).filter(|rest| rest.len() == 10).unwrap_or(&digits.digits);
    national.len() == 10 && matches!(national, [2..=9, _, _, 2..=9, ..])
}

/// With the plus sign or bracket in front.
fn widened(cut: &Cut, run: &Run, tokens: Range<usize>) -> Range<usize> {
    let mut start = tokens.start;
    while start > 0 && (cut.is_sign(start - 1, '(') || (run.plus && cut.is_sign(start - 1, '+'))) {
        start -= 1;
    }
    start..tokens.end
}

/// With `x565` or `ext. 565` behind it: bytes.
fn with_extension(cut: &Cut, tokens: Range<usize>) -> Range<usize> {
    let span = cut.span(tokens.clone());
    let word = |at: usize| cut.word(at).to_ascii_lowercase();
    let mut at = tokens.end;
    while matches!(word(at).as_str(), "," | "." | "(" | "-") {
        at += 1;
    }
    if matches!(word(at).as_str(), "ext" | "extension" | "x" | "extn") {
        at += 1 + usize::from(cut.is_sign(at + 1, '.'));
        if cut.get(at).is_some_and(|token| token.shape == Shape::Number && token.len() <= 6) {
            return span.start..cut.span(at..at + 1).end;
        }
    } else if word(at)
        .strip_prefix('x')
        .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit()))
    {
        return span.start..cut.span(at..at + 1).end;
    }
    span
}

/// Six digits or more as words: "oh seven seven double zero nine".
pub(super) fn find_spelled(cut: &Cut, _policy: &Policy, finds: &mut Finds) {
    if !cut.cues.meets(Cues::DIGIT) {
        return;
    }
    let mut start = 0;
    while start < cut.tokens.len() {
        let (mut at, mut digits, mut last) = (start, 0, start);
        while let Some(token) = cut.get(at) {
            let count = if token.known.cues.meets(Cues::DIGIT) { spelled(cut.word(at)) } else { 0 };
            match (count, token.shape) {
                (0, Shape::Sign) if digits > 0 && matches!(cut.word(at), "-" | "," | ".") => {}
                (0, _) => break,
                (count, _) => {
                    digits += count;
                    last = at + 1;
                }
            }
            at += 1;
        }
        if digits >= 6 {
            let tokens = start..last;
            let level =
                if cut.is_cued(&tokens, Cues::PHONE) || digits >= 9 { Level::Block } else { Level::Ask };
            finds.add(Kind::Phone, level, cut.span(tokens));
        }
        start = at.max(start + 1);
    }
}

/// How many digits a word that spells some stands for.
fn spelled(word: &str) -> usize {
    let twice = ["triple", "treble"].iter().any(|twice| word.eq_ignore_ascii_case(twice));
    if twice { 2 } else { 1 }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{found, quiet};

    #[test]
    fn numbers_of_many_countries() {
        for phone in [
            "+44 117 496 0123",
            "+1-604-696-5272x565",
            "+41 (0)71 526 99 04",
            "(415) 555-0132",
            "0117 496 0123",
            "07700 900123",
            "07700900123",
            "0049 30 123456",
            "415-555-0132 ext. 12",
            "03 9123 4567",
            "+1 (415) 555\u{2011}0132",
        ] {
            assert_eq!(found(&format!("on {phone} today")), [("PHONE", "block", phone)], "{phone}");
        }
        assert_eq!(found("ring 99 577450"), [("PHONE", "block", "99 577450")]);
        assert_eq!(found("it is 555-0132"), [("PHONE", "ask", "555-0132")]);
    }

    #[test]
    fn spelled_numbers() {
        let spelled = "oh one one seven, four nine six double zero two";
        assert_eq!(found(&format!("call {spelled} please")), [("PHONE", "block", spelled)]);
        quiet(&["one or two of three", "seven eight nine"]);
    }

    #[test]
    fn other_numbers() {
        quiet(&[
            "in 2021 we paid £1 200 300",
            "15 USC 1681",
            "on 21/05/2021",
            "2019-2020",
            "scores of 3.5 4.2",
        ]);
    }
}
