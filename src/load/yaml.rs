//! From YAML text to a [`Node`], and its parser's messages in the author's words.

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_yaml::{Location, Spanned};

use super::slip::Slip;
use crate::diag::{Finding, LineIndex, Place, checks};
use crate::tree::{Entry, Node, Value};

/// Reads one YAML document. `first_line` is the line of the file in which `text` begins, from 1, so that places are those
/// of the file and not of its front matter. An empty document is [`Value::Null`].
///
/// # Errors
/// The finding about the first mistake; nothing after it can be trusted.
pub(super) fn parse(path: &str, text: &str, first_line: u64) -> Result<Node, Finding> {
    let index = LineIndex::new(path, text);
    let shift =
        |place: Place| Place { line: place.line + u32::try_from(first_line - 1).unwrap_or(0), ..place };
    if let Some(finding) = tab_at_start(path, text, first_line) {
        return Err(finding);
    }
    let options = serde_yaml::options! { strict_booleans: true };
    match serde_yaml::from_str_with_options::<Option<Spanned<Tree>>>(text, options) {
        Ok(Some(tree)) => match swallowed(&tree, text) {
            Some(at) => {
                let finding = Finding::new(&checks::SYNTAX, SWALLOWED).at(shift(index.place(at..at + 1)));
                Err(discreet(finding.help(HYPHENS)))
            }
            None => Ok(node(tree, text, &|location| shift(place(&location, &index)))),
        },
        Ok(None) => {
            Ok(Node { value: Value::Null, place: Place::line(path, u32::try_from(first_line).unwrap_or(1)) })
        }
        Err(error) => {
            let error = error.without_snippet();
            let at = error.location().map(|location| place(&location, &index));
            let slip = Slip::new(text, at.as_ref(), &error.to_string());
            let above = slip.fault_above();
            let at = match &above {
                Some(_) => Some(Place::line(path, u32::try_from(slip.above_at + 1).unwrap_or(u32::MAX))),
                None => at,
            };
            let at = at.map_or_else(|| Place::file(path), shift);
            if may_be_private(path) {
                let message = "from here on this cannot be read as \"key: value\" lines";
                let help = "Put double quotes around texts that hold a colon or a quotation mark.";
                return Err(Finding::new(&checks::SYNTAX, message).at(at).help(help).masked());
            }
            let (message, help) = above.unwrap_or_else(|| slip.in_plain_words());
            Err(Finding::new(&checks::SYNTAX, message).at(at).help(help))
        }
    }
}

/// Whether a file holds what customers said: no message may repeat any of it.
pub(super) fn may_be_private(path: &str) -> bool {
    path == super::PRIVACY
        || path.split('/').any(|folder| matches!(folder, "quotes" | "contacts" | "observations" | "exports"))
}

/// Keeps the line of a finding out of every message where customers' words stand in the file.
fn discreet(finding: Finding) -> Finding {
    let private = finding.place.as_ref().is_some_and(|place| may_be_private(&place.file));
    if private { finding.masked() } else { finding }
}

const SWALLOWED: &str = "this line begins with a hyphen, but goes on with the text above";
const HYPHENS: &str = "Let all hyphens of a list stand in one column, and put no text in front of the first.";

/// Where a line that begins like an entry of a list is a part of the text above: it begins too far right.
fn swallowed(tree: &Spanned<Tree>, text: &str) -> Option<usize> {
    match &tree.value {
        Tree::List(items) => items.iter().find_map(|item| swallowed(item, text)),
        Tree::Map(entries) => entries.iter().find_map(|(_, value)| swallowed(value, text)),
        Tree::Text(_) => {
            let span = tree.defined.span();
            let (start, length) = (span.byte_offset()? as usize, span.byte_len()? as usize);
            let raw = text.get(start..start + length)?;
            let head = text.get(..start)?.trim_end().trim_end_matches(['-', '+']);
            if raw.starts_with(['"', '\'', '|', '>']) || head.ends_with(['|', '>']) {
                return None;
            }
            let mut at = start;
            raw.split_inclusive('\n').enumerate().find_map(|(count, line)| {
                let begin = at + (line.len() - line.trim_start().len());
                at += line.len();
                (count > 0 && line.trim_start().starts_with("- ")).then_some(begin)
            })
        }
        _ => None,
    }
}

