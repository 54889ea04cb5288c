//! The outline: titles, words, problems.

use super::{DROP_TITLE, PLAIN};
use cxbook::markdown::{ProblemKind, outline, read};

#[test]
fn the_title_is_the_first_block_when_it_is_a_level_one_heading() {
    for (text, title) in [
        ("# A *b*\n\nc", Some(("A b", "a-b"))),
        ("A\n===\n", Some(("A", "a"))),
        ("<!-- x -->\n\n# A", Some(("A", "a"))),
        ("a\n\n# B", None),
        ("## A", None),
        ("> # A", None),
        ("", None),
    ] {
        for options in [PLAIN, DROP_TITLE] {
            let found = outline(text, &options).title;
            let found = found.as_ref().map(|found| (found.text.as_str(), found.id.as_str()));
            assert_eq!(found, title, "{text:?}");
        }
    }
}

#[test]
fn levels_and_ids_are_those_of_the_page() {
    let text = "# A\n\n## B\n\n# C\n\n## B\n";
    let list = |options| -> Vec<(u8, String)> {
        let headings = outline(text, &options).headings;
        headings.into_iter().map(|heading| (heading.level, heading.id)).collect()
    };
    let wanted = |list: &[(u8, &str)]| -> Vec<(u8, String)> {
        list.iter().map(|(level, id)| (*level, (*id).to_owned())).collect()
    };
    assert_eq!(list(PLAIN), wanted(&[(2, "a"), (3, "b"), (2, "c"), (3, "b-1")]));
    assert_eq!(list(DROP_TITLE), wanted(&[(3, "b"), (2, "c"), (3, "b-1")]));
}

#[test]
fn the_words_come_a_line_per_block() {
    let text = "# T\n\n> quoted\n\nFirst *line*\nsecond.\n\n- a\n- b `c`\n\n|d|e|\n|-|-|\n|f|![g](h)|\n\n\
                ```sql\nSELECT\n1\n```\n\n```{chart} nps\nsince: x\n\nbody\n```\n\n<i>\n\nz[^n]\n\n[^n]: note {term}`NPS`\n";
    let facts = outline(text, &DROP_TITLE);
    assert_eq!(
        facts.text,
        "quoted\nFirst line second.\na\nb c\nd e\nf g\nSELECT\n1\nbody\n<i>\nz\nnote NPS\n"
    );
    assert_eq!(facts.lead, "First line second.");
}

#[test]
fn problems_are_named_with_their_place() {
    for (text, kind, detail, place) in [
        ("a <b>c</b>", ProblemKind::RawHtml, "<b>", "<b>"),
        ("<i>\nx\n</i>", ProblemKind::RawHtml, "<i>", "<i>\nx\n</i>"),
        ("![](a.png)", ProblemKind::MissingAlt, "a.png", "![](a.png)"),
        ("[a](data:b)", ProblemKind::UnsafeLink, "data:b", "[a](data:b)"),
        ("![a](data:b)", ProblemKind::UnsafeLink, "data:b", "![a](data:b)"),
        ("[a]()", ProblemKind::EmptyLink, "a", "[a]()"),
        ("[](a.md)", ProblemKind::EmptyLink, "a.md", "[](a.md)"),
        ("a\n\n##\n", ProblemKind::EmptyHeading, "", "##\n"),
        ("#### a", ProblemKind::SkippedLevel, "a", "#### a"),
        ("a\n\n```sql\nb", ProblemKind::UnclosedFence, "```sql", "```sql\nb"),
        ("> ~~~\n> b\n\nc", ProblemKind::UnclosedFence, "~~~", "~~~\n> b\n"),
        ("<!-- a\nb", ProblemKind::UnclosedComment, "<!-- a", "<!-- a\nb"),
        ("a <!-- b\n\nc", ProblemKind::UnclosedComment, "<!-- b", "<!-- b\n\nc"),
        ("a <!-- b\n\nc --> d", ProblemKind::UnclosedComment, "<!-- b", "<!-- b\n\nc -->"),
        ("```{Chart} nps\n```", ProblemKind::DirectiveName, "{Chart} nps", "```{Chart} nps\n```"),
        ("a[^b]", ProblemKind::UnknownFootnote, "b", "[^b]"),
        ("[^b]: c", ProblemKind::UnusedFootnote, "b", "[^b]: c"),
    ] {
        let problems = read(text, &PLAIN).problems;
        let found: Vec<_> = problems
            .iter()
            .map(|problem| (problem.kind, problem.detail.as_str(), &text[problem.span.clone()]))
            .collect();
        assert_eq!(found, [(kind, detail, place)], "{text:?}");
    }
}

#[test]
fn good_text_has_no_problems() {
    let text = "# T\n\n## A\n\n### B\n\n## C\n\n[a](b.md) ![c](d.png) <!-- e --> `<b>` \\[^x] 1 < 2\n\n\
                ```\na\n```\n\n~~~~{chart} nps\n~~~\n~~~~\n\n> ```\n> a\n> ```\n\n    ```\n\n- ```sql\n  a\n  ```\n\nx[^1]\n\n[^1]: y\n";
    for options in [PLAIN, DROP_TITLE] {
        assert_eq!(read(text, &options).problems, [], "{options:?}");
    }
}
