//! A branch that a host such as GitLab or GitHub shows as pages.
//!
//! Every generation is one commit, made from the tree that is there and what is new, without a working copy. The branch is
//! pushed forward from the commit that was read and from no other: who was slower reads again, plans again and pushes again.

mod address;
mod commit;
mod repository;

use super::{ATTEMPTS, Done, EMPTY, Files, Generation, Planner, Target, Trouble, Verified, understood};
use crate::editions::{Current, Record};
use crate::output::sha256;
use crate::system::Programs;
pub use address::Address;
use repository::Repository;

/// What is shown nobody: which files there are, and how they came about.
pub(super) const RECORD: &str = ".cx/record.json";
/// Every file with its SHA-256.
pub(super) const LISTING: &str = ".cx/files.sha256";
/// The signature of the record, where it is signed.
pub(super) const SEAL: &str = ".cx/record.json.minisig";
/// Tells GitHub to show the files as they are.
pub(super) const PLAIN: &str = ".nojekyll";
/// How many older generations are looked at.
const HISTORY: usize = 200;

/// A branch.
#[derive(Debug)]
pub struct GitTarget<'a> {
    programs: &'a dyn Programs,
    address: Address,
    /// Whether the branch keeps no history.
    squash: bool,
    /// Makes names of folders that nobody else has.
    salt: String,
}

/// What the branch held when it was read.
struct Tip {
    /// The commit; `None` before the first.
    commit: Option<String>,
    current: Current,
}

impl<'a> GitTarget<'a> {
    /// A branch of a repository.
    pub fn new(programs: &'a dyn Programs, address: Address, squash: bool, salt: &str) -> Self {
        Self { programs, address, squash, salt: salt.to_owned() }
    }

    fn repository(&self) -> Result<Repository<'_>, Trouble> {
        Repository::new(self.programs, &self.address, &self.salt)
    }

    /// Fetches the branch, with so many older commits, and reads what it holds.
    fn tip(&self, repository: &Repository<'_>, depth: usize) -> Result<Tip, Trouble> {
        let Some(commit) = repository.remote()? else {
            return Ok(Tip { commit: None, current: Current::default() });
        };
        repository.fetch(depth)?;
        let current = self.read_commit(repository, &commit)?;
        Ok(Tip { commit: Some(commit), current })
    }

    fn read_commit(&self, repository: &Repository<'_>, commit: &str) -> Result<Current, Trouble> {
        let [record, listing] = [RECORD, LISTING].map(|path| repository.file(commit, path));
        let (Some(record), Some(listing)) = (record?, listing?) else {
            return Err(Trouble::Refused(format!(
                "the branch {} holds files that cxbook did not publish; choose another branch",
                self.address.branch()
            )));
        };
        let gone = |path: &str| {
            Trouble::Failed(format!("{path} is missing on the branch; cxbook verify says what else is"))
        };
        let file = |path: &str| repository.file(commit, path)?.ok_or_else(|| gone(path));
        let mut current = understood(&record, &listing, &file)?;
        current.seal = repository.file(commit, SEAL)?;
        Ok(current)
    }

    /// Commits and records, newest first.
    fn history(&self, repository: &Repository<'_>, tip: &str) -> Result<Vec<(String, Record)>, Trouble> {
        let mut all = Vec::new();
        for commit in repository.history(tip, HISTORY)? {
            if let Some(Ok(record)) = repository.file(&commit, RECORD)?.map(|bytes| Record::parse(&bytes)) {
                all.push((commit, record));
            }
        }
        Ok(all)
    }

    fn commit_of(&self, repository: &Repository<'_>, tip: &Tip, name: &str) -> Result<String, Trouble> {
        if let Some(commit) = tip.commit.as_ref().filter(|_| tip.current.record.name() == name) {
            return Ok(commit.clone());
        }
        if let Some(tip) = &tip.commit {
            repository.fetch(HISTORY)?;
            let found = self.history(repository, tip)?.into_iter().find(|(_, record)| record.name() == name);
            if let Some((commit, _)) = found {
                return Ok(commit);
            }
        }
        Err(Trouble::Failed(format!("the branch has no generation {name} any more")))
    }
}

