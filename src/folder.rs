//! The folder of a book: which files of it are read, and which are worth watching.
//!
//! book.toml says where the content lies and privacy.yaml names lists that may lie outside of it, so both are read before the
//! rest.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io;
use std::path::Path;

use crate::config;
use crate::load;
use crate::source::{Sources, join};
use crate::system::System;

/// Folder of the themes, below the book's.
const THEMES: &str = "themes";

/// The files of a book, and what had to be known to find them.
#[derive(Debug, Clone, Default)]
pub struct Folder {
    /// The files.
    pub sources: Sources,
    /// Folder of the content, below the book's.
    pub content: String,
    /// Folder that `build` writes to, below the book's.
    pub build_dir: String,
    /// Folders that were read, below the book's.
    pub folders: BTreeSet<String>,
    /// Files that privacy.yaml names, below the book's folder.
    pub lists: BTreeSet<String>,
}

/// Reads the book in a folder, with texts in place of files, by their path in the book: what an editor holds and has not
/// saved. A book.toml that is missing or broken is no trouble here: the findings tell.
///
/// # Errors
/// When it is no folder or cannot be listed.
pub fn read(system: &dyn System, folder: &Path, unsaved: &BTreeMap<String, String>) -> io::Result<Folder> {
    let read = |folders: &[&str]| read_under(system, folder, folders, unsaved);
    let config = config::load(&read(&[])?).value;
    let mut folders = BTreeSet::from([config.src.clone(), THEMES.to_owned()]);
    let mut sources = read(&[&config.src, THEMES])?;
    let is_there = sources.get(&config.src).is_some() || sources.below(&config.src).next().is_some();
    if !is_there {
        folders.insert(config::MDBOOK_SRC.to_owned());
        sources = read(&[config::MDBOOK_SRC, THEMES])?;
    }
    let lists = add_lists(system, folder, &mut sources, unsaved);
    // Where nothing says where the content lies, it is where it was found.
    let content = config::load(&sources).value.src;
    Ok(Folder { sources, content, build_dir: config.build_dir, folders, lists })
}

/// Reads some folders of a book. A text of a file that would not be read is left aside.
fn read_under(
    system: &dyn System,
    folder: &Path,
    folders: &[&str],
    unsaved: &BTreeMap<String, String>,
) -> io::Result<Sources> {
    let mut sources = system.read_book(folder, folders)?;
    for (path, text) in unsaved {
        let hidden = path.split('/').any(|part| part.starts_with('.'));
        let inside = folders.iter().any(|folder| path.starts_with(&format!("{folder}/")));
        if [config::FILE, load::PRIVACY].contains(&path.as_str()) || inside && !hidden {
            sources.insert_text(path, text);
        }
    }
    Ok(sources)
}

/// Why a file was not saved; the file is as it was.
#[derive(Debug)]
pub enum NotSaved {
    /// It is there, and was not when the book was read.
    IsThere,
    /// It says something else than when the book was read.
    Changed,
    /// The system's reason.
    Failed(io::Error),
}

impl From<io::Error> for NotSaved {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::AlreadyExists { Self::IsThere } else { Self::Failed(error) }
    }
}

impl fmt::Display for NotSaved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::IsThere => f.write_str("is there already and was left as it is"),
            Self::Changed => f.write_str("was changed meanwhile and was left as it is"),
            Self::Failed(error) => write!(f, "could not be written: {error}"),
        }
    }
}

/// Writes a file of a book. `before` is what it said when the book was read, `None` when it was not there: what somebody saved
/// since is never lost.
///
/// # Errors
/// When it was changed since, or cannot be written.
pub fn save(system: &dyn System, file: &Path, before: Option<&str>, text: &str) -> Result<(), NotSaved> {
    let Some(before) = before else { return Ok(system.create_file(file, text.as_bytes())?) };
    if system.read_text(file)?.as_deref() != Some(before) {
        return Err(NotSaved::Changed);
    }
    Ok(system.replace_file(file, text.as_bytes())?)
}

/// Reads the files that privacy.yaml names, which lie outside the content, with texts in place of files. One that is missing is
/// reported by `load`.
pub fn add_lists(
    system: &dyn System,
    folder: &Path,
    sources: &mut Sources,
    unsaved: &BTreeMap<String, String>,
) -> BTreeSet<String> {
    let named = load::named_files(sources).into_iter().filter(|name| !name.is_empty());
    let lists: BTreeSet<String> = named.collect();
    for name in &lists {
        if let Some(text) = unsaved.get(name) {
            sources.insert_text(name, text);
        } else if sources.get(name).is_none()
            && let Ok(read) = system.read_file(&folder.join(name), name)
        {
            read.iter().for_each(|(path, content)| sources.insert(path.clone(), content.clone()));
        }
    }
    lists
}

impl Folder {
    /// Folders to watch whole, and folders of which only the files directly inside matter; below the book's, empty for itself.
    pub fn watched(&self) -> (BTreeSet<String>, BTreeSet<String>) {
        let parent = |file: &String| {
            let plain = join("", file)?;
            Some(plain.rsplit_once('/').map_or(String::new(), |(folder, _)| folder.to_owned()))
        };
        let mut shallow: BTreeSet<String> = self.lists.iter().filter_map(parent).collect();
        shallow.insert(String::new());
        (self.folders.clone(), shallow)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::OsSystem;

    #[test]
    fn what_somebody_saved_meanwhile_is_not_lost() {
        let room = tempfile::tempdir().unwrap();
        let file = room.path().join("lists/quotes.yaml");
        save(&OsSystem, &file, None, "one").unwrap();
        assert!(matches!(save(&OsSystem, &file, None, "two"), Err(NotSaved::IsThere)));
        save(&OsSystem, &file, Some("one"), "two").unwrap();
        assert!(matches!(save(&OsSystem, &file, Some("one"), "three"), Err(NotSaved::Changed)));
        assert_eq!(OsSystem.read_text(&file).unwrap().as_deref(), Some("two"));
    }

    #[test]
    fn open_texts_stand_in_place_of_lists_too() {
        let room = tempfile::tempdir().unwrap();
        let rules = "staff: names/staff.txt\n";
        for (path, text) in [("book.toml", ""), ("privacy.yaml", rules), ("names/staff.txt", "Old\n")] {
            save(&OsSystem, &room.path().join(path), None, text).unwrap();
        }
        let unsaved = BTreeMap::from([("names/staff.txt".to_owned(), "New\n".to_owned())]);
        let folder = read(&OsSystem, room.path(), &unsaved).unwrap();
        assert_eq!(folder.sources.text("names/staff.txt"), Some("New\n"));
    }
}
