//! `cxbook verify`: whether everything is there as it was published, on the target, on the server and across editions.

use serde_json::json;

use super::super::args_publishing::{TellFormat, VerifyArgs};
use super::super::speak::Voice;
use super::super::{FINDINGS, FINE};
use super::whereto::Whereto;
use super::{key, whereto};
use crate::editions::{DeadLink, dead_ends, dead_links};
use crate::model::grouped;
use crate::publish::{Prover, Served, Trouble, served};
use crate::system::{OsWeb, System};

/// What was asked for besides a look at the target.
#[derive(Default)]
struct More {
    /// What a server sends.
    served: Option<Served>,
    /// Links and choices that lead nowhere.
    dead: Option<Vec<String>>,
    /// What is not as CI built it.
    doubts: Option<Vec<String>>,
    /// The generation that was held against its signature: its number, what was done, and when.
    proven: Option<(u64, String, String)>,
}

impl More {
    fn is_whole(&self) -> bool {
        let none = |list: &Option<Vec<String>>| list.as_ref().is_none_or(Vec::is_empty);
        none(&self.dead)
            && none(&self.doubts)
            && self.served.as_ref().is_none_or(|served| served.found.is_whole())
    }
}

pub(in super::super) fn run(system: &dyn System, args: &VerifyArgs, voice: &Voice) -> Result<u8, Trouble> {
    let to = whereto::open(system, &args.place)?;
    let prover = args.key.as_deref().map(|typed| key::prover(system, typed)).transpose()?;
    let found = to.target.verify(args.deep)?;
    // What cannot be read is said above; there is nothing to compare it with then.
    let more = match more(args, &to, prover.as_ref()) {
        Err(why) if found.wrong.is_empty() => return Err(why),
        Err(_) => More::default(),
        Ok(more) => more,
    };
    let is_whole = found.is_whole() && more.is_whole();
    let served = more.served.as_ref();
    if args.place.format == TellFormat::Json {
        let report = json!({
            "schema": 1, "target": to.shown, "whole": is_whole, "deep": args.deep, "files": found.files,
            "missing": found.missing, "changed": found.changed, "foreign": found.foreign, "wrong": found.wrong,
            "dead": more.dead, "unproven": more.doubts, "generation": more.proven.as_ref().map(|(number, ..)| number),
            "served": served.map(|served| json!({
                "files": served.found.files, "missing": served.found.missing, "changed": served.found.changed,
                "wrong": served.found.wrong, "advice": served.advice,
            })),
        });
        println!("{report}");
        return Ok(if is_whole { FINE } else { FINDINGS });
    }
    for (words, lines) in [
        ("missing", Some(&found.missing)),
        ("changed", Some(&found.changed)),
        ("not ours", Some(&found.foreign)),
        ("wrong", Some(&found.wrong)),
        ("not served", served.map(|served| &served.found.missing)),
        ("served with other bytes", served.map(|served| &served.found.changed)),
        ("served otherwise", served.map(|served| &served.found.wrong)),
        ("leads nowhere", more.dead.as_ref()),
        ("not proven", more.doubts.as_ref()),
        ("better", served.map(|served| &served.advice)),
    ] {
        lines.into_iter().flatten().for_each(|line| println!("{words}: {line}"));
    }
    let files = grouped(found.files as u64);
    let how = if args.deep { "every byte" } else { "which files are there" };
    let verdict = match is_whole {
        true => "all is as it was published.",
        false if found.is_whole() => "the target is as it was published; what is said above is not.",
        false => "not all is as it was published. cxbook repair mends what it can.",
    };
    voice.say(&format!("Looked at {files} files, {how}: {verdict}"));
    if let Some((number, action, at)) = more.proven.filter(|_| is_whole) {
        voice.say(&format!("All of it was signed with that key, for generation {number}: {action}, {at}."));
    }
    Ok(if is_whole { FINE } else { FINDINGS })
}

fn more(args: &VerifyArgs, to: &Whereto, prover: Option<&Prover>) -> Result<More, Trouble> {
    let mut more = More::default();
    if args.http.is_none() && !args.links && prover.is_none() {
        return Ok(more);
    }
    let current = to.target.read()?;
    if args.links || prover.is_some() {
        let wanted = |path: &str| prover.is_some() || path.ends_with(".html");
        let files = to.target.files(&wanted)?;
        more.doubts = prover.map(|prover| prover.doubts(&current, &files));
        let record = &current.record;
        more.proven = prover.map(|_| (record.generation, record.action.clone(), record.at.clone()));
        if args.links {
            let pages = files.iter().map(|(path, bytes)| (path.clone(), bytes.as_slice()));
            let links = dead_links(&current.record, &current.files, pages);
            let words = links.iter().map(DeadLink::words);
            more.dead = Some(dead_ends(&current).into_iter().chain(words).collect());
        }
    }
    if let Some(address) = &args.http {
        more.served = Some(served(&current, address, &OsWeb::default())?);
    }
    Ok(more)
}
