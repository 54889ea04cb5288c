//! Reading a book from disk, and the date it speaks for.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::args::MomentArgs;
use crate::diag::{Finding, Level, checks};
use crate::folder::{self, Folder};
use crate::load;
use crate::model::{Date, is_valid_id};
use crate::pipeline::Options;
use crate::privacy::Rules;
use crate::source::Sources;
use crate::system::System;

/// A book and what the run is told besides.
pub(super) struct Input {
    pub(super) folder: PathBuf,
    pub(super) build_dir: String,
    content: String,
    pub(super) sources: Sources,
    pub(super) options: Options,
}

impl Input {
    /// Reads the book that the arguments name.
    pub(super) fn read(system: &dyn System, args: &MomentArgs) -> Result<Self, String> {
        Self::read_under(system, args, &BTreeMap::new())
    }

    /// The same with texts in place of files, by their path in the book: what an editor holds and has not saved.
    pub(super) fn read_under(
        system: &dyn System,
        args: &MomentArgs,
        unsaved: &BTreeMap<String, String>,
    ) -> Result<Self, String> {
        let failed = |error| format!("the folder {} cannot be read: {error}", args.folder.display());
        let as_of = args.as_of.as_deref().map(|text| {
            Date::parse(text)
                .ok_or_else(|| format!("--as-of \"{text}\" is not a date; write it like 2026-10-15"))
        });
        if let Some(edition) = args.edition.as_deref().filter(|id| !is_valid_id(id) || id.contains('/')) {
            return Err(format!(
                "--edition \"{edition}\" cannot be part of a web address; use lower-case letters, digits and hyphens"
            ));
        }
        let read = folder::read(system, &args.folder, unsaved).map_err(failed)?;
        let options = Options {
            edition: args.edition.clone(),
            drafts: false,
            as_of: as_of.transpose()?,
            today: today(system)?,
            site_url: None,
            within: None,
        };
        let Folder { sources, content, build_dir, .. } = read;
        Ok(Self { folder: args.folder.clone(), build_dir, content, sources, options })
    }

    /// Folder of the content, below the book's.
    pub(super) fn content(&self) -> &str {
        &self.content
    }
}

/// What a book says in its privacy.yaml, for looking at any text; nothing without a book.
pub(super) fn rules(system: &dyn System, book: Option<&Path>) -> Result<Rules, String> {
    let Some(folder) = book else { return Ok(Rules::default()) };
    let failed = |error| format!("the folder {} cannot be read: {error}", folder.display());
    let mut sources = system.read_book(folder, &[]).map_err(failed)?;
    folder::add_lists(system, folder, &mut sources, &BTreeMap::new());
    let as_of = today(system)?;
    let rules = load::privacy_of(&sources).then(|privacy| Rules::of(&privacy, &sources, as_of));
    let is_wrong =
        |finding: &Finding| finding.level == Level::Error && finding.check != &checks::ALLOW_EXPIRED;
    if rules.findings.iter().any(is_wrong) {
        return Err(format!("privacy.yaml in {} has errors; cxbook check says which", folder.display()));
    }
    Ok(rules.value)
}

/// SOURCE_DATE_EPOCH where the caller sets it, so that a build can be repeated; otherwise the clock.
pub(super) fn seconds(system: &dyn System) -> Result<i64, String> {
    match system.variable("SOURCE_DATE_EPOCH") {
        Some(text) => {
            let wrong = |_| format!("SOURCE_DATE_EPOCH \"{text}\" is not a number of seconds");
            text.trim().parse().map_err(wrong)
        }
        None => Ok(system.now()),
    }
}

/// The date of the run.
pub(super) fn today(system: &dyn System) -> Result<Date, String> {
    Date::from_unix_seconds(seconds(system)?)
        .ok_or_else(|| "the clock of this computer is not set".to_owned())
}
