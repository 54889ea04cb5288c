//! How files of an index are written: JSON that a script may hold wherever it stands.
//!
//! What is only to be measured is written to a [`Count`], so that a size is that of the text and nobody keeps the text.

/// What text can be written to.
pub(super) trait Out {
    fn put(&mut self, text: &str);
}

impl Out for String {
    fn put(&mut self, text: &str) {
        self.push_str(text);
    }
}

/// How many bytes were written.
#[derive(Debug, Default)]
pub(super) struct Count(pub(super) usize);

impl Out for Count {
    fn put(&mut self, text: &str) {
        self.0 += text.len();
    }
}

/// A list of texts that are JSON.
pub(super) fn list(items: impl Iterator<Item = String>) -> String {
    let mut list = String::from("[");
    for item in items {
        if list.len() > 1 {
            list.push(',');
        }
        list.push_str(&item);
    }
    list.push(']');
    list
}

/// A text as JSON.
pub(super) fn json(text: &str) -> String {
    let mut json = String::with_capacity(text.len() + 2);
    put_json(&mut json, text);
    json
}

/// Writes a text as JSON.
pub(super) fn put_json(out: &mut impl Out, text: &str) {
    out.put("\"");
    put_inner(out, text);
    out.put("\"");
}

/// Writes a part of a text as it stands between its quotes.
pub(super) fn put_inner(out: &mut impl Out, text: &str) {
    if text.bytes().all(|byte| (b' '..0x7f).contains(&byte) && !matches!(byte, b'"' | b'\\' | b'<')) {
        return out.put(text);
    }
    let json = safe(&serde_json::to_string(text).unwrap_or_default());
    out.put(json.strip_prefix('"').and_then(|json| json.strip_suffix('"')).unwrap_or_default());
}

/// JSON as a script may hold it.
pub(super) fn safe(text: &str) -> String {
    text.replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

/// Writes a number; there are millions of them.
pub(super) fn push_number(text: &mut String, number: u32) {
    if number >= 10 {
        push_number(text, number / 10);
    }
    text.push(char::from(b'0' + u8::try_from(number % 10).unwrap_or_default()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_and_numbers_are_json() {
        for text in ["plain words, it's", "\"", "\\", "a\nb", "\u{7f}", "größe", "<b", "\u{2028}"] {
            let json = json(text);
            assert_eq!(serde_json::from_str::<String>(&json).ok().as_deref(), Some(text), "{json}");
            assert!(!json.contains(['<', '\u{2028}']), "{json}");
            let mut count = Count::default();
            put_json(&mut count, text);
            assert_eq!(count.0, json.len());
        }
        for number in [0, 9, 10, 99, 100, 70_809, u32::MAX] {
            let mut text = String::new();
            push_number(&mut text, number);
            assert_eq!(text, number.to_string());
        }
    }
}
