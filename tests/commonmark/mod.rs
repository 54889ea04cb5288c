//! Every example of the CommonMark specification, and those of the GFM extensions we promise.
//!
//! Both sides are brought to a common form first: white space as the specification's own runner does it, and
//! our repairs undone (ids, self links, wrappers, classes). What still differs is listed in `differences`, one
//! entry per example with its reason; an entry that no longer differs fails as well.

mod differences;
mod normal;

use cxbook::markdown::{Directive, Image, Link, Options, Resolve, ResolvedImage, ResolvedLink, Role, render};
use differences::{Difference, Reason};

/// Lets every target through as written.
struct AsWritten;

impl Resolve for AsWritten {
    fn link(&self, link: &Link) -> Option<ResolvedLink> {
        Some(ResolvedLink { href: link.target.clone(), title: None })
    }
    fn image(&self, image: &Image) -> Option<ResolvedImage> {
        Some(ResolvedImage { src: image.target.clone(), size: None })
    }
    fn directive(&self, _: &Directive) -> Option<String> {
        None
    }
    fn role(&self, _: &Role) -> Option<String> {
        None
    }
}

struct Example {
    number: u64,
    markdown: String,
    html: String,
    extensions: Vec<String>,
}

/// Reads a list of examples; says so and gives `None` where the shared data is not at hand.
fn examples(file: &str) -> Option<Vec<Example>> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/real/spec-tests-markdown");
    let path = format!("{folder}/{file}");
    let Ok(text) = std::fs::read_to_string(&path) else {
        eprintln!("skipped: {file} is not beside the repository");
        return None;
    };
    let list: serde_json::Value = serde_json::from_str(&text).expect("the examples are JSON");
    let word = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let example = |value: &serde_json::Value| Example {
        number: value["example"].as_u64().expect("examples are numbered"),
        markdown: word(&value["markdown"]),
        html: word(&value["html"]),
        extensions: value["extensions"]
            .as_array()
            .map(|names| names.iter().map(word).collect())
            .unwrap_or_default(),
    };
    Some(list.as_array().expect("a list").iter().map(example).collect())
}

/// Compares all examples and returns a line for each that is neither the same nor listed, or listed for nothing.
fn compare(examples: &[Example], differences: &[Difference]) -> Vec<String> {
    let mut complaints = Vec::new();
    for example in examples {
        let rendered = render(&example.markdown, &Options::default(), &AsWritten);
        let actual = normal::ours(&rendered);
        let expected = normal::theirs(&example.html);
        let listed = differences.iter().find(|entry| entry.0 == example.number);
        let complaint = match listed.map(|entry| entry.1) {
            None if actual != expected => "differs",
            Some(_) if actual == expected => "is listed as a difference and is the same",
            Some(Reason::HtmlShown) if !same_but_shown(&actual, &example.html) => {
                "differs in more than in showing HTML"
            }
            Some(Reason::Instead(html)) if actual != html => "differs from what is listed",
            _ => continue,
        };
        complaints.push(format!(
            "example {} {complaint} {:?}\n  text:     {:?}\n  expected: {expected:?}\n  actual:   {actual:?}",
            example.number,
            listed.map(|entry| entry.2),
            example.markdown
        ));
    }
    complaints
}

/// Whether our HTML and the specification's are the same once shown and passed-on HTML look alike.
fn same_but_shown(actual: &str, html: &str) -> bool {
    let expected = normal::theirs(&normal::without_comments(html));
    normal::bare(actual) == normal::bare(&expected)
}

fn check(file: &str, wanted: fn(&Example) -> bool, differences: &[Difference]) {
    let Some(mut examples) = examples(file) else {
        return;
    };
    examples.retain(wanted);
    let complaints = compare(&examples, differences);
    let unknown =
        differences.iter().filter(|entry| !examples.iter().any(|example| example.number == entry.0)).count();
    eprintln!(
        "{file}: {} examples, {} the same, {} deliberate differences",
        examples.len(),
        examples.len() - differences.len(),
        differences.len()
    );
    assert!(complaints.is_empty(), "{}\n{} complaints", complaints.join("\n"), complaints.len());
    assert_eq!(unknown, 0, "entries without an example");
}

#[test]
fn commonmark_examples_hold() {
    check("commonmark-0.31.2.json", |_| true, differences::COMMONMARK);
}

#[test]
fn gfm_extension_examples_hold() {
    let ours = |example: &Example| {
        let ours = ["table", "strikethrough", "tasklist", "disabled"];
        example.extensions.iter().any(|name| ours.contains(&name.as_str()))
    };
    check("gfm-0.29.json", ours, differences::GFM);
}
