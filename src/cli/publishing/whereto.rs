//! From what was typed to a target.

use std::path::PathBuf;

use super::super::args_publishing::WhereArgs;
use crate::config;
use crate::diag::did_you_mean;
use crate::model::PublishTo;
use crate::publish::{BundleTarget, DirTarget, GitTarget, Target, git};
use crate::system::{Disk, OsDisk, OsPrograms, System};

/// The disk that folders are published to.
static DISK: OsDisk = OsDisk;

/// Other programs, such as git.
static PROGRAMS: OsPrograms = OsPrograms;

/// A target, and what book.toml says of it.
pub(super) struct Whereto {
    pub(super) target: Box<dyn Target>,
    /// As it may be shown, without what is secret.
    pub(super) shown: String,
    pub(super) settings: PublishTo,
}

/// Opens the target that the arguments name.
pub(super) fn open(system: &dyn System, args: &WhereArgs) -> Result<Whereto, String> {
    let settings = settings(system, args)?;
    let (kind, rest) = settings.target.split_once(':').unwrap_or(("", ""));
    let disk: &'static dyn Disk = &DISK;
    let target: Box<dyn Target> = match kind {
        "dir" if !rest.is_empty() => Box::new(DirTarget::new(disk, &beside(args, rest))),
        "bundle" if !rest.is_empty() => Box::new(BundleTarget::new(disk, &beside(args, rest))),
        "git" => {
            let (repository, branch) = rest.rsplit_once('#').unwrap_or((rest, "pages"));
            let repository = local(system, args, repository);
            let address = git::Address::parse(&format!("{repository}#{branch}"))?;
            Box::new(GitTarget::new(&PROGRAMS, address, settings.squash, &system.salt()))
        }
        "s3" | "gs" | "az" => bucket(system, &settings.target)?,
        _ => {
            return Err(format!(
                "the target \"{}\" is of no kind that cxbook knows; write dir:PATH, git:ADDRESS#BRANCH, bundle:FILE or \
                 s3://BUCKET/FOLDER",
                shown(&settings.target)
            ));
        }
    };
    Ok(Whereto { target, shown: shown(&settings.target), settings })
}

/// A folder of a bucket. Who may do what there is said by the environment.
#[cfg(feature = "cloud")]
fn bucket(system: &dyn System, target: &str) -> Result<Box<dyn Target>, String> {
    use std::sync::Arc;

    use crate::publish::{CloudTarget, StoreAddress};
    use crate::system::{OsClock, StoreObjects};
    let address = StoreAddress::parse(target)?;
    let opened = StoreObjects::open(address.kind(), address.bucket(), &|name| system.variable(name));
    let objects = opened.map_err(|error| {
        format!(
            "{address} cannot be opened: {error}. Set what the tools of that store read from the environment"
        )
    })?;
    Ok(Box::new(CloudTarget::new(Arc::new(objects), Arc::new(OsClock::default()), address, &system.salt())))
}

/// Most books go to a folder or a branch, so what speaks to object storage is not in every cxbook.
#[cfg(not(feature = "cloud"))]
fn bucket(_system: &dyn System, target: &str) -> Result<Box<dyn Target>, String> {
    Err(format!(
        "{} is object storage, and this cxbook was built without it; build one with cargo install --path . --features cloud, or \
         publish to dir:PATH",
        shown(target)
    ))
}

fn settings(system: &dyn System, args: &WhereArgs) -> Result<PublishTo, String> {
    let failed = |error| format!("the folder {} cannot be read: {error}", args.folder.display());
    let typed = args.to.as_deref().filter(|to| to.contains(':'));
    if let Some(target) = typed {
        return Ok(PublishTo { target: target.to_owned(), ..PublishTo::default() });
    }
    let sources = system.read_book(&args.folder, &[]).map_err(failed)?;
    let mut known = config::load(&sources).value.publish;
    let name = match &args.to {
        Some(name) => name.clone(),
        None if known.len() == 1 => known.keys().next().cloned().unwrap_or_default(),
        None if known.is_empty() => {
            return Err(
                "book.toml names no target; add [publish.site] with target = \"dir:PATH\", or --to dir:PATH"
                    .into(),
            );
        }
        None => {
            return Err(format!(
                "add --to with one of {}",
                known.keys().cloned().collect::<Vec<_>>().join(", ")
            ));
        }
    };
    known.remove(&name).ok_or_else(|| {
        let help = did_you_mean(&name, known.keys().map(String::as_str));
        format!("book.toml has no [publish.{name}]. {help}")
    })
}

/// A path of book.toml is meant from the book's folder, one that is typed from where it is typed.
fn beside(args: &WhereArgs, path: &str) -> PathBuf {
    if args.to.as_deref().is_some_and(|to| to.contains(':')) {
        PathBuf::from(path)
    } else {
        args.folder.join(path)
    }
}

/// git is called from a folder of its own, so a path to a repository must not depend on where one is.
fn local(system: &dyn System, args: &WhereArgs, repository: &str) -> String {
    let path = beside(args, repository);
    let is_path = !repository.contains(':');
    let found = if is_path { system.real_path(&path) } else { None };
    found.map_or_else(|| repository.to_owned(), |path| path.to_string_lossy().into_owned())
}

/// An address without a name or password in it.
fn shown(target: &str) -> String {
    match target.split_once("://") {
        Some((scheme, rest)) => {
            let rest = rest.split('?').next().unwrap_or(rest);
            let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
            format!("{scheme}://{}{path}", host.rsplit('@').next().unwrap_or(host))
        }
        None => target.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn secrets_are_not_shown() {
        assert_eq!(shown("git:https://u:secret@host/x.git#pages"), "git:https://host/x.git#pages");
        assert_eq!(shown("s3://KEY:secret@bucket/cx?token=secret"), "s3://bucket/cx");
        assert_eq!(shown("dir:/srv/www"), "dir:/srv/www");
        assert_eq!(shown("git:git@host:x.git#pages"), "git:git@host:x.git#pages");
    }
}
