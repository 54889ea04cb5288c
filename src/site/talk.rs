//! How a team talks with customers: days since the last time, the habit, what was learned.

use super::figure;
use super::frame::Spot;
use super::views::{CadenceView, ContactView, ConversationView, RefreshView, WeekView};
use crate::model::{Contact, Date, Page, PageKind, TeamId, day_count};

/// Complete weeks that are looked back on.
const WEEKS: i32 = 8;

/// Days that count as lately.
const LATELY: i32 = 30;

/// When and how often a team talked with customers; surveys do not count.
pub(super) struct Talks<'a> {
    /// Conversations, newest first.
    pub(super) talks: Vec<&'a Contact>,
    /// Surveys and reviews that are listed too.
    pub(super) read: usize,
    /// Days since the newest.
    pub(super) days: Option<i32>,
    /// `fresh`, `due`, `stale` or `never`.
    pub(super) band: &'static str,
    /// Conversations of the last thirty days.
    pub(super) lately: usize,
}

/// The conversations of a team.
pub(super) fn of<'a>(spot: &Spot<'a>, team: &TeamId) -> Talks<'a> {
    let (as_of, config) = (spot.site.book.as_of(), spot.site.book.config());
    let all = spot.site.book.contacts().iter().filter(|contact| contact.team == *team);
    let (talks, read): (Vec<&Contact>, Vec<&Contact>) = all.partition(|contact| contact.is_conversation());
    let days = talks.first().map(|contact| as_of.days_since(contact.date));
    Talks {
        read: read.len(),
        days,
        band: match days {
            None => "never",
            Some(days) if days <= config.talk_due => "fresh",
            Some(days) if days <= config.talk_stale => "due",
            Some(_) => "stale",
        },
        lately: talks.iter().filter(|contact| as_of.days_since(contact.date) <= LATELY).count(),
        talks,
    }
}

/// `Fresh`, `Due`, `Stale`, `No conversation recorded`.
pub(super) fn band_word(band: &str) -> &'static str {
    match band {
        "fresh" => "Fresh",
        "due" => "Due",
        "stale" => "Stale",
        _ => "No conversation recorded",
    }
}

/// The part of a team's page about talking with customers.
pub(super) fn contact(spot: &Spot<'_>, page: &Page) -> ContactView {
    let own = of(spot, &TeamId::new(page.id.as_str()));
    let name = &page.facts.title;
    let since = since(spot, name, own.days, own.talks.first().map(|contact| contact.date));
    ContactView {
        strip: figure::contact(spot, &own.talks, &since),
        band: own.band,
        band_word: band_word(own.band),
        recent: match own.lately {
            0 => "No conversation in the last 30 days".to_owned(),
            1 => "1 conversation in the last 30 days".to_owned(),
            lately => format!("{} conversations in the last 30 days", spot.locale().count(lately as u64)),
        },
        refresh: own.talks.first().map(|contact| refresh(spot, name, contact.date)),
        since,
        cadence: cadence(spot, page, &own.talks),
        surveys: match own.read {
            0 => String::new(),
            1 => "1 survey or review was read too. It is not counted: reading answers is not talking."
                .to_owned(),
            read => format!(
                "{} surveys and reviews were read too. They are not counted: reading answers is not talking.",
                spot.locale().count(read as u64)
            ),
        },
        latest: own.talks.iter().take(3).map(|contact| conversation(spot, contact)).collect(),
    }
}

/// What the small script of the page needs to count to the reader's own day.
fn refresh(spot: &Spot<'_>, team: &str, last: Date) -> RefreshView {
    let config = spot.site.book.config();
    RefreshView {
        last: last.to_string(),
        due: config.talk_due,
        stale: config.talk_stale,
        words: format!("days since {team} last talked with a customer"),
        day: spot.locale().day(last),
    }
}

fn since(spot: &Spot<'_>, team: &str, days: Option<i32>, last: Option<Date>) -> String {
    let (Some(days), Some(last)) = (days, last) else {
        return format!("{team} has no conversation with a customer on record");
    };
    let ago = match days {
        0 => format!("{team} talked with a customer on the day this book speaks for"),
        days if days > 365 => format!("Over a year ({days} days) since {team} last talked with a customer"),
        days => format!("{} since {team} last talked with a customer", day_count(days)),
    };
    let (last, as_of) = (spot.locale().day(last), spot.locale().day(spot.site.book.as_of()));
    format!("{ago} ({last}; as of {as_of})")
}

/// The habit a team set itself, week by week. Only whether the aim was met is told, not how often: few conversations of one
/// week could be one customer's.
fn cadence(spot: &Spot<'_>, page: &Page, talks: &[&Contact]) -> Option<CadenceView> {
    let PageKind::Team(facts) = &page.kind else { return None };
    let aim = facts.talks_a_week?;
    let as_of = spot.site.book.as_of();
    let first = spot.site.book.contacts().iter().map(|contact| contact.date).min()?;
    // A week that is not over has not been missed.
    let tomorrow = as_of.plus_days(1);
    let monday = tomorrow.plus_days(1 - i32::from(tomorrow.weekday()));
    let weeks: Vec<WeekView> = (1..=WEEKS)
        .rev()
        .map(|back| monday.plus_days(-7 * back))
        .filter(|begin| begin.plus_days(6) >= first)
        .map(|begin| {
            let end = begin.plus_days(6);
            let talked = talks.iter().filter(|contact| (begin..=end).contains(&contact.date)).count();
            let met = u32::try_from(talked).unwrap_or(u32::MAX) >= aim;
            WeekView { label: format!("week of {}", spot.locale().day(begin)), met }
        })
        .collect();
    if weeks.is_empty() {
        return None;
    }
    let met = weeks.iter().filter(|week| week.met).count();
    let words = format!("Target {aim} a week: met {met} of the last {} weeks", weeks.len());
    Some(CadenceView { words, weeks })
}

/// The list gives months: with team, channel and stage a day could point at one customer. Only the day of the newest
/// conversation is said, in the sentence above the list.
pub(super) fn conversation(spot: &Spot<'_>, contact: &Contact) -> ConversationView {
    ConversationView {
        when: spot.locale().month(contact.date.in_month()),
        channel: contact.channel.word().to_owned(),
        learned: contact.learned.clone(),
        stage: contact.stage.as_ref().and_then(|stage| spot.stage(stage)),
    }
}
