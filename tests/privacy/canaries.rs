//! Planted identifiers: every kind in every slot an author can write turns the build red, and no message repeats them.

use cxbook::diag::{human, json, short};
use cxbook::pipeline;
use cxbook::privacy::detect::{Policy, Scanner};
use cxbook::privacy::{output, redact};
use cxbook::site;
use cxbook::source::Sources;
use cxbook::theme::Theme;
use rayon::prelude::*;

use super::super::fixture::options;

/// What is planted, and the parts of it that may be in no message and no byte, in small letters.
const IDENTIFIERS: [(&str, &[&str]); 12] = [
    ("jo.canary77@mail.example", &["canary77", "mail.example"]),
    ("+44 117 496 0773", &["496 0773", "4960773"]),
    ("4929 1234 7731 5678", &["7731 5678", "77315678", "4929"]),
    ("order 7731577", &["7731577"]),
    ("Mrs Xanthippe", &["xanthippe"]),
    ("https://shop.example/u/77315", &["shop.example"]),
    ("GB82 WEST 1234 5698 7654 32", &["west 1234", "5698", "gb82"]),
    ("AB 12 34 56 C", &["12 34 56", "123456c"]),
    ("14 Xanthippe Avenue", &["xanthippe"]),
    ("203.0.113.77", &["203.0.113"]),
    ("my name is Xanthippe Canary", &["xanthippe"]),
    ("postcode SW1A 1AA", &["sw1a"]),
];

