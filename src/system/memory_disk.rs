//! A disk in memory that can fail at any step and lose power, for tests.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::Duration;

use super::disk::{Disk, Kind, Lock};

/// A disk in memory. Folders, files that share bytes, links and locks; and what of it would survive a loss of power.
#[derive(Debug, Default)]
pub struct MemoryDisk {
    nodes: RefCell<BTreeMap<PathBuf, Node>>,
    /// The names as they were when they were last made safe.
    safe: RefCell<BTreeMap<PathBuf, Node>>,
    /// The number of who holds each.
    locks: Rc<RefCell<BTreeMap<PathBuf, usize>>>,
    holders: Cell<usize>,
    steps: Cell<usize>,
    /// How many more steps succeed; `None` for all.
    left: Cell<Option<usize>>,
    /// Whether steps fail for ever after that, as when the program is killed, or only once.
    dies: Cell<bool>,
}

#[derive(Debug, Clone)]
enum Node {
    Folder,
    Link(PathBuf),
    File(Rc<File>),
}

#[derive(Debug)]
struct File {
    bytes: Vec<u8>,
    is_safe: Cell<bool>,
}

impl MemoryDisk {
    /// How many steps changed something so far.
    pub fn steps(&self) -> usize {
        self.steps.get()
    }

    /// After so many more steps the program is dead: nothing succeeds any more.
    pub fn kill_after(&self, steps: usize) {
        self.left.set(Some(steps));
        self.dies.set(true);
    }

    /// After so many more steps one fails; those after it succeed.
    pub fn fail_after(&self, steps: usize) {
        self.left.set(Some(steps));
        self.dies.set(false);
    }

    /// The program is started again: the dead one's locks are free.
    pub fn revive(&self) {
        self.left.set(None);
        self.break_locks();
    }

    /// Somebody removes the locks, though their holders may live.
    pub fn break_locks(&self) {
        self.locks.borrow_mut().clear();
    }

    /// The power goes: bytes that were not made safe are gone, and names are either as they were last or as they were when
    /// they were made safe.
    pub fn lose_power(&self, names_too: bool) {
        self.revive();
        if names_too {
            self.nodes.replace(self.safe.borrow().clone());
        }
        for node in self.nodes.borrow_mut().values_mut() {
            if let Node::File(file) = node
                && !file.is_safe.get()
            {
                *node = Node::File(Rc::new(File { bytes: Vec::new(), is_safe: Cell::new(true) }));
            }
        }
    }

    /// All files with their bytes, links followed, for a reader.
    pub fn files(&self, folder: &Path) -> BTreeMap<String, Vec<u8>> {
        let folder = self.resolved(folder);
        let nodes = self.nodes.borrow();
        let below = nodes.iter().filter_map(|(path, node)| match node {
            Node::File(file) => {
                let path = path.strip_prefix(&folder).ok()?;
                Some((path.to_string_lossy().into_owned(), file.bytes.clone()))
            }
            _ => None,
        });
        below.collect()
    }

    /// Changes the bytes of a file behind everybody's back, wherever it is shared.
    pub fn damage(&self, path: &Path, bytes: &[u8]) {
        let mut nodes = self.nodes.borrow_mut();
        let Some(Node::File(old)) = nodes.get(path).cloned() else { return };
        let fresh = Rc::new(File { bytes: bytes.to_vec(), is_safe: Cell::new(true) });
        for node in nodes.values_mut() {
            if matches!(node, Node::File(file) if Rc::ptr_eq(file, &old)) {
                *node = Node::File(Rc::clone(&fresh));
            }
        }
    }

    fn resolved(&self, path: &Path) -> PathBuf {
        match self.nodes.borrow().get(path) {
            Some(Node::Link(to)) => path.parent().unwrap_or(path).join(to),
            _ => path.to_path_buf(),
        }
    }

    fn step(&self) -> io::Result<()> {
        match self.left.get() {
            Some(0) => {
                if !self.dies.get() {
                    self.left.set(None);
                }
                return Err(io::Error::new(ErrorKind::StorageFull, "no space left on this disk"));
            }
            Some(left) => self.left.set(Some(left - 1)),
            None => {}
        }
        self.steps.set(self.steps.get() + 1);
        Ok(())
    }

    fn has_room(&self, path: &Path) -> io::Result<()> {
        let nodes = self.nodes.borrow();
        let parent = path.parent().unwrap_or(path);
        match (nodes.get(parent), nodes.contains_key(path)) {
            (Some(Node::Folder), false) => Ok(()),
            (Some(Node::Folder), true) => Err(ErrorKind::AlreadyExists.into()),
            _ => Err(ErrorKind::NotFound.into()),
        }
    }
}

impl Disk for MemoryDisk {
    fn read(&self, path: &Path) -> io::Result<Option<Vec<u8>>> {
        match self.nodes.borrow().get(path) {
            None => Ok(None),
            Some(Node::File(file)) => Ok(Some(file.bytes.clone())),
            Some(_) => Err(io::Error::new(ErrorKind::InvalidInput, "it is not an ordinary file")),
        }
    }

