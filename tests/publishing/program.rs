//! Publishing with the program itself, to a real folder.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use super::super::fixture::read;

pub(super) fn cxbook(folder: &Path, arguments: &[&str]) -> Output {
    command(folder, arguments).output().unwrap()
}

pub(super) fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cxbook"));
    command.current_dir(folder).args(arguments).env_remove("SOURCE_DATE_EPOCH");
    command.env_remove("GITHUB_SHA").env_remove("CI_COMMIT_SHA");
    command
}

pub(super) fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A book with a metric, a quote and a few pages.
pub(super) fn book(folder: &Path, to: &str) {
    let write = |path: &str, text: &str| {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    let config = format!(
        "[book]\ntitle = \"Small\"\n[cx]\nas-of = \"2026-10-15\"\n[publish.site]\ntarget = \"{to}\"\nalias = \"latest\"\n"
    );
    write("book.toml", &config);
    write("content/index.md", "# Small\n\nHello.\n");
    write(
        "content/playbooks/ring-first.md",
        "---\ntitle: Ring first\noutcome: They know.\nmetrics: [csat]\nnext: Ring.\nowner: Insight\n---\nWords.\n",
    );
    write(
        "content/quotes/q.yaml",
        "defaults: {source: S, consent: C, anonymised: true, date: 2026-03, author: A, cleared: {by: Data Protection Officer, on: 2026-04-01, motivated-intruder: no}}\nquotes:\n- {id: first, text: Strawberry.}\n",
    );
    write(
        "content/metrics/csat.yaml",
        "name: CSAT\nkind: csat\nowner: Insight\nsource: Survey\ndata: {file: exports/a.csv, shape: aggregated, date: month, value: csat, n: answers}\n",
    );
    write("content/exports/a.csv", "month,csat,answers\n2026-01,80,100\n2026-02,81,120\n");
}

/// Two books that publish to one folder, in which there is an edition.
pub(super) fn two_publishers(room: &Path) -> ([PathBuf; 2], PathBuf) {
    let out = room.join("out");
    let books = [room.join("a"), room.join("b")];
    for folder in &books {
        book(folder, &format!("dir:{}", out.to_str().unwrap()));
    }
    fine(&books[0], &["publish", "--edition", "2026-q0"]);
    (books, out)
}

pub(super) fn fine(folder: &Path, arguments: &[&str]) -> String {
    let done = cxbook(folder, arguments);
    assert_eq!(done.status.code(), Some(0), "{arguments:?}: {}{}", text(&done.stderr), text(&done.stdout));
    text(&done.stdout)
}

pub(super) fn json(text: &str) -> serde_json::Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn programs_are_told_why_nothing_was_done() {
    let room = tempfile::tempdir().unwrap();
    book(room.path(), "dir:out");
    std::fs::create_dir(room.path().join("foreign")).unwrap();
    std::fs::write(room.path().join("foreign/holiday.txt"), "Somebody's.").unwrap();
    std::fs::write(room.path().join("file"), "Somebody's.").unwrap();
    let told = |arguments: &[&str]| {
        let done = cxbook(room.path(), &[arguments, &["--format", "json"]].concat());
        let said = json(&text(&done.stdout));
        assert_eq!(said["schema"], 1, "{arguments:?}: {said}");
        assert!(said["message"].as_str().is_some_and(|words| words.len() > 10), "{arguments:?}: {said}");
        let why = text(&done.stderr);
        (done.status.code(), said["state"].as_str().unwrap().to_owned(), why)
    };
    let commands: [&[&str]; 8] = [
        &["publish", "--edition", "2026-q1"],
        &["editions"],
        &["alias", "latest", "2026-q1"],
        &["rollback"],
        &["prune", "--keep-last", "1"],
        &["verify"],
        &["repair"],
        &["purge", "--page", "index"],
    ];
    for command in commands {
        let (code, state, why) = told(&[command, &["--to", "nowhere"]].concat());
        assert_eq!((code, state.as_str()), (Some(2), "refused"), "{command:?}: {why}");
        assert!(why.contains("nowhere"), "{command:?}: {why}");
    }
    let (code, state, why) = told(&["publish", "--edition", "2026-q1", "--to", "dir:foreign"]);
    assert_eq!((code, state.as_str()), (Some(2), "refused"), "{why}");
    let (code, state, why) = told(&["publish", "--edition", "2026-q1", "--to", "dir:file"]);
    assert_eq!(code, Some(2), "{state}: {why}");
    std::fs::write(room.path().join("content/index.md"), "# Small\n\n[Lost](lost.md)\n").unwrap();
    let (code, state, why) = told(&["publish", "--edition", "2026-q1"]);
    assert_eq!((code, state.as_str()), (Some(1), "refused"), "{why}");
    assert!(!room.path().join("out").exists());
}

#[test]
fn a_book_is_published_looked_at_and_taken_back() {
    let room = tempfile::tempdir().unwrap();
    book(room.path(), "dir:out");
    let planned =
        json(&fine(room.path(), &["publish", "--edition", "2026-q1", "--plan", "--format", "json"]));
    assert_eq!(planned["state"], "planned");
    assert!(
        !room.path().join("out").exists() && !room.path().join("published.json").exists(),
        "a plan writes nothing"
    );
    fine(room.path(), &["publish", "--edition", "2026-q1"]);
    assert!(read(&room.path().join("published.json")).contains("\"edition\": \"2026-q1\""));
    assert!(read(&room.path().join("published-quotes.json")).contains("\"edition\": \"2026-q1\""));
    let page = room.path().join("out/current/2026-q1/playbooks/ring-first.html");
    let html = read(&page);
    for part in [
        "data-edition=\"2026-q1\"",
        "data-page=\"playbooks/ring-first\"",
        "<link rel=\"canonical\" href=\"../../latest/playbooks/ring-first.html\">",
        "href=\"../../assets/site.",
        "href=\"../../editions.html\"",
        "noindex",
    ] {
        assert!(html.contains(part), "{part}");
    }
    let state = |arguments: &[&str]| json(&fine(room.path(), arguments))["state"].clone();
    assert_eq!(state(&["publish", "--edition", "2026-q1", "--format", "json"]), "same");
    std::fs::write(room.path().join("content/index.md"), "# Small\n\nHello again.\n").unwrap();
    let refused = cxbook(room.path(), &["publish", "--edition", "2026-q1", "--format", "json"]);
    assert_eq!(refused.status.code(), Some(2));
    assert_eq!(json(&text(&refused.stdout))["state"], "refused");
    assert!(text(&refused.stderr).contains("never changes") && text(&refused.stderr).contains("index.html"));
    assert_eq!(state(&["publish", "--edition", "2026-q2", "--format", "json"]), "changed");
    assert_eq!(read(&page), html, "an edition never changes");
}

/// Two editions and a channel.
fn three_generations() -> tempfile::TempDir {
    let room = tempfile::tempdir().unwrap();
    book(room.path(), "dir:out");
    fine(room.path(), &["publish", "--edition", "2026-q1"]);
    fine(room.path(), &["publish", "--edition", "2026-q2"]);
    fine(room.path(), &["publish", "--channel", "preview/try"]);
    room
}

#[test]
fn editions_are_listed_led_to_and_taken_back() {
    let room = three_generations();
    let list = json(&fine(room.path(), &["editions", "--format", "json"]));
    assert_eq!(list["editions"]["aliases"]["latest"], "2026-q2", "book.toml lets it follow");
    assert_eq!(list["generations"].as_array().unwrap().len(), 3);
    assert_eq!(cxbook(room.path(), &["alias", "latest", "2026-q1"]).status.code(), Some(2));
    fine(room.path(), &["alias", "latest", "2026-q1", "--move-alias"]);
    assert!(read(&room.path().join("out/current/latest/index.html")).contains("../2026-q1/index.html"));
    fine(room.path(), &["rollback", "--generation", "1"]);
    assert!(!room.path().join("out/current/2026-q2").exists());
    fine(room.path(), &["rollback", "--generation", "3"]);
    assert!(room.path().join("out/current/2026-q2/index.html").exists());
}

#[test]
fn an_alias_of_the_book_follows_to_newer_editions_only() {
    let room = tempfile::tempdir().unwrap();
    book(room.path(), "dir:out");
    let latest = || {
        let list = json(&fine(room.path(), &["editions", "--format", "json"]));
        list["editions"]["aliases"]["latest"].clone()
    };
    fine(room.path(), &["publish", "--edition", "2026-q2"]);
    fine(room.path(), &["publish", "--edition", "2026-q1", "--as-of", "2026-07-15"]);
    assert_eq!(latest(), "2026-q2", "an older one that is published later");
    fine(room.path(), &["publish", "--edition", "2026-q3", "--as-of", "2026-10-16"]);
    assert_eq!(latest(), "2026-q3");
}

#[test]
fn what_is_old_or_foreign_goes_when_it_is_asked_for() {
    let room = three_generations();
    let page = room.path().join("out/current/2026-q1/index.html");
    let pruned =
        json(&fine(room.path(), &["prune", "--keep-last", "1", "--generations", "1", "--format", "json"]));
    assert!(
        pruned["removed"].as_array().unwrap().iter().any(|path| path == "2026-q1/index.html"),
        "{pruned}"
    );
    assert!(page.exists(), "without --apply nothing goes");
    fine(room.path(), &["prune", "--keep-last", "1", "--generations", "1", "--apply"]);
    assert!(!page.exists() && room.path().join("out/current/2026-q2/index.html").exists());
    assert_eq!(std::fs::read_dir(room.path().join("out/.cx/releases")).unwrap().count(), 2);
    fine(room.path(), &["verify", "--deep"]);
    std::fs::write(room.path().join("out/current/stranger.txt"), "x").unwrap();
    assert_eq!(cxbook(room.path(), &["verify"]).status.code(), Some(1));
    assert!(fine(room.path(), &["repair"]).contains("stranger.txt"));
    fine(room.path(), &["verify", "--deep"]);
}

#[test]
fn what_is_not_fit_for_readers_is_not_published() {
    let room = tempfile::tempdir().unwrap();
    book(room.path(), "dir:out");
    std::fs::write(room.path().join("content/index.md"), "# Small\n\n[broken](nowhere.md)\n").unwrap();
    assert_eq!(cxbook(room.path(), &["publish", "--edition", "2026-q1"]).status.code(), Some(1));
    std::fs::write(
        room.path().join("content/index.md"),
        "---\ndraft: true\n---\n# Small\n\nUnfinished strawberries.\n",
    )
    .unwrap();
    let quotes = room.path().join("content/quotes/q.yaml");
    let cleared = read(&quotes);
    std::fs::write(
        &quotes,
        cleared
            .replace(", cleared: {by: Data Protection Officer, on: 2026-04-01, motivated-intruder: no}", ""),
    )
    .unwrap();
    for place in [["--edition", "2026-q1"], ["--channel", "next"]] {
        let done = cxbook(room.path(), &["publish", place[0], place[1]]);
        assert_eq!(
            done.status.code(),
            Some(1),
            "a quote without a second person's yes: {}",
            text(&done.stderr)
        );
    }
    std::fs::write(&quotes, cleared).unwrap();
    assert!(!room.path().join("out").exists());
    fine(room.path(), &["publish", "--edition", "2026-q1"]);
    let out = room.path().join("out/current/2026-q1/index.html");
    assert!(!read(&out).contains("Unfinished"), "drafts stay at home");
    for arguments in [
        &["publish", "--edition", "latest/../x"][..],
        &["publish", "--edition", "next"],
        &["publish", "--channel", "2026-q1"],
        &["publish"],
        &["publish", "--edition", "2026-q2", "--to", "nowhere"],
        &["publish", "--edition", "2026-q2", "--to", "ftp:x"],
        &["publish", "--edition", "2026-q2", "--drafts"],
        &["rollback", "--generation", "7"],
    ] {
        let done = cxbook(room.path(), arguments);
        assert_eq!(done.status.code(), Some(2), "{arguments:?}: {}", text(&done.stderr));
        assert!(!text(&done.stderr).contains("panicked"));
    }
}

/// Whoever can write to the folder could put a link there; what it leads to is not published.
#[cfg(unix)]
#[test]
fn a_planted_link_is_not_published() {
    let room = tempfile::tempdir().unwrap();
    book(room.path(), "dir:out");
    fine(room.path(), &["publish", "--edition", "2026-q1"]);
    let page = room.path().join("out/current/2026-q1/index.html");
    let whole = read(&page);
    std::fs::remove_file(&page).unwrap();
    std::os::unix::fs::symlink("/etc/hostname", &page).unwrap();
    assert_eq!(cxbook(room.path(), &["verify"]).status.code(), Some(1));
    let done = cxbook(room.path(), &["publish", "--edition", "2026-q2"]);
    assert_eq!(done.status.code(), Some(2));
    assert!(text(&done.stderr).contains("not an ordinary file"), "{}", text(&done.stderr));
    assert!(!room.path().join("out/current/2026-q2").exists());
    // No other generation has that page, so repair says so and touches nothing; putting it back by hand is enough.
    assert_eq!(cxbook(room.path(), &["repair"]).status.code(), Some(2));
    std::fs::remove_file(&page).unwrap();
    std::fs::write(&page, whole).unwrap();
    fine(room.path(), &["publish", "--edition", "2026-q2"]);
    assert!(
        read(&room.path().join("out/current/2026-q2/changes.html"))
            .contains("What changed since edition 2026-q1")
    );
}

/// Two publishers are killed again and again while a reader looks. A longer loop: `CXBOOK_KILLS=1000 cargo test killed`.
#[cfg(unix)]
#[test]
fn killed_publishers_never_show_half_a_site() {
    let kills: usize = std::env::var("CXBOOK_KILLS").ok().and_then(|text| text.parse().ok()).unwrap_or(40);
    let room = tempfile::tempdir().unwrap();
    let (books, out) = two_publishers(room.path());
    let over = std::sync::atomic::AtomicBool::new(false);
    let looked = std::thread::scope(|scope| {
        let reader = scope.spawn(|| read_all_the_time(&out, &over));
        let asker = scope.spawn(|| ask_for_the_root(&out, &over));
        let mut salt = 7_u64;
        for round in 0..kills {
            let number = round.to_string();
            let running = books.iter().enumerate().map(|(one, folder)| {
                std::fs::write(
                    folder.join("content/index.md"),
                    format!("# Small\n\nRound {number} {one}.\n"),
                )
                .unwrap();
                let edition = format!("r{round}.{one}");
                let mut command = command(folder, &["publish", "--quiet", "--edition", &edition]);
                command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
            });
            for mut child in running.collect::<Vec<_>>() {
                salt = salt.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                std::thread::sleep(Duration::from_millis(salt >> 58));
                let _ = child.kill();
                let _ = child.wait();
            }
        }
        over.store(true, std::sync::atomic::Ordering::Relaxed);
        assert!(asker.join().unwrap() > 1_000);
        reader.join().unwrap()
    });
    eprintln!(
        "{kills} rounds of two publishers killed at random: the reader looked {looked} times and found all whole"
    );
    assert!(looked > 10, "the reader looked only {looked} times");
    let before = json(&fine(&books[0], &["editions", "--format", "json"]));
    fine(&books[1], &["publish", "--edition", "2026-q9"]);
    let after = json(&fine(&books[0], &["editions", "--format", "json"]));
    let count = |list: &serde_json::Value| list["editions"]["versions"].as_array().unwrap().len();
    assert_eq!(count(&before) + 1, count(&after), "no edition is lost");
    fine(&books[0], &["verify", "--deep"]);
}

/// Every page that `versions.json` promises is there and whole. Gives back how often it looked.
#[cfg(unix)]
fn read_all_the_time(out: &Path, over: &std::sync::atomic::AtomicBool) -> usize {
    let (mut looked, mut most) = (0, 0);
    while !over.load(std::sync::atomic::Ordering::Relaxed) {
        // A web server resolves the link once for each request.
        let site = std::fs::canonicalize(out.join("current")).unwrap();
        let versions = json(&read(&site.join("versions.json")));
        let all = versions["versions"].as_array().unwrap();
        assert!(all.len() >= most, "an edition was lost");
        most = all.len();
        let listing = read(&site.join("../files.sha256"));
        let digests: std::collections::BTreeMap<&str, &str> = listing
            .lines()
            .filter_map(|line| line.split_once("  "))
            .map(|(digest, path)| (path, digest))
            .collect();
        for version in all.iter().rev().take(6) {
            for page in ["index.html", "pages.json", "playbooks/ring-first.html"] {
                let path = format!("{}{page}", version["path"].as_str().unwrap());
                let bytes = std::fs::read(site.join(&path)).unwrap();
                let digest = cxbook::output::sha256(&bytes);
                assert_eq!(digests.get(path.as_str()), Some(&digest.as_str()), "{path} is torn");
            }
        }
        looked += 1;
    }
    looked
}

/// The root is there at any moment. Asks for nothing else, so that no moment is too short for it. Gives back how often it
/// looked.
#[cfg(unix)]
fn ask_for_the_root(out: &Path, over: &std::sync::atomic::AtomicBool) -> usize {
    let (link, page) = (out.join("current"), out.join("current/index.html"));
    let mut looked = 0;
    while !over.load(std::sync::atomic::Ordering::Relaxed) {
        assert!(std::fs::symlink_metadata(&link).is_ok(), "the root is missing");
        assert!(std::fs::metadata(&page).is_ok(), "the first page is missing");
        looked += 1;
    }
    looked
}

/// Addresses of object storage are known in every cxbook, and never said with what is secret in them.
#[test]
fn object_storage_says_what_it_needs() {
    let room = tempfile::tempdir().unwrap();
    book(room.path(), "dir:out");
    let told = |to: &str| {
        let done = cxbook(room.path(), &["publish", "--edition", "2026-q1", "--to", to]);
        assert_eq!(done.status.code(), Some(2), "{to}");
        let said = text(&done.stderr);
        assert!(!said.contains("hunter2"), "{said}");
        said
    };
    let secret = told("s3://KEY:hunter2@bucket/cx?token=hunter2");
    if cfg!(feature = "cloud") {
        assert!(secret.contains("belong into the environment"), "{secret}");
    } else {
        assert!(secret.contains("s3://bucket/cx") && secret.contains("--features cloud"), "{secret}");
        assert!(told("gs://bucket").contains("dir:PATH") && told("az://$web/cx").contains("dir:PATH"));
    }
    book(room.path(), "s3://KEY:hunter2@bucket/cx");
    let checked = cxbook(room.path(), &["check"]);
    let said = text(&checked.stderr) + &text(&checked.stdout);
    assert!(said.contains("holds a password") && said.contains("from the environment"), "{said}");
    assert!(!said.contains("hunter2"), "{said}");
}
