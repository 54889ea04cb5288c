//! Checksums and rules of personal numbers, each with where it stands.

use super::super::number;
use super::super::shape::{Code, digits};
use super::super::token::Cut;
use super::Verdict;

fn sum(passes: bool) -> Verdict {
    if passes { Verdict::Sure } else { Verdict::Wrong }
}

/// Area not 000 or 666, no group of zeros. Nine digits in one block are a shape only. Areas from 900 are taxpayer numbers
/// when the group says so.
pub(super) fn social_security(code: &Code, cut: &Cut) -> Verdict {
    let number: Vec<u32> = [(0, 3), (3, 5), (5, 9)]
        .iter()
        .map(|(from, to)| code.text[*from..*to].parse().unwrap_or(0))
        .collect();
    let [area, group, serial] = number[..] else { return Verdict::No };
    let taxpayer = matches!(group, 50..=65 | 70..=88 | 90..=92 | 94..=99);
    let possible = area != 0 && area != 666 && (area < 900 || taxpayer) && group != 0 && serial != 0;
    let lengths: Vec<usize> =
        code.tokens.clone().map(|at| cut.word(at)).filter(|word| word.len() > 1).map(str::len).collect();
    match (possible, lengths == [3, 2, 4]) {
        (true, true) => Verdict::Sure,
        (true, false) => Verdict::Shape,
        (false, true) => Verdict::Wrong,
        (false, false) => Verdict::No,
    }
}

/// Some prefixes are never given out; the last letter is A to D.
pub(super) fn national_insurance(code: &Code, _: &Cut) -> Verdict {
    let bytes = code.text.as_bytes();
    let (prefix, last) = (&code.text[..2], bytes[8]);
    let banned = ["BG", "GB", "NK", "KN", "TN", "NT", "ZZ"].contains(&prefix)
        || prefix.contains(['D', 'F', 'I', 'Q', 'U', 'V'])
        || bytes[1] == b'O';
    match (banned, (b'A'..=b'D').contains(&last)) {
        (false, true) => Verdict::Sure,
        (true, true) => Verdict::Wrong,
        _ => Verdict::Shape,
    }
}

