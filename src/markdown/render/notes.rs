//! Footnotes: the marks in the text and the section at the end, linked both ways.

use super::Writer;

/// A mention: a small number that leads to the footnote.
pub(super) fn mark(writer: &mut Writer<'_>, index: usize) {
    let mark = writer.page.marks[index];
    let Some(number) = mark.number else {
        return;
    };
    let back = back_id(number, mark.occurrence);
    writer.out.push_str(&format!(
        "<sup class=\"note-mark\"><a id=\"{back}\" href=\"#note.{number}\" aria-label=\"Footnote {number}\">{number}</a></sup>"
    ));
}

fn back_id(number: usize, occurrence: usize) -> String {
    format!("note.{number}.back.{occurrence}")
}

/// Puts aside what was written since a footnote began, and goes on where the text was.
pub(super) fn keep(writer: &mut Writer<'_>, number: Option<usize>) {
    let outer = writer.outer.pop().unwrap_or_default();
    let html = std::mem::replace(&mut writer.out, outer);
    // A label may be defined twice; the first one counts.
    let place = number.and_then(|number| writer.notes.get_mut(number - 1));
    if let Some(place) = place.filter(|place| place.is_empty()) {
        *place = html;
    }
}

/// Writes the section with all footnotes, when there are any.
pub(super) fn write_section(writer: &mut Writer<'_>) {
    if writer.notes.is_empty() {
        return;
    }
    writer.start_line();
    writer.out.push_str("<section class=\"notes\" aria-label=\"Footnotes\">\n<ol>\n");
    for (index, note) in std::mem::take(&mut writer.notes).into_iter().enumerate() {
        let number = index + 1;
        let arrows = arrows(number, writer.page.mentions[index]);
        let note = note.trim_end();
        writer.out.push_str(&format!("<li id=\"note.{number}\">"));
        match note.strip_suffix("</p>") {
            Some(start) => writer.out.push_str(&format!("{start}{arrows}</p>")),
            None => writer.out.push_str(&format!("{note}<p>{}</p>", arrows.trim_start())),
        }
        writer.out.push_str("</li>\n");
    }
    writer.out.push_str("</ol>\n</section>\n");
}

/// One arrow back for each mention; the second and later ones carry their number.
fn arrows(number: usize, mentions: usize) -> String {
    let mut out = String::new();
    for occurrence in 1..=mentions {
        let back = back_id(number, occurrence);
        let (name, small) = match occurrence {
            1 => (format!("Back to mention of footnote {number}"), String::new()),
            _ => (
                format!("Back to mention {occurrence} of footnote {number}"),
                format!("<sup>{occurrence}</sup>"),
            ),
        };
        out.push_str(&format!(" <a class=\"note-back\" href=\"#{back}\" aria-label=\"{name}\">↩{small}</a>"));
    }
    out
}
