//! How fast and how sparing publishing is. `cargo test bars -- --nocapture` prints the figures.

use std::cell::Cell;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use cxbook::editions::{About, Fresh, Pages, Spot};
use cxbook::output::Output;
use cxbook::publish::{DirTarget, Done, Target};
use cxbook::system::{Disk, Kind, Lock, MemoryDisk, OsDisk};

use super::made::{planner, publish, root, usual};

/// The real disk, counted.
#[derive(Debug, Default)]
struct Counted {
    created: Cell<usize>,
    shared: Cell<usize>,
    synced: Cell<usize>,
    other: Cell<usize>,
}

fn more(cell: &Cell<usize>) {
    cell.set(cell.get() + 1);
}

impl Counted {
    /// Files written, files shared, syncs, all other changes since the last call.
    fn taken(&self) -> [usize; 4] {
        [&self.created, &self.shared, &self.synced, &self.other].map(Cell::take)
    }
}

impl Disk for Counted {
    fn read(&self, path: &Path) -> io::Result<Option<Vec<u8>>> {
        OsDisk.read(path)
    }
    fn kind(&self, path: &Path) -> io::Result<Option<Kind>> {
        OsDisk.kind(path)
    }
    fn list(&self, folder: &Path) -> io::Result<Vec<(String, Kind)>> {
        OsDisk.list(folder)
    }
    fn leads_to(&self, link: &Path) -> io::Result<Option<PathBuf>> {
        OsDisk.leads_to(link)
    }
    fn make_folder(&self, path: &Path) -> io::Result<()> {
        if OsDisk.kind(path)?.is_none() {
            more(&self.other);
        }
        OsDisk.make_folder(path)
    }
    fn create(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        more(&self.created);
        OsDisk.create(path, bytes)
    }
    fn share(&self, from: &Path, to: &Path) -> io::Result<()> {
        more(&self.shared);
        OsDisk.share(from, to)
    }
    fn link(&self, to: &Path, at: &Path) -> io::Result<()> {
        more(&self.other);
        OsDisk.link(to, at)
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        more(&self.other);
        OsDisk.rename(from, to)
    }
    fn remove(&self, path: &Path) -> io::Result<()> {
        if OsDisk.kind(path)?.is_some() {
            more(&self.other);
        }
        OsDisk.remove(path)
    }
    fn sync(&self, folder: &Path) -> io::Result<()> {
        more(&self.synced);
        OsDisk.sync(folder)
    }
    fn sync_names(&self, folder: &Path) -> io::Result<()> {
        OsDisk.sync_names(folder)
    }
    fn lock(&self, path: &Path, wait: Duration) -> io::Result<Option<Box<dyn Lock>>> {
        OsDisk.lock(path, wait)
    }
}

/// An edition of 3,000 files of 20 kB; nine in ten say nothing of the edition they are in.
fn large(name: &str) -> Fresh {
    let mut output = Output::default();
    for number in 0..3000 {
        let own = if number % 10 == 0 { name } else { "" };
        let text = format!("<p>{number} {own}</p>{}", "words of a page ".repeat(1250));
        let path = if number == 0 {
            "index.html".to_owned()
        } else {
            format!("part{}/page{number}.html", number % 40)
        };
        output.insert(path, text.into_bytes()).unwrap();
    }
    output.insert("pages.json".into(), Pages { schema: 1, ..Pages::default() }.json().into_bytes()).unwrap();
    let about = About {
        book: "Book".into(),
        as_of: "2026-01-01".into(),
        tool: "cxbook 0".into(),
        ..About::default()
    };
    Fresh::new(Spot::parse(name).unwrap(), &output, about).unwrap()
}

#[test]
fn bars_of_a_large_edition() {
    let room = tempfile::tempdir().unwrap();
    let disk = Counted::default();
    let target = DirTarget::new(&disk, &room.path().join("out"));
    let timed = |name: &str, id: &str, expected: Done| {
        let fresh = large(name);
        let began = Instant::now();
        assert_eq!(target.change(&mut *planner(&publish(fresh), id)), Ok(expected));
        let took = began.elapsed();
        (took, disk.taken())
    };
    let (first, [created, _, synced, _]) = timed("2026-q1", "a", Done::Changed);
    // The mark of a new folder is made safe once more.
    assert!(created > 3000 && synced <= 2, "{created} {synced}");
    let (same, steps) = timed("2026-q1", "b", Done::Same);
    assert_eq!(steps, [0; 4], "the same edition again touches nothing");
    let (second, [created, shared, synced, _]) = timed("2026-q2", "c", Done::Changed);
    assert_eq!(synced, 1, "one sync");
    assert!(
        created < 350 && shared > 5_600,
        "what is the same in both is there once: {created} written, {shared} shared"
    );
    let megabytes = large("2026-q2").bytes() as f64 / 1e6;
    eprintln!(
        "an edition of 3,000 files, {megabytes:.0} MB: {first:.2?}; the same again: {same:.2?}, nothing written; the next one, which \
         differs in 300 files: {second:.2?}, {created} files written, {shared} shared, 1 sync"
    );
    // Two cores that others use too are granted more; alone it is well below.
    let bar = std::env::var("CXBOOK_BAR_SECONDS").ok().and_then(|text| text.parse().ok()).unwrap_or(10);
    assert!(first.max(second) < Duration::from_secs(bar), "{first:?} {second:?}");
}

/// What readers get of an edition stays byte for byte, whatever is published after it, with whatever theme.
#[test]
fn an_edition_is_the_same_bytes_after_twenty_others() {
    let disk = MemoryDisk::default();
    let target = DirTarget::new(&disk, root());
    let put = |fresh: Fresh, id: &str| target.change(&mut *planner(&publish(fresh), id)).unwrap();
    put(usual("01-01"), "first");
    let own = |path: &str| path.starts_with("01-01/") || path.starts_with("assets/site.0a1b2c3d");
    let old = target.files(&own).unwrap();
    assert!(old.len() > 5);
    for number in 0..20 {
        let theme = number % 3;
        let mut fresh = usual(&format!("02-{number:02}"));
        fresh.assets.insert(format!("assets/site.{theme}.css"), format!("p{{order:{theme}}}").into_bytes());
        put(fresh, &format!("n{number}"));
        if number % 5 == 4 {
            put(usual("next"), &format!("c{number}"));
        }
    }
    assert_eq!(target.files(&own).unwrap(), old);
    assert_eq!(target.read().unwrap().record.editions().len(), 21);
    assert!(target.verify(true).unwrap().is_whole());
    // The choice of editions and the banner come from the one script, which knows of all of them.
    let script = String::from_utf8(target.file("editions.js").unwrap()).unwrap();
    assert!(script.contains("\"02-19\"") && script.contains("\"01-01\""), "{script}");
}
