//! Directives and roles.

use super::{check, facts};

#[test]
fn directives_stand_where_they_were_written() {
    check(
        "a\n\n```{known} x\n```\n\n- ~~~{known}\n  ~~~\n\nb",
        "<p>a</p>\n<figure>0</figure>\n<ul>\n<li>\n<figure>1</figure>\n</li>\n</ul>\n<p>b</p>",
    );
}

#[test]
fn an_unknown_directive_is_shown_as_code() {
    check(
        "```{chart} nps\nsince: <2025\n```",
        "<div class=\"code scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Code\"><pre><code>\
         {chart} nps\nsince: &lt;2025\n</code></pre></div>",
    );
}

#[test]
fn directives_give_their_parts_with_places() {
    let text =
        "> ```{chart} nps \n>   since: 2025-01\r\n> :title: \"ä: b\"\n>\n> body\n> ```\n\n```{quotes}\n```";
    let facts = facts(text);
    let [chart, quotes] = facts.directives.as_slice() else {
        panic!("{facts:?}");
    };
    assert_eq!((chart.name.as_str(), chart.argument.as_str(), chart.index), ("chart", "nps", 0));
    let options: Vec<_> = chart
        .options
        .iter()
        .map(|option| (option.key.as_str(), option.value.as_str(), &text[option.span.clone()]))
        .collect();
    assert_eq!(options, [("since", "2025-01", "since: 2025-01"), ("title", "ä: b", ":title: \"ä: b\""),]);
    assert_eq!(chart.body, "body");
    assert!(text[chart.span.clone()].starts_with("```{chart}"));
    assert_eq!((quotes.name.as_str(), quotes.argument.as_str(), quotes.index), ("quotes", "", 1));
    assert_eq!(&text[quotes.span.clone()], "```{quotes}\n```");
}

#[test]
fn roles_are_asked_for_and_fall_back_to_code() {
    for (text, expected) in [
        ("a {known}`b` c", "a <data>b</data> c"),
        ("{known}`b`{known}`c`", "<data>b</data><data>c</data>"),
        ("**{known}`b`**", "<strong><data>b</data></strong>"),
        ("{lost}`<b>`", "<code>&lt;b&gt;</code>"),
        ("\\{known}`b`", "{known}<code>b</code>"),
        ("{known} `b`", "{known} <code>b</code>"),
        ("{known}b", "{known}b"),
        ("`{known}``b`", "<code>{known}``b</code>"),
        ("a {b} c {", "a {b} c {"),
        ("[a {linked}`b`](known.md)", "<a href=\"known.md\">a b</a>"),
        ("[a {linked}`b`](lost.md)", "a <a href=\"x.html\">b</a>"),
    ] {
        check(text, &format!("<p>{expected}</p>"));
    }
}

#[test]
fn roles_are_listed_with_their_places() {
    let text = "## The {term}`NPS`\n\n    {not}`this`\n";
    let facts = facts(text);
    let [role] = facts.roles.as_slice() else {
        panic!("{facts:?}");
    };
    assert_eq!((role.name.as_str(), role.content.as_str()), ("term", "NPS"));
    assert_eq!(&text[role.span.clone()], "{term}`NPS`");
    assert_eq!(facts.headings[0].text, "The NPS");
    assert_eq!(facts.headings[0].id, "the-nps");
}
