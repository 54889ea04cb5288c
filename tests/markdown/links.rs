//! Links and images.

use super::{check, facts};
use cxbook::markdown::LinkKind;

#[test]
fn links_are_written_by_kind() {
    for (text, expected) in [
        ("[a](known.md#b)", "<a href=\"known.md#b\">a</a>"),
        ("[a](known.md \"T\")", "<a href=\"known.md\" title=\"T\">a</a>"),
        ("[a](known-title.md \"T\")", "<a href=\"known-title.md\" title=\"A &quot;title&quot;\">a</a>"),
        ("[a *b*](lost.md)", "a <em>b</em>"),
        ("[a](#b)", "<a href=\"#b\">a</a>"),
        (
            "[a](https://example.org/?b=c&d)",
            "<a href=\"https://example.org/?b=c&amp;d\" rel=\"noopener noreferrer\">a</a>",
        ),
        ("[a](//example.org)", "<a href=\"//example.org\" rel=\"noopener noreferrer\">a</a>"),
        ("<a@example.org>", "<a href=\"mailto:a@example.org\">a@example.org</a>"),
        ("[a](tel:+44)", "<a href=\"tel:+44\">a</a>"),
        ("https://example.org", "https://example.org"),
        ("a[](known.md)", "a"),
    ] {
        check(text, &format!("<p>{expected}</p>"));
    }
}

#[test]
fn unsafe_links_are_text() {
    for target in [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "&#1;javascript:alert(1)",
        "java&Tab;script:alert(1)",
        "java&NewLine;script:alert(1)",
        "javascript&colon;alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///x",
    ] {
        check(&format!("[a]({target})"), "<p>a</p>");
        check(&format!("[a][b]\n\n[b]: {target}"), "<p>a</p>");
        check(&format!("![a]({target}.png)"), "<p>a</p>");
    }
    check("<javascript:alert(1)>", "<p>javascript:alert(1)</p>");
}

#[test]
fn wiki_links_name_a_page_by_its_title() {
    for (text, expected) in [
        ("[[Known]]", "<a href=\"known/index.html\">Known</a>"),
        ("[[Known|some *words*]]", "<a href=\"known/index.html\">some <em>words</em></a>"),
        ("[[Lost]]", "Lost"),
        ("[[Lost|words]]", "words"),
        ("`[[Known]]`", "<code>[[Known]]</code>"),
        ("\\[[Known]]", "[[Known]]"),
        ("[]", "[]"),
        ("[[]]", "[[]]"),
    ] {
        check(text, &format!("<p>{expected}</p>"));
    }
}

#[test]
fn wiki_links_work_in_tables() {
    let facts = facts("|a|\n|-|\n|[[Known\\|b]]|");
    assert_eq!(facts.links[0].target, "Known");
    assert_eq!(facts.links[0].text, "b");
}

#[test]
fn links_are_listed_with_their_places() {
    let text = "é [a *b* `c`](d.md) ![e](f.png) [[G#h|i]] <j@k.l>";
    let facts = facts(text);
    let links: Vec<_> = facts
        .links
        .iter()
        .map(|link| (link.kind, link.target.as_str(), link.text.as_str(), &text[link.span.clone()]))
        .collect();
    assert_eq!(
        links,
        [
            (LinkKind::Page, "d.md", "a b c", "[a *b* `c`](d.md)"),
            (LinkKind::Wiki, "G#h", "i", "[[G#h|i]]"),
            (LinkKind::Mail, "mailto:j@k.l", "j@k.l", "<j@k.l>"),
        ]
    );
    assert_eq!(facts.images[0].alt, "e");
    assert_eq!(&text[facts.images[0].span.clone()], "![e](f.png)");
}

#[test]
fn images_have_an_alternative_and_load_late() {
    for (text, expected) in [
        ("![a *b* ![c](d)](e f.png)", "![a <em>b</em> c](e f.png)"),
        (
            "![a *b* ![c](d)](<e f.png> \"T\")",
            "<img src=\"../e%20f.png\" alt=\"a b c\" title=\"T\" loading=\"lazy\">",
        ),
        ("![a \"b\"](lost.gif)", "a &quot;b&quot;"),
        (
            "[![a](b.png)](known.md)",
            "<a href=\"known.md\"><img src=\"../b.png\" alt=\"a\" loading=\"lazy\"></a>",
        ),
        ("![a {known}`b`](c.png)", "<img src=\"../c.png\" alt=\"a b\" loading=\"lazy\">"),
    ] {
        check(text, &format!("<p>{expected}</p>"));
    }
}

#[test]
fn links_and_images_inside_an_alternative_are_only_words() {
    let facts = facts("![a [b](c.md) ![d](e.png)](f.png)");
    assert_eq!(facts.links, []);
    assert_eq!(facts.images.len(), 1);
    assert_eq!(facts.images[0].alt, "a b d");
}
