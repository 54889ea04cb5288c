//! The built-in theme, embedded when the program is compiled.

use include_dir::{Dir, DirEntry, include_dir};

static THEME: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// Its files with their paths below the theme's folder.
pub(super) fn files() -> impl Iterator<Item = (&'static str, &'static [u8])> {
    let mut found = Vec::new();
    collect(&THEME, &mut found);
    found.into_iter()
}

fn collect(folder: &'static Dir<'static>, found: &mut Vec<(&'static str, &'static [u8])>) {
    for entry in folder.entries() {
        match entry {
            DirEntry::Dir(inner) => collect(inner, found),
            DirEntry::File(file) => found.extend(file.path().to_str().map(|path| (path, file.contents()))),
        }
    }
}
