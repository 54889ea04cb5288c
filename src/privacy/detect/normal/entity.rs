//! HTML entities and percent-encoding.

use std::borrow::Cow;

/// Named entities that can stand inside an identifier. Others stay as they are written.
const NAMED: [(&str, &str); 64] = [
    ("amp", "&"),
    ("apos", "'"),
    ("ast", "*"),
    ("bsol", "\\"),
    ("colon", ":"),
    ("comma", ","),
    ("commat", "@"),
    ("dash", "-"),
    ("emsp", " "),
    ("ensp", " "),
    ("equals", "="),
    ("gt", ">"),
    ("hairsp", " "),
    ("horbar", "-"),
    ("hyphen", "-"),
    ("lowbar", "_"),
    ("lpar", "("),
    ("lt", "<"),
    ("mdash", "-"),
    ("minus", "-"),
    ("nbsp", " "),
    ("ndash", "-"),
    ("NewLine", "\n"),
    ("num", "#"),
    ("numsp", " "),
    ("percnt", "%"),
    ("period", "."),
    ("plus", "+"),
    ("puncsp", " "),
    ("quest", "?"),
    ("quot", "\""),
    ("rpar", ")"),
    ("rsquo", "'"),
    ("shy", ""),
    ("sol", "/"),
    ("Tab", "\t"),
    ("thinsp", " "),
    ("UnderBar", "_"),
    ("zwj", ""),
    ("zwnj", ""),
    ("ZeroWidthSpace", ""),
    ("aacute", "á"),
    ("agrave", "à"),
    ("aring", "å"),
    ("auml", "ä"),
    ("ccedil", "ç"),
    ("eacute", "é"),
    ("egrave", "è"),
    ("iacute", "í"),
    ("ntilde", "ñ"),
    ("oacute", "ó"),
    ("oslash", "ø"),
    ("ouml", "ö"),
    ("szlig", "ß"),
    ("uacute", "ú"),
    ("uuml", "ü"),
    ("Aacute", "Á"),
    ("Aring", "Å"),
    ("Auml", "Ä"),
    ("Eacute", "É"),
    ("Oslash", "Ø"),
    ("Ouml", "Ö"),
    ("Uuml", "Ü"),
    ("yacute", "ý"),
];

/// The longest entity that is looked at, so that a text full of `&` stays cheap.
const LONGEST: usize = 24;

/// An entity at the start of a text: its length and what it stands for. `&amp;#64;`, encoded twice, is `@` too.
pub(super) fn decode(text: &str) -> Option<(usize, Cow<'static, str>)> {
    let mut body = text.strip_prefix('&')?;
    while let Some(rest) = body.strip_prefix("amp;")
        && single(rest).is_some()
        && text.len() - rest.len() < LONGEST
    {
        body = rest;
    }
    let (length, meant) = single(body)?;
    Some((text.len() - body.len() + length, meant))
}

/// An entity without its `&`.
fn single(body: &str) -> Option<(usize, Cow<'static, str>)> {
    let end = body.bytes().take(LONGEST).position(|byte| byte == b';')?;
    let name = &body[..end];
    let meant = if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => number.parse(),
        };
        Cow::Owned(char::from_u32(code.ok()?)?.to_string())
    } else {
        Cow::Borrowed(NAMED.iter().find(|(known, _)| *known == name)?.1)
    };
    Some((end + 1, meant))
}

/// A run of `%40` at the start of a text, when it spells printable characters.
pub(super) fn percent(text: &str) -> Option<(usize, Cow<'static, str>)> {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [b'%', high, low, more @ ..] = rest
        && bytes.len() < 4
        && (bytes.is_empty() || bytes[0] >= 0x80)
    {
        let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        let (Some(high), Some(low)) = (digit(*high), digit(*low)) else { break };
        bytes.push(high * 16 + low);
        rest = more;
        if std::str::from_utf8(&bytes).is_ok() {
            break;
        }
    }
    let meant = String::from_utf8(bytes)
        .ok()
        .filter(|meant| !meant.is_empty() && !meant.contains(char::is_control))?;
    Some((text.len() - rest.len(), Cow::Owned(meant)))
}
