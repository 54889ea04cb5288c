//! Which single words could be names.

use std::ops::Range;

use super::super::cue::Cues;
use super::super::lexicon::is_slip;
use super::super::policy::Policy;
use super::super::token::{Case, Cut, Shape, Token};

/// How the words of a text as a whole look.
#[derive(Debug)]
pub(super) struct Language {
    /// Whether most words are none that the lists know, so that being unknown says nothing.
    foreign: bool,
    /// Whether there are hardly any words besides a possible name: an answer to "what is your name?".
    bare: bool,
    /// The first word of a text whose language is not known; names in it cannot be told, so somebody has to read it.
    pub(super) strange: Option<Range<usize>>,
}

impl Language {
    pub(super) fn of(cut: &Cut) -> Self {
        let words: Vec<&Token> =
            cut.tokens.iter().filter(|token| token.is_word() && token.len() > 1).collect();
        let lower = words.iter().filter(|token| token.case == Case::Lower);
        let known = lower.clone().filter(|token| token.known.ordinary() > 0).count();
        let small = lower.count();
        let foreign = small >= 8 && known * 2 < small;
        let first = words.first().map(|token| token.start()..token.end());
        let named = |token: &&Token| {
            let word = token.known.ordinary() < 3 || token.known.is_name();
            word && !token.known.cues.meets(Cues::FUNCTION | Cues::ACTS | Cues::DEALING)
        };
        let bare =
            words.len() <= 3 && cut.tokens.len() <= 6 && cut.digits.is_empty() && words.iter().all(named);
        Self { foreign, bare, strange: first.filter(|_| foreign) }
    }
}

/// Whether a word in small letters reads as a name: no ordinary word, no slip of the pen.
pub(in super::super) fn is_name_like(token: &Token, word: &str) -> bool {
    let word = word.strip_suffix("'s").unwrap_or(word);
    token.known.ordinary() == 0
        && token.len() > 2
        && !word.contains('\'')
        && has_vowel(word)
        && (token.known.first() >= 1
            || token.known.last() >= 2
            || !token.known.is_proper() && !is_slip(&word.to_lowercase()))
}

/// Whether a token could be a name.
pub(super) fn is_suspect(cut: &Cut, policy: &Policy, language: &Language, at: usize) -> bool {
    let Some(token) = cut.get(at).filter(|token| token.shape == Shape::Word && token.len() > 1) else {
        return false;
    };
    let word = cut.word(at);
    let word = word.strip_suffix("'s").unwrap_or(word);
    let announces = Cues::REFERENCE
        | Cues::DEVICE
        | Cues::TAX
        | Cues::HEALTH
        | Cues::IDENTITY
        | Cues::POST
        | Cues::BIRTH
        | Cues::LEGAL;
    if token.known.is_unknown() && !has_vowel(word)
        || known_to_cxbook(token, announces)
        || policy.accepts(word)
        || token.known.cues.meets(Cues::DAY) && token.known.ordinary() == 0
    {
        return false;
    }
    match token.case {
        Case::Lower => in_small_letters(cut, language, at, token, word),
        Case::Upper => in_capitals(cut, at, token, word),
        Case::Capital | Case::Other => capitalised(cut, language, at, token, word),
    }
}

/// "Mbps" and the like are abbreviations.
fn has_vowel(word: &str) -> bool {
    !word.is_ascii() || word.bytes().any(|byte| b"aeiouyAEIOUY".contains(&byte))
}

/// Words such as "imei" or "ssn" are in no dictionary, and yet no names.
fn known_to_cxbook(token: &Token, cues: Cues) -> bool {
    token.known.ordinary() == 0 && token.known.first() == 0 && token.known.cues.meets(cues)
}

