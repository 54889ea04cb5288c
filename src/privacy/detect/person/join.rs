//! Words beside a suspect one: initials, family names that are words too, particles, hyphens.

use super::super::cue::Cues;
use super::super::policy::Policy;
use super::super::token::{Case, Cut, Token};
use super::suspect::is_name_like;

const PARTICLES: [&str; 24] = [
    "ten", "te", "af", "zu", "de", "da", "do", "dos", "del", "della", "di", "du", "la", "le", "van", "von",
    "der", "den", "ter", "al", "el", "bin", "ibn", "y",
];

/// Lets suspicion spread to the words beside a suspect one.
pub(super) fn spread(cut: &Cut, policy: &Policy, suspects: &mut [bool]) {
    for at in 0..suspects.len() {
        if suspects[at] {
            rightwards(cut, policy, suspects, at);
        }
    }
    for at in 0..suspects.len() {
        if suspects[at] {
            listed(cut, policy, suspects, at);
        }
    }
    for at in (1..suspects.len()).rev() {
        let before = previous_word(cut, at);
        if suspects[at] && !suspects[before] && may_lead(cut, policy, before) {
            suspects[before] = true;
        }
    }
    repeated(cut, suspects);
}

/// A word that is part of a name in one place is one wherever the text has it again with its capital.
fn repeated(cut: &Cut, suspects: &mut [bool]) {
    let named = |at: usize| cut.get(at).is_some_and(|token| token.case == Case::Capital && token.len() > 2);
    let names: std::collections::BTreeSet<&str> =
        (0..suspects.len()).filter(|at| suspects[*at] && named(*at)).map(|at| stem(cut.word(at))).collect();
    if !names.is_empty() {
        for at in (0..suspects.len()).filter(|at| named(*at)) {
            suspects[at] |= names.contains(stem(cut.word(at)));
        }
    }
}

fn stem(word: &str) -> &str {
    word.strip_suffix("'s").unwrap_or(word)
}

/// The word before a token, past the full stop of an initial, a hyphen or a particle.
fn previous_word(cut: &Cut, at: usize) -> usize {
    let mut before = at - 1;
    let dotted = cut.is_sign(before, '.') && before > 0 && is_initial(cut.word(before - 1));
    let hyphen = cut.is_sign(before, '-')
        && cut.get(at).is_some_and(|token| token.glued)
        && cut.get(before).is_some_and(|token| token.glued);
    if before > 0 && (dotted || hyphen || PARTICLES.contains(&cut.word(before).to_lowercase().as_str())) {
        before -= 1;
    }
    before
}

fn is_initial(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_none()
}

fn rightwards(cut: &Cut, policy: &Policy, suspects: &mut [bool], at: usize) {
    let next = next_word(cut, at);
    let Some(token) = cut.get(next).filter(|token| token.is_word()) else { return };
    if next >= suspects.len() || suspects[next] || policy.accepts(cut.word(next)) {
        return;
    }
    let capital = matches!(token.case, Case::Capital | Case::Other);
    let initial = is_initial(cut.word(next)) && cut.word(next) != "I";
    let everyday = token.known.ordinary() == 3 && !token.known.is_name();
    let acts = token.known.cues.meets(Cues::ACTS | Cues::MONTH | Cues::DAY);
    let particle = next > at + 1 && cut.get(next - 1).is_some_and(Token::is_word);
    let named = capital && (!everyday || particle) && !acts;
    let quiet = token.case == Case::Lower
        && (is_name_like(token, cut.word(next))
            || token.known.last() >= 1
                && token.known.ordinary() < 3
                && !acts
                && cut.get(at).is_some_and(|token| token.case == Case::Lower));
    let first = cut.get(at).is_some_and(|token| {
        token.case == Case::Lower && (token.known.first() >= 2 || is_expected(token, cut, at))
    });
    let strange = first && token.case == Case::Lower && token.known.ordinary() == 0 && token.len() > 2;
    if initial || named || quiet || strange {
        suspects[next] = true;
    }
}

