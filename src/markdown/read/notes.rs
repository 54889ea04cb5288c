//! Footnotes: which ones readers can reach, and in which order.

use std::collections::{BTreeMap, BTreeSet};

/// A mention of a footnote.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::markdown) struct Mark {
    /// The number of the footnote. `None` when the mention itself stands in a footnote nobody reaches.
    pub number: Option<usize>,
    /// Which mention of its footnote this is, from 1.
    pub occurrence: usize,
}

/// A mention as read: the footnote it stands in, if any, and the one it names.
pub(super) struct Mention {
    pub inside: Option<String>,
    pub label: String,
}

/// The numbers of the footnotes.
pub(super) struct Numbering {
    /// Numbers from 1 by label, for footnotes readers can reach.
    pub numbers: BTreeMap<String, usize>,
    /// One for each mention, in the same order.
    pub marks: Vec<Mark>,
    /// How often each is mentioned, in the order of the numbers.
    pub mentions: Vec<usize>,
}

/// Numbers footnotes by first mention: the body first, then the footnotes in their own order.
pub(super) fn number(mentions: &[Mention]) -> Numbering {
    let mut within: BTreeMap<Option<&str>, Vec<usize>> = BTreeMap::new();
    for (index, mention) in mentions.iter().enumerate() {
        within.entry(mention.inside.as_deref()).or_default().push(index);
    }
    let mut order: Vec<&str> = Vec::new();
    let mut known: BTreeSet<&str> = BTreeSet::new();
    let mut counts: Vec<usize> = Vec::new();
    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    let mut marks = vec![Mark::default(); mentions.len()];
    let mut place = None;
    for next in 0.. {
        for index in within.remove(&place).unwrap_or_default() {
            let label = mentions[index].label.as_str();
            if known.insert(label) {
                order.push(label);
                counts.push(0);
                numbers.insert(label.to_owned(), order.len());
            }
            let number = numbers[label];
            counts[number - 1] += 1;
            marks[index] = Mark { number: Some(number), occurrence: counts[number - 1] };
        }
        let Some(label) = order.get(next) else { break };
        place = Some(*label);
    }
    Numbering { numbers, marks, mentions: counts }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_body_counts_first_and_unreached_notes_not_at_all() {
        let mention = |inside: Option<&str>, label: &str| Mention {
            inside: inside.map(str::to_owned),
            label: label.to_owned(),
        };
        let numbering = number(&[
            mention(Some("a"), "c"),
            mention(None, "b"),
            mention(None, "a"),
            mention(None, "b"),
            mention(Some("lost"), "d"),
        ]);
        let marks: Vec<_> = numbering.marks.iter().map(|mark| (mark.number, mark.occurrence)).collect();
        assert_eq!(marks, [(Some(3), 1), (Some(1), 1), (Some(2), 1), (Some(1), 2), (None, 0)]);
        assert_eq!(numbering.mentions, [2, 1, 1]);
    }
}
