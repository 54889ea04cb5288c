//! The plain files of `starter/`, embedded when the program is compiled.

use include_dir::{Dir, DirEntry, include_dir};

static STARTER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/starter");

/// The text of one file, by its path below `starter/`; empty for one that is not there, which the tests refuse.
pub(super) fn text(path: &str) -> &'static str {
    STARTER.get_file(path).and_then(|file| file.contents_utf8()).unwrap_or_default()
}

/// The files of a folder: the path in the book and the text. `dot-` at the start of a name stands for `.`.
pub(super) fn below(folder: &str) -> Vec<(String, &'static str)> {
    let mut found = Vec::new();
    if let Some(inner) = STARTER.get_dir(folder) {
        collect(inner, folder, &mut found);
    }
    found
}

fn collect(folder: &'static Dir<'static>, root: &str, found: &mut Vec<(String, &'static str)>) {
    for entry in folder.entries() {
        match entry {
            DirEntry::Dir(inner) => collect(inner, root, found),
            DirEntry::File(file) => {
                let path = file.path().to_string_lossy().replace('\\', "/");
                let below = path.strip_prefix(root).unwrap_or(&path).trim_start_matches('/');
                let parts = below.split('/').map(|part| match part.strip_prefix("dot-") {
                    Some(rest) => format!(".{rest}"),
                    None => part.to_owned(),
                });
                let text = file.contents_utf8().unwrap_or_default();
                found.push((parts.collect::<Vec<_>>().join("/"), text));
            }
        }
    }
}
