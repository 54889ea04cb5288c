//! What detectors report, and how overlapping reports become one list.

use std::ops::Range;

use super::kind::{Kind, Level};

/// One report: bytes of the normalised text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Find {
    pub(super) span: Range<usize>,
    pub(super) kind: Kind,
    pub(super) level: Level,
}

/// Spans in order that do not overlap.
pub(super) struct Taken(Vec<Range<usize>>);

impl Taken {
    /// Whether a span lies within one of them.
    pub(super) fn hold(&self, span: &Range<usize>) -> bool {
        let after = self.0.partition_point(|taken| taken.start <= span.start);
        after.checked_sub(1).and_then(|at| self.0.get(at)).is_some_and(|taken| span.end <= taken.end)
    }
}

/// The reports of all detectors on one text.
#[derive(Debug, Default)]
pub(super) struct Finds {
    pub(super) list: Vec<Find>,
    /// Whether only what blocks is wanted.
    pub(super) blocks_only: bool,
}

impl Finds {
    pub(super) fn block(&mut self, kind: Kind, span: Range<usize>) {
        self.add(kind, Level::Block, span);
    }

    pub(super) fn ask(&mut self, kind: Kind, span: Range<usize>) {
        self.add(kind, Level::Ask, span);
    }

    pub(super) fn add(&mut self, kind: Kind, level: Level, span: Range<usize>) {
        let wanted = level == Level::Block || !self.blocks_only;
        if wanted && !span.is_empty() {
            self.list.push(Find { span, kind, level });
        }
    }

    /// Where something was reported so far.
    pub(super) fn taken(&self) -> Taken {
        let mut spans: Vec<Range<usize>> = self.list.iter().map(|find| find.span.clone()).collect();
        spans.sort_by_key(|span| (span.start, span.end));
        let mut merged: Vec<Range<usize>> = Vec::new();
        for span in spans {
            match merged.last_mut() {
                Some(last) if span.start < last.end => last.end = last.end.max(span.end),
                _ => merged.push(span),
            }
        }
        Taken(merged)
    }

    /// One list in the order of the text, without overlaps. The surer find wins, then the longer, then the earlier, then the
    /// one whose kind comes first; what sticks out of a loser stays a find of its own, so nothing found is ever uncovered.
    pub(super) fn resolve(mut self, text: &str) -> Vec<Find> {
        self.list.sort_by(|a, b| {
            let length = |find: &Find| find.span.len();
            (b.level, length(b), a.span.start, rank(a.kind)).cmp(&(
                a.level,
                length(a),
                b.span.start,
                rank(b.kind),
            ))
        });
        self.list.dedup();
        let mut kept = Kept::default();
        for find in self.list {
            for rest in kept.free(&find.span) {
                let trimmed = if rest == find.span { rest } else { trim(text, rest) };
                if !trimmed.is_empty() {
                    kept.insert(Find { span: trimmed, kind: find.kind, level: find.level });
                }
            }
        }
        kept.0.into_values().collect()
    }
}

/// Which kind a span is when two claim it alike: one with a checksum before one with a shape.
fn rank(kind: Kind) -> (u8, Kind) {
    let weak = match kind {
        Kind::Phone => 1,
        Kind::Account => 2,
        Kind::Other => 3,
        _ => 0,
    };
    (weak, kind)
}

/// Finds that do not overlap, by where they start.
#[derive(Default)]
struct Kept(std::collections::BTreeMap<usize, Find>);

impl Kept {
    fn insert(&mut self, find: Find) {
        self.0.insert(find.span.start, find);
    }

    /// The parts of a span that no find covers.
    fn free(&self, span: &Range<usize>) -> Vec<Range<usize>> {
        let before = self.0.range(..span.start).next_back().map(|(_, find)| find.span.clone());
        let inside = self.0.range(span.start..span.end).map(|(_, find)| find.span.clone());
        let (mut free, mut at) = (Vec::new(), span.start);
        for taken in before.into_iter().chain(inside) {
            if taken.start > at {
                free.push(at..taken.start);
            }
            at = at.max(taken.end);
        }
        if at < span.end {
            free.push(at..span.end);
        }
        free
    }
}

/// A rest of a find without the blanks and signs around it.
fn trim(text: &str, span: Range<usize>) -> Range<usize> {
    let Some(part) = text.get(span.clone()) else { return span.start..span.start };
    let edge = |character: char| !character.is_alphanumeric() && character != '+' && character != '@';
    let start = span.start + (part.len() - part.trim_start_matches(edge).len());
    let end = span.end - (part.len() - part.trim_end_matches(edge).len());
    start..end.max(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_surer_find_wins_and_the_rest_stays_covered() {
        let text = "4111 1111 1111 1111 555";
        let mut finds = Finds::default();
        finds.ask(Kind::Account, 0..23);
        finds.block(Kind::Card, 0..19);
        finds.ask(Kind::Phone, 5..14);
        let found: Vec<_> = finds.resolve(text).into_iter().map(|find| (find.kind, find.span)).collect();
        assert_eq!(found, [(Kind::Card, 0..19), (Kind::Account, 20..23)]);
    }
}
