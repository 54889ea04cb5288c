//! Style sheets: comments, texts between quotes, addresses, and the words of everything else.

use super::sieve::{Sieve, Slot};

/// Reads a style sheet.
pub(super) fn read(text: &str, sieve: &mut Sieve<'_, '_>) {
    let mut at = 0;
    let mut plain = 0;
    while let Some(offset) = text.get(at..).and_then(|rest| rest.find(['/', '"', '\''])) {
        let from = at + offset;
        let rest = &text[from..];
        let (slot, inside, end) = if let Some(inside) = rest.strip_prefix("/*") {
            let length = inside.find("*/").unwrap_or(inside.len());
            (Slot::Comment, &inside[..length], from + 2 + length + 2)
        } else if rest.starts_with('/') {
            at = from + 1;
            continue;
        } else {
            let end = closing(text, from);
            (Slot::Style, &text[from + 1..end], end + 1)
        };
        rules(&text[plain..from], sieve);
        sieve.take(slot, &unescaped(inside));
        at = end.min(text.len());
        plain = at;
    }
    rules(text.get(plain..).unwrap_or_default(), sieve);
}

/// Selectors, properties and values, one by one; words of a rule are no sentence, so colons and colours are left out.
fn rules(text: &str, sieve: &mut Sieve<'_, '_>) {
    for rule in text.split(['{', '}', ';', '\n']) {
        if rule.contains(':') && !rule.contains("://") || rule.contains('#') {
            let words = rule.split([' ', ',', '(', ')', ':']).filter(|word| !is_colour(word));
            sieve.take(Slot::Style, &words.collect::<Vec<_>>().join(" "));
        } else {
            sieve.take(Slot::Style, rule);
        }
    }
}

/// `#0b5a83`: three, four, six or eight digits of a colour.
pub(super) fn is_colour(word: &str) -> bool {
    let digits = word.trim().strip_prefix('#').unwrap_or_default();
    matches!(digits.len(), 3 | 4 | 6 | 8) && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn closing(text: &str, from: usize) -> usize {
    let bytes = text.as_bytes();
    let quote = bytes.get(from).copied();
    let mut at = from + 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 1,
            byte if Some(*byte) == quote => return at,
            _ => {}
        }
        at += 1;
    }
    text.len()
}

/// `\40` is an at sign.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        out.push_str(before);
        let digits = after.bytes().take(6).take_while(u8::is_ascii_hexdigit).count();
        let code = u32::from_str_radix(&after[..digits], 16).ok().and_then(char::from_u32);
        rest = match code {
            Some(code) => {
                out.push(code);
                let after = &after[digits..];
                after.strip_prefix(' ').unwrap_or(after)
            }
            None => after,
        };
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::super::tests::found_in;

    #[test]
    fn comments_texts_addresses_and_rules() {
        for (css, count) in [
            ("/* jo@mail.example */ a { color: red }", 1),
            ("a::before { content: \"Mrs Bloggs\" }", 1),
            ("a::before { content: 'jo\\40 mail.example' }", 1),
            ("a { background: url(https://shop.example/u/77315) }", 1),
            ("a { background: url(\"x/y.png\"); margin: 0 0 1rem }", 0),
            (".x { grid-area: 1 / 2 / 3 / 4; --n: 4929123477315678 }", 1),
            ("a:not(b)::before, a::marker { color: #771577; fill: rgb(from #0b5a83 r g b) }", 0),
            ("/* jo@mail.example", 1),
            ("a::before { content: \"jo@mail.example", 1),
            ("a::before { content: \"\\", 0),
        ] {
            assert_eq!(found_in("a.css", css).len(), count, "{css}");
        }
    }
}
