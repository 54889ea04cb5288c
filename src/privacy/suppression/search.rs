//! Looking for one completion in integers, within bounds.

use super::bounds;
use super::knowledge::Span;
use super::system::{Narrowed, System, narrow};

/// What a search came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Found {
    /// These numbers fulfil everything.
    Numbers(Vec<i64>),
    /// There are none.
    Nothing,
    /// It was given up.
    Unknown,
}

/// Values that are tried for one cell, those nearest the truth first.
const TRIED: i64 = 32;

/// A completion in which the cell at `place` is `value`.
pub(super) fn complete(system: &System, spans: &[Span], place: usize, value: i64, nodes: &mut u32) -> Found {
    if system.cells.len() > bounds::SEARCHED {
        return Found::Unknown;
    }
    let mut spans = spans.to_vec();
    spans[place] = Span { lo: value, hi: value };
    descend(system, spans, nodes)
}

/// Each level fixes one more cell, so it is at most [`bounds::SEARCHED`] deep.
fn descend(system: &System, mut spans: Vec<Span>, nodes: &mut u32) -> Found {
    if *nodes == 0 {
        return Found::Unknown;
    }
    *nodes -= 1;
    if narrow(&system.rows, &mut spans) == Narrowed::Empty {
        return Found::Nothing;
    }
    let open = spans.iter().enumerate().filter(|(_, span)| span.lo < span.hi);
    let Some((place, span)) = open.min_by_key(|(_, span)| span.width()).map(|(place, span)| (place, *span))
    else {
        let numbers: Vec<i64> = spans.iter().map(|span| span.lo).collect();
        return if system.admits(&numbers, &spans) { Found::Numbers(numbers) } else { Found::Nothing };
    };
    let nearest = system.truth[place].clamp(span.lo, span.hi);
    let mut given_up = span.width() > TRIED;
    let from = (nearest - TRIED / 2).max(span.lo);
    let mut values: Vec<i64> = (from..=(from + TRIED).min(span.hi)).collect();
    values.sort_by_key(|value| (value - nearest).abs());
    for value in values {
        let mut fixed = spans.clone();
        fixed[place] = Span { lo: value, hi: value };
        match descend(system, fixed, nodes) {
            Found::Nothing => {}
            Found::Unknown => given_up = true,
            found => return found,
        }
        if *nodes == 0 {
            return Found::Unknown;
        }
    }
    if given_up { Found::Unknown } else { Found::Nothing }
}
