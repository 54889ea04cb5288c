//! `cxbook verify`: looks whether a target holds what was published.

use serde_json::json;

use super::super::args_publishing::{TellFormat, VerifyArgs};
use super::super::speak::Voice;
use super::super::{FINDINGS, FINE};
use super::whereto;
use crate::model::grouped;
use crate::system::System;

pub(in super::super) fn run(system: &dyn System, args: &VerifyArgs, voice: &Voice) -> Result<u8, String> {
    let to = whereto::open(system, &args.place)?;
    let found = to.target.verify(args.deep).map_err(|trouble| trouble.to_string())?;
    if args.place.format == TellFormat::Json {
        let report = json!({
            "schema": 1, "target": to.shown, "whole": found.is_whole(), "deep": args.deep, "files": found.files,
            "missing": found.missing, "changed": found.changed, "foreign": found.foreign, "wrong": found.wrong,
        });
        println!("{report}");
    } else {
        for (words, files) in [
            ("missing", &found.missing),
            ("changed", &found.changed),
            ("not ours", &found.foreign),
            ("wrong", &found.wrong),
        ] {
            files.iter().for_each(|file| println!("{words}: {file}"));
        }
        let files = grouped(found.files as u64);
        let how = if args.deep { "every byte" } else { "which files are there" };
        voice.say(&if found.is_whole() {
            format!("Looked at {files} files, {how}: all is as it was published.")
        } else {
            format!("Looked at {files} files, {how}: not all is as it was published. cxbook repair mends what it can.")
        });
    }
    Ok(if found.is_whole() { FINE } else { FINDINGS })
}
