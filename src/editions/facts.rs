//! What an edition says, in a form that the next one can be compared with: `edition.json`. Only what its pages show.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What an edition says, schema 1.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Facts {
    /// 1.
    pub schema: u8,
    /// Its folder.
    pub edition: String,
    /// The date it speaks for.
    pub as_of: String,
    /// Metrics by id.
    pub metrics: BTreeMap<String, MetricFacts>,
    /// Actions by the id of their page, and whether they are finished.
    pub actions: BTreeMap<String, bool>,
    /// How many quotes there are.
    pub quotes: u64,
}

/// What an edition says of a metric.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MetricFacts {
    /// Its name.
    pub name: String,
    /// The sentence above its chart.
    pub said: String,
    /// Whether that sentence tells of more than noise.
    pub beyond_noise: bool,
    /// Everything that must stay the same for values to be comparable.
    pub identity: BTreeMap<String, String>,
    /// Dated changes of its definition, in words.
    pub changes: Vec<String>,
}

impl Facts {
    /// Reads the file.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn parse(bytes: &[u8]) -> Result<Self, String> {
        let facts: Self = serde_json::from_slice(bytes).map_err(|_| "it is damaged".to_owned())?;
        if facts.schema == 1 {
            return Ok(facts);
        }
        Err(format!("it was written by another version of cxbook (schema {})", facts.schema))
    }

    /// The file.
    pub fn json(&self) -> String {
        format!("{}\n", serde_json::to_string_pretty(self).unwrap_or_default())
    }
}
