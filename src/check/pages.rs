//! Checks of pages: what stands in their text, and what they should say about themselves.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use super::{Memo, prose, scores};
use crate::diag::{Check, Finding, Level, LineIndex, Place, checks, did_you_mean};
use crate::links::{Index, Trouble};
use crate::live::{self, Known};
use crate::markdown::{self, Link, LinkKind, Options, Outline, Passage, Problem, ProblemKind, Reading};
use crate::model::{ActionState, Book, Page, PageKind};

/// What the text of every page says.
#[derive(Debug)]
pub(super) struct Texts<'a> {
    pages: &'a [Page],
    /// In the order of the pages.
    pub(super) list: Vec<Arc<Text>>,
    by_source: OnceLock<BTreeMap<&'a str, usize>>,
}

impl Texts<'_> {
    /// That of one file.
    pub(super) fn get(&self, source: &str) -> Option<&Text> {
        // Few links ask for a place on another page.
        let by_source = self.by_source.get_or_init(|| {
            self.pages.iter().enumerate().map(|(at, page)| (&*page.facts.source, at)).collect()
        });
        self.list.get(*by_source.get(source)?).map(|text| &**text)
    }
}

/// What the text of a page says, and what is wrong with it whatever else the book holds.
#[derive(Debug)]
pub(super) struct Text {
    pub(super) outline: Arc<Outline>,
    /// Where its words stand, for pages of teams only.
    pub(super) passages: Vec<Passage>,
    /// Where blocks begin that are never closed.
    unclosed: Vec<usize>,
    slips: Vec<Finding>,
    prose: Vec<Finding>,
}

/// Reads all pages' texts.
pub(super) fn texts<'a>(book: &'a Book, memo: &Memo) -> Texts<'a> {
    let smart_punctuation = book.config.smart_punctuation;
    let list = book
        .pages
        .par_iter()
        .map(|page| {
            let from = (Arc::clone(&page.facts), smart_punctuation);
            memo.texts.of(&page.facts.source, &from, || Arc::new(text(page, smart_punctuation)))
        })
        .collect();
    Texts { pages: &book.pages, list, by_source: OnceLock::new() }
}

fn text(page: &Page, smart_punctuation: bool) -> Text {
    let options = Options { smart_punctuation, drop_title: page.facts.title_from_body };
    let Reading { outline, problems, passages } = page.facts.body.read(&options);
    let place = Places::new(page);
    let slips = problems.iter().filter_map(|problem| self::problem(problem, &place)).collect();
    let prose = prose::check(&outline, &passages, &place);
    let unclosed = problems.iter().filter(|problem| problem.kind == ProblemKind::UnclosedFence);
    // All pages' texts are there at once: no words are kept that no later check reads.
    let is_team = matches!(page.kind, PageKind::Team(_));
    Text {
        unclosed: unclosed.map(|problem| problem.span.start).collect(),
        passages: if is_team { passages } else { Vec::new() },
        outline,
        slips,
        prose,
    }
}

/// Where the links of a page may lead.
#[derive(Clone, Copy)]
pub(super) struct Reach<'a> {
    /// The text of every page.
    pub(super) texts: &'a Texts<'a>,
    /// What is in the site when this page is.
    pub(super) index: &'a Index,
    /// That, and all drafts.
    pub(super) with_drafts: &'a Index,
}

/// Checks one page.
pub(super) fn check(page: &Page, text: &Text, reach: Reach<'_>, known: &Known<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let outline = &text.outline;
    let place = Places::new(page);
    findings.extend(outline.links.iter().filter_map(|link| self::link(page, link, reach, &place)));
    findings.extend(text.slips.iter().cloned());
    // A block that swallows the rest of the page is told as such, not for each line it swallows.
    let directives =
        outline.directives.iter().filter(|directive| !text.unclosed.contains(&directive.span.start));
    let blocks = directives.flat_map(|directive| live::block(directive, known).1);
    let words = outline.roles.iter().filter_map(|role| live::word(role, known).err());
    findings.extend(blocks.chain(words).map(|trouble| {
        Finding::new(trouble.check, trouble.message).at(place.of(&trouble.span)).help(trouble.help)
    }));
    findings.extend(text.prose.iter().cloned());
    findings.extend(scores::check(page, outline, reach, known, &place));
    findings.extend(facts(page));
    findings
}

