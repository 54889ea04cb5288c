//! The folder of a book: which files of it are read, and which are worth watching.
//!
//! book.toml says where the content lies and privacy.yaml names lists that may lie outside of it, so both are read before the
//! rest.

use std::collections::{BTreeMap, BTreeSet};
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
    let lists = add_lists(system, folder, &mut sources);
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

/// Reads the files that privacy.yaml names, which lie outside the content. One that is missing is reported by `load`.
pub fn add_lists(system: &dyn System, folder: &Path, sources: &mut Sources) -> BTreeSet<String> {
    let named = load::named_files(sources).into_iter().filter(|name| !name.is_empty());
    let lists: BTreeSet<String> = named.collect();
    for name in &lists {
        if sources.get(name).is_none()
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
