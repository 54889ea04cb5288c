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
    let findings = errors.iter().map(|error| finding(error, &index)).collect();
    let span = table.span();
    let value = Value::Map(entries(table.get_ref(), &index));
    Outcome { value: Node { value, place: index.place(span.start..span.start) }, findings }
}

fn finding(error: &toml::de::Error, index: &LineIndex<'_>) -> Finding {
    let words = error.message();
    let message = format!("this line is not valid TOML: {}", first_line(words));
    Finding::new(&checks::SYNTAX, message).at(error.span().map(|span| index.place(span))).help(
        "A setting looks like key = \"text\", key = 5, key = true or key = [\"a\", \"b\"], below a [section].",
    )
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or(text)
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
