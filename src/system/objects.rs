//! What publishing needs of object storage: a few requests, each of which has its whole effect or none. After an error nobody
//! knows which, so whoever asks has to read again.

use std::fmt::Debug;
use std::io;

/// What one state of an object is told from all others by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mark {
    /// Its ETag.
    pub e_tag: Option<String>,
    /// Its version or generation, where the store counts them.
    pub version: Option<String>,
}

/// When an object may be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Only<'a> {
    /// When nothing is there.
    IfAbsent,
    /// When what is there is still this.
    IfStill(&'a Mark),
}

/// How a store sends an object to browsers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// Its kind, such as `text/html; charset=utf-8`.
    pub content_type: String,
    /// How long it may be kept.
    pub cache: &'static str,
}

/// What came of writing an object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Put {
    /// It is there.
    Done(Mark),
    /// Something else was there, and still is.
    Refused,
}

/// An object in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its whole name.
    pub key: String,
    /// How long it is.
    pub bytes: u64,
    /// Its state.
    pub mark: Mark,
}

/// A bucket or container of object storage.
pub trait Objects: Debug + Send + Sync {
    /// The bytes of an object and its state; `None` when it is not there.
    ///
    /// # Errors
    /// What the store or the network says.
    fn get(&self, key: &str) -> io::Result<Option<(Vec<u8>, Mark)>>;

    /// Writes an object, at once, if the condition holds.
    ///
    /// # Errors
    /// What the store or the network says; it may have been written all the same.
    fn put(&self, key: &str, bytes: &[u8], sent: &Sent, only: Only<'_>) -> io::Result<Put>;

    /// Removes an object; fine when it is not there.
    ///
    /// # Errors
    /// What the store or the network says; it may be gone all the same.
    fn remove(&self, key: &str) -> io::Result<()>;

    /// All objects below a folder, sorted; an empty folder is the whole bucket.
    ///
    /// # Errors
    /// What the store or the network says.
    fn list(&self, folder: &str) -> io::Result<Vec<Listed>>;
}
