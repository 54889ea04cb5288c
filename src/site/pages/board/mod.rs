//! Boards: what the lists of a book say together. One file for each board.

mod accountability;
pub(super) mod assignments;
pub(super) mod blockers;
pub(super) mod conversations;
pub(super) mod digest;
mod evidence;
mod health;
mod hub;
pub(super) mod map;
pub(super) mod strategy;

pub(in super::super) use evidence::claim;

use super::super::card;
use super::super::frame::{Around, Spot, frame};
use super::super::grid::{cell, linked, marked, row};
use super::super::plan::{Board, Planned};
use super::super::views::{BoardView, GridRowView};
use crate::diag::Finding;
use crate::links;
use crate::model::day_count;
use crate::privacy::PublicMetric;

/// A board.
///
/// # Errors
/// The finding about the theme's template for the drawing of the map.
pub(super) fn view(spot: &Spot<'_>, planned: &Planned<'_>, board: Board) -> Result<BoardView, Finding> {
    let parts = match board {
        Board::Hub => hub::parts(spot),
        Board::Map => map::parts(spot)?,
        Board::Strategy => strategy::parts(spot),
        Board::Conversations => conversations::parts(spot),
        Board::Evidence => evidence::parts(spot),
        Board::Blockers => blockers::parts(spot),
        Board::Assignments => assignments::parts(spot),
        Board::Accountability => accountability::parts(spot),
        Board::Health => health::parts(spot),
    };
    let around = Around {
        summary: Some(summary(board).to_owned()),
        next_step: next(spot, board),
        ..Around::default()
    };
    Ok(BoardView { frame: frame(spot, planned, "board", around), parts })
}

fn summary(board: Board) -> &'static str {
    match board {
        Board::Hub => "Who does what, how far it is, and what stands in the way.",
        Board::Map => "Which number of a team moves which number of the customer, and how sure we are.",
        Board::Strategy => "From the strategy to what each team does, and back.",
        Board::Conversations => {
            "Who talks with customers, how lately, and what they learned. Surveys do not count: reading answers is not talking."
        }
        Board::Evidence => "By theme: what customers said, what colleagues saw, and how far we are with it.",
        Board::Blockers => "What teams cannot remove by themselves, oldest first, and who can say yes.",
        Board::Assignments => "Walk in the customer's shoes: find out what is hard, sell nothing.",
        Board::Accountability => "Who answers for what, which promises were kept, and what is late.",
        Board::Health => "How complete and how fresh this book is, and what it does not know yet.",
    }
}

/// One thing to do, from what the board shows; nothing where nothing is to be done.
fn next(spot: &Spot<'_>, board: Board) -> Option<String> {
    let work = spot.site.book.work();
    match board {
        Board::Blockers => {
            let oldest = work.blockers.iter().find(|blocker| blocker.removed.is_none())?;
            Some(format!("Ask {} for a yes or a no: {}", oldest.decides, oldest.what))
        }
        Board::Conversations => conversations::next(spot),
        Board::Assignments => {
            let open = work.assignments.iter().filter(|one| one.done.is_none()).min_by_key(|one| one.due)?;
            let late = spot.site.book.as_of().days_since(open.due);
            Some(match late > 0 {
                true => format!("Do the one that is {} late: {}", day_count(late), open.task),
                false => format!("Take the one that is due next: {}", open.task),
            })
        }
        Board::Evidence => evidence::next(spot),
        Board::Health => health::next(spot),
        Board::Map => map::next(spot),
        Board::Strategy => strategy::next(spot),
        Board::Accountability => accountability::next(spot),
        Board::Hub => None,
    }
}

/// A link to a board where the site has it.
pub(super) fn link(spot: &Spot<'_>, board: Board) -> Option<super::super::views::LinkView> {
    let planned = spot.site.pages.get(board.route())?;
    Some(spot.link(&planned.title, board.route()))
}

/// Heads of the columns of [`number`].
pub(super) const NUMBERS: [&str; 3] = ["Metric", "Now", "What it says"];

/// A metric as a row: its name, its latest value with what that rests on, what the latest points say.
pub(super) fn number(spot: &Spot<'_>, metric: &PublicMetric) -> GridRowView {
    let card = card::card(spot, metric, "row");
    let link = spot.link(&card.name, &links::metric(&metric.metric.id));
    let now = match card.period.as_str() {
        "" => cell("no value to show"),
        period => cell(card.value).with(Some(format!("{period}, {}", card.base))),
    };
    row(vec![linked(Some(link)), now, marked(card.reading, card.sense)])
}

/// `1 blocker`, `1,200 blockers`.
pub(super) fn counted(spot: &Spot<'_>, number: usize, noun: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{} {noun}{ending}", spot.locale().count(number as u64))
}

/// The page of a role, where one has this title.
pub(super) fn role(spot: &Spot<'_>, title: &str) -> Option<super::super::views::LinkView> {
    let roles = spot.site.relations.section(crate::model::Section::Roles);
    let own = roles.iter().find(|page| page.facts.title.eq_ignore_ascii_case(title.trim()))?;
    Some(spot.link(&own.facts.title, &links::page(own.section, &own.id)))
}
