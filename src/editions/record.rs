//! What a target knows about itself: which editions it holds, and how they came about.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::listing::is_digest;
use super::manifest::TakenOut;
use super::names::{Spot, check_name};

/// The record of one generation of a published site, schema 1.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// 1.
    pub schema: u8,
    /// Counts up by one with every change; never goes back, not even with a rollback.
    pub generation: u64,
    /// Nobody else can have made a generation of this name.
    pub publish_id: String,
    /// Name of the generation this one was made from.
    pub parent: Option<String>,
    /// What was done: `publish 2026-q3`.
    pub action: String,
    /// When, in UTC.
    pub at: String,
    /// Program and version that did it.
    pub tool: String,
    /// Title of the book; another book is not published over it.
    pub book: String,
    /// Language of the root's own pages.
    pub language: String,
    /// Address of the whole site, if the book says it.
    pub address: Option<String>,
    /// Editions and channels by folder.
    pub trees: BTreeMap<String, Tree>,
    /// Aliases and the folders they lead to.
    pub aliases: BTreeMap<String, String>,
    /// SHA-256 of the listing of all files.
    pub listing: String,
    /// Generations before this one held something that was taken out, and are never shown again; 0 when there is none.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub floor: u64,
}

/// An edition or a channel.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tree {
    /// When it was published first, in UTC.
    pub published: String,
    /// The date it speaks for.
    pub as_of: String,
    /// The last day its numbers speak about.
    pub data_to: Option<String>,
    /// Program and version that built it.
    pub tool: String,
    /// Where its sources stood: a commit.
    pub source: Option<String>,
    /// The edition its page of changes compares with.
    pub since: Option<String>,
    /// SHA-256 of its manifest.
    pub manifest: String,
    /// Style sheets, for the root's own pages.
    pub styles: Vec<String>,
    /// Shared files it needs, at the root.
    pub assets: Vec<String>,
    /// What was taken out of it since.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub taken_out: Vec<TakenOut>,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_zero(number: &u64) -> bool {
    *number == 0
}

impl Record {
    /// Reads a record; one that cannot be trusted in every part is damage.
    ///
    /// # Errors
    /// Why it cannot be used.
    pub fn parse(bytes: &[u8]) -> Result<Self, String> {
        let record: Self = serde_json::from_slice(bytes).map_err(|_| "it is damaged".to_owned())?;
        if record.schema != 1 {
            return Err(format!("it was written by another version of cxbook (schema {})", record.schema));
        }
        let wrong = |what: &str| Err(format!("it has {what} that cxbook never writes"));
        if record.trees.keys().any(|folder| Spot::parse(folder).is_err()) {
            return wrong("an edition");
        }
        if record.aliases.iter().any(|(name, to)| check_name(name).is_err() || !record.trees.contains_key(to))
        {
            return wrong("an alias");
        }
        if !is_digest(&record.listing) || record.trees.values().any(|tree| !is_digest(&tree.manifest)) {
            return wrong("a digest");
        }
        let plain = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if !plain(&record.publish_id) {
            return wrong("a name");
        }
        if record.floor > record.generation {
            return wrong("a number of a generation");
        }
        Ok(record)
    }

    /// The record as text.
    pub fn json(&self) -> String {
        format!("{}\n", serde_json::to_string_pretty(self).unwrap_or_default())
    }

    /// Name of this generation, unique among all that were ever made.
    pub fn name(&self) -> String {
        format!("{}-{}", self.generation, self.publish_id)
    }

    /// Editions without channels, oldest first by the date they speak for.
    pub fn editions(&self) -> Vec<(&str, &Tree)> {
        let frozen = self.trees.iter().filter(|(folder, _)| is_frozen(folder));
        let mut editions: Vec<_> = frozen.map(|(folder, tree)| (folder.as_str(), tree)).collect();
        editions.sort_by_key(|(folder, tree)| (tree.as_of.as_str(), *folder));
        editions
    }

    /// The folder a reader should be in: where `latest` leads, otherwise the newest edition, otherwise a channel.
    pub fn default_folder(&self) -> Option<&str> {
        let latest = self.aliases.get("latest").map(String::as_str);
        let newest = || self.editions().last().map(|(folder, _)| *folder);
        latest.or_else(newest).or_else(|| self.trees.keys().next().map(String::as_str))
    }
}

/// Whether it is the name of a generation: its number, a hyphen, letters and digits.
pub fn is_generation(name: &str) -> bool {
    name.split_once('-').is_some_and(|(number, id)| {
        let digits =
            !number.is_empty() && number.len() < 19 && number.bytes().all(|byte| byte.is_ascii_digit());
        digits && !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

/// The number in the name of a generation.
pub fn number_of(name: &str) -> u64 {
    name.split('-').next().and_then(|number| number.parse().ok()).unwrap_or(0)
}

/// Whether a folder holds an edition, not a channel.
pub(super) fn is_frozen(folder: &str) -> bool {
    Spot::parse(folder).is_ok_and(|spot| spot.is_frozen())
}
