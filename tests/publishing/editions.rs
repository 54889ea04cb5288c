//! What a change makes of a site, without any disk.

use cxbook::editions::{Change, Current, Pages, Plan, Source};

use super::made::{edition, publish, usual};

/// Carries a plan out in memory.
struct Site {
    current: Current,
    files: std::collections::BTreeMap<String, Vec<u8>>,
}

impl Site {
    fn new() -> Self {
        Self { current: Current::default(), files: Default::default() }
    }

    fn plan(&self, change: &Change) -> Result<Plan, String> {
        change.plan(&self.current, "2026-10-15T00:00:00Z", "id")
    }

    fn change(&mut self, change: &Change) -> Plan {
        let plan = self.plan(change).unwrap();
        let files = plan.files.iter().map(|(path, source)| {
            let bytes = match source {
                Source::Kept => self.files[path].clone(),
                Source::From(other) => self.files[other].clone(),
                Source::New(bytes) => bytes.clone(),
            };
            (path.clone(), bytes)
        });
        self.files = files.collect();
        for (path, digest) in plan.listing.iter() {
            assert_eq!(cxbook::output::sha256(&self.files[path]), digest, "{path}");
        }
        assert_eq!(plan.listing.len(), self.files.len());
        self.current =
            Current { record: plan.record.clone(), files: plan.listing.clone(), ..Current::default() };
        for folder in plan.record.trees.keys() {
            let pages = Pages::parse(&self.files[&format!("{folder}/pages.json")]).unwrap();
            self.current.pages.insert(folder.clone(), pages);
        }
        plan
    }

    fn text(&self, path: &str) -> &str {
        std::str::from_utf8(&self.files[path]).unwrap()
    }
}

#[test]
fn an_edition_never_changes_and_the_same_one_is_nothing_new() {
    let mut site = Site::new();
    site.change(&publish(usual("2026-q1")));
    let first: Vec<_> =
        site.files.clone().into_iter().filter(|(path, _)| path.starts_with("2026-q1/")).collect();
    let same = site.plan(&publish(usual("2026-q1"))).unwrap();
    assert!(same.is_same && same.added.is_empty() && same.removed.is_empty());
    let other = edition("2026-q1", &[("index.html", "Other")]);
    let refusal = site.plan(&publish(other)).unwrap_err();
    assert!(refusal.contains("never changes") && refusal.contains("index.html"), "{refusal}");
    for number in 2..9 {
        site.change(&publish(usual(&format!("2026-q{number}"))));
        site.change(&publish(edition("next", &[("index.html", &format!("Next {number}"))])));
    }
    for (path, bytes) in first {
        assert_eq!(site.files[&path], bytes, "{path}");
    }
    assert_eq!(site.current.record.editions().len(), 8);
    assert_eq!(site.current.record.default_folder(), Some("2026-q8"));
}

#[test]
fn only_what_is_new_is_written() {
    let mut site = Site::new();
    site.change(&publish(usual("2026-q1")));
    let plan = site.change(&publish(usual("2026-q2")));
    let written: Vec<&str> = plan
        .files
        .iter()
        .filter(|(_, source)| matches!(source, Source::New(_)))
        .map(|(path, _)| path.as_str())
        .collect();
    assert!(
        written.iter().all(|path| !path.starts_with("2026-q1/") && !path.starts_with("assets/")),
        "{written:?}"
    );
    assert!(plan.files.get("assets/site.0a1b2c3d.css") == Some(&Source::Kept));
}

#[test]
fn an_alias_leads_on_page_by_page_and_says_what_left() {
    let mut site = Site::new();
    site.change(&publish(edition(
        "2026-q1",
        &[("index.html", "Home"), ("teams/a.html", "Team <A>"), ("teams/old.html", "Old")],
    )));
    let stub = site.text("latest/teams/a.html");
    assert!(stub.contains("href=\"../../2026-q1/teams/a.html\" data-alias"), "{stub}");
    assert!(
        stub.contains(
            "<noscript><meta http-equiv=\"refresh\" content=\"0; url=../../2026-q1/teams/a.html\">"
        )
    );
    assert!(
        stub.contains("src=\"../../editions.js\"")
            && stub.contains("noindex")
            && stub.contains("Team &lt;A&gt;")
    );
    assert_eq!(site.text("latest/feed.xml"), "<feed>2026-q1</feed>", "programs ask for the feed itself");

    let mut fresh = edition("2026-q2", &[("index.html", "Home"), ("teams/new.html", "New")]);
    fresh.pages.pages.get_mut("teams/new").unwrap().was = vec!["teams/old".to_owned()];
    let pages = fresh.pages.json().into_bytes();
    fresh.files.insert("pages.json".into(), pages);
    site.change(&publish(fresh));
    assert!(site.text("latest/teams/old.html").contains("href=\"../../2026-q2/teams/new.html\""), "it moved");
    let gone = site.text("latest/teams/a.html");
    assert!(
        gone.contains("is not here any more") && gone.contains("href=\"../../2026-q1/teams/a.html\""),
        "{gone}"
    );
    assert!(gone.contains("Team &lt;A&gt;") && !gone.contains("Team <A>"));
    let kept = gone.to_owned();
    site.change(&publish(edition("2026-q3", &[("index.html", "Home")])));
    assert_eq!(site.text("latest/teams/a.html"), kept, "what was said once stays");
    assert!(site.text("latest/teams/new.html").contains("2026-q2/teams/new.html"));
}

