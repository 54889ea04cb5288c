//! What pages are told: the findings of `check`, nobody's details, and no page that a build would refuse.

use cxbook::diag::{Finding, Level, json};
use cxbook::pipeline;
use cxbook::serve::News;
use cxbook::system::{OsSystem, System};

use super::super::fixture::options;
use super::{PAGE, Preview};

fn checked(preview: &Preview) -> Vec<Finding> {
    let sources = OsSystem.read_book(preview.room.path(), &["content", "themes"]).unwrap();
    pipeline::build(&sources, &options()).findings
}

#[test]
fn the_findings_are_those_of_check() {
    let preview = Preview::of(&[
        ("content/pages/b.md", "---\ntitle: B page\n---\nA [link](nowhere.md) and\tmore.\n"),
        ("content/playbooks/p.md", "---\ntitle: P\nowner: X\n---\nText.\n"),
    ]);
    let news = preview.settled();
    assert!(news.is_broken());
    assert_eq!(json(&news.findings), json(&checked(&preview)));
    let told = preview.told_to_pages();
    let link = news.findings.iter().find(|finding| finding.check.name == "link-broken").unwrap();
    assert!(
        told.contains(&link.message.replace('"', "\\\"")) && told.contains("content/pages/b.md:4:"),
        "{told}"
    );
    assert!(told.contains("\"marked\":\"[link](nowhere.md)\"") && told.contains("\"broken\":true"), "{told}");
    preview.write("content/pages/b.md", &PAGE.replace("A page", "B page"));
    preview.remove("content/playbooks/p.md");
    let mended = preview.after(news.build);
    assert_eq!(json(&mended.findings), json(&checked(&preview)));
    assert!(preview.told_to_pages().contains("\"broken\":false"));
}

#[test]
fn the_last_good_page_stays_and_reloads_when_it_is_another() {
    let preview = Preview::of(&[]);
    let (build, tag) = (preview.settled().build, preview.get("/pages/a.html").header("etag"));
    preview.write("content/pages/a.md", &PAGE.replace("First words.", "[x](nowhere.md)"));
    let broken = preview.after(build);
    let stays = preview.get("/pages/a.html");
    assert!(stays.body.contains("First words."));
    assert_eq!(stays.header("etag"), tag, "a page that stays is not loaded again");
    preview.write("content/pages/a.md", &PAGE.replace("First", "Mended"));
    let mended = preview.after(broken.build);
    assert!(!mended.is_broken());
    assert_ne!(preview.get("/pages/a.html").header("etag"), tag);
    assert!(preview.get("/pages/a.html").body.contains("Mended words."));
}

#[test]
fn an_older_state_that_is_ready_late_says_nothing_of_the_newer() {
    let pages: Vec<(String, String)> = (0..400)
        .map(|at| (format!("content/pages/p{at}.md"), PAGE.replace("A page", &format!("Page {at}"))))
        .collect();
    let pages: Vec<(&str, &str)> = pages.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let preview = Preview::of(&pages);
    let build = preview.settled().build;
    preview.write("content/pages/a.md", &PAGE.replace("First", "Second"));
    preview.until("no change was seen", || preview.news().build > build);
    let is_open = |news: &News| news.build > build && !news.is_final;
    assert!(preview.told.lock().unwrap().iter().any(is_open), "the rest is made behind its author's back");
    preview.write("content/pages/a.md", &PAGE.replace("First words.", "[x](nowhere.md)"));
    preview.until("the slip was not seen", || preview.news().is_broken());
    let told = preview.told.lock().unwrap().len();
    std::thread::sleep(std::time::Duration::from_secs(4));
    assert!(preview.news().is_broken(), "{told} news before, then {:?}", preview.told.lock().unwrap().len());
    assert!(preview.get("/pages/a.html").body.contains("Second words."));
}

