//! The files of the book as they were last read, and reading again what changed.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::sync::Arc;

use crate::folder::{self, Folder};
use crate::source::Sources;
use crate::system::{One, System};
use crate::watch::Change;

/// One reading of the book's folder.
#[derive(Debug)]
pub(super) struct Reading {
    pub(super) sources: Arc<Sources>,
    /// What had to be known to find them; its own files are empty.
    pub(super) folder: Folder,
    /// Whether only those files were read that a change told.
    pub(super) is_partial: bool,
}

impl Reading {
    /// Reads everything. What is as it was before is shared with `before`.
    pub(super) fn whole(
        system: &dyn System,
        root: &Path,
        before: Option<&Self>,
        change: &Change,
    ) -> io::Result<Self> {
        let mut folder = folder::read(system, root, &BTreeMap::new())?;
        let mut sources = std::mem::take(&mut folder.sources);
        if let Some(before) = before {
            sources.share(&before.sources, |path| change.paths().contains(&root.join(path)));
        }
        Ok(Self { sources: Arc::new(sources), folder, is_partial: false })
    }

    /// Reads what a change told, and nothing else; `None` where that could miss something.
    pub(super) fn after(&self, system: &dyn System, root: &Path, change: &Change) -> Option<Self> {
        if change.is_whole() || change.paths().is_empty() {
            return None;
        }
        let mut sources = Sources::clone(&self.sources);
        for path in change.paths() {
            let name = path.strip_prefix(root).ok()?.to_str()?.replace(std::path::MAIN_SEPARATOR, "/");
            let is_inside = self.folder.folders.iter().any(|folder| is_below(&name, folder));
            if !is_inside {
                // The files beside the content say what there is to read.
                return None;
            }
            let mut above = name.match_indices('/').filter_map(|(at, _)| name.get(..at));
            if above.any(|above| sources.get(above).is_some()) {
                // Inside a link, which is not followed.
                return None;
            }
            match system.read_one(root, &name) {
                One::File(content) => sources.insert(name, content),
                One::Nothing if sources.below(&name).next().is_none() => sources.remove(&name),
                One::Nothing | One::Other => return None,
            }
        }
        // Without any text in it, the content may lie elsewhere.
        sources.below(&self.folder.content).next()?;
        Some(Self { sources: Arc::new(sources), folder: self.folder.clone(), is_partial: true })
    }
}

fn is_below(name: &str, folder: &str) -> bool {
    name.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Content, Stream};
    use crate::system::MemorySystem;

    const ROOT: &str = "/book";

    fn system(files: &[(&str, &str)]) -> MemorySystem {
        MemorySystem { book: files.iter().copied().collect(), ..MemorySystem::default() }
    }

    fn whole(system: &MemorySystem, before: Option<&Reading>) -> Reading {
        Reading::whole(system, Path::new(ROOT), before, &Change::whole()).unwrap()
    }

    fn told(paths: &[&str]) -> Change {
        Change::of(paths.iter().map(|path| Path::new(ROOT).join(path)))
    }

    /// Whether a change that is told by its paths is read by them; what they say is held against reading all.
    fn after(before: &Reading, system: &MemorySystem, paths: &[&str]) -> bool {
        let read = before.after(system, Path::new(ROOT), &told(paths));
        read.inspect(|read| assert_eq!(read.sources, whole(system, None).sources)).is_some()
    }

    #[test]
    fn only_what_was_told_is_read() {
        let files =
            [("book.toml", ""), ("content/index.md", "1"), ("content/a.md", "2"), ("themes/x/y", "3")];
        let mut system = system(&files);
        let before = whole(&system, None);
        system.book.insert_text("content/a.md", "other words");
        assert!(after(&before, &system, &["content/a.md"]));
        system.book.insert_text("content/new/b.md", "new");
        system.book.insert_text("themes/x/y", "other");
        assert!(after(&before, &system, &["content/a.md", "content/new/b.md", "themes/x/y"]));
        system.book.remove("content/a.md");
        let paths = ["content/a.md", "content/new/b.md", "themes/x/y", "content/never.md"];
        assert!(after(&before, &system, &paths));
    }

    #[test]
    fn what_one_path_cannot_tell_is_read_whole() {
        let mut system = system(&[("book.toml", ""), ("content/index.md", "1"), ("content/a/b.md", "2")]);
        system.book.insert("content/link", Content::Link);
        let before = whole(&system, None);
        for path in ["book.toml", "content", "notes.txt", "content/link", "content/link/c.md", "content/a"] {
            assert!(!after(&before, &system, &[path]), "{path}");
        }
        assert!(before.after(&system, Path::new(ROOT), &Change::whole()).is_none());
        assert!(before.after(&system, Path::new(ROOT), &Change::of(["/elsewhere/a.md".into()])).is_none());
        system.book.remove("content/a/b.md");
        assert!(!after(&before, &system, &["content/a"]), "a folder that is gone");
        system.book.remove("content/index.md");
        system.book.remove("content/link");
        assert!(!after(&before, &system, &["content/a/b.md", "content/index.md", "content/link"]));
    }

    #[test]
    fn what_is_the_same_is_shared_and_a_table_that_was_touched_is_not() {
        let table = |size| {
            let stream = Stream::new(|| Ok(Box::new(io::empty())));
            Content::Stream(stream.stamped(size, Some(std::time::SystemTime::UNIX_EPOCH)))
        };
        let mut system = system(&[("book.toml", ""), ("content/index.md", "1")]);
        system.book.insert("content/exports/t.csv", table(9));
        let before = whole(&system, None);
        system.book.insert("content/exports/t.csv", table(9));
        system.book.insert_text("content/index.md", "1");
        let now = whole(&system, Some(&before));
        assert_eq!(now.sources, before.sources);
        let same = |path| match (now.sources.get(path), before.sources.get(path)) {
            (Some(Content::Bytes(now)), Some(Content::Bytes(before))) => Arc::ptr_eq(now, before),
            _ => false,
        };
        assert!(same("content/index.md"));
        let touched = told(&["content/exports/t.csv", "book.toml"]);
        let now = Reading::whole(&system, Path::new(ROOT), Some(&before), &touched).unwrap();
        assert_ne!(now.sources, before.sources, "its file was touched");
        system.book.insert("content/exports/t.csv", table(10));
        assert_ne!(whole(&system, Some(&before)).sources, before.sources, "it has another size");
    }
}