fn capitalised(cut: &Cut, language: &Language, at: usize, token: &Token, word: &str) -> bool {
    let known = token.known;
    if token.case == Case::Other && !known.is_name() && !has_name_prefix(word) {
        return false;
    }
    if known.cues.meets(Cues::MONTH | Cues::CALENDAR_NAME) && !acts(cut, at) {
        return false;
    }
    if known.ordinary() == 0 {
        if known.first() >= 2 || (known.is_name() && !known.is_proper()) {
            return true;
        }
        if known.is_proper() {
            let begins = cut.begins(at);
            let named = known.last() >= 2 || known.first() >= 1;
            return language.bare
                || named && (!begins || is_called(cut, at))
                || known.is_name() && is_called(cut, at);
        }
        let paired = cut.get(at + 1).is_some_and(|next| {
            next.is_word()
                && next.case == Case::Capital
                && (next.known.ordinary() == 0 || next.known.is_name() && next.known.ordinary() < 2)
        });
        return !language.foreign
            && (language.bare
                || paired
                || !cut.begins(at)
                || !is_slip(&word.to_lowercase())
                || is_called(cut, at));
    }
    if language.bare && known.is_name() && (known.ordinary() < 3 || known.first() >= 1) {
        return true;
    }
    if known.first() < 2 && !(known.first() == 1 && known.ordinary() < 3) {
        return false;
    }
    // "Case does.": words that announce identifiers are no names.
    let announces = Cues::REFERENCE | Cues::CARD | Cues::BANK | Cues::PHONE | Cues::LIVES;
    if cut.begins(at) && known.ordinary() == 3 && known.cues.meets(announces) {
        return false;
    }
    if cut.begins(at) { may_begin(cut, at, token) || acts(cut, at) } else { !is_headline(cut, at) }
}

/// Whether a first name that is a word too stands alone at the start of a sentence: "Matt great contact", "Roger, who".
fn may_begin(cut: &Cut, at: usize, token: &Token) -> bool {
    let known = token.known;
    let wish = known.cues.meets(Cues::MODAL | Cues::FUNCTION | Cues::ACTS);
    let next = cut.get(at + 1).is_some_and(|next| next.known.cues.meets(Cues::FUNCTION));
    known.first() >= 2
        && (known.ordinary() < 3 || known.first() == 3 && !wish && !next)
        && !is_headline(cut, at)
}

/// McKinnlay, O'Shea, DeShawn: a capital inside that names have and run-together words have not.
fn has_name_prefix(word: &str) -> bool {
    ["Mc", "Mac", "O'", "D'", "De", "Le", "La", "Fitz", "Van", "Di", "Du", "St"].iter().any(|prefix| {
        word.strip_prefix(prefix).is_some_and(|rest| {
            rest.starts_with(char::is_uppercase)
                && rest.chars().skip(1).all(char::is_lowercase)
                && rest.len() > 2
        })
    })
}

/// Whether what follows is what people do: "Mark was", "Dawn listens", "Grace and Dr Nixon", "Sue's".
fn acts(cut: &Cut, at: usize) -> bool {
    let next = cut.get(at + 1);
    let verb = next
        .is_some_and(|next| next.is_word() && next.case == Case::Lower && next.known.cues.meets(Cues::ACTS));
    let wish = cut.get(at).is_some_and(|token| token.known.cues.meets(Cues::MODAL))
        && next.is_some_and(|next| next.known.cues.meets(Cues::FUNCTION));
    if wish {
        return false;
    }
    let joined = matches!(cut.word(at + 1), "and" | "," | "&" | "/" | "(")
        && cut.get(at + 2).is_some_and(|token| {
            token.is_word()
                && (token.known.cues.meets(Cues::TITLE)
                    || token.known.first() >= 2 && token.case == Case::Capital)
        });
    let third = next.is_some_and(|next| next.case == Case::Lower && next.known.ordinary() >= 2) && {
        let word = cut.word(at + 1);
        (word.ends_with('s') && !word.ends_with("ss") || word.ends_with("ed")) && word.len() > 4
    };
    let unusual = cut.get(at).is_some_and(|token| token.known.first() >= 2 || token.known.ordinary() == 0);
    let spoken_to = cut.is_sign(at + 1, ',')
        && matches!(cut.word(at + 2), "can" | "could" | "please" | "would" | "will" | "you" | "may");
    let label = cut.is_sign(at + 1, ':') && cut.get(at).is_some_and(|token| token.known.first() >= 2);
    verb || joined || third || cut.word(at).ends_with("'s") || unusual && spoken_to && cut.begins(at) || label
}

