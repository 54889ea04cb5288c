//! A disk on which a file is being written at the very moment at which all are read, which the system tells of only later.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use cxbook::source::{Content, Sources};
use cxbook::system::{One, OsSystem, System};

use super::{PAGE, Preview};

const WRITTEN: &str = "content/pages/a.md";

/// The system, but that one reading of the whole book finds a file empty.
#[derive(Debug, Default)]
struct Torn {
    /// How often the book was read.
    readings: AtomicUsize,
    /// At which reading the file is empty.
    at: AtomicUsize,
}

impl System for Torn {
    fn read_book(&self, book: &Path, folders: &[&str]) -> io::Result<Sources> {
        let mut sources = OsSystem.read_book(book, folders)?;
        if sources.get(WRITTEN).is_some() {
            let reading = self.readings.fetch_add(1, Ordering::SeqCst) + 1;
            if reading == self.at.load(Ordering::SeqCst) {
                sources.insert(WRITTEN.to_owned(), Content::Bytes(Arc::from([])));
            }
        }
        Ok(sources)
    }

    fn read_one(&self, book: &Path, name: &str) -> One {
        OsSystem.read_one(book, name)
    }

    fn read_text(&self, path: &Path) -> io::Result<Option<String>> {
        OsSystem.read_text(path)
    }

    fn open_file(&self, path: &Path) -> io::Result<Box<dyn io::Read>> {
        OsSystem.open_file(path)
    }

    fn read_file(&self, path: &Path, name: &str) -> io::Result<Sources> {
        OsSystem.read_file(path, name)
    }

    fn create_file(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        OsSystem.create_file(path, bytes)
    }

    fn replace_file(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        OsSystem.replace_file(path, bytes)
    }

    fn copy_file(&self, from: &Path, to: &Path) -> io::Result<()> {
        OsSystem.copy_file(from, to)
    }

    fn real_path(&self, path: &Path) -> Option<PathBuf> {
        OsSystem.real_path(path)
    }

    fn replace_folder(
        &self,
        folder: &Path,
        files: &mut dyn Iterator<Item = (&str, &[u8])>,
    ) -> io::Result<()> {
        OsSystem.replace_folder(folder, files)
    }

    fn program(&self) -> io::Result<Vec<u8>> {
        OsSystem.program()
    }

    fn variable(&self, name: &str) -> Option<String> {
        OsSystem.variable(name)
    }

    fn salt(&self) -> String {
        OsSystem.salt()
    }

    fn now(&self) -> i64 {
        OsSystem.now()
    }
}

#[test]
fn what_is_half_written_while_all_is_read_is_not_shown() {
    let system = Arc::new(Torn::default());
    let preview =
        Preview::on(system.clone(), &[("content/pages/b.md", &PAGE.replace("A page", "B page"))], |_| {});
    let build = preview.settled().build;
    let readings = || system.readings.load(Ordering::SeqCst);
    // A saved page is read alone, and all files once more when there is time.
    system.at.store(readings() + 1, Ordering::SeqCst);
    let save = |word: &str| preview.write("content/pages/b.md", &PAGE.replace("First", word));
    save("Second");
    let build = preview.after(build).build;
    preview.until("the book was never read whole", || readings() >= system.at.load(Ordering::SeqCst));
    save("Third");
    preview.until("the last change was not seen", || preview.get("/pages/b.html").body.contains("Third"));
    preview.after(build);
    for news in preview.told.lock().unwrap().iter() {
        assert_eq!(news.sources.text(WRITTEN), Some(PAGE), "build {}", news.build);
    }
}