    fn kind(&self, path: &Path) -> io::Result<Option<Kind>> {
        Ok(self.nodes.borrow().get(path).map(|node| match node {
            Node::Folder => Kind::Folder,
            Node::Link(_) => Kind::Link,
            Node::File(_) => Kind::File,
        }))
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<(String, Kind)>> {
        if self.kind(folder)? != Some(Kind::Folder) {
            return Err(ErrorKind::NotFound.into());
        }
        let nodes = self.nodes.borrow();
        let children: Vec<PathBuf> =
            nodes.keys().filter(|path| path.parent() == Some(folder)).cloned().collect();
        drop(nodes);
        let mut names = Vec::new();
        for path in children {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            names.push((name, self.kind(&path)?.unwrap_or(Kind::Other)));
        }
        Ok(names)
    }

    fn leads_to(&self, link: &Path) -> io::Result<Option<PathBuf>> {
        match self.nodes.borrow().get(link) {
            None => Ok(None),
            Some(Node::Link(to)) => Ok(Some(to.clone())),
            Some(_) => Err(ErrorKind::InvalidInput.into()),
        }
    }

    fn make_folder(&self, path: &Path) -> io::Result<()> {
        for folder in path.ancestors().collect::<Vec<_>>().into_iter().rev() {
            match self.kind(folder)? {
                Some(Kind::Folder) => {}
                Some(_) => return Err(ErrorKind::NotADirectory.into()),
                None => {
                    self.step()?;
                    self.nodes.borrow_mut().insert(folder.to_path_buf(), Node::Folder);
                }
            }
        }
        Ok(())
    }

    fn create(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.has_room(path)?;
        // A program may be stopped between making a file and filling it.
        let put = |bytes: &[u8]| {
            let file = File { bytes: bytes.to_vec(), is_safe: Cell::new(false) };
            self.nodes.borrow_mut().insert(path.to_path_buf(), Node::File(Rc::new(file)));
        };
        self.step()?;
        put(&bytes[..bytes.len() / 2]);
        self.step()?;
        put(bytes);
        Ok(())
    }

    fn share(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.has_room(to)?;
        let node = self.nodes.borrow().get(from).cloned();
        let Some(file @ Node::File(_)) = node else { return Err(ErrorKind::NotFound.into()) };
        self.step()?;
        self.nodes.borrow_mut().insert(to.to_path_buf(), file);
        Ok(())
    }

    fn link(&self, to: &Path, at: &Path) -> io::Result<()> {
        self.has_room(at)?;
        self.step()?;
        self.nodes.borrow_mut().insert(at.to_path_buf(), Node::Link(to.to_path_buf()));
        Ok(())
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        if self.kind(from)?.is_none() || self.kind(to)? == Some(Kind::Folder) {
            return Err(ErrorKind::NotFound.into());
        }
        self.step()?;
        let mut nodes = self.nodes.borrow_mut();
        let moved: Vec<PathBuf> = nodes.keys().filter(|path| path.starts_with(from)).cloned().collect();
        for path in moved {
            let Some(node) = nodes.remove(&path) else { continue };
            let rest = path.strip_prefix(from).unwrap_or(&path);
            let at = if rest.as_os_str().is_empty() { to.to_path_buf() } else { to.join(rest) };
            nodes.insert(at, node);
        }
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        // The deepest first, one step each: a program may be stopped in between.
        let all: Vec<PathBuf> =
            self.nodes.borrow().keys().filter(|other| other.starts_with(path)).cloned().collect();
        for path in all.iter().rev() {
            self.step()?;
            self.nodes.borrow_mut().remove(path);
        }
        Ok(())
    }

    fn sync(&self, _folder: &Path) -> io::Result<()> {
        self.step()?;
        for node in self.nodes.borrow().values() {
            if let Node::File(file) = node {
                file.is_safe.set(true);
            }
        }
        self.safe.replace(self.nodes.borrow().clone());
        Ok(())
    }

    fn sync_names(&self, _folder: &Path) -> io::Result<()> {
        self.step()?;
        self.safe.replace(self.nodes.borrow().clone());
        Ok(())
    }

    fn lock(&self, path: &Path, _wait: Duration) -> io::Result<Option<Box<dyn Lock>>> {
        if self.kind(path)?.is_none() {
            self.create(path, b"")?;
        }
        let mut locks = self.locks.borrow_mut();
        if locks.contains_key(path) {
            return Ok(None);
        }
        self.holders.set(self.holders.get() + 1);
        let (path, number) = (path.to_path_buf(), self.holders.get());
        locks.insert(path.clone(), number);
        Ok(Some(Box::new(Held { path, number, locks: Rc::clone(&self.locks) })))
    }
}

/// A lock that is held.
struct Held {
    path: PathBuf,
    number: usize,
    locks: Rc<RefCell<BTreeMap<PathBuf, usize>>>,
}

impl Lock for Held {
    fn is_held(&self) -> io::Result<bool> {
        Ok(self.locks.borrow().get(&self.path) == Some(&self.number))
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.locks.borrow_mut().retain(|_, number| *number != self.number);
    }
}
