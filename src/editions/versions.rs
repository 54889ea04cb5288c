//! `versions.json`: what programs and the root's script know of the editions.

use std::collections::BTreeMap;

use serde::Serialize;

use super::PAGES;
use super::names::Spot;
use super::record::{Record, is_frozen};

/// All editions and channels, schema 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Versions {
    schema: u8,
    generation: u64,
    publish_id: String,
    default: Option<String>,
    versions: Vec<Version>,
    aliases: BTreeMap<String, String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Version {
    id: String,
    title: String,
    path: String,
    status: &'static str,
    aliases: Vec<String>,
    published: String,
    as_of: String,
    data_through: Option<String>,
    pages: String,
    manifest: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    taken_out: Option<String>,
}

impl Versions {
    /// What a record says, newest edition first, channels last.
    pub fn of(record: &Record) -> Self {
        let editions = record.editions().into_iter().rev();
        let channels = record.trees.iter().filter(|(folder, _)| !is_frozen(folder));
        let all = editions.chain(channels.map(|(folder, tree)| (folder.as_str(), tree)));
        let default = record.default_folder();
        let versions = all.map(|(folder, tree)| {
            let leads = record.aliases.iter().filter(|(_, to)| *to == folder);
            Version {
                id: folder.to_owned(),
                title: Spot::parse(folder).map_or_else(|_| folder.to_owned(), |spot| spot.title()),
                path: format!("{folder}/"),
                status: status(folder, default),
                aliases: leads.map(|(name, _)| name.clone()).collect(),
                published: tree.published.clone(),
                as_of: tree.as_of.clone(),
                data_through: tree.data_to.clone(),
                pages: format!("{folder}/{PAGES}"),
                manifest: format!("sha256-{}", tree.manifest),
                taken_out: tree.taken_out.last().map(|taken| taken.on.clone()),
            }
        });
        Self {
            schema: 1,
            generation: record.generation,
            publish_id: record.publish_id.clone(),
            default: default.map(str::to_owned),
            versions: versions.collect(),
            aliases: record.aliases.clone(),
        }
    }

    /// The file.
    pub fn json(&self) -> String {
        format!("{}\n", serde_json::to_string_pretty(self).unwrap_or_default())
    }

    /// What the script needs: the default, and of each edition its folder, title and status.
    pub(super) fn for_script(&self) -> String {
        let all: Vec<_> =
            self.versions.iter().map(|version| (&version.id, &version.title, version.status)).collect();
        serde_json::to_string(&(&self.default, all)).unwrap_or_default()
    }

    /// Folder, title, status, date, and the day on which something was taken out, of each, for the list.
    pub(super) fn rows(&self) -> impl Iterator<Item = (&str, &str, &'static str, &str, Option<&str>)> {
        self.versions
            .iter()
            .map(|v| (v.id.as_str(), v.title.as_str(), v.status, v.as_of.as_str(), v.taken_out.as_deref()))
    }
}

fn status(folder: &str, default: Option<&str>) -> &'static str {
    match (is_frozen(folder), default == Some(folder)) {
        (true, true) => "current",
        (true, false) => "archived",
        (false, _) => "preview",
    }
}
