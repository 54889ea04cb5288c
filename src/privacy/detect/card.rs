//! Numbers of payment cards: 12 to 19 digits (ISO/IEC 7812), Luhn checksum; "card ending 4242"; IMEI numbers of phones, which
//! are 15 digits with the same checksum (3GPP TS 23.003).
//!
//! Issuer prefix and length block even when the checksum fails: one mistyped digit does not make a card number safe.

use super::cue::Cues;
use super::find::Finds;
use super::kind::Kind;
use super::number::{Digits, Run, is_amount, luhn};
use super::policy::Policy;
use super::token::Cut;

pub(super) fn find(cut: &Cut, _policy: &Policy, finds: &mut Finds) {
    for run in &cut.runs {
        let mut done = 0;
        for groups in run.stretches(cut, 12..20) {
            if groups.start >= done && !run.plus && judge(cut, run, groups.clone(), finds) {
                done = groups.end;
            }
        }
        ending(cut, run, finds);
    }
}

/// Reports a stretch that is a card, and says so.
fn judge(cut: &Cut, run: &Run, groups: std::ops::Range<usize>, finds: &mut Finds) -> bool {
    let tokens = run.tokens(groups.clone());
    let digits = run.digits(cut, groups);
    let (valid, issuer) = (luhn(&digits.digits), is_issuer(&digits));
    let (cued, device) = (cut.is_cued(&tokens, Cues::CARD), cut.is_cued(&tokens, Cues::DEVICE));
    let length = digits.digits.len();
    let grouped = is_grouped(&digits.groups);
    let span = cut.span(tokens.clone());
    if length == 15 && device && valid && !cued {
        finds.block(Kind::Account, span);
    } else if length == 12 {
        // Twelve digits are a card of few issuers and an order number of many shops.
        if !(grouped && (cued || valid && matches!(digits.digits.first(), Some(5 | 6)))) {
            return false;
        }
        finds.add(Kind::Card, if cued { super::Level::Block } else { super::Level::Ask }, span);
    } else if valid && cued || issuer && grouped {
        finds.block(Kind::Card, span);
    } else if grouped && (valid || cued) {
        finds.ask(Kind::Card, span);
    } else {
        return false;
    }
    !is_amount(cut, &tokens)
}

/// Prefixes of the large issuers with the lengths they use: Visa, Mastercard, American Express, Diners, Discover, JCB,
/// UnionPay, Maestro.
fn is_issuer(digits: &Digits) -> bool {
    let number = |count: usize| {
        digits.digits.iter().take(count).fold(0_u32, |sum, digit| sum * 10 + u32::from(*digit))
    };
    let length = digits.digits.len();
    match number(2) {
        40..=49 => matches!(length, 13 | 16 | 19),
        51..=55 => length == 16,
        22..=27 => length == 16 && (2221..=2720).contains(&number(4)),
        34 | 37 => length == 15,
        30 | 36 | 38 | 39 => (14..=19).contains(&length),
        35 => (16..=19).contains(&length) && (3528..=3589).contains(&number(4)),
        60 | 62 | 64 | 65 | 81 => (16..=19).contains(&length),
        50 | 56..=59 | 61 | 63 | 66..=69 => (13..=19).contains(&length),
        _ => false,
    }
}

/// One block, or the groups printed on cards.
fn is_grouped(groups: &[usize]) -> bool {
    match groups {
        [_] => true,
        [4, 6, 4 | 5] | [4, 4, 4] => true,
        [first @ .., last] => {
            first.iter().all(|length| *length == 4) && groups.len() >= 4 && (1..=4).contains(last)
        }
        [] => false,
    }
}

/// "card ending 4242", "Visa ending in 4242", "last four digits 4242".
fn ending(cut: &Cut, run: &Run, finds: &mut Finds) {
    for token in &run.groups {
        let four = cut.get(*token).is_some_and(|token| token.len() == 4);
        let before = token.saturating_sub(4)..*token;
        let ends = before.clone().any(|at| {
            matches!(
                cut.word(at).to_ascii_lowercase().as_str(),
                "ending" | "ends" | "ended" | "finishing" | "last"
            )
        });
        if four && ends && cut.is_cued(&(*token..token + 1), Cues::CARD | Cues::BANK | Cues::PHONE) {
            finds.ask(Kind::Card, cut.span(*token..token + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{found, quiet};

    #[test]
    fn cards_in_disguise() {
        for card in [
            "4012888888881881",
            "4012 8888 8888 1881",
            "4012\u{a0}8888\u{a0}8888\u{a0}1881",
            "4012–8888–8888–1881",
            "4012.8888.8888.1881",
            "3714 496353 98431",
            "4012 8888 8888 1882",
            "６０１１０００９９０１３９４２４",
            "401288**8888881881",
        ] {
            assert_eq!(found(&format!("it is {card} here")), [("CARD", "block", card)], "{card}");
        }
        assert_eq!(found("my card ending in 4242 failed"), [("CARD", "ask", "4242")]);
    }

    #[test]
    fn a_phone_is_known_by_its_imei() {
        assert_eq!(found("imei 490154203237518"), [("ACCOUNT", "block", "490154203237518")]);
    }

    #[test]
    fn four_digits_alone_are_nothing() {
        quiet(&["my card expired in 2024", "the meeting ending at 1730"]);
    }
}
