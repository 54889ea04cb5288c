//! Findings for machines: a JSON list of `{name, level, file, line, column, message, help}`.

use serde::Serialize;

use super::Finding;

#[derive(Serialize)]
struct Row<'a> {
    name: &'a str,
    level: &'a str,
    file: Option<&'a str>,
    line: Option<u32>,
    column: Option<u32>,
    message: &'a str,
    help: &'a str,
}

/// The list, indented by two, with a line end. `file`, `line` and `column` are null where a finding has none.
pub fn json(findings: &[Finding]) -> String {
    let rows: Vec<Row<'_>> = findings
        .iter()
        .map(|finding| {
            let place = finding.place.as_ref();
            Row {
                name: finding.check.name,
                level: finding.level.word(),
                file: place.map(|place| &*place.file),
                line: place.map(|place| place.line).filter(|line| *line > 0),
                column: place.map(|place| place.column).filter(|column| *column > 0),
                message: &finding.message,
                help: &finding.help,
            }
        })
        .collect();
    let mut text = serde_json::to_string_pretty(&rows).unwrap_or_else(|_| "[]".to_owned());
    text.push('\n');
    text
}
