//! Exact moments. A date alone passes; a day, a clock time and a branch, room or flight together tell a colleague which
//! customer it was: two different ones of the three in one sentence ask, when one of them is a place or a full date.

use std::ops::Range;

use super::cue::Cues;
use super::find::Finds;
use super::kind::Kind;
use super::policy::Policy;
use super::token::{Cut, Shape};

/// A date as written.
pub(super) struct Date {
    pub(super) tokens: Range<usize>,
    pub(super) has_day: bool,
    pub(super) has_year: bool,
}

/// How many tokens apart the two parts may stand.
const NEAR: usize = 24;

pub(super) fn find(cut: &Cut, _policy: &Policy, finds: &mut Finds) {
    let dates = dates(cut);
    let exact: Vec<&Date> = dates.iter().filter(|date| date.has_day).collect();
    let times: Vec<Range<usize>> = cut.digits.iter().filter_map(|at| clock(cut, *at)).collect();
    let places: Vec<usize> = cut.digits.iter().copied().filter(|at| is_place(cut, *at)).collect();
    for date in &exact {
        let time = nearest(&times, date.tokens.start, |time| time.start);
        if nearest(&places, date.tokens.start, |place| *place).is_some() || (date.has_year && time.is_some())
        {
            finds.ask(Kind::Other, cut.span(date.tokens.clone()));
            finds_time(cut, time, finds);
        }
    }
    for place in places {
        finds_time(cut, nearest(&times, place, |time| time.start), finds);
    }
}

/// The first of some things in order that stands near a token.
fn nearest<T>(things: &[T], token: usize, start: impl Fn(&T) -> usize) -> Option<&T> {
    let from = things.partition_point(|thing| start(thing) + NEAR <= token);
    things.get(from).filter(|thing| start(thing).abs_diff(token) < NEAR)
}

fn finds_time(cut: &Cut, time: Option<&Range<usize>>, finds: &mut Finds) {
    if let Some(time) = time {
        finds.ask(Kind::Other, cut.span(time.clone()));
    }
}

/// "room 14", "ward 7B", "flight BA123", "table 9".
fn is_place(cut: &Cut, at: usize) -> bool {
    cut.follows(at, Cues::PLACE) && cut.get(at).is_some_and(|token| token.len() <= 6)
}

/// 14:05, 2.30pm, 9am.
fn clock(cut: &Cut, at: usize) -> Option<Range<usize>> {
    let hour: u32 = cut.word(at).trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse().ok()?;
    let half = |word: &str| matches!(word.to_ascii_lowercase().as_str(), "am" | "pm" | "a.m" | "p.m");
    let ends = |at: usize| {
        let word = cut.word(at);
        let minutes =
            word.get(..2).is_some_and(|digits| digits.parse().is_ok_and(|minutes: u32| minutes < 60));
        minutes.then(|| if word.len() == 2 && half(cut.word(at + 1)) { at + 2 } else { at + 1 })
    };
    if hour > 23 {
        return None;
    }
    let joined = cut.is_sign(at + 1, ':')
        || (cut.is_sign(at + 1, '.') && {
            let end = ends(at + 2)?;
            end > at + 3 || half(cut.word(at + 2).get(2..).unwrap_or_default())
        });
    if joined {
        return ends(at + 2).map(|end| at..end);
    }
    let own = cut.word(at).trim_start_matches(|c: char| c.is_ascii_digit());
    if half(own) {
        return Some(at..at + 1);
    }
    half(cut.word(at + 1)).then_some(at..at + 2)
}

/// All dates of a text.
pub(super) fn dates(cut: &Cut) -> Vec<Date> {
    let mut dates: Vec<Date> = Vec::new();
    for at in &cut.digits {
        if dates.last().is_some_and(|date| date.tokens.end > *at) {
            continue;
        }
        dates.extend(numeric(cut, *at).or_else(|| worded(cut, *at)));
    }
    dates
}

fn value(cut: &Cut, at: usize) -> Option<(u32, usize)> {
    let token = cut.get(at).filter(|token| token.shape == Shape::Number)?;
    Some((cut.word(at).parse().ok()?, token.len()))
}

/// 21/05/1961, 1961-05-21.
fn numeric(cut: &Cut, at: usize) -> Option<Date> {
    let sign = |at: usize| matches!(cut.word(at), "/" | "-" | ".");
    if !(sign(at + 1) && sign(at + 3)) {
        return None;
    }
    let (first, second, third) = (value(cut, at)?, value(cut, at + 2)?, value(cut, at + 4)?);
    let year = |(number, length): (u32, usize)| length == 4 && (1850..2150).contains(&number) || length == 2;
    let day = |(number, length): (u32, usize)| length <= 2 && (1..=31).contains(&number);
    let months = |a: (u32, usize), b: (u32, usize)| day(a) && day(b) && (a.0 <= 12 || b.0 <= 12);
    let fits =
        (months(first, second) && year(third)) || (first.1 == 4 && year(first) && months(second, third));
    fits.then_some(Date { tokens: at..at + 5, has_day: true, has_year: true })
}

/// 3 May 1961, 3rd of May, May 3rd, 1961, May 1961.
fn worded(cut: &Cut, at: usize) -> Option<Date> {
    let month = |at: usize| cut.get(at).is_some_and(|token| token.known.cues.meets(Cues::MONTH));
    let year = |at: usize| {
        value(cut, at).is_some_and(|(number, length)| length == 4 && (1850..2150).contains(&number))
    };
    let digits = cut.word(at).trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let day = digits.parse().is_ok_and(|day: u32| (1..=31).contains(&day))
        && cut.word(at).len() - digits.len() <= 2;
    let behind = if matches!(cut.word(at + 1), "of" | "-") { at + 2 } else { at + 1 };
    if day && month(behind) {
        let next = if matches!(cut.word(behind + 1), "," | "." | "-") { behind + 2 } else { behind + 1 };
        let has_year = year(next);
        return Some(Date {
            tokens: at..if has_year { next + 1 } else { behind + 1 },
            has_day: true,
            has_year,
        });
    }
    let before = at.checked_sub(1)?;
    let before = if matches!(cut.word(before), "-" | "the" | ".") { before.checked_sub(1)? } else { before };
    if !month(before) {
        return None;
    }
    if year(at) {
        return Some(Date { tokens: before..at + 1, has_day: false, has_year: true });
    }
    let next = if cut.is_sign(at + 1, ',') { at + 2 } else { at + 1 };
    let has_year = year(next);
    day.then(|| Date { tokens: before..if has_year { next + 1 } else { at + 1 }, has_day: true, has_year })
}

#[cfg(test)]
mod tests {
    use super::super::tests::{found, quiet};

    #[test]
    fn a_day_and_a_place_ask() {
        assert_eq!(found("on 3 May in room 14"), [("OTHER", "ask", "3 May")]);
        assert_eq!(found("flight BA123 at 14:05"), [("OTHER", "ask", "14:05")]);
        assert_eq!(
            found("on 3 May 2024 at 2.30pm"),
            [("OTHER", "ask", "3 May 2024"), ("OTHER", "ask", "2.30pm")]
        );
        quiet(&["on 3 May", "open from 9am to 5pm", "in March 2024", "rated 3.5 on 12 May"]);
    }
}
