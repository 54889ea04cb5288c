//! Taking typed values out of a map, with a finding for everything that is not as it should be.

use std::collections::{BTreeMap, BTreeSet};

use super::{Entry, Node, Value, says_none};
use crate::diag::{Check, Finding, Located, Place, checks, did_you_mean};

/// What happens to keys nobody asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strictness {
    /// The file is cxbook's own: an unknown key is a slip.
    Own,
    /// The file may come from another tool: an unknown key is worth a word.
    Guest,
}

/// Reads one map. Every key that is asked for counts as known; [`Reader::finish`] reports the rest.
#[derive(Debug)]
pub struct Reader<'a> {
    entries: &'a [Entry],
    place: Place,
    what: String,
    asked: BTreeSet<&'static str>,
    findings: Vec<Finding>,
    private: bool,
}

impl<'a> Reader<'a> {
    /// Reads `node`, which should be a map; `what` names it in messages ("the metric", "a quote"). Anything else is a
    /// finding and reads as an empty map.
    pub fn new(node: &'a Node, what: &str) -> Self {
        let mut findings = Vec::new();
        let entries: &[Entry] = match &node.value {
            Value::Map(entries) => entries,
            Value::Null => &[],
            _ => {
                let message =
                    format!("{what} should be a group of \"key: value\" lines, but it is {}", node.kind());
                let help = "Write lines of a key and a value, with a colon and a blank between them.";
                findings.push(Finding::new(&checks::VALUE_WRONG, message).at(node.place.clone()).help(help));
                &[]
            }
        };
        Self {
            entries,
            place: node.place.clone(),
            what: what.to_owned(),
            asked: BTreeSet::new(),
            findings,
            private: false,
        }
    }

    /// Keeps what the map holds out of every message: it may be a customer's.
    #[must_use]
    pub fn private(mut self) -> Self {
        self.private = true;
        self
    }

