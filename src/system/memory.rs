//! A world in memory, for tests.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use super::{One, System};
use crate::source::{Content, Sources};

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
            let wanted = matches!(&**path, "book.toml" | "privacy.yaml")
                || folders.iter().any(|folder| path.starts_with(&format!("{folder}/")));
            if wanted {
                found.insert(path.clone(), content.clone());
            }
        }
        Ok(found)
    }

    fn read_one(&self, _book: &Path, name: &str) -> One {
        match self.book.get(name) {
            Some(Content::Link) => One::Other,
            Some(content) => One::File(content.clone()),
            None if self.book.below(name).next().is_some() => One::Other,
            None => One::Nothing,
        }
    }

    fn read_text(&self, path: &Path) -> io::Result<Option<String>> {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        Ok(self.book.text(&name).map(str::to_owned))
    }

    fn open_file(&self, path: &Path) -> io::Result<Box<dyn io::Read>> {
        let text = self.read_text(path)?.ok_or(io::ErrorKind::NotFound)?;
        Ok(Box::new(io::Cursor::new(text.into_bytes())))
    }

    fn read_file(&self, path: &Path, name: &str) -> io::Result<Sources> {
        let file = path.to_string_lossy();
        let content = self.book.get(&file).ok_or(io::ErrorKind::NotFound)?;
        let mut sources = Sources::default();
        sources.insert(name, content.clone());
        Ok(sources)
    }

    fn create_file(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let (folder, name) = (path.parent().unwrap_or(path), path.file_name().unwrap_or_default());
        let mut written = self.written.borrow_mut();
        let files = written.entry(folder.to_path_buf()).or_default();
        let name = name.to_string_lossy().into_owned();
        if files.contains_key(&name) {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        files.insert(name, bytes.to_vec());
        Ok(())
    }

    fn replace_file(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let (folder, name) = (path.parent().unwrap_or(path), path.file_name().unwrap_or_default());
        let mut written = self.written.borrow_mut();
        let files = written.entry(folder.to_path_buf()).or_default();
        files.insert(name.to_string_lossy().into_owned(), bytes.to_vec());
        Ok(())
    }

    fn copy_file(&self, from: &Path, to: &Path) -> io::Result<()> {
        let bytes = self.book.bytes(&from.to_string_lossy()).ok_or(io::ErrorKind::NotFound)?.to_vec();
        self.create_file(to, &bytes)
    }

    fn real_path(&self, path: &Path) -> Option<PathBuf> {
        Some(path.to_path_buf())
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

    fn program(&self) -> io::Result<Vec<u8>> {
        Ok(Vec::new())
    }

    fn variable(&self, name: &str) -> Option<String> {
        self.variables.get(name).cloned()
    }

    fn salt(&self) -> String {
        "salt".to_owned()
    }

    fn now(&self) -> i64 {
        self.now
    }
}
