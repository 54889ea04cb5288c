//! Blocks that teach, as HTML: each has a template of its own.

use super::body;
use super::frame::Spot;
use super::views::{
    CheckView, ChoiceView, FiveWhysView, LineView, ReasonView, SheetView, WayView, WhyChainView,
};
use crate::diag::Finding;
use crate::links;
use crate::live::{FiveWhys, List, Teaching, WayToTalk, WhyChain};
use crate::model::{Check, capital};

/// Title of the page about what the browser keeps.
pub(super) const DEVICE_TITLE: &str = "What this device keeps";

/// Lines of space below a question of a card, and of a guide for a conversation; both fit one printed page.
const CARD_ROWS: usize = 2;
const GUIDE_ROWS: usize = 5;

/// Renders a block; `index` keeps those of one page apart.
///
/// # Errors
/// The finding about the theme's template.
pub(super) fn render(spot: &Spot<'_>, teaching: &Teaching, index: usize) -> Result<String, Finding> {
    let theme = spot.theme;
    let id = format!("sheet.{index}");
    match teaching {
        Teaching::Checklist(list) => theme.render("checklist.html", &sheet(spot, list, id, ("Checklist", 0))),
        Teaching::MeetingCard(list) => {
            theme.render("card.html", &sheet(spot, list, id, ("Questions for the meeting", CARD_ROWS)))
        }
        Teaching::InterviewGuide(list) => {
            theme.render("card.html", &sheet(spot, list, id, ("Questions for a conversation", GUIDE_ROWS)))
        }
        Teaching::Check(check) => self::check(spot, check, &format!("check.{index}")),
        Teaching::FiveWhys(whys) => theme.render("five-whys.html", &five_whys(spot, whys, id)),
        Teaching::WhyChain(chain) => theme.render("why-chain.html", &why_chain(spot, chain)),
        Teaching::WayToTalk(way) => theme.render("way-to-talk.html", &way_to_talk(way, id)),
    }
}

/// A question, on a page or in a path.
///
/// # Errors
/// The finding about the theme's template.
pub(super) fn check(spot: &Spot<'_>, check: &Check, id: &str) -> Result<String, Finding> {
    let choices = check.choices.iter().map(|choice| ChoiceView {
        words: choice.words.clone(),
        right: choice.right,
        because: choice.because.clone(),
    });
    let view = CheckView { id: id.to_owned(), question: check.question.clone(), choices: choices.collect() };
    spot.theme.render("check.html", &view)
}

fn line((words, remark): &(String, Option<String>)) -> LineView {
    LineView { words: words.clone(), remark: remark.clone() }
}

fn sheet(spot: &Spot<'_>, list: &List, id: String, (title, rows): (&str, usize)) -> SheetView {
    SheetView {
        id,
        title: list.title.clone().unwrap_or_else(|| title.to_owned()),
        lines: list.items.iter().map(line).collect(),
        rows,
        device: spot.link(DEVICE_TITLE, links::DEVICE),
    }
}

fn five_whys(spot: &Spot<'_>, whys: &FiveWhys, id: String) -> FiveWhysView {
    let action =
        whys.action.as_deref().and_then(|wanted| spot.action(wanted).map(|page| spot.page_link(page)));
    FiveWhysView {
        id,
        problem: whys.problem.clone(),
        whys: whys.whys.iter().map(line).collect(),
        cause: whys.cause.clone(),
        action,
        device: spot.link(DEVICE_TITLE, links::DEVICE),
    }
}

fn why_chain(spot: &Spot<'_>, chain: &WhyChain) -> WhyChainView {
    let reasons = chain.links.iter().map(|link| ReasonView {
        label: link.label,
        claim: link.claim.clone(),
        evidence: link.evidence.word(),
        evidence_word: capital(link.evidence.word()),
        source: link.source.clone(),
        metric_html: link.metric.as_ref().and_then(|id| body::named_value(spot, id)),
    });
    WhyChainView { title: chain.title.clone(), reasons: reasons.collect() }
}

fn way_to_talk(way: &WayToTalk, id: String) -> WayView {
    WayView {
        id,
        title: way.title.clone(),
        cost: way.cost.clone(),
        time: way.time.clone(),
        how: way.how.clone(),
        message: way.message.clone(),
    }
}
