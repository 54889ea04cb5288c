//! What must hold for the pages of any book, tried with books that are odd.

use std::collections::BTreeSet;

use cxbook::diag::short;

use super::fixture::{build, page};

const EXPORT: (&str, &str) = ("content/exports/a.csv", "month\n2026-01\n2026-02\n");

/// Ids of a page of which there are two.
fn repeated_ids(html: &str) -> Vec<&str> {
    let mut seen = BTreeSet::new();
    let ids = html.match_indices(" id=\"").filter_map(|(at, mark)| html[at + mark.len()..].split('"').next());
    ids.filter(|id| !seen.insert(*id)).collect()
}

#[test]
fn words_in_another_language_say_which() {
    let built = build(&[(
        "content/pages/a.md",
        "---\ntitle: A\n---\nThey said {lang-de}`Guten <Tag>` and {lang-x}`no`.\n",
    )]);
    assert!(
        built.findings.iter().any(|finding| finding.message.contains("{lang-x}")),
        "{:?}",
        built.findings
    );
    let built = build(&[(
        "content/pages/a.md",
        "---\ntitle: A\n---\nThey said {lang-de}`Guten <Tag>`, {lang-pt-br}`oi`.\n",
    )]);
    let html = page(&built.value, "pages/a.html");
    assert!(
        html.contains("said <span lang=\"de\">Guten &lt;Tag&gt;</span>, <span lang=\"pt-br\">oi</span>"),
        "{html}"
    );
}

#[test]
fn metrics_named_in_any_script_have_drawings_of_their_own() {
    let metric = "name: M\nkind: count\nowner: Insight\ndata: {file: exports/a.csv, date: month}\n";
    let names = ["品質", "価格", "q_1", "q-1", "q.1"];
    let paths = names.map(|name| format!("content/metrics/{name}.yaml"));
    let mut files: Vec<(&str, &str)> = paths.iter().map(|path| (path.as_str(), metric)).collect();
    files.push(EXPORT);
    let built = build(&files);
    let list = page(&built.value, "metrics/index.html");
    assert!(list.matches("<svg").count() >= names.len(), "{}", short(&built.findings));
    assert_eq!(repeated_ids(&list), Vec::<&str>::new());
}

#[test]
fn themes_of_one_address_are_one_theme() {
    let quotes = "defaults: {source: S, consent: C, date: 2026-03, anonymised: true}\nquotes:\n  \
                  - {text: A, theme: Waiting}\n  - {text: B, theme: waiting}\n  - {text: C, theme: waiting!}\n";
    let built = build(&[("content/quotes/q.yaml", quotes)]);
    assert_eq!(repeated_ids(&page(&built.value, "quotes.html")), Vec::<&str>::new());
}

#[test]
fn the_feed_of_an_odd_book_is_well_formed_and_its_ids_differ() {
    let metric = "name: \"Calls\\e\"\nkind: count\nowner: Insight\ndata: {file: exports/a.csv, date: month}\nchanges:\n  \
                  - {date: 2026-01, kind: reworded, note: \"One\\u0001\"}\n  - {date: 2026-02, kind: reworded, note: Two}\n";
    let action = "---\ntitle: \"Ring \\u0008ahead \\uFFFE\"\nstarted: 2026-01-02\nproblem: \"A\\x7F & <B>\"\n---\nText.\n";
    let built = build(&[("content/metrics/calls.yaml", metric), ("content/actions/ring.md", action), EXPORT]);
    let feed = page(&built.value, "feed.xml");
    let tree = roxmltree::Document::parse(&feed).unwrap_or_else(|error| panic!("{error}:\n{feed}"));
    let ids: Vec<&str> = tree
        .descendants()
        .filter(|node| node.tag_name().name() == "id")
        .filter_map(|node| node.text())
        .collect();
    assert_eq!(ids.len(), 4, "the feed, two changes, one action:\n{feed}");
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{feed}");
}
