//! Words that are taken out of everything that is published: they are nowhere afterwards, also when the publisher dies on the
//! way, and everything else is as it was.

use std::collections::BTreeMap;
use std::path::Path;

use cxbook::editions::{About, Change, Fresh, PageEntry, Pages, Purge, Spot, Wanted, is_read};
use cxbook::output::Output;
use cxbook::publish::{BundleTarget, DirTarget, Done, Target, Trouble};
use cxbook::search::{Entry, index};
use cxbook::system::MemoryDisk;

use super::made::{planner, publish, root};
use super::program::{book, cxbook, fine, json, text};

const SAID: &str = "The zebras arrived nine weeks late & nobody rang me.";

fn quote(id: &str, said: &str) -> String {
    let said = said.replace('&', "&amp;");
    format!(
        "<figure class=\"quote\"{id}>\n<blockquote><p>{said}</p></blockquote>\n<figcaption>A customer</figcaption></figure>"
    )
}

/// An edition whose quote stands on two pages, in a description, in the feed, in a table and in the search.
pub(super) fn edition(name: &str) -> Fresh {
    let mut output = Output::default();
    let mut put = |path: &str, text: String| output.insert(path.to_owned(), text.into_bytes()).unwrap();
    let about = SAID.replace('&', "&amp;");
    put("index.html", format!("<!doctype html><meta content=\"{about}\"><p>{name}, late again</p>"));
    let all =
        quote(" id=\"quote.first\"", SAID) + &quote(" id=\"quote.other\"", "All was well with the visit.");
    put("quotes.html", format!("<!doctype html>{all}"));
    put("teams/a.html", format!("<!doctype html>{}<p>Team</p>", quote("", SAID)));
    put("teams/größe.html", "<!doctype html><p>The wombats danced around their lanterns.</p>".to_owned());
    put("feed.xml", format!("<feed>{name} {about}</feed>"));
    put("quotes.csv", format!("said\n\"{SAID}\"\n"));
    put("assets/site.0a1b2c3d.css", "p{}".to_owned());
    put(&format!("assets/words-{name}.0a1b2c3d.svg"), format!("<svg><text>{about}</text></svg>"));
    let entry = |href: &str, said: &str| Entry {
        title: "Words".into(),
        href: href.into(),
        kind: "Quote".into(),
        said: said.into(),
        ..Entry::default()
    };
    let entries = [
        entry("quotes.html#quote.first", SAID),
        entry("quotes.html#quote.other", "All was well with the visit."),
        Entry { body: format!("{name}, late again"), ..entry("index.html", "") },
        entry("teams/gr%C3%B6%C3%9Fe.html", "The wombats danced around their lanterns."),
    ];
    let made = index(&entries, &[], "en");
    for (file, bytes) in &made.files {
        put(&format!("{}{file}", made.folder), String::from_utf8(bytes.to_vec()).unwrap());
    }
    let mut pages = Pages { schema: 1, ..Pages::default() };
    for path in ["index.html", "quotes.html", "teams/a.html", "teams/größe.html"] {
        let entry = PageEntry { path: path.into(), title: path.into(), was: vec![] };
        pages.pages.insert(Pages::id_of(path).into(), entry);
    }
    put("pages.json", pages.json());
    let about = About {
        book: "Book".into(),
        as_of: "2026-01-01".into(),
        tool: "cxbook 0".into(),
        ..About::default()
    };
    Fresh::new(Spot::parse(name).unwrap(), &output, about).unwrap()
}

pub(super) fn wanted() -> Wanted {
    let reason = Some("customer-asked".to_owned());
    Wanted { quote: Some("first".into()), reason, on: "2026-11-23".into(), ..Wanted::default() }
}

pub(super) fn purge(target: &dyn Target, wanted: &Wanted) -> Result<Change, String> {
    let current = target.read().unwrap();
    Purge::of(&current, &target.files(&is_read).unwrap(), wanted)
        .map(|purge| Change::TakeOut(Box::new(purge)))
}

pub(super) fn two_editions(target: &dyn Target) {
    for name in ["2026-q1", "2026-q2"] {
        assert_eq!(target.change(&mut *planner(&publish(edition(name)), "before")), Ok(Done::Changed));
    }
}

