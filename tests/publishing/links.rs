//! Links from one edition to another, and editions that grew too large.

use std::time::Duration;

use cxbook::editions::{Change, DeadLink, dead_ends, dead_links};
use cxbook::publish::{DirTarget, Done, Target};
use cxbook::system::MemoryDisk;

use super::made::{edition, planner, publish, root, usual};
use super::program::{book, cxbook, fine, text};

fn dead(target: &dyn Target) -> Vec<DeadLink> {
    let (current, files) = (target.read().unwrap(), target.files(&|_| true).unwrap());
    dead_links(
        &current.record,
        &current.files,
        files.iter().map(|(path, bytes)| (path.clone(), bytes.as_slice())),
    )
}

#[test]
fn a_page_cannot_be_frozen_with_a_link_to_an_edition_that_is_not_there() {
    let disk = MemoryDisk::default();
    let target = DirTarget::new(&disk, root()).with_patience(Duration::ZERO);
    let linking = |to: &str| edition("02-01", &[("index.html", &format!("</title><a href=\"{to}\">x</a>"))]);
    let refused =
        publish(linking("../01-01/teams/a.html#x")).plan(&target.read().unwrap(), "2026", "a").unwrap_err();
    assert!(
        refused.contains("02-01/index.html leads to 01-01/teams/a.html")
            && refused.contains("01-01 is not there"),
        "{refused}"
    );
    target.change(&mut *planner(&publish(usual("01-01")), "a")).unwrap();
    assert!(
        publish(linking("../01-01/teams/z.html"))
            .plan(&target.read().unwrap(), "2026", "a")
            .unwrap_err()
            .contains("no such file")
    );
    target.change(&mut *planner(&publish(linking("../01-01/teams/a.html#x")), "b")).unwrap();
    assert_eq!(dead(&target), []);
    // The other edition goes, and the frozen link with it.
    assert_eq!(target.change(&mut *planner(&Change::Drop(vec!["01-01".into()]), "c")), Ok(Done::Changed));
    let left = dead(&target);
    assert!(
        left.iter()
            .any(|link| link.leaves && link.page == "02-01/index.html" && link.why.contains("any more")),
        "{left:?}"
    );
    assert_eq!(dead_ends(&target.read().unwrap()), Vec::<String>::new());
}

#[test]
fn what_the_choice_of_editions_leads_to_is_looked_for() {
    let disk = MemoryDisk::default();
    let target = DirTarget::new(&disk, root());
    target.change(&mut *planner(&publish(usual("01-01")), "a")).unwrap();
    let mut current = target.read().unwrap();
    let page = cxbook::editions::PageEntry { path: "left.html".into(), title: "Left".into(), was: vec![] };
    current.pages.get_mut("01-01").unwrap().pages.insert("left".into(), page);
    let said = dead_ends(&current).join("\n");
    for words in [
        "choice of editions leads to 01-01/left.html",
        "alias latest leads to 01-01/left.html",
        "leads to latest/left.html",
    ] {
        assert!(said.contains(words), "{said}");
    }
}

#[test]
fn pruning_says_which_links_would_be_lost() {
    let room = tempfile::tempdir().unwrap();
    book(room.path(), "dir:out");
    fine(room.path(), &["publish", "--edition", "2026-q1"]);
    std::fs::rename(
        room.path().join("content/playbooks/ring-first.md"),
        room.path().join("content/playbooks/ring.md"),
    )
    .unwrap();
    fine(room.path(), &["publish", "--edition", "2026-q2"]);
    fine(room.path(), &["verify", "--links"]);
    let planned = cxbook(room.path(), &["prune", "--keep-last", "1"]);
    assert!(text(&planned.stderr).contains("links of 2026-q2 lead to 2026-q1"), "{}", text(&planned.stderr));
    fine(room.path(), &["prune", "--keep-last", "1", "--apply"]);
    let found = cxbook(room.path(), &["verify", "--links"]);
    assert_eq!(found.status.code(), Some(1));
    assert!(
        text(&found.stdout).contains("the edition 2026-q1 is not there (any more)"),
        "{}",
        text(&found.stdout)
    );
}

#[test]
fn an_edition_that_grew_too_large_is_refused_with_its_largest_files() {
    let room = tempfile::tempdir().unwrap();
    book(room.path(), "dir:out");
    let toml = room.path().join("book.toml");
    let config = std::fs::read_to_string(&toml).unwrap() + "max-edition-mb = 1\n";
    std::fs::write(&toml, config).unwrap();
    fine(room.path(), &["publish", "--edition", "2026-q1"]);
    let long: String =
        (0..60_000).map(|number| format!("Sentence {} stands here.\n\n", number % 7)).collect();
    std::fs::write(room.path().join("content/index.md"), format!("# Small\n\n{long}")).unwrap();
    let refused = cxbook(room.path(), &["publish", "--edition", "2026-q2"]);
    assert_eq!(refused.status.code(), Some(2));
    let said = text(&refused.stderr);
    assert!(
        said.contains("max-edition-mb of book.toml allows 1") && said.contains("index.html with "),
        "{said}"
    );
    assert!(!room.path().join("out/current/2026-q2").exists());
}
