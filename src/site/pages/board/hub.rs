//! The way to all boards, each with the one sentence that matters today.

use super::super::super::frame::Spot;
use super::super::super::grid::part;
use super::super::super::plan::Board;
use super::super::super::views::{ItemView, PartView};
use crate::links;
use crate::model::{Section, day_count};

pub(super) fn parts(spot: &Spot<'_>) -> Vec<PartView> {
    let group = |id: &str, title: &str, boards: &[Board]| {
        let items: Vec<ItemView> = boards.iter().filter_map(|board| item(spot, *board)).collect();
        (!items.is_empty()).then(|| PartView { items, ..part(id, title) })
    };
    let mut parts: Vec<PartView> = [
        group("aim", "Where we want to go", &[Board::Strategy, Board::Map]),
        group("hear", "What we hear", &[Board::Conversations, Board::Evidence, Board::Assignments]),
        group("do", "What we do about it", &[Board::Blockers, Board::Accountability, Board::Health]),
    ]
    .into_iter()
    .flatten()
    .collect();
    let sections = [
        (Section::Actions, "The log of what we changed, with before and after."),
        (Section::Impacts, "Decisions, and whom they leave worse off."),
        (Section::Roles, "What each role sees, decides and does every week."),
    ];
    let more = sections.into_iter().filter_map(|(section, summary)| {
        let planned = spot.site.pages.get(&links::section(section))?;
        Some(entry(spot, &planned.title, &links::section(section), summary.to_owned()))
    });
    let more: Vec<ItemView> = more.collect();
    if let Some(last) = parts.last_mut() {
        last.items.extend(more);
    }
    let digests = spot.site.relations.section(Section::Teams).iter().map(|page| {
        let route = links::digest(page.id.as_str());
        entry(spot, &page.facts.title, &route, "One page for the team's meeting.".to_owned())
    });
    let digests: Vec<ItemView> = digests.collect();
    if !digests.is_empty() {
        parts.push(PartView { items: digests, ..part("digests", "To print for a meeting") });
    }
    parts
}

fn entry(spot: &Spot<'_>, title: &str, route: &str, summary: String) -> ItemView {
    ItemView { title: title.to_owned(), href: spot.href(route), summary: Some(summary), meta: Vec::new() }
}

fn item(spot: &Spot<'_>, board: Board) -> Option<ItemView> {
    let planned = spot.site.pages.get(board.route())?;
    Some(entry(spot, &planned.title, board.route(), today(spot, board)))
}

/// What a board says today, in a sentence.
fn today(spot: &Spot<'_>, board: Board) -> String {
    let book = spot.site.book;
    let work = book.work();
    match board {
        Board::Blockers => {
            let open: Vec<_> = work.blockers.iter().filter(|blocker| blocker.removed.is_none()).collect();
            match open.first() {
                None => "Nothing is in the way today.".to_owned(),
                Some(oldest) => format!(
                    "{} open, the oldest for {}.",
                    super::counted(spot, open.len(), "blocker"),
                    day_count(book.as_of().days_since(oldest.since))
                ),
            }
        }
        Board::Assignments => {
            let (done, open): (Vec<_>, Vec<_>) = work.assignments.iter().partition(|one| one.done.is_some());
            let late = open.iter().filter(|one| one.due < book.as_of()).count();
            format!("{} done, {} open, {late} of them overdue.", done.len(), open.len())
        }
        Board::Conversations => {
            let from = book.as_of().plus_days(-30);
            let talks =
                book.contacts().iter().filter(|contact| contact.is_conversation() && contact.date >= from);
            format!(
                "{} with customers in the last 30 days.",
                super::counted(spot, talks.count(), "conversation")
            )
        }
        Board::Strategy => {
            format!("{} and what each team does for them.", super::counted(spot, work.goals.len(), "goal"))
        }
        Board::Map => format!(
            "{} from a team's number to a customer's.",
            super::counted(spot, book.map().len(), "line")
        ),
        _ => super::summary(board).to_owned(),
    }
}