/// Places in the file of a page, given ranges of its body.
pub(super) struct Places<'a> {
    body: &'a str,
    page: &'a Page,
    index: OnceCell<LineIndex<'a>>,
    shift: u32,
}

impl<'a> Places<'a> {
    pub(super) fn new(page: &'a Page) -> Self {
        Self { body: &page.facts.body, page, index: OnceCell::new(), shift: page.facts.body_line - 1 }
    }

    /// The text as it was written.
    pub(super) fn text(&self, span: &markdown::Span) -> &'a str {
        self.body.get(span.clone()).unwrap_or_default()
    }

    pub(super) fn of(&self, span: &markdown::Span) -> Place {
        let facts = &self.page.facts;
        let place = self.index.get_or_init(|| LineIndex::new(&facts.source, &facts.body)).place(span.clone());
        Place { line: place.line + self.shift, ..place }
    }
}

fn link(page: &Page, link: &Link, reach: Reach<'_>, place: &Places<'_>) -> Option<Finding> {
    if !matches!(link.kind, LinkKind::Page | LinkKind::Wiki | LinkKind::Anchor) || link.target.is_empty() {
        return None;
    }
    let broken = |message: String, help: String| {
        Some(Finding::new(&checks::LINK_BROKEN, message).at(place.of(&link.span)).help(help))
    };
    let target = &link.target;
    match reach.index.resolve(&page.facts.source, link) {
        Ok((_, None)) => None,
        Ok((destination, Some(fragment))) => {
            let (what, known): (&str, Vec<&str>) = match reach.texts.get(&destination.source) {
                Some(text) => {
                    ("heading", text.outline.headings.iter().map(|heading| heading.id.as_str()).collect())
                }
                None => ("place", destination.places.iter().map(String::as_str).collect()),
            };
            if known.contains(&fragment.as_str()) {
                return None;
            }
            let help = match (what, known.is_empty()) {
                ("place", true) => "Leave out what follows the page, from # on.".to_owned(),
                _ => did_you_mean(&fragment, known.iter().copied()),
            };
            broken(format!("\"{}\" has no {what} \"#{fragment}\"", destination.title), help)
        }
        Err(Trouble::Absolute) => {
            let message =
                format!("the link \"{target}\" begins with a slash, so it would lead out of the book");
            let help = "It is shown as plain text. Link to a file of the book, like ../pages/about.md, or give the full \
                        address with https://.";
            Some(Finding::new(&checks::LINK_ABSOLUTE, message).at(place.of(&link.span)).help(help))
        }
        Err(Trouble::Outside) => {
            let help = "Move the file into the folder of your texts, or give the full address with https://.";
            broken(format!("the link \"{target}\" leads out of the book"), help.to_owned())
        }
        Err(Trouble::Unpublished) => {
            let help = "Only pages and metrics are; say in the text what the file holds.";
            broken(format!("the link \"{target}\" leads to a file that is not published"), help.to_owned())
        }
        Err(Trouble::NoSuchPage(near)) => {
            // A list of nothing but drafts is no file, so it has no draft: to take out.
            if let Ok((draft, _)) = reach.with_drafts.resolve(&page.facts.source, link)
                && draft.source.ends_with(".md")
            {
                let help = format!("Take draft: out of {}, or take the link out of this page.", draft.source);
                return broken(format!("the link \"{target}\" leads to a draft"), help);
            }
            let help = match (near, link.kind) {
                (Some(near), _) => format!("Did you mean \"{near}\"?"),
                (None, LinkKind::Wiki) => {
                    "Write the title of a page as it stands at its top. Was the page given another title?"
                        .to_owned()
                }
                (None, _) => "Check the path; it is read from the folder of this page.".to_owned(),
            };
            broken(format!("the link \"{target}\" leads to no page of the book"), help)
        }
    }
}