/// Slots that reach the site. The sign stands where the identifier is planted; a path may hold it too.
const PUBLISHED: [(&str, &str); 54] = [
    ("content/pages/p.md", "---\ntitle: \"~\"\n---\nWords.\n"),
    ("content/pages/p.md", "# ~\n\nWords.\n"),
    ("content/pages/p.md", "# P\n\nWe saw ~ there.\n"),
    ("content/pages/p.md", "# P\n\nWe [[nothing]] saw ~ there.\n"),
    ("content/pages/p.md", "# P\n\n## About ~ today\n\nWords.\n"),
    ("content/pages/p.md", "# P\n\n[~](../index.md)\n"),
    ("content/pages/p.md", "# P\n\n[x](../index.md \"~\")\n"),
    ("content/pages/p.md", "# P\n\n![~](x.png)\n"),
    ("content/pages/p.md", "# P\n\n```\n~\n```\n"),
    ("content/pages/p.md", "# P\n\n```js\nvar a = '~';\n```\n"),
    ("content/pages/p.md", "# P\n\n```{nothing} ~\n```\n"),
    ("content/pages/p.md", "# P\n\nSome `~` here.\n"),
    ("content/pages/p.md", "# P\n\n| a | b |\n|---|---|\n| c | ~ |\n"),
    ("content/pages/p.md", "# P\n\nWords[^1].\n\n[^1]: ~\n"),
    ("content/pages/p.md", "# P\n\n- [ ] ~\n"),
    ("content/pages/p.md", "# P\n\n> [!NOTE]\n> ~\n"),
    ("content/pages/p.md", "# P\n\n<b title=\"~\">x</b>\n"),
    ("content/pages/p.md", "---\ntitle: P\nsummary: \"~\"\n---\nWords.\n"),
    ("content/pages/p.md", "---\ntitle: P\nowner: \"~\"\nsource: S\n---\nWords.\n"),
    ("content/pages/p.md", "---\ntitle: P\nnext: \"~\"\n---\nWords.\n"),
    ("content/pages/~.md", "# P\n\nWords.\n"),
    ("content/playbooks/p.md", "---\ntitle: P\noutcome: \"~\"\n---\nWords.\n"),
    ("content/playbooks/p.md", "---\ntitle: P\nstart: [\"~\"]\n---\nWords.\n"),
    ("content/playbooks/p.md", "---\ntitle: P\nstop: [\"~\"]\n---\nWords.\n"),
    ("content/stories/p.md", "---\ntitle: P\nby: \"~\"\n---\nWords.\n"),
    ("content/stories/p.md", "---\ntitle: P\nfeeling: \"~\"\n---\nWords.\n"),
    ("content/stories/p.md", "---\ntitle: P\nchange: \"~\"\n---\nWords.\n"),
    ("content/teams/p.md", "---\ntitle: P\npart: \"~\"\n---\nWords.\n"),
    ("content/actions/p.md", "---\ntitle: P\nproblem: \"~\"\n---\nWords.\n"),
    ("content/actions/p.md", "---\ntitle: P\nresult: \"~\"\n---\nWords.\n"),
    (
        "content/quotes/q.yaml",
        "- {id: q1, text: \"~\", source: S, date: 2026-03, consent: C, anonymised: true}\n",
    ),
    (
        "content/quotes/q.yaml",
        "- {id: q1, text: Fine, source: \"~\", date: 2026-03, consent: C, anonymised: true}\n",
    ),
    (
        "content/quotes/q.yaml",
        "- {text: Fine, source: S, theme: \"~\", date: 2026-03, consent: C, anonymised: true}\n",
    ),
    (
        "content/quotes/q.yaml",
        "- {text: Fine, source: S, segment: \"~\", date: 2026-03, consent: C, anonymised: true}\n",
    ),
    (
        "content/quotes/q.yaml",
        "- {id: \"~\", text: Fine, source: S, date: 2026-03, consent: C, anonymised: true}\n",
    ),
    ("content/contacts/c.yaml", "- {date: 2026-03-02, team: support, channel: call, learned: \"~\"}\n"),
    ("content/glossary.yaml", "- {term: \"~\", definition: D}\n"),
    ("content/glossary.yaml", "- {term: T, definition: \"~\"}\n"),
    ("content/glossary.yaml", "- {term: T, long: \"~\", definition: D}\n"),
    ("content/glossary.yaml", "- {term: T, definition: D, not: \"~\"}\n"),
    ("content/journey.yaml", "stages:\n  - {id: help, name: \"~\", owner: O, summary: S}\n"),
    ("content/journey.yaml", "stages:\n  - {id: help, name: N, owner: O, summary: \"~\"}\n"),
    (
        "content/metrics/nps.yaml",
        "name: \"~\"\nkind: nps\nowner: O\nsource: S\ndata: {file: exports/nps.csv, date: when, score: score}\n",
    ),
    (
        "content/metrics/nps.yaml",
        "name: N\nkind: nps\nowner: \"~\"\nsource: S\ndata: {file: exports/nps.csv, date: when, score: score}\n",
    ),
    (
        "content/metrics/nps.yaml",
        "name: N\nkind: nps\nowner: O\nsource: \"~\"\ndata: {file: exports/nps.csv, date: when, score: score}\n",
    ),
    (
        "content/metrics/nps.yaml",
        "name: N\nkind: nps\nowner: O\nsource: S\nlimits: \"~\"\ndata: {file: exports/nps.csv, date: when, score: score}\n",
    ),
    (
        "content/metrics/nps.yaml",
        "name: N\nkind: nps\nowner: O\nsource: S\ndata: {file: exports/nps.csv, date: when, score: score, split: {\"~\": group}}\n",
    ),
    ("content/exports/nps.csv", "when,score,group\n2026-01,9,\"~\"\n2026-01,8,\"~\"\n"),
    ("book.toml", "[book]\ntitle = \"~\"\n"),
    ("book.toml", "[book]\ntitle = \"T\"\nauthors = [\"~\"]\n"),
    ("book.toml", "[book]\ntitle = \"T\"\n[cx]\nvision = \"~\"\n"),
    ("book.toml", "[book]\ntitle = \"T\"\n[cx]\nnotice = \"~\"\n"),
    (
        "themes/own/templates/404.html",
        "{% extends \"base.html\" %}{% block content %}<p title=\"~\">x</p>{% endblock content %}",
    ),
    ("themes/own/assets/a.js", "var a = \"~\";\n"),
];

