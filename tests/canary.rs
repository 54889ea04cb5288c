//! Planted private strings: none may reach an output byte or a message.

use cxbook::diag::{human, json, short};
use cxbook::pipeline;

use super::fixture::{book, build, options};

const CANARY: &str = "Xanthippe-Canary-77315";

const TEAM: (&str, &str) =
    ("content/teams/support.md", "---\ntitle: Support\nowner: Head of Support\n---\nWe help.\n");
const JOURNEY: (&str, &str) = (
    "content/journey.yaml",
    "stages:\n  - {id: help, name: Get help, owner: Head of Support, summary: Help.}\n",
);

/// A book whose export holds private columns that no definition maps, a draft, notes nobody names, and comments.
fn quiet_book() -> Vec<(&'static str, String)> {
    let rows: String = (0..40)
        .map(|row| {
            format!(
                "2026-0{},{},{CANARY}{row}@mail.example,{CANARY} said so,203.0.113.{row}\n",
                row % 6 + 1,
                row % 11
            )
        })
        .collect();
    vec![
        ("content/index.md", format!("# Home\n\nWords. <!-- {CANARY} -->\n")),
        (
            "content/metrics/nps.yaml",
            "name: NPS\nkind: nps\nowner: Insight\nsource: Survey\ndata: {file: exports/nps.csv, date: when, score: score}\n"
                .into(),
        ),
        ("content/exports/nps.csv", format!("when,score,email,{CANARY},ip\n{rows}")),
        ("content/exports/notes.md", format!("# {CANARY}\n")),
        ("content/notes.txt", CANARY.into()),
        ("content/pages/draft.md", format!("---\ndraft: true\n---\n# {CANARY}\n")),
        (
            "content/quotes/q.yaml",
            format!(
                "- {{id: q1, text: Fine., source: Survey, date: 2026-03, consent: {CANARY}, anonymised: true}}\n"
            ),
        ),
        ("themes/other/templates/x.html", CANARY.into()),
    ]
}

#[test]
fn what_no_page_names_reaches_no_byte() {
    let files = quiet_book();
    let files: Vec<(&str, &str)> =
        files.iter().map(|(path, text)| (*path, text.as_str())).chain([TEAM, JOURNEY]).collect();
    let built = build(&files);
    assert!(built.value.len() > 5, "{}", short(&built.findings));
    for (path, bytes) in built.value.iter() {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains(CANARY) && !path.contains(CANARY), "{path}");
        assert!(!text.contains("203.0.113.") && !text.contains("@mail.example"), "{path}");
    }
    assert!(!short(&built.findings).contains(CANARY));
}

/// Who was asked, who cleared it, who wrote it, why it was withdrawn: none of it is in the site or in a message.
#[test]
fn what_is_recorded_about_quotes_reaches_no_byte() {
    let quotes = format!(
        "defaults: {{source: S, consent: {CANARY}c, anonymised: true, date: 2026-03, author: {CANARY}a, \
         cleared: {{by: {CANARY}b, on: 2026-04-27, motivated-intruder: no}}}}\nquotes:\n\
         - {{id: one, text: Fine., respondent: {CANARY}r}}\n- {{id: two, text: Well., respondent: {CANARY}r}}\n\
         - {{id: three, text: So so., respondent: r2}}\n- {{id: gone, text: {CANARY}w, respondent: {CANARY}r}}\n"
    );
    let salt = "salt-77315";
    let audit = format!(
        r#"{{"schema":1,"salt":"{salt}","quotes":[{{"id_sha256":"feed77315","verdict":"published"}}]}}"#
    );
    let files = [
        ("content/index.md", "# Home\n"),
        ("content/quotes/q.yaml", quotes.as_str()),
        ("content/withdrawn.yaml", "- {quote: gone, date: 2026-05-28, reason: recognized}\n"),
        ("published-quotes.json", audit.as_str()),
    ];
    let sources = book(&files);
    let built = build(&files);
    let digest = cxbook::output::sha256(format!("{CANARY}r").as_bytes());
    let private = [CANARY, "77315", "2026-04-27", "27 April", "2026-05-28", "28 May", "recognized", &digest];
    assert!(built.value.len() > 3, "{}", short(&built.findings));
    for (path, bytes) in built.value.iter() {
        let text = String::from_utf8_lossy(bytes);
        for part in private {
            assert!(!text.contains(part), "{path} holds {part}");
        }
    }
    for said in [human(&built.findings, &sources, false), short(&built.findings), json(&built.findings)] {
        assert!(!said.contains("77315") && !said.contains(&digest), "{said}");
    }
}

