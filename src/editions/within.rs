//! What a build is told about the whole site that it becomes a part of.

use super::{LIST, SCRIPT, Spot, Told};

/// The whole site around an edition that is being built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Within {
    /// Where the edition goes.
    pub spot: Spot,
    /// The alias under which readers should know its pages.
    pub alias: Option<String>,
    /// The edition it is compared with.
    pub since: Option<Told>,
}

impl Within {
    /// A file of the whole site, seen from the edition's folder.
    pub fn at_root(&self, path: &str) -> String {
        format!("{}{path}", self.spot.root())
    }

    /// The list of all editions, seen from the edition's folder.
    pub fn list(&self) -> String {
        self.at_root(LIST)
    }

    /// The script of the whole site, seen from the edition's folder.
    pub fn script(&self) -> String {
        self.at_root(SCRIPT)
    }
}
