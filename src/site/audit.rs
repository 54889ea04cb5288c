//! What was decided about each quote, for the file that `build --audit` writes beside the site. No words of a customer's.

use serde::Serialize;

use crate::load::fingerprint;
use crate::privacy::{PublicBook, QuoteRecord, RULES};

/// The audit of a build, schema 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AuditReport {
    /// 1.
    pub schema: u8,
    /// Program and version.
    pub generator: &'static str,
    /// Version of the rules that decided.
    pub rules: &'static str,
    /// The date the book speaks for.
    pub as_of: String,
    /// Name of the edition, if there is one.
    pub edition: Option<String>,
    /// What is said of a customer must match at least so many people.
    pub min_people_quote: u64,
    /// Stands before what is digested.
    pub salt: String,
    /// By the digest of their ids.
    pub quotes: Vec<QuoteAudit>,
}

/// One quote.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct QuoteAudit {
    /// SHA-256 of the salt, a line feed and the SHA-256 of the id.
    pub id_sha256: String,
    /// The same of the text.
    pub text_sha256: String,
    /// `published`, `private-text`, `could-be-found`, `too-few-people` or `one-respondent`.
    pub verdict: &'static str,
    /// The second person's yes, if there is a valid one.
    pub cleared: Option<ClearedAudit>,
    /// What is shown less exactly.
    pub less_exact: Vec<&'static str>,
    /// At least so many people match; null where no metric counts them.
    pub people: Option<u64>,
}

/// Who cleared a quote, and when.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct ClearedAudit {
    /// The role.
    pub by: String,
    /// The day.
    pub on: String,
}

/// The audit of a book's quotes.
pub fn audit(book: &PublicBook, salt: &str) -> AuditReport {
    let mut quotes: Vec<QuoteAudit> = book.quote_records().iter().map(|record| one(record, salt)).collect();
    quotes.sort();
    AuditReport {
        schema: 1,
        generator: concat!("cxbook ", env!("CARGO_PKG_VERSION")),
        rules: RULES,
        as_of: book.as_of().to_string(),
        edition: book.edition().map(str::to_owned),
        min_people_quote: book.config().min_people_quote,
        salt: salt.to_owned(),
        quotes,
    }
}

fn one(record: &QuoteRecord, salt: &str) -> QuoteAudit {
    let cleared = record.cleared.as_ref();
    QuoteAudit {
        id_sha256: fingerprint(salt, &record.id),
        text_sha256: fingerprint(salt, &record.text),
        verdict: record.verdict.word(),
        cleared: cleared.map(|(by, on)| ClearedAudit { by: by.clone(), on: on.to_string() }),
        less_exact: record.changes.iter().map(|change| change.word()).collect(),
        people: record.people,
    }
}
