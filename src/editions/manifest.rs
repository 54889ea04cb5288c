//! The manifest of an edition: every file with its SHA-256, who built it from what, and what was taken out since.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::fresh::About;
use super::names::Spot;
use crate::output::sha256;

/// Name of the manifest in an edition.
pub const MANIFEST: &str = "cxbook-manifest.json";
/// Name of its signature, where CI signs.
pub const SIGNATURE: &str = "cxbook-manifest.json.minisig";

/// A manifest, schema 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// 1.
    pub schema: u8,
    /// Program and version that built the edition.
    pub generator: String,
    /// Its folder.
    pub edition: String,
    /// The date it speaks for.
    pub as_of: String,
    /// The last day its numbers speak about.
    pub data_to: Option<String>,
    /// Where its sources stood: a commit.
    pub source: Option<String>,
    /// The edition its page of changes compares with.
    pub since: Option<String>,
    /// Its own files, by their path in it.
    pub files: BTreeMap<String, Entry>,
    /// Files it shares with other editions, by their path in the whole site.
    pub shared: BTreeMap<String, Entry>,
    /// What was taken out since it was published.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub taken_out: Vec<TakenOut>,
}

/// A file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// How long it is.
    pub bytes: usize,
    /// Its SHA-256.
    pub sha256: String,
}

/// Words that were taken out of an edition. What they were is not said.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TakenOut {
    /// The day.
    pub on: String,
    /// Why: `customer-asked`, `recognized`, `consent-ended` or `other`.
    pub reason: Option<String>,
    /// Files that changed, by their path in the whole site.
    pub files: Vec<String>,
    /// SHA-256 of the manifest before.
    pub before: String,
}

impl Entry {
    /// How the manifest speaks of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self { bytes: bytes.len(), sha256: sha256(bytes) }
    }
}

impl Manifest {
    /// The manifest of a built edition.
    pub(super) fn of(
        spot: &Spot,
        about: &About,
        files: &BTreeMap<String, Vec<u8>>,
        shared: &BTreeMap<String, Vec<u8>>,
    ) -> Self {
        let entries = |files: &BTreeMap<String, Vec<u8>>| {
            files.iter().map(|(path, bytes)| (path.clone(), Entry::of(bytes))).collect()
        };
        Self {
            schema: 1,
            generator: about.tool.clone(),
            edition: spot.folder(),
            as_of: about.as_of.clone(),
            data_to: about.data_to.clone(),
            source: about.source.clone(),
            since: about.since.clone(),
            files: entries(files),
            shared: entries(shared),
            taken_out: Vec::new(),
        }
    }

    /// Reads the file.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn parse(bytes: &[u8]) -> Result<Self, String> {
        let manifest: Self = serde_json::from_slice(bytes).map_err(|_| "it is damaged".to_owned())?;
        if manifest.schema == 1 {
            return Ok(manifest);
        }
        Err(format!("it was written by another version of cxbook (schema {})", manifest.schema))
    }

    /// The file.
    pub fn json(&self) -> String {
        format!("{}\n", serde_json::to_string_pretty(self).unwrap_or_default())
    }
}