/// Weights 10 to 2; the check digit is 11 minus the rest, 11 is 0, 10 is never given out. Ten digits in one block could be
/// anything, a telephone number above all.
pub(super) fn nhs(code: &Code, cut: &Cut) -> Verdict {
    let all = digits(&code.text);
    let check = 11 - number::weighted(&all, &[10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11;
    let valid = check % 11 == u32::from(all[9]) && check != 10;
    let lengths: Vec<usize> =
        code.tokens.clone().map(|at| cut.word(at)).filter(|word| word.len() > 1).map(str::len).collect();
    match (valid, lengths == [3, 3, 4]) {
        (true, true) => Verdict::Sure,
        (true, false) => Verdict::Shape,
        (false, true) if cut.is_cued(&code.tokens, super::Cues::HEALTH) => Verdict::Wrong,
        (false, _) => Verdict::No,
    }
}

/// The letters S, L, O, I, B and Z are not used.
pub(super) fn medicare(code: &Code, _: &Cut) -> Verdict {
    let allowed = !code.text.contains(['S', 'L', 'O', 'I', 'B', 'Z']) && !code.text.starts_with('0');
    if allowed { Verdict::Sure } else { Verdict::Shape }
}

pub(super) fn provider(code: &Code, _: &Cut) -> Verdict {
    let mut all = vec![8, 0, 8, 4, 0];
    all.extend(digits(&code.text));
    sum(number::luhn(&all))
}

/// First, third and fifth digit, and twice the others, end in the seventh.
pub(super) fn drug_enforcement(code: &Code, _: &Cut) -> Verdict {
    let all = digits(&code.text);
    if number::weighted(&all, &[1, 2, 1, 2, 1, 2]) % 10 == u32::from(all[6]) {
        Verdict::Sure
    } else {
        Verdict::No
    }
}

/// The letters of the name come first, then a date of birth whose month may have 50 added.
pub(super) fn driving_licence(code: &Code, _: &Cut) -> Verdict {
    let name = code.text[..5].trim_end_matches('9').bytes().all(|byte| byte.is_ascii_uppercase());
    let part = |from: usize| code.text[from..from + 2].parse().unwrap_or(99_u32);
    let born = (1..=12).contains(&(part(6) % 50)) && (1..=31).contains(&part(8));
    match (name, born) {
        (true, true) => Verdict::Sure,
        (true, false) => Verdict::Wrong,
        _ => Verdict::No,
    }
}

pub(super) fn luhn(code: &Code, _: &Cut) -> Verdict {
    sum(number::luhn(&digits(&code.text)))
}

/// Australian Taxation Office: weights 1 4 3 7 5 8 6 9 10, modulo 11.
pub(super) fn australian_tax(code: &Code, _: &Cut) -> Verdict {
    sum(number::weighted(&digits(&code.text), &[1, 4, 3, 7, 5, 8, 6, 9, 10]).is_multiple_of(11))
}

/// CPF: two check digits, weights from 10 and from 11 down, times ten, modulo 11.
pub(super) fn brazilian(code: &Code, _: &Cut) -> Verdict {
    let all = digits(&code.text);
    let check = |count: usize| {
        let weights: Vec<u32> = (2..=11).rev().skip(10 - count).collect();
        number::weighted(&all, &weights[..count]) * 10 % 11 % 10 == u32::from(all[count])
    };
    sum(check(9) && check(10) && all.iter().any(|digit| *digit != all[0]))
}

/// Digital and Population Data Services Agency: date and serial modulo 31 choose a letter; a letter or sign is the century.
pub(super) fn finnish(code: &Code, _: &Cut) -> Verdict {
    if !code.text[6..7].bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return Verdict::No;
    }
    finnish_letter(&[&code.text[..6], &code.text[7..10]].concat(), &code.text[10..])
}

/// The century written as a dash.
pub(super) fn finnish_without_sign(code: &Code, _: &Cut) -> Verdict {
    finnish_letter(&code.text[..9], &code.text[9..])
}

fn finnish_letter(number: &str, letter: &str) -> Verdict {
    let at = number.parse().unwrap_or(0_usize) % 31;
    sum("0123456789ABCDEFHJKLMNPRSTUVWXY".get(at..=at) == Some(letter))
}

/// INSEE: 97 minus the first thirteen digits modulo 97.
pub(super) fn french(code: &Code, _: &Cut) -> Verdict {
    let body: u64 = code.text[..13].parse().unwrap_or(0);
    sum(97 - body % 97 == code.text[13..].parse().unwrap_or(0)
        && code.text.starts_with(['1', '2', '3', '4', '7', '8']))
}

/// ISO 7064 mod 11, 10.
pub(super) fn german_tax(code: &Code, _: &Cut) -> Verdict {
    let all = digits(&code.text);
    let product = all[..10].iter().fold(10, |product, digit| {
        let rest = match (u32::from(*digit) + product) % 10 {
            0 => 10,
            rest => rest,
        };
        rest * 2 % 11
    });
    sum((11 - product) % 10 == u32::from(all[10]) && all[0] != 0)
}

/// Verhoeff 1969: multiplication in the dihedral group of ten elements after a permutation by place.
pub(super) fn verhoeff(code: &Code, _: &Cut) -> Verdict {
    const PERMUTED: [usize; 10] = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
    let multiply = |a: usize, b: usize| match (a < 5, b < 5) {
        (true, true) => (a + b) % 5,
        (true, false) => (a + b - 5) % 5 + 5,
        (false, true) => (a - 5 + 5 - b) % 5 + 5,
        (false, false) => (a + 5 - b) % 5,
    };
    let all = digits(&code.text);
    let rest = all.iter().rev().enumerate().fold(0, |sum, (place, digit)| {
        let permuted = (0..place % 8).fold(usize::from(*digit), |digit, _| PERMUTED[digit]);
        multiply(sum, permuted)
    });
    sum(rest == 0 && all[0] > 1)
}

/// Agenzia delle Entrate: odd places by a table, even places by value, modulo 26.
pub(super) fn italian(code: &Code, _: &Cut) -> Verdict {
    const ODD: [u32; 26] =
        [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
    let value = |byte: u8| usize::from(if byte.is_ascii_digit() { byte - b'0' } else { byte - b'A' });
    let total: u32 = code.text.as_bytes()[..15]
        .iter()
        .enumerate()
        .map(
            |(at, byte)| {
                if at % 2 == 0 { ODD[value(*byte)] } else { u32::try_from(value(*byte)).unwrap_or(0) }
            },
        )
        .sum();
    sum(total % 26 == u32::from(code.text.as_bytes()[15] - b'A'))
}

/// BSN: weights 9 to 2, then minus 1, modulo 11.
pub(super) fn dutch(code: &Code, _: &Cut) -> Verdict {
    let all = digits(&code.text);
    let total = number::weighted(&all, &[9, 8, 7, 6, 5, 4, 3, 2]);
    sum(total % 11 == u32::from(all[8]) && total > 0)
}

/// PESEL: weights 1 3 7 9, modulo 10.
pub(super) fn polish(code: &Code, _: &Cut) -> Verdict {
    sum(number::weighted(&digits(&code.text), &[1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]).is_multiple_of(10))
}

/// Ministerio del Interior: the number modulo 23 chooses a letter; foreigners' X, Y, Z stand for 0, 1, 2.
pub(super) fn spanish(code: &Code, _: &Cut) -> Verdict {
    let body = code.text[..8].replacen('X', "0", 1).replacen('Y', "1", 1).replacen('Z', "2", 1);
    let Ok(at) = body.parse::<usize>().map(|number| number % 23) else { return Verdict::No };
    sum("TRWAGMYFPDXBNJZSQVHLCKE".get(at..=at) == Some(&code.text[8..]))
}

/// Skatteverket: Luhn over the last ten digits; the first six are a date.
pub(super) fn swedish(code: &Code, _: &Cut) -> Verdict {
    let all = digits(&code.text);
    let ten = &all[all.len() - 10..];
    let month = ten[2] * 10 + ten[3];
    let day = ten[4] * 10 + ten[5];
    if !(1..=12).contains(&month) || !(1..=91).contains(&day) {
        return Verdict::No;
    }
    sum(number::luhn(ten))
}
