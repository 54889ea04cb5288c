//! Street addresses: a number and a street ("14 Acacia Avenue"), a street and a number ("Hauptstraße 5"), parts of buildings
//! ("Apt. 12", "PO Box 7"), streets without numbers, and the lines of town, region and code that follow any of these.
//!
//! A street of two words or fewer with its number blocks when its kind is hardly anything else (road, avenue, Straße); the rest
//! asks. Words alone cannot say where a town ends; so an address takes in the capitalised words and numbers behind it.

use std::ops::Range;

use super::cue::Cues;
use super::find::Finds;
use super::kind::{Kind, Level};
use super::person::is_name_like;
use super::policy::Policy;
use super::token::{Case, Cut, Shape, Token};

/// Small words inside names of streets.
const PARTICLES: [&str; 24] = [
    "de", "des", "du", "la", "le", "les", "los", "las", "el", "del", "dei", "della", "di", "da", "do", "dos",
    "das", "van", "von", "der", "den", "en", "e", "of",
];

pub(super) fn find(cut: &Cut, policy: &Policy, finds: &mut Finds) {
    // Only a kind of street that is hardly anything else makes an address sure.
    if finds.blocks_only && !cut.cues.meets(Cues::SURE_STREET | Cues::STREET_ENDING) {
        return;
    }
    let mut done = 0;
    for at in 0..cut.tokens.len() {
        if at < done {
            continue;
        }
        let core = numbered(cut, policy, at)
            .or_else(|| unit(cut, at))
            .or_else(|| military(cut, at))
            .or_else(|| corner(cut, policy, at))
            .or_else(|| number_last(cut, policy, at))
            .or_else(|| unnumbered(cut, policy, at));
        if let Some((tokens, level)) = core {
            let whole = widen(cut, policy, tokens.clone(), done);
            done = whole.end;
            if level == Level::Block {
                finds.block(Kind::Address, cut.span(tokens.clone()));
            }
            // What a less sure one takes in may be sure by itself: "Flat 2, 14 Acacia Avenue".
            for (tokens, _) in (tokens.start + 1..whole.end).filter_map(|at| sure(cut, policy, at)) {
                finds.block(Kind::Address, cut.span(tokens));
            }
            finds.ask(Kind::Address, cut.span(whole));
        }
    }
}

/// An address that needs no look.
fn sure(cut: &Cut, policy: &Policy, at: usize) -> Option<(Range<usize>, Level)> {
    let is_sure = |(_, level): &(Range<usize>, Level)| *level == Level::Block;
    numbered(cut, policy, at).filter(is_sure).or_else(|| number_last(cut, policy, at).filter(is_sure))
}

/// Whether a word is said of a person and of no place.
fn is_title(cut: &Cut, at: usize) -> bool {
    ["Mr", "Mrs", "Ms", "Miss"].contains(&cut.word(at))
}

fn is_house(cut: &Cut, at: usize) -> bool {
    cut.get(at).is_some_and(|token| token.has_digits() && token.len() <= 5)
        && cut.word(at).starts_with(|c: char| c.is_ascii_digit())
}

/// Whether a word can be the name of a street: it has a capital, or no dictionary knows it.
fn is_named(cut: &Cut, policy: &Policy, at: usize) -> bool {
    let Some(token) = cut.get(at).filter(|token| token.is_word()) else { return false };
    let unusual = token.known.ordinary() == 0 && !policy.accepts(cut.word(at));
    (token.case != Case::Lower && token.len() > 1)
        || (unusual && token.len() > 2)
        || token.known.cues.meets(Cues::SURE_STREET)
}

fn is_street(cut: &Cut, at: usize) -> bool {
    let Some(token) = cut.get(at).filter(|token| token.is_word()) else { return false };
    let sure = token.known.cues.meets(Cues::SURE_STREET);
    sure || (token.known.cues.meets(Cues::STREET)
        && (token.case != Case::Lower || !cut.has_capitals || token.known.ordinary() == 0))
        || token.known.cues.meets(Cues::STREET_ENDING)
}