/// Tabs are the one mistake that the parser notices a line too late.
fn tab_at_start(path: &str, text: &str, first_line: u64) -> Option<Finding> {
    let line = text.lines().position(|line| {
        let indent = &line[..line.len() - line.trim_start().len()];
        indent.contains('\t') && !line.trim().is_empty()
    })?;
    let place = Place::line(path, u32::try_from(first_line).unwrap_or(1) + u32::try_from(line).unwrap_or(0));
    let message = "this line is indented with a tab";
    Some(discreet(
        Finding::new(&checks::SYNTAX, message).at(place).help("Use blanks instead, two for each step."),
    ))
}

fn place(location: &Location, index: &LineIndex<'_>) -> Place {
    index.at(location.line().max(1), location.column().max(1))
}

fn node(tree: Spanned<Tree>, text: &str, place: &dyn Fn(Location) -> Place) -> Node {
    let location = tree.defined;
    let span = location.span();
    let raw = span
        .byte_offset()
        .zip(span.byte_len())
        .and_then(|(start, length)| text.get(start as usize..(start + length) as usize));
    let mut at = place(location);
    let value = match tree.value {
        Tree::Null => Value::Null,
        Tree::Bool(value) => Value::Bool(value),
        Tree::Number(value) => {
            Value::Number(value, raw.map_or_else(|| value.to_string(), |raw| raw.trim().to_owned()))
        }
        Tree::Text(text) => Value::Text(text),
        Tree::List(items) => Value::List(items.into_iter().map(|item| node(item, text, place)).collect()),
        Tree::Map(entries) => Value::Map(
            entries
                .into_iter()
                .map(|(key, value)| {
                    let key = node(key, text, place);
                    Entry {
                        key: key.scalar().unwrap_or_default(),
                        key_place: key.place,
                        node: node(value, text, place),
                    }
                })
                .collect(),
        ),
    };
    if let Some(raw) = raw.filter(|_| !matches!(value, Value::List(_) | Value::Map(_))) {
        at.length =
            u32::try_from(raw.lines().next().unwrap_or("").trim_end().chars().count().max(1)).unwrap_or(1);
    }
    Node { value, place: at }
}

/// A value as serde hands it over.
enum Tree {
    Null,
    Bool(bool),
    Number(f64),
    Text(String),
    List(Vec<Spanned<Tree>>),
    Map(Vec<(Spanned<Tree>, Spanned<Tree>)>),
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TreeVisitor)
    }
}

struct TreeVisitor;

