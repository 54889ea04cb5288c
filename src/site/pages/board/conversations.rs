//! Who talks with customers, team by team and level by level, and what was learned.

use super::super::super::frame::Spot;
use super::super::super::grid::{cell, linked, marked, part, row, table_part};
use super::super::super::talk;
use super::super::super::views::{CellView, GridRowView, PartView};
use crate::model::{Contact, Section, TeamId, capital, day_count};

/// What was learned, at most.
const LATEST: usize = 10;

/// Heads of the columns of [`learned_row`].
pub(in super::super) const LEARNED: [&str; 3] = ["What was learned", "Where", "How"];

/// What was learned in a conversation; the team is not told.
pub(in super::super) fn learned_row(spot: &Spot<'_>, contact: &Contact) -> GridRowView {
    let one = talk::conversation(spot, contact);
    let how = cell(capital(&one.channel)).with(Some(one.when));
    row(vec![cell(one.learned.unwrap_or_default()), linked(one.stage), how])
}

pub(super) fn parts(spot: &Spot<'_>) -> Vec<PartView> {
    vec![teams(spot), levels(spot), learned(spot)]
}

/// The team that talked with a customer longest ago, where one should again.
pub(super) fn next(spot: &Spot<'_>) -> Option<String> {
    let teams = spot.site.relations.section(Section::Teams).iter();
    let quiet = teams.map(|page| (talk::of(spot, &TeamId::new(page.id.as_str())), page));
    let quiet = quiet.filter(|(own, _)| own.band != "fresh");
    let (own, page) = quiet.max_by_key(|(own, _)| own.days.unwrap_or(i32::MAX))?;
    let last = match own.days {
        None => "has no conversation with a customer on record".to_owned(),
        Some(days) => format!("last talked with a customer {} ago", day_count(days)),
    };
    Some(format!(
        "{} {last}: talk with one this week, and write down one thing you learned.",
        page.facts.title
    ))
}

fn teams(spot: &Spot<'_>) -> PartView {
    let rows = spot.site.relations.section(Section::Teams).iter().map(|page| {
        let own = talk::of(spot, &TeamId::new(page.id.as_str()));
        let contact = talk::contact(spot, page);
        let mark = match own.band {
            "fresh" => "better",
            "due" => "early",
            _ => "worse",
        };
        let days = match own.days {
            None => String::new(),
            Some(days) if days > 365 => format!("over a year ({days} days)"),
            Some(days) => super::counted(spot, usize::try_from(days).unwrap_or(0), "day"),
        };
        let habit = contact.cadence.map_or_else(|| "No target set".to_owned(), |cadence| cadence.words);
        row(vec![
            linked(Some(spot.page_link(page))),
            marked(talk::band_word(own.band), mark).with((!days.is_empty()).then_some(days)),
            cell(spot.locale().count(own.lately as u64)),
            cell(habit),
        ])
    });
    let columns = ["Team", "Last conversation", "In the last 30 days", "Habit"];
    let mut part = table_part("teams", "Team by team", &columns, rows.collect(), "No team has a page yet.");
    let config = spot.site.book.config();
    part.words.push(format!(
        "Fresh is up to {} days, due up to {}, stale after that. Surveys and reviews are listed in the log and not counted.",
        config.talk_due, config.talk_stale
    ));
    part
}

/// Levels from the top down: the higher, the further from the customer.
fn levels(spot: &Spot<'_>) -> PartView {
    let (as_of, levels) = (spot.site.book.as_of(), spot.site.book.levels());
    let most = levels.iter().filter_map(|level| level.talks).max().unwrap_or(0);
    let rows = levels.iter().rev().map(|level| {
        let (talks, last): (CellView, CellView) = match (level.talks, level.last) {
            (None, _) => (marked("Too few to show", "steady"), cell("")),
            (Some(0), _) => (marked("None", "worse"), cell("No conversation in twelve months")),
            (Some(talks), last) => {
                let days = last.map_or(0, |day| as_of.days_since(day));
                (
                    cell(spot.locale().count(talks)).barred(talks, most),
                    cell(format!("{} since any conversation", day_count(days))),
                )
            }
        };
        row(vec![cell(level.level.word()), talks, last])
    });
    let columns = ["Level", "Conversations in twelve months", "Distance"];
    let empty =
        "No conversation says on which level it was held. Add level: front-line, manager or executive.";
    let mut part = table_part("levels", "By level", &columns, rows.collect(), empty);
    if part.grid.is_some() {
        part.words.push(format!(
            "Fewer than {} conversations are not shown, nor are levels from which they could be worked out.",
            spot.site.book.config().min_answers
        ));
    }
    part
}

fn learned(spot: &Spot<'_>) -> PartView {
    let talks = spot.site.book.contacts().iter().filter(|contact| contact.is_conversation());
    let told: Vec<&Contact> = talks.filter(|contact| contact.learned.is_some()).take(LATEST).collect();
    let rows = told.into_iter().map(|contact| learned_row(spot, contact));
    let rows: Vec<_> = rows.collect();
    if rows.is_empty() {
        return part("learned", "What was learned last");
    }
    table_part("learned", "What was learned last", &LEARNED, rows, "")
}
