//! A world in memory, for tests.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use super::System;
use crate::source::Sources;

/// A disk, a clock and an environment that exist only in memory.
#[derive(Debug, Default)]
pub struct MemorySystem {
    /// The one book there is.
    pub book: Sources,
    /// What [`System::now`] answers.
    pub now: i64,
    /// The environment.
    pub variables: BTreeMap<String, String>,
    /// What was written, by folder and path.
    pub written: RefCell<BTreeMap<PathBuf, BTreeMap<String, Vec<u8>>>>,
}

impl System for MemorySystem {
    fn read_book(&self, _book: &Path, folders: &[&str]) -> io::Result<Sources> {
        let mut found = Sources::default();
        for (path, content) in self.book.iter() {
            let wanted = &**path == "book.toml"
                || folders.iter().any(|folder| path.starts_with(&format!("{folder}/")));
            if wanted {
                found.insert(path.clone(), content.clone());
            }
        }
        Ok(found)
    }

    fn read_text(&self, path: &Path) -> io::Result<Option<String>> {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        Ok(self.book.text(&name).map(str::to_owned))
    }

    fn replace_folder(
        &self,
        folder: &Path,
        files: &mut dyn Iterator<Item = (&str, &[u8])>,
    ) -> io::Result<()> {
        let files = files.map(|(path, bytes)| (path.to_owned(), bytes.to_vec())).collect();
        self.written.borrow_mut().insert(folder.to_path_buf(), files);
        Ok(())
    }

    fn variable(&self, name: &str) -> Option<String> {
        self.variables.get(name).cloned()
    }

    fn now(&self) -> i64 {
        self.now
    }
}
