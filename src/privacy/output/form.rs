//! What kind of file something is, by its name and by its bytes; the two must agree.

use crate::pictures::{self, Format};

/// A kind of file, and so how it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form<'b> {
    /// HTML, SVG, XML.
    Markup(&'b str),
    Style(&'b str),
    Script(&'b str),
    Data(&'b str),
    Table(&'b str),
    Plain(&'b str),
    /// A picture of points, without notes.
    Picture,
    /// A typeface without notes.
    Font,
}

/// The kind of a file.
///
/// # Errors
/// Why it cannot be published, in words that follow its name.
pub(super) fn of<'b>(path: &str, bytes: &'b [u8]) -> Result<Form<'b>, String> {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    match ending.as_str() {
        "png" | "jpg" | "jpeg" | "webp" | "gif" => picture(&ending, bytes),
        "woff" | "woff2" => font(&ending, bytes),
        "html" | "svg" | "xml" | "css" | "js" | "json" | "csv" | "txt" => text(&ending, bytes),
        _ => Err("is of a kind that cannot be read for customers' details".to_owned()),
    }
}

fn text<'b>(ending: &str, bytes: &'b [u8]) -> Result<Form<'b>, String> {
    let another = || Err(format!("is not what the ending .{ending} says"));
    let Ok(text) = std::str::from_utf8(bytes) else { return another() };
    if text.contains('\0') {
        return another();
    }
    let start = text.trim_start_matches('\u{feff}').trim_start();
    let is_markup = start.starts_with('<');
    match ending {
        "html" if is_markup => Ok(Form::Markup(text)),
        "svg" if is_markup && start.contains("<svg") => Ok(Form::Markup(text)),
        "xml" if is_markup => Ok(Form::Markup(text)),
        "css" if !is_markup => Ok(Form::Style(text)),
        "js" if !is_markup => Ok(Form::Script(text)),
        "json" if start.starts_with(['{', '[']) => Ok(Form::Data(text)),
        "csv" if !is_markup => Ok(Form::Table(text)),
        "txt" if !is_markup => Ok(Form::Plain(text)),
        _ => another(),
    }
}

fn picture(ending: &str, bytes: &[u8]) -> Result<Form<'static>, String> {
    let format = Format::of(bytes).filter(|format| *format != Format::Svg);
    let named = if ending == "jpeg" { "jpg" } else { ending };
    match (format, pictures::leftovers(bytes).first()) {
        (Some(format), None) if format.ending() == named => Ok(Form::Picture),
        (Some(format), Some(left)) if format.ending() == named => {
            Err(format!("is a picture that still holds {left}"))
        }
        _ => Err(format!("is not what the ending .{ending} says")),
    }
}

/// A typeface of the theme, without the notes its container can carry: the lengths of both are zero.
fn font(ending: &str, bytes: &[u8]) -> Result<Form<'static>, String> {
    let (sign, notes) = if ending == "woff2" { (b"wOF2", 28..48) } else { (b"wOFF", 24..44) };
    match bytes.get(notes) {
        Some(lengths) if bytes.starts_with(sign) && lengths.iter().all(|byte| *byte == 0) => Ok(Form::Font),
        Some(_) if bytes.starts_with(sign) => Err("is a typeface that holds notes".to_owned()),
        _ => Err(format!("is not what the ending .{ending} says")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn name_and_bytes_must_agree() {
        let png = b"\x89PNG\r\n\x1a\n";
        assert_eq!(of("a.png", png), Ok(Form::Picture));
        assert!(of("a.html", b"<!doctype html>").is_ok() && of("a.svg", b"<?xml?><svg/>").is_ok());
        for (path, bytes) in [
            ("a.gif", &png[..]),
            ("a.html", png),
            ("a.html", b"words"),
            ("a.svg", b"<p>"),
            ("a.txt", b"a\0b"),
            ("a.txt", b"\xff\xfe"),
            ("a.css", b"<svg"),
            ("a.json", b"1"),
            ("a.pdf", b"%PDF"),
            ("a.docx", b"PK"),
            ("CNAME", b"x"),
            ("a.png", b"\x89PNG\r\n\x1a\n<?xpacket"),
        ] {
            assert!(of(path, bytes).is_err(), "{path}");
        }
    }

    #[test]
    fn typefaces_carry_no_notes() {
        let mut font = b"wOF2".to_vec();
        font.resize(60, 0);
        assert_eq!(of("a.woff2", &font), Ok(Form::Font));
        font[32] = 9;
        assert!(of("a.woff2", &font).is_err() && of("a.woff", &font).is_err());
    }
}