/// Identifiers in a customer's words turn the build red, and no message repeats them.
#[test]
fn identifiers_in_quotes_and_conversations_stop_the_build_unsaid() {
    let identifiers = [
        "jo.canary77@mail.example",
        "+44 117 496 0773",
        "4929 1234 7731 5678",
        "order 7731577",
        "Mrs. Xanthippe",
        "https://shop.example/u/77315",
    ];
    for identifier in identifiers {
        let quote = format!(
            "- {{id: q1, text: \"I said {identifier} twice.\", source: S, date: 2026-03, consent: C, anonymised: true}}\n"
        );
        let contact =
            format!("date,team,channel,learned\n2026-03-02,support,call,They are {identifier} and left\n");
        for (path, text) in [("content/quotes/q.yaml", &quote), ("content/contacts/c.csv", &contact)] {
            let sources = book(&[("content/index.md", "# Home\n"), TEAM, JOURNEY, (path, text)]);
            let built = pipeline::build(&sources, &options());
            assert!(built.has_errors(), "{identifier} in {path} was let through");
            assert!(built.value.is_empty());
            let private = ["77", "canary", "Xanthippe", "shop.example"];
            for said in
                [human(&built.findings, &sources, false), short(&built.findings), json(&built.findings)]
            {
                for part in private {
                    assert!(!said.contains(part), "a message repeats {part}:\n{said}");
                }
            }
        }
    }
}

/// Names that must never be seen, the key of their hashes and what allow entries say reach no byte and no message.
#[test]
fn privacy_yaml_reaches_no_byte_and_no_message() {
    let rules = "key: ../lists/key.txt\nstaff: ../lists/staff.txt\nwords: [Wordcanary]\nallow:\n\
        - {kind: PERSON, text: Zubrownacanary, reason: Reasoncanary, by: Bycanary, on: 2026-01-01, until: 2027-01-01, in: q1}\n";
    let quote = |text: &str| {
        format!("- {{id: q1, text: \"{text}\", source: S, date: 2026-03, consent: C, anonymised: true}}\n")
    };
    let clean = quote("We were glad.");
    let named = quote("Zubrownacanary came, then Rostercanary and Suspectcanary.");
    for (said, broken) in
        [(&clean, ""), (&named, ""), (&named, "- {kind: PERSON, text: Textcanary, by: Bycanary}\n")]
    {
        let rules = format!("{rules}{broken}");
        let sources = book(&[
            ("content/index.md", "# Home\n"),
            ("content/quotes/q.yaml", said),
            ("privacy.yaml", &rules),
            ("../lists/staff.txt", "Mark Rostercanary\n"),
            ("../lists/key.txt", "Keycanary"),
        ]);
        for edition in [None, Some("2026-q3".to_owned())] {
            let built = pipeline::build(&sources, &pipeline::Options { edition, ..options() });
            assert!(built.has_errors(), "the entry is unused, or a name was let through");
            for said in
                [human(&built.findings, &sources, false), short(&built.findings), json(&built.findings)]
            {
                assert!(!said.contains("canary"), "{said}");
            }
        }
    }
    let rules = rules.replace("in: q1", "in: site");
    let quotes = quote("Suspect no more.")
        + &quote("Zubrownacanary").replace("q1", "q2").replace("Zubrownacanary", "The Zubrownacanary came.");
    let sources = book(&[
        ("content/index.md", "# Home\n"),
        ("content/quotes/q.yaml", &quotes),
        ("privacy.yaml", &rules),
        ("../lists/staff.txt", "Mark Rostercanary\n"),
        ("../lists/key.txt", "Keycanary"),
    ]);
    let built = pipeline::build(&sources, &options());
    assert!(!built.has_errors(), "{}", short(&built.findings));
    for (path, bytes) in built.value.iter() {
        let text = String::from_utf8_lossy(bytes);
        for canary in ["Rostercanary", "Keycanary", "Reasoncanary", "Bycanary", "Wordcanary"] {
            assert!(!text.contains(canary) && !path.contains(canary), "{path} holds {canary}");
        }
    }
}

