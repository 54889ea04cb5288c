//! Postcodes: British (Royal Mail's grammar and list of areas), ZIP+4, five digits behind a state or a cue, others beside
//! a cue.
//!
//! A full British postcode is some fifteen doors, so it blocks; a grammar that only fits asks.

use super::cue::Cues;
use super::find::Finds;
use super::kind::Kind;
use super::policy::Policy;
use super::shape::Code;
use super::token::{Case, Cut, Shape};

const AREAS: &str = " AB AL B BA BB BD BF BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY
    G GIR GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL
    OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR
    WS WV YO ZE ";

pub(super) fn find(cut: &Cut, _policy: &Policy, finds: &mut Finds) {
    for run in &cut.runs {
        for (at, token) in run.groups.iter().enumerate() {
            american(cut, &run.groups, at, *token, finds);
        }
    }
    if cut.cues.meets(Cues::POST) {
        cut.digits.iter().for_each(|at| cued(cut, *at, finds));
    }
}

/// Reports a code that is a British postcode.
pub(super) fn british(cut: &Cut, code: &Code, finds: &mut Finds) {
    let text = &code.text;
    if !(5..=7).contains(&text.len()) || code.tokens.len() > 3 || code.letters < 3 {
        return;
    }
    let (outward, inward) = text.split_at(text.len() - 3);
    let letters =
        |part: &str| part.bytes().all(|byte| byte.is_ascii_uppercase() && !b"CIKMOV".contains(&byte));
    let fits_inward = inward.as_bytes()[0].is_ascii_digit() && letters(&inward[1..]);
    let area = outward.trim_end_matches(|c: char| c.is_ascii_digit());
    let area = if area.len() > 2 && outward != "GIR" { &area[..area.len() - 1] } else { area };
    let area = area.trim_end_matches(|c: char| c.is_ascii_digit());
    let district = outward.get(area.len()..).unwrap_or_default();
    let fits_district = matches!(district.len(), 1 | 2)
        && district.as_bytes()[0].is_ascii_digit()
        && district.bytes().skip(1).all(|byte| byte.is_ascii_alphanumeric());
    let fits = fits_inward && (fits_district || outward == "GIR");
    if !fits || !AREAS.split_whitespace().any(|known| known == area) {
        return;
    }
    let mut tokens = cut.tokens.get(code.tokens.clone()).unwrap_or_default().iter();
    let upper = tokens.all(|token| token.case == Case::Upper || token.shape == Shape::Number);
    let span = cut.span(code.tokens.clone());
    if upper || cut.is_cued(&code.tokens, Cues::POST | Cues::LIVES) {
        finds.block(Kind::Postcode, span);
    } else {
        finds.ask(Kind::Postcode, span);
    }
}

/// 94107-1234 blocks, TX 75001 blocks, 75001 beside "zip" is left to `cued`.
fn american(cut: &Cut, groups: &[usize], at: usize, token: usize, finds: &mut Finds) {
    let length = |at: usize| groups.get(at).and_then(|token| cut.get(*token)).map(|token| token.len());
    if length(at) != Some(5) {
        return;
    }
    let joined = cut.is_sign(token + 1, '-')
        && length(at + 1) == Some(4)
        && cut.get(token + 2).is_some_and(|next| next.glued);
    let state = token.checked_sub(1).is_some_and(|before| {
        let word = cut.word(before);
        cut.follows(token, Cues::STATE)
            && (word.len() > 2 || word.bytes().all(|byte| byte.is_ascii_uppercase()))
    });
    // A number on a line of its own, or behind a town or country at the end of one.
    let line_end = cut.get(token + 1).is_none_or(|next| next.shape == Shape::Break);
    let town = token.checked_sub(1).and_then(|before| cut.get(before)).is_none_or(|before| {
        before.shape == Shape::Break
            || before.is_word() && before.case != Case::Lower && before.known.ordinary() == 0
    });
    if joined {
        finds.block(Kind::Postcode, cut.span(token..token + 3));
    } else if state {
        finds.block(Kind::Postcode, cut.span(token..token + 1));
    } else if line_end && town {
        finds.ask(Kind::Postcode, cut.span(token..token + 1));
    }
}

/// Any short code right beside "postcode" or "zip": "my zip code is 880".
fn cued(cut: &Cut, at: usize, finds: &mut Finds) {
    let near = at.saturating_sub(5)..at;
    let cue =
        near.rev().find(|before| cut.get(*before).is_some_and(|token| token.known.cues.meets(Cues::POST)));
    let fits = cut.get(at).is_some_and(|token| (3..=8).contains(&token.len()));
    if cue.is_some() && fits {
        finds.block(Kind::Postcode, cut.span(at..at + 1));
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{found, quiet};

    #[test]
    fn postcodes() {
        for (text, level, value) in [
            ("near SW1A 1AA now", "block", "SW1A 1AA"),
            ("EC1A1BB", "block", "EC1A1BB"),
            ("in bs1 5tr now", "ask", "bs1 5tr"),
            ("GIR 0AA", "block", "GIR 0AA"),
            ("to 94107-1234 now", "block", "94107-1234"),
            ("Austin TX 73301", "block", "73301"),
            ("my zip code is 880", "block", "880"),
        ] {
            assert!(found(text).contains(&("POSTCODE", level, value)), "{text}: {:?}", found(text));
        }
    }

    #[test]
    fn near_postcodes() {
        quiet(&["the M1 motorway", "on B2 level", "my 1A1 1AA"]);
    }
}
