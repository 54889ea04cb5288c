//! Roles that one person has: "head of claims at Northgate", "only pharmacist in Whitby". Asks.

use super::cue::Cues;
use super::find::Finds;
use super::kind::Kind;
use super::policy::Policy;
use super::token::{Case, Cut, Shape};

pub(super) fn find(cut: &Cut, _policy: &Policy, finds: &mut Finds) {
    if !cut.cues.meets(Cues::ROLE | Cues::ONLY) {
        return;
    }
    for at in 0..cut.tokens.len() {
        let Some(token) = cut.get(at).filter(|token| token.is_word()) else { continue };
        let end = if token.known.cues.meets(Cues::ROLE) && is_held(cut, at) {
            place_after(cut, at, &["at", "for"]).or_else(|| of_named(cut, at))
        } else if token.known.cues.meets(Cues::ONLY) && is_one(cut, at) {
            place_after(cut, at, &["in", "on"])
        } else {
            None
        };
        if let Some(end) = end {
            finds.ask(Kind::Other, cut.span(at..end));
        }
    }
}

/// "I am the head of", "as director of", "the CEO of".
fn is_held(cut: &Cut, at: usize) -> bool {
    at > 0
        && matches!(
            cut.word(at - 1),
            "the" | "as" | "a" | "an" | "our" | "their" | "am" | "The" | "deputy" | "vice"
        )
}

fn is_one(cut: &Cut, at: usize) -> bool {
    at > 0 && matches!(cut.word(at - 1), "the" | "The" | "our" | "am")
}

/// Where the capitalised words behind one of the prepositions end, within a few words.
fn place_after(cut: &Cut, at: usize, prepositions: &[&str]) -> Option<usize> {
    let preposition = (at + 1..at + 8)
        .take_while(|next| cut.get(*next).is_some_and(|token| token.is_word() || token.has_digits()))
        .find(|next| prepositions.contains(&cut.word(*next)))?;
    capitals_end(cut, preposition + 1)
}

fn of_named(cut: &Cut, at: usize) -> Option<usize> {
    (cut.word(at + 1) == "of").then(|| capitals_end(cut, at + 2)).flatten()
}

fn capitals_end(cut: &Cut, from: usize) -> Option<usize> {
    let capital = |at: usize| {
        cut.get(at)
            .is_some_and(|token| token.shape == Shape::Word && token.case != Case::Lower && token.len() > 1)
    };
    let end = (from..from + 5).take_while(|at| capital(*at)).last()? + 1;
    Some(end)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{found, quiet};

    #[test]
    fn unique_roles_ask() {
        assert!(found("I am the head of claims at Northgate and").contains(&(
            "OTHER",
            "ask",
            "head of claims at Northgate"
        )));
        assert!(found("we are the only store in Whitby").contains(&("OTHER", "ask", "only store in Whitby")));
        quiet(&["the head of the queue", "the only problem was the wait", "my first order"]);
    }
}
