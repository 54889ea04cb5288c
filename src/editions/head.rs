//! The one object that a site in object storage is steered by: which generation readers see, and who is at work.

use serde::{Deserialize, Serialize};

use super::record::is_generation;

/// What the object says, schema 1.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// `objects`: cxbook wrote it, and the store does what publishing needs of it.
    pub cxbook: String,
    /// 1.
    pub schema: u8,
    /// Counts up with every writing; with `by` it makes the bytes of no two states the same, so that a state never comes back.
    pub turn: u64,
    /// Who wrote it.
    pub by: String,
    /// Name of the generation that readers see.
    pub shown: Option<String>,
    /// Name of the generation that is being shown; all its files are there, and whoever comes next goes on with it.
    pub showing: Option<String>,
    /// Names of generations that can be gone back to, newest first.
    pub older: Vec<String>,
    /// Who is at work.
    pub holder: Option<String>,
}

impl Head {
    /// The first one, before anything is published.
    pub fn first() -> Self {
        Self { cxbook: "objects".to_owned(), schema: 1, ..Self::default() }
    }

    /// Reads the object; one that cannot be trusted in every part is damage.
    ///
    /// # Errors
    /// Why it cannot be used.
    pub fn parse(bytes: &[u8]) -> Result<Self, String> {
        let head: Self = serde_json::from_slice(bytes).map_err(|_| "it is damaged".to_owned())?;
        if head.cxbook != "objects" || head.schema != 1 {
            return Err(format!("it was written by another version of cxbook (schema {})", head.schema));
        }
        if head.names().all(is_generation) {
            return Ok(head);
        }
        Err("it has a name of a generation that cxbook never writes".to_owned())
    }

    /// The object.
    pub fn json(&self) -> String {
        format!("{}\n", serde_json::to_string_pretty(self).unwrap_or_default())
    }

    /// The generation that counts: one that is being shown is not taken back any more.
    pub fn current(&self) -> Option<&str> {
        self.showing.as_deref().or(self.shown.as_deref())
    }

    /// Names of all generations that count.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let now = self.showing.iter().chain(&self.shown);
        now.chain(&self.older).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_we_write_is_read() {
        let head = Head { shown: Some("3-ab".into()), older: vec!["2-x".into()], ..Head::first() };
        assert_eq!(Head::parse(head.json().as_bytes()), Ok(head.clone()));
        assert_eq!(head.current(), Some("3-ab"));
        for (from, to) in
            [("3-ab", "../3"), ("objects", "dir"), ("\"schema\": 1", "\"schema\": 9"), ("turn", "turns")]
        {
            assert!(Head::parse(head.json().replace(from, to).as_bytes()).is_err(), "{to}");
        }
    }
}