#[test]
fn a_broken_template_leaves_the_pages_of_before() {
    let toml = "[book]\ntitle = \"Small book\"\n[output.html]\ntheme = \"own\"\n";
    let preview = Preview::of(&[
        ("book.toml", toml),
        ("themes/own/templates/device.html", "<!doctype html><title>x</title><p>plain</p>"),
    ]);
    let build = preview.settled().build;
    assert!(!preview.news().is_broken(), "{:?}", preview.news().findings);
    // It can be read, and fails when the page is made.
    preview.write(
        "themes/own/templates/device.html",
        "<!doctype html><title>x</title><p>{{ frame.nothing }}</p>",
    );
    preview.write("content/pages/a.md", &PAGE.replace("First", "Newer"));
    let broken = preview.after(build);
    assert!(
        broken.findings.iter().any(|finding| finding.check.name == "theme-broken"),
        "{:?}",
        broken.findings
    );
    assert!(
        preview.get("/device.html").body.contains("<!doctype html><title>x</title><p>plain</p>"),
        "the page that fails is that of before"
    );
    preview.write("themes/own/templates/device.html", "<!doctype html><title>x</title><p>mended</p>");
    preview.until("the page is not mended", || preview.get("/device.html").body.contains("mended"));
}

#[test]
fn nobody_is_told_to_a_page_or_a_log() {
    let quote = |text: &str| {
        format!(
            "- text: \"{text}\"\n  source: Survey\n  date: 2026-05\n  consent: Survey terms\n  anonymised: true\n"
        )
    };
    let preview = Preview::of(&[("content/quotes/q.yaml", &quote("It went well."))]);
    let build = preview.settled().build;
    let canaries = ["erika.mustermann@mail.example", "DE89370400440532013000", "+49 30 901820"];
    preview.write(
        "content/quotes/q.yaml",
        &quote(&format!("Write to {} or {}, or ring {}.", canaries[0], canaries[1], canaries[2])),
    );
    preview.write(
        "content/pages/b.md",
        &format!("---\ntitle: B {}\n---\n[x](nowhere.md) {}\n", canaries[0], canaries[2]),
    );
    let news = preview.after(build);
    assert_eq!(cxbook::diag::worst(&news.findings), Some(Level::Error));
    let told = preview.told_to_pages();
    assert!(told.contains("private-text"), "{told}");
    let page = preview.get("/quotes.html").body;
    let log: String = preview
        .told
        .lock()
        .unwrap()
        .iter()
        .map(|news| cxbook::diag::human(&news.findings, &news.sources, false))
        .collect();
    assert!(page.contains("It went well."));
    for canary in canaries {
        assert!(
            !told.contains(canary) && !page.contains(canary) && !log.contains(canary),
            "{canary} is told"
        );
    }
}

#[test]
fn what_only_the_second_look_finds_never_leaves() {
    let toml = "[book]\ntitle = \"Small book\"\n[output.html]\ntheme = \"own\"\n";
    let template = "<!doctype html><title>x</title><p>plain</p>";
    let preview = Preview::of(&[("book.toml", toml), ("themes/own/templates/device.html", template)]);
    let build = preview.settled().build;
    // No author's file holds it: only who reads the finished page sees it, and pages are asked for before all are finished.
    let canary = "erika.mustermann@mail.example";
    preview.write("themes/own/templates/device.html", &template.replace("plain", canary));
    preview.until("no change was seen", || {
        assert!(!preview.get("/device.html").body.contains(canary), "it left");
        preview.news().build > build && preview.news().is_final
    });
    assert!(preview.news().findings.iter().any(|finding| finding.check.name == "private-output"));
    assert!(preview.get("/device.html").body.contains("<p>plain</p>"), "the last good page stays");
}

#[test]
fn drafts_are_shown_when_asked_for_and_say_so() {
    let draft = ("content/pages/d.md", "---\ntitle: D page\ndraft: true\n---\nNot yet.\n");
    assert_eq!(Preview::of(&[draft]).get("/pages/d.html").status, 404);
    let preview = Preview::with(&[draft], |settings| settings.options.drafts = true);
    let page = preview.get("/pages/d.html").body;
    assert!(page.contains("Not yet.") && page.contains("alert-title\">Draft<"));
}
