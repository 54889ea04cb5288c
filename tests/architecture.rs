//! The shape of the program: who may import whom, who owns which crate, how large things may grow.
//!
//! The tables here are the contract of docs/ARCHITECTURE.md. Each rule is a pure function over source text, so that it can
//! be shown to fail on a planted violation.

use std::collections::BTreeMap;
use std::path::Path;

use super::fixture::{read, root};

/// Modules from the lowest to the highest: a module may name those before it and itself.
const ORDER: [&str; 33] = [
    "source", "system", "memo", "diag", "output", "tree", "markdown", "model", "config", "metrics", "load",
    "pictures", "privacy", "starter", "tidy", "links", "live", "check", "charts", "search", "theme",
    "editions", "site", "pipeline", "cache", "lsp", "folder", "watch", "serve", "publish", "cli", "lib",
    "main",
];

/// External crates and the modules that may name them.
const OWNERS: [(&str, &[&str]); 45] = [
    ("aho_corasick", &["check"]),
    // Named in main.rs only.
    ("mimalloc", &["main"]),
    ("annotate_snippets", &["diag"]),
    ("strsim", &["diag"]),
    // `privacy` keeps names of rosters as keyed hashes.
    ("sha2", &["output", "privacy"]),
    ("fst", &["privacy"]),
    ("unicode_normalization", &["privacy", "search"]),
    ("jiff", &["model"]),
    ("toml", &["config"]),
    ("csv", &["metrics"]),
    ("encoding_rs", &["metrics"]),
    ("memchr", &["metrics", "pictures", "markdown", "privacy"]),
    ("roxmltree", &["pictures"]),
    ("statrs", &["metrics"]),
    ("pulldown_cmark", &["markdown"]),
    ("syntect", &["markdown"]),
    ("serde_yaml", &["load"]),
    ("plotters", &["charts"]),
    ("plotters_backend", &["charts"]),
    ("rust_stemmers", &["search"]),
    ("tera", &["theme"]),
    ("include_dir", &["starter", "theme"]),
    ("walkdir", &["system"]),
    ("rustix", &["system"]),
    ("ureq", &["system"]),
    // With the feature `cloud`; `serve` has a runtime of its own.
    ("object_store", &["system"]),
    ("futures_util", &["system"]),
    ("http_body_util", &["system"]),
    ("tokio", &["system", "serve"]),
    ("notify", &["watch"]),
    ("hyper", &["serve"]),
    ("hyper_util", &["serve"]),
    ("tar", &["publish"]),
    ("ct_codecs", &["publish"]),
    ("minisign", &["publish"]),
    ("lsp_server", &["lsp"]),
    ("gen_lsp_types", &["lsp"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("similar", &["cli"]),
    (
        "rayon",
        &["system", "output", "metrics", "load", "privacy", "check", "search", "site", "cache", "serve"],
    ),
    ("serde_json", &["diag", "output", "load", "starter", "search", "editions", "cache", "serve", "cli"]),
    // `load` implements serde's visitor to read YAML; the others serialize plain data.
    ("serde", &["diag", "output", "load", "theme", "editions", "site", "cache"]),
    ("std", &[]),
];

/// Who may derive or implement `Serialize`: views, reports and finished files, never what can hold a raw quote.
const SERIALIZERS: [&str; 18] = [
    "src/site/audit.rs",
    "src/site/views/board.rs",
    "src/site/views/frame.rs",
    "src/site/views/pages.rs",
    "src/site/views/parts.rs",
    "src/site/views/teaching.rs",
    "src/site/report.rs",
    "src/site/body.rs",
    "src/editions/facts.rs",
    "src/editions/head.rs",
    "src/editions/manifest.rs",
    "src/editions/pages.rs",
    "src/editions/record.rs",
    "src/editions/versions.rs",
    "src/output.rs",
    "src/diag/json.rs",
    "src/diag/record.rs",
    "src/cache/head.rs",
];

const LONGEST_FILE: usize = 500;
const LONGEST_FUNCTION: usize = 80;

/// Every source file: path and text.
fn sources() -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    collect(&root().join("src"), &mut files);
    assert!(files.len() > 40, "the sources were not found");
    files
}

fn collect(folder: &Path, files: &mut BTreeMap<String, String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let name = path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
            files.insert(name, read(&path));
        }
    }
}

