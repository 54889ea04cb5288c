//! What a YAML or TOML file says, with the place of every key and value.
//!
//! Both parsers end in a [`Node`], and [`Reader`] takes typed values out of it: a missing key, a wrong type, an unknown key
//! and a nearest name are said in one way for every kind of file, all in one run.

mod reader;

pub use reader::{Reader, Strictness};

use crate::diag::Place;

/// A value of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// What it is.
    pub value: Value,
    /// Where it stands.
    pub place: Place,
}

/// The kinds of values.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing after the colon, `null` or `~`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, with the text it was written as, so that `2023-10` or `1.10` keep their digits.
    Number(f64, String),
    /// Text, dates included.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// Keys and values in the order they were written.
    Map(Vec<Entry>),
}

/// One key of a map.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Where the key stands.
    pub key_place: Place,
    /// Its value.
    pub node: Node,
}

/// Whether a text is a way to say that there is nothing to say.
pub fn says_none(text: &str) -> bool {
    let words = ["none", "n/a", "na", "nobody", "tbd", "todo", "null", "?", "??", "-", "--", "–", "—", "..."];
    words.contains(&text.trim().to_lowercase().as_str())
}

impl Node {
    /// The word for this kind of value in a message.
    pub fn kind(&self) -> &'static str {
        match self.value {
            Value::Null => "nothing",
            Value::Bool(_) => "true or false",
            Value::Number(..) => "a number",
            Value::Text(_) => "text",
            Value::List(_) => "a list",
            Value::Map(_) => "a group of keys",
        }
    }

    /// Hands over every key and every scalar with its place, so that no field can be forgotten.
    pub fn each_text(&self, visit: &mut dyn FnMut(&str, &Place)) {
        match &self.value {
            Value::Text(text) | Value::Number(_, text) => visit(text, &self.place),
            Value::List(items) => items.iter().for_each(|item| item.each_text(visit)),
            Value::Map(entries) => {
                for entry in entries {
                    visit(&entry.key, &entry.key_place);
                    entry.node.each_text(visit);
                }
            }
            Value::Null | Value::Bool(_) => {}
        }
    }

    /// Whether another value means the same, wherever it stands.
    pub fn says_the_same(&self, other: &Self) -> bool {
        match (&self.value, &other.value) {
            (Value::List(own), Value::List(others)) => {
                own.len() == others.len()
                    && own.iter().zip(others).all(|(own, other)| own.says_the_same(other))
            }
            (Value::Map(own), Value::Map(others)) => {
                let same = |(own, other): (&Entry, &Entry)| {
                    own.key == other.key && own.node.says_the_same(&other.node)
                };
                own.len() == others.len() && own.iter().zip(others).all(same)
            }
            (own, other) => own == other,
        }
    }

    /// The text of a scalar as it was written.
    pub fn scalar(&self) -> Option<String> {
        match &self.value {
            Value::Text(text) | Value::Number(_, text) => Some(text.clone()),
            Value::Bool(value) => Some(value.to_string()),
            _ => None,
        }
    }
}
