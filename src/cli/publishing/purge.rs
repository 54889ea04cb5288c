//! `cxbook purge`: takes a quote, a page or other words out of everything that is published.

use super::super::FINE;
use super::super::args_publishing::{PurgeArgs, TellFormat};
use super::super::input::today;
use super::super::speak::Voice;
use super::whereto::Whereto;
use super::{key, tell, whereto};
use crate::editions::{Change, Current, Purge, Wanted, is_read};
use crate::load;
use crate::model::slug;
use crate::publish::{Signer, Trouble};
use crate::system::System;

pub(in super::super) fn run(system: &dyn System, args: &PurgeArgs, voice: &Voice) -> Result<u8, Trouble> {
    // Without a quote, the first word that is typed is the book's folder.
    let mut args = args.clone();
    if let Some(folder) = args
        .quote
        .take_if(|quote| system.real_path(&std::path::Path::new(quote.as_str()).join("book.toml")).is_some())
    {
        args.place.folder = folder.into();
    }
    if args.quote.is_none() && args.page.is_none() && args.words.is_none() {
        return Err("say what is to go: a quote's id, --page or --words".to_owned().into());
    }
    purge(system, &args, voice)
}

fn purge(system: &dyn System, args: &PurgeArgs, voice: &Voice) -> Result<u8, Trouble> {
    let wanted = wanted(system, args)?;
    let to = whereto::open(system, &args.place)?;
    let current = to.target.read()?;
    let texts = to.target.files(&is_read)?;
    let mut purge = match Purge::of(&current, &texts, &wanted) {
        Ok(purge) => purge,
        Err(why) => return finish(&to, &current, args, &why, voice),
    };
    let signer = key::signer(system, &args.sign)?;
    sign(signer.as_deref(), &mut purge)?;
    if args.plan && args.place.format == TellFormat::Human {
        voice.say("What was published before can then no longer be gone back to.");
    }
    let change = Change::TakeOut(Box::new(purge));
    let (code, plan) =
        tell::carry_out(system, &to, &change, args.plan, signer.as_ref(), (args.place.format, voice))?;
    if code == FINE && plan.is_some() && !args.plan && args.place.format == TellFormat::Human {
        voice.say(
            "It is in no edition, channel or alias any more, nor in an older generation. Copies may be left in browsers and \
             proxies, for as long as they keep pages; in feed readers and mails; in bundles and backups; on a git host in \
             commits that nothing leads to any more, until it clears up. Pictures were not looked at.",
        );
    }
    Ok(code)
}

/// Nothing holds it. A purge before may have died after readers saw the new generation; what it left goes now.
fn finish(
    to: &Whereto,
    current: &Current,
    args: &PurgeArgs,
    why: &str,
    voice: &Voice,
) -> Result<u8, Trouble> {
    if args.plan || current.record.floor == 0 {
        return Err(why.to_owned().into());
    }
    let done = to.target.repair()?;
    if done.is_empty() {
        return Err(why.to_owned().into());
    }
    done.iter().for_each(|words| voice.say(words));
    Ok(FINE)
}

fn wanted(system: &dyn System, args: &PurgeArgs) -> Result<Wanted, String> {
    let on = today(system)?.to_string();
    let mut wanted = Wanted { page: args.page.clone(), reason: args.reason.clone(), on, ..Wanted::default() };
    if let Some(page) = &mut wanted.page {
        *page = page.trim_start_matches('/').trim_end_matches(".html").to_owned();
    }
    if let Some(path) = &args.words {
        let failed = |why: String| format!("{} cannot be read: {why}", path.display());
        let text = system.read_text(path).map_err(|error| failed(error.to_string()))?;
        let text = text.ok_or_else(|| failed("there is no such file".to_owned()))?;
        wanted.texts =
            text.split("\n\n").map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect();
        if let Some(short) = wanted.texts.iter().find(|text| text.split_whitespace().count() < 3) {
            let length = short.split_whitespace().count();
            return Err(format!(
                "a passage of {} has {length} words, and so few stand in many texts by chance; write at least three in a row",
                path.display()
            ));
        }
    }
    if let Some(id) = &args.quote {
        stays_out(system, args, id)?;
        wanted.quote = Some(slug(id.trim()));
    }
    Ok(wanted)
}

/// A quote that the book still builds would come back with the next edition.
fn stays_out(system: &dyn System, args: &PurgeArgs, id: &str) -> Result<(), String> {
    let Ok(sources) = system.read_book(&args.place.folder, &[]) else { return Ok(()) };
    if sources.get("book.toml").is_none() {
        return Ok(());
    }
    let moment =
        super::super::args::MomentArgs { folder: args.place.folder.clone(), as_of: None, edition: None };
    let draft = load::load(&super::super::input::Input::read(system, &moment)?.sources).value;
    let is_built = draft.quotes.iter().any(|quote| slug(&quote.id) == slug(id));
    let is_withdrawn = draft.withdrawn.iter().any(|entry| slug(&entry.quote) == slug(id));
    if is_built && !is_withdrawn {
        return Err(format!(
            "the next edition would hold the quote \"{id}\" again; call cxbook withdraw {id} first"
        ));
    }
    Ok(())
}

/// An edition that was signed has to be signed again, or nobody could prove it any more.
fn sign(signer: Option<&Signer>, purge: &mut Purge) -> Result<(), String> {
    let signed: Vec<String> = purge.signed().map(str::to_owned).collect();
    if signed.is_empty() {
        return Ok(());
    }
    let signer = signer.ok_or_else(|| {
        format!(
            "{} is signed, and what is left of it has to be signed again; add --sign-key",
            signed.join(", ")
        )
    })?;
    purge.sign(&|manifest| signer.sign(manifest))
}
