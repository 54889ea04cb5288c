//! Code blocks: named, reachable, coloured where we can.

use super::check;

const REGION: &str = "<div class=\"code scroll\" tabindex=\"0\" role=\"region\" aria-label=";

#[test]
fn code_is_a_named_region() {
    for (text, name, code) in [
        ("    a < b", "Code", "<code>a &lt; b"),
        ("```\na\n```", "Code", "<code>a\n"),
        ("```excel\n=A1\n```", "Code, Excel", "<code class=\"language-excel\">=A1\n"),
        ("```klingon x\na\n```", "Code, klingon", "<code class=\"language-klingon\">a\n"),
        (
            "```sql\nSELECT 1\n```",
            "Code, SQL",
            "<code class=\"language-sql\"><span class=\"hl-k\">SELECT</span> <span class=\"hl-n\">1</span>\n",
        ),
        ("~~~a\"b\nc\n~~~", "Code, a&quot;b", "<code class=\"language-a&quot;b\">c\n"),
    ] {
        check(text, &format!("{REGION}\"{name}\"><pre>{code}</code></pre></div>"));
    }
}

#[test]
fn the_second_block_of_a_language_is_numbered() {
    check(
        "```\na\n```\n\n```\nb\n```",
        &format!(
            "{REGION}\"Code\"><pre><code>a\n</code></pre></div>\n{REGION}\"Code (2)\"><pre><code>b\n</code></pre></div>"
        ),
    );
}
