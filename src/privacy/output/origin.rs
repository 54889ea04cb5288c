//! Where an author wrote what was found in the site.

use super::super::detect::{Scanner, undisguised};
use crate::diag::Place;
use crate::load;
use crate::source::Sources;

/// The first place of a value in the book's files, where it can be known and told: a file whose own name is private is not
/// named. `content` is the folder of the book's texts.
pub(super) fn place(
    sources: &Sources,
    content: &str,
    value: &str,
    scanner: &mut Scanner<'_>,
) -> Option<Place> {
    let value = undisguised(value);
    for (path, _) in load::files_with_text(sources, content) {
        let mut found = None;
        load::each_text(path, sources, &mut |text, place| {
            if let Some(at) = text.find(&*value).filter(|_| found.is_none()) {
                found = Some(place(at..at + value.len()));
            }
        });
        if found.is_some() {
            return found.filter(|place| scanner.blocks(&place.file).is_empty());
        }
    }
    None
}
