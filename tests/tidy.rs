//! `cxbook fmt`: mends what can be mended and never what a file says.

use cxbook::load::parse_yaml;
use cxbook::tidy::tidy;
use proptest::prelude::*;

use super::cli::{cxbook, text};
use super::fixture::read;

#[test]
fn the_slips_that_authors_make_are_mended() {
    let cases = [
        ("title: CX: a guide\n", "title: \"CX: a guide\"\n"),
        ("- text: \"a\"\n\tstage: use\n", "- text: \"a\"\n  stage: use\n"),
        ("says: 'it's late'\n", "says: \"it's late\"\n"),
        ("\u{feff}a: b\r\nc: d  \r\n\r\n", "a: b\nc: d\n"),
        ("a:\tb\n", "a: b\n"),
        ("a: b", "a: b\n"),
        ("note: say \"no\": kindly\n", "note: \"say \\\"no\\\": kindly\"\n"),
    ];
    for (before, after) in cases {
        assert_eq!(tidy("x.yaml", before).text, after);
        assert_eq!(tidy("x.yaml", after).text, after, "a second time nothing is left to mend");
    }
    let page = "---\r\ntitle: CX: a guide\r\n---\r\n\r\nA line with two blanks  \r\nbreaks.\r\n";
    let mended = "---\ntitle: \"CX: a guide\"\n---\n\nA line with two blanks  \nbreaks.\n";
    assert_eq!(tidy("x.md", page).text, mended);
}

#[test]
fn the_lines_of_a_text_below_a_key_are_the_authors() {
    let text = "title: CX: a guide\nsummary: |\n  Note: this: works\n\n  and so: does: this\nsteps:\n  - >-\n    one: two: three\nlast: a: b\n";
    let quoted = text.replace("CX: a guide", "\"CX: a guide\"").replace("last: a: b", "last: \"a: b\"");
    assert_eq!(tidy("x.yaml", text).text, quoted);
}

#[test]
fn what_blanks_and_tabs_mean_stays() {
    for text in [
        "a: |+\n  b  \n  c\n\n\n",
        "a: |\n  b  \n\tc: d\n",
        "a: [\n",
        "a: \"b\tc\"\n",
        "- text: more text: again\n  b: [\n",
    ] {
        let after = tidy("x.yaml", text).text;
        match (parse_yaml(text), parse_yaml(&after)) {
            (Some(before), Some(now)) => assert!(before.says_the_same(&now), "{text:?} became {after:?}"),
            (Some(_), None) => panic!("{text:?} became {after:?}"),
            (None, now) => assert!(now.is_some() || after == text, "{text:?} became {after:?}"),
        }
    }
    let table = "a,b \r\n1,2\r\n";
    assert_eq!(tidy("exports/x.csv", table).text, table, "exports stay as they are");
}

fn line() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        Just(" ".to_owned()),
        Just("\t".to_owned()),
        Just("- ".to_owned()),
        Just("a: ".to_owned()),
        Just("b:".to_owned()),
        Just("'".to_owned()),
        Just("\"".to_owned()),
        Just("|".to_owned()),
        Just("# x".to_owned()),
        Just("[".to_owned()),
        Just("]".to_owned()),
        Just("it's".to_owned()),
        Just("c: d".to_owned()),
        Just("\\".to_owned()),
        Just("  ".to_owned()),
        Just("\r".to_owned()),
        Just("ü".to_owned()),
        Just(">-".to_owned()),
        Just("...".to_owned()),
        Just("---".to_owned()),
    ];
    proptest::collection::vec(part, 0..6).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_a_file_says_never_changes(lines in proptest::collection::vec(line(), 0..8), end in "(\n|\r\n)", mark in any::<bool>()) {
        let text = format!("{}{}", if mark { "\u{feff}" } else { "" }, lines.join(&end));
        let after = tidy("x.yaml", &text).text;
        let before = parse_yaml(text.trim_start_matches('\u{feff}'));
        let now = parse_yaml(after.trim_start_matches('\u{feff}'));
        if let Some(before) = before {
            prop_assert!(now.is_some_and(|now| before.says_the_same(&now)), "{:?} became {:?}", text, after);
        }
        prop_assert_eq!(&tidy("x.yaml", &after).text, &after);
        for path in ["x.md", "x.toml"] {
            let after = tidy(path, &text).text;
            prop_assert_eq!(&tidy(path, &after).text, &after);
        }
    }
}

#[test]
fn the_program_shows_fails_or_mends() {
    let room = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(room.path().join("content/pages")).unwrap();
    std::fs::write(room.path().join("book.toml"), "[book]\ntitle = \"T\"  \n").unwrap();
    std::fs::write(room.path().join("content/index.md"), "# Home\n").unwrap();
    std::fs::write(room.path().join("content/pages/a.md"), "---\ntitle: CX: a guide\n---\n\nWords.\n")
        .unwrap();
    let check = cxbook(room.path(), &["fmt", "--check"]);
    assert_eq!(check.status.code(), Some(1), "{}", text(&check.stderr));
    let listed = text(&check.stdout);
    assert!(
        listed.contains("a.md: ") && listed.contains("book.toml: ") && !listed.contains("index.md"),
        "{listed}"
    );
    let diff = cxbook(room.path(), &["fmt", "--diff"]);
    assert!(diff.status.success() && text(&diff.stdout).contains("+title: \"CX: a guide\""));
    assert!(
        read(&room.path().join("content/pages/a.md")).contains("title: CX: a guide"),
        "nothing is written yet"
    );
    assert!(cxbook(room.path(), &["fmt"]).status.success());
    assert_eq!(read(&room.path().join("content/pages/a.md")), "---\ntitle: \"CX: a guide\"\n---\n\nWords.\n");
    assert!(cxbook(room.path(), &["fmt", "--check"]).status.success());
    assert!(cxbook(room.path(), &["check"]).status.success());
    assert_eq!(cxbook(room.path(), &["fmt", "nowhere"]).status.code(), Some(2));
}
