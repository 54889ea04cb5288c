//! A text that many stages ask about, read for all of them once.

use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{Link, LinkKind, Options, Outline, Reading};

/// What an author wrote below the facts of a page. It is its text and nothing else: what was read in it is kept beside it and
/// makes no difference to anybody.
///
/// ```
/// use cxbook::markdown::{Body, Options};
///
/// let body = Body::from("## How to call back\n".to_owned());
/// assert_eq!(body.outline(&Options::default()).headings[0].text, "How to call back");
/// assert_eq!(body.len(), 20);
/// ```
#[derive(Default)]
pub struct Body {
    text: String,
    /// How it was read last, and what is left of that.
    kept: Mutex<Option<(Options, Kept)>>,
}

/// What is kept of a reading.
enum Kept {
    Whole(Arc<Outline>),
    /// Links out of the book.
    Out(Arc<[Link]>),
}

impl Body {
    /// What is in it: as it was kept, or read now and kept.
    pub fn outline(&self, options: &Options) -> Arc<Outline> {
        if let Some((read, Kept::Whole(outline))) = &*self.kept()
            && read == options
        {
            return Arc::clone(outline);
        }
        self.keep(options, Arc::new(super::outline(&self.text, options)))
    }

    /// Its links to other hosts and to mailboxes.
    pub fn links_out(&self, options: &Options) -> Arc<[Link]> {
        if let Some((read, Kept::Out(links))) = &*self.kept()
            && read == options
        {
            return Arc::clone(links);
        }
        links_out(&self.outline(options))
    }

    /// Reads it for its author, and keeps what is in it.
    pub fn read(&self, options: &Options) -> Reading {
        let reading = super::read(&self.text, options);
        self.keep(options, Arc::clone(&reading.outline));
        reading
    }

    /// Keeps nothing any longer but [links out](Self::links_out): the rest takes as much room as the text.
    pub fn forget(&self) {
        let mut kept = self.kept();
        if let Some((options, Kept::Whole(outline))) = &*kept {
            *kept = Some((*options, Kept::Out(links_out(outline))));
        }
    }

    fn keep(&self, options: &Options, outline: Arc<Outline>) -> Arc<Outline> {
        *self.kept() = Some((*options, Kept::Whole(Arc::clone(&outline))));
        outline
    }

    fn kept(&self) -> MutexGuard<'_, Option<(Options, Kept)>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn links_out(outline: &Outline) -> Arc<[Link]> {
    let leads_out = |link: &&Link| matches!(link.kind, LinkKind::External | LinkKind::Mail);
    outline.links.iter().filter(leads_out).cloned().collect()
}

impl From<String> for Body {
    fn from(text: String) -> Self {
        Self { text, kept: Mutex::default() }
    }
}

impl Deref for Body {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl Clone for Body {
    fn clone(&self) -> Self {
        Self::from(self.text.clone())
    }
}

impl PartialEq for Body {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Body {}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_read_once_in_one_way() {
        let body = Body::from("# T\n\n## \"A\"\n".to_owned());
        let plain = Options { smart_punctuation: false, drop_title: true };
        let smart = Options { smart_punctuation: true, ..plain };
        let first = body.read(&plain).outline;
        assert!(Arc::ptr_eq(&first, &body.outline(&plain)));
        assert_eq!(body.outline(&smart).headings[0].text, "\u{201c}A\u{201d}");
        assert_eq!(body.outline(&plain), first);
        assert_eq!((body.clone(), format!("{body:?}")), (body, "\"# T\\n\\n## \\\"A\\\"\\n\"".to_owned()));
    }

    #[test]
    fn links_out_outlast_the_rest() {
        let body = Body::from("[a](b.md) <https://c.example> <jo@d.example>\n".to_owned());
        let plain = Options::default();
        let whole = body.outline(&plain);
        let out = body.links_out(&plain);
        assert_eq!(*out, whole.links[1..]);
        body.forget();
        let kept = body.links_out(&plain);
        assert_eq!(kept, out);
        assert!(Arc::ptr_eq(&kept, &body.links_out(&plain)), "they were not read again");
        assert_eq!(body.outline(&plain), whole);
        assert!(!Arc::ptr_eq(&body.outline(&plain), &whole));
    }
}