/// A kind of street that comes before its name.
fn is_prefix(cut: &Cut, at: usize) -> bool {
    let kind = cut.get(at).is_some_and(|token| token.known.cues.meets(Cues::STREET_PREFIX));
    kind && (cut.get(at + 1).is_some_and(|token| token.is_word() && token.len() > 1)
        || cut.is_sign(at + 1, '.'))
}

fn has_ending(cut: &Cut, at: usize) -> bool {
    cut.get(at).is_some_and(|token| token.known.cues.meets(Cues::STREET_ENDING))
}

/// 14 Acacia Avenue, 69 Av Sidi Lakhmi, 6889 ul. Jarzębinowa 5.
fn numbered(cut: &Cut, policy: &Policy, at: usize) -> Option<(Range<usize>, Level)> {
    if !is_house(cut, at)
        || cut.is_sign(at + 1, ':')
        || (at > 0 && matches!(cut.word(at - 1), "$" | "£" | "€" | "." | "/"))
        || (at > 0 && cut.is_sign(at - 1, ':') && cut.get(at).is_some_and(|token| token.glued))
    {
        return None;
    }
    let Names { end, street, sure, prefixed } = names_after(cut, policy, at);
    if prefixed && end > at + 2 {
        return Some((at..end, Level::Ask));
    }
    if let Some(street) = street {
        let named = (at + 1..street).any(|name| {
            cut.get(name).is_some_and(|token| {
                token.is_word() && (token.case != Case::Lower || token.known.ordinary() < 3)
            })
        });
        let level = if sure && named { Level::Block } else { Level::Ask };
        let measured = matches!(
            cut.word(at + 1),
            "star" | "hour" | "minute" | "mile" | "min" | "minutes" | "hours" | "miles"
        );
        let behind = if cut.is_sign(street + 1, '.') { street + 2 } else { street + 1 };
        let last = if is_house(cut, behind) { behind + 1 } else { street + 1 };
        return (!measured && (named || sure)).then_some((at..last, level));
    }
    // Without a kind of street, a name that no dictionary knows: "214 Pavlou Drandaki".
    let first = (at + 1..end).find(|name| cut.get(*name).is_some_and(Token::is_word))?;
    let strange = (first..end).any(|name| is_strange(cut, policy, name));
    let year = cut.word(at).len() == 4 && (cut.word(at).starts_with("19") || cut.word(at).starts_with("20"));
    let long = cut.get(first).is_some_and(|token| token.len() > 3)
        && cut.get(at).is_some_and(|token| token.shape == Shape::Number);
    (strange
        && long
        && !year
        && (!cut.has_capitals || cut.get(first).is_some_and(|token| token.case != Case::Lower)))
    .then_some((at..end, Level::Ask))
}

/// Words and numbers behind a house number that can be its street.
struct Names {
    end: usize,
    /// The last kind of street among them.
    street: Option<usize>,
    /// Whether one of the kinds is hardly anything else.
    sure: bool,
    /// Whether the kind comes first, as in "rue de Tanger".
    prefixed: bool,
}

fn names_after(cut: &Cut, policy: &Policy, at: usize) -> Names {
    let (mut end, mut street, mut names, mut sure) = (at + 1, None, 0, false);
    let prefixed = is_prefix(cut, at + 1) || is_house(cut, at + 1) && is_prefix(cut, at + 2);
    while end < at + 10 && names < 6 {
        let particle = PARTICLES.contains(&cut.word(end)) && end + 1 < at + 10;
        let sign = matches!(cut.word(end), "." | "'" | "-" | "/");
        if is_street(cut, end) && (names > 0 || street.is_some()) {
            street = Some(end);
            sure |= cut.get(end).is_some_and(|token| token.known.cues.meets(Cues::SURE_STREET));
        } else if may_name(cut, policy, end, prefixed) || (names == 0 && is_house(cut, end)) {
            names += usize::from(!is_house(cut, end));
        } else if names == 0 || !(particle || sign) {
            let strange = (at + 1..end).any(|name| is_strange(cut, policy, name));
            end += usize::from(is_house(cut, end) && street.is_none() && names > 0 && (prefixed || strange));
            break;
        }
        end += 1;
    }
    let ends = |at: usize| {
        cut.get(at)
            .is_some_and(|token| token.has_digits() || token.is_word() && !PARTICLES.contains(&cut.word(at)))
    };
    while end > at + 1 && !ends(end - 1) {
        end -= 1;
    }
    Names { end, street, sure, prefixed }
}