impl Target for GitTarget<'_> {
    fn read(&self) -> Result<Current, Trouble> {
        self.tip(&self.repository()?, 1).map(|tip| tip.current)
    }

    fn file(&self, path: &str) -> Result<Vec<u8>, Trouble> {
        let repository = self.repository()?;
        let tip = self.tip(&repository, 1)?;
        let gone = || Trouble::Failed(format!("{path} is missing on the branch"));
        let commit = tip.commit.ok_or_else(gone)?;
        repository.file(&commit, path)?.ok_or_else(gone)
    }

    fn files(&self, wanted: &dyn Fn(&str) -> bool) -> Result<Files, Trouble> {
        let repository = self.repository()?;
        let tip = self.tip(&repository, 1)?;
        let Some(commit) = tip.commit else { return Ok(Files::new()) };
        let paths = tip.current.files.iter().map(|(path, _)| path).filter(|path| wanted(path));
        repository.files(&commit, paths)
    }

    fn change(&self, plan: &mut Planner<'_>) -> Result<Done, Trouble> {
        let repository = self.repository()?;
        let mut why = String::new();
        for _ in 0..ATTEMPTS {
            let tip = self.tip(&repository, 1)?;
            let plan = plan(&tip.current)?;
            if plan.is_same {
                return Ok(Done::Same);
            }
            let base = plan.base.as_ref().map(|name| self.commit_of(&repository, &tip, name)).transpose()?;
            // What was taken out is in the commits before, so they go.
            let squash = self.squash || plan.takes_out();
            let made =
                repository.commit(&plan, tip.commit.as_deref().filter(|_| !squash), base.as_deref())?;
            let Err(complaint) = repository.push(&made, tip.commit.as_deref().filter(|_| squash))? else {
                return Ok(Done::Changed);
            };
            // The answer may have been lost, or somebody else was quicker: what the branch holds now decides.
            let now = repository.remote().map_err(|trouble| Trouble::Unknown(trouble.to_string()))?;
            if now.as_ref() == Some(&made) {
                return Ok(Done::Changed);
            }
            if now == tip.commit && why == complaint {
                break;
            }
            why = complaint;
        }
        Err(Trouble::Failed(format!("the branch {} could not be pushed: {why}", self.address.branch())))
    }

    fn generations(&self) -> Result<Vec<Generation>, Trouble> {
        let repository = self.repository()?;
        let Some(tip) = repository.remote()? else { return Ok(Vec::new()) };
        repository.fetch(HISTORY)?;
        let one = |(commit, record): (String, Record)| Generation {
            number: record.generation,
            name: record.name(),
            is_current: commit == tip,
            action: record.action,
            at: record.at,
        };
        Ok(self.history(&repository, &tip)?.into_iter().map(one).collect())
    }

    fn generation(&self, name: &str) -> Result<Current, Trouble> {
        let repository = self.repository()?;
        let tip = self.tip(&repository, 1)?;
        let commit = self.commit_of(&repository, &tip, name)?;
        self.read_commit(&repository, &commit)
    }

    fn verify(&self, deep: bool) -> Result<Verified, Trouble> {
        let repository = self.repository()?;
        let (commit, current) = match self.tip(&repository, 1) {
            Ok(Tip { commit: Some(commit), current }) => (commit, current),
            Ok(_) => return Ok(Verified::nothing(&EMPTY)),
            Err(trouble) => return Ok(Verified::nothing(&trouble)),
        };
        let mut found = Verified { files: current.files.len(), ..Verified::default() };
        let there = repository.tree(&commit)?;
        let bytes = if deep {
            repository.files(&commit, current.files.iter().map(|(path, _)| path))?
        } else {
            Files::new()
        };
        for (path, digest) in current.files.iter() {
            match there.get(path) {
                None => found.missing.push(path.to_owned()),
                Some(is_file) if !is_file => found.changed.push(path.to_owned()),
                Some(_) if deep && bytes.get(path).is_none_or(|bytes| sha256(bytes) != digest) => {
                    found.changed.push(path.to_owned());
                }
                Some(_) => {}
            }
        }
        let own = [RECORD, LISTING, SEAL, PLAIN];
        let foreign = there
            .into_keys()
            .filter(|path| current.files.get(path).is_none() && !own.contains(&path.as_str()));
        found.foreign.extend(foreign);
        Ok(found)
    }

    fn repair(&self) -> Result<Vec<String>, Trouble> {
        if self.verify(true)?.is_whole() {
            return Ok(Vec::new());
        }
        Err(Trouble::Failed(format!(
            "somebody changed the branch {} by hand; take that commit back with git revert",
            self.address.branch()
        )))
    }

    fn forget(&self, _keep: usize, _apply: bool) -> Result<Vec<String>, Trouble> {
        // The history of a branch is the host's; squash = true keeps none.
        Ok(Vec::new())
    }
}
