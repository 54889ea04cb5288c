//! Pages: front matter to facts, by section.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Files;
use super::draft::{ActionDays, RawKind, RawPage};
use super::front_matter::{self, Cut};
use crate::diag::{Finding, Located, Outcome, Place, checks};
use crate::markdown;
use crate::model::{
    ActionState, Date, Expected, ImpactFacts, ImpactVerdict, Month, PageFacts, PageId, Playbook, RoleFacts,
    Section, capital, grouped, is_valid_id, month_number, slug,
};
use crate::source::SourcePath;
use crate::tree::{Reader, Strictness, says_none};

/// Pages on which an unknown key is no slip any more but the habit of another tool.
const HABIT: usize = 5;

/// Reads all markdown files. Of two that would become one page, the second is a finding and is left out.
pub(super) fn load(files: &Files<'_>, findings: &mut Vec<Finding>) -> Vec<RawPage> {
    let mut pages = Vec::new();
    let mut taken: BTreeMap<(Section, PageId), &SourcePath> = BTreeMap::new();
    for (path, below, content) in files.contents() {
        let Some(name) = below.strip_suffix(".md").filter(|name| !name.starts_with("exports/")) else {
            continue;
        };
        if let Some(folder) = ["quotes", "contacts", "observations"]
            .into_iter()
            .find(|folder| name.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/')))
        {
            let message =
                format!("this text lies in {folder}/, where no page is looked for; it is not published");
            let help = "What customers said goes into a .yaml or .csv file. A page goes into another folder, such as pages/.";
            findings.push(Finding::new(&checks::PAGE_MISPLACED, message).at(Place::file(path)).help(help));
            continue;
        }
        let (section, name) = section_of(name);
        if section == Section::Pages && name == "SUMMARY" {
            let message = "the list of chapters has no effect here; pages are found by their folders";
            findings.push(Finding::new(&checks::KEY_UNUSED, message).at(Place::file(path)));
            continue;
        }
        let Some(id) = page_id(name) else {
            let message = "the name of this file cannot be part of a web address";
            let help = "Use lower-case letters, digits and hyphens, such as first-week.md.";
            findings.push(Finding::new(&checks::BAD_ID, message).at(Place::file(path)).help(help));
            continue;
        };
        if let Some(first) = taken.get(&(section, id.clone())) {
            let message = match section {
                Section::Home => "two pages would be written to index.html".to_owned(),
                section => format!("two pages would be written to {}/{id}.html", section.folder()),
            };
            let help = format!(
                "The first is {first}. Rename one of the two files; the name of a file is its address."
            );
            let finding = Finding::new(&checks::DUPLICATE, message).at(Place::file(path)).help(help);
            findings.push(finding.beside(Place::file(first), "the first is this file"));
            continue;
        }
        taken.insert((section, id.clone()), path);
        let one = files.memo.pages.of(path, &(content.clone(), section, id.clone()), || {
            let mut findings = Vec::new();
            let text = files.text(path, &mut findings);
            let value = text.map(|text| read(path, text, section, id, &mut findings));
            Arc::new(Outcome { value, findings })
        });
        findings.extend(one.findings.iter().cloned());
        pages.extend(one.value.clone());
    }
    told_once(findings);
    pages
}

/// An unknown key that stands on many pages is told where it stands first, with the number of the others.
fn told_once(findings: &mut Vec<Finding>) {
    let is_key = |finding: &Finding| finding.check == &checks::PAGE_KEY_UNKNOWN;
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for finding in findings.iter().filter(|finding| is_key(finding)) {
        *counts.entry(finding.message.clone()).or_default() += 1;
    }
    counts.retain(|_, count| *count > HABIT);
    let mut told: BTreeSet<String> = BTreeSet::new();
    findings.retain_mut(|finding| {
        let Some(count) = counts.get(&finding.message).filter(|_| is_key(finding)) else { return true };
        let is_first = told.insert(finding.message.clone());
        finding.message.push_str(&format!(", here and on {} other pages", grouped(*count as u64 - 1)));
        is_first
    });
}

/// The section and the name below it. What lies in no known folder is a free page, so that an mdBook folder opens as it is.
fn section_of(name: &str) -> (Section, &str) {
    if matches!(name, "index" | "README") {
        return (Section::Home, "");
    }
    for section in Section::WITH_FOLDER {
        if let Some(rest) = name.strip_prefix(section.folder()).and_then(|rest| rest.strip_prefix('/')) {
            return (section, rest);
        }
    }
    (Section::Pages, name)
}

/// The id from a file name: as it is where it can be, otherwise made readable. `README` is the index of its folder.
fn page_id(name: &str) -> Option<PageId> {
    if name.is_empty() {
        return Some(PageId::new("index"));
    }
    let parts: Vec<String> = name
        .split('/')
        .map(|part| match part {
            "README" => "index".to_owned(),
            part if is_valid_id(part) => part.to_owned(),
            part => slug(part),
        })
        .collect();
    let id = parts.join("/");
    is_valid_id(&id).then(|| PageId::new(&id))
}

fn read(path: &SourcePath, text: &str, section: Section, id: PageId, findings: &mut Vec<Finding>) -> RawPage {
    let Cut { facts, body, line } = front_matter::cut(path, text, findings);
    let what = format!("the {}", section.noun());
    let mut reader = Reader::new(&facts, &what);
    let title = plain(reader.text("title"));
    let heading = if title.is_none() { leading_title(body) } else { None };
    let title_from_body = heading.is_some();
    let facts = PageFacts {
        source: path.clone(),
        title: title.or(heading).unwrap_or_else(|| title_from(&id, section)),
        summary: plain(reader.text("summary")),
        owner: plain(reader.owner()),
        reviewed: date(&mut reader, "reviewed").map(|date| date.value),
        draft: reader.flag("draft").unwrap_or(false),
        weight: reader.whole("weight", -1_000_000, 1_000_000).map(|weight| weight.value),
        next: plain(reader.text("next")),
        was: earlier(&mut reader),
        body: body.to_owned().into(),
        body_line: line,
        title_from_body,
    };
    let mut page = RawPage {
        section,
        facts: Arc::new(facts),
        teams: reader.texts("teams"),
        stages: reader.texts("stages"),
        metrics: reader.texts("metrics"),
        kind: RawKind::Intro,
        id,
    };
    if section != Section::Home && page.id.as_str() != "index" {
        page.kind = kind(&mut reader, &mut page);
    }
    findings.extend(reader.finish(Strictness::Guest));
    page
}

/// Where the page was in earlier editions.
fn earlier(reader: &mut Reader<'_>) -> Vec<String> {
    let mut earlier = Vec::new();
    for text in reader.texts("was") {
        let name = text.value.trim_start_matches('/');
        let name = name.strip_suffix(".md").or_else(|| name.strip_suffix(".html")).unwrap_or(name);
        if is_valid_id(name) && name.contains('/') {
            earlier.push(name.to_owned());
            continue;
        }
        let message = format!("\"was\" holds \"{}\", which is not where a page can have been", text.value);
        let help = "Write folder and name as they were, like playbooks/old-name.";
        reader.report(Finding::new(&checks::VALUE_WRONG, message).at(text.place).help(help));
    }
    earlier
}

/// The text of a level-1 heading with which a page begins.
fn leading_title(body: &str) -> Option<String> {
    let options = markdown::Options { smart_punctuation: false, drop_title: false };
    markdown::outline(body, &options).title.map(|heading| heading.text).filter(|text| !text.trim().is_empty())
}

/// A title for a page that gives none: its file name, readable.
fn title_from(id: &PageId, section: Section) -> String {
    let id = id.as_str();
    let last = match id.rsplit('/').next().unwrap_or(id) {
        "index" => id.rsplit('/').nth(1).unwrap_or(section.title()),
        name => name,
    };
    match last.replace(['-', '_'], " ").trim() {
        "" => "Untitled".to_owned(),
        words => capital(words),
    }
}

fn kind(reader: &mut Reader<'_>, page: &mut RawPage) -> RawKind {
    match page.section {
        Section::Home => RawKind::Intro,
        Section::Pages => RawKind::Free,
        Section::Teams => RawKind::Team {
            part: plain(reader.text("part")),
            talks_a_week: reader
                .whole("talks-a-week", 1, 50)
                .and_then(|number| u32::try_from(number.value).ok()),
        },
        Section::Roles => RawKind::Role(RoleFacts {
            sees: words(reader, "sees"),
            decides: words(reader, "decides"),
            weekly: words(reader, "weekly"),
        }),
        Section::Impacts => RawKind::Impact(impact(reader)),
        Section::Playbooks => RawKind::Playbook(Playbook {
            outcome: plain(reader.text("outcome")),
            start: words(reader, "start"),
            stop: words(reader, "stop"),
        }),
        Section::Stories => {
            page.stages.extend(reader.text("stage"));
            RawKind::Story {
                by: plain(reader.text("by")),
                month: month(reader, "date"),
                feeling: plain(reader.text("feeling")),
                change: plain(reader.text("change")),
                action: reader.text("action"),
            }
        }
        Section::Actions => action(reader, page),
    }
}

fn action(reader: &mut Reader<'_>, page: &mut RawPage) -> RawKind {
    page.stages.extend(reader.text("stage"));
    let metric = reader.text("metric");
    if let Some(expected) = reader.node("expected").filter(|_| metric.is_none()) {
        let message = "\"expected\" has no effect without \"metric\"";
        let help = "Add metric: the id of the one that should move.";
        reader.report(Finding::new(&checks::KEY_UNUSED, message).at(expected.place.clone()).help(help));
    }
    RawKind::Action {
        problem: plain(reader.text("problem")),
        team: reader.text("team"),
        theme: plain(reader.text("theme")),
        decides: plain(reader.text("decides")),
        due: date(reader, "due").map(|date| date.value),
        days: Box::new(ActionDays {
            heard: date(reader, "heard"),
            decided: date(reader, "decided"),
            started: date(reader, "started"),
            finished: date(reader, "finished"),
            told: date(reader, "told"),
        }),
        state: reader.choice("state", &ActionState::WORDS),
        metric,
        expected: reader.choice("expected", &[("up", Expected::Up), ("down", Expected::Down)]),
        result: plain(reader.text("result")),
    }
}

/// The five questions, each of which must have an answer: a change that harms nobody says so.
fn impact(reader: &mut Reader<'_>) -> ImpactFacts {
    let mut answer = |key: &'static str, help: &str| reader.required(key, help).map(|text| text.value);
    let (change, better_off, worse_off, plan, check) = (
        answer("change", "Say what changes for customers."),
        answer("better-off", "Say who is better off."),
        answer(
            "worse-off",
            "Say who is worse off; there is nearly always somebody. Who cannot do it the new way?",
        ),
        answer("plan", "Say what we do for those who are worse off."),
        answer("check", "Say how and when we will know."),
    );
    ImpactFacts {
        change,
        better_off,
        worse_off,
        plan,
        check,
        segments: words(reader, "segments"),
        verdict: reader.choice("decision", &ImpactVerdict::WORDS),
        decides: plain(reader.text("decides")),
        decided: date(reader, "decided").map(|date| date.value),
    }
}

fn words(reader: &mut Reader<'_>, key: &'static str) -> Vec<String> {
    reader.texts(key).into_iter().map(|text| text.value).collect()
}

/// A day.
pub(super) fn date(reader: &mut Reader<'_>, key: &'static str) -> Option<Located<Date>> {
    let text = reader.text(key)?;
    let date = reader.parse(key, &text, Date::parse, || date_help(&text.value))?;
    Some(Located::new(date, text.place))
}

/// A month; a day reads as its month.
pub(super) fn month(reader: &mut Reader<'_>, key: &'static str) -> Option<Month> {
    let text = reader.text(key)?;
    reader.parse(key, &text, Month::parse, || month_help(&text.value))
}

/// How a month is written, where the text says one in words: `October 2025`, `Oct 25`.
fn month_help(text: &str) -> String {
    let said = match *text.split_whitespace().collect::<Vec<_>>().as_slice() {
        [month, year] => month_number(month).zip(year.parse::<i16>().ok()),
        _ => None,
    };
    let meant = said.and_then(|(month, year)| Month::new(if year < 100 { 2000 + year } else { year }, month));
    meant.map_or_else(|| "Write the month as 2026-03.".to_owned(), |month| format!("Write it as {month}."))
}

fn date_help(text: &str) -> String {
    let parts: Vec<&str> = text.split('-').collect();
    if let [year, month, day] = parts.as_slice()
        && Date::parse(&format!("{year}-{month}-01")).is_some()
        && day.parse::<u8>().is_ok()
    {
        return format!("{year}-{month} has no day {day}.");
    }
    match otherwise(text).as_slice() {
        _ if says_none(text) => "Leave the line out where there is no date.".to_owned(),
        [date] => format!("Write it as {date}: year, month, day."),
        [day_first, month_first] => format!("Write it as {day_first} or {month_first}: year, month, day."),
        _ => "Write it as 2026-03-14: year, month, day.".to_owned(),
    }
}

/// The days that a text in another order may mean: 31/12/26, 3.4.2026, 14 March 2026, March 14, 2026, 2026/03/14.
fn otherwise(text: &str) -> Vec<Date> {
    let parts: Vec<&str> = text.split(['/', '.', '-', ' ', ',']).filter(|part| !part.is_empty()).collect();
    let &[a, b, c] = parts.as_slice() else { return Vec::new() };
    let number = |part: &str, most: usize| {
        (part.len() <= most && part.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| part.parse::<u8>().ok())?
    };
    let year = |part: &str| match part.len() {
        4 => part.parse::<i16>().ok(),
        2 => number(part, 2).map(|year| 2000 + i16::from(year)),
        _ => None,
    };
    let month = |part: &str| number(part, 2).or_else(|| month_number(part));
    let date = |y: &str, m: &str, d: &str| Date::new(year(y)?, month(m)?, number(d, 2)?);
    let orders = if a.len() == 4 { vec![date(a, b, c)] } else { vec![date(c, b, a), date(c, a, b)] };
    let mut dates: Vec<Date> = orders.into_iter().flatten().collect();
    dates.dedup();
    dates
}

fn plain(text: Option<Located<String>>) -> Option<String> {
    text.map(|text| text.value)
}