/// Slots that are read and not published: nothing of them may be anywhere.
const UNPUBLISHED: [(&str, &str); 8] = [
    ("content/pages/p.md", "# P\n\nWords <!-- ~ --> more.\n"),
    ("content/pages/p.md", "---\ntitle: P\nreference: \"~\"\n---\nWords.\n"),
    ("content/pages/p.md", "---\ntitle: P\n\"~\": x\n---\nWords.\n"),
    ("content/pages/p.md", "---\ntitle: P\ndraft: true\n---\nWe saw ~.\n"),
    (
        "content/quotes/q.yaml",
        "- {id: q1, text: Fine, source: S, date: 2026-03, consent: \"~\", anonymised: true}\n",
    ),
    ("content/exports/nps.csv", "when,score,group,\"~\"\n2026-01,9,a,\"~\"\n"),
    ("content/exports/~.csv", "a\n1\n"),
    ("themes/own/styles/99.css", "/* ~ */ p { margin: 0 }\n"),
];

/// A book in which every slot leads somewhere, with one identifier in one of them.
fn planted(path: &str, text: &str, identifier: &str) -> Sources {
    let files = [
        ("book.toml", "[book]\ntitle = \"T\"\n[output.html]\ntheme = \"own\"\n"),
        ("content/index.md", "# Home\n\nWords.\n"),
        ("content/teams/support.md", "---\ntitle: Support\nowner: Head\n---\nWe help.\n"),
        ("content/journey.yaml", "stages:\n  - {id: help, name: Get help, owner: Head, summary: Help.}\n"),
        (
            "content/metrics/nps.yaml",
            "name: N\nkind: nps\nowner: O\nsource: S\ndata: {file: exports/nps.csv, date: when, score: score, split: {g: group}}\n",
        ),
        ("content/exports/nps.csv", "when,score,group\n2026-01,9,a\n2026-01,8,a\n"),
        ("themes/own/templates/x.html", ""),
    ];
    let mut sources: Sources = files.into_iter().collect();
    let name = identifier.replace(['/', ':'], " ");
    sources.insert_text(&path.replace('~', &name), &text.replace('~', identifier));
    sources
}

/// What is wrong with one planted identifier.
fn trouble(slot: (&str, &str), (identifier, parts): (&str, &[&str]), must_stop: bool) -> Vec<String> {
    let sources = planted(slot.0, slot.1, identifier);
    let built = pipeline::build(&sources, &options());
    let what = format!("{identifier} in {}: {}", slot.0, slot.1.trim());
    let mut trouble = Vec::new();
    if must_stop && !(built.has_errors() && built.value.is_empty()) {
        trouble.push(format!("let through: {what}"));
    }
    let renderings = [human(&built.findings, &sources, false), short(&built.findings), json(&built.findings)];
    let files = built
        .value
        .iter()
        .flat_map(|(path, bytes)| [path.to_owned(), String::from_utf8_lossy(bytes).into_owned()]);
    for said in renderings.into_iter().chain(files) {
        let said = without_digests(&said.to_lowercase());
        if let Some(part) = parts.iter().find(|part| said.contains(**part)) {
            let at = said.find(part).unwrap_or(0);
            let around: String =
                said[..at].chars().rev().take(60).collect::<Vec<_>>().into_iter().rev().collect();
            trouble.push(format!("repeated: {what}\n    ...{around}{part}"));
            break;
        }
    }
    trouble
}