impl<'de> Visitor<'de> for TreeVisitor {
    type Value = Tree;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("text, a number, a list or \"key: value\" lines")
    }

    fn visit_unit<E>(self) -> Result<Tree, E> {
        Ok(Tree::Null)
    }

    fn visit_none<E>(self) -> Result<Tree, E> {
        Ok(Tree::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Tree, D::Error> {
        Tree::deserialize(deserializer)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Tree, E> {
        Ok(Tree::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Tree, E> {
        Ok(Tree::Number(value as f64))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Tree, E> {
        Ok(Tree::Number(value as f64))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Tree, E> {
        Ok(Tree::Number(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Tree, E> {
        Ok(Tree::Text(value.to_owned()))
    }

    fn visit_bytes<E: serde::de::Error>(self, _: &[u8]) -> Result<Tree, E> {
        Err(E::custom("binary data has no place here"))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Tree, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element::<Spanned<Tree>>()? {
            list.push(item);
        }
        Ok(Tree::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Tree, A::Error> {
        let mut map: Vec<(Spanned<Tree>, Spanned<Tree>)> = Vec::new();
        while let Some(key) = entries.next_key::<Spanned<Tree>>()? {
            if matches!(key.value, Tree::List(_) | Tree::Map(_)) {
                return Err(A::Error::custom("a key cannot be a list or a group"));
            }
            map.push((key, entries.next_value::<Spanned<Tree>>()?));
        }
        Ok(Tree::Map(map))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(text: &str) -> (String, String, u32) {
        let finding = parse("a.yaml", text, 1).unwrap_err();
        (finding.message, finding.help, finding.place.map_or(0, |place| place.line))
    }

    #[test]
    fn keeps_places_and_the_text_of_numbers() {
        let node = parse("a.yaml", "since: 2023-10\nlist:\n  - 1.10\n  - \"x\"\nnone:\n", 10).unwrap();
        let Value::Map(entries) = &node.value else { panic!("a map") };
        assert_eq!(entries[0].node.scalar().as_deref(), Some("2023-10"));
        assert_eq!((entries[0].node.place.line, entries[0].node.place.column), (10, 8));
        let Value::List(items) = &entries[1].node.value else { panic!("a list") };
        assert_eq!(items[0].scalar().as_deref(), Some("1.10"));
        assert_eq!((items[1].place.line, items[1].place.column), (13, 5));
        assert_eq!(entries[2].node.value, Value::Null);
        assert_eq!(parse("a.yaml", "", 1).unwrap().value, Value::Null);
    }

    #[test]
    fn says_the_common_mistakes_in_plain_words() {
        let (text, help, line) = message("title: CX: a guide\n");
        assert!(
            text.contains("colon of its own") && help.contains("title: \"CX: a guide\""),
            "{text} {help}"
        );
        assert_eq!(line, 1);
        let (text, _, line) = message("a: 1\n\tb: 2\n");
        assert!(text.contains("tab"), "{text}");
        assert_eq!(line, 2);
        let (text, ..) = message("text: 'it's ok'\n");
        assert!(text.contains("apostrophe inside"), "{text}");
        let (text, ..) = message("a: 1\nb: 2\na: 3\n");
        assert!(text.contains("the key \"a\" stands here a second time"), "{text}");
    }

    #[test]
    fn lines_of_longer_texts_may_begin_with_a_hyphen() {
        for text in [
            "a: |\n  b\n  - c\n",
            "a: >-\n  b\n  - c\n",
            "a: \"b\n  - c\"\n",
            "a: b\n  -c\n",
            "- |+\n  b\n  - c\n",
        ] {
            assert!(parse("a.yaml", text, 1).is_ok(), "{text:?}");
        }
    }

    #[test]
    fn no_message_has_the_parsers_words() {
        for (text, words) in [
            ("name: NPS\n  kind: nps\n", "\"kind\" begins further right"),
            ("- id: a\n   name: b\n", "\"name\" begins further right"),
            ("a:\n  - b: 1\n   c: 2\n", "does not begin in the column"),
            ("a: 1\n- b\n", "does not begin in the column"),
            ("a: This goes on\n  in a second: line\n", "goes on with the text above"),
            ("a:b\nc: 1\n", "this line has no blank behind its colon"),
            ("a b\nc: 1\n", "no colon behind its key"),
            ("a = b\nc: 1\n", "an equals sign where"),
            ("// a\nc: 1\n", "begins with #"),
            ("a:\n  -b: 1\n   c: 2\n", "no blank behind its hyphen"),
            ("a:\n  - b\n   - c\n", "begins with a hyphen, but goes on"),
            ("a: b\n  - c\n", "begins with a hyphen, but goes on"),
            ("a:\n  - b: 1\n - c: 2\n", "\"c: 2\" is not lined up with \"b: 1\""),
            ("a:\n  - b\n  c\nd: 1\n", "does not begin with a hyphen"),
            ("a: \"b\",\nc: 1\n", "a comma stands behind"),
            ("a: “b: c”\n", "those of a word processor"),
            ("a: The \"right\" way\nb: \"The \"right\" way\"\n", "quotation mark inside"),
            ("a: \"open\nb: 1\n", "the last one is missing"),
            ("a: \"\\d\"\n", "backslash"),
            ("a: [b, c\nd: 1\n", "opened above"),
            ("a: {b: c\nd: 1\n", "opened above"),
            ("a: [b\n", "never closed"),
            ("a: [b]]\n", "closes nothing"),
            ("a: [b] c\n", "begins with a bracket"),
            ("a: {b} c\n", "begins with a brace"),
            ("a: @b\n", "begins with @"),
            ("a: `b`\n", "begins with a backtick"),
            ("a: %b\n", "begins with %"),
            ("a: & b\n", "begins with &"),
            ("a: *b*\n", "begins with *"),
            ("a: > b\n", "begins with > or |"),
            ("a: - b\n", "begins with a hyphen"),
            ("a:\n  - **b** c\n", "begins with *"),
            ("a:\n  - [b] c\n", "begins with a bracket"),
            ("a: 1\nb\nc: 2\n", "has no colon"),
            ("a: 1\n---\nb: 2\n", "a second part"),
            ("  a: 1\nb: 2\n", "does not begin in the column"),
        ] {
            let (message, help, _) = message(text);
            assert!(message.contains(words) && !message.contains("at line"), "{text:?}: {message}");
            assert!(!help.is_empty(), "{text:?}: {message}");
        }
    }
}
