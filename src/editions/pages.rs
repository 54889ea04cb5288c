//! Which pages an edition has, so that the same page is found in another one: `pages.json`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The pages of an edition, schema 1.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pages {
    /// 1.
    pub schema: u8,
    /// Pages by id: their address without its ending.
    pub pages: BTreeMap<String, PageEntry>,
}

/// A page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PageEntry {
    /// Path in the edition.
    pub path: String,
    /// Its title.
    pub title: String,
    /// Ids it had in earlier editions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub was: Vec<String>,
}

impl Pages {
    /// Reads the file.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn parse(bytes: &[u8]) -> Result<Self, String> {
        let pages: Self = serde_json::from_slice(bytes).map_err(|_| "it is damaged".to_owned())?;
        if pages.schema != 1 {
            return Err(format!("it was written by another version of cxbook (schema {})", pages.schema));
        }
        if pages.pages.values().any(|page| !super::is_safe_path(&page.path)) {
            return Err("it names a file that cannot be published".to_owned());
        }
        Ok(pages)
    }

    /// The file.
    pub fn json(&self) -> String {
        format!("{}\n", serde_json::to_string(self).unwrap_or_default())
    }

    /// The id of the page at a path.
    pub fn id_of(path: &str) -> &str {
        path.strip_suffix(".html").unwrap_or(path)
    }

    /// The page that has this id or had it once.
    pub fn find(&self, id: &str) -> Option<&PageEntry> {
        let heir = || self.pages.values().find(|page| page.was.iter().any(|was| was == id));
        self.pages.get(id).or_else(heir)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_found_by_the_id_it_had() {
        let text = br#"{"schema":1,"pages":{"teams/new":{"path":"teams/new.html","title":"N","was":["teams/old"]}}}"#;
        let pages = Pages::parse(text).unwrap();
        assert_eq!(pages.find("teams/old").map(|page| page.path.as_str()), Some("teams/new.html"));
        assert!(pages.find("teams/other").is_none());
        assert_eq!(Pages::parse(pages.json().as_bytes()), Ok(pages));
        assert!(Pages::parse(b"{}").is_err());
        assert!(Pages::parse(br#"{"schema":1,"pages":{"a":{"path":"../a.html","title":"A"}}}"#).is_err());
        assert!(Pages::parse(br#"{"schema":2,"pages":{}}"#).unwrap_err().contains("another version"));
    }
}
