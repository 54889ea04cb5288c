//! One line per finding, for a quick look or a search with grep.

use super::Finding;

/// `file:line:column: level[name]: message` per finding.
pub fn short(findings: &[Finding]) -> String {
    let mut out = String::new();
    for finding in findings {
        if let Some(place) = &finding.place {
            out.push_str(&place.file);
            if place.line > 0 {
                out.push_str(&format!(":{}", place.line));
            }
            if place.column > 0 {
                out.push_str(&format!(":{}", place.column));
            }
            out.push_str(": ");
        }
        out.push_str(&format!("{}[{}]: {}\n", finding.level.word(), finding.check.name, finding.message));
    }
    out
}
