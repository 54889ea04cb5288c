//! HTML, SVG and XML as a reader meets them: text joined over the tags inside a sentence, attributes, comments.
//!
//! It shares nothing with what wrote the pages and knows no page: whatever stands between `<` and `>` is a tag, anything
//! else is text. Entities and percent-encoding are left to the detectors, which see through both.

use memchr::{memchr, memchr3, memmem};

use super::sieve::{Sieve, Slot};
use super::{script, style};

/// Elements inside a sentence: what stands before, in and behind them is one text.
fn is_inline(name: &str) -> bool {
    // Bytes, for they are told apart by length first; text would be compared one by one.
    matches!(
        name.as_bytes(),
        b"a" | b"abbr"
            | b"b"
            | b"bdi"
            | b"bdo"
            | b"big"
            | b"button"
            | b"cite"
            | b"code"
            | b"data"
            | b"del"
            | b"dfn"
            | b"em"
            | b"font"
            | b"i"
            | b"ins"
            | b"kbd"
            | b"mark"
            | b"q"
            | b"s"
            | b"samp"
            | b"small"
            | b"span"
            | b"strike"
            | b"strong"
            | b"sub"
            | b"sup"
            | b"time"
            | b"tspan"
            | b"u"
            | b"var"
            | b"wbr"
    )
}

/// Attributes of drawings that hold coordinates.
fn is_geometry(key: &str) -> bool {
    matches!(
        key.as_bytes(),
        b"cx"
            | b"cy"
            | b"d"
            | b"dx"
            | b"dy"
            | b"height"
            | b"offset"
            | b"points"
            | b"r"
            | b"rx"
            | b"ry"
            | b"stroke-width"
            | b"transform"
            | b"viewBox"
            | b"width"
            | b"x"
            | b"x1"
            | b"y"
            | b"y1"
    )
}

/// Attributes of drawings that hold colours.
fn holds_colour(key: &str) -> bool {
    matches!(key.as_bytes(), b"color" | b"fill" | b"stop-color" | b"stroke")
}

/// Names of vocabularies. They look like web addresses and lead nowhere.
const VOCABULARIES: [&str; 6] = [
    "http://www.w3.org/1999/xhtml",
    "http://www.w3.org/1999/xlink",
    "http://www.w3.org/2000/svg",
    "http://www.w3.org/2005/Atom",
    "http://www.w3.org/XML/1998/namespace",
    "http://www.sitemaps.org/schemas/sitemap/0.9",
];

/// Reads a whole file.
pub(super) fn read(text: &str, sieve: &mut Sieve<'_, '_>) {
    let mut reader = Reader { text, at: 0, first: "", joined: String::new(), kept: 0, sieve };
    reader.run();
}

struct Reader<'t, 's, 'a, 'p> {
    text: &'t str,
    at: usize,
    /// A text so far: one piece, or several joined.
    first: &'t str,
    joined: String,
    /// How many elements are open that keep their line ends.
    kept: usize,
    sieve: &'s mut Sieve<'a, 'p>,
}

