//! What may not reach the site, and what must not break.

use super::{PLAIN, World, check, facts};
use cxbook::markdown::render;

#[test]
fn prose_may_use_any_sign() {
    for (text, expected) in [
        ("CSAT <4 and >2", "CSAT &lt;4 and &gt;2"),
        ("a {b} c {{ d }}", "a {b} c {{ d }}"),
        ("R&D & x <", "R&amp;D &amp; x &lt;"),
        ("a\0b", "a\u{FFFD}b"),
        ("5 \\<!-- 3", "5 &lt;!-- 3"),
    ] {
        check(text, &format!("<p>{expected}</p>"));
    }
}

#[test]
fn html_is_shown() {
    check("a <b onclick=\"x\">c</b>", "<p>a &lt;b onclick=&quot;x&quot;&gt;c&lt;/b&gt;</p>");
    check(
        "<script>\nalert(1)\n</script>\n\n*a*",
        "<p class=\"raw-html\">&lt;script&gt;\nalert(1)\n&lt;/script&gt;</p>\n<p><em>a</em></p>",
    );
    check("<?php x ?>", "<p class=\"raw-html\">&lt;?php x ?&gt;</p>");
}

#[test]
fn comments_are_gone_however_they_are_broken() {
    for text in [
        "a <!-- secret --> b",
        "<!-- secret -->",
        "<!--\n\nsecret\n\n-->\n\na",
        "<!-- secret --> *a*",
        "a <!-- secret\n\nsecret --> b",
        "<div>\n<!-- secret\n\nsecret -->\n</div>",
        "> a <!-- secret\n\nsecret --> b",
        "> <!-- secret\n\nsecret --> b",
        "- a\n  <!-- secret\n\n# secret\n\n```\nsecret --> b",
        "|a|\n|-|\n|<!-- secret --> b|",
        "# a <!-- secret -->",
        "a <!-- secret\n\nsecret",
        "> a <!-- secret\n\nsecret",
        "<div>\n<!-- secret\n\nsecret",
        "[a <!-- secret -->](known.md)",
        "![a <!-- secret -->](b.png)",
        "<!-- a <!-- b -->\n\n<!-- secret",
        "<b title='<!-- secret -->'>",
        "a <!-- `x` secret\n\n`secret` --> <!-- secret\n\n secret -->",
    ] {
        let html = render(text, &PLAIN, &World);
        assert!(!html.contains("secret"), "{text:?} gives {html:?}");
        let facts = facts(text);
        assert!(!facts.text.contains("secret"), "{text:?} gives {:?}", facts.text);
        assert!(!format!("{:?}{:?}{:?}", facts.headings, facts.links, facts.images).contains("secret"));
    }
    check("`<!-- shown -->`", "<p><code>&lt;!-- shown --&gt;</code></p>");
    check("\\<!-- shown", "<p>&lt;!-- shown</p>");
}

/// Quotes in any place an author controls may not end an attribute, and nothing brings styles or scripts.
#[test]
fn nothing_breaks_out() {
    let evil = "\"><script>x</script><p style=\"a\" onload=\"b";
    for text in [
        format!("## {evil}"),
        format!("[a](known.md '{evil}')"),
        format!("[a](<known.md{evil}>)"),
        format!("![{evil}](a.png '{evil}')"),
        format!("```{evil}\n{evil}\n```"),
        format!("```{{lost}} {evil}\n```"),
        format!("{{lost}}`{evil}`"),
        format!("## {evil}\n\n|{evil}|\n|-|\n"),
        format!("[[{evil}]] <http://a.b/{evil}>"),
        format!("a[^{evil}]\n\n[^{evil}]: b"),
    ] {
        let html = render(&text, &PLAIN, &World);
        for tag in html.split('<').skip(1) {
            let tag = tag.split('>').next().unwrap_or_default();
            // What is left between the quoted values are the attributes a browser sees.
            let names: String = tag.split('"').step_by(2).collect();
            assert!(!names.contains("style=") && !names.contains("onload="), "{text:?} gives {html:?}");
        }
        assert!(!html.contains("<script"), "{text:?} gives {html:?}");
    }
}