/// Digests of files hold any four digits sooner or later.
fn without_digests(said: &str) -> String {
    let is_hex = |sign: char| matches!(sign, '0'..='9' | 'a'..='f');
    let is_digest = |word: &str| {
        matches!(word.len(), 8 | 64)
            && word.chars().all(is_hex)
            && word.contains(|sign: char| sign.is_alphabetic())
    };
    let words = said.split_inclusive(|sign: char| !sign.is_alphanumeric());
    words
        .map(
            |word| {
                if is_digest(word.trim_end_matches(|sign: char| !sign.is_alphanumeric())) {
                    "# "
                } else {
                    word
                }
            },
        )
        .collect()
}

#[test]
fn every_kind_in_every_slot_turns_the_build_red_unsaid() {
    let cases: Vec<_> = PUBLISHED
        .iter()
        .map(|slot| (*slot, true))
        .chain(UNPUBLISHED.iter().map(|slot| (*slot, false)))
        .collect();
    let cases: Vec<_> = cases
        .into_iter()
        .flat_map(|case| IDENTIFIERS.map(|identifier| (case, identifier)))
        // No file can be called like a web address.
        .filter(|((slot, _), identifier)| !(slot.0.contains('~') && identifier.0.contains("://")))
        .collect();
    assert!(cases.len() > 200);
    let trouble: Vec<String> = cases
        .par_iter()
        .flat_map(|((slot, must_stop), identifier)| trouble(*slot, *identifier, *must_stop))
        .collect();
    assert!(trouble.is_empty(), "{} of {}\n{}", trouble.len(), cases.len(), trouble.join("\n"));
}

/// The second look needs no first: a site that was made in spite of it is found out.
#[test]
fn what_the_first_look_let_through_the_second_finds() {
    let cases: Vec<_> = PUBLISHED
        .iter()
        .flat_map(|slot| IDENTIFIERS.map(|identifier| (slot, identifier)))
        // In the address of a page an e-mail address has lost its sign; only its own file says what it was.
        .filter(|(slot, identifier)| !(slot.0.contains('~') && identifier.0.contains('@')))
        .collect();
    let missed = |(slot, (identifier, parts)): &(&(&str, &str), (&str, &[&str]))| {
        let sources = planted(slot.0, slot.1, identifier);
        let book = pipeline::public_book(&sources, &options()).value;
        let theme = Theme::load(&sources, &book.config().theme).value;
        let plan = site::plan(&book).value;
        let site = site::Renderer::new(&plan, &theme, &site::Memo::new(false))
            .all(&|| true)
            .unwrap_or_default()
            .value;
        let holds = site.iter().any(|(path, bytes)| {
            let text = [path, &String::from_utf8_lossy(bytes)].concat().to_lowercase();
            parts.iter().any(|part| text.contains(part))
        });
        let found = output::check(&site, &book, &sources);
        (holds, (holds && found.is_empty()).then(|| format!("{identifier} in {}: {}", slot.0, slot.1)))
    };
    let looked: Vec<(bool, Option<String>)> = cases.par_iter().map(missed).collect();
    assert!(looked.iter().filter(|(holds, _)| *holds).count() > 300);
    let missed: Vec<String> = looked.into_iter().filter_map(|(_, missed)| missed).collect();
    assert!(missed.is_empty(), "{}\n{}", missed.len(), missed.join("\n"));
}

/// What cannot be published can be taken out: the proposed text holds nothing of any identifier and is red no more.
#[test]
fn redact_takes_every_kind_out() {
    let policy = Policy::default();
    let files = [
        ("a.md", "# P\n\nWe saw ~ there, and again **~**.\n"),
        ("a.yaml", "- {id: q1, text: \"It was ~ I think\", source: S, date: 2026-03}\n"),
        ("a.csv", "id,text\nq1,\"It was ~, I think\"\n"),
        ("a.txt", "It was ~ I think"),
    ];
    for ((path, text), (identifier, parts)) in
        files.into_iter().flat_map(|file| IDENTIFIERS.map(|identifier| (file, identifier)))
    {
        let before = text.replace('~', identifier);
        let after = redact(path, &before, &policy).unwrap_or_else(|_| panic!("{path}: {before}"));
        let small = after.to_lowercase();
        assert!(!parts.iter().any(|part| small.contains(part)), "{identifier} in {path}: {after}");
        assert_eq!(Scanner::new(&policy).blocks(&after).len(), 0, "{identifier} in {path}: {after}");
        assert_eq!(redact(path, &after, &policy).ok().as_deref(), Some(&*after), "{path}: twice");
    }
}