impl<'t> Reader<'t, '_, '_, '_> {
    fn run(&mut self) {
        while self.at < self.text.len() {
            let rest = &self.text[self.at..];
            let open = memchr(b'<', rest.as_bytes()).unwrap_or(rest.len());
            self.add(&rest[..open]);
            self.at += open;
            self.tag();
        }
        self.end();
    }

    /// Reads what begins with `<`.
    fn tag(&mut self) {
        let rest = &self.text[self.at..];
        match rest.as_bytes() {
            [] => {}
            [b'<', b'!', b'-', b'-', ..] => {
                let comment = self.until(4, "-->");
                self.sieve.take(Slot::Comment, comment);
            }
            [b'<', b'!', b'[', ..] if rest.starts_with("<![CDATA[") => {
                let text = self.until(9, "]]>");
                self.add(text);
            }
            [b'<', b'!' | b'?', ..] => {
                let declaration = self.until(2, ">");
                self.sieve.take(Slot::Data, declaration);
            }
            [b'<', b'/', letter, ..] if letter.is_ascii_alphabetic() => {
                let inside = self.until(2, ">");
                let (name, more) = split_name(inside);
                self.bound(name, false);
                self.sieve.take(Slot::Data, more);
            }
            [b'<', letter, ..] if letter.is_ascii_alphabetic() => self.element(),
            _ => {
                self.add(&rest[..1]);
                self.at += 1;
            }
        }
    }

    /// What stands from an offset up to a mark; moves behind the mark.
    fn until(&mut self, offset: usize, mark: &str) -> &'t str {
        let rest = self.text.get(self.at + offset..).unwrap_or_default();
        let end = memmem::find(rest.as_bytes(), mark.as_bytes());
        self.at = end.map_or(self.text.len(), |end| self.at + offset + end + mark.len());
        &rest[..end.unwrap_or(rest.len())]
    }

    /// The beginning of an element: its name and attributes.
    fn element(&mut self) {
        let text = self.text;
        let (name, _) = split_name(&text[self.at + 1..]);
        self.bound(name, true);
        self.at += 1 + name.len();
        let mut kind = "";
        loop {
            let rest = &text[self.at..];
            let gap = rest.bytes().take_while(|byte| byte.is_ascii_whitespace() || *byte == b'/').count();
            let rest = &rest[gap..];
            self.at += gap;
            match rest.as_bytes().first() {
                None => break,
                Some(b'>') => {
                    self.at += 1;
                    break;
                }
                Some(_) => {
                    let (key, value, length) = attribute(rest);
                    self.at += length.max(1);
                    if key == "type" {
                        kind = value;
                    }
                    self.attribute(key, value);
                }
            }
        }
        if name.eq_ignore_ascii_case("script") || name.eq_ignore_ascii_case("style") {
            self.raw(name, kind);
        }
    }

    /// A script or a style inside a page.
    fn raw(&mut self, name: &str, kind: &str) {
        let rest = &self.text[self.at..];
        let closes = |at: &usize| {
            rest.get(at + 2..at + 2 + name.len()).is_some_and(|word| word.eq_ignore_ascii_case(name))
        };
        let end = memmem::find_iter(rest.as_bytes(), "</").find(closes).unwrap_or(rest.len());
        self.at += end;
        let inside = &rest[..end];
        match (name.eq_ignore_ascii_case("style"), kind.contains("json")) {
            (true, _) => style::read(inside, self.sieve),
            (false, true) => script::data(inside, self.sieve),
            (false, false) => script::read(inside, self.sieve),
        }
    }

    fn attribute(&mut self, key: &str, value: &str) {
        if !key.bytes().all(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'-' | b':'))
            || key.len() > 30
        {
            self.sieve.take(Slot::Attribute(""), key);
        }
        let coordinates = is_geometry(key) && are_coordinates(key, value);
        let vocabulary = key.starts_with("xmlns") && VOCABULARIES.contains(&value);
        let colour = holds_colour(key) && style::is_colour(value);
        if coordinates || vocabulary || colour {
            return;
        }
        self.sieve.take(Slot::Attribute(key), value);
        // In the query of an address a plus sign is a blank.
        if value.contains('?') && value.contains('+') {
            self.sieve.take(Slot::Attribute(key), &value.replace('+', " "));
        }
    }

    /// The beginning or end of an element.
    fn bound(&mut self, name: &str, begins: bool) {
        if is_inline(name) {
            return;
        }
        if name == "br" {
            self.join("\n");
            return;
        }
        self.end();
        if name == "pre" || name == "textarea" {
            self.kept = if begins { self.kept + 1 } else { self.kept.saturating_sub(1) };
        }
    }

    /// Adds a piece of text. Line ends are blanks, but for text that is shown as it is written.
    fn add(&mut self, piece: &'t str) {
        if piece.is_empty() {
            return;
        }
        if self.kept == 0 && memchr(b'\n', piece.trim().as_bytes()).is_some() {
            let flat = piece.replace(['\n', '\r'], " ");
            self.join(&flat);
        } else if self.first.is_empty() && self.joined.is_empty() {
            self.first = piece;
        } else {
            self.join(piece);
        }
    }

    fn join(&mut self, piece: &str) {
        if self.joined.is_empty() {
            self.joined.push_str(self.first);
            self.first = "";
        }
        self.joined.push_str(piece);
    }

    /// The end of a text.
    fn end(&mut self) {
        if self.joined.is_empty() {
            self.sieve.take(Slot::Text, self.first);
        } else {
            self.sieve.take(Slot::Text, &self.joined);
            self.joined.clear();
        }
        self.first = "";
    }
}

/// The name of an element and what follows it.
fn split_name(text: &str) -> (&str, &str) {
    let end = text.bytes().position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'));
    text.split_at(end.unwrap_or(text.len()))
}

