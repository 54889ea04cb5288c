//! What a kept site consists of.

use serde::{Deserialize, Serialize};

use crate::output::sha256;

/// Files and digests of a kept site; written with its own digest before it.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Head {
    /// SHA-256 of the findings.
    pub(super) findings: String,
    /// The site's files, put together.
    pub(super) parts: Vec<Part>,
}

/// Some files of a site, one after the other.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Part {
    /// SHA-256 of them all.
    pub(super) sha256: String,
    /// Paths and how many bytes each file has.
    pub(super) files: Vec<(String, usize)>,
}

impl Head {
    pub(super) fn write(&self) -> Vec<u8> {
        let text = serde_json::to_string(self).unwrap_or_default();
        format!("{}\n{text}\n", sha256(text.as_bytes())).into_bytes()
    }

    /// `None` when it is not as it was written.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let (digest, text) = std::str::from_utf8(bytes).ok()?.split_once('\n')?;
        let text = text.strip_suffix('\n')?;
        if sha256(text.as_bytes()) == digest { serde_json::from_str(text).ok() } else { None }
    }
}
