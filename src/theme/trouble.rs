//! What is wrong with a template, in the author's words and with its place.

use std::collections::BTreeMap;

use tera::{Error, ErrorKind};

use crate::diag::{Finding, Place, checks};

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
            let words = report.message().lines().next().unwrap_or_default().to_owned();
            finding(format!("the template cannot be used: {words}"))
                .at(place)
                .help("Compare it with the built-in file of the same name; docs/THEMES.md lists the fields.")
        }
        ErrorKind::TemplateNotFound(name) => finding(format!("the theme has no template \"{name}\"")),
        _ => {
            let words = error.to_string();
            finding(format!("the theme cannot be used: {}", words.lines().next().unwrap_or_default()))
                .help("Compare its templates with the built-in ones; docs/THEMES.md lists the fields.")
        }
    }
}
