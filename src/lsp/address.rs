//! From the editor's addresses to paths of the book, and back.

use std::path::{Path, PathBuf};

use crate::links::encode;
use crate::source::decode;

/// The folder of the book, by every name it has: the editor's own first.
#[derive(Debug, Clone)]
pub(super) struct Root {
    names: Vec<PathBuf>,
}

impl Root {
    /// `named` is how the editor calls the folder, `real` where it is without detours.
    pub(super) fn new(named: Option<PathBuf>, real: PathBuf) -> Self {
        let mut names: Vec<PathBuf> = named.into_iter().filter(|named| *named != real).collect();
        names.push(real);
        Self { names }
    }

    /// The path in the book, with `/`, of an address of the editor; `None` where it lies elsewhere or is on no disk.
    pub(super) fn path(&self, uri: &str) -> Option<String> {
        let path = on_disk(uri)?;
        let below = self.names.iter().find_map(|root| path.strip_prefix(root).ok())?;
        let parts = below.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>();
        (!parts.is_empty() && parts.iter().all(|part| *part != "..")).then(|| parts.join("/"))
    }

    /// The address of a file of the book.
    pub(super) fn uri(&self, path: &str) -> String {
        let root =
            self.names.first().map(|root| root.to_string_lossy().replace('\\', "/")).unwrap_or_default();
        let slash = if root.starts_with('/') { "" } else { "/" };
        format!("file://{slash}{}/{}", encode(root.trim_end_matches('/')), encode(path))
    }
}

/// The path that a `file:` address names.
pub(super) fn on_disk(uri: &str) -> Option<PathBuf> {
    let rest = uri.strip_prefix("file://")?;
    let path = decode(&rest[rest.find('/')?..]);
    // file:///C:/book on Windows.
    let drive = path.as_bytes().get(2) == Some(&b':');
    Some(Path::new(if drive { path.trim_start_matches('/') } else { &path }).to_path_buf())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lead_there_and_back() {
        let root = Root::new(Some("/link/büch".into()), "/real/book".into());
        for path in ["content/a b.md", "content/größe/#1?.md", "book.toml"] {
            assert_eq!(root.path(&root.uri(path)).as_deref(), Some(path));
        }
        assert_eq!(root.uri("a b"), "file:///link/b%C3%BCch/a%20b");
        assert_eq!(root.path("file:///real/book/content/x.md").as_deref(), Some("content/x.md"));
        assert_eq!(root.path("file://localhost/real/book/x").as_deref(), Some("x"));
        for other in [
            "untitled:1",
            "file:///real/bookkeeping/x",
            "file:///real/book",
            "https://x/y",
            "file:",
            "file://x",
        ] {
            assert_eq!(root.path(other), None, "{other}");
        }
        assert_eq!(root.path("file:///real/book/../x"), None);
        let windows = on_disk("file:///c%3A/book/x.md").unwrap();
        assert_eq!(windows, Path::new("c:/book/x.md"));
    }
}
