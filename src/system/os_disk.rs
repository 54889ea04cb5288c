//! The real disk, for publishing.
#![allow(clippy::disallowed_methods, reason = "this file is the door that the lint points to")]

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use std::{process, thread};

use super::disk::{Disk, Kind, Lock};

/// How long to wait before asking for a lock again.
const PAUSE: Duration = Duration::from_millis(50);

/// The disk of the computer cxbook runs on.
#[derive(Debug, Clone, Copy, Default)]
pub struct OsDisk;

impl Disk for OsDisk {
    fn read(&self, path: &Path) -> io::Result<Option<Vec<u8>>> {
        match self.kind(path)? {
            None => return Ok(None),
            Some(Kind::File) => {}
            Some(_) => return Err(io::Error::new(ErrorKind::InvalidInput, "it is not an ordinary file")),
        }
        let mut bytes = Vec::new();
        match unfollowed(OpenOptions::new().read(true)).open(path) {
            Ok(mut file) => file.read_to_end(&mut bytes).map(|_| Some(bytes)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn kind(&self, path: &Path) -> io::Result<Option<Kind>> {
        match fs::symlink_metadata(path) {
            Ok(meta) => Ok(Some(kind(meta.file_type()))),
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<(String, Kind)>> {
        let mut names = Vec::new();
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            names.push((entry.file_name().to_string_lossy().into_owned(), kind(entry.file_type()?)));
        }
        names.sort_by(|a, b| a.0.cmp(&b.0));
        Ok(names)
    }

    fn leads_to(&self, link: &Path) -> io::Result<Option<PathBuf>> {
        match fs::read_link(link) {
            Ok(target) => Ok(Some(target)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn make_folder(&self, path: &Path) -> io::Result<()> {
        fs::create_dir_all(path)
    }

    fn create(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut file = read_only(OpenOptions::new().write(true).create_new(true)).open(path)?;
        file.write_all(bytes)?;
        // Where one call cannot make a whole disk safe, each file is.
        if cfg!(target_os = "linux") { Ok(()) } else { file.sync_all() }
    }

    fn share(&self, from: &Path, to: &Path) -> io::Result<()> {
        // Some disks have no hard links, and each has a most of them for one file.
        if fs::hard_link(from, to).is_ok() {
            return Ok(());
        }
        let bytes = self.read(from)?.ok_or(ErrorKind::NotFound)?;
        self.create(to, &bytes)
    }

    fn link(&self, to: &Path, at: &Path) -> io::Result<()> {
        symlink(to, at)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        match self.kind(path)? {
            None => Ok(()),
            Some(Kind::Folder) => fs::remove_dir_all(path),
            Some(_) => fs::remove_file(path),
        }
    }

    fn sync(&self, folder: &Path) -> io::Result<()> {
        let folder = File::open(folder)?;
        #[cfg(target_os = "linux")]
        rustix::fs::syncfs(&folder)?;
        #[cfg(not(target_os = "linux"))]
        drop(folder);
        Ok(())
    }

    fn sync_names(&self, folder: &Path) -> io::Result<()> {
        if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
    }

    fn lock(&self, path: &Path, wait: Duration) -> io::Result<Option<Box<dyn Lock>>> {
        let file =
            unfollowed(OpenOptions::new().read(true).write(true).create(true).truncate(false)).open(path)?;
        let mut waited = Duration::ZERO;
        loop {
            match file.try_lock() {
                Ok(()) => return Held::new(file, path).map(|held| Some(Box::new(held) as _)),
                Err(TryLockError::Error(error)) => return Err(error),
                Err(TryLockError::WouldBlock) if waited >= wait => return Ok(None),
                Err(TryLockError::WouldBlock) => {
                    thread::sleep(PAUSE);
                    waited += PAUSE;
                }
            }
        }
    }
}

/// A lock that is held. The system ends it with the process, but the file may be removed, and disks on a network lose locks; so
/// its holder is written in it.
struct Held {
    file: File,
    path: PathBuf,
    says: Vec<u8>,
}

impl Held {
    fn new(file: File, path: &Path) -> io::Result<Self> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos();
        // The same length each time: a full disk has room for it. Where there is none, what it says already has to do.
        let own = format!("{:>12} {now:>40}\n", process::id()).into_bytes();
        let says = match (&file).write_all(&own) {
            Ok(()) => own,
            Err(_) => OsDisk.read(path)?.unwrap_or_default(),
        };
        Ok(Self { file, path: path.to_path_buf(), says })
    }
}

impl Lock for Held {
    fn is_held(&self) -> io::Result<bool> {
        // Where nobody can remove or read a file that is locked, it is.
        if cfg!(not(unix)) {
            return self.file.metadata().map(|_| true);
        }
        Ok(OsDisk.read(&self.path)?.as_ref() == Some(&self.says))
    }
}

fn kind(of: fs::FileType) -> Kind {
    if of.is_symlink() {
        Kind::Link
    } else if of.is_dir() {
        Kind::Folder
    } else if of.is_file() {
        Kind::File
    } else {
        Kind::Other
    }
}

#[cfg(unix)]
fn unfollowed(options: &mut OpenOptions) -> &mut OpenOptions {
    use std::os::unix::fs::OpenOptionsExt;
    options.custom_flags(rustix::fs::OFlags::NOFOLLOW.bits().cast_signed())
}

#[cfg(not(unix))]
fn unfollowed(options: &mut OpenOptions) -> &mut OpenOptions {
    options
}

#[cfg(unix)]
fn read_only(options: &mut OpenOptions) -> &mut OpenOptions {
    use std::os::unix::fs::OpenOptionsExt;
    options.mode(0o444)
}

#[cfg(not(unix))]
fn read_only(options: &mut OpenOptions) -> &mut OpenOptions {
    options
}

#[cfg(unix)]
fn symlink(to: &Path, at: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(to, at)
}

#[cfg(windows)]
fn symlink(to: &Path, at: &Path) -> io::Result<()> {
    std::os::windows::fs::symlink_dir(to, at)
}