/// Whether a token can be a word of a street's name, or its kind at the front.
fn may_name(cut: &Cut, policy: &Policy, at: usize, prefixed: bool) -> bool {
    let inside = prefixed && PARTICLES.contains(&cut.word(at - 1)) && cut.get(at).is_some_and(Token::is_word);
    is_named(cut, policy, at) || is_street(cut, at) || is_prefix(cut, at) || inside
}

fn is_strange(cut: &Cut, policy: &Policy, at: usize) -> bool {
    cut.get(at).is_some_and(|token| {
        token.is_word()
            && token.known.ordinary() == 0
            && !token.known.cues.meets(Cues::MONTH | Cues::DAY)
            && token.case != Case::Upper
            && (!token.known.is_proper() || token.known.is_name())
            && token.len() > 3
            && !policy.accepts(cut.word(at))
            && (token.case != Case::Lower || is_name_like(token, cut.word(at)))
    })
}

/// Apt. 12, Suite 112, PO Box 7, PSC 0413, Box 8144.
fn unit(cut: &Cut, at: usize) -> Option<(Range<usize>, Level)> {
    let token = cut.get(at).filter(|token| token.known.cues.meets(Cues::UNIT))?;
    let number = if cut.is_sign(at + 1, '.') || cut.is_sign(at + 1, '#') { at + 2 } else { at + 1 };
    let fits = cut.get(number).is_some_and(|token| token.has_digits() && token.len() <= 5)
        && cut.word(number).starts_with(|c: char| c.is_ascii_digit());
    let inside = matches!(cut.word(at).to_ascii_lowercase().as_str(), "room" | "floor" | "box");
    let boxed = token.known.cues.meets(Cues::BOX)
        && at > 0
        && matches!(cut.word(at - 1).to_ascii_lowercase().as_str(), "po" | "o" | "." | ",");
    if !fits || (inside && !boxed) {
        return None;
    }
    let start = if boxed && at >= 1 && cut.word(at - 1).eq_ignore_ascii_case("po") { at - 1 } else { at };
    Some((start..number + 1, Level::Ask))
}

/// APO AA 42323, with the ship or unit on the line before.
fn military(cut: &Cut, at: usize) -> Option<(Range<usize>, Level)> {
    let post = ["APO", "FPO", "DPO"].iter().any(|post| cut.word(at).eq_ignore_ascii_case(post));
    if !post {
        return None;
    }
    let fits = cut.get(at + 2).is_some_and(|token| token.shape == Shape::Number && token.len() == 5);
    let mut start = at;
    while at - start < 4
        && start > 0
        && cut.get(start - 1).is_some_and(|token| {
            token.is_word() && (token.case != Case::Lower || !cut.has_capitals)
                || token.shape == Shape::Break && start == at
        })
    {
        start -= 1;
    }
    fits.then_some((start..at + 3, Level::Ask))
}

/// "the corner of Dalbraut 99 and Frederikke Coves".
fn corner(cut: &Cut, policy: &Policy, at: usize) -> Option<(Range<usize>, Level)> {
    if !(cut.word(at).eq_ignore_ascii_case("corner") && cut.word(at + 1) == "of") {
        return None;
    }
    let goes_on = |next: usize| {
        is_named(cut, policy, next)
            || is_house(cut, next)
            || is_street(cut, next)
            || matches!(cut.word(next), "and" | "." | "&")
    };
    let last = (at + 2..at + 16)
        .take_while(|next| goes_on(*next) || PARTICLES.contains(&cut.word(*next)))
        .filter(|next| cut.word(*next) != "and")
        .last()?;
    let named = (at + 2..=last).any(|next| is_named(cut, policy, next));
    let start = if at > 0 && cut.word(at - 1).eq_ignore_ascii_case("the") { at - 1 } else { at };
    named.then_some((start..last + 1, Level::Ask))
}

