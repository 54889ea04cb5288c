//! Pictures that pages name, and who looked at them.

use std::sync::Arc;

use super::Date;
use crate::diag::Place;

/// A picture as it lies in the book. Confidential: it may hold anything.
#[derive(Debug, Clone)]
pub struct Picture {
    /// Path below the book.
    pub path: String,
    /// The file.
    pub bytes: Arc<[u8]>,
    /// Where it is named first.
    pub place: Place,
    /// Whether only drafts name it.
    pub draft: bool,
}

/// Somebody looked at a picture and saw no customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureReview {
    /// Path below the book.
    pub path: String,
    /// The role that looked.
    pub by: String,
    /// When.
    pub on: Date,
    /// The first eight digits of the file's SHA-256, so that the word holds for this very picture.
    pub mark: String,
    /// Where it was read.
    pub place: Place,
}
