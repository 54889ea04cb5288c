//! `cxbook publish`: builds an edition and lets readers see it, at once or not at all.

use super::super::args::MomentArgs;
use super::super::args_publishing::{PublishArgs, TellFormat};
use super::super::input::Input;
use super::super::speak::Voice;
use super::super::{FINDINGS, FINE, TROUBLE};
use super::whereto::Whereto;
use super::{key, record, tell, whereto};
use crate::editions::{About, Change, Current, FACTS, Facts, Fresh, Spot, Told, Within};
use crate::model::Config;
use crate::pipeline;
use crate::privacy::PublicBook;
use crate::publish::Trouble;
use crate::system::System;

pub(in super::super) fn run(system: &dyn System, args: &PublishArgs, voice: &Voice) -> Result<u8, Trouble> {
    let spot = spot(args)?;
    let to = whereto::open(system, &args.place)?;
    let current = to.target.read()?;
    let mut input = read(system, args, &spot)?;
    let config = crate::config::load(&input.sources).value;
    let as_of = input.options.as_of.or(config.as_of).unwrap_or(input.options.today).to_string();
    let aliases = match (spot.is_frozen(), args.alias.as_slice()) {
        (false, _) => Vec::new(),
        (true, []) => {
            to.settings.aliases.iter().filter(|name| follows(&current, name, &as_of)).cloned().collect()
        }
        (true, typed) => typed.to_vec(),
    };
    let address = address(args, &config);
    input.options.site_url = address.as_ref().map(|address| format!("{address}{}/", spot.folder()));
    let since = since(&current, &spot);
    let told = since.as_deref().map(|since| told(&to, &current, since)).transpose()?;
    input.options.within = Some(Within { spot: spot.clone(), alias: aliases.first().cloned(), since: told });
    let built = pipeline::build(&input.sources, &input.options);
    if !voice.may_go_on(&built.findings, &input.sources) {
        voice.say("Nothing was published; readers see what they saw before.");
        if args.place.format == TellFormat::Json {
            tell::stopped(&Trouble::Refused(
                "the book has errors; cxbook check --format json lists them".to_owned(),
            ));
        }
        return Ok(FINDINGS);
    }
    let book = pipeline::public_book(&input.sources, &input.options).value;
    let about = about(system, &book, address, since);
    let mut fresh = Fresh::new(spot.clone(), &built.value, about)?;
    fits(&fresh, to.settings.max_edition_mb)?;
    let signer = key::signer(system, &args.sign)?;
    if let Some(signer) = &signer {
        let signature = signer.sign(fresh.manifest())?;
        fresh.sign(signature);
    }
    let move_aliases = args.move_alias || args.alias.is_empty();
    let change = Change::Publish { fresh: Box::new(fresh), aliases, move_aliases, renamed: args.renamed };
    let (code, plan) =
        tell::carry_out(system, &to, &change, args.plan, signer.as_ref(), (args.place.format, voice))?;
    if code == FINE && plan.is_some() && !args.plan && spot.is_frozen() {
        if let Err(why) = record::write(system, &input, &book) {
            voice.trouble(&why);
            return Ok(TROUBLE);
        }
        if args.place.format == TellFormat::Human {
            voice.say(
                "Wrote published.json and published-quotes.json beside book.toml; keep them with the book.",
            );
        }
    }
    Ok(code)
}

fn spot(args: &PublishArgs) -> Result<Spot, String> {
    match (&args.edition, &args.channel) {
        (Some(id), _) => match Spot::parse(id)? {
            edition @ Spot::Edition(_) => Ok(edition),
            channel => Err(format!("\"{id}\" is a channel; write --channel {}", channel.folder())),
        },
        (None, Some(name)) => match Spot::parse(name)? {
            Spot::Edition(_) => Err(format!("--channel is next or preview/NAME, not \"{name}\"")),
            channel => Ok(channel),
        },
        (None, None) => Err("add --edition with a name like 2026-q3, or --channel next".to_owned()),
    }
}

/// An edition stays for ever, so one that grew by accident is better seen before.
fn fits(fresh: &Fresh, limit: Option<u64>) -> Result<(), String> {
    let (bytes, Some(limit)) = (fresh.bytes(), limit) else { return Ok(()) };
    if bytes <= limit * 1_000_000 {
        return Ok(());
    }
    let largest = fresh.largest(3).into_iter();
    let largest: Vec<String> =
        largest.map(|(path, bytes)| format!("{path} with {:.1} MB", bytes as f64 / 1e6)).collect();
    Err(format!(
        "{} has {:.1} MB, and max-edition-mb of book.toml allows {limit}. The largest files are {}. Make them smaller, or \
         allow more",
        fresh.spot.title(),
        bytes as f64 / 1e6,
        largest.join(", ")
    ))
}

/// Whether an alias of book.toml goes to an edition of this date: not away from a newer one.
fn follows(current: &Current, alias: &str, as_of: &str) -> bool {
    let now = current.record.aliases.get(alias).and_then(|folder| current.record.trees.get(folder));
    now.is_none_or(|now| now.as_of.as_str() <= as_of)
}

/// Reads the book. What readers can see is held to the rules of an edition, on a channel too.
fn read(system: &dyn System, args: &PublishArgs, spot: &Spot) -> Result<Input, String> {
    let moment = MomentArgs { folder: args.place.folder.clone(), as_of: args.as_of.clone(), edition: None };
    let mut input = Input::read(system, &moment)?;
    input.options.edition = Some(spot.folder());
    Ok(input)
}

/// Address of the whole site, ending with a slash.
fn address(args: &PublishArgs, config: &Config) -> Option<String> {
    let url = args.site_url.as_ref().or(config.site_url.as_ref())?;
    Some(format!("{}/", url.trim_end_matches('/')))
}

/// The edition that the new one is compared with: what an edition was compared with once stays; otherwise the newest other.
fn since(current: &Current, spot: &Spot) -> Option<String> {
    let folder = spot.folder();
    if let Some(tree) = current.record.trees.get(&folder).filter(|_| spot.is_frozen()) {
        return tree.since.clone();
    }
    let editions = current.record.editions();
    editions.iter().rev().map(|(id, _)| (*id).to_owned()).find(|id| *id != folder)
}

/// What that edition said.
fn told(to: &Whereto, current: &Current, since: &str) -> Result<Told, Trouble> {
    let failed = |why: String| {
        format!("edition {since} cannot be compared with: {FACTS}: {why}; cxbook verify looks closer")
    };
    let file = to.target.file(&format!("{since}/{FACTS}"));
    let facts = Facts::parse(&file.map_err(|trouble| trouble.said(failed))?).map_err(failed)?;
    Ok(Told { facts, pages: current.pages.get(since).cloned().unwrap_or_default() })
}

fn about(system: &dyn System, book: &PublicBook, address: Option<String>, since: Option<String>) -> About {
    let config = book.config();
    About {
        book: config.title.clone(),
        language: config.language.clone(),
        address,
        as_of: book.as_of().to_string(),
        data_to: book.data_to().map(|date| date.to_string()),
        tool: concat!("cxbook ", env!("CARGO_PKG_VERSION")).to_owned(),
        source: commit(system),
        since,
    }
}

/// The commit that is being built, as the common CI systems tell it.
fn commit(system: &dyn System) -> Option<String> {
    let told = ["CXBOOK_SOURCE_COMMIT", "GITHUB_SHA", "CI_COMMIT_SHA"]
        .into_iter()
        .find_map(|name| system.variable(name));
    let is_commit =
        |text: &String| (7..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    told.map(|text| text.trim().to_ascii_lowercase()).filter(is_commit)
}