fn whole(target: &dyn Target) {
    let found = target.verify(true).unwrap();
    assert!(found.is_whole(), "{found:?}");
}

/// Words which stood in nothing but the quote.
pub(super) const TELLING: [&str; 4] = ["zebras", "nine weeks", "nobody", "rang"];
/// The same where a whole theme is around it.
const TELLING_ANYWHERE: [&str; 3] = ["zebras", "nine weeks", "nobody rang"];

/// Files that hold such words.
pub(super) fn telling<'a>(files: &'a BTreeMap<String, Vec<u8>>, words: &[&str]) -> Vec<&'a str> {
    let tells = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes).to_lowercase();
        words.iter().any(|word| text.contains(word))
    };
    files.iter().filter(|(_, bytes)| tells(bytes)).map(|(path, _)| path.as_str()).collect()
}

#[test]
fn nothing_on_the_disk_tells_it_and_all_else_is_as_it_was() {
    let disk = MemoryDisk::default();
    let target = DirTarget::new(&disk, root());
    two_editions(&target);
    let before = disk.files(&root().join("current"));
    assert!(telling(&before, &TELLING).len() > 10, "{:?}", telling(&before, &TELLING));
    let change = purge(&target, &wanted()).unwrap();
    assert_eq!(target.change(&mut *planner(&change, "purge")), Ok(Done::Changed));
    assert_eq!(telling(&disk.files(root()), &TELLING), Vec::<&str>::new(), "older generations too");
    whole(&target);
    let after = disk.files(&root().join("current"));
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>(), "no file is lost");
    let page = String::from_utf8_lossy(&after["2026-q1/quotes.html"]).into_owned();
    assert!(page.contains("What stood here was taken out.") && page.contains("All was well"), "{page}");
    assert_eq!(before["latest/teams/a.html"], after["latest/teams/a.html"]);
    // The words that others said too are still found, at their places.
    let search = |part: &str| {
        let own =
            after.iter().filter(|(path, _)| path.starts_with("2026-q1/search/") && path.ends_with(part));
        own.map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned()).collect::<String>()
    };
    assert!(
        search("/w0.js").contains("visit")
            && search("/w0.js").contains("late")
            && search("/p0.js").contains("All was well")
    );
    let manifest = String::from_utf8_lossy(&after["2026-q2/cxbook-manifest.json"]).into_owned();
    assert!(manifest.contains("\"taken_out\"") && manifest.contains("customer-asked"), "{manifest}");
    assert!(
        String::from_utf8_lossy(&after["editions.html"]).contains("something was taken out on 2026-11-23")
    );
    assert_eq!(target.generations().unwrap().len(), 1);
    assert!(purge(&target, &wanted()).unwrap_err().contains("no edition"));
    let next = publish(edition("2026-q3"));
    assert_eq!(target.change(&mut *planner(&next, "next")), Ok(Done::Changed), "publishing goes on");
}

#[test]
fn a_purge_that_dies_anywhere_is_ended_by_whoever_comes_next() {
    let counted = MemoryDisk::default();
    let target = DirTarget::new(&counted, root());
    two_editions(&target);
    let change = purge(&target, &wanted()).unwrap();
    let first = counted.steps();
    target.change(&mut *planner(&change, "purge")).unwrap();
    let (steps, new) = (counted.steps() - first, counted.files(&root().join("current")));
    assert!(steps > 60, "{steps}");
    let mut died_after = 0;
    for stop in 0..steps {
        let disk = MemoryDisk::default();
        let target = DirTarget::new(&disk, root());
        two_editions(&target);
        let old = disk.files(&root().join("current"));
        let change = purge(&target, &wanted()).unwrap();
        disk.kill_after(stop);
        let _ = target.change(&mut *planner(&change, "purge"));
        disk.revive();
        let now = disk.files(&root().join("current"));
        assert!(now == old || now == new, "stopped after {stop} of {steps}");
        match purge(&target, &wanted()) {
            Ok(change) => assert_eq!(target.change(&mut *planner(&change, "again")), Ok(Done::Changed)),
            Err(_) => {
                // Readers see the new generation already; the old ones may still lie there.
                let left = target.generations().unwrap().len() > 1;
                died_after += usize::from(left);
                assert!(!left || target.verify(false).unwrap().wrong[0].contains("taken out since"));
                target.repair().unwrap();
            }
        }
        assert_eq!(
            telling(&disk.files(root()), &TELLING),
            Vec::<&str>::new(),
            "stopped after {stop} of {steps}"
        );
        whole(&target);
    }
    assert!(died_after > 3, "the loop never stopped between showing and clearing up");
}

