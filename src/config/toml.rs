//! From TOML text to a [`Node`], with a finding for every mistake in the text.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diag::{Finding, LineIndex, Outcome, checks};
use crate::tree::{Entry, Node, Value};

/// Reads TOML as far as it can be read. `path` names the file in findings.
pub(super) fn parse(path: &str, text: &str) -> Outcome<Node> {
    let index = LineIndex::new(path, text);
    let (table, errors) = DeTable::parse_recoverable(text);
    let findings = errors.iter().map(|error| finding(error, text, &index)).collect();
    let span = table.span();
    let value = Value::Map(entries(table.get_ref(), &index));
    Outcome { value: Node { value, place: index.place(span.start..span.start) }, findings }
}

const SETTING: &str =
    "A setting looks like key = \"text\", key = 5, key = true or key = [\"a\", \"b\"], below a [section].";

fn finding(error: &toml::de::Error, text: &str, index: &LineIndex<'_>) -> Finding {
    let place = error.span().map(|span| index.place(span));
    let line = place.as_ref().and_then(|place| text.lines().nth(place.line as usize - 1)).unwrap_or("");
    let (message, help) = in_plain_words(error.message().lines().next().unwrap_or_default(), line);
    Finding::new(&checks::SYNTAX, message).at(place).help(help)
}

/// The parser's words about a line, in the author's, and what to do.
fn in_plain_words(words: &str, line: &str) -> (String, String) {
    let says = |parts: &[&str]| parts.iter().any(|part| words.contains(part));
    let sign = line.find([':', '=']);
    let (key, value) = sign.map_or((line.trim(), ""), |sign| (line[..sign].trim(), line[sign + 1..].trim()));
    let plain = value.trim_matches(['"', '\'', '“', '”', '„', '‘', '’']);
    let quoted = format!("Write it as {key} = \"{plain}\".");
    let told = |message: &str, help: &str| (message.to_owned(), help.to_owned());
    if says(&["invalid unquoted key"]) && sign.is_some_and(|sign| line[sign..].starts_with(':')) {
        let bare = value.starts_with(['[', '{'])
            || matches!(value, "true" | "false")
            || value.parse::<f64>().is_ok();
        let help = if bare { format!("Write it as {key} = {value}.") } else { quoted };
        return ("this line has a colon where an equals sign belongs".to_owned(), help);
    }
    if says(&["string values must be quoted"]) {
        let yes = match value {
            "yes" | "Yes" | "True" | "on" => "true",
            "no" | "No" | "False" | "off" => "false",
            _ => return ("a text needs straight double quotes around it".to_owned(), quoted),
        };
        return (
            "yes and no are written true and false here".to_owned(),
            format!("Write it as {key} = {yes}."),
        );
    }
    if says(&["escape", "unicode value"]) {
        let help = "Write / for it, or put apostrophes around the text instead of quotation marks.";
        return told("a backslash between double quotation marks has a meaning of its own", help);
    }
    if says(&["duplicate key"]) {
        return told("this name stands here a second time", "Keep one of the two.");
    }
    if says(&["invalid basic string", "invalid literal string"]) {
        return told(
            "the quotation mark at the end of this text is missing",
            "Close it in the line where it begins.",
        );
    }
    if says(&["unexpected key or value"]) {
        let help = "A quotation mark inside a text ends it. Use double quotes outside and apostrophes inside. Each setting has a \
                    line of its own.";
        return told("from here on this line belongs to nothing", help);
    }
    if says(&["array"]) {
        return told(
            "a list above is not closed, or a comma is missing in it",
            "Write it like [\"a\", \"b\"].",
        );
    }
    if says(&["unclosed table"]) {
        return told("the name of this section is not closed", "Write it like [book].");
    }
    if says(&["key with no value"]) {
        return told("this line has no equals sign and no value", SETTING);
    }
    (format!("this line is not valid TOML: {words}"), SETTING.to_owned())
}

fn entries(table: &DeTable<'_>, index: &LineIndex<'_>) -> Vec<Entry> {
    let mut entries: Vec<(usize, Entry)> = table
        .iter()
        .map(|(key, value)| {
            let span = key.span();
            let entry = Entry {
                key: key.get_ref().to_string(),
                key_place: index.place(span.clone()),
                node: node(value, index),
            };
            (span.start, entry)
        })
        .collect();
    entries.sort_by_key(|(start, _)| *start);
    entries.into_iter().map(|(_, entry)| entry).collect()
}

fn node(value: &Spanned<DeValue<'_>>, index: &LineIndex<'_>) -> Node {
    let span: Range<usize> = value.span();
    let place = index.place(span);
    let value = match value.get_ref() {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(number) => number_value(number.as_str()),
        DeValue::Float(number) => number_value(number.as_str()),
        DeValue::Boolean(flag) => Value::Bool(*flag),
        DeValue::Datetime(date) => Value::Text(date.to_string()),
        DeValue::Array(items) => Value::List(items.iter().map(|item| node(item, index)).collect()),
        DeValue::Table(table) => Value::Map(entries(table, index)),
    };
    Node { value, place }
}

fn number_value(text: &str) -> Value {
    let plain = text.replace('_', "");
    match plain.parse::<f64>() {
        Ok(number) => Value::Number(number, plain),
        Err(_) => Value::Text(plain),
    }
}