/// Hauptstraße 5, Via dei Fiorentini 17, Eyrarodda 66.
fn number_last(cut: &Cut, policy: &Policy, at: usize) -> Option<(Range<usize>, Level)> {
    if is_title(cut, at) || !is_named(cut, policy, at) && !is_street(cut, at) && !is_prefix(cut, at) {
        return None;
    }
    let mut end = at + 1;
    while end < at + 7 {
        let joins = matches!(cut.word(end), "." | "'") || PARTICLES.contains(&cut.word(end));
        let inside = is_prefix(cut, at)
            && PARTICLES.contains(&cut.word(end - 1))
            && cut.get(end).is_some_and(Token::is_word);
        if !(is_named(cut, policy, end) || joins || inside) {
            break;
        }
        end += 1;
    }
    if !is_house(cut, end) || cut.is_sign(end + 1, ':') || cut.is_sign(end + 1, '%') {
        return None;
    }
    let sure = (at..end).any(|name| has_ending(cut, name));
    // The number is that of the street behind it: "Hargreaves of 14 Acacia Avenue".
    if !sure && matches!(numbered(cut, policy, end), Some((_, Level::Block))) {
        return None;
    }
    let kind =
        (at..end).any(|name| is_street(cut, name) && cut.get(name).is_some_and(|token| token.len() > 1));
    let strange = (at..end).any(|name| is_strange(cut, policy, name));
    let year =
        cut.word(end).len() == 4 && (cut.word(end).starts_with("19") || cut.word(end).starts_with("20"));
    let cased = !cut.has_capitals || cut.get(at).is_some_and(|token| token.case != Case::Lower) || sure;
    let prefixed = is_prefix(cut, at);
    let fits = sure
        || prefixed && end > at + 1
        || ((kind || strange && cut.get(end).is_some_and(|token| token.len() > 1)) && cased && !year);
    fits.then(|| (at..end + 1, if sure { Level::Block } else { Level::Ask }))
}

/// Marina Fort Street: two capitalised words or more, the last a kind of street, inside a sentence.
fn unnumbered(cut: &Cut, policy: &Policy, at: usize) -> Option<(Range<usize>, Level)> {
    let lower = !cut.has_capitals;
    if !is_named(cut, policy, at) || cut.get(at).is_none_or(|token| token.case == Case::Lower && !lower) {
        return None;
    }
    let end = (at + 1..at + 5).find(|next| !(is_named(cut, policy, *next) || is_street(cut, *next)))?;
    let street = (at + 1..end).rev().find(|next| is_street(cut, *next))?;
    let sure = cut.get(street).is_some_and(|token| token.known.cues.meets(Cues::SURE_STREET));
    let strange = (at..street).any(|name| {
        is_strange(cut, policy, name)
            || cut.get(name).is_some_and(|token| token.known.is_name() && token.known.ordinary() < 3)
    });
    let lived = cut.is_cued(&(at..street + 1), Cues::LIVES);
    ((sure && strange) || (lived && (sure || strange))).then_some((at..street + 1, Level::Ask))
}

