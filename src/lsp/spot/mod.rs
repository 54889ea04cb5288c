//! What belongs at a place of a text: a name, a word of a few, a key. The same answer serves completing, explaining and going
//! there.
//!
//! It is read from lines and not by the parsers of `load` and `markdown`, since a text that somebody types is never whole.

mod page;
mod yaml;

use std::ops::Range;

use crate::load::{Holds, Key, body_start, format_of};

/// What belongs at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// The name of something of the book: "team", "metric".
    Name {
        /// Of what.
        noun: &'static str,
        /// The metric that a split or an action has to belong to.
        metric: Option<String>,
    },
    /// One of these words.
    Word(Vec<&'static str>),
    /// A key of these, but those that stand there.
    Key(Vec<Known>, Vec<String>),
    /// A page's title, behind `[[`.
    Title,
    /// A page's file, behind `](`.
    File,
    /// The name of a live block.
    Block,
    /// The name of a live word.
    Role,
}

/// A key and what it means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Known {
    pub(super) name: &'static str,
    pub(super) about: &'static str,
}

/// What belongs there, and what stands there: the bytes of the name or word around the place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spot {
    pub(super) kind: Kind,
    pub(super) word: Range<usize>,
}

/// What belongs at a byte of a file, by its path below the content folder.
pub(super) fn at(below: &str, text: &str, offset: usize) -> Option<Spot> {
    let format = format_of(below);
    if below.ends_with(".md") {
        let body = body_start(below, text);
        // Facts without an end reach to the end of the file.
        let last = text[..body].trim_end().rsplit_once('\n').map_or("", |(_, last)| last);
        let open = body == text.len() && text.starts_with("---") && !matches!(last.trim(), "---" | "...");
        if offset >= body && !open {
            return page::at(text, body, offset);
        }
        let facts = text.find('\n')? + 1;
        return (offset >= facts).then(|| yaml::at(text, facts, offset, format?))?;
    }
    let is_yaml = below.ends_with(".yaml") || below.ends_with(".yml");
    if is_yaml { yaml::at(text, 0, offset, format?) } else { None }
}

/// A line of a text: its bytes without the end of the line.
fn line_at(text: &str, offset: usize) -> Range<usize> {
    let start = text[..offset].rfind('\n').map_or(0, |end| end + 1);
    let end = text[offset..].find('\n').map_or(text.len(), |end| offset + end);
    start..start + text[start..end].trim_end_matches('\r').len()
}

fn known(keys: &[Key]) -> Vec<Known> {
    keys.iter().map(|key| Known { name: key.name, about: key.about }).collect()
}

/// What belongs in a value. `several` says that commas part names.
fn value(
    holds: Holds,
    text: &str,
    zone: Range<usize>,
    offset: usize,
    metric: Option<String>,
) -> Option<Spot> {
    let named =
        |noun| Kind::Name { noun, metric: metric.filter(|_| ["split", "begun action"].contains(&noun)) };
    let (kind, several) = match holds {
        Holds::Name(noun) => (named(noun), false),
        Holds::Names(noun) => (named(noun), true),
        Holds::OneOf(words) => (Kind::Word(words.to_vec()), false),
        Holds::Flag => (Kind::Word(vec!["true", "false"]), false),
        _ => return None,
    };
    let word = if several { one_of(text, zone, offset) } else { trimmed(text, zone, offset) };
    Some(Spot { kind, word })
}

/// The name around a place, between commas and brackets.
fn one_of(text: &str, zone: Range<usize>, offset: usize) -> Range<usize> {
    let start = text[zone.start..offset].rfind(['[', ',']).map_or(zone.start, |at| zone.start + at + 1);
    let end = text[offset..zone.end].find([',', ']']).map_or(zone.end, |at| offset + at);
    trimmed(text, start..end, offset)
}

/// A stretch without the blanks and quotation marks around it; it keeps the place in it.
fn trimmed(text: &str, zone: Range<usize>, offset: usize) -> Range<usize> {
    let blank = [' ', '\t', '"', '\''];
    let before = &text[zone.start..offset];
    let start = zone.start + (before.len() - before.trim_start_matches(blank).len());
    let end = offset + text[offset..zone.end].trim_end_matches(blank).len();
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The place is where the bar stands.
    pub(super) fn spot(below: &str, marked: &str) -> Option<(Kind, String)> {
        let offset = marked.find('|').unwrap();
        let text = marked.replacen('|', "", 1);
        at(below, &text, offset).map(|spot| (spot.kind, text[spot.word].to_owned()))
    }

    /// The same in short: what belongs there, and what stands there.
    pub(super) fn said(below: &str, marked: &str) -> String {
        match spot(below, marked) {
            None => "nothing".to_owned(),
            Some((Kind::Name { noun, metric }, word)) => {
                format!("{noun}{} {word}", metric.map(|metric| format!(" of {metric}")).unwrap_or_default())
            }
            Some((Kind::Word(words), word)) => format!("{} {word}", words.join("/")),
            Some((Kind::Key(keys, used), word)) => {
                format!(
                    "key {}..{} without {} {word}",
                    keys[0].name,
                    keys[keys.len() - 1].name,
                    used.join(",")
                )
            }
            Some((kind, word)) => format!("{kind:?} {word}"),
        }
    }

    #[test]
    fn no_place_of_any_text_is_out_of_bounds() {
        let texts = [
            "---\nteams: [a, \"é😀\nmetrics:\n  - x\n---\n# A\n[[é😀|b]] {metric}`é\n```{chart} x\n  kind: é\n- a: b\n",
            "edges:\n- team: a\n  metric: é😀 # b\n    - x:\n\t\n:\n-\n- -\n[\n",
            "---\n",
            "",
            "```{",
            "{metric}`",
            "[a](é",
            "# A\n\nabc\r",
            "{metric}`x\r\r\nb\r",
            "```{chart} x\r\r\n",
        ];
        for text in texts {
            for below in ["pages/a.md", "map.yaml", "metrics/a.yml", "quotes/a.yaml", "a.txt", "privacy.yaml"]
            {
                for offset in (0..=text.len()).filter(|at| text.is_char_boundary(*at)) {
                    if let Some(spot) = at(below, text, offset) {
                        assert!(spot.word.start <= offset && offset <= spot.word.end, "{text:?} {offset}");
                        assert!(text.get(spot.word).is_some(), "{text:?} {offset}");
                    }
                }
            }
        }
    }
}
