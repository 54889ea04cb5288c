//! Inline markup that can split a value: emphasis and code marks, escapes, tags without attributes.

use std::borrow::Cow;

/// Tags inside a line; what they enclose belongs to the words around it.
const INLINE: [&str; 26] = [
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd",
    "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "u", "wbr",
];

const LONGEST: usize = 12;

/// Markup at the start of a text: its length and what it leaves. A tag with attributes stays, for they are text too.
pub(super) fn strip(text: &str) -> Option<(usize, Cow<'static, str>)> {
    let bytes = text.as_bytes();
    match bytes.first()? {
        b'*' | b'`' => Some((1, Cow::Borrowed(""))),
        b'\\' => bytes.get(1).filter(|byte| byte.is_ascii_punctuation()).map(|_| (1, Cow::Borrowed(""))),
        _ => {
            let end = bytes.iter().take(LONGEST).position(|byte| *byte == b'>')?;
            let name = text[1..end].trim_matches(['/', ' ']).to_ascii_lowercase();
            let named = name.chars().all(|c| c.is_ascii_alphanumeric())
                && name.starts_with(|c: char| c.is_ascii_alphabetic());
            let left = if INLINE.contains(&name.as_str()) { "" } else { "\n" };
            named.then_some((end + 1, Cow::Borrowed(left)))
        }
    }
}