    /// Where the map begins.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// Adds a finding of the caller's.
    pub fn report(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// The value of a key, unless it is absent or null.
    pub fn node(&mut self, key: &'static str) -> Option<&'a Node> {
        self.asked.insert(key);
        let entry = self.entries.iter().find(|entry| entry.key == key)?;
        (entry.node.value != Value::Null).then_some(&entry.node)
    }

    /// Keys that stand there and say nothing, such as `owner:` or `owner: tbd`, with their places.
    pub fn blanks(&self) -> BTreeMap<String, Place> {
        let says_nothing = |entry: &&Entry| {
            let text = entry.node.scalar();
            entry.node.value == Value::Null
                || text.is_some_and(|text| text.trim().is_empty() || says_none(&text))
        };
        let blanks = self.entries.iter().filter(says_nothing);
        blanks.map(|entry| (entry.key.clone(), entry.key_place.clone())).collect()
    }

    /// The first of several spellings of a key that is there.
    pub fn node_of(&mut self, keys: &[&'static str]) -> Option<&'a Node> {
        let found: Vec<_> = keys.iter().map(|key| self.node(key)).collect();
        found.into_iter().flatten().next()
    }

    /// Text, trimmed. Numbers and booleans are taken as they were written.
    pub fn text(&mut self, key: &'static str) -> Option<Located<String>> {
        let node = self.node(key)?;
        match node.scalar() {
            Some(text) if text.trim().is_empty() => None,
            Some(text) => Some(Located::new(text.trim().to_owned(), node.place.clone())),
            None => self.wrong(key, node, "text", "Put double quotes around the whole text.".to_owned()),
        }
    }

    /// The role that answers for something. A word that says there is none is no role.
    pub fn owner(&mut self) -> Option<Located<String>> {
        self.said("owner")
    }

    /// Text that says something; `none` and `tbd` do not.
    pub fn said(&mut self, key: &'static str) -> Option<Located<String>> {
        self.text(key).filter(|text| !says_none(&text.value))
    }

    /// Text that must be there.
    pub fn required(&mut self, key: &'static str, help: &str) -> Option<Located<String>> {
        let text = self.text(key);
        if text.is_none() && self.node(key).is_none_or(|node| node.scalar().is_some()) {
            self.missing(key, help);
        }
        text
    }

    /// Reports that a key is not there.
    pub fn missing(&mut self, key: &str, help: &str) {
        let message = format!("{} has no \"{key}\"", self.what);
        self.findings.push(Finding::new(&checks::KEY_MISSING, message).at(self.place.clone()).help(help));
    }

    /// `true` or `false`.
    pub fn flag(&mut self, key: &'static str) -> Option<bool> {
        let node = self.node(key)?;
        match &node.value {
            Value::Bool(value) => Some(*value),
            Value::Text(text) if matches!(text.to_ascii_lowercase().as_str(), "yes" | "true") => Some(true),
            Value::Text(text) if matches!(text.to_ascii_lowercase().as_str(), "no" | "false") => Some(false),
            _ => self.wrong(
                key,
                node,
                "true or false",
                "Write true or false, without quotation marks.".to_owned(),
            ),
        }
    }

    /// A finite number.
    pub fn number(&mut self, key: &'static str) -> Option<Located<f64>> {
        let node = self.node(key)?;
        match &node.value {
            Value::Number(value, _) if value.is_finite() => Some(Located::new(*value, node.place.clone())),
            _ => self.wrong(key, node, "a number, written like 1024 or 4.5", self.number_help(node)),
        }
    }

    /// A whole number within bounds.
    pub fn whole(&mut self, key: &'static str, lowest: i64, highest: i64) -> Option<Located<i64>> {
        let number = self.number(key)?;
        let whole = number.value as i64;
        if number.value.fract() == 0.0 && (lowest..=highest).contains(&whole) {
            return Some(number.map(|_| whole));
        }
        let message = format!(
            "\"{key}\" is {}, but it should be a whole number from {lowest} to {highest}",
            number.value
        );
        self.findings.push(Finding::new(&checks::VALUE_WRONG, message).at(number.place));
        None
    }

    /// A list of texts; a single text counts as a list of one.
    pub fn texts(&mut self, key: &'static str) -> Vec<Located<String>> {
        let Some(node) = self.node(key) else { return Vec::new() };
        let items = match &node.value {
            Value::List(items) => items.as_slice(),
            _ => std::slice::from_ref(node),
        };
        let mut texts = Vec::new();
        for item in items {
            match item.scalar() {
                Some(text) => texts.push(Located::new(text.trim().to_owned(), item.place.clone())),
                None => {
                    let help = "Put double quotes around a text that holds a colon, a bracket or a brace.";
                    self.wrong::<()>(key, item, "a list of texts", help.to_owned());
                }
            }
        }
        texts
    }

    /// A list of nodes; a single value counts as a list of one.
    pub fn list(&mut self, key: &'static str) -> Vec<&'a Node> {
        match self.node(key) {
            None => Vec::new(),
            Some(Node { value: Value::List(items), .. }) => items.iter().collect(),
            Some(node) => vec![node],
        }
    }

    /// A map whose keys the author chooses.
    pub fn free_map(&mut self, key: &'static str) -> &'a [Entry] {
        match self.node(key) {
            None => &[],
            Some(Node { value: Value::Map(entries), .. }) => entries,
            Some(node) => {
                let help = "Write each pair in a line of its own below the key, set in by two blanks.";
                self.wrong::<()>(key, node, "a group of \"key: value\" pairs", help.to_owned());
                &[]
            }
        }
    }

    /// One of a few words; capitals do not matter, since spreadsheets like them.
    pub fn choice<T: Copy>(&mut self, key: &'static str, choices: &[(&str, T)]) -> Option<T> {
        let text = self.text(key)?;
        self.parse(
            key,
            &text,
            |word| choices.iter().find(|(name, _)| name.eq_ignore_ascii_case(word)).map(|(_, value)| *value),
            || did_you_mean(&text.value, choices.iter().map(|(name, _)| *name)),
        )
    }

    /// Anything that is parsed from text; `help` is asked when it fails.
    pub fn parse<T>(
        &mut self,
        key: &str,
        text: &Located<String>,
        parse: impl FnOnce(&str) -> Option<T>,
        help: impl FnOnce() -> String,
    ) -> Option<T> {
        let value = parse(&text.value);
        if value.is_none() {
            let said = if self.private { String::new() } else { format!(" is \"{}\", which", text.value) };
            let message = format!("\"{key}\"{said} cannot be read");
            self.findings
                .push(Finding::new(&checks::VALUE_WRONG, message).at(text.place.clone()).help(help()));
        }
        value
    }

    /// Reports keys nobody asked for and hands over all findings.
    pub fn finish(mut self, strictness: Strictness) -> Vec<Finding> {
        if self.private {
            self.findings = self.findings.into_iter().map(Finding::masked).collect();
        }
        let check: &'static Check = match strictness {
            Strictness::Own => &checks::KEY_UNKNOWN,
            Strictness::Guest => &checks::PAGE_KEY_UNKNOWN,
        };
        for entry in self.entries.iter().filter(|entry| !self.asked.contains(entry.key.as_str())) {
            let known = self.asked.iter().copied();
            let finding = if self.private {
                let message = format!("{} has a key that cxbook does not know", self.what);
                Finding::new(check, message).help(did_you_mean("", known)).masked()
            } else {
                let message = format!("{} has a key \"{}\" that cxbook does not know", self.what, entry.key);
                Finding::new(check, message).help(did_you_mean(&entry.key, known))
            };
            self.findings.push(finding.at(entry.key_place.clone()));
        }
        self.findings
    }

    /// How a text that was meant as a number is written, where that can be told.
    fn number_help(&self, node: &Node) -> String {
        let Some(text) = node.scalar().filter(|_| !self.private) else { return String::new() };
        let text = text.trim();
        if says_none(text) {
            return "Leave the line out where there is none.".to_owned();
        }
        let bare = text.trim_end_matches('%').trim_end();
        match plain_number(bare) {
            Some(number) if number == text => format!("Take the quotation marks away: {number}"),
            Some(number) if bare != text => format!("Write {number}, without the sign."),
            Some(number) => format!("Write it as {number}."),
            None => String::new(),
        }
    }

    fn wrong<T>(&mut self, key: &str, node: &Node, expected: &str, help: String) -> Option<T> {
        let said = node.scalar().filter(|_| !self.private);
        let found = said.map_or_else(|| node.kind().to_owned(), |text| format!("\"{text}\""));
        let message = format!("\"{key}\" should be {expected}, but it is {found}");
        self.findings.push(Finding::new(&checks::VALUE_WRONG, message).at(node.place.clone()).help(help));
        None
    }
}

/// A number with a point, from one with a decimal comma or with marks between the thousands.
fn plain_number(text: &str) -> Option<String> {
    let is_number = |text: &str| text.parse::<f64>().is_ok_and(f64::is_finite);
    if is_number(text) {
        return Some(text.to_owned());
    }
    let mut groups = text.split([',', ' ', '\'', '’']);
    let leads = groups.next().is_some_and(|first| (1..=3).contains(&first.trim_start_matches('-').len()));
    let joined: String = text.chars().filter(|sign| !matches!(sign, ',' | ' ' | '\'' | '’')).collect();
    if leads && groups.all(|group| group.split('.').next().is_some_and(|part| part.len() == 3)) {
        return Some(joined).filter(|number| is_number(number));
    }
    Some(text.replace(',', ".")).filter(|number| is_number(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_people_are_read_as_they_meant_them() {
        for (text, expected) in [
            ("1,104", Some("1104")),
            ("1 024 000", Some("1024000")),
            ("1,234.5", Some("1234.5")),
            ("4,5", Some("4.5")),
            ("85", Some("85")),
            ("-3,5", Some("-3.5")),
            ("1.234,5", None),
            ("many", None),
            ("inf", None),
        ] {
            assert_eq!(plain_number(text).as_deref(), expected, "{text}");
        }
    }
}