/// Numbers before an address, and the lines behind it: towns, regions, codes, countries.
fn widen(cut: &Cut, policy: &Policy, tokens: Range<usize>, floor: usize) -> Range<usize> {
    let Range { mut start, mut end } = tokens;
    while start > floor && is_house(cut, start - 1) {
        start -= 1;
    }
    let mut last = end;
    let mut breaks = 0;
    while end < cut.tokens.len() && end - last < 8 && breaks < 12 {
        let Some(token) = cut.get(end) else { break };
        match token.shape {
            Shape::Break => breaks += 1,
            Shape::Sign if matches!(cut.word(end), "," | "." | ">" | "?" | "(" | ")" | "-" | "/") => {}
            Shape::Sign if token.glued && !cut.word(end).is_ascii() => {}
            Shape::Sign => break,
            Shape::Word if is_title(cut, end) => break,
            Shape::Number | Shape::Mixed if token.len() <= 8 => last = end + 1,
            Shape::Number | Shape::Mixed => break,
            Shape::Word
                if is_named(cut, policy, end)
                    || token.known.cues.meets(Cues::UNIT)
                    || is_region(cut, end) =>
            {
                last = end + 1;
            }
            // The rest of a short line in a text without capitals is a town.
            Shape::Word if !cut.has_capitals && breaks > 0 && is_short_line(cut, end) => last = end + 1,
            Shape::Word
                if matches!(cut.word(end), "and" | "of" | "de" | "la" | "el" | "del")
                    && is_named(cut, policy, end + 1) => {}
            Shape::Word => break,
        }
        // A sentence ends at a full stop before a capital, unless a number or a short line is all there was.
        if cut.is_sign(end, '.')
            && breaks == 0
            && cut.get(end + 1).is_some_and(|next| !next.glued && next.is_word())
            && end == last
            && !cut.get(end - 1).is_some_and(|token| token.known.cues.meets(Cues::STREET | Cues::UNIT))
        {
            break;
        }
        end += 1;
    }
    start..last
}

/// Whether a token stands in a line of four tokens or fewer.
fn is_short_line(cut: &Cut, at: usize) -> bool {
    let is_break = |at: &usize| cut.get(*at).is_none_or(|token| token.shape == Shape::Break);
    let start = (at.saturating_sub(5)..at).rev().find(is_break).map_or(0, |before| before + 1);
    let end = (at..at + 6).find(is_break).unwrap_or(at + 6);
    (start > 0 || at < 5) && end - start <= 4
}

/// `CO`, `ON`, `nan`: two or three letters between signs or lines.
fn is_region(cut: &Cut, at: usize) -> bool {
    cut.get(at).is_some_and(|token| token.len() <= 3)
        && cut.get(at + 1).is_some_and(|next| next.shape == Shape::Number || next.shape == Shape::Break)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{found, quiet};

    #[test]
    fn streets_and_numbers() {
        for (text, level, value) in [
            ("at 14 Acacia Avenue.", "block", "14 Acacia Avenue"),
            ("at 90 whitchurch road today", "block", "90 whitchurch road"),
            ("Address: 14 Acacia Avenue", "block", "14 Acacia Avenue"),
            ("in der Musterstraße 5", "block", "Musterstraße 5"),
            ("to PO Box 712 please", "ask", "PO Box 712"),
            ("in flat 3b upstairs", "ask", "flat 3b"),
            ("I live on Marina Fort Street", "ask", "Marina Fort Street"),
        ] {
            assert!(found(text).contains(&("ADDRESS", level, value)), "{text}: {:?}", found(text));
        }
    }

    #[test]
    fn what_stands_around_a_sure_one_makes_it_no_less_sure() {
        for before in
            ["Hargreaves of ", "Mrs Hargreaves of ", "Flat 2, Hargreaves, ", "PO Box 12, Leverton, "]
        {
            for (street, behind) in
                [("14 Acacia Avenue", ""), ("14 Acacia Avenue", ", Mr Smith"), ("Musterstraße 5", "")]
            {
                let text = format!("Spoke to {before}{street}{behind}.");
                let sure = found(&text)
                    .into_iter()
                    .filter(|(kind, level, _)| (*kind, *level) == ("ADDRESS", "block"));
                let sure: Vec<&str> = sure.map(|(_, _, value)| value).collect();
                assert!(sure.len() == 1 && sure[0].ends_with(street), "{text}: {:?}", found(&text));
                assert!(
                    !found(&text).iter().any(|(_, _, value)| ["Mr", "Mrs", "of"].contains(value)),
                    "{text}"
                );
            }
        }
    }

    #[test]
    fn what_only_looks_like_one() {
        quiet(&[
            "a 5 star drive",
            "24 hour close",
            "in 45 minutes",
            "the high street shops",
            "room 14",
            "we have 3 lanes",
            "5 Days Later",
        ]);
    }
}
