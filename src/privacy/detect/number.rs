//! Runs of digits as people write long numbers: `0117 496-0123`, `(020) 7946.0000`, `4111 1111 1111 1111`.

use std::ops::Range;

use super::token::{Cut, Shape};

/// A run: groups of digits with blanks and signs between them, on one line.
#[derive(Debug)]
pub(super) struct Run {
    /// Tokens of the groups, in order.
    pub(super) groups: Vec<usize>,
    /// Whether a plus sign stands before it.
    pub(super) plus: bool,
}

/// The digits of some groups.
#[derive(Debug, Default, Clone)]
pub(super) struct Digits {
    pub(super) digits: Vec<u8>,
    /// How many digits each group has.
    pub(super) groups: Vec<usize>,
}

/// Longest run that is looked at as one number.
const MOST_GROUPS: usize = 10;

impl Run {
    /// Tokens from the first to the last of some groups.
    pub(super) fn tokens(&self, groups: Range<usize>) -> Range<usize> {
        let first = self.groups.get(groups.start).copied().unwrap_or(0);
        first..groups.end.checked_sub(1).and_then(|last| self.groups.get(last)).map_or(first, |last| last + 1)
    }

    /// The digits of some groups.
    pub(super) fn digits(&self, cut: &Cut, groups: Range<usize>) -> Digits {
        let mut all = Digits::default();
        for token in self.groups.get(groups).unwrap_or_default() {
            let word = cut.word(*token).as_bytes();
            all.digits.extend(word.iter().map(|byte| byte.wrapping_sub(b'0')));
            all.groups.push(word.len());
        }
        all
    }

    /// Every stretch of groups with so many digits, the longest first from each start.
    pub(super) fn stretches(&self, cut: &Cut, digits: Range<usize>) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        let long = |at: &usize| cut.get(*at).map_or(0, |token| token.len());
        if self.groups.iter().map(long).sum::<usize>() < digits.start {
            return found;
        }
        for start in 0..self.groups.len() {
            let (mut sum, mut here) = (0, Vec::new());
            for end in start..self.groups.len().min(start + MOST_GROUPS) {
                sum += self.groups.get(end).and_then(|token| cut.get(*token)).map_or(0, |token| token.len());
                if sum >= digits.end {
                    break;
                }
                if sum >= digits.start {
                    here.push(start..end + 1);
                }
            }
            found.extend(here.into_iter().rev());
        }
        found
    }
}

/// All runs of a text.
pub(super) fn runs(cut: &Cut) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for at in
        cut.digits.iter().copied().filter(|at| cut.get(*at).is_some_and(|token| token.shape == Shape::Number))
    {
        let last = runs.last().and_then(|run| run.groups.last()).copied();
        match (last, runs.last_mut()) {
            (Some(last), Some(run)) if joins(cut, last, at) => run.groups.push(at),
            _ => {
                let plus = (1..=2).any(|back| at >= back && cut.is_sign(at - back, '+'));
                runs.push(Run { groups: vec![at], plus });
            }
        }
    }
    runs
}

/// Whether nothing but up to three joining signs stands between two groups.
fn joins(cut: &Cut, last: usize, at: usize) -> bool {
    let Some(between) = cut.tokens.get(last + 1..at) else { return false };
    between.len() <= 3
        && (last + 1..at).all(|sign| matches!(cut.word(sign), "-" | "." | "/" | "(" | ")"))
        && {
            let (end, start) = (cut.tokens[last].end(), cut.tokens[at].start());
            start - end <= between.len() + 3
        }
}

/// The Luhn sum of ISO/IEC 7812: from the right, every second digit doubled, its digits added; all in all a multiple of ten.
pub(super) fn luhn(digits: &[u8]) -> bool {
    let doubled = |digit: u8| if digit > 4 { digit * 2 - 9 } else { digit * 2 };
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(at, digit)| u32::from(if at % 2 == 1 { doubled(*digit) } else { *digit }))
        .sum();
    !digits.is_empty() && sum.is_multiple_of(10) && digits.iter().any(|digit| *digit != 0)
}

/// A weighted sum.
pub(super) fn weighted(digits: &[u8], weights: &[u32]) -> u32 {
    digits.iter().zip(weights).map(|(digit, weight)| u32::from(*digit) * weight).sum()
}

/// Whether a stretch reads as a date: 21/5/2021, 2021-05-21, 21.5.21.
pub(super) fn is_date(digits: &Digits) -> bool {
    let mut values = [0_u32; 3];
    let mut at = 0;
    let [a, b, c] = digits.groups[..] else { return false };
    for (value, length) in values.iter_mut().zip([a, b, c]) {
        let group = digits.digits.get(at..at + length).unwrap_or_default();
        *value =
            group.iter().fold(0, |sum: u32, digit| sum.saturating_mul(10).saturating_add(u32::from(*digit)));
        at += length;
    }
    let day = |value: u32, length: usize| (1..=31).contains(&value) && length <= 2;
    let year = |value: u32, length: usize| (1850..=2150).contains(&value) && length == 4 || length == 2;
    let day_month = |x: u32, y: u32| x <= 12 || y <= 12;
    let [x, y, z] = values;
    (day(x, a) && day(y, b) && year(z, c) && day_month(x, y))
        || (c <= 2 && year(x, a) && a == 4 && day(y, b) && day(z, c) && day_month(y, z))
}

/// Whether a run is an amount of money or a share: a currency sign or word beside it, or a per cent sign behind it.
pub(super) fn is_amount(cut: &Cut, tokens: &Range<usize>) -> bool {
    let sign = |at: usize| {
        matches!(
            cut.word(at),
            "$" | "£" | "€" | "¥" | "%" | "USD" | "EUR" | "GBP" | "pounds" | "dollars" | "euros"
        )
    };
    tokens.start.checked_sub(1).is_some_and(sign) || sign(tokens.end)
}

#[cfg(test)]
mod tests {
    use super::super::lexicon::Lexicon;
    use super::*;

    #[test]
    fn runs_join_over_signs_and_end_at_words() {
        let cut = Cut::new("call (0117) 496-0123 or 12 and 4111  1111\n2222", &mut Lexicon::new());
        let runs: Vec<Vec<u8>> =
            runs(&cut).iter().map(|run| run.digits(&cut, 0..run.groups.len()).digits).collect();
        assert_eq!(
            runs,
            [vec![0, 1, 1, 7, 4, 9, 6, 0, 1, 2, 3], vec![1, 2], vec![4, 1, 1, 1, 1, 1, 1, 1], vec![2; 4]]
        );
    }

    #[test]
    fn luhn_by_hand() {
        // 79927398713, the worked example of the standard's literature: 3+2+7+6+9+9+4+9+4+9+5... is 70.
        let digits = |text: &str| text.bytes().map(|byte| byte - b'0').collect::<Vec<u8>>();
        assert!(luhn(&digits("79927398713")) && luhn(&digits("4012888888881881")));
        assert!(!luhn(&digits("79927398710")) && !luhn(&digits("0000000000000000")));
    }

    #[test]
    fn dates_are_known() {
        let date = |digits: &str, groups: &[usize]| {
            is_date(&Digits {
                digits: digits.bytes().map(|byte| byte - b'0').collect(),
                groups: groups.to_vec(),
            })
        };
        assert!(date("2152021", &[2, 1, 4]) && date("20210521", &[4, 2, 2]) && date("21521", &[2, 1, 2]));
        assert!(!date("99992021", &[2, 2, 4]) && !date("078051120", &[3, 2, 4]));
    }
}
