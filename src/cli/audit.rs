//! `cxbook build --audit`: what was decided about each quote, beside the site and never in it.

use std::path::{Component, Path, PathBuf};

use super::input::Input;
use crate::pipeline;
use crate::privacy::PublicBook;
use crate::site;
use crate::system::System;

/// Writes the audit of a book that is about to be written to `site`.
pub(super) fn write(system: &dyn System, input: &Input, file: &Path, site: &Path) -> Result<(), String> {
    let content = input.folder.join(input.content());
    for (folder, name) in [(site, "the site"), (content.as_path(), "the content")] {
        if is_inside(system, file, folder) {
            return Err(format!("--audit {} would lie in {name}; choose another folder", file.display()));
        }
    }
    let failed = |error| format!("{} could not be written: {error}", file.display());
    let older = system.read_text(file).map_err(failed)?;
    if older.is_some_and(|text| !text.contains("\"id_sha256\"") && !text.contains("\"min_people_quote\"")) {
        return Err(format!(
            "{} is there already and is no audit of cxbook; choose another name",
            file.display()
        ));
    }
    let book = pipeline::public_book(&input.sources, &input.options).value;
    system.replace_file(file, text(system, &book)?.as_bytes()).map_err(failed)
}

/// The audit of a book.
pub(super) fn text(system: &dyn System, book: &PublicBook) -> Result<String, String> {
    let report = site::audit(book, &system.salt());
    let mut text = serde_json::to_string_pretty(&report).map_err(|error| error.to_string())?;
    text.push('\n');
    Ok(text)
}

/// Whether a file lies in a folder, links and detours resolved as far as the path exists.
pub(super) fn is_inside(system: &dyn System, file: &Path, folder: &Path) -> bool {
    real(system, file).starts_with(real(system, folder))
}

/// The path without detours; what does not exist yet is taken as it is written.
fn real(system: &dyn System, path: &Path) -> PathBuf {
    let mut rest: Vec<Component<'_>> = Vec::new();
    let mut known = path;
    loop {
        let here = if known.as_os_str().is_empty() { Path::new(".") } else { known };
        if let Some(found) = system.real_path(here) {
            return rest.iter().rev().fold(found, |path, part| match part {
                Component::ParentDir => path.parent().map_or_else(|| path.clone(), Path::to_path_buf),
                part => path.join(part),
            });
        }
        let (Some(parent), Some(last)) = (known.parent(), known.components().next_back()) else {
            return path.to_path_buf();
        };
        rest.push(last);
        known = parent;
    }
}