/// The top module a file belongs to.
fn module(path: &str) -> &str {
    let rest = path.strip_prefix("src/").unwrap_or(path);
    rest.split(['/', '.']).next().unwrap_or(rest)
}

/// The code of a file without its comments, texts and unit tests.
fn code(text: &str) -> String {
    let text = text.split("\n#[cfg(test)]").next().unwrap_or(text);
    let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

/// Modules of the crate that a text names as `crate::name` or inside `crate::{...}`.
fn imports(code: &str) -> Vec<String> {
    let mut names = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let before = code[..at].chars().next_back();
        if before.is_some_and(|character| character.is_alphanumeric() || character == '_') {
            continue;
        }
        let rest = &code[at + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            names.extend(top_level(group));
        } else {
            names.push(identifier(rest));
        }
    }
    names
}

/// Names at the top level of a `{...}` group.
fn top_level(group: &str) -> Vec<String> {
    let (mut depth, mut names, mut start) = (0, Vec::new(), true);
    for (at, character) in group.char_indices() {
        match character {
            '{' => depth += 1,
            '}' if depth == 0 => return names,
            '}' => depth -= 1,
            ',' if depth == 0 => start = true,
            character if start && depth == 0 && character.is_alphabetic() => {
                names.push(identifier(&group[at..]));
                start = false;
            }
            _ => {}
        }
    }
    names
}

fn identifier(text: &str) -> String {
    text.chars().take_while(|character| character.is_alphanumeric() || *character == '_').collect()
}

fn upward_imports(path: &str, text: &str) -> Vec<String> {
    let own = module(path);
    if matches!(own, "lib" | "main") {
        return Vec::new();
    }
    let rank = |name: &str| ORDER.iter().position(|module| *module == name);
    let Some(here) = rank(own) else { return vec![format!("{path}: the module {own} is not in the table")] };
    imports(&code(text))
        .into_iter()
        .filter(|name| rank(name).is_none_or(|there| there > here))
        .map(|name| format!("{path}: {own} may not import {name}"))
        .collect()
}

fn foreign_crates(path: &str, text: &str) -> Vec<String> {
    let (own, code) = (module(path), code(text));
    let names = |name: &str| {
        code.match_indices(name).any(|(at, _)| {
            let before = code[..at].chars().next_back().unwrap_or(' ');
            let after = &code[at + name.len()..];
            let path_or_use = after.starts_with("::") || after.starts_with(';') || after.starts_with(" as ");
            !before.is_alphanumeric() && !matches!(before, '_' | ':' | '.' | '"') && path_or_use
        })
    };
    OWNERS
        .iter()
        .filter(|(name, owners)| *name != "std" && !owners.contains(&own) && names(name))
        .map(|(name, owners)| format!("{path}: {name} belongs to {}", owners.join(", ")))
        .collect()
}

fn too_long(path: &str, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let lines: Vec<&str> = text.lines().collect();
    if lines.len() > LONGEST_FILE {
        found.push(format!("{path}: {} lines, at most {LONGEST_FILE}", lines.len()));
    }
    let mut open: Option<(usize, usize)> = None;
    for (number, line) in lines.iter().enumerate() {
        let indent = line.len() - line.trim_start().len();
        let words = line.trim_start();
        let begins = ["fn ", "pub fn ", "pub(super) fn ", "pub(crate) fn ", "const fn "]
            .iter()
            .any(|w| words.starts_with(w));
        match open {
            None if begins => open = Some((number, indent)),
            Some((start, at)) if indent == at && words.starts_with('}') => {
                let length = number - start + 1;
                if length > LONGEST_FUNCTION {
                    found.push(format!("{path}:{}: a function of {length} lines", start + 1));
                }
                open = None;
            }
            Some((start, at)) if indent <= at && number > start && begins => open = Some((number, indent)),
            _ => {}
        }
    }
    found
}

fn serializers(path: &str, text: &str) -> Vec<String> {
    let serializes = code(text).lines().any(|line| {
        (line.contains("derive(") && line.contains("Serialize")) || line.contains("impl Serialize")
    });
    let allowed = SERIALIZERS.contains(&path);
    if serializes && !allowed {
        vec![format!("{path}: only views and finished files may be serialized")]
    } else {
        Vec::new()
    }
}