fn problem(problem: &Problem, place: &Places<'_>) -> Option<Finding> {
    let detail = &problem.detail;
    let (check, message, help): Told = match problem.kind {
        ProblemKind::RawHtml => (&checks::RAW_HTML, "HTML is shown as text".to_owned(), instead_of(detail)),
        ProblemKind::MissingAlt => (
            &checks::IMAGE_WITHOUT_TEXT,
            format!("the picture \"{detail}\" has no words for readers who cannot see it"),
            "Write them between the square brackets: ![What it shows](picture.png)",
        ),
        ProblemKind::UnsafeLink if is_on_a_computer(detail) => (
            &checks::LINK_UNSAFE,
            format!("\"{detail}\" lies on a computer or a drive of yours, where readers have nothing"),
            "Put it where they may open it, and link to its address with https://. A picture lies beside its page.",
        ),
        ProblemKind::UnsafeLink => (
            &checks::LINK_UNSAFE,
            format!("the link \"{detail}\" is not opened by browsers for good reasons"),
            "Links may begin with https://, http://, mailto: or tel:, or name a file of the book.",
        ),
        ProblemKind::EmptyLink => {
            (&checks::TEXT_SLIP, "a link has no target or no words".to_owned(), "Write [words](target).")
        }
        ProblemKind::EmptyHeading => {
            (&checks::TEXT_SLIP, "a heading has no words".to_owned(), "Take it out.")
        }
        ProblemKind::SkippedLevel => (
            &checks::TEXT_SLIP,
            format!("the heading \"{detail}\" skips a level"),
            "Screen readers announce levels; go from ## to ### and not to ####.",
        ),
        ProblemKind::UnclosedFence => (
            &checks::TEXT_SLIP,
            "this code block is never closed, so it swallows the rest of the page".to_owned(),
            "Close it with the same marks on a line of their own.",
        ),
        ProblemKind::UnclosedComment => (
            &checks::TEXT_SLIP,
            "this comment is cut in two or never closed; its text is left out".to_owned(),
            "Close it with --> and leave no empty line inside.",
        ),
        ProblemKind::DirectiveName => (
            &checks::DIRECTIVE_UNKNOWN,
            "this block begins like a live block but its name cannot be read".to_owned(),
            "A live block begins with three backticks and a name in braces, like ```{chart} nps",
        ),
        ProblemKind::UnknownFootnote => (
            &checks::TEXT_SLIP,
            format!("there is no footnote \"{detail}\""),
            "Write its text on a line of its own: [^1]: The text.",
        ),
        ProblemKind::UnusedFootnote => (
            &checks::TEXT_SLIP,
            format!("nothing refers to the footnote \"{detail}\", so it is left out"),
            "",
        ),
        kind => meant_as_markup(kind, detail)?,
    };
    Some(Finding::new(check, message).at(place.of(&problem.span)).help(help))
}

/// What to write in place of a tag.
fn instead_of(tag: &str) -> &'static str {
    let name = tag
        .trim_start_matches('<')
        .split(|sign: char| !sign.is_ascii_alphanumeric())
        .next()
        .unwrap_or_default();
    match name.to_ascii_lowercase().as_str() {
        "b" | "strong" => "Write **words** for bold ones.",
        "i" | "em" => "Write *words* for slanted ones.",
        "br" | "p" | "div" => "Leave an empty line where a new paragraph begins.",
        "a" => "Write [words](target) for a link.",
        "img" => "Write ![What it shows](picture.png) for a picture.",
        "h1" | "h2" | "h3" | "h4" => "Begin the line of a heading with ## and a blank.",
        "iframe" | "video" | "audio" | "script" => {
            "It would not work offline. Link to it: [words](https://...)."
        }
        _ => "Write it in markdown, or take it out. Signs that are meant as such stand between backticks.",
    }
}