#[test]
fn what_cannot_be_is_refused_with_what_to_do() {
    let mut site = Site::new();
    site.change(&publish(usual("2026-q1")));
    site.change(&publish(usual("next")));
    let alias =
        |name: &str, to: &str, move_aliases| Change::Alias { name: name.into(), to: to.into(), move_aliases };
    let mut foreign = usual("2026-q2");
    foreign.about.book = "Other".into();
    let mut clash = usual("2026-q3");
    clash.assets.insert("assets/site.0a1b2c3d.css".into(), b"other".to_vec());
    site.change(&publish(usual("2026-q2")));
    for (change, words) in [
        (publish(usual("latest")), "is an alias"),
        (publish(foreign), "--renamed"),
        (publish(clash), "other bytes"),
        (alias("latest", "2026-q1", false), "--move-alias"),
        (alias("latest", "2026-q9", true), "there are 2026-q1, 2026-q2"),
        (alias("latest", "next", true), "leads to an edition"),
        (alias("2026-q1", "2026-q2", true), "cannot be an alias"),
        (alias("../x", "2026-q2", true), "cannot be the name"),
        (Change::Drop(vec!["2026-q2".into()]), "let it lead elsewhere"),
        (Change::Drop(vec!["2026-q7".into()]), "no edition"),
    ] {
        let refusal = site.plan(&change).unwrap_err();
        assert!(refusal.contains(words), "{refusal}");
    }
}

#[test]
fn dropping_an_edition_takes_what_only_it_needed() {
    let mut site = Site::new();
    let mut first = usual("2026-q1");
    first.assets.insert("assets/old.11111111.css".into(), b"old".to_vec());
    site.change(&publish(first));
    site.change(&publish(usual("2026-q2")));
    assert!(site.files.contains_key("assets/old.11111111.css"));
    site.change(&Change::Drop(vec!["2026-q1".into()]));
    assert!(!site.files.keys().any(|path| path.starts_with("2026-q1/")));
    assert!(
        !site.files.contains_key("assets/old.11111111.css")
            && site.files.contains_key("assets/site.0a1b2c3d.css")
    );
    assert!(!site.text("versions.json").contains("2026-q1"));
}

#[test]
fn going_back_is_a_new_generation() {
    let mut site = Site::new();
    site.change(&publish(usual("2026-q1")));
    let older = site.current.clone();
    site.change(&publish(usual("2026-q2")));
    let plan = site.plan(&Change::Restore(Box::new(older.clone()))).unwrap();
    assert_eq!(plan.record.generation, 3);
    assert_eq!(plan.record.trees, older.record.trees);
    assert_eq!(plan.base, Some(older.record.name()));
    assert!(plan.removed.iter().any(|path| path.starts_with("2026-q2/")));
    assert!(site.plan(&Change::Restore(Box::new(site.current.clone()))).is_err());
}

#[test]
fn versions_say_what_is_current() {
    let mut site = Site::new();
    for name in ["2026-q1", "2026-q2", "next", "preview/fix"] {
        site.change(&publish(usual(name)));
    }
    let versions: serde_json::Value = serde_json::from_str(site.text("versions.json")).unwrap();
    let all: Vec<(&str, &str)> = versions["versions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["id"].as_str().unwrap(), one["status"].as_str().unwrap()))
        .collect();
    assert_eq!(
        all,
        [("2026-q2", "current"), ("2026-q1", "archived"), ("next", "preview"), ("preview/fix", "preview")]
    );
    assert_eq!(versions["aliases"]["latest"], "2026-q2");
    assert_eq!(versions["versions"][3]["pages"], "preview/fix/pages.json");
    let script = site.text("editions.js");
    assert!(
        script.starts_with("var cxEditions=[\"2026-q2\",[[\"2026-q2\",\"Edition 2026-q2\",\"current\"]"),
        "{script}"
    );
    assert!(script.len() <= 3500 && !script.contains("\n//"));
    assert!(site.text("index.html").contains("href=\"2026-q2/index.html\" data-alias"));
    assert!(site.text("editions.html").contains("Preview fix"));
}