/// Whether a capital says nothing, because the words around have one too: headings, names of services.
fn is_headline(cut: &Cut, at: usize) -> bool {
    let capital = |at: usize| {
        cut.get(at).is_some_and(|token| {
            token.is_word()
                && token.case != Case::Lower
                && token.len() > 1
                && token.known.ordinary() > 0
                && token.known.first() < 2
                && !token.known.cues.meets(Cues::TITLE | Cues::WORK)
        })
    };
    at > 0 && capital(at - 1) && !cut.begins(at - 1)
        || capital(at + 1) && !cut.get(at + 1).is_some_and(|token| token.known.is_name())
}

/// Whether a name is expected here: behind a title, "named", "spoke to", or beside somebody's work.
fn is_called(cut: &Cut, at: usize) -> bool {
    let mut before = at;
    while before > 0
        && matches!(cut.word(before - 1), "." | "," | ":" | "(" | "is" | "the" | "-")
        && at - before < 3
    {
        before -= 1;
    }
    cut.follows(before, Cues::TITLE | Cues::NAMES | Cues::UNDER | Cues::DEALING | Cues::WORK | Cues::FAREWELL)
        || acts(cut, at)
}

/// In a text without capitals, or behind a word that a name follows.
fn in_small_letters(cut: &Cut, language: &Language, at: usize, token: &Token, word: &str) -> bool {
    let known = token.known;
    if word.contains('\'') || token.len() < 2 {
        return false;
    }
    let under = cut.follows(at, Cues::UNDER | Cues::NAMES)
        || matches!(cut.word(at.wrapping_sub(1)), "him" | "her" | "of")
            && cut.follows(at - 1, Cues::UNDER | Cues::NAMES);
    let called = under || cut.follows(at, Cues::TITLE | Cues::DEALING);
    if under && known.is_name() && known.ordinary() < 3 && !known.cues.meets(Cues::FUNCTION | Cues::REFERENCE)
    {
        return true;
    }
    let second = cut.get(at + 1).is_some_and(|next| {
        next.is_word() && next.case == Case::Lower && next.known.is_name() && next.known.ordinary() < 2
    });
    if known.ordinary() > 0 {
        let bare = language.bare && known.first() >= 2 && known.ordinary() < 3;
        let whole = !cut.has_capitals
            && known.first() >= 2
            && !known.cues.meets(Cues::ACTS | Cues::DEALING | Cues::MONTH);
        let pair = whole && second;
        return bare
            || pair
            || known.first() >= 2 && known.ordinary() < 3 && (called || acts(cut, at)) && (whole || called);
    }
    if token.len() < 3 {
        return known.first() >= 2 && (called || acts(cut, at));
    }
    if known.first() >= 2 {
        return true;
    }
    if known.is_name() && (!known.is_proper() || known.last() >= 2) {
        return !cut.has_capitals || called && (known.first() >= 1 || !is_slip(word));
    }
    !language.foreign && !known.is_proper() && (!cut.has_capitals || called) && !is_slip(word)
}

/// All capitals: initials of firms and wards are short; a line in capitals reads as one in small letters.
fn in_capitals(cut: &Cut, at: usize, token: &Token, word: &str) -> bool {
    let known = token.known;
    let loud = [at.wrapping_sub(1), at + 1].into_iter().any(|near| {
        cut.get(near).is_some_and(|token| token.is_word() && token.len() > 3 && token.case == Case::Upper)
    });
    if known.ordinary() > 0 {
        return false;
    }
    if known.first() >= 2 && token.len() > 2 {
        return true;
    }
    token.len() > 4
        && !word.ends_with("'S")
        && (known.is_name() && !known.is_proper()
            || known.is_unknown() && !is_slip(&word.to_lowercase()) && !loud)
}
