//! Findings as SARIF 2.1.0 (OASIS, 2020), for code scanning and editors.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Check, Finding, Level, Place};

/// One run with the checks that found something as its rules. `folder` leads from the folder of the repository to the book's,
/// empty when they are the same. Columns count characters. A finding about the book as a whole stands at the first line of
/// book.toml, for readers of SARIF expect a place.
pub fn sarif(findings: &[Finding], folder: &str) -> String {
    let checks: BTreeMap<&str, &Check> =
        findings.iter().map(|finding| (finding.check.name, finding.check)).collect();
    let index: BTreeMap<&str, usize> = checks.keys().enumerate().map(|(at, name)| (*name, at)).collect();
    let log = json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "cxbook",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": checks.values().map(|check| rule(check)).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "results": findings.iter().map(|finding| result(finding, &index, folder)).collect::<Vec<_>>(),
        }],
    });
    format!("{log:#}\n")
}

fn rule(check: &Check) -> Value {
    json!({
        "id": check.name,
        "shortDescription": { "text": check.summary },
        "help": { "text": check.page, "markdown": check.page },
        "defaultConfiguration": { "level": level(check.level) },
    })
}

fn result(finding: &Finding, index: &BTreeMap<&str, usize>, folder: &str) -> Value {
    let separator = if finding.help.is_empty() { "" } else { ". " };
    let mut result = json!({
        "ruleId": finding.check.name,
        "ruleIndex": index.get(finding.check.name),
        "level": level(finding.level),
        "message": { "text": format!("{}{separator}{}", finding.message, finding.help) },
        "locations": [location(finding.place.as_ref(), folder)],
    });
    let beside = finding.related.iter().map(|(place, why)| {
        let mut location = location(Some(place), folder);
        location["message"] = json!({ "text": why });
        location
    });
    let beside: Vec<Value> = beside.collect();
    if !beside.is_empty() {
        result["relatedLocations"] = json!(beside);
    }
    result
}

fn location(place: Option<&Place>, folder: &str) -> Value {
    json!({ "physicalLocation": {
        "artifactLocation": { "uri": uri(place, folder) },
        "region": region(place),
    } })
}

fn level(level: Level) -> &'static str {
    level.word()
}

fn uri(place: Option<&Place>, folder: &str) -> String {
    let file = place.map_or("book.toml", |place| &place.file);
    let path = super::place::from_folder(folder, file);
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    uri
}

fn region(place: Option<&Place>) -> Value {
    match place.map(|place| (place.line, place.column, place.length)) {
        None | Some((0, ..)) => json!({ "startLine": 1 }),
        Some((line, 0, _)) => json!({ "startLine": line }),
        Some((line, column, length)) => {
            json!({ "startLine": line, "startColumn": column, "endColumn": column + length })
        }
    }
}