#[test]
fn what_was_taken_out_does_not_come_back() {
    let disk = MemoryDisk::default();
    let target = DirTarget::new(&disk, root());
    two_editions(&target);
    let older = target.generation("1-before").unwrap();
    let change = purge(&target, &wanted()).unwrap();
    // Somebody publishes between reading and writing: what they published was not looked at.
    assert_eq!(target.change(&mut *planner(&publish(edition("2026-q3")), "quick")), Ok(Done::Changed));
    let late = target.change(&mut *planner(&change, "late"));
    assert!(matches!(&late, Err(Trouble::Refused(words)) if words.contains("again")), "{late:?}");
    let change = purge(&target, &wanted()).unwrap();
    target.change(&mut *planner(&change, "purge")).unwrap();
    let back = target.change(&mut *planner(&Change::Restore(Box::new(older)), "back"));
    assert!(matches!(&back, Err(Trouble::Refused(words)) if words.contains("taken out")), "{back:?}");
    assert_eq!(target.change(&mut *planner(&publish(edition("2026-q4")), "more")), Ok(Done::Changed));
    assert_eq!(target.read().unwrap().record.floor, 4, "the generation before is remembered");
}

#[test]
fn words_and_whole_pages_go_too() {
    let disk = MemoryDisk::default();
    let target = BundleTarget::new(&disk, Path::new("/srv/site.tar"));
    two_editions(&target);
    let texts = vec!["weeks late and nobody — never! —".to_owned(), "late & nobody rang me".to_owned()];
    let change = purge(&target, &Wanted { texts, on: "2026-11-23".into(), ..Wanted::default() }).unwrap();
    assert_eq!(target.change(&mut *planner(&change, "purge")), Ok(Done::Changed));
    let files = target.files(&|_| true).unwrap();
    assert!(!String::from_utf8_lossy(&files["2026-q1/feed.xml"]).contains("nobody"));
    let page = Wanted { page: Some("teams/a".into()), on: "2026-11-23".into(), ..Wanted::default() };
    target.change(&mut *planner(&purge(&target, &page).unwrap(), "purge")).unwrap();
    let files = target.files(&|_| true).unwrap();
    for folder in ["2026-q1", "2026-q2", "latest"] {
        let html = String::from_utf8_lossy(&files[&format!("{folder}/teams/a.html")]).into_owned();
        assert!(html.contains("This page was taken out") && !html.contains("Team"), "{html}");
    }
    assert_eq!(target.read().unwrap().record.trees["2026-q1"].taken_out.len(), 2);
    whole(&target);
}

/// The search names pages as links do, with percent signs.
#[test]
fn a_page_whose_name_is_not_ascii_leaves_the_search_too() {
    let disk = MemoryDisk::default();
    let target = BundleTarget::new(&disk, Path::new("/srv/site.tar"));
    two_editions(&target);
    let texts = vec!["the wombats danced around".to_owned()];
    let of_words = Wanted { texts, on: "2026-11-23".into(), ..Wanted::default() };
    target.change(&mut *planner(&purge(&target, &of_words).unwrap(), "purge")).unwrap();
    let telling_of = |words: &[&str]| {
        let files = target.files(&|_| true).unwrap();
        telling(&files, words).join(" ")
    };
    assert_eq!(telling_of(&["wombats", "danced"]), "");
    assert!(telling_of(&["lanterns"]).contains("/search/"));
    let page = Wanted { page: Some("teams/größe".into()), on: "2026-11-23".into(), ..Wanted::default() };
    target.change(&mut *planner(&purge(&target, &page).unwrap(), "purge")).unwrap();
    assert_eq!(telling_of(&["lanterns"]), "");
    whole(&target);
}

