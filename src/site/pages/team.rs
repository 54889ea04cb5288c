//! A team's page: how its work moves the customer.

use super::super::body::Body;
use super::super::frame::{Spot, frame};
use super::super::plan::Planned;
use super::super::views::{ContactView, ConversationView, TeamView};
use super::super::{card, figure, lists};
use crate::diag::Finding;
use crate::links;
use crate::model::{Contact, Date, MetricId, Page, PageKind, StageId, TeamId};

/// Days after which a conversation is due, and after which the last one is stale.
const DUE: i32 = 30;
const STALE: i32 = 90;

/// Charts of chains at most, so that the page stays light.
const CHAINS_DRAWN: usize = 3;

pub(super) fn view(
    spot: &Spot<'_>,
    planned: &Planned<'_>,
    page: &Page,
    body: Body,
) -> Result<TeamView, Finding> {
    let book = spot.site.book;
    let team = TeamId::new(page.id.as_str());
    let chains = lists::chains(spot, CHAINS_DRAWN, |edge| edge.team == team)?;
    let in_chain: Vec<&MetricId> =
        book.map().iter().filter(|edge| edge.team == team).map(|edge| &edge.metric).collect();
    let stages: Vec<&StageId> =
        book.map().iter().filter(|edge| edge.team == team).map(|edge| &edge.stage).collect();
    let own = book.metrics().values().filter(|metric| metric.metric.team.as_ref() == Some(&team));
    let other: Vec<&MetricId> =
        own.map(|metric| &metric.metric.id).filter(|id| !in_chain.contains(id)).collect();
    let about = lists::quotes(spot, 4, |quote| quote.teams.contains(&team));
    let quotes = if about.is_empty() {
        lists::quotes(spot, 4, |quote| quote.stage.as_ref().is_some_and(|stage| stages.contains(&stage)))
    } else {
        about
    };
    let part = match &page.kind {
        PageKind::Team(facts) => facts.part.clone(),
        _ => None,
    };
    let around = super::around(spot, page, body.headings);
    Ok(TeamView {
        frame: frame(spot, planned, "team", around),
        part,
        body_html: body.html,
        chains,
        other_metrics: card::cards(spot, other, "other"),
        quotes,
        quotes_href: spot.href(links::QUOTES),
        related: lists::by_section(
            spot,
            spot.site.relations.by_team.get(&team).map_or(&[][..], Vec::as_slice),
        ),
        contact: contact(spot, &team),
    })
}

fn contact(spot: &Spot<'_>, team: &TeamId) -> ContactView {
    let as_of = spot.site.book.as_of();
    let all: Vec<&Contact> =
        spot.site.book.contacts().iter().filter(|contact| contact.team == *team).collect();
    let (talks, surveys): (Vec<&Contact>, Vec<&Contact>) =
        all.into_iter().partition(|contact| contact.is_conversation());
    let days = talks.first().map(|contact| as_of.days_since(contact.date));
    let recent = talks.iter().filter(|contact| as_of.days_since(contact.date) <= 30).count();
    let since = since(spot, days, talks.first().map(|contact| contact.date));
    ContactView {
        strip: figure::contact(spot, &talks, &since),
        since,
        band: match days {
            None => "never",
            Some(days) if days <= DUE => "fresh",
            Some(days) if days <= STALE => "due",
            Some(_) => "stale",
        },
        recent: match recent {
            0 => "No conversation in the last 30 days".to_owned(),
            1 => "1 conversation in the last 30 days".to_owned(),
            recent => format!("{} conversations in the last 30 days", spot.locale().count(recent as u64)),
        },
        surveys: if surveys.is_empty() {
            String::new()
        } else {
            format!(
                "{} surveys and reviews were read too; they are not counted as talking.",
                spot.locale().count(surveys.len() as u64)
            )
        },
        latest: talks.iter().take(3).map(|contact| conversation(spot, contact)).collect(),
    }
}

fn since(spot: &Spot<'_>, days: Option<i32>, last: Option<Date>) -> String {
    let (Some(days), Some(last)) = (days, last) else {
        return "No conversation with a customer is recorded".to_owned();
    };
    let ago = match days {
        0 => "This team talked with a customer on the day this book speaks for".to_owned(),
        1 => "1 day since this team last talked with a customer".to_owned(),
        days if days > 365 => {
            format!("Over a year ({days} days) since this team last talked with a customer")
        }
        days => format!("{days} days since this team last talked with a customer"),
    };
    format!("{ago} ({})", spot.locale().day(last))
}

/// The list gives months: with team, channel and stage a day could point at one customer. Only the day of the newest
/// conversation is said, in the sentence above the list.
fn conversation(spot: &Spot<'_>, contact: &Contact) -> ConversationView {
    ConversationView {
        when: spot.locale().month(contact.date.in_month()),
        channel: contact.channel.word().to_owned(),
        learned: contact.learned.clone(),
        stage: contact.stage.as_ref().and_then(|stage| spot.stage(stage)),
    }
}
