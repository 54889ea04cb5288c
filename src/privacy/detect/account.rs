//! Numbers that lead to one customer: order, ticket, account, policy, claim, booking. A code with a digit beside its cue
//! blocks, any run of seven digits or more asks, and any code of six
//! characters or more that mixes letters with three digits or more.

use std::ops::Range;

use super::cue::Cues;
use super::find::Finds;
use super::kind::{Kind, Level};
use super::number::{is_amount, is_date};
use super::policy::Policy;
use super::token::{Case, Cut, Shape};

/// Fewest digits in one block of a number that could be looked up.
const ONE_BLOCK: usize = 6;

/// Fewest digits with blanks or signs between them.
const IN_GROUPS: usize = 7;

pub(super) fn find(cut: &Cut, _policy: &Policy, finds: &mut Finds) {
    long_numbers(cut, finds);
    let mut done = 0;
    for digit in &cut.digits {
        if *digit >= done {
            let tokens = piece(cut, *digit);
            done = tokens.end;
            judge(cut, tokens, finds);
        }
    }
}

fn long_numbers(cut: &Cut, finds: &mut Finds) {
    for run in &cut.runs {
        let groups = 0..run.groups.len();
        let (tokens, digits) = (run.tokens(groups.clone()), run.digits(cut, groups));
        let long =
            digits.digits.len() >= IN_GROUPS || digits.groups.iter().any(|length| *length >= ONE_BLOCK);
        if !long || is_date(&digits) || is_amount(cut, &tokens) || is_years(cut, &run.groups) {
            continue;
        }
        let cued = cut.is_cued(&tokens, Cues::REFERENCE | Cues::BANK);
        finds.add(Kind::Account, if cued { Level::Block } else { Level::Ask }, cut.span(tokens));
    }
}

/// Whether a run is years and other small numbers: "2019/2020", "12.5 14.2 13.1".
fn is_years(cut: &Cut, groups: &[usize]) -> bool {
    groups.iter().all(|at| {
        let word = cut.word(*at);
        let year = word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
        year || word.len() <= 2
    })
}

/// Words and numbers without blanks between them, around a token.
fn piece(cut: &Cut, at: usize) -> Range<usize> {
    let joins = |at: usize| matches!(cut.word(at), "-" | "/" | "_" | "#");
    let (mut start, mut end) = (at, at + 1);
    while start >= 2
        && cut.get(start).is_some_and(|token| token.glued)
        && joins(start - 1)
        && cut.get(start - 1).is_some_and(|token| token.glued)
        && cut.get(start - 2).is_some_and(|token| token.shape != Shape::Sign && token.shape != Shape::Break)
    {
        start -= 2;
    }
    while joins(end)
        && cut.get(end).is_some_and(|token| token.glued)
        && cut.get(end + 1).is_some_and(|token| token.glued && (token.is_word() || token.has_digits()))
    {
        end += 2;
    }
    start..end
}

fn judge(cut: &Cut, tokens: Range<usize>, finds: &mut Finds) {
    let span = cut.span(tokens.clone());
    let text = cut.text.get(span.clone()).unwrap_or_default();
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let masked =
        text.bytes().all(|byte| matches!(byte, b'X' | b'x') || !byte.is_ascii_alphabetic()) && letters >= 2;
    if letters + digits < 4 || masked || is_measure(cut, &tokens) || is_amount(cut, &tokens) {
        return;
    }
    let cued = is_referred(cut, &tokens);
    let worded = cut
        .tokens
        .get(tokens.clone())
        .unwrap_or_default()
        .iter()
        .any(|token| token.is_word() && token.known.ordinary() >= 2 && token.len() > 2);
    if letters == 0 {
        let year = digits == 4 && (text.starts_with("19") || text.starts_with("20"));
        if tokens.len() == 1 && digits >= 4 && cued && !year {
            finds.block(Kind::Account, span);
        }
    } else if cued && digits > 0 && !worded && !is_color(cut, &tokens, text) {
        finds.block(Kind::Account, span);
    } else if digits >= 3 && letters + digits >= 6 && !worded {
        finds.ask(Kind::Account, span);
    }
}

/// A colour of a web page, such as #005ea5; it still asks, for a ticket may look the same.
fn is_color(cut: &Cut, tokens: &Range<usize>, text: &str) -> bool {
    let hex = text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    text.len() == 6 && hex && tokens.start > 0 && cut.is_sign(tokens.start - 1, '#')
}

/// Whether a code comes right behind its cue: "order no. 4471", "ref: A1B", "#4471".
fn is_referred(cut: &Cut, tokens: &Range<usize>) -> bool {
    let mut at = tokens.start;
    let mut hash = false;
    for _ in 0..5 {
        let Some(before) = at.checked_sub(1) else { return false };
        match cut.word(before) {
            "#" => hash = true,
            ":" | "." | "(" | "-" | "is" | "was" | "number" | "Number" | "NUMBER" | "my" => {}
            _ => return hash || cut.get(before).is_some_and(|token| token.known.cues.meets(Cues::REFERENCE)),
        }
        at = before;
    }
    hash
}

/// A quantity with its unit, an ordinal, a time: 1500mg, 21st, 9:30PM, 4x4.
fn is_measure(cut: &Cut, tokens: &Range<usize>) -> bool {
    let word = cut.word(tokens.start);
    let number = word.trim_start_matches(|c: char| c.is_ascii_digit() || c == 'x');
    let digits = word.len() - number.len();
    let unit = number.len() <= 3
        && digits <= 4
        && digits > 0
        && number.bytes().all(|byte| byte.is_ascii_alphabetic());
    let single = tokens.len() == 1 && cut.get(tokens.start).is_some_and(|token| token.shape == Shape::Mixed);
    let lower = cut.get(tokens.start).is_some_and(|token| token.case == Case::Lower) || number.len() <= 2;
    single && unit && lower && !number.is_empty()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{found, quiet};
    use super::super::{Policy, Scanner};

    #[test]
    fn numbers_that_lead_to_a_customer() {
        for (text, level, value) in [
            ("order 7731577 never came", "block", "7731577"),
            ("order 44719 23 never came", "block", "44719 23"),
            ("the bar is #005ea5", "ask", "005ea5"),
            ("order number #A1B-4471923.", "block", "A1B-4471923"),
            ("ref: X9Z2", "block", "X9Z2"),
            ("case no. 4471", "block", "4471"),
            ("it said 123456", "ask", "123456"),
            ("it said SKU-88213B", "ask", "SKU-88213B"),
        ] {
            assert_eq!(found(text), [("ACCOUNT", level, value)], "{text}");
        }
    }

    #[test]
    fn a_firm_s_own_shape_blocks() {
        let policy = Policy { numbers: vec!["LK-99A".into()], ..Policy::default() };
        let hits = Scanner::new(&policy).scan("it is lk 42b again");
        assert!(hits.len() == 1 && hits[0].span == (6..12), "{hits:?}");
        quiet(&["it is lk 42b again"]);
    }

    #[test]
    fn quantities_are_left_alone() {
        quiet(&[
            "I waited 45 minutes in 2026",
            "CSAT <4 and 3/5 stars",
            "1500mg twice",
            "at 9:30PM",
            "the 21st",
            "in 2019/2020",
            "£1250000",
            "covid-19",
            "my order in 2024",
            "a 24-hour shop",
            "table for 4",
        ]);
    }
}
