//! JavaScript and JSON: texts between quotes, and comments.
//!
//! Texts joined with a plus sign are read as one. Where a slash begins a pattern and where it divides is guessed from what
//! stands before it; either way nothing is passed over.

use memchr::memchr;

use super::sieve::{Sieve, Slot};

/// Reads a script.
pub(super) fn read(text: &str, sieve: &mut Sieve<'_, '_>) {
    let bytes = text.as_bytes();
    let (mut at, mut before) = (0, b'\n');
    let mut joined = String::new();
    let mut code = 0;
    while let Some(byte) = bytes.get(at) {
        let from = at;
        match (byte, bytes.get(at + 1)) {
            (quote @ (b'"' | b'\'' | b'`'), _) => {
                // Code between two texts that is only a plus sign joins them.
                if between(text, code, from) != "+" {
                    flush(&mut joined, sieve);
                }
                at = quoted(text, at, *quote, &mut joined);
                code = at;
                before = b'"';
                continue;
            }
            (b'/', Some(b'/')) => {
                at = text[at..].find('\n').map_or(text.len(), |end| at + end);
                sieve.take(Slot::Script, &text[from + 2..at]);
            }
            (b'/', Some(b'*')) => {
                at = text[at + 2..].find("*/").map_or(text.len(), |end| at + 2 + end + 2);
                sieve.take(Slot::Script, &text[from + 2..at]);
            }
            (b'/', _) if b"(,=:[!&|?{};\n+".contains(&before) => {
                at = pattern(text, at);
                sieve.take(Slot::Script, &text[from..at]);
                before = b'"';
            }
            _ => {
                if !byte.is_ascii_whitespace() {
                    before = *byte;
                }
                at += 1;
                let rest = bytes.get(at..).unwrap_or_default();
                at += rest.iter().take_while(|byte| !b"\"'`/(,=:[!&|?{};\n+".contains(*byte)).count();
                if let Some(last) = text[from..at].trim_end().bytes().next_back() {
                    before = last;
                }
            }
        }
    }
    flush(&mut joined, sieve);
    numbers(text, sieve);
}

/// Reads JSON: keys and values between quotes, and long numbers with their key.
pub(super) fn data(text: &str, sieve: &mut Sieve<'_, '_>) {
    let mut at = 0;
    let mut key = String::new();
    while let Some(open) = text.as_bytes().get(at..).and_then(|rest| memchr(b'"', rest)) {
        long_number(&key, &text[at..at + open], sieve);
        key.clear();
        at = quoted(text, at + open, b'"', &mut key);
        if !is_digest(&key) {
            sieve.take(Slot::Data, &key);
        }
    }
    long_number(&key, text.get(at..).unwrap_or_default(), sieve);
}

/// A number of seven digits or more may be somebody's; its key says what it is.
fn long_number(key: &str, rest: &str, sieve: &mut Sieve<'_, '_>) {
    let is_long = |number: &str| number.len() >= 7 && number.bytes().all(|byte| byte.is_ascii_digit());
    for number in rest.split(|character: char| !character.is_ascii_digit()).filter(|number| is_long(number)) {
        sieve.take(Slot::Data, &format!("{key}: {number}"));
    }
}

/// Long numbers in the code of a script.
fn numbers(text: &str, sieve: &mut Sieve<'_, '_>) {
    for number in text.split(|character: char| !character.is_ascii_alphanumeric()) {
        if number.len() >= 7 && number.bytes().all(|byte| byte.is_ascii_digit()) {
            sieve.take(Slot::Script, number);
        }
    }
}

fn between(text: &str, from: usize, to: usize) -> &str {
    text.get(from..to).unwrap_or_default().trim()
}

fn flush(joined: &mut String, sieve: &mut Sieve<'_, '_>) {
    sieve.take(Slot::Script, joined);
    joined.clear();
}

