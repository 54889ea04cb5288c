//! `cxbook serve`: the book in a browser, while it is being written.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::{Arc, Mutex, PoisonError};

use super::args_starting::ServeArgs;
use super::speak::Voice;
use super::{FINE, input};
use crate::diag::{Finding, Level};
use crate::model::Date;
use crate::pipeline::Options;
use crate::serve::{News, Server, Settings};
use crate::system::{OsSystem, System, show_in_browser};

pub(super) fn run(system: OsSystem, args: &ServeArgs, voice: &Voice) -> Result<u8, String> {
    let settings = settings(&system, args)?;
    let is_local = settings.address.is_loopback();
    let (teller, before) = (voice.clone(), Mutex::new(Vec::new()));
    let listener = move |news: &News| {
        tell(news, &mut before.lock().unwrap_or_else(PoisonError::into_inner), &teller);
    };
    let server = Server::start(Arc::new(system), settings, Box::new(listener))?;
    let port = server.address().port();
    let address = match (is_local, args.allow_host.first()) {
        (false, Some(name)) => format!("http://{name}:{port}/"),
        (false, None) => format!("http://127.0.0.1:{port}/"),
        (true, _) => format!("http://{}/", server.address()),
    };
    println!("{address}");
    voice.say("The page follows each change you save. Ctrl+C ends it.");
    if !is_local {
        voice.say("Everybody who reaches this computer can read the book now, drafts and unpublished pages included.");
    }
    if server.is_polling() && !args.poll {
        voice.say("This disk does not tell of changes, so cxbook looks every second.");
    }
    if args.open && show_in_browser(&address).is_err() {
        voice.say("No browser could be opened; open the address yourself.");
    }
    server.wait();
    Ok(FINE)
}

fn settings(system: &dyn System, args: &ServeArgs) -> Result<Settings, String> {
    let address = match args.host.trim_matches(['[', ']']) {
        "localhost" => IpAddr::V4(Ipv4Addr::LOCALHOST),
        other => other.parse().map_err(|_| {
            format!("--host \"{other}\" is not an address of this computer; write it like 127.0.0.1 or 192.168.1.20")
        })?,
    };
    if !address.is_loopback() && args.allow_host.is_empty() {
        return Err(format!(
            "--host {} lets others reach the preview, drafts included. Say with --allow-host NAME by which name they call this \
             computer, such as --allow-host {}; without --host only you reach it",
            args.host,
            if address.is_unspecified() { "my-computer.example".to_owned() } else { address.to_string() }
        ));
    }
    if let Some(name) = args.allow_host.iter().find(|name| !is_name(name)) {
        return Err(format!(
            "--allow-host \"{name}\" is not the name of a computer; leave out http:// and the port"
        ));
    }
    let as_of = args.as_of.as_deref().map(|text| {
        let wrong = || format!("--as-of \"{text}\" is not a date; write it like 2026-10-15");
        Date::parse(text).ok_or_else(wrong)
    });
    let options = Options {
        edition: None,
        drafts: args.drafts,
        as_of: as_of.transpose()?,
        today: input::today(system)?,
        site_url: None,
        within: None,
    };
    Ok(Settings {
        folder: args.folder.clone(),
        address,
        port: args.port,
        names: args.allow_host.clone(),
        options,
        read_only: args.read_only,
        polls: args.poll,
        follows_clock: system.variable("SOURCE_DATE_EPOCH").is_none(),
    })
}

/// Whether a name can stand in the address of a page, without a port.
fn is_name(name: &str) -> bool {
    let plain = |name: &str| name.bytes().all(|sign| sign.is_ascii_alphanumeric() || b"-.".contains(&sign));
    let bracketed = name.strip_prefix('[').and_then(|name| name.strip_suffix(']'));
    let is_v6 = bracketed.is_some_and(|name| name.parse::<std::net::Ipv6Addr>().is_ok());
    !name.is_empty() && (plain(name) || is_v6)
}

/// Says what is new: every grave finding once, and how many there are.
fn tell(news: &News, before: &mut Vec<Finding>, voice: &Voice) {
    if !news.trouble.is_empty() {
        voice.trouble(&news.trouble);
    }
    let is_fresh = |finding: &&Finding| {
        finding.level > Level::Note && !before.contains(finding) && news.trouble.is_empty()
    };
    let fresh: Vec<Finding> = news.findings.iter().filter(is_fresh).cloned().collect();
    voice.findings_aside(&fresh, &news.sources);
    if news.is_final && news.trouble.is_empty() {
        voice.counts(&news.findings);
    }
    before.clone_from(&news.findings);
}
