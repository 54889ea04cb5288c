//! The real disk, clock and environment.
#![allow(clippy::disallowed_methods, reason = "this file is the door that the lint points to")]

use std::collections::BTreeSet;
use std::fs;
use std::hash::{BuildHasher, RandomState};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use super::{MANIFEST, One, System};
use crate::source::{Content, Sources, Stream};

/// Tables above this size are read as streams, so that memory grows with the book and not with its exports.
const STREAM_FROM: u64 = 8 * 1024 * 1024;

/// The computer cxbook runs on.
#[derive(Debug, Clone, Copy, Default)]
pub struct OsSystem;

impl System for OsSystem {
    fn read_book(&self, book: &Path, folders: &[&str]) -> io::Result<Sources> {
        fs::read_dir(book)?;
        let mut sources = Sources::default();
        for name in ["book.toml", "published.json", "published-quotes.json", "privacy.yaml"] {
            if let Ok(meta) = fs::symlink_metadata(book.join(name)) {
                sources.insert(name, read_entry(&book.join(name), &meta));
            }
        }
        for folder in folders {
            read_folder(book, folder, &mut sources);
        }
        Ok(sources)
    }

    fn read_one(&self, book: &Path, name: &str) -> One {
        let path = book.join(name);
        match fs::symlink_metadata(&path) {
            Ok(meta) if meta.is_file() => One::File(read_entry(&path, &meta)),
            Err(error) if error.kind() == ErrorKind::NotFound => One::Nothing,
            _ => One::Other,
        }
    }