/// A link an author wrote may be published; what somebody's address or name in it says may not.
#[test]
fn links_are_the_authors_to_give_and_nothing_in_them_is() {
    let page = |target: &str| {
        let text = format!("# P\n\nSee [this](<{target}>).\n");
        pipeline::build(&planted("content/pages/p.md", &text, ""), &options())
    };
    for target in [
        "https://shop.example/guides/waiting-times",
        "https://shop.example/a_(b)#c",
        "mailto:press-office@firm.example",
        "mailto:katy@firm.example",
    ] {
        let built = page(target);
        assert_eq!(built.has_errors(), target.contains("katy"), "{target}: {}", short(&built.findings));
    }
    for (identifier, _) in IDENTIFIERS.iter().filter(|(identifier, _)| !identifier.contains("://")) {
        let built = page(&format!("https://shop.example/find?q={identifier}"));
        assert!(built.has_errors() && built.value.is_empty(), "{identifier}");
    }
}

/// The book's own address is meant to be read.
#[test]
fn the_book_may_say_its_own_addresses() {
    let toml = "[book]\ntitle = \"T\"\n[output.html]\nsite-url = \"https://intranet.firm.example/cx/\"\n[cx]\ncontact = \"cx@firm.example\"\n";
    let page = "# P\n\nWrite to cx@firm.example or look at https://intranet.firm.example/cx/pages/p.html.\n";
    let with = |page: &str| {
        let mut sources = planted("content/pages/p.md", page, "");
        sources.insert_text("book.toml", toml);
        pipeline::build(&sources, &options())
    };
    let built = with(page);
    assert!(!built.has_errors(), "{}", short(&built.findings));
    assert!(with(&page.replace("pages/p.html", "pages/other.html")).has_errors());
    assert!(with(&page.replace("cx@firm", "jo@firm")).has_errors());
}

/// A group of whom nothing is shown is not named.
#[test]
fn hidden_groups_leave_no_trace() {
    let rows: String = (0..60)
        .map(|row| format!("2026-01,{},{}\n", row % 11, if row < 3 { "Quietville" } else { "Southtown" }))
        .collect();
    let built = pipeline::build(
        &planted("content/exports/nps.csv", &format!("when,score,group\n{rows}"), ""),
        &options(),
    );
    assert!(!built.has_errors(), "{}", short(&built.findings));
    let holding = |word: &str| {
        built.value.iter().filter(|(_, bytes)| String::from_utf8_lossy(bytes).contains(word)).count()
    };
    assert_eq!(holding("Quietville"), 0);
}

/// What the second look finds is said with its file and, where it is known, the author's line.
#[test]
fn findings_name_the_file_and_the_line() {
    let built = pipeline::build(
        &planted("content/pages/p.md", "# P\n\nOne.\n\nWrite to jo.canary@mail.example today.\n", ""),
        &options(),
    );
    let said = short(&built.findings);
    assert!(said.contains("private-output") && said.contains("the text of pages/p.html"), "{said}");
}

/// A file nobody can read stops the build.
#[test]
fn unknown_files_are_refused() {
    for (path, text) in [("a.bin", "x"), ("a.pdf", "%PDF-1.7"), ("a.png", "words"), ("a", "x")] {
        let built = pipeline::build(&planted(&format!("themes/own/assets/{path}"), text, ""), &options());
        assert!(built.has_errors() && built.value.is_empty(), "{path}");
        assert!(short(&built.findings).contains("output-unread"), "{}", short(&built.findings));
    }
}
