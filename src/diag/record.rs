//! Findings as a text that is read back as they were.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{CHECKS, Finding, Level, Place};

#[derive(Serialize, Deserialize)]
struct Row {
    name: String,
    level: String,
    place: Option<Spot>,
    message: String,
    help: String,
    related: Vec<(Spot, String)>,
    masked: bool,
}

/// File, line, column and length.
type Spot = (String, u32, u32, u32);

/// Findings as a text.
pub fn record(findings: &[Finding]) -> String {
    let spot = |place: &Place| {
        let Place { file, line, column, length } = place;
        (file.to_string(), *line, *column, *length)
    };
    let row = |finding: &Finding| {
        let Finding { check, level, place, message, help, related, masked } = finding;
        Row {
            name: check.name.to_owned(),
            level: level.word().to_owned(),
            place: place.as_ref().map(spot),
            message: message.clone(),
            help: help.clone(),
            related: related.iter().map(|(place, why)| (spot(place), why.to_string())).collect(),
            masked: *masked,
        }
    };
    let rows: Vec<Row> = findings.iter().map(row).collect();
    serde_json::to_string(&rows).unwrap_or_default()
}

/// The findings that [`record`] wrote; `None` when it is no such text, or names a check there is not.
pub fn recorded(text: &[u8]) -> Option<Vec<Finding>> {
    let rows: Vec<Row> = serde_json::from_slice(text).ok()?;
    rows.into_iter().map(finding).collect()
}

fn finding(row: Row) -> Option<Finding> {
    let place = |(file, line, column, length): Spot| Place { file: Arc::from(file), line, column, length };
    let levels = [Level::Note, Level::Warning, Level::Error];
    Some(Finding {
        check: CHECKS.iter().find(|check| check.name == row.name)?,
        level: levels.into_iter().find(|level| level.word() == row.level)?,
        place: row.place.map(place),
        message: row.message,
        help: row.help,
        related: row.related.into_iter().map(|(spot, why)| (place(spot), why.into())).collect(),
        masked: row.masked,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::checks;

    #[test]
    fn findings_come_back_as_they_were() {
        let place = Place { file: Arc::from("content/a.md"), line: 3, column: 2, length: 7 };
        let findings = [
            Finding::new(&checks::LINK_BROKEN, "\"x\" leads nowhere").at(place).help("Mend it.").masked(),
            Finding::new(&checks::DUPLICATE, "twice")
                .at_most(Level::Note)
                .beside(Place::line("content/b.md", 4), "the first"),
        ];
        let text = record(&findings);
        assert_eq!(recorded(text.as_bytes()), Some(findings.to_vec()));
        assert_eq!(recorded(text.replace("link-broken", "link-gone").as_bytes()), None);
        assert_eq!(recorded(b"{}"), None);
    }
}
