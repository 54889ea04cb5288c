//! Random sequences of everything that can be done with a target, publishers that die among them, against a model of a few maps.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Duration;

use cxbook::editions::{Change, Fresh, Purge, Wanted, is_read};
use cxbook::publish::{BundleTarget, DirTarget, Done, Target, Trouble};
use cxbook::system::MemoryDisk;
use proptest::prelude::*;

use super::made::{edition, planner, root};

/// Something that somebody does.
#[derive(Debug, Clone)]
pub(super) enum Deed {
    Publish {
        name: &'static str,
        words: u8,
        alias: Option<&'static str>,
        may_move: bool,
    },
    Alias {
        name: &'static str,
        to: &'static str,
        may_move: bool,
    },
    Drop(&'static str),
    Rollback(usize),
    Forget(usize),
    Repair,
    /// Takes what the customer said of these words out of everything.
    Purge(u8),
}

/// The words of an edition or a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Words {
    words: u8,
    /// Whether what the customer said is taken out.
    is_purged: bool,
}

/// What whoever takes over publishes; nobody takes it out.
const OTHERS: Words = Words { words: 9, is_purged: false };

/// What readers should see: the words of each edition and channel, and where aliases lead.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Seen {
    trees: BTreeMap<String, Words>,
    aliases: BTreeMap<String, String>,
}

fn is_frozen(name: &str) -> bool {
    name != "next" && !name.contains('/')
}

impl Seen {
    fn lead(&mut self, name: &str, to: &str, may_move: bool) -> Result<(), ()> {
        let is_led_elsewhere = self.aliases.get(name).is_some_and(|before| before != to);
        let fits = self.trees.contains_key(to) && is_frozen(to) && !self.trees.contains_key(name);
        if !fits || (is_led_elsewhere && !may_move) {
            return Err(());
        }
        self.aliases.insert(name.into(), to.into());
        Ok(())
    }

    /// What a deed makes of it; an error where it has to be refused.
    fn after(&self, deed: &Deed) -> Result<Self, ()> {
        let mut next = self.clone();
        match deed {
            Deed::Publish { name, words, alias, may_move } => {
                let words = Words { words: *words, is_purged: false };
                let differs = next.trees.get(*name).is_some_and(|before| *before != words);
                if next.aliases.contains_key(*name) || (differs && is_frozen(name)) {
                    return Err(());
                }
                next.trees.insert((*name).into(), words);
                alias.map_or(Ok(()), |alias| next.lead(alias, name, *may_move))?;
            }
            Deed::Alias { name, to, may_move } => next.lead(name, to, *may_move)?,
            Deed::Drop(name) => {
                if next.aliases.values().any(|to| to == name) || next.trees.remove(*name).is_none() {
                    return Err(());
                }
            }
            Deed::Purge(words) => {
                let whole = Words { words: *words, is_purged: false };
                let mut trees = next.trees.values_mut().filter(|tree| **tree == whole).peekable();
                if trees.peek().is_none() {
                    return Err(());
                }
                trees.for_each(|tree| tree.is_purged = true);
            }
            Deed::Rollback(_) | Deed::Forget(_) | Deed::Repair => {}
        }
        Ok(next)
    }
}

/// What the customer said, in an edition of these words.
fn said(words: u8) -> String {
    format!("zebra{words} came nine weeks late")
}

fn built(name: &str, words: u8) -> Fresh {
    edition(name, &[("index.html", &format!("Words {words}")), ("teams/a.html", &said(words))])
}

fn change(deed: &Deed) -> Option<Change> {
    match deed {
        Deed::Publish { name, words, alias, may_move } => Some(Change::Publish {
            fresh: Box::new(built(name, *words)),
            aliases: alias.iter().map(|alias| (*alias).to_owned()).collect(),
            move_aliases: *may_move,
            renamed: false,
        }),
        Deed::Alias { name, to, may_move } => {
            Some(Change::Alias { name: (*name).into(), to: (*to).into(), move_aliases: *may_move })
        }
        Deed::Drop(name) => Some(Change::Drop(vec![(*name).into()])),
        _ => None,
    }
}

/// Takes words out of what is there now.
fn purge(target: &dyn Target, words: u8, id: &str) -> Result<Done, Trouble> {
    let current = target.read()?;
    let wanted = Wanted { texts: vec![said(words)], on: "2026-10-15".into(), ..Wanted::default() };
    let purge = Purge::of(&current, &target.files(&is_read)?, &wanted).map_err(Trouble::Refused)?;
    target.change(&mut *planner(&Change::TakeOut(Box::new(purge)), id))
}

/// What the target really holds, read as a visitor and as cxbook.
fn really(target: &dyn Target) -> Seen {
    let current = target.read().unwrap();
    let files = target.files(&|path| path.ends_with(".html")).unwrap();
    let trees = current.record.trees.keys().map(|folder| {
        let page = |path: &str| String::from_utf8_lossy(&files[&format!("{folder}/{path}")]).into_owned();
        let index = page("index.html");
        let words = index.split("<title>Words ").nth(1).unwrap().split('<').next().unwrap();
        let words = words.parse().unwrap();
        let is_purged = !page("teams/a.html").contains(&said(words));
        (folder.clone(), Words { words, is_purged })
    });
    for (name, to) in &current.record.aliases {
        let page = String::from_utf8_lossy(&files[&format!("{name}/index.html")]).into_owned();
        assert!(page.contains(&format!("href=\"../{to}/index.html\"")), "{name} leads elsewhere: {page}");
    }
    Seen { trees: trees.collect(), aliases: current.record.aliases }
}

