//! Whatever comes in, something comes out, and soon.

use std::time::{Duration, Instant};

use super::{DROP_TITLE, World};
use cxbook::markdown::{Options, outline, read, render};

/// Far more than any of the texts needs even in an unoptimised build on a busy machine, far less than a text
/// of this size takes when time grows with its square.
const PATIENCE: Duration = Duration::from_secs(10);

fn nasty_texts() -> Vec<(&'static str, String)> {
    let many = 10_000;
    let long = 1_000_000;
    let repeated = [
        ("nested quotes", ">"),
        ("opening brackets", "["),
        ("opening images", "!["),
        ("double brackets", "[["),
        ("closing brackets", "]"),
        ("emphasis", "*a "),
        ("strong and not", "**a_b"),
        ("strikes", "~~a "),
        ("backticks apart", "` `` "),
        ("roles", "{a}`b`"),
        ("braces and code", "}`a` "),
        ("open braces and code", "{a`b` "),
        ("comment starts", "<!-- "),
        ("comment starts in code", "`<!--` "),
        ("comment starts in blocks", "<!--\n\n"),
        ("comments cut in two", "a <!-- b\n\nc --> d\n\n"),
        ("tags", "<a "),
        ("angle brackets", "<"),
        ("entities", "&amp;"),
        ("backslashes", "\\a"),
        ("equal headings", "# a\n\n"),
        ("list items", "- a\n"),
        ("deeper items", "- 1. "),
        ("tasks", "- [ ] a\n"),
        ("notes", "[^a] "),
        ("note definitions", "[^a]: b\n\n"),
        ("nested notes", "[^a]: "),
        ("open fences", "```\na\n"),
        ("directives", "```{a} b\nc: d\n```\n"),
        ("tables", "|a|\n|-|\n|b|\n\n"),
        ("pipes", "|"),
        ("definitions", "[a]: b\n"),
        ("alerts", "> [!NOTE]\n"),
        ("lone carriage returns", "a\r"),
        ("nul and others", "\0\u{FFFE}\u{FEFF}\u{1}"),
        ("images in images", "![a"),
        ("links in emphasis", "*[a](b) "),
        ("autolinks", "<a:b>"),
        ("quotes in lists", "- > "),
    ];
    let mut texts: Vec<(&str, String)> =
        repeated.iter().map(|(name, part)| (*name, part.repeat(many))).collect();
    texts.extend([
        ("one long line of entities", "&amp;".repeat(600_000)),
        ("one long line", "a".repeat(long)),
        ("one long line of words", "a b".repeat(long / 3)),
        ("one long line of specials", "a_*`[".repeat(long / 5)),
        ("a long table row", format!("|a|\n|-|\n|{}", "b|".repeat(long / 2))),
        ("a wide table", format!("{}\n{}\n{}", "|a".repeat(many), "|-".repeat(many), "|\n".repeat(many))),
        ("coloured code", format!("```sql\n{}", "SELECT (1 -- a\n".repeat(3_900))),
        ("coloured brackets", format!("```js\n{}", "((({{{[[[`${\n".repeat(4_500))),
        ("coloured long lines", format!("```html\n{}", ("<a b='{".repeat(140) + "\n").repeat(60))),
        ("long code", format!("```sql\n{}", "SELECT 1\n".repeat(many))),
        ("closed images in images", format!("{}a{}", "![".repeat(many), "](b)".repeat(many))),
        ("closed links in links", format!("{}a{}", "[".repeat(many), "](b)".repeat(many))),
        ("a fence without end", "```{chart} nps\nsince: 2".to_owned()),
        ("a fence and nothing", "```{".to_owned()),
        ("a fence and braces", "~~~{}\n:::\n: :\n".to_owned()),
        ("nothing", String::new()),
        ("line ends", "\r\n\r\n".to_owned()),
    ]);
    texts
}

#[test]
fn nothing_panics_or_takes_long() {
    let smart = Options { smart_punctuation: true, ..DROP_TITLE };
    for (name, text) in nasty_texts() {
        for options in [DROP_TITLE, smart] {
            let start = Instant::now();
            let facts = outline(&text, &options);
            let rendered = render(&text, &options, &World);
            let time = start.elapsed();
            eprintln!("{time:>10.1?} {name}");
            assert!(time < PATIENCE, "{name}: {time:?}");
            let headings: Vec<String> = facts.headings.into_iter().map(|heading| heading.id).collect();
            assert_eq!(headings, super::ids(&rendered), "{name}");
            assert!(!rendered.contains('\0'), "{name}");
        }
    }
}

/// Cuts a text that uses everything at every place, which leaves each construct open once.
#[test]
fn a_text_may_end_anywhere() {
    let whole = "# Ä {a}`b`\n\n> [!NOTE]\n> a <!-- b\n\nc --> [[T|t]] ![x](y \"z\")\n\n- [ ] *a* **b** ~~c~~ [^1]\n\n\
                 |a|b|\n|-|:-:|\n|`c`|<b>|\n\n```{chart} nps\n:since: \"ü\"\n\nb\n```\n\n<div>\n&auml; \\{a}`b`\n\n[^1]: d\r\n    e\n";
    for end in (0..=whole.len()).filter(|end| whole.is_char_boundary(*end)) {
        let text = &whole[..end];
        let reading = read(text, &DROP_TITLE);
        let facts = outline(text, &DROP_TITLE);
        assert_eq!(*reading.outline, facts, "what is in a text does not depend on who asks: {text:?}");
        render(text, &DROP_TITLE, &World);
        let spans = reading.problems.iter().map(|problem| &problem.span);
        let spans = spans.chain(facts.links.iter().map(|link| &link.span));
        let options = facts.directives.iter().flat_map(|directive| &directive.options);
        for span in spans.chain(options.map(|option| &option.span)) {
            assert!(text.get(span.clone()).is_some(), "{span:?} of {text:?}");
        }
    }
}
