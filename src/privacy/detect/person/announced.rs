//! Names announced by a title or by words such as "my name is": nobody has to guess.

use std::ops::Range;

use super::super::cue::Cues;
use super::super::policy::Policy;
use super::super::token::{Case, Cut, Shape};
use super::suspect::is_name_like;

/// Most words of a name.
const LONGEST: usize = 4;

pub(super) fn names(cut: &Cut, policy: &Policy) -> Vec<Range<usize>> {
    let mut names = Vec::new();
    if !cut.cues.meets(Cues::TITLE | Cues::NAMES | Cues::PHONE) {
        return names;
    }
    for at in 0..cut.tokens.len() {
        let cues = Cues::SHORT_TITLE | Cues::NAMES | Cues::PHONE;
        let Some(token) = cut.get(at).filter(|token| token.is_word() && token.known.cues.meets(cues)) else {
            continue;
        };
        let from = if is_maker(cut, at) {
            None
        } else if token.known.cues.meets(Cues::SHORT_TITLE) {
            Some(at + 1 + usize::from(cut.is_sign(at + 1, '.')))
        } else if token.known.cues.meets(Cues::NAMES | Cues::PHONE) {
            introduced(cut, at)
        } else {
            None
        };
        if let Some(tokens) = introduced_behind(cut, at) {
            names.push(tokens);
        }
        let Some(from) = from else { continue };
        let loud = token.known.cues.meets(Cues::SHORT_TITLE) && token.case == Case::Upper;
        if let Some(end) = name_end(cut, policy, from, loud) {
            names.push(from..end);
        }
    }
    names
}

/// "MS Word": the maker of a program, not a title.
fn is_maker(cut: &Cut, at: usize) -> bool {
    let programs = [
        "Word",
        "Excel",
        "Office",
        "Teams",
        "Outlook",
        "Access",
        "Project",
        "Windows",
        "PowerPoint",
        "Paint",
    ];
    cut.word(at) == "MS" && programs.contains(&cut.word(at + 1))
}

/// "my name is", "name: ", "name's", "call me", "named": where the name begins.
fn introduced(cut: &Cut, at: usize) -> Option<usize> {
    let lower = cut.word(at).to_ascii_lowercase();
    let before = at.checked_sub(1).map(|before| cut.word(before).to_ascii_lowercase()).unwrap_or_default();
    match lower.as_str() {
        "name" | "surname" | "name's" => {
            let verb = matches!(cut.word(at + 1), "is" | "was" | "Is" | ":" | "=");
            let own = matches!(
                before.as_str(),
                "my" | "first" | "last" | "second" | "full" | "family" | "her" | "his" | "the"
            );
            let next = cut.get(at + 1).filter(|next| next.is_word());
            let named = next.is_some_and(|next| {
                matches!(next.case, Case::Capital | Case::Other) || is_name_like(next, cut.word(at + 1))
            });
            if named
                && !verb
                && matches!(
                    before.as_str(),
                    "the"
                        | "same"
                        | "under"
                        | "in"
                        | "by"
                        | "first"
                        | "last"
                        | "second"
                        | "family"
                        | "full"
                        | "my"
                )
            {
                return Some(at + 1);
            }
            match (verb || lower == "name's", own || verb && cut.is_sign(at + 1, ':')) {
                (true, true) => Some(at + 1 + usize::from(verb)),
                _ => None,
            }
        }
        "call" => (cut.word(at + 1) == "me").then_some(at + 2),
        _ => None,
    }
}

/// "Negus is my family name": the word in front.
fn introduced_behind(cut: &Cut, at: usize) -> Option<Range<usize>> {
    let kind =
        usize::from(matches!(cut.word(at.checked_sub(1)?), "family" | "first" | "last" | "second" | "full"));
    let my = at.checked_sub(1 + kind)?;
    let name = my.checked_sub(2)?;
    let fits = cut.word(at) == "name" && cut.word(my) == "my" && cut.word(my - 1) == "is";
    let named = cut
        .get(name)
        .is_some_and(|token| token.is_word() && token.len() > 1 && !token.known.cues.meets(Cues::FUNCTION));
    (fits && named).then_some(name..name + 1)
}

/// Where a name that begins at a token ends, if one does.
fn name_end(cut: &Cut, policy: &Policy, from: usize, loud: bool) -> Option<usize> {
    let first = cut.get(from).filter(|token| token.is_word())?;
    let word = cut.word(from);
    let capital = matches!(first.case, Case::Capital | Case::Other)
        || (first.case == Case::Upper && (loud || first.known.ordinary() < 2));
    // "the dr was in", "call me back": in small letters an everyday word is a word, unless it is a first name too.
    let quiet = first.case == Case::Lower
        && (is_name_like(first, word)
            || first.known.first() >= 2 && first.known.ordinary() < 3
            || first.known.first() == 3);
    let function = first.known.ordinary() == 3 && first.known.cues.meets(Cues::ACTS | Cues::DEALING);
    if !(capital || quiet)
        || function
        || is_software(cut, from)
        || first.len() < 2
        || policy.accepts(word)
        || first.known.cues.meets(Cues::MONTH | Cues::DAY)
    {
        return None;
    }
    let mut end = from + 1;
    while end < from + 2 * LONGEST {
        let Some(token) = cut.get(end) else { break };
        let initial = token.is_word() && token.len() == 1 && token.case != Case::Lower;
        let dot = cut.is_sign(end, '.') && cut.get(end - 1).is_some_and(|token| token.len() == 1);
        let hyphen = matches!(cut.word(end), "-" | "'")
            && token.glued
            && cut.get(end + 1).is_some_and(|next| next.glued && next.is_word());
        let more = token.is_word()
            && (matches!(token.case, Case::Capital | Case::Other) && !function_word(cut, end)
                || is_name_like(token, cut.word(end))
                || first.case == Case::Lower && token.known.first() == 3 && !function_word(cut, end));
        if !(initial || dot || hyphen || more) || token.shape == Shape::Break {
            break;
        }
        end += 1;
    }
    while end > from + 1 && cut.get(end - 1).is_some_and(|token| token.shape == Shape::Sign) {
        end -= 1;
    }
    Some(end)
}

/// "MS Word", "MS Teams": capitals that are no title, before an everyday word that is not in capitals.
fn is_software(cut: &Cut, at: usize) -> bool {
    at > 0
        && cut.word(at - 1) == "MS"
        && cut.get(at).is_some_and(|token| token.case == Case::Capital && token.known.ordinary() == 3)
}

fn function_word(cut: &Cut, at: usize) -> bool {
    cut.get(at).is_some_and(|token| token.known.cues.meets(Cues::ACTS | Cues::DEALING))
}