fn bad_names(path: &str, _text: &str) -> Vec<String> {
    let stem = Path::new(path).file_stem().unwrap().to_string_lossy().into_owned();
    let bad = ["utils", "util", "helpers", "helper", "common", "manager", "misc"].contains(&stem.as_str());
    if bad { vec![format!("{path}: a file is named after its subject")] } else { Vec::new() }
}

fn all(rule: fn(&str, &str) -> Vec<String>) -> Vec<String> {
    sources().iter().flat_map(|(path, text)| rule(path, text)).collect()
}

#[test]
fn imports_point_down() {
    assert_eq!(all(upward_imports), Vec::<String>::new());
    let planted = "use crate::model::Date;\nuse crate::{diag, site::{plan, views}};\n";
    assert_eq!(
        upward_imports("src/privacy/gate.rs", planted),
        ["src/privacy/gate.rs: privacy may not import site"]
    );
    assert!(!upward_imports("src/model/x.rs", "fn f() { crate::config::load(); }").is_empty());
    assert!(upward_imports("src/site/x.rs", "//! crate::cli\nuse crate::site::plan;").is_empty());
}

#[test]
fn each_crate_has_one_door() {
    assert_eq!(all(foreign_crates), Vec::<String>::new());
    assert_eq!(
        foreign_crates("src/site/x.rs", "use tera::Context;\n"),
        ["src/site/x.rs: tera belongs to theme"]
    );
    assert!(!foreign_crates("src/load/x.rs", "let r = csv::Reader::from_reader(b);").is_empty());
    assert!(foreign_crates("src/cli/x.rs", "site::csv(metric);").is_empty());
}

#[test]
fn every_dependency_is_in_the_table() {
    let manifest = read(&root().join("Cargo.toml"));
    let section = manifest.split("[dependencies]").nth(1).unwrap().split("\n[").next().unwrap();
    for line in section.lines().filter(|line| line.contains('=') && !line.starts_with('#')) {
        let name = line.split('=').next().unwrap().trim().replace('-', "_");
        assert!(
            OWNERS.iter().any(|(owned, _)| *owned == name),
            "{name} has no owner in tests/architecture.rs"
        );
    }
}

#[test]
fn files_and_functions_stay_small() {
    assert_eq!(all(too_long), Vec::<String>::new());
    let long = format!("fn f() {{\n{}}}\n", "    a();\n".repeat(LONGEST_FUNCTION));
    assert_eq!(
        too_long("src/x.rs", &long),
        [format!("src/x.rs:1: a function of {} lines", LONGEST_FUNCTION + 2)]
    );
    assert_eq!(too_long("src/x.rs", &"//\n".repeat(LONGEST_FILE + 1)).len(), 1);
}

#[test]
fn only_views_are_serialized() {
    assert_eq!(all(serializers), Vec::<String>::new());
    assert!(!serializers("src/model/voice.rs", "#[derive(Debug, Serialize)]\npub struct Quote;").is_empty());
}

#[test]
fn files_are_named_after_their_subject() {
    assert_eq!(all(bad_names), Vec::<String>::new());
    assert!(!bad_names("src/site/utils.rs", "").is_empty());
}

#[test]
fn the_compiler_version_is_stated_once() {
    let manifest = read(&root().join("Cargo.toml"));
    assert_eq!(manifest.matches("rust-version = ").count(), 1);
    let clippy = read(&root().join(".clippy.toml"));
    assert!(
        !clippy.lines().any(|line| line.starts_with("msrv")),
        "rust-version of Cargo.toml is the one place"
    );
}

#[test]
fn every_field_of_a_view_is_documented() {
    let page = read(&root().join("docs/THEMES.md"));
    let mut fields = 0;
    for (path, text) in sources().iter().filter(|(path, _)| path.starts_with("src/site/views/")) {
        for line in text.lines() {
            let Some(name) = line.trim().strip_prefix("pub ").and_then(|rest| rest.split_once(": ")) else {
                continue;
            };
            assert!(
                page.contains(&format!("| `{}` |", name.0)),
                "{path}: docs/THEMES.md does not list {}",
                name.0
            );
            fields += 1;
        }
    }
    assert!(fields > 150, "only {fields} fields were found");
}
