//! Files and folders whose names keep them from being read as they were meant.

use std::collections::BTreeSet;

use super::{EXPORTS, Files, formats, privacy};
use crate::diag::{Finding, Place, checks};

/// The names under which files are looked for.
struct Names {
    /// Of the lists that lie right below the content folder.
    lists: BTreeSet<&'static str>,
    /// Of the folders that have a meaning.
    folders: BTreeSet<&'static str>,
}

impl Names {
    fn known() -> Self {
        let mut names = Self { lists: BTreeSet::new(), folders: BTreeSet::from([EXPORTS]) };
        for pattern in formats().iter().flat_map(|format| format.files.split(", ")) {
            match pattern.split_once('/') {
                Some((folder, _)) => {
                    names.folders.insert(folder);
                }
                // What lies beside book.toml is looked for there.
                None if pattern.ends_with(".yaml") && pattern != privacy::FILE => {
                    names.lists.insert(pattern);
                }
                None => {}
            }
        }
        names
    }
}

/// Looks at the names of everything below the content folder.
pub(super) fn check(files: &Files<'_>) -> Vec<Finding> {
    let names = Names::known();
    let mut findings = Vec::new();
    let mut folders = BTreeSet::new();
    for (path, below) in files.below("") {
        let folder = below.split_once('/').map(|(folder, _)| folder);
        if folder == Some(EXPORTS) {
            continue;
        }
        let told = folder.filter(|folder| folders.insert(*folder)).and_then(|folder| names.folder(folder));
        let told = told.or_else(|| names.file(below));
        let finding = |(message, help): (String, String)| {
            Finding::new(&checks::PAGE_MISPLACED, message).at(Place::file(path)).help(help)
        };
        findings.extend(told.map(finding));
    }
    findings
}

impl Names {
    /// A folder whose name is nearly one that has a meaning.
    fn folder(&self, name: &str) -> Option<(String, String)> {
        let small = name.to_lowercase();
        let single = |meant: &str| {
            meant.strip_suffix("ies").map_or_else(
                || meant.strip_suffix('s').unwrap_or(meant).to_owned(),
                |stem| format!("{stem}y"),
            )
        };
        let meant = self.folders.iter().find(|meant| small == **meant || small == single(meant))?;
        let message =
            format!("what lies in {name}/ is not read as {meant}, since the folder is not called {meant}");
        (name != *meant).then(|| (message, format!("Rename the folder to {meant}.")))
    }

    /// A file that has a name too many, another ending, or the name of a list in another spelling.
    fn file(&self, below: &str) -> Option<(String, String)> {
        let (folder, name) = below.rsplit_once('/').unwrap_or(("", below));
        let small = name.to_lowercase();
        let ends = |endings: &[&str]| endings.iter().any(|ending| small.ends_with(ending));
        if small == "book.toml" {
            let message = "another book begins in this folder; its texts become pages of this one";
            let help = "Move it beside this book, so that each has a folder of its own.";
            return Some((message.to_owned(), help.to_owned()));
        }
        if ends(&[".md.txt", ".yaml.txt", ".yml.txt"]) {
            let help = format!(
                "Rename it to {}. Some systems hide the .txt: show the endings of files to see it.",
                &name[..name.len() - ".txt".len()]
            );
            return Some(("this file is not read, since its name ends in .txt".to_owned(), help));
        }
        if ends(&[".markdown", ".mdown", ".mkd"]) {
            let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
            let message = "this file is not read, since the names of pages end in .md".to_owned();
            return Some((message, format!("Rename it to {stem}.md.")));
        }
        let list = small.strip_suffix(".yml").map_or_else(|| small.clone(), |stem| format!("{stem}.yaml"));
        let misspelt = folder.is_empty() && name != list && self.lists.contains(list.as_str());
        misspelt
            .then(|| ("this list is not read under this name".to_owned(), format!("Rename it to {list}.")))
    }
}
