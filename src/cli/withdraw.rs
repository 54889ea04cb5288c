//! `cxbook withdraw`: strikes a quote out of every build from now on.

use super::args::WithdrawArgs;
use super::speak::Voice;
use super::{FINDINGS, FINE};
use crate::diag::{Level, did_you_mean, worst};
use crate::folder;
use crate::load::{self, Draft, RawQuote, WITHDRAWN};
use crate::model::{Date, is_valid_id, slug};
use crate::source::Sources;
use crate::system::System;

pub(super) fn run(system: &dyn System, args: &WithdrawArgs, voice: &Voice) -> Result<u8, String> {
    let input = super::input::Input::read(system, &args.moment())?;
    let draft = load::load(&input.sources).value;
    let id = args.quote.trim();
    let standing: Vec<&RawQuote> = draft.quotes.iter().filter(|quote| slug(&quote.id) == slug(id)).collect();
    if let Some(refusal) = refusal(id, &standing, &draft, args.gone) {
        return Err(refusal);
    }
    let path = format!("{}/{WITHDRAWN}", draft.config.src);
    let already = draft.withdrawn.iter().find(|entry| slug(&entry.quote) == slug(id));
    match already {
        Some(entry) => voice.say(&format!("The quote \"{id}\" was withdrawn on {} already.", entry.date)),
        None => {
            let text = with_entry(&input.sources, &path, id, input.options.today, args.reason.as_deref());
            let mut after = input.sources.clone();
            after.insert_text(path.as_str(), text.as_str());
            let before = load::load(&input.sources).findings;
            let findings: Vec<_> =
                load::load(&after).findings.into_iter().filter(|finding| !before.contains(finding)).collect();
            voice.findings_aside(&findings, &after);
            if worst(&findings) == Some(Level::Error) {
                voice.say("Nothing was written.");
                return Ok(FINDINGS);
            }
            let written =
                folder::save(system, &input.folder.join(&path), input.sources.text(path.as_str()), &text);
            written.map_err(|error| format!("{path} {error}"))?;
            voice.say(&format!("Wrote it to {path}: the quote \"{id}\" is in no build from now on."));
        }
    }
    for quote in &standing {
        let (file, line) = (&quote.place.file, quote.place.line.max(1));
        println!("{file}:{line}");
        voice.say(&format!("It still stands in {file}, line {line}. Delete it there too."));
    }
    if standing.is_empty() {
        voice.say("No file of this book holds it any more.");
    }
    if let Some(published) = &draft.published {
        let held = if published.held(id) { "held it" } else { "did not hold it" };
        voice.say(&format!("The last edition {held}, says published-quotes.json."));
    }
    voice.say(
        "Sites that were built before and editions that are out still hold it: an edition never changes. docs/PUBLISHING.md \
         says how to take such an edition down.",
    );
    Ok(FINE)
}

/// Why a quote cannot be withdrawn by this name.
fn refusal(id: &str, standing: &[&RawQuote], draft: &Draft, gone: bool) -> Option<String> {
    if id.is_empty() || id.chars().any(char::is_control) {
        return Some("the id of a quote is a short text in one line".to_owned());
    }
    if let Some(quote) = standing.iter().find(|quote| !quote.has_own_id) {
        let (file, line) = (&quote.place.file, quote.place.line.max(1));
        return Some(format!(
            "the quote in {file}, line {line} has no id of its own and would be published again when its place changes. \
             Delete it there, or give it an id first"
        ));
    }
    if standing.is_empty() && !gone && draft.withdrawn.iter().all(|entry| slug(&entry.quote) != slug(id)) {
        let known = draft.quotes.iter().map(|quote| quote.id.as_str());
        let help = did_you_mean(id, known.filter(|known| is_valid_id(known)));
        return Some(format!(
            "no quote has the id \"{id}\". {help} If its file no longer holds it, add --gone"
        ));
    }
    None
}

/// The list with one more entry. JSON's quotation marks are YAML's too.
fn with_entry(sources: &Sources, path: &str, id: &str, today: Date, reason: Option<&str>) -> String {
    let comment = "# Quotes that may not be built any more. cxbook withdraw adds to this list.\n";
    let mut text = sources.text(path).map_or_else(|| comment.to_owned(), str::to_owned);
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    let id = serde_json::Value::from(id);
    text.push_str(&format!("- quote: {id}\n  date: {today}\n"));
    if let Some(reason) = reason {
        text.push_str(&format!("  reason: {reason}\n"));
    }
    text
}
