//! Vehicles: British plates of all ages, plates of other countries beside a cue, vehicle identification numbers (ISO 3779,
//! check digit of 49 CFR 565).

use super::cue::Cues;
use super::find::Finds;
use super::kind::{Kind, Level};
use super::shape::{Code, fits};
use super::token::{Case, Cut, Shape};

/// DVLA's shapes: since 2001, suffix and prefix years, dateless.
const BRITISH: [&str; 9] =
    ["AA99AAA", "AAA999A", "AAA99A", "AAA9A", "A999AAA", "A99AAA", "A9AAA", "AAA9999", "9999AAA"];

/// Other shapes in use: Germany, Italy and France, India, Nigeria, Turkey.
const OTHERS: [&str; 14] = [
    "AA999AA",
    "AA99AA9999",
    "AA99A9999",
    "AAA999AA",
    "99AAA999",
    "99AAA9999",
    "99AA999",
    "99AA9999",
    "99A9999",
    "AAAA9999",
    "AAA9999A",
    "AA9999",
    "A99AAA",
    "99A999",
];

/// Reports a code that a vehicle can have.
pub(super) fn judge(cut: &Cut, code: &Code, finds: &mut Finds) {
    if code.text.len() == 17 {
        identification(cut, code, finds);
    } else if (5..=10).contains(&code.text.len()) {
        plate(cut, code, finds);
    }
}

fn plate(cut: &Cut, code: &Code, finds: &mut Finds) {
    let cued = cut.is_cued(&code.tokens, Cues::VEHICLE);
    let current = fits(&code.text, BRITISH[0]);
    let british = current || BRITISH.iter().any(|shape| fits(&code.text, shape));
    let tokens = cut.tokens.get(code.tokens.clone()).unwrap_or_default();
    // Words in small letters are words: "was 23 and".
    let upper = tokens.iter().all(|token| {
        token.case == Case::Upper
            || token.shape != Shape::Word
            || token.len() == 1 && token.case == Case::Capital
    });
    let small = tokens.iter().any(|token| token.is_word() && token.known.ordinary() == 3 && token.len() > 1);
    let statute = code.text.contains("USC");
    let grouped = tokens.len() > 1 && (is_german(cut, code) || is_turkish(cut, code));
    if statute {
    } else if british && cued || current && upper {
        finds.block(Kind::Account, cut.span(code.tokens.clone()));
    } else if ((british || grouped) && (upper && !small || cut.is_alone(&code.tokens)))
        || (cued && OTHERS.iter().any(|shape| fits(&code.text, shape)))
    {
        let level = if cued { Level::Block } else { Level::Ask };
        finds.add(Kind::Account, level, cut.span(code.tokens.clone()));
    } else if upper && !small && tokens.len() > 1 && OTHERS.iter().any(|shape| fits(&code.text, shape)) {
        finds.ask(Kind::Account, cut.span(code.tokens.clone()));
    }
}

/// Lengths of the words and numbers of a code.
fn lengths(cut: &Cut, code: &Code) -> Vec<(Shape, usize)> {
    let tokens = cut.tokens.get(code.tokens.clone()).unwrap_or_default().iter();
    tokens.filter(|token| token.shape != Shape::Sign).map(|token| (token.shape, token.len())).collect()
}

/// M XY 999, MIL EF 1234E: town, letters, number; E and H mark kinds of car.
fn is_german(cut: &Cut, code: &Code) -> bool {
    match lengths(cut, code)[..] {
        [(Shape::Word, 1..=3), (Shape::Word, 1..=2), (Shape::Number, 1..=4)] => true,
        [(Shape::Word, 1..=3), (Shape::Word, 1..=2), (Shape::Mixed, 2..=5)] => {
            code.text.ends_with(['E', 'H'])
        }
        _ => false,
    }
}

/// 34 ABC 1234: province, letters, number.
fn is_turkish(cut: &Cut, code: &Code) -> bool {
    matches!(lengths(cut, code)[..], [(Shape::Number, 2), (Shape::Word, 1..=3), (Shape::Number, 2..=5)])
        && code.text.get(..2).is_some_and(|province| ("01"..="81").contains(&province))
}

/// 17 characters without I, O and Q; North American ones have a check digit in the ninth place.
fn identification(cut: &Cut, code: &Code, finds: &mut Finds) {
    const WEIGHTS: [u32; 17] = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
    const VALUES: [u32; 26] = [1, 2, 3, 4, 5, 6, 7, 8, 0, 1, 2, 3, 4, 5, 0, 7, 0, 9, 2, 3, 4, 5, 6, 7, 8, 9];
    let bytes = code.text.as_bytes();
    if code.tokens.len() > 1
        || bytes.iter().any(|byte| matches!(byte, b'I' | b'O' | b'Q'))
        || bytes[0].is_ascii_digit() && bytes.iter().all(u8::is_ascii_digit)
    {
        return;
    }
    let value = |byte: u8| {
        if byte.is_ascii_digit() { u32::from(byte - b'0') } else { VALUES[usize::from(byte - b'A')] }
    };
    let rest = bytes.iter().zip(WEIGHTS).map(|(byte, weight)| value(*byte) * weight).sum::<u32>() % 11;
    let valid = bytes[8] == if rest == 10 { b'X' } else { b'0' + u8::try_from(rest).unwrap_or(0) };
    let cued = cut.is_cued(&code.tokens, Cues::VEHICLE);
    finds.add(
        Kind::Account,
        if valid || cued { Level::Block } else { Level::Ask },
        cut.span(code.tokens.clone()),
    );
}

#[cfg(test)]
mod tests {
    use super::super::tests::{found, quiet};

    #[test]
    fn plates_and_chassis() {
        // 1M8GDM9AXKP042788 is the worked example of the US rule.
        for (text, level, value) in [
            ("AB51 ABC was there", "block", "AB51 ABC"),
            ("my reg is A123 BCD", "block", "A123 BCD"),
            ("plate APP-456CV", "block", "APP-456CV"),
            ("K1 ABC", "ask", "K1 ABC"),
            ("in 1M8GDM9AXKP042788", "block", "1M8GDM9AXKP042788"),
        ] {
            assert!(found(text).contains(&("ACCOUNT", level, value)), "{text}: {:?}", found(text));
        }
        quiet(&["he was 23 and", "the A4 was full"]);
    }
}
