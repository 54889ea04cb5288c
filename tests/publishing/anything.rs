//! Whatever lies in a target: any bytes end in words about it, never in a panic, and what was whole is not lost.

use std::path::Path;
use std::time::Duration;

use cxbook::editions::{
    Facts, Listing, Manifest, Pages, Record, Spot, check_name, is_generation, is_safe_path,
};
use cxbook::publish::{BundleTarget, DirTarget, Prover, Signer, Target, Trouble};
use cxbook::system::{Disk, MemoryDisk};
use proptest::prelude::*;

use super::made::{planner, publish, root, usual};

/// A change of some bytes at a place.
#[derive(Debug, Clone)]
enum Slip {
    Cut(usize),
    Put(usize, Vec<u8>),
    Drop(usize, usize),
    Twice(usize, usize),
}

fn slips() -> impl Strategy<Value = Vec<Slip>> {
    let odd = prop::sample::select(vec![
        &b"\""[..],
        b"\0",
        b"\xff\xfe",
        b"../../etc/passwd",
        b"{}",
        b"[]",
        b"null",
        b"18446744073709551616",
        b"-1",
        b"\n",
        b"  ",
        b".cx/",
        b"assets/",
    ]);
    let bytes = prop_oneof![odd.prop_map(<[u8]>::to_vec), prop::collection::vec(any::<u8>(), 1..6)];
    let place = || 0..100_000_usize;
    let one = prop_oneof![
        place().prop_map(Slip::Cut),
        (place(), bytes).prop_map(|(at, bytes)| Slip::Put(at, bytes)),
        (place(), 1..600_usize).prop_map(|(at, length)| Slip::Drop(at, length)),
        (place(), 1..600_usize).prop_map(|(at, length)| Slip::Twice(at, length)),
    ];
    prop::collection::vec(one, 1..4)
}

fn damaged(bytes: &[u8], slips: &[Slip]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for slip in slips {
        let length = bytes.len().max(1);
        match slip {
            Slip::Cut(at) => bytes.truncate(at % length),
            Slip::Put(at, fresh) => {
                for (number, byte) in fresh.iter().enumerate() {
                    if let Some(old) = bytes.get_mut(at % length + number) {
                        *old = *byte;
                    }
                }
            }
            Slip::Drop(at, most) => {
                let (from, to) = (at % length, (at % length + most).min(bytes.len()));
                bytes.drain(from.min(to)..to);
            }
            Slip::Twice(at, most) => {
                let (from, to) = (at % length, (at % length + most).min(bytes.len()));
                let part = bytes[from.min(to)..to].to_vec();
                bytes.extend(part);
            }
        }
    }
    bytes
}

/// What a trouble says is a sentence for somebody, and not the inside of the program.
fn is_said(words: &str) -> bool {
    words.len() > 20 && words.contains(' ') && !words.contains("panicked") && !words.contains("unwrap")
}

/// Reads, looks, publishes and mends; whatever is said is said well.
fn call_everything(target: &dyn Target) -> Result<(), TestCaseError> {
    let note = |done: Result<(), Trouble>| match done {
        Err(trouble) => prop_assert_ok(is_said(&trouble.to_string()), &trouble),
        Ok(()) => Ok(()),
    };
    note(target.read().map(|_| ()))?;
    note(target.files(&|_| true).map(|_| ()))?;
    for deep in [false, true] {
        note(target.verify(deep).map(|_| ()))?;
    }
    note(target.generations().map(|_| ()))?;
    note(target.generation("2-made").map(|_| ()))?;
    note(target.change(&mut *planner(&publish(usual("03-01")), "new")).map(|_| ()))?;
    note(target.repair().map(|_| ()))?;
    note(target.forget(1, true).map(|_| ()))
}

fn prop_assert_ok(is_fine: bool, trouble: &Trouble) -> Result<(), TestCaseError> {
    if is_fine { Ok(()) } else { Err(TestCaseError::fail(format!("{trouble:?}"))) }
}

fn folder() -> MemoryDisk {
    let disk = MemoryDisk::default();
    for name in ["01-01", "02-01"] {
        target(&disk).change(&mut *planner(&publish(usual(name)), "made")).unwrap();
    }
    disk
}