    fn read_text(&self, path: &Path) -> io::Result<Option<String>> {
        match fs::read_to_string(path) {
            Ok(text) => Ok(Some(text)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn open_file(&self, path: &Path) -> io::Result<Box<dyn io::Read>> {
        Ok(Box::new(fs::File::open(path)?))
    }

    fn read_file(&self, path: &Path, name: &str) -> io::Result<Sources> {
        let meta = fs::metadata(path)?;
        if !meta.is_file() {
            return Err(io::Error::new(ErrorKind::InvalidInput, "it is not a file"));
        }
        let mut sources = Sources::default();
        sources.insert(name, read_entry(path, &meta));
        Ok(sources)
    }

    fn create_file(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        make_room(path)?;
        let mut file = fs::OpenOptions::new().write(true).create_new(true).open(path)?;
        file.write_all(bytes)
    }

    fn replace_file(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        make_room(path)?;
        let fresh = beside(path, "new");
        let older = fs::metadata(path).map(|meta| meta.permissions());
        let written = fs::write(&fresh, bytes)
            .and_then(|()| older.map_or(Ok(()), |permissions| fs::set_permissions(&fresh, permissions)))
            .and_then(|()| fs::rename(&fresh, path));
        if written.is_err() {
            let _ = fs::remove_file(&fresh);
        }
        written
    }

    fn copy_file(&self, from: &Path, to: &Path) -> io::Result<()> {
        make_room(to)?;
        let mut target = fs::OpenOptions::new().write(true).create_new(true).open(to)?;
        io::copy(&mut fs::File::open(from)?, &mut target).map(|_| ())
    }

    fn real_path(&self, path: &Path) -> Option<PathBuf> {
        fs::canonicalize(path).ok()
    }

    fn replace_folder(
        &self,
        folder: &Path,
        files: &mut dyn Iterator<Item = (&str, &[u8])>,
    ) -> io::Result<()> {
        refuse_strangers(folder)?;
        let fresh = beside(folder, "new");
        let old = beside(folder, "old");
        remove_if_there(&fresh)?;
        remove_if_there(&old)?;
        let written = write_all(&fresh, folder, files).and_then(|()| swap(folder, &fresh, &old));
        if written.is_err() {
            let _ = fs::remove_dir_all(&fresh);
        }
        written
    }

    fn program(&self) -> io::Result<Vec<u8>> {
        fs::read(std::env::current_exe()?)
    }

    fn variable(&self, name: &str) -> Option<String> {
        std::env::var(name).ok()
    }

    fn salt(&self) -> String {
        // The standard library seeds its hashers from the system's source of randomness.
        let random = || RandomState::new().hash_one(0);
        format!("{:016x}{:016x}", random(), random())
    }

    fn now(&self) -> i64 {
        match SystemTime::now().duration_since(UNIX_EPOCH) {
            Ok(since) => i64::try_from(since.as_secs()).unwrap_or(i64::MAX),
            Err(before) => -i64::try_from(before.duration().as_secs()).unwrap_or(i64::MAX),
        }
    }
}

/// Makes the folders above a file.
fn make_room(path: &Path) -> io::Result<()> {
    path.parent().map_or(Ok(()), fs::create_dir_all)
}

fn read_folder(book: &Path, folder: &str, sources: &mut Sources) {
    let root = book.join(folder);
    if fs::symlink_metadata(&root).is_ok_and(|meta| meta.file_type().is_symlink()) {
        sources.insert(folder, Content::Link);
        return;
    }
    let walk = WalkDir::new(&root).follow_links(false).min_depth(1).sort_by_file_name();
    let mut files = Vec::new();
    for entry in walk.into_iter().filter_entry(|entry| !is_hidden(entry)) {
        match entry {
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) => files.push(entry),
            Err(error) => {
                if let Some(path) = error.path().filter(|path| *path != root) {
                    sources.insert(relative(book, path), Content::Unreadable(io_words(&error)));
                }
            }
        }
    }
    let read = |entry: &DirEntry| match entry.metadata() {
        Ok(meta) => read_entry(entry.path(), &meta),
        Err(error) => Content::Unreadable(error.to_string()),
    };
    let contents: Vec<Content> = files.par_iter().map(read).collect();
    for (entry, content) in files.iter().zip(contents) {
        sources.insert(relative(book, entry.path()), content);
    }
}

fn io_words(error: &walkdir::Error) -> String {
    error.io_error().map_or_else(|| "it cannot be listed".to_owned(), ToString::to_string)
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().to_str().is_some_and(|name| name.starts_with('.'))
}

fn read_entry(path: &Path, meta: &fs::Metadata) -> Content {
    if meta.file_type().is_symlink() {
        return Content::Link;
    }
    if !meta.is_file() {
        return Content::Unreadable("it is not an ordinary file".to_owned());
    }
    if meta.len() > STREAM_FROM && is_table(path) {
        let path = path.to_path_buf();
        let stream = Stream::new(move || Ok(Box::new(fs::File::open(&path)?)));
        return Content::Stream(stream.stamped(meta.len(), meta.modified().ok()));
    }
    if meta.len() > Sources::MOST_BYTES {
        return Content::TooLarge(meta.len());
    }
    match fs::read(path) {
        Ok(bytes) => Content::Bytes(Arc::from(bytes)),
        Err(error) => Content::Unreadable(error.to_string()),
    }
}

fn is_table(path: &Path) -> bool {
    let ending = path.extension().map(|ending| ending.to_ascii_lowercase());
    ending.is_some_and(|ending| ending == "csv" || ending == "tsv")
}

/// The path below the book with `/` between its parts. A name that is not Unicode keeps its place with a mark, so that it
/// can be reported.
fn relative(book: &Path, path: &Path) -> String {
    let parts = path.strip_prefix(book).unwrap_or(path);
    parts.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// A folder that holds anything but an earlier output of ours is somebody's work.
fn refuse_strangers(folder: &Path) -> io::Result<()> {
    let meta = match fs::symlink_metadata(folder) {
        Ok(meta) => meta,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    if !meta.is_dir() {
        let message = format!("{} is not a folder", folder.display());
        return Err(io::Error::new(ErrorKind::AlreadyExists, message));
    }
    let empty = fs::read_dir(folder)?.next().is_none();
    if empty || folder.join(MANIFEST).is_file() {
        return Ok(());
    }
    let message = format!(
        "{} holds files that cxbook did not write; choose another folder with --dest-dir, or empty it",
        folder.display()
    );
    Err(io::Error::new(ErrorKind::AlreadyExists, message))
}

fn beside(folder: &Path, suffix: &str) -> PathBuf {
    let name = folder.file_name().map_or_else(|| "site".into(), |name| name.to_string_lossy().into_owned());
    folder.with_file_name(format!(".{name}.{suffix}"))
}

fn remove_if_there(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Writes all files into `fresh`. Those that stand in `older` with the same bytes are linked instead: a new file costs the
/// disk more than all that is read to avoid it.
fn write_all(fresh: &Path, older: &Path, files: &mut dyn Iterator<Item = (&str, &[u8])>) -> io::Result<()> {
    let files: Vec<(&str, &[u8])> = files.collect();
    let folders: BTreeSet<&Path> = files.iter().filter_map(|(path, _)| Path::new(path).parent()).collect();
    fs::create_dir_all(fresh)?;
    for folder in folders {
        fs::create_dir_all(fresh.join(folder))?;
    }
    files.par_iter().try_for_each(|(path, bytes)| {
        let (target, known) = (fresh.join(path), older.join(path));
        let linked = is_same(&known, bytes) && fs::hard_link(&known, &target).is_ok();
        if linked { Ok(()) } else { fs::write(&target, bytes) }
    })
}

/// Whether a plain file has just these bytes.
fn is_same(path: &Path, bytes: &[u8]) -> bool {
    let alike = |meta: fs::Metadata| meta.is_file() && meta.len() == bytes.len() as u64;
    fs::symlink_metadata(path).is_ok_and(alike) && fs::read(path).is_ok_and(|known| known == bytes)
}

fn swap(folder: &Path, fresh: &Path, old: &Path) -> io::Result<()> {
    if fs::symlink_metadata(folder).is_ok() {
        fs::rename(folder, old)?;
    }
    if let Err(error) = fs::rename(fresh, folder) {
        let _ = fs::rename(old, folder);
        return Err(error);
    }
    remove_if_there(old)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(folder: &Path, files: &[(&str, &str)]) -> io::Result<()> {
        OsSystem.replace_folder(folder, &mut files.iter().map(|(path, text)| (*path, text.as_bytes())))
    }

    #[test]
    fn replaces_its_own_output_and_nothing_else() {
        let room = tempfile::tempdir().unwrap();
        let site = room.path().join("site");
        write(&site, &[(MANIFEST, "{}"), ("a/b.html", "one")]).unwrap();
        write(&site, &[(MANIFEST, "{}"), ("c.html", "two")]).unwrap();
        assert!(!site.join("a").exists());
        assert_eq!(fs::read_to_string(site.join("c.html")).unwrap(), "two");
        fs::write(site.join("c.html"), "own").unwrap();
        write(&site, &[(MANIFEST, "{}"), ("c.html", "two"), ("d.html", "two")]).unwrap();
        assert_eq!(
            fs::read_to_string(site.join("c.html")).unwrap(),
            "two",
            "a changed file of the same length"
        );
        write(&site, &[(MANIFEST, "{}"), ("c.html", "two"), ("d.html", "six")]).unwrap();
        assert_eq!(fs::read_to_string(site.join("c.html")).unwrap(), "two", "a file that stays");
        assert_eq!(fs::read_to_string(site.join("d.html")).unwrap(), "six");
        assert_eq!(fs::read_dir(room.path()).unwrap().count(), 1, "no temporary folder stays behind");

        let photos = room.path().join("photos");
        fs::create_dir(&photos).unwrap();
        fs::write(photos.join("cat.jpg"), "x").unwrap();
        assert!(write(&photos, &[(MANIFEST, "{}")]).is_err());
        assert!(photos.join("cat.jpg").exists());
    }

    #[test]
    fn lists_links_without_following_them() {
        let room = tempfile::tempdir().unwrap();
        fs::create_dir_all(room.path().join("content/.git")).unwrap();
        fs::write(room.path().join("content/a.md"), "a").unwrap();
        fs::write(room.path().join("content/.git/x"), "x").unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink("/etc", room.path().join("content/etc")).unwrap();
        let sources = OsSystem.read_book(room.path(), &["content"]).unwrap();
        let paths: Vec<&str> = sources.iter().map(|(path, _)| &**path).collect();
        #[cfg(unix)]
        assert_eq!(paths, ["content/a.md", "content/etc"]);
        #[cfg(unix)]
        assert_eq!(sources.get("content/etc"), Some(&Content::Link));
        assert_eq!(sources.text("content/a.md"), Some("a"));
    }
}
