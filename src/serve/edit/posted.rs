//! What a browser sends of a form.

use crate::source::decode;

/// Names and values, in their order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Posted(Vec<(String, String)>);

impl Posted {
    /// Reads a form; `None` when it is no text.
    pub(super) fn read(body: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(body).ok()?;
        let plain = |part: &str| decode(&part.replace('+', " "));
        let pairs = text.split('&').filter_map(|pair| pair.split_once('='));
        Some(Self(pairs.map(|(name, value)| (plain(name), plain(value).trim().to_owned())).collect()))
    }

    /// The first value of a name; empty when there is none.
    pub(super) fn one(&self, name: &str) -> &str {
        self.0.iter().find(|(own, _)| own == name).map_or("", |(_, value)| value.as_str())
    }

    /// All values of a name that say something.
    pub(super) fn all(&self, name: &str) -> Vec<&str> {
        let own = self.0.iter().filter(|(own, value)| own == name && !value.is_empty());
        own.map(|(_, value)| value.as_str()).collect()
    }

    /// Whether nothing was sent yet.
    pub(super) fn is_blank(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether it carries the token. How long the comparison takes says nothing about how much of it is right.
    pub(super) fn has_token(&self, token: &str) -> bool {
        let (told, token) = (self.one("token").as_bytes(), token.as_bytes());
        let differs = token.iter().zip(told).fold(0, |differs, (own, other)| differs | (own ^ other));
        told.len() == token.len() && std::hint::black_box(differs) == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_values_are_read() {
        let posted = Posted::read(b"a=1+2%2B3&b=%C3%A9&a=&a=x%26y&c").unwrap();
        assert_eq!((posted.one("a"), posted.one("b"), posted.one("none")), ("1 2+3", "\u{e9}", ""));
        assert_eq!(posted.all("a"), ["1 2+3", "x&y"]);
        assert_eq!(Posted::read(&[0xff]), None);
    }

    #[test]
    fn only_the_whole_token_opens() {
        let with = |token: &str| Posted::read(format!("token={token}").as_bytes()).unwrap().has_token("abc");
        assert!(with("abc"));
        for wrong in ["", "ab", "abd", "abcd", "ABC", "abc%00"] {
            assert!(!with(wrong), "{wrong}");
        }
        assert!(!Posted::default().has_token("abc"));
    }
}
