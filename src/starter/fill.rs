//! Placeholders of starter texts: `{{company}}`, `{{today}}`, `{{month-3}}`, `{{day+45}}`.

use std::collections::BTreeMap;

use crate::model::Date;

/// What a placeholder stands for.
#[derive(Debug, Clone)]
pub(super) enum Word {
    /// What somebody typed. Templates put it inside double quotes, or into the text of a page.
    Typed(String),
    /// What the program made: ids, whole lines.
    Made(String),
}

/// Values of placeholders by their names.
#[derive(Debug, Clone)]
pub(super) struct Words {
    words: BTreeMap<&'static str, Word>,
    today: Date,
}

impl Words {
    pub(super) fn new(today: Date) -> Self {
        Self { words: BTreeMap::new(), today }
    }

    pub(super) fn typed(mut self, name: &'static str, value: &str) -> Self {
        self.words.insert(name, Word::Typed(value.to_owned()));
        self
    }

    pub(super) fn made(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.words.insert(name, Word::Made(value.into()));
        self
    }

    /// Fills a text. `path` tells pages, whose text is markdown, from everything else.
    pub(super) fn fill(&self, path: &str, text: &str) -> String {
        let body = if path.ends_with(".md") { crate::load::body_start(path, text) } else { text.len() };
        let (top, body) = text.split_at(body);
        self.part(top, &in_quotes) + &self.part(body, &in_markdown)
    }

    fn part(&self, text: &str, safe: &dyn Fn(&str) -> String) -> String {
        let mut filled = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, behind)) = rest.split_once("{{") {
            filled.push_str(before);
            let found = behind.split_once("}}").and_then(|(name, after)| {
                let value = match self.words.get(name) {
                    Some(Word::Typed(value)) => safe(value),
                    Some(Word::Made(value)) => value.clone(),
                    None => self.date(name)?,
                };
                Some((value, after))
            });
            match found {
                Some((value, after)) => {
                    filled.push_str(&value);
                    rest = after;
                }
                None => {
                    filled.push_str("{{");
                    rest = behind;
                }
            }
        }
        filled + rest
    }

    fn date(&self, name: &str) -> Option<String> {
        let moved = |rest: &str| rest.parse::<i32>().ok();
        match name {
            "today" => Some(self.today.to_string()),
            "month" => Some(self.today.in_month().to_string()),
            _ => match name.strip_prefix("month") {
                Some(rest) => Some(self.today.plus_months(moved(rest)?).in_month().to_string()),
                None => Some(self.today.plus_days(moved(name.strip_prefix("day")?)?).to_string()),
            },
        }
    }
}

/// A text for between double quotes in YAML, TOML and JSON alike.
pub(super) fn in_quotes(text: &str) -> String {
    let quoted = quoted(text);
    quoted.get(1..quoted.len() - 1).unwrap_or_default().to_owned()
}

/// A text with its double quotes.
pub(super) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// A text that markdown shows as it is.
fn in_markdown(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_ascii_punctuation() && !matches!(character, '.' | ',' | '\'' | '-' | '/' | '(' | ')')
        {
            safe.push('\\');
        }
        safe.push(character);
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words() -> Words {
        let today = Date::new(2026, 1, 31).unwrap();
        Words::new(today).typed("name", "A \"B\" & *c*").made("id", "a-b")
    }

    #[test]
    fn what_was_typed_is_made_safe_for_its_place() {
        let page = "---\ntitle: \"{{name}}\"\nid: {{id}}\n---\n\nFor {{name}}.\n";
        let filled = words().fill("x.md", page);
        assert_eq!(
            filled,
            "---\ntitle: \"A \\\"B\\\" & *c*\"\nid: a-b\n---\n\nFor A \\\"B\\\" \\& \\*c\\*.\n"
        );
    }

    #[test]
    fn dates_are_counted_from_today() {
        let filled =
            words().fill("x.yaml", "{{today}} {{month-3}} {{month-13}} {{day+1}} {{day-31}} {{month}}");
        assert_eq!(filled, "2026-01-31 2025-10 2024-12 2026-02-01 2025-12-31 2026-01");
    }

    #[test]
    fn what_is_no_placeholder_stays() {
        let text = "${{ github.ref }} {{nobody}} {{ {{";
        assert_eq!(words().fill("x.yml", text), text);
    }
}
