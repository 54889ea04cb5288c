//! Literate specs: the files beside this one say in words what cxbook does, each with a tiny book that shows it.
//!
//! How a spec is written stands in `README.md`. `UPDATE_SPEC=1` rewrites the expected findings of all specs, for the
//! difference to be read as carefully as code; `SPEC=words` runs only the cases with these words in their heading.

mod beside;
mod book;
mod case;
mod compare;

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::thread;

use cxbook::diag::{self, Finding, Level, Outcome};
use cxbook::output::Output;
use cxbook::pipeline;
use cxbook::source::Sources;

use crate::fixture;
use case::{Block, Case, Spec};

/// What is wrong with one case, in lines.
type Trouble = Vec<String>;

#[test]
fn every_case_holds() {
    let folder = fixture::root().join("tests/spec");
    let files = specs(&folder);
    let update = std::env::var_os("UPDATE_SPEC").is_some();
    let reports: Vec<(usize, Vec<String>)> = thread::scope(|scope| {
        let threads: Vec<_> = files.iter().map(|file| scope.spawn(move || run_file(file, update))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let cases: usize = reports.iter().map(|(cases, _)| cases).sum();
    let failures: Vec<&str> = reports.iter().flat_map(|(_, failures)| failures).map(String::as_str).collect();
    assert!(cases > 0, "no case was run");
    assert!(failures.is_empty(), "\n{}\n\n{} of {cases} cases fail", failures.join("\n"), failures.len());
}

/// The specs, in order of their names.
fn specs(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let specs: BTreeSet<PathBuf> = entries
        .filter(|path| path.extension().is_some_and(|ending| ending == "md") && !path.ends_with("README.md"))
        .collect();
    specs.into_iter().collect()
}

/// Runs the cases of one file; gives their number and what failed.
fn run_file(path: &Path, update: bool) -> (usize, Vec<String>) {
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    let text = fixture::read(path);
    let spec = match Spec::read(&text) {
        Ok(spec) => spec,
        Err(trouble) => return (0, vec![format!("== {name}: {trouble}")]),
    };
    let wanted = std::env::var("SPEC").unwrap_or_default().to_lowercase();
    let chosen = |case: &&Case| case.heading.to_lowercase().contains(&wanted);
    let mut failures = Vec::new();
    let mut rewritten = Vec::new();
    for case in spec.cases.iter().filter(chosen) {
        let (trouble, edits) = run(case);
        let open = case.one("open").map(|block| block.lines.join(" "));
        if open.is_none() {
            rewritten.extend(edits);
        }
        match (trouble.is_empty(), open) {
            (true, None) => {}
            (false, Some(_)) if wanted.is_empty() => {}
            (false, Some(open)) => eprintln!("open: {open}\n{}", trouble.join("\n")),
            (true, Some(open)) => failures
                .push(format!("== {name}:{} {}\n  holds now; take out: {open}", case.line, case.heading)),
            (false, None) => {
                let lines = trouble.iter().map(|line| format!("  {line}")).collect::<Vec<_>>().join("\n");
                failures.push(format!("== {name}:{} {}\n{lines}", case.line, case.heading));
            }
        }
    }
    if update && !rewritten.is_empty() {
        std::fs::write(path, spec.rewritten(rewritten)).unwrap();
    }
    (spec.cases.iter().filter(chosen).count(), failures)
}

/// Lines of the spec from, to (not included), and what they should say.
pub(crate) type Edit = (usize, usize, Vec<String>);

/// Builds the book of a case; gives what is not as the case says, and the edits that would make its findings right.
fn run(case: &Case) -> (Trouble, Vec<Edit>) {
    let (sources, options) = match book::read(case) {
        Ok(read) => read,
        Err(trouble) => return (vec![trouble], Vec::new()),
    };
    let built = catch_unwind(AssertUnwindSafe(|| pipeline::build(&sources, &options)));
    let Ok(Outcome { value: output, findings }) = built else {
        return (vec!["the build panics; its words stand further up".to_owned()], Vec::new());
    };
    let (mut trouble, edits) = beside::compare(case, &findings);
    trouble.extend(whole_or_nothing(&output, &findings));
    trouble.extend(case.blocks.iter().flat_map(|block| expected(block, &output)));
    trouble.extend(case.all("not-in-messages").flat_map(|block| said(block, &findings, &sources)));
    (trouble, edits)
}

/// With errors nothing may be written; without any the home page is there.
fn whole_or_nothing(output: &Output, findings: &[Finding]) -> Option<String> {
    let errors = diag::worst(findings) == Some(Level::Error);
    match (errors, output.is_empty()) {
        (true, false) => Some(format!("there are errors, but {} files would be written", output.len())),
        (false, true) => Some("there is no error, but nothing would be written".to_owned()),
        _ => None,
    }
}

/// What a block expects of the site and does not find.
fn expected(block: &Block, output: &Output) -> Trouble {
    match block.kind.as_str() {
        "html" => with_file(block, output, |text| compare::html(&block.lines, text)),
        "csv" => with_file(block, output, |text| compare::csv(&block.lines, text)),
        "words" => with_file(block, output, |text| compare::words(&block.lines, text)),
        "routes" => {
            let missing = block.lines.iter().filter(|route| output.get(route).is_none());
            missing.map(|route| format!("the site has no {route}")).collect()
        }
        "no-routes" => {
            let there = block.lines.iter().filter(|route| output.get(route).is_some());
            there.map(|route| format!("the site should have no {route}")).collect()
        }
        "not-in-site" => block.lines.iter().flat_map(|words| compare::holders(words, output)).collect(),
        _ => Vec::new(),
    }
}

fn with_file(block: &Block, output: &Output, look: impl FnOnce(&str) -> Trouble) -> Trouble {
    let Some(route) = block.attributes.get("route") else {
        return vec![format!("the block {} does not say route=...", block.kind)];
    };
    match output.get(route).map(String::from_utf8_lossy) {
        Some(text) => look(&text),
        None => vec![format!("the site has no {route}")],
    }
}

/// Words that stand in a message although they must not, in any rendering.
fn said(block: &Block, findings: &[Finding], sources: &Sources) -> Trouble {
    let renderings = [
        ("short", diag::short(findings)),
        ("human", diag::human(findings, sources, false)),
        ("json", diag::json(findings)),
    ];
    let mut trouble = Vec::new();
    for words in &block.lines {
        for (name, text) in renderings.iter().filter(|(_, text)| text.contains(words.as_str())) {
            let line = text.lines().find(|line| line.contains(words.as_str())).unwrap_or_default();
            trouble.push(format!(
                "\"{words}\" must stand in no message, but the {name} rendering has:\n    {line}"
            ));
        }
    }
    trouble
}