fn target(disk: &MemoryDisk) -> DirTarget<'_> {
    DirTarget::new(disk, root()).with_patience(Duration::ZERO)
}

const STEERING: [&str; 6] = [
    "record.json",
    "files.sha256",
    "site/02-01/pages.json",
    "site/versions.json",
    "site/02-01/cxbook-manifest.json",
    "site/editions.js",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_damage_of_a_folder_is_said(name in prop::sample::select(STEERING.to_vec()), slips in slips()) {
        let disk = folder();
        let old = disk.files(&root().join(".cx/releases/1-made/site"));
        let path = root().join(".cx/releases/2-made").join(name);
        let bytes = disk.read(&path).unwrap().unwrap();
        disk.damage(&path, &damaged(&bytes, &slips));
        call_everything(&target(&disk))?;
        // The generation before is as it was, unless it was forgotten after all was well; what is the same file is damaged too.
        let now = disk.files(&root().join(".cx/releases/1-made/site"));
        let own = name.rsplit('/').next().unwrap();
        let is_kept = old.iter().all(|(path, bytes)| now.get(path) == Some(bytes) || path.ends_with(own));
        prop_assert!(is_kept || now.is_empty());
        let shown = disk.files(&root().join("current"));
        prop_assert_eq!(shown.get("01-01/index.html"), old.get("01-01/index.html"));
    }

    #[test]
    fn any_bundle_is_read_or_refused(slips in slips()) {
        let (disk, file) = (MemoryDisk::default(), Path::new("/srv/site.tar"));
        let target = BundleTarget::new(&disk, file);
        target.change(&mut *planner(&publish(usual("01-01")), "made")).unwrap();
        let bytes = disk.read(file).unwrap().unwrap();
        let other = damaged(&bytes, &slips);
        disk.damage(file, &other);
        match target.change(&mut *planner(&publish(usual("03-01")), "new")) {
            Err(trouble) => {
                prop_assert!(is_said(&trouble.to_string()));
                prop_assert_eq!(disk.read(file).unwrap().unwrap(), other, "it is left as it is");
            }
            // What was there before is in it still.
            Ok(_) => prop_assert_eq!(target.read().unwrap().record.editions().len(), 2),
        }
        call_everything(&target)?;
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400), text in "\\PC{0,80}") {
        for bytes in [bytes.as_slice(), text.as_bytes()] {
            let _ = (Record::parse(bytes).is_ok(), Manifest::parse(bytes).is_ok());
            let _ = (Pages::parse(bytes).is_ok(), Facts::parse(bytes).is_ok());
            let disk = MemoryDisk::default();
            disk.make_folder(root()).unwrap();
            disk.create(&root().join("site.tar"), bytes).unwrap();
            call_everything(&BundleTarget::new(&disk, &root().join("site.tar")))?;
        }
        prop_assert!(Signer::new(&text, Some(String::new())).is_err() && Prover::new(&text).is_err());
        // What is accepted is safe.
        if is_safe_path(&text) {
            let path = Path::new(&text);
            prop_assert!(path.components().all(|part| matches!(part, std::path::Component::Normal(_))), "{}", text);
            prop_assert!(!text.contains(['\\', '\n', ':']) && !text.starts_with('.'));
        }
        if let Ok(listing) = Listing::parse(&text) {
            prop_assert_eq!(listing.text(), text.clone());
        }
        prop_assert!(!is_generation(&text) || !text.contains(['/', '.', '\\']));
    }

    #[test]
    fn any_name_is_a_folder_or_refused(name in "(preview/)?([a-z0-9._/ -]{0,12}|(assets|next|latest|\\.cx)[a-z/]{0,2})|\\PC{0,20}") {
        if let Ok(spot) = Spot::parse(&name) {
            prop_assert_eq!(spot.folder(), name.clone());
            prop_assert!(is_safe_path(&name));
            prop_assert!(name.split('/').count() <= 2 && name.split('/').next() != Some("assets"));
        }
        prop_assert!(check_name(&name).is_err() || name.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'/'));
    }
}
