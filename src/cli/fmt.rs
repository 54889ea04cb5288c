//! `cxbook fmt`: mends what is harmless to mend, shows it, or fails where something is to be mended.

use std::path::{Path, PathBuf};

use super::args::MomentArgs;
use super::args_starting::FmtArgs;
use super::input::Input;
use super::speak::{Voice, diff};
use super::{FINDINGS, FINE};
use crate::folder;
use crate::system::System;
use crate::tidy;

pub(super) fn run(system: &dyn System, args: &FmtArgs, voice: &Voice) -> Result<u8, String> {
    let here = [PathBuf::from(".")];
    let paths = if args.paths.is_empty() { &here[..] } else { &args.paths };
    let mut files = Vec::new();
    for path in paths {
        files.extend(files_of(system, path)?);
    }
    let mut mended = 0;
    for path in &files {
        let name = path.display().to_string();
        let before = match system.read_text(path) {
            Ok(Some(text)) => text,
            Ok(None) => return Err(format!("there is no file {name}")),
            // Not UTF-8: check says so, with what to do.
            Err(_) => {
                voice.say(&format!("{name} cannot be read as text and was left as it is."));
                continue;
            }
        };
        let after = tidy::tidy(&name, &before);
        if after.text == before {
            continue;
        }
        mended += 1;
        if args.diff {
            print!("{}", diff(&name, &before, &after.text));
        } else {
            println!("{name}: {}", after.mended.join("; "));
        }
        if !args.check && !args.diff {
            let written = folder::save(system, path, Some(&before), &after.text);
            written.map_err(|error| format!("{name} {error}"))?;
        }
    }
    voice.say(&summary(mended, files.len(), args));
    Ok(if mended > 0 && args.check { FINDINGS } else { FINE })
}

fn summary(mended: usize, files: usize, args: &FmtArgs) -> String {
    let count = |number: usize| if number == 1 { "1 file".to_owned() } else { format!("{number} files") };
    match (mended, args.check || args.diff) {
        (0, _) => format!("Nothing to mend in {}.", count(files)),
        (_, true) => format!(
            "{} would be mended. Nothing was written; without --check and --diff they are.",
            count(mended)
        ),
        (_, false) => format!("Mended {}. Nothing of what they say has changed.", count(mended)),
    }
}

/// The file itself, or what is mended of a book.
fn files_of(system: &dyn System, path: &Path) -> Result<Vec<PathBuf>, String> {
    let is_file = tidy::is_mended(&path.to_string_lossy()) && system.read_file(path, "x").is_ok();
    if is_file {
        return Ok(vec![path.to_owned()]);
    }
    let input = Input::read(system, &MomentArgs { folder: path.to_owned(), as_of: None, edition: None })?;
    let own = ["book.toml".to_owned(), "privacy.yaml".to_owned()];
    let is_own =
        |name: &str| own.contains(&name.to_owned()) || name.starts_with(&format!("{}/", input.content()));
    let names = input.sources.iter().map(|(name, _)| name.to_string());
    Ok(names.filter(|name| tidy::is_mended(name) && is_own(name)).map(|name| path.join(name)).collect())
}