/// What happens to who does something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mishap {
    Nothing,
    /// Dies after so many steps.
    Dies(usize),
    /// Stands still after so many steps, for so long that somebody else takes over and publishes a preview.
    Sleeps(usize),
}

/// A place where a publisher can die after so many steps, or be taken over.
pub(super) trait Mortal {
    fn kill_after(&self, steps: usize);
    fn revive(&self);

    /// Whether any file holds these words.
    fn holds(&self, words: &str) -> bool;

    /// Lets somebody else publish after so many steps, if publishers can take over there.
    fn take_over(&self, _steps: usize, _other: Change) {}
}

fn any_holds(disk: &MemoryDisk, words: &str) -> bool {
    let holds = |bytes: &Vec<u8>| String::from_utf8_lossy(bytes).contains(words);
    disk.files(Path::new("/srv")).values().any(holds)
}

impl Mortal for super::stopped::Stopping {
    fn holds(&self, words: &str) -> bool {
        any_holds(&self.disk, words)
    }

    fn kill_after(&self, steps: usize) {
        self.disk.kill_after(steps);
    }

    fn revive(&self) {
        self.stop_at(usize::MAX, || {});
        self.disk.revive();
    }

    fn take_over(&self, steps: usize, other: Change) {
        let disk = std::rc::Rc::clone(&self.disk);
        self.stop_at(steps, move || {
            let quick = DirTarget::new(&*disk, root()).with_patience(Duration::ZERO);
            assert_eq!(quick.change(&mut *planner(&other, "quick")), Ok(Done::Changed));
        });
    }
}

impl Mortal for MemoryDisk {
    fn holds(&self, words: &str) -> bool {
        any_holds(self, words)
    }

    fn kill_after(&self, steps: usize) {
        MemoryDisk::kill_after(self, steps);
    }

    fn revive(&self) {
        MemoryDisk::revive(self);
    }
}

struct Room<'a> {
    target: &'a dyn Target,
    disk: &'a dyn Mortal,
    /// What readers saw in each generation that can still be gone back to.
    known: BTreeMap<String, Seen>,
    seen: Seen,
    /// Words that were taken out, and that nobody published or began to publish since.
    gone: BTreeSet<u8>,
    made: usize,
}

