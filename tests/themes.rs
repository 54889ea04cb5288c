//! Themes: the second one of this repository, and what is said of those that break.

use std::collections::BTreeSet;

use cxbook::diag::Finding;
use cxbook::output::Output;
use cxbook::source::Sources;

use super::fixture::{build, built, page, read, root, sample};

/// The sample book in another theme.
fn in_theme(name: &str) -> Sources {
    let mut sources = sample();
    let book = read(&root().join("book.toml")).replace("theme = \"default\"", &format!("theme = \"{name}\""));
    sources.insert_text("book.toml", &book);
    sources
}

fn style(output: &Output) -> String {
    let sheet = output.iter().find(|(path, _)| path.starts_with("assets/site.") && path.ends_with(".css"));
    String::from_utf8(sheet.unwrap().1.to_vec()).unwrap()
}

#[test]
fn the_compact_theme_changes_tokens_rules_and_one_template() {
    let (calm, compact) = (built(&sample()), built(&in_theme("compact")));
    let (calm_style, compact_style) = (style(&calm), style(&compact));
    assert!(calm_style.contains("--link:#0a5875") && !compact_style.contains("--link:#0a5875"));
    assert!(compact_style.contains("--link:#8a2a3b") && compact_style.contains("--better:#17693a"));
    assert!(compact_style.len() <= 16 * 1024, "{} bytes of style", compact_style.len());
    let routes = |output: &Output| {
        let html = output.iter().map(|(path, _)| path.to_owned()).filter(|path| path.ends_with(".html"));
        html.collect::<BTreeSet<String>>()
    };
    assert_eq!(routes(&calm), routes(&compact));
    assert!(page(&compact, "metrics/index.html").contains("<th scope=\"col\">What it says</th>"));
    assert!(!page(&calm, "metrics/index.html").contains("<th scope=\"col\">What it says</th>"));
    // What the theme does not override is the built-in file.
    let main = |output: &Output| page(output, "teams/billing.html").split("<main").nth(1).unwrap().to_owned();
    assert_eq!(main(&calm), main(&compact));
}

/// Whatever an author puts on a page, and whichever kind of page it is: the sheets and scripts it can ask for, added up.
#[test]
fn no_page_can_outgrow_the_budgets() {
    let editions = cxbook::theme::compact_script(&read(&root().join("src/editions/editions.js"))).len();
    for name in ["default", "compact"] {
        let located = cxbook::diag::Located::new(name.to_owned(), cxbook::diag::Place::file("book.toml"));
        let theme = cxbook::theme::Theme::load(&in_theme(name), &located).value;
        let size = |ending: &str, kind: &str, teaches: bool| -> usize {
            theme.names(ending, kind, teaches).map(|name| theme.assets()[name].bytes.len()).sum()
        };
        let own = theme.assets().keys().filter_map(|name| name.strip_prefix("page-")?.split_once('.'));
        let kinds: BTreeSet<&str> =
            own.map(|(kind, _)| kind).filter(|kind| !kind.starts_with("teaching")).collect();
        assert!(kinds.len() > 12 && kinds.contains("team"), "{kinds:?}");
        for kind in kinds.into_iter().chain(["page"]) {
            let style = size(".css", kind, false).max(size(".css", kind, true));
            assert!(style <= 16 * 1024, "{name}: a page of the kind {kind} can have {style} bytes of style");
            assert!(
                size(".css", kind, true) > size(".css", kind, false),
                "{name}: {kind} has a sheet for teaching"
            );
            // The search page has no words of an author, so nothing on it teaches.
            if kind == "search" {
                assert!(size(".js", kind, false) <= 8 * 1024, "{name}: the search");
            } else {
                let script = size(".js", kind, true) + editions;
                assert!(
                    script <= 6 * 1024,
                    "{name}: a page of the kind {kind} can have {script} bytes of script"
                );
            }
        }
    }
}

#[test]
fn no_theme_of_the_repository_has_a_finding() {
    let found = cxbook::pipeline::build(&in_theme("compact"), &super::fixture::options()).findings;
    let of_theme: Vec<&Finding> =
        found.iter().filter(|finding| finding.check.name.starts_with("theme-")).collect();
    assert!(of_theme.is_empty(), "{of_theme:?}");
}

#[test]
fn a_theme_that_breaks_says_file_line_and_what_there_is() {
    let page = ("content/pages/a.md", "---\ntitle: A\n---\nWords.\n");
    let book = ("book.toml", "[book]\ntitle = \"T\"\n[output.html]\ntheme = \"ours\"\n");
    let said = |file: (&str, &str)| {
        let found = build(&[page, book, file]).findings;
        let one = found.into_iter().find(|finding| finding.check.name == "theme-broken").expect("a finding");
        let place =
            one.place.clone().map(|place| format!("{}:{}", place.file, place.line)).unwrap_or_default();
        format!("{place} {} | {}", one.message, one.help)
    };
    let unknown = said((
        "themes/ours/templates/404.html",
        "{% extends \"base.html\" %}\n{% block content %}{{ frame.tilte }}{% endblock content %}\n",
    ));
    assert!(
        unknown.starts_with("themes/ours/templates/404.html:2 the template asks for \"tilte\"")
            && unknown.contains("\"title\""),
        "{unknown}"
    );
    let syntax = said(("themes/ours/templates/404.html", "line\n{% if frame.title %}\n"));
    assert!(syntax.starts_with("themes/ours/templates/404.html:"), "{syntax}");
    let missing = said(("themes/ours/templates/404.html", "{% extends \"no.html\" %}\n"));
    assert!(missing.contains("no.html"), "{missing}");
    let token = said(("themes/ours/theme.toml", "[light]\n\nlnk = \"#333\"\n"));
    assert!(
        token.starts_with("themes/ours/theme.toml:3 there is no token \"lnk\"") && token.contains("\"link\""),
        "{token}"
    );
}
