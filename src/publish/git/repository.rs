//! A repository of our own for a while, bare and empty at first, and the calls of git that are needed.

use std::collections::BTreeMap;
use std::path::Path;

use super::address::Address;
use super::commit;
use super::{Files, Trouble};
use crate::editions::Plan;
use crate::system::{Programs, Scratch};

/// Where the fetched commit is kept.
const FETCHED: &str = "refs/heads/fetched";

/// A repository for a while.
pub(super) struct Repository<'a> {
    programs: &'a dyn Programs,
    address: &'a Address,
    folder: Scratch,
}

impl<'a> Repository<'a> {
    pub(super) fn new(programs: &'a dyn Programs, address: &'a Address, salt: &str) -> Result<Self, Trouble> {
        let fail = |error| Trouble::Failed(format!("a folder to work in could not be made: {error}"));
        // A target makes several, one after the other.
        let folder = (0..100)
            .find_map(|number| match programs.scratch(&format!("{salt}-{number}")) {
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => None,
                made => Some(made),
            })
            .unwrap_or_else(|| Err(std::io::ErrorKind::AlreadyExists.into()))
            .map_err(fail)?;
        let repository = Self { programs, address, folder };
        repository.git(&["init", "-q", "--bare", "."], b"")?;
        Ok(repository)
    }

    /// The commit of the branch at its home; `None` where there is no such branch.
    pub(super) fn remote(&self) -> Result<Option<String>, Trouble> {
        let name = self.reference();
        let said = self.git(&["ls-remote", "--", self.address.repository(), &name], b"")?;
        let said = String::from_utf8_lossy(&said).into_owned();
        let mut lines = said.lines().filter_map(|line| line.split_once('\t'));
        Ok(lines.find(|(_, reference)| *reference == name).map(|(commit, _)| commit.to_owned()))
    }

    pub(super) fn fetch(&self, depth: usize) -> Result<(), Trouble> {
        let (depth, what) = (format!("--depth={depth}"), format!("+{}:{FETCHED}", self.reference()));
        let arguments =
            ["fetch", "-q", "--no-tags", "--update-head-ok", &depth, "--", self.address.repository(), &what];
        self.git(&arguments, b"").map(|_| ())
    }

    /// The bytes of a file in a commit; `None` where it is not.
    pub(super) fn file(&self, commit: &str, path: &str) -> Result<Option<Vec<u8>>, Trouble> {
        let name = format!("{commit}:{path}");
        let finished = self.run(&["cat-file", "blob", &name], b"")?;
        Ok(finished.is_fine.then_some(finished.output))
    }

    /// The bytes of many files of a commit, with one call; one that is missing is left out.
    pub(super) fn files<'p>(
        &self,
        commit: &str,
        paths: impl Iterator<Item = &'p str>,
    ) -> Result<Files, Trouble> {
        let paths: Vec<&str> = paths.collect();
        let asked: String = paths.iter().map(|path| format!("{commit}:{path}\n")).collect();
        let said = self.git(&["cat-file", "--batch"], asked.as_bytes())?;
        let cut = || Trouble::Failed("git answered less than it was asked for".to_owned());
        let (mut files, mut rest) = (Files::new(), said.as_slice());
        for path in paths {
            let end = rest.iter().position(|byte| *byte == b'\n').ok_or_else(cut)?;
            let line = String::from_utf8_lossy(&rest[..end]).into_owned();
            rest = &rest[end + 1..];
            let Some(length) = line.rsplit(' ').next().and_then(|text| text.parse::<usize>().ok()) else {
                continue;
            };
            if line.split(' ').nth(1) == Some("blob") {
                files.insert(path.to_owned(), rest.get(..length).ok_or_else(cut)?.to_vec());
            }
            rest = rest.get(length + 1..).ok_or_else(cut)?;
        }
        Ok(files)
    }

    /// Everything in a commit, and whether it is an ordinary file.
    pub(super) fn tree(&self, commit: &str) -> Result<BTreeMap<String, bool>, Trouble> {
        let said = self.git(&["ls-tree", "-r", "-z", commit], b"")?;
        let entries = said.split(|byte| *byte == 0).filter_map(|entry| {
            let entry = String::from_utf8_lossy(entry);
            let (about, path) = entry.split_once('\t')?;
            Some((path.to_owned(), about.starts_with("100644 ")))
        });
        Ok(entries.collect())
    }

    /// Commits from the newest back, one parent each.
    pub(super) fn history(&self, tip: &str, most: usize) -> Result<Vec<String>, Trouble> {
        let most = format!("--max-count={most}");
        let said = self.git(&["rev-list", "--first-parent", &most, tip], b"")?;
        Ok(String::from_utf8_lossy(&said).lines().map(str::to_owned).collect())
    }

    /// Makes the commit of a plan, on top of `parent`, with kept files from `base`.
    pub(super) fn commit(
        &self,
        plan: &Plan,
        parent: Option<&str>,
        base: Option<&str>,
    ) -> Result<String, Trouble> {
        let there = base.map(|base| self.tree(base)).transpose()?.unwrap_or_default();
        let tree = base.map(|base| self.line(&["rev-parse", &format!("{base}^{{tree}}")])).transpose()?;
        let stream = commit::stream(plan, parent, tree.as_deref(), there.keys().map(String::as_str));
        let stream = stream.map_err(Trouble::Failed)?;
        self.git(&["fast-import", "--quiet", "--force", "--done"], &stream)?;
        let made = self.line(&["rev-parse", commit::MADE])?;
        // Whatever went wrong above: a commit that lacks a file is not pushed.
        let there = self.tree(&made)?;
        match plan.listing.iter().find(|(path, _)| there.get(*path) != Some(&true)) {
            Some((path, _)) => {
                Err(Trouble::Failed(format!("{path} is missing in the new commit; nothing was pushed")))
            }
            None => Ok(made),
        }
    }

    /// Pushes a commit; with `instead_of`, in place of that very commit. Gives back git's complaint when it was not taken.
    pub(super) fn push(&self, made: &str, instead_of: Option<&str>) -> Result<Result<(), String>, Trouble> {
        let what = format!("{made}:{}", self.reference());
        let lease = instead_of.map(|tip| format!("--force-with-lease={}:{tip}", self.reference()));
        let mut arguments = vec!["push", "-q"];
        arguments.extend(lease.as_deref());
        arguments.extend(["--", self.address.repository(), &what]);
        let finished = self.run(&arguments, b"")?;
        Ok(if finished.is_fine { Ok(()) } else { Err(self.address.unsaid(&finished.complaint)) })
    }

    fn reference(&self) -> String {
        format!("refs/heads/{}", self.address.branch())
    }

    fn line(&self, arguments: &[&str]) -> Result<String, Trouble> {
        Ok(String::from_utf8_lossy(&self.git(arguments, b"")?).trim().to_owned())
    }

    fn git(&self, arguments: &[&str], input: &[u8]) -> Result<Vec<u8>, Trouble> {
        let finished = self.run(arguments, input)?;
        if finished.is_fine {
            return Ok(finished.output);
        }
        let words = self.address.unsaid(&finished.complaint);
        Err(Trouble::Failed(format!("git {} failed: {words}", arguments.first().unwrap_or(&""))))
    }

    fn run(&self, arguments: &[&str], input: &[u8]) -> Result<crate::system::Finished, Trouble> {
        let folder: &Path = self.folder.path();
        let ran = self.programs.run("git", arguments, folder, input);
        ran.map_err(|error| Trouble::Failed(format!("the program git could not be started: {error}")))
    }
}