impl Room<'_> {
    /// Does it, dying after so many steps if there is a number, and holds the target against the model.
    fn play(&mut self, deed: &Deed, mishap: Mishap) {
        self.made += 1;
        let id = format!("id{}", self.made);
        let dies = if let Mishap::Dies(steps) = mishap { Some(steps) } else { None };
        if let Deed::Rollback(back) = deed {
            return self.roll_back(*back, dies, &id);
        }
        let other = format!("preview/o{}", self.made);
        if let Mishap::Sleeps(steps) = mishap {
            let fresh = Box::new(built(&other, OTHERS.words));
            let change = Change::Publish { fresh, aliases: Vec::new(), move_aliases: false, renamed: false };
            self.disk.take_over(steps, change);
        }
        if let Some(steps) = dies {
            self.disk.kill_after(steps);
        }
        let done = match deed {
            // Where nothing is, there is nothing to mend, and that is said.
            Deed::Repair if self.known.is_empty() => Ok(None),
            Deed::Repair => self.target.repair().map(|_| None),
            Deed::Forget(keep) => self.target.forget(*keep, true).map(|_| None),
            Deed::Purge(words) => purge(self.target, *words, &id).map(Some),
            deed => self.target.change(&mut *planner(&change(deed).unwrap(), &id)).map(Some),
        };
        self.disk.revive();
        let expected = self.seen.after(deed);
        if let (Deed::Publish { words, .. }, true) = (deed, expected.is_ok() || mishap != Mishap::Nothing) {
            self.gone.remove(words);
        }
        let is_done = match dies {
            Some(_) => self.died(deed, &expected),
            None => self.lived(deed, &done, expected, (mishap, other)),
        };
        if let (Deed::Purge(words), true) = (deed, is_done) {
            self.gone.insert(*words);
        }
        self.look(deed);
    }

    /// The old or the new one, and nothing in between; whoever comes next clears up.
    fn died(&mut self, deed: &Deed, expected: &Result<Seen, ()>) -> bool {
        let repaired = self.target.repair();
        assert!(repaired.is_ok() || self.target.read().unwrap().record.generation == 0, "{repaired:?}");
        let now = really(self.target);
        let is_done = expected.as_ref() == Ok(&now);
        assert!(now == self.seen || is_done, "{deed:?} died: {now:?}");
        self.seen = now;
        is_done
    }

    /// What was said is true. Whoever took over published a preview, and both are there.
    fn lived(
        &mut self,
        deed: &Deed,
        done: &Result<Option<Done>, Trouble>,
        expected: Result<Seen, ()>,
        (mishap, other): (Mishap, String),
    ) -> bool {
        let was_taken_over =
            mishap != Mishap::Nothing && self.target.read().unwrap().record.trees.contains_key(&other);
        match (done, &expected) {
            (Ok(_), Ok(_)) | (Err(Trouble::Refused(_)), Err(())) if was_taken_over => {}
            // What the other one published is not read yet; to be called again.
            (Err(Trouble::Refused(_)), Ok(_)) if was_taken_over && matches!(deed, Deed::Purge(_)) => {}
            (Ok(Some(Done::Same)), Ok(next)) => assert_eq!(*next, self.seen, "{deed:?}"),
            (Ok(Some(Done::Changed)), Ok(next)) => assert_ne!(*next, self.seen, "{deed:?}"),
            (Ok(None), Ok(_)) | (Err(Trouble::Refused(_)), Err(())) => {}
            other => panic!("{deed:?} on {:?}: {other:?}", self.seen),
        }
        if let (Ok(_), Ok(next)) = (done, expected) {
            self.seen = next;
        }
        if was_taken_over {
            self.seen.trees.insert(other, OTHERS);
        }
        done.is_ok()
    }

    fn roll_back(&mut self, back: usize, dies: Option<usize>, id: &str) {
        let older = self.target.generations().unwrap().into_iter().filter(|one| !one.is_current).nth(back);
        let Some(older) = older else { return };
        let held = self.known.get(&older.name).cloned();
        let restored = Change::Restore(Box::new(self.target.generation(&older.name).unwrap()));
        if let Some(steps) = dies {
            self.disk.kill_after(steps);
        }
        let done = self.target.change(&mut *planner(&restored, id));
        self.disk.revive();
        if dies.is_some() {
            self.target.repair().unwrap();
        } else {
            done.unwrap();
        }
        // A generation that a dead publisher never showed is not in the model, but it is whole.
        let now = really(self.target);
        if let Some(held) = held {
            assert!(now == held || dies.is_some() && now == self.seen, "died after {dies:?}: {now:?}");
        }
        self.seen = now;
        self.look(&Deed::Rollback(back));
    }

    fn look(&mut self, deed: &Deed) {
        assert_eq!(really(self.target), self.seen, "after {deed:?}");
        for words in &self.gone {
            assert!(!self.disk.holds(&said(*words)), "after {deed:?}: what was taken out is there");
        }
        let record = self.target.read().unwrap().record;
        if record.generation > 0 {
            let found = self.target.verify(true).unwrap();
            assert!(found.is_whole(), "after {deed:?}: {found:?}");
            self.known.insert(record.name(), self.seen.clone());
            let current = self.target.read().unwrap();
            assert_eq!(cxbook::editions::dead_ends(&current), Vec::<String>::new(), "after {deed:?}");
        }
    }
}

fn deed() -> impl Strategy<Value = Deed> {
    let name = || prop::sample::select(vec!["01-01", "02-01", "03-01", "next", "preview/x"]);
    let alias = || prop::sample::select(vec!["latest", "stable", "03-01"]);
    let publish = (name(), 0..3_u8, prop::option::of(alias()), any::<bool>())
        .prop_map(|(name, words, alias, may_move)| Deed::Publish { name, words, alias, may_move });
    let lead =
        (alias(), name(), any::<bool>()).prop_map(|(name, to, may_move)| Deed::Alias { name, to, may_move });
    prop_oneof![
        6 => publish,
        3 => lead,
        1 => name().prop_map(Deed::Drop),
        2 => (0..3_usize).prop_map(Deed::Rollback),
        1 => (0..3_usize).prop_map(Deed::Forget),
        1 => Just(Deed::Repair),
        2 => (0..3_u8).prop_map(Deed::Purge),
    ]
}

pub(super) fn deeds() -> impl Strategy<Value = Vec<(Deed, Mishap)>> {
    let mishap = prop_oneof![
        5 => Just(Mishap::Nothing),
        3 => (0..60_usize).prop_map(Mishap::Dies),
        3 => (0..90_usize).prop_map(Mishap::Sleeps),
    ];
    prop::collection::vec((deed(), mishap), 1..16)
}

pub(super) fn play(target: &dyn Target, disk: &dyn Mortal, deeds: &[(Deed, Mishap)]) {
    let (known, seen, gone) = (BTreeMap::new(), Seen::default(), BTreeSet::new());
    let mut room = Room { target, disk, known, seen, gone, made: 0 };
    for (deed, mishap) in deeds {
        room.play(deed, *mishap);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_folder_does_what_the_model_does(deeds in deeds()) {
        let disk = super::stopped::Stopping::new(std::rc::Rc::default());
        play(&DirTarget::new(&disk, root()).with_patience(Duration::ZERO), &disk, &deeds);
    }

    #[test]
    fn a_bundle_does_what_the_model_does(deeds in deeds()) {
        let disk = MemoryDisk::default();
        play(&BundleTarget::new(&disk, Path::new("/srv/site.tar")), &disk, &deeds);
    }
}