/// Key, value and length of the attribute a text begins with.
fn attribute(text: &str) -> (&str, &str, usize) {
    let ends = |byte: u8| byte.is_ascii_whitespace() || matches!(byte, b'=' | b'>' | b'/');
    // A key may begin with an equals sign, says HTML.
    let key = 1 + text.bytes().skip(1).position(ends).unwrap_or(text.len().saturating_sub(1));
    let key = (key..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
    let blank = |from: usize| text[from..].bytes().take_while(u8::is_ascii_whitespace).count();
    let equals = key + blank(key);
    if text.as_bytes().get(equals) != Some(&b'=') {
        return (&text[..key], "", key);
    }
    let start = equals + 1 + blank(equals + 1);
    match text.as_bytes().get(start) {
        Some(quote @ (b'"' | b'\'')) => {
            let rest = &text[start + 1..];
            let length = memchr(*quote, rest.as_bytes()).unwrap_or(rest.len());
            (&text[..key], &rest[..length], (start + length + 2).min(text.len()))
        }
        _ => {
            let rest = &text[start..];
            let end = memchr3(b' ', b'>', b'\n', rest.as_bytes()).unwrap_or(rest.len());
            (&text[..key], &rest[..end], start + end)
        }
    }
}

/// Whether a value is nothing but numbers and the letters of a path, none of them long enough to be somebody's.
fn are_coordinates(key: &str, value: &str) -> bool {
    let path = key == "d";
    let mut run = 0;
    value.bytes().all(|byte| {
        run = if byte.is_ascii_digit() { run + 1 } else { 0 };
        run < 7
            && match byte {
                b'0'..=b'9' | b'.' | b',' | b'-' | b' ' => true,
                b'%' => !path,
                _ => path && b"MmLlHhVvCcSsQqTtAaZz".contains(&byte),
            }
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::found_in;

    fn found(html: &str) -> Vec<(String, String)> {
        found_in("page.html", html)
    }

    #[test]
    fn text_is_joined_over_tags_and_comments() {
        for html in [
            "<p>jo.bl<b>oggs</b>@mail.example</p>",
            "<p>jo.bl<button type=\"button\">oggs</button>@mail.example</p>",
            "<p>jo.bl<!-- x -->oggs@mail.<wbr>example",
            "<p>jo&#46;bloggs&commat;mail.example</p>",
            "<code><span class=\"a\">jo</span><span>@mail</span>.example</code>",
        ] {
            assert_eq!(found(html).len(), 1, "{html}");
        }
        assert_eq!(found("<p>jo@</p><p>mail.example</p>"), []);
        assert_eq!(found("<p>Dear Mrs\nBloggs").len(), 1);
        assert_eq!(found("<td>Mrs</td><td>Bloggs</td>"), []);
    }

    #[test]
    fn every_slot_is_read() {
        for (html, slot) in [
            ("<img alt=\"Mrs Bloggs\">", "the attribute \"alt\""),
            ("<img alt='Mrs Bloggs'/>", "the attribute \"alt\""),
            ("<a href=mailto:jo%40mail.example>x", "the attribute \"href\""),
            ("<a href=\"s.html?q=Mrs+Bloggs\">x", "the attribute \"href\""),
            ("<p data-who=\"jo@mail.example\">", "an attribute"),
            ("<p jo@mail.example>", "an attribute"),
            ("<!-- jo@mail.example", "a comment"),
            ("<!doctype jo@mail.example>", "the data"),
            ("</p jo@mail.example>", "the data"),
            ("<svg><title>Mrs Bloggs</title></svg>", "the text"),
            ("<svg><path d=\"M1 2 4929123477315678\"/></svg>", "an attribute"),
            ("<![CDATA[Mrs Bloggs]]>", "the text"),
            ("<script>var a = 'jo@' + 'mail.example'</script>", "a script"),
            ("<script type=\"application/json\">{\"a\": \"jo@mail.example\"}</script>", "the data"),
            ("<style>a { content: 'jo@mail.example' }</style>", "a style"),
            ("<textarea>jo@mail.example", "the text"),
            ("<p>jo\u{8}@mail.example", "the text"),
            ("<p>a < jo@mail.example", "the text"),
        ] {
            assert_eq!(found(html).first().map(|found| found.0.as_str()), Some(slot), "{html}");
        }
    }

    #[test]
    fn drawings_and_names_of_vocabularies_are_passed_over() {
        for html in [
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 720 316\"><path d=\"M37.4 229.9h564.5\"/></svg>",
            "<circle cx=\"29.4\" cy=\"234.6\" r=\"4\"/><text fill=\"#771577\" x=\"29.4\" y=\"1\">−40</text>",
        ] {
            assert_eq!(found(html), [], "{html}");
        }
    }

    #[test]
    fn broken_markup_is_read_to_its_end() {
        for html in
            ["<", "<a", "<a b", "<a b=", "<a b=\"", "</", "<!", "<!--", "<script", "<script>", "<a =", "<ä"]
        {
            found(html);
            found(&format!("{html}ö"));
        }
    }
}
