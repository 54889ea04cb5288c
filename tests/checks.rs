//! Every check has a page that says what the code does, and a spec that shows it.

use std::collections::BTreeSet;

use cxbook::diag::{CHECKS, Level};

use super::fixture::{read, root};

/// Names of the pages in docs/checks/.
fn pages() -> BTreeSet<String> {
    let entries = std::fs::read_dir(root().join("docs/checks")).unwrap().map(|entry| entry.unwrap().path());
    let pages = entries.filter(|path| path.extension().is_some_and(|ending| ending == "md"));
    pages.map(|path| path.file_stem().unwrap().to_string_lossy().into_owned()).collect()
}

#[test]
fn each_check_has_one_page_and_each_page_one_check() {
    let names: BTreeSet<String> = CHECKS.iter().map(|check| check.name.to_owned()).collect();
    let pages = pages();
    let without: Vec<&String> = names.difference(&pages).collect();
    let of_nothing: Vec<&String> = pages.difference(&names).collect();
    assert!(without.is_empty(), "docs/checks/ has no page for {without:?}");
    assert!(of_nothing.is_empty(), "docs/checks/ has pages of no check: {of_nothing:?}");
}

/// The first lines are the name and the level of the code; then comes why.
#[test]
fn pages_say_the_level_the_code_has() {
    for check in CHECKS {
        let text = read(&root().join(format!("docs/checks/{}.md", check.name)));
        let level = match check.level {
            Level::Error => "An error",
            Level::Warning => "A warning",
            Level::Note => "A note",
        };
        let begins = [".", " that book.toml cannot change."]
            .iter()
            .any(|end| text.starts_with(&format!("# {}\n\n{level}{end}", check.name)));
        assert!(begins, "docs/checks/{}.md should begin with its name and: {level}.", check.name);
        assert!(text.contains("**Why.**"), "docs/checks/{}.md does not say why", check.name);
    }
}

#[test]
fn each_check_has_a_spec() {
    let entries = std::fs::read_dir(root().join("tests/spec")).unwrap().map(|entry| entry.unwrap().path());
    let specs = entries.filter(|path| path.extension().is_some_and(|ending| ending == "md"));
    let specs: String = specs.filter(|path| !path.ends_with("README.md")).map(|path| read(&path)).collect();
    let shown = |name: &str| {
        ["error", "warning", "note"].iter().any(|level| specs.contains(&format!("{level}[{name}]")))
    };
    let without: Vec<&str> = CHECKS.iter().map(|check| check.name).filter(|name| !shown(name)).collect();
    assert!(without.is_empty(), "no spec shows {without:?}");
}