/// Names stand in lists: "Brabec, Doyle and White". A family name that is a word too is suspect beside a suspect one.
fn listed(cut: &Cut, policy: &Policy, suspects: &mut [bool], at: usize) {
    for (sign, other) in [(at.checked_sub(1), at.checked_sub(2)), (Some(at + 1), Some(at + 2))] {
        let (Some(sign), Some(other)) = (sign, other) else { continue };
        let Some(token) = cut.get(other).filter(|token| token.is_word() && token.case != Case::Upper) else {
            continue;
        };
        let cased = (token.case == Case::Lower) == cut.get(at).is_some_and(|token| token.case == Case::Lower);
        let name = token.known.is_name()
            && !token.known.cues.meets(Cues::ACTS | Cues::DEALING | Cues::MONTH | Cues::DAY | Cues::WORK);
        let rare = token.case != Case::Lower
            || token.known.ordinary() == 0
            || token.known.ordinary() < 3 && token.known.last() >= 2;
        if matches!(cut.word(sign), "," | "and" | "&" | "/")
            && cased
            && name
            && rare
            && !policy.accepts(cut.word(other))
        {
            suspects[other] = true;
        }
    }
}

/// The word behind a token, past the full stop of an initial, a hyphen or a particle.
fn next_word(cut: &Cut, at: usize) -> usize {
    let mut next = at + 1;
    let dotted = cut.is_sign(next, '.') && is_initial(cut.word(at));
    let hyphen = cut.is_sign(next, '-') && cut.get(next).is_some_and(|token| token.glued);
    if dotted || hyphen {
        next += 1;
    }
    while next < at + 5 && PARTICLES.contains(&cut.word(next).to_lowercase().as_str()) {
        next += 1;
    }
    next
}

/// Whether a word before a suspect one belongs to it: a first name, an initial, or a name few use as a word.
fn may_lead(cut: &Cut, policy: &Policy, at: usize) -> bool {
    let Some(token) = cut.get(at).filter(|token| token.is_word()) else { return false };
    let month = token.known.cues.meets(Cues::MONTH) && token.known.first() < 2;
    let adverb = month
        || token
            .known
            .cues
            .meets(Cues::ACTS | Cues::DEALING | Cues::DAY | Cues::TITLE | Cues::FUNCTION | Cues::WORK);
    let capital = matches!(token.case, Case::Capital | Case::Other);
    let initial =
        is_initial(cut.word(at)) && (!matches!(cut.word(at), "I" | "A") || cut.is_sign(at + 1, '.'));
    let rare = token.known.ordinary() < 3
        && (token.known.is_name() || token.known.ordinary() == 0 && !token.known.is_proper());
    let named = capital && !adverb && token.len() > 1 && (token.known.first() >= 1 || rare);
    let quiet = token.case == Case::Lower && !cut.has_capitals && !adverb && token.known.first() >= 2;
    (initial || named || quiet || !adverb && (is_lone_name(token, cut, at) || is_expected(token, cut, at)))
        && !policy.accepts(cut.word(at))
}

fn is_lone_name(token: &Token, cut: &Cut, at: usize) -> bool {
    token.case == Case::Lower && is_name_like(token, cut.word(at))
}

/// A rare word in small letters where a name is expected: "for lancer glinski".
fn is_expected(token: &Token, cut: &Cut, at: usize) -> bool {
    token.case == Case::Lower
        && token.known.ordinary() < 3
        && token.len() > 1
        && cut.follows(at, Cues::DEALING | Cues::UNDER)
}

/// Where the name that begins at a suspect token ends.
pub(super) fn end(cut: &Cut, suspects: &[bool], from: usize) -> usize {
    let mut end = from + 1;
    loop {
        let next = next_word(cut, end - 1);
        if suspects.get(next).copied().unwrap_or(false) {
            end = next + 1;
        } else {
            return end;
        }
    }
}