/// A book with a quote that is worth asking for.
pub(super) fn telling_book(folder: &Path, to: &str) {
    book(folder, to);
    let path = folder.join("content/quotes/q.yaml");
    let quotes =
        std::fs::read_to_string(&path).unwrap().replace("text: Strawberry.", &format!("text: {SAID:?}"));
    std::fs::write(path, quotes).unwrap();
}

fn everything_below(folder: &Path, found: &mut BTreeMap<String, Vec<u8>>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.symlink_metadata().unwrap() {
            meta if meta.is_dir() => everything_below(&path, found),
            meta if meta.is_file() => {
                _ = found.insert(path.display().to_string(), std::fs::read(&path).unwrap());
            }
            _ => {}
        }
    }
}

#[test]
fn the_program_takes_a_quote_out_of_a_folder() {
    let room = tempfile::tempdir().unwrap();
    telling_book(room.path(), "dir:out");
    fine(room.path(), &["publish", "--edition", "2026-q1"]);
    fine(room.path(), &["publish", "--edition", "2026-q2"]);
    fine(room.path(), &["publish", "--channel", "next"]);
    let refused = cxbook(room.path(), &["purge", "first"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(text(&refused.stderr).contains("cxbook withdraw first"), "{}", text(&refused.stderr));
    fine(room.path(), &["withdraw", "first", "--reason", "customer-asked"]);
    let out = room.path().join("out");
    let there = || {
        let mut found = BTreeMap::new();
        everything_below(&out, &mut found);
        found
    };
    let before = there();
    assert!(telling(&before, &TELLING_ANYWHERE).len() > 5, "{:?}", telling(&before, &TELLING_ANYWHERE));
    let planned = json(&fine(room.path(), &["purge", "first", "--plan", "--format", "json"]));
    assert_eq!(planned["state"], "planned");
    assert!(
        planned["changed"].as_array().unwrap().iter().any(|path| path == "2026-q1/quotes.html"),
        "{planned}"
    );
    assert_eq!(there(), before, "a plan writes nothing");
    let done = cxbook(room.path(), &["purge", "first", "--reason", "customer-asked"]);
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
    for output in [&done.stdout, &done.stderr] {
        assert!(!text(output).contains("zebras"));
    }
    assert_eq!(telling(&there(), &TELLING_ANYWHERE), Vec::<&str>::new());
    fine(room.path(), &["verify", "--deep", "--links"]);
    assert_eq!(cxbook(room.path(), &["purge", "first"]).status.code(), Some(2), "nothing holds it any more");
    fine(room.path(), &["publish", "--edition", "2026-q3"]);
    assert_eq!(telling(&there(), &TELLING_ANYWHERE), Vec::<&str>::new(), "nor does the next edition");
}

#[test]
fn the_program_takes_a_quote_out_of_a_branch_and_its_history() {
    let Some(room) = super::git::room() else { return };
    let to = format!("git:{}#pages", room.path().join("pages.git").display());
    let home = room.path().join("a");
    telling_book(&home, &to);
    fine(&home, &["publish", "--edition", "2026-q1"]);
    fine(&home, &["publish", "--edition", "2026-q2"]);
    let pages = room.path().join("pages.git");
    let grep = || {
        let commits = super::git::git(&pages, &["rev-list", "--all"]);
        let arguments: Vec<&str> =
            ["grep", "-il", "-e", "zebras"].into_iter().chain(commits.split_whitespace()).collect();
        text(&std::process::Command::new("git").current_dir(&pages).args(arguments).output().unwrap().stdout)
    };
    assert!(grep().lines().count() > 4);
    fine(&home, &["withdraw", "first"]);
    fine(&home, &["purge", "first"]);
    assert_eq!(grep(), "");
    assert_eq!(
        super::git::git(&pages, &["rev-list", "--count", "pages"]).trim(),
        "1",
        "the history went too"
    );
    fine(&home, &["verify", "--deep", "--links"]);
    fine(&home, &["publish", "--edition", "2026-q3"]);
    assert_eq!(
        super::git::git(&pages, &["rev-list", "--count", "pages"]).trim(),
        "2",
        "a new history begins"
    );
}
