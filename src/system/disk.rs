//! What publishing needs of a disk: a few steps, each of which either happens or does not.

use std::fmt::Debug;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What lies at a path. Links are never followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An ordinary file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link.
    Link,
    /// Anything else.
    Other,
}

/// A disk that sites are published to.
pub trait Disk: Debug {
    /// The bytes of an ordinary file; `None` when nothing is there.
    ///
    /// # Errors
    /// What the disk says; a link is an error.
    fn read(&self, path: &Path) -> io::Result<Option<Vec<u8>>>;

    /// What lies there, if anything.
    ///
    /// # Errors
    /// What the disk says.
    fn kind(&self, path: &Path) -> io::Result<Option<Kind>>;

    /// Names in a folder, sorted, and what they are.
    ///
    /// # Errors
    /// What the disk says.
    fn list(&self, folder: &Path) -> io::Result<Vec<(String, Kind)>>;

    /// Where a link leads, as it is written; `None` when nothing is there.
    ///
    /// # Errors
    /// What the disk says.
    fn leads_to(&self, link: &Path) -> io::Result<Option<PathBuf>>;

    /// Makes a folder and those above it.
    ///
    /// # Errors
    /// What the disk says.
    fn make_folder(&self, path: &Path) -> io::Result<()>;

    /// Writes a file that is not there yet, in a folder that is; nobody is to write to it again.
    ///
    /// # Errors
    /// What the disk says.
    fn create(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;

    /// The same file at another path too; a copy where the disk cannot do that.
    ///
    /// # Errors
    /// What the disk says.
    fn share(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Makes a symbolic link.
    ///
    /// # Errors
    /// What the disk says.
    fn link(&self, to: &Path, at: &Path) -> io::Result<()>;

    /// Gives a file, link or folder another path, in place of a file or link that is there, at once.
    ///
    /// # Errors
    /// What the disk says.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Removes a file, link or whole folder; fine when nothing is there.
    ///
    /// # Errors
    /// What the disk says.
    fn remove(&self, path: &Path) -> io::Result<()>;

    /// Returns when everything written to the disk that holds the folder would survive a loss of power.
    ///
    /// # Errors
    /// What the disk says.
    fn sync(&self, folder: &Path) -> io::Result<()>;

    /// The same for the names in one folder only, which is quick.
    ///
    /// # Errors
    /// What the disk says.
    fn sync_names(&self, folder: &Path) -> io::Result<()>;

    /// Takes a lock that ends with the value given back or with the process, whichever comes first. `None` when somebody
    /// else held it all the time.
    ///
    /// # Errors
    /// What the disk says.
    fn lock(&self, path: &Path, wait: Duration) -> io::Result<Option<Box<dyn Lock>>>;
}

/// A lock that was taken.
pub trait Lock {
    /// Whether it is still held: somebody may have taken it over, from a program that stood still for long.
    ///
    /// # Errors
    /// What the disk says.
    fn is_held(&self) -> io::Result<bool>;
}
