//! The only door to disk, clock and environment.
//!
//! [`System`] is what the command line needs from the outside world; [`OsSystem`] is the real one, [`MemorySystem`] is for
//! tests. [`Disk`] is what publishing needs of a disk, step by step: [`OsDisk`], and [`MemoryDisk`], which can fail at each. With the
//! feature `cloud`, `Objects` is the same for object storage. clippy refuses `std::fs`, `std::env` and clocks everywhere else.

mod clock;
#[cfg(feature = "cloud")]
mod cloud;
#[cfg(feature = "cloud")]
mod cloud_http;
mod disk;
mod memory;
mod memory_disk;
#[cfg(feature = "cloud")]
mod objects;
mod os;
mod os_disk;
mod programs;
mod web;

use std::io;
use std::path::{Path, PathBuf};

pub use clock::{Clock, OsClock};
#[cfg(feature = "cloud")]
pub use cloud::{StoreKind, StoreObjects};
pub use disk::{Disk, Kind, Lock};
pub use memory::MemorySystem;
pub use memory_disk::MemoryDisk;
#[cfg(feature = "cloud")]
pub use objects::{Listed, Mark, Objects, Only, Put, Sent};
pub use os::OsSystem;
pub use os_disk::OsDisk;
pub use programs::{Finished, OsPrograms, Programs, Scratch, show_in_browser};
pub use web::{Fetched, Look, OsWeb, Web};

use crate::source::{Content, Sources};

/// Name of the file that lists what cxbook wrote; a folder without it is never replaced.
pub const MANIFEST: &str = "cxbook-manifest.json";

/// What is at one path of a book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum One {
    /// Nothing.
    Nothing,
    /// An ordinary file, as [`System::read_book`] reads it.
    File(Content),
    /// A folder, a link, or what cannot be told from this path alone: the book has to be read whole.
    Other,
}

/// What cxbook asks of the world around it.
pub trait System {
    /// Reads a book: `book.toml`, the other files beside it that mean something, and everything below the given folders of `book`. Symbolic links are listed, not followed;
    /// hidden files and folders are left out.
    ///
    /// # Errors
    /// When `book` is not a folder or cannot be listed. Trouble with a single file becomes its [`crate::source::Content`].
    fn read_book(&self, book: &Path, folders: &[&str]) -> io::Result<Sources>;

    /// Reads one path below `book`.
    fn read_one(&self, book: &Path, name: &str) -> One;

    /// Reads one text file; `None` when it does not exist.
    ///
    /// # Errors
    /// When the file exists but cannot be read as UTF-8 text.
    fn read_text(&self, path: &Path) -> io::Result<Option<String>>;

    /// Opens one file at its beginning.
    ///
    /// # Errors
    /// When it does not exist or cannot be opened.
    fn open_file(&self, path: &Path) -> io::Result<Box<dyn io::Read>>;

    /// Opens one file as it is, for reading piece by piece; the sources hold it under `name`.
    ///
    /// # Errors
    /// When it does not exist or is no file.
    fn read_file(&self, path: &Path, name: &str) -> io::Result<Sources>;

    /// Writes a file that does not exist yet, with the folders above it.
    ///
    /// # Errors
    /// [`io::ErrorKind::AlreadyExists`] when it exists; otherwise what the disk says.
    fn create_file(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;

    /// Writes a file, new or in place of an older one, at once: readers see the old one or the new one.
    ///
    /// # Errors
    /// What the disk says; an older file is then as it was.
    fn replace_file(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;

    /// Copies a file to a place where none is yet, with the folders above it.
    ///
    /// # Errors
    /// As [`System::create_file`].
    fn copy_file(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// The path without detours, if there is something.
    fn real_path(&self, path: &Path) -> Option<PathBuf>;

    /// Writes a whole folder at once: readers see the old files until all new ones are there.
    ///
    /// # Errors
    /// When `folder` holds something cxbook did not write, or the disk refuses. The old folder is then as it was.
    fn replace_folder(&self, folder: &Path, files: &mut dyn Iterator<Item = (&str, &[u8])>)
    -> io::Result<()>;

    /// The bytes of the program that runs.
    ///
    /// # Errors
    /// When it cannot be read, as when another was put in its place meanwhile.
    fn program(&self) -> io::Result<Vec<u8>>;

    /// A variable of the environment.
    fn variable(&self, name: &str) -> Option<String>;

    /// A text nobody can guess, another one each time.
    fn salt(&self) -> String;

    /// Seconds since the first of January 1970, UTC.
    fn now(&self) -> i64;
}
