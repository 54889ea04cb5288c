//! Ids of headings: the slug of the words, made unique within a page.

use std::collections::BTreeMap;

/// The words as an id, in the way of GitHub: letters of any script lower-cased, digits, `_` and `-` kept,
/// spaces as hyphens, everything else left out. Empty when nothing remains.
fn slug(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.trim().chars() {
        if character.is_whitespace() {
            out.push('-');
        } else if character.is_alphanumeric() || matches!(character, '-' | '_') {
            out.extend(character.to_lowercase());
        }
    }
    out
}

/// Hands out each id once.
#[derive(Default)]
pub(super) struct Slugs {
    /// Every id handed out, and the number to try next when its words come again.
    next: BTreeMap<String, usize>,
}

impl Slugs {
    /// The slug of the text; the second of its kind ends in `-1`. Words without a slug give `section`.
    pub(super) fn unique(&mut self, text: &str) -> String {
        let mut base = slug(text);
        if base.is_empty() {
            base.push_str("section");
        }
        let mut number = self.next.get(&base).copied().unwrap_or(0);
        let mut id = base.clone();
        while self.next.contains_key(&id) {
            number += 1;
            id = format!("{base}-{number}");
        }
        if number > 0 {
            self.next.insert(base, number);
        }
        self.next.entry(id.clone()).or_insert(0);
        id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_keep_letters_of_any_script() {
        for (text, expected) in [
            ("What we heard", "what-we-heard"),
            ("NPS & CSAT: 2025/26", "nps--csat-202526"),
            ("Über Größe", "über-größe"),
            ("顧客の声", "顧客の声"),
            ("snake_case a.b", "snake_case-ab"),
            ("!?", ""),
        ] {
            assert_eq!(slug(text), expected, "{text}");
        }
    }

    #[test]
    fn ids_are_unique_even_against_written_numbers() {
        let mut slugs = Slugs::default();
        let ids: Vec<String> =
            ["A", "A-1", "A", "a", "!", "!"].iter().map(|text| slugs.unique(text)).collect();
        assert_eq!(ids, ["a", "a-1", "a-2", "a-3", "section", "section-1"]);
    }
}
