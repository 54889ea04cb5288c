//! What is wrong with a template, in the author's words and with its place.

use std::collections::BTreeMap;

use tera::{Error, ErrorKind};

use crate::diag::{Finding, Place, checks, nearest};

/// The finding about an error of the template engine. `origins` tells the file behind each template.
pub(super) fn finding(error: &Error, origins: &BTreeMap<String, String>) -> Finding {
    let finding = |message: String| Finding::new(&checks::THEME_BROKEN, message);
    let file = |template: &str| origins.get(template).map_or_else(|| template.to_owned(), Clone::clone);
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let span = report.span();
            let place = Place {
                file: file(report.filename()).into(),
                line: u32::try_from(span.start_line).unwrap_or(0),
                column: u32::try_from(span.start_col + 1).unwrap_or(0),
                length: u32::try_from(span.end_col.saturating_sub(span.start_col).max(1)).unwrap_or(1),
            };
            let words = report.message().lines().next().unwrap_or_default();
            let (message, help) = unknown_name(words).unwrap_or_else(|| {
                let help =
                    "Compare it with the built-in file of the same name; docs/THEMES.md lists the fields.";
                (format!("the template cannot be used: {words}"), help.to_owned())
            });
            finding(message).at(place).help(help)
        }
        ErrorKind::TemplateNotFound(name) => finding(format!("the theme has no template \"{name}\"")),
        _ => {
            let words = error.to_string();
            finding(format!("the theme cannot be used: {}", words.lines().next().unwrap_or_default()))
                .help("Compare its templates with the built-in ones; docs/THEMES.md lists the fields.")
        }
    }
}

/// A field or variable that the view does not have: its name and the nearest of those it has. The engine lists them all,
/// in words such as "Field `a` is not defined. Available fields: b, c".
fn unknown_name(words: &str) -> Option<(String, String)> {
    let (name, rest) = words
        .strip_prefix("Field `")
        .or_else(|| words.strip_prefix("Variable `"))?
        .split_once("` is not defined")?;
    let Some((_, known)) = rest.split_once(": ") else {
        let message = format!("the template asks for \"{name}\" of something that is not there");
        return Some((message, "docs/THEMES.md lists the fields.".to_owned()));
    };
    let near = nearest(name, known.split(", ")).map(|near| format!("Did you mean \"{near}\"? "));
    let message = format!("the template asks for \"{name}\", which is not there");
    Some((message, format!("{}docs/THEMES.md lists the fields.", near.unwrap_or_default())))
}

#[cfg(test)]
mod tests {
    use super::unknown_name;

    #[test]
    fn offers_the_nearest_field_and_not_all() {
        let say = |words| unknown_name(words).unwrap_or_default();
        let (message, help) = say("Field `tilte` is not defined. Available fields: kind, title, vision");
        assert_eq!(message, "the template asks for \"tilte\", which is not there");
        assert_eq!(help, "Did you mean \"title\"? docs/THEMES.md lists the fields.");
        let (_, help) = say("Variable `weather` is not defined. Available variables: frame, __tera");
        assert_eq!(help, "docs/THEMES.md lists the fields.");
        let (message, _) = say("Field `today` is not defined");
        assert_eq!(message, "the template asks for \"today\" of something that is not there");
        assert_eq!(unknown_name("Found `</` but expected }}."), None);
    }
}
