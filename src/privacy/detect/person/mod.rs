//! Names of people.
//!
//! A name need not be recognised; it has only to fail to be an ordinary word. So a word is suspect when no dictionary knows
//! it, or when it is a first name in a place where names stand ([`suspect`]); words beside a suspect one join it ([`join`]);
//! and titles, "my name is" and the like announce names outright ([`announced`]). Names announced block, suspect words ask.

mod announced;
mod join;
mod suspect;

pub(super) use suspect::is_name_like;

use super::find::Finds;
use super::kind::Kind;
use super::policy::Policy;
use super::token::Cut;

pub(super) fn find(cut: &Cut, policy: &Policy, finds: &mut Finds) {
    for tokens in announced::names(cut, policy) {
        finds.block(Kind::Person, cut.span(tokens));
    }
    if finds.blocks_only {
        return;
    }
    let language = suspect::Language::of(cut);
    let mut suspects: Vec<bool> =
        (0..cut.tokens.len()).map(|at| suspect::is_suspect(cut, policy, &language, at)).collect();
    join::spread(cut, policy, &mut suspects);
    let taken = finds.taken();
    let mut at = 0;
    while at < suspects.len() {
        if !suspects[at] {
            at += 1;
            continue;
        }
        let end = join::end(cut, &suspects, at);
        let span = cut.span(at..end);
        // A word already found as part of something else needs no second name.
        if !taken.hold(&span) {
            finds.ask(Kind::Person, span);
        }
        at = end;
    }
    if let Some(span) = language.strange {
        finds.ask(Kind::Other, span);
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{found, quiet};

    #[test]
    fn names_announced_block() {
        for (text, value) in [
            ("thanks to Mrs. Ødegård!", "Ødegård"),
            ("I saw dr katsha today", "katsha"),
            ("my name is rose and", "rose"),
            ("My name is Jo Grace Bloggs.", "Jo Grace Bloggs"),
            ("you can call me Kelli Kmiec.", "Kelli Kmiec"),
        ] {
            assert_eq!(found(text), [("PERSON", "block", value)], "{text}");
        }
    }

    #[test]
    fn names_ask() {
        for (text, value) in [
            ("Katy was so lovely", "Katy"),
            ("Mark was kind", "Mark"),
            ("Sharon brilliant throughout and always there", "Sharon"),
            ("and then Dawn helped me", "Dawn"),
            ("I spoke to greogry about it", "greogry"),
            ("it was JOANNE again", "JOANNE"),
            ("Maja S Hermansen", "Maja S Hermansen"),
            ("with Michelle scofield today", "Michelle scofield"),
            ("Tracey's help", "Tracey's"),
            ("a transfer to kiela martell in", "kiela martell"),
            ("Regards, Omonori", "Omonori"),
            ("The therapist (Amy) was", "Amy"),
            ("Anne-Marie helped", "Anne-Marie"),
        ] {
            assert_eq!(found(text), [("PERSON", "ask", value)], "{text}");
        }
    }

    #[test]
    fn ordinary_words_are_left_alone() {
        quiet(&[
            "Download as MS Word doc",
            "the dr was in",
            "a MS Word doc",
            "May I come in April?",
            "Hope this helps",
            "Will you call me back",
            "Felt very safe on the ward",
            "I recieved the apointment letter",
            "Mark my words",
            "We went on Friday",
            "The NHS is great",
            "Thank you",
            "",
        ]);
    }
}
