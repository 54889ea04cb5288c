//! Escaping for the three places text can stand in HTML: between tags, in an attribute, in an address.

/// Text between tags. NUL, which HTML forbids, becomes the replacement character.
pub fn escape_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    push_text(&mut out, text);
    out
}

/// Text between tags or in an attribute of XML, which is stricter than HTML: characters it does not allow are dropped.
pub fn escape_xml(text: &str) -> String {
    let allowed = |c: &char| {
        let forbidden = matches!(c, '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}');
        matches!(c, '\t' | '\n' | '\r') || !forbidden
    };
    escape_text(&text.chars().filter(allowed).collect::<String>())
}

/// Text inside a double-quoted attribute.
pub fn escape_attribute(text: &str) -> String {
    escape_text(text)
}

/// Appends text for use between tags. Quotes are escaped too, so the result also fits an attribute.
pub(super) fn push_text(out: &mut String, text: &str) {
    let mut clean_from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let replacement = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            0 => "\u{FFFD}",
            _ => continue,
        };
        out.push_str(&text[clean_from..at]);
        out.push_str(replacement);
        clean_from = at + 1;
    }
    out.push_str(&text[clean_from..]);
}

/// Appends an address for use in a double-quoted `href` or `src`. What is percent-encoded already stays so.
pub(super) fn push_address(out: &mut String, address: &str) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for byte in address.bytes() {
        match byte {
            b'&' => out.push_str("&amp;"),
            b'\'' => out.push_str("&#39;"),
            _ if byte.is_ascii_alphanumeric() || b"-_.~!*();:@=+$,/?#%".contains(&byte) => {
                out.push(char::from(byte));
            }
            _ => {
                out.push('%');
                out.push(char::from(HEX[usize::from(byte >> 4)]));
                out.push(char::from(HEX[usize::from(byte & 15)]));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_attributes_cannot_break_out() {
        assert_eq!(escape_text("CSAT <4 & \"a\"\0"), "CSAT &lt;4 &amp; &quot;a&quot;\u{FFFD}");
        assert_eq!(escape_attribute("\" onload=\"x"), "&quot; onload=&quot;x");
    }

    #[test]
    fn xml_holds_only_what_it_allows() {
        assert_eq!(
            escape_xml("a<b>&\"\u{0}\u{8}\u{fffe}\u{ffff}\u{85}\u{1b}c\n"),
            "a&lt;b&gt;&amp;&quot;c\n"
        );
    }

    #[test]
    fn addresses_are_encoded_once() {
        let mut out = String::new();
        push_address(&mut out, "a b%20c/ä?x=1&y='\"#z");
        assert_eq!(out, "a%20b%20c/%C3%A4?x=1&amp;y=&#39;%22#z");
    }
}