/// A row that cannot be read is reported without what stands in it.
#[test]
fn cells_of_exports_are_never_repeated() {
    let metric = "name: M\nkind: mean\nowner: X\nsource: Survey\ndata: {file: exports/m.csv, date: when, score: score}\n";
    let export = format!("when,score\n{CANARY},4\n2026-01,{CANARY}\n2026-01,5\n");
    let sources = book(&[
        ("content/index.md", "# Home\n"),
        ("content/metrics/m.yaml", metric),
        ("content/exports/m.csv", &export),
    ]);
    let built = pipeline::build(&sources, &options());
    assert!(built.has_errors());
    for said in [human(&built.findings, &sources, false), short(&built.findings), json(&built.findings)] {
        assert!(!said.contains(CANARY), "{said}");
    }
}

/// What stands in a file of quotes or conversations is not repeated, whatever is wrong with it.
#[test]
fn slips_in_files_of_voices_are_reported_unsaid() {
    let said_by_customer = "Xanthippe rang 77315 twice";
    let quote = |fields: &str| format!("- {{source: S, consent: C, anonymised: true, {fields}}}\n");
    let broken = [
        ("content/quotes/q.yaml", format!("- text: I said: my name is {said_by_customer}\n")),
        ("content/quotes/q.yaml", format!("- text: 'it's {said_by_customer}'\n")),
        ("content/quotes/q.yaml", quote(&format!("text: Fine, date: {said_by_customer}"))),
        ("content/quotes/q.yaml", quote(&format!("text: Fine, date: 2026-03, teams: [{said_by_customer}]"))),
        ("content/quotes/q.yaml", quote(&format!("text: Fine, date: 2026-03, {said_by_customer}: yes"))),
        ("content/quotes/q.csv", format!("text,team\nFine,{said_by_customer}\n")),
        ("content/contacts/c.csv", format!("date,team,channel,learned\n{said_by_customer},support,call,x\n")),
        (
            "content/contacts/c.csv",
            format!("date,team,channel,learned\n2026-03-01,nobody,call,{said_by_customer}\n"),
        ),
        (
            "content/contacts/c.csv",
            format!("date,team,channel,level\n2026-03-01,support,call,{said_by_customer}\n"),
        ),
        (
            "content/contacts/c.csv",
            format!("date,team,channel,learned\n2026-03-01,support,{said_by_customer},x\n"),
        ),
        ("content/contacts/c.yaml", format!("contacts: {said_by_customer}\n")),
        ("content/quotes/q.yaml", format!("{said_by_customer}\n")),
        ("content/quotes/q.yaml", format!("{said_by_customer}: yes\n")),
        ("content/quotes/q.yaml", format!("defaults: {said_by_customer}\n")),
        (
            "content/quotes/q.yaml",
            format!("- {{id: {said_by_customer}, text: Fine, source: S, date: 2026-03}}\n"),
        ),
        (
            "content/quotes/q.yaml",
            "- {id: xanthippe@rang.example, text: Fine, source: S, date: 2026-03}\n".into(),
        ),
        (
            "content/quotes/q.csv",
            format!(
                "id,text,source,date,consent,anonymised\nq-1,Fine,S,2026-03,C,true\nq-1,{said_by_customer},S,2026-03,C,true\n"
            ),
        ),
        (
            "content/quotes/q.csv",
            format!(
                "id,text,source,date,consent,anonymised\n{said_by_customer},Fine,S,2026-03,C,true\n{said_by_customer},Fine,S,2026-03,C,true\n"
            ),
        ),
    ];
    for (path, text) in &broken {
        let sources = book(&[("content/index.md", "# Home\n"), TEAM, JOURNEY, (path, text)]);
        let built = pipeline::build(&sources, &options());
        assert!(built.has_errors(), "{text} was let through");
        for said in [human(&built.findings, &sources, false), short(&built.findings), json(&built.findings)] {
            for part in ["Xanthippe", "xanthippe", "77315", "rang"] {
                assert!(!said.contains(part), "a message repeats {part}:\n{said}");
            }
        }
    }
}
