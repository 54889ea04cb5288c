//! Dates of birth: a full date beside "born", "birthday", "date of birth". Ages over 89, which few reach (HIPAA, 45 CFR
//! 164.514). A month and a year pass.

use super::cue::Cues;
use super::find::Finds;
use super::kind::Kind;
use super::moment::dates;
use super::policy::Policy;
use super::token::{Cut, Shape};

pub(super) fn find(cut: &Cut, _policy: &Policy, finds: &mut Finds) {
    if cut.cues.meets(Cues::BIRTH) {
        for date in dates(cut).into_iter().filter(|date| date.has_day) {
            if cut.is_cued(&date.tokens, Cues::BIRTH) {
                let span = cut.span(date.tokens);
                if date.has_year {
                    finds.block(Kind::DateOfBirth, span);
                } else {
                    finds.ask(Kind::DateOfBirth, span);
                }
            }
        }
    }
    // An age is never sure.
    if !finds.blocks_only {
        cut.digits.iter().for_each(|at| age(cut, *at, finds));
    }
}

/// "aged 93", "93 years old", "93-year-old", "I am 93".
fn age(cut: &Cut, at: usize, finds: &mut Finds) {
    let number: u32 = cut.word(at).parse().unwrap_or(0);
    let fits = (90..=120).contains(&number) && cut.get(at).is_some_and(|token| token.shape == Shape::Number);
    if !fits {
        return;
    }
    let before = at.checked_sub(1).map(|before| cut.word(before).to_ascii_lowercase()).unwrap_or_default();
    let behind: Vec<String> =
        (at + 1..at + 6).map(|next| cut.word(next).to_ascii_lowercase()).filter(|word| word != "-").collect();
    let years = matches!(behind.first().map(String::as_str), Some("year" | "years" | "yr" | "yrs" | "yo"))
        && behind.get(1).is_some_and(|word| matches!(word.as_str(), "old" | "young"));
    if matches!(before.as_str(), "aged" | "age" | "turned" | "turning") || years {
        finds.ask(Kind::DateOfBirth, cut.span(at..at + 1));
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{found, quiet};

    #[test]
    fn births_and_rare_ages() {
        for (text, level, value) in [
            ("born 21/05/1961", "block", "21/05/1961"),
            ("my date of birth is 3 May 1961.", "block", "3 May 1961"),
            ("dob: May 3rd, 1961", "block", "May 3rd, 1961"),
            ("her birthday is 3 May", "ask", "3 May"),
            ("she is 93 years old", "ask", "93"),
        ] {
            assert_eq!(found(text), [("DATE_OF_BIRTH", level, value)], "{text}");
        }
        quiet(&["born in May 1961", "I waited 93 minutes", "aged 45", "released on 21/05/2021"]);
    }
}