/// Adds the text that begins with the quote at a place, its escapes undone, and says where it ends.
fn quoted(text: &str, at: usize, quote: u8, out: &mut String) -> usize {
    let mut characters = text[at + 1..].char_indices();
    let mut high = 0;
    while let Some((offset, character)) = characters.next() {
        if character == char::from(quote) {
            return at + 1 + offset + 1;
        }
        if character != '\\' {
            out.push(character);
            continue;
        }
        let rest = &text[at + 1 + offset + 1..];
        let (code, length) = match rest.as_bytes() {
            [b'u', b'{', ..] => rest.find('}').map_or((None, 1), |end| (hex(&rest[2..end]), end + 1)),
            [b'u', ..] => (rest.get(1..5).and_then(hex), 5),
            [b'x', ..] => (rest.get(1..3).and_then(hex), 3),
            [b'n' | b'r' | b't', ..] => (Some(u32::from(b' ')), 1),
            _ => (rest.chars().next().map(u32::from), rest.chars().next().map_or(0, char::len_utf8)),
        };
        match code {
            Some(first @ 0xd800..=0xdbff) => high = first,
            Some(second @ 0xdc00..=0xdfff) if high != 0 => {
                out.extend(char::from_u32(0x1_0000 + ((high - 0xd800) << 10) + (second - 0xdc00)));
                high = 0;
            }
            Some(code) => out.extend(char::from_u32(code)),
            None => {}
        }
        let end = offset + 1 + if code.is_some() { length } else { 0 };
        while characters.clone().next().is_some_and(|(next, _)| next < end) {
            characters.next();
        }
    }
    text.len()
}

fn hex(digits: &str) -> Option<u32> {
    u32::from_str_radix(digits, 16).ok()
}

/// Where a pattern ends: at a slash that is neither escaped nor in brackets, or with the line.
fn pattern(text: &str, at: usize) -> usize {
    let (mut escaped, mut inside) = (false, false);
    for (offset, byte) in text.bytes().enumerate().skip(at + 1) {
        match byte {
            b'\n' => return offset,
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'[' => inside = true,
            b']' => inside = false,
            b'/' if !inside => return offset + 1,
            _ => {}
        }
    }
    text.len()
}

/// A SHA-256 in the manifest.
fn is_digest(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

#[cfg(test)]
mod tests {
    use super::super::tests::found_in;

    #[test]
    fn scripts() {
        for (script, count) in [
            ("var a = \"jo@mail.example\";", 1),
            ("a('jo' + '@mail' +\n `.example`)", 1),
            ("a('jo', '@mail.example')", 0),
            ("a = 'jo\\u0040mail\\x2eexample'", 1),
            ("a = 'jo\\u{40}mail.example'", 1),
            ("// Mrs Bloggs\nb()", 1),
            ("/* Mrs Bloggs */ b()", 1),
            ("if (/\"/.test(x)) y('jo@mail.example')", 1),
            ("a = b / c; y('jo@mail.example') / 2", 1),
            ("a = /jo@mail.example/", 1),
            ("call(4929123477315678)", 1),
            ("cxbookSearch(\"p0\",[[\"T\",\"\",\"a.html\",\"Page\",\"Write to jo@mail.example\"]]);", 1),
            ("cxbookSearch(\"w0\",[[\"call called\",[4929,1234,773,15,678]]]);", 0),
            ("a = 'it\\'s'", 0),
            ("a = 'jo@mail.example", 1),
            ("a = '\\", 0),
            ("a = '\\u", 0),
        ] {
            assert_eq!(found_in("a.js", script).len(), count, "{script}");
        }
    }

    #[test]
    fn json_keys_values_and_numbers() {
        for (json, count) in [
            ("{\"jo@mail.example\": 1}", 1),
            ("{\"a\": [\"Mrs Bloggs\"]}", 1),
            ("{\"a\": \"\\ud83d\\ude00 jo\\u0040mail.example\"}", 1),
            ("{\"card\": 4929123477315678}", 1),
            ("{\"bytes\": 12345}", 0),
            ("{\"sha256\": \"8d33db9a8d33db9a8d33db9a8d33db9a8d33db9a8d33db9a8d33db9a8d33db9a\"}", 0),
        ] {
            assert_eq!(found_in("a.json", json).len(), count, "{json}");
        }
    }
}