/// A check, what is wrong, and what to do.
type Told = (&'static Check, String, &'static str);

/// Text that was meant as a link, a heading, a live block or a cell, and is none.
fn meant_as_markup(kind: ProblemKind, detail: &str) -> Option<Told> {
    let slip = |message: &str, help| Some((&checks::TEXT_SLIP, message.to_owned(), help));
    match kind {
        ProblemKind::BareDirective if live::is_block(detail) => {
            let message = format!(
                "\"{detail}\" is not in braces behind three backticks, so this is shown as it stands here"
            );
            let help = "A live block begins with three backticks and a name in braces, like ```{chart} nps, and ends with three.";
            Some((&checks::DIRECTIVE_UNKNOWN, message, help))
        }
        ProblemKind::LinkApart => slip(
            "this is no link, since a blank stands between its words and its target",
            "Write [words](target) without a blank between the brackets.",
        ),
        ProblemKind::LinkReversed => slip(
            "this is no link, since its brackets are the wrong way round",
            "Write [words](target): the words between square brackets, the target between round ones.",
        ),
        ProblemKind::LinkWithBlank => slip(
            "this is no link, since its target has a blank in it",
            "Put the target between < and >, like [words](<our plan.md>), or rename the file.",
        ),
        ProblemKind::HeadingMark => slip(
            "this is no heading, since no blank stands behind the number signs",
            "Put a blank behind them: ## What we do",
        ),
        ProblemKind::LongRow => {
            let message =
                format!("this row has more cells than the table has columns; \"{detail}\" is left out");
            let help = "Give the table another column, or write \\| for a line inside a cell.";
            Some((&checks::TEXT_SLIP, message, help))
        }
        _ => None,
    }
}

/// Whether a target is a path of Windows or of a file on the author's own disk.
fn is_on_a_computer(target: &str) -> bool {
    let drive = target.as_bytes().get(..3).is_some_and(|start| {
        start[0].is_ascii_alphabetic() && start[1] == b':' && matches!(start[2], b'\\' | b'/')
    });
    drive || target.to_ascii_lowercase().starts_with("file:")
}

/// What a page should say about itself.
fn facts(page: &Page) -> Vec<Finding> {
    let mut findings = Vec::new();
    let place = Place::line(&page.facts.source, 1);
    let noun = page.section.noun();
    if let PageKind::Playbook(playbook) = &page.kind {
        let mut say = |message: &str, help: &str| {
            let finding = Finding::new(&checks::PLAYBOOK_INCOMPLETE, message).at(place.clone()).help(help);
            // A draft is published nowhere, and somebody is at work on it.
            findings.push(if page.facts.draft { finding.at_most(Level::Warning) } else { finding });
        };
        if playbook.outcome.is_none() {
            say(
                "the playbook does not say what will be true for the customer",
                "Add outcome: in one sentence.",
            );
        }
        if !page.names_metric {
            say("the playbook names no metric it should move", "Add metrics: with the id of one.");
        }
    }
    let ends_open = match &page.kind {
        PageKind::Playbook(_) | PageKind::Team(_) | PageKind::Story(_) | PageKind::Free => true,
        PageKind::Action(action) => action.state != Some(ActionState::Told),
        PageKind::Intro | PageKind::Role(_) | PageKind::Impact(_) => false,
    };
    if ends_open && page.facts.next.is_none() {
        let message = format!("the {noun} has no next step");
        let help = "Add next: the one thing to do after reading, so concrete that somebody can begin today.";
        findings.push(Finding::new(&checks::NEXT_MISSING, message).at(place.clone()).help(help));
    }
    if page.needs_owner() && page.facts.owner.is_none() {
        let message = format!("the {noun} has no owner");
        let help = "Add owner: the role that keeps it true, never a person's name.";
        let finding = Finding::new(&checks::OWNER_MISSING, message).at(place).help(help);
        findings.push(finding.at_most(Level::Warning));
    }
    findings
}
