//! Which quotes the last edition held: `published-quotes.json`, the audit file of its build.
//!
//! It holds digests, so it can lie beside book.toml without saying what was published.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::Files;
use crate::diag::{Finding, Place, checks};
use crate::output::sha256;

/// Where it stands, beside book.toml.
const FILE: &str = "published-quotes.json";

/// Digests of the quotes of an edition.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PublishedQuotes {
    salt: String,
    quotes: BTreeSet<String>,
}

impl PublishedQuotes {
    /// Whether that edition held a quote.
    pub fn held(&self, id: &str) -> bool {
        self.quotes.contains(&fingerprint(&self.salt, &sha256(id.as_bytes())))
    }
}

/// SHA-256 of a salt and the SHA-256 of a text, as audit files hold it.
pub fn fingerprint(salt: &str, digest: &str) -> String {
    sha256(format!("{salt}\n{digest}").as_bytes())
}

#[derive(Deserialize)]
struct Audit {
    schema: u8,
    salt: String,
    quotes: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    id_sha256: String,
    verdict: String,
}

/// Reads the digests, if there are any.
pub(super) fn load(files: &Files<'_>, findings: &mut Vec<Finding>) -> Option<PublishedQuotes> {
    files.sources.get(FILE)?;
    let audit: Option<Audit> = serde_json::from_str(files.text(FILE, findings)?).ok();
    let Some(audit) = audit.filter(|audit| audit.schema == 1) else {
        let message = format!("{FILE} cannot be read");
        let help = "Write it anew with the last edition: cxbook build --audit published-quotes.json";
        findings.push(Finding::new(&checks::SYNTAX, message).at(Place::file(FILE)).help(help));
        return None;
    };
    let shown = audit.quotes.into_iter().filter(|quote| quote.verdict == "published");
    Some(PublishedQuotes { salt: audit.salt, quotes: shown.map(|quote| quote.id_sha256).collect() })
}
