//! The practices the product is for, one by one: what a page of the sample book must say, what a tiny book must show, and what
//! must be found. The list of practices lies beside the repository; each that is core needs an entry here.

use std::collections::BTreeSet;

use cxbook::diag::{Finding, Level, short};
use cxbook::output::Output;

use super::fixture::{self, built, page, read, sample, shared};

/// What shows a practice.
enum Shown {
    /// Words in what a page of the sample book says of its own, in this order: as they are read, or as they stand in the file.
    On(&'static str, &'static [&'static str]),
    /// The same anywhere in the file: what stands around every page.
    Around(&'static str, &'static [&'static str]),
    /// The same on a page of the book that an author begins with.
    Begun(&'static str, &'static [&'static str]),
    /// Words on a page of a tiny book, and words that may not be there.
    In(&'static [File], &'static str, &'static [&'static str], &'static [&'static str]),
    /// What stops a tiny book at the level the check has by itself, with a place and a hint: its name and words of its message.
    Fails(&'static [File], &'static str, &'static str),
    /// The same, as a warning.
    Warns(&'static [File], &'static str, &'static str),
}

use Shown::{Around, Begun, Fails, In, On, Warns};

/// Path and text of a file.
type File = (&'static str, &'static str);

/// A team whose last conversation is 400 days old and that has read a survey since, and a team without any.
const LONG_AGO: &[File] = &[
    (
        "content/teams/billing.md",
        "---\ntitle: Billing\nowner: Head of Billing\n---\nWe are customer-focused.",
    ),
    ("content/teams/sales.md", "---\ntitle: Sales\nowner: Head of Sales\n---\nWe sell."),
    (
        "content/contacts/log.csv",
        "date,team,channel,level\n2025-09-10,billing,call,executive\n2025-08-10,billing,visit,executive\n\
         2026-10-10,billing,survey,\n",
    ),
];

/// Five conversations at the front line and two of executives.
const LEVELS: &[File] = &[
    ("content/teams/billing.md", "---\ntitle: Billing\nowner: Head of Billing\n---\nWe bill."),
    (
        "content/contacts/log.csv",
        "date,team,channel,level\n2026-10-01,billing,call,executive\n2026-09-01,billing,call,executive\n\
         2026-10-02,billing,call,front-line\n2026-10-03,billing,call,front-line\n2026-10-04,billing,call,front-line\n\
         2026-10-05,billing,call,front-line\n2026-10-06,billing,call,front-line\n2026-10-02,billing,call,manager\n\
         2026-10-03,billing,call,manager\n2026-10-04,billing,call,manager\n2026-10-05,billing,call,manager\n\
         2026-10-06,billing,call,manager\n2026-10-07,billing,call,manager\n",
    ),
];

/// A metric of two months with 14 answers in the last.
const FOURTEEN: &[File] = &[
    (
        "content/metrics/csat.yaml",
        "{name: CSAT, kind: csat, data: {file: exports/a.csv, shape: aggregated, date: month, value: v, n: n}}",
    ),
    ("content/exports/a.csv", "month,v,n\n2026-08,60,400\n2026-09,80,14\n"),
];

/// A metric that nobody explains and that is measured once a year.
const YEARLY: &[File] = &[
    (
        "content/metrics/nps.yaml",
        "{name: NPS, kind: nps, cadence: year, data: {file: exports/a.csv, shape: aggregated, date: y, value: v, n: n}}",
    ),
    ("content/exports/a.csv", "y,v,n\n2024,20,400\n2025,22,400\n"),
];

/// A survey of the year before last.
const LATE: &[File] = &[YEARLY[0], ("content/exports/a.csv", "y,v,n\n2023,20,400\n2024,22,400\n")];

/// A stage that nobody owns, known from a survey alone.
const BARE_STAGE: &[File] = &[
    ("content/journey.yaml", "- {id: pay, name: Pay a bill, purchase: after}\n"),
    (
        "content/metrics/csat.yaml",
        "{name: CSAT, kind: csat, stage: pay, data: {file: exports/a.csv, shape: aggregated, date: m, value: v, n: n}}",
    ),
    ("content/exports/a.csv", "m,v,n\n2026-09,80,400\n"),
];

/// A page that holds a score and leads nowhere.
const NAKED: &[File] =
    &[("content/pages/a.md", "---\ntitle: A\n---\n```{chart} csat\n```\n"), FOURTEEN[0], FOURTEEN[1]];

const HOME: File = ("content/index.md", "# Home");

const SHEET: &[File] = &[(
    "content/index.md",
    "```{five-whys}\nproblem: Calls\n- Letters are not read.\n  evidence: Asked\ncause: Customers don't read\n```\n",
)];

const EMPTY_PATH: &[File] = &[
    ("content/paths/crews.yaml", "title: Crews\nsteps:\n  - {page: index.md, minutes: 5}\n"),
    ("content/index.md", "# Home"),
];

/// Practices by number, each with what shows it. A practice may have several entries.
#[rustfmt::skip]
const PRACTICES: &[(u8, Shown)] = &[
    (1, On("teams/customer-support.html", &["7 conversations in the last 30 days", "She had kept", "off line in the evenings", "the same fault"])),
    (2, On("teams/customer-support.html", &["2 days since Customer support last talked with a customer (13 October 2026; as of 15 October 2026)"])),
    (2, On("teams/customer-support.html", &["data-last=\"2026-10-13\""])),
    (3, In(LONG_AGO, "teams/billing.html", &["Over a year (400 days)", "1 survey or review was read too. It is not counted: reading answers is not talking."], &["5 days since"])),
    (4, In(LONG_AGO, "teams/billing.html", &["Stale", "Over a year (400 days) since Billing last talked with a customer"], &[])),
    (4, In(LONG_AGO, "teams/sales.html", &["No conversation recorded"], &["days since"])),
    (4, On("conversations.html", &["sense sense-worse\">Stale"])),
    (5, In(LEVELS, "conversations.html", &["Executives", "Too few to show"], &[">2<"])),
    (5, On("conversations.html", &["Executives", "Managers", "Front line"])),
    (5, On("conversations.html", &["<meter"])),
    (6, On("playbooks/talk-to-a-customer.html", &["Call back one closed case", "Costs", "Takes 20 minutes", "Ask the support", "Sit beside a support agent", "Join an account call", "Ride along with a crew"])),
    (6, On("playbooks/talk-to-a-customer.html", &["data-copy", "data-copy", "data-copy", "data-copy"])),
    (6, Begun("pages/ways-to-talk.html", &["data-copy", "data-copy", "data-copy", "data-copy"])),
    (7, On("teams/field-installation.html", &["Target 1 a week: met 7 of the last 8 weeks", "week of", ": met"])),
    (9, On("metrics/support-ces.html", &["Heard in conversations (", "What was learned"])),
    (11, Warns(LONG_AGO, "focus-claim-stale", "\"customer-focused\" is said of a team that last talked with a customer on 10 September 2025")),
    (12, On("assignments.html", &["Overdue", "Overdue 15 days", "Open", "Done, and what was seen", "I called our own support line"])),
    (12, On("assignments.html", &["stories/i-called-our-own-line.html"])),
    (13, On("assignments.html", &["Find out at which line you stop."])),
    (13, Warns(&[HOME, ("content/assignments.yaml", "- {id: a, task: Call., role: r, due: 2026-12-01}"), ("content/roles/r.md", "---\ntitle: R\nowner: Head of R\n---\nR.")], "purpose-missing", "does not say what to find out")),
    (14, On("stories/i-called-our-own-line.html", &["How it felt", "What we will do differently", "Led to", "A chatbot at the front door", "Customer told"])),
    (15, On("journey.html", &["After purchase: 1 of 5 stages has no story"])),
    (15, In(&[HOME, ("content/journey.yaml", "- {id: use, name: Use, owner: Head of Use, purchase: after}\n- {id: pay, name: Pay, owner: Head of Pay, purchase: after}")], "journey.html", &["After purchase: 2 of 2 stages have no metric"], &[])),
    (15, Warns(&[HOME, ("content/journey.yaml", "- {id: buy, name: Buy, owner: Head of Sales, purchase: before}")], "journey-stops", "the journey ends when the customer has bought")),
    (16, On("metrics/support-ces.html", &["Ease of getting help", "Owner", "Measured Customer effort score, 1 to 7, higher is better, one point per month since October 2023", "Source Two questions after a call or chat", "On this page"])),
    (16, Fails(YEARLY, "owner-missing", "the metric \"NPS\" has no owner")),
    (16, Fails(YEARLY, "source-missing", "\"NPS\" does not say where its numbers come from")),
    (16, Fails(&[("content/metrics/a.yaml", "{name: A, data: {file: exports/a.csv, date: d}}"), ("content/exports/a.csv", "d\n2026-01\n")], "key-missing", "has no \"kind\"")),
    (17, On("metrics/first-contact-resolution.html", &["Solved at first contact rose 6 percentage points after May 2026", "n = "])),
    (18, On("metrics/churn.html", &["Lower since Aug 2026, more than chance explains. No explanation recorded yet."])),
    (18, On("metrics/support-ces.html", &["Why it moved"])),
    (19, On("metrics/install-csat.html", &["Seasons", "December fell in 2023, 2024 and 2025"])),
    (20, On("metrics/nps.html", &["What this does not tell you"])),
    (20, Warns(YEARLY, "limits-missing", "\"NPS\" does not say what it cannot tell")),
    (21, Fails(&[("content/index.md", "# Home"), ("published.json", "[{\"schema\":1,\"metric\":\"nps\",\"name\":\"NPS\",\"as_of\":\"2026-06-30\",\"edition\":\"2026-q2\",\"identity\":{\"kind\":\"nps\"},\"changes\":[],\"series\":[]}]")], "metric-dropped", "\"NPS\" (nps) was published in edition 2026-q2 and is gone")),
    (22, On("metrics/bill-clarity.html", &["class=\"chart-break\""])),
    (22, On("metrics/bill-clarity.html", &["Question reworded, Q1 2025", "Changes of the definition", "the two periods must not be compared"])),
    (23, On("metrics/bill-clarity.html", &["Too early for a trend: 7 of the 12 points needed"])),
    (23, In(FOURTEEN, "metrics/csat.html", &["Too early for a trend: 2 of the 12 points needed"], &["Higher since", "Seasons"])),
    (24, On("playbooks/call-ahead.html", &["Outcome for the customer", "Start", "Stop", "The numbers behind this"])),
    (24, Fails(&[("content/playbooks/a.md", "# A\n\nText.")], "playbook-incomplete", "does not say what will be true for the customer")),
    (24, Fails(&[("content/playbooks/a.md", "# A\n\nText.")], "playbook-incomplete", "names no metric it should move")),
    (25, On("teams/customer-support.html", &["How our work reaches customers", "Solved at first contact 70 %", "Get help", "Ease of getting help 5.16 of 7"])),
    (26, On("paths/index.html", &["New managers", "8 steps, about 40 minutes"])),
    (26, Around("paths/index.html", &["page-teaching-paths."])),
    (26, On("paths/index.html", &["data-path=\"new-managers\""])),
    (27, Warns(NAKED, "naked-score", "the score \"csat\" stands on a page that leads to no action, playbook or story")),
    (28, Warns(&[("content/pages/a.md", "# A\n\nText.")], "next-missing", "the page has no next step")),
    (28, Warns(&[("content/pages/a.md", "# A\n\nWe delight our customers.")], "hollow-phrase", "\"delight our customers\"")),
    (28, On("playbooks/call-ahead.html", &["Do this next"])),
    (29, On("actions/index.html", &["Technicians call an hour ahead", "71 % 79 %", "12 months each, n = 3,591/3,595"])),
    (30, On("index.html", &["pages of guidance; 10 actions"])),
    (31, On("metrics/support-ces.html", &["Heard in conversations", "What colleagues report", "What we changed"])),
    (31, On("metrics/nps.html", &["No action aims at this number yet. Write metric: into the page of one in actions/."])),
    (32, Warns(LATE, "cadence-missed", "one point a year, and the last is 2024 (653 days ago); no action was begun since")),
    (32, Warns(YEARLY, "cadence-missed", "is measured once a year, last in 2025, and no action was begun")),
    (33, On("teams/field-installation.html", &["Our part of the vision"])),
    (33, Around("glossary.html", &["Every home online, and nobody left waiting without knowing why."])),
    (34, On("metrics/install-csat.html", &["class=\"chart-good\""])),
    (34, On("metrics/install-csat.html", &["How to use it", "Good looks like", "In numbers"])),
    (35, On("map.html", &["chart-wide", "class=\"grid\""])),
    (35, On("map.html", &["The whole map", "How sure we are", "On no line"])),
    (36, On("journey.html", &["Order", "5 teams 1 hand-off without an owner", "Who hands over what"])),
    (37, On("blockers.html", &["Open 108 days"])),
    (37, On("blockers.html", &["waiting on Head of Order Management"])),
    (38, On("evidence.html", &["4 observations: "])),
    (40, On("accountability.html", &["Role Pages Metrics Stages Goals Asked for a yes", "Head of Billing and Retention"])),
    (40, In(BARE_STAGE, "journey.html", &["No owner"], &[])),
    (40, In(BARE_STAGE, "health.html", &["Stages with an owner 0 of 1 1 missing"], &[])),
    (41, On("accountability.html", &["promises that fell due were kept in time", "Late"])),
    (41, On("strategy.html", &["From the strategy:", "How we will know"])),
    (41, Begun("pages/strategy.html", &["Owner", "Do this next"])),
    (41, Begun("pages/culture.html", &["Owner", "Do this next"])),
    (41, Begun("pages/accountability.html", &["Owner", "Do this next"])),
    (41, Begun("accountability.html", &["What was promised", "Who answers for what", "Head of Customer Insight"])),
    (42, On("playbooks/close-the-loop.html", &["popovertarget=\"term.detractor\"", "data-note=\"1\"", "popover"])),
    (42, Fails(&[HOME, ("content/glossary.yaml", "- {term: NPS, long: Net Promoter Score, definition: A.}\n- {term: Net Promoter Score, definition: B.}")], "term-twice", "\"Net Promoter Score\" is defined here and under")),
    (43, Warns(&[("content/pages/a.md", "# A\n\nWe are customer-centric.")], "hollow-phrase", "stands here without a goal, a measure or a number")),
    (45, On("playbooks/call-ahead.html", &["What we improve", "What the customer feels", "What the customer tells us", "What the customer does", "Assumed"])),
    (45, On("playbooks/call-ahead.html", &["class=\"is-assumed\""])),
    (46, On("playbooks/five-meeting-questions.html", &["Five questions before we decide", "print: it fills one page", "What you write stays in this browser"])),
    (46, On("playbooks/five-meeting-questions.html", &["<textarea", "<textarea", "<textarea", "<textarea", "<textarea"])),
    (48, On("playbooks/talk-to-a-customer.html", &["What do you wish we did differently?", "When did you last have to do with us?", "Who else in our trade", "print: it fills one page"])),
    (48, On("playbooks/talk-to-a-customer.html", &["rows=\"5\"", "rows=\"5\"", "rows=\"5\""])),
    (48, Begun("playbooks/interview-guide.html", &["When did you last have to do with us?", "What do you wish had worked differently?", "Who else does this well?", "print: it fills one page"])),
    (49, On("conversations.html", &["days since any conversation"])),
    (28, On("health.html", &["Do this next", "Close the widest gap: \"Hand-offs with an owner\", 2 of 8 missing."])),
    (28, On("evidence.html", &["Do this next", "Tell the customers who spoke of \"Keeping me informed\" what was done: Outage messages in plain words."])),
    (28, On("conversations.html", &["Do this next", "Billing last talked with a customer 394 days ago"])),
    (52, On("evidence.html", &["How far we are with each theme", "Telling it twice", "9, all with consent and read by a second person", "Comment after a call or a chat with support, August 2026"])),
    (52, Fails(&[HOME, ("content/quotes/a.yaml", "- {id: a, text: Fine., source: Survey, date: 2026-03, anonymised: true}")], "quote-without-consent", "has no \"consent\"")),
    (52, Fails(&[HOME, ("content/quotes/a.yaml", "- {id: a, text: Fine., date: 2026-03, consent: yes, anonymised: true}")], "key-missing", "has no \"source\"")),
    (52, Fails(&[HOME, ("content/quotes/a.yaml", "- {id: a, text: Fine., source: Survey, consent: yes, anonymised: true}")], "key-missing", "has no \"date\"")),
    (54, On("evidence.html", &["n = 1,104", "Of: visits that did not take place", "Asked or counted:"])),
    (54, On("playbooks/keep-the-promised-visit.html", &["In 62 % of missed visits", "n = 1,104"])),
    (54, Fails(&[HOME, ("content/claims.yaml", "- {id: a, says: 80 % want this., from: 2026-01, population: all, question: Do you?}")], "key-missing", "the claim has no \"source\"")),
    (54, Warns(&[("content/pages/a.md", "# A\n\n80 % of customers want this.")], "percent-without-base", "speaks of people and does not say")),
    (55, In(FOURTEEN, "metrics/csat.html", &["<p class=\"number\"><span class=\"base\"><span class=\"value\">80"], &[])),
    (55, In(FOURTEEN, "metrics/csat.html", &["based on 14 answers", "Too early for a trend"], &["Higher", "Lower since"])),
    (56, On("metrics/nps.html", &["When it moves, we"])),
    (56, Warns(YEARLY, "trigger-missing", "\"NPS\" does not say what we do when it moves")),
    (57, On("teams/network-operations.html", &["What the customer tells us Reliability as customers rate it", "What the customer tells us Likelihood to recommend"])),
    (58, On("teams/customer-support.html", &["Over 36 months the two moved the same way: r = 0.90, 95 % interval", "that is not proof of cause"])),
    (59, On("evidence.html", &["Heard Decided Done Customers told", "yes yes yes not told"])),
    (59, Warns(&[("content/actions/a.md", "---\ntitle: A\nstate: done\nfinished: 2026-01-10\n---\nText.")], "loop-open", "customers were not told")),
    (60, On("journey.html", &["Known from survey, conversations, observations, operations"])),
    (60, In(BARE_STAGE, "journey.html", &["only surveys"], &[])),
    (61, On("quotes.html", &["Comment in the survey after installation", "household"])),
    (61, Fails(&[HOME, ("content/quotes/a.yaml", "- {id: a, text: Fine., source: Survey, date: 2026-03, consent: yes}")], "quote-without-consent", "has no \"anonymised: true\"")),
    (61, Fails(&[HOME, ("content/quotes/a.yaml", "- {id: a, text: Write to a.b@post.example., source: Survey, date: 2026-03, consent: yes, anonymised: true}")], "private-text", "")),
    (64, On("playbooks/five-whys.html", &["Problem", "How we know:", "Cause", "What we do about it", "Drains in the inspection of cabinets"])),
    (64, Warns(SHEET, "blame-as-cause", "\"customers don't\" blames people")),
    (64, Fails(SHEET, "worksheet-incomplete", "the sheet leads to no action")),
    (65, On("actions/index.html", &["needs yes from: Head of Field Operations"])),
    (65, On("blockers.html", &["Who can say yes"])),
    (68, On("impacts/end-of-paper-forms.html", &["Who is worse off?"])),
    (68, Fails(&[("content/impacts/a.md", "---\ntitle: A\nchange: A.\nbetter-off: Some.\nplan: B.\ncheck: C.\n---\nText.")], "key-missing", "the impact has no \"worse-off\"")),
    (70, On("strategy.html", &["No behaviour for this goal yet:"])),
    (70, On("teams/billing.html", &["Our part of the strategy"])),
    (74, On("paths/new-managers.html", &["Everybody who leads a team for the first time", "What you will do differently", "How we will know"])),
    (74, Fails(EMPTY_PATH, "key-missing", "the learning path has no \"for\"")),
    (74, Fails(EMPTY_PATH, "key-missing", "the learning path has no \"change\"")),
    (74, Fails(EMPTY_PATH, "key-missing", "the learning path has no \"evidence\"")),
    (79, On("roles/team-lead.html", &["For you 3 habits, 2 metrics, 1 open assignment"])),
    (80, On("digests/customer-support.html", &["Since 16 July 2026", "Ease of getting help: 5.16 of 7, +0.07", "actions done", "1 blocker older than 60 days."])),
];

/// A page as it is read: tags gone, white space folded. Drawings are left out.
fn text(html: &str) -> String {
    let (mut out, mut rest) = (String::new(), html);
    while let Some((before, after)) = rest.split_once('<') {
        out.push_str(before);
        out.push(' ');
        let end = if after.starts_with("svg ") { "</svg>" } else { ">" };
        rest = after.split_once(end).map_or("", |(_, rest)| rest);
    }
    out.push_str(rest);
    let words =
        [("&#39;", "'"), ("&quot;", "\""), ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("\u{a0}", " ")];
    let out = words.iter().fold(out, |out, (entity, sign)| out.replace(entity, sign));
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first of these words that do not stand in the text after those before them.
fn lacking<'a>(text: &str, words: &[&'a str]) -> Option<&'a str> {
    let mut rest = text;
    words.iter().copied().find(|words| match rest.split_once(words) {
        Some((_, after)) => {
            rest = after;
            false
        }
        None => true,
    })
}

/// What a page says of its own, without what stands around every page.
fn main(html: &str) -> &str {
    let (_, main) = html.split_once("<main").expect("each page has its own part");
    main.split_once("</main>").expect("that ends").0
}

/// What is wrong with a page, as it is read or as it stands in the file.
fn trouble(html: &str, words: &[&str], never: &[&str]) -> Option<String> {
    let shown = text(html);
    let lacks = lacking(&shown, words).filter(|_| lacking(html, words).is_some());
    let lacks = lacks.map(|words| format!("does not say {words:?}"));
    let says = never.iter().find(|words| shown.contains(*words)).map(|words| format!("says {words:?}"));
    lacks.or(says)
}

/// What is not found in a tiny book at that level, at a place and with a hint. Nothing in book.toml makes it milder.
fn unfound(files: &[File], check: &str, level: Level, words: &str) -> Option<String> {
    let strict: Vec<File> =
        files.iter().copied().chain([("book.toml", "[book]\ntitle = \"Test\"\n")]).collect();
    let found = fixture::build(&strict).findings;
    let is = |finding: &Finding| {
        let same = finding.check.name == check && finding.message.contains(words);
        same && finding.level == level && finding.place.is_some() && !finding.help.is_empty()
    };
    let said = short(&found);
    (!found.iter().any(is)).then(|| format!("no {} {check} {words:?} among\n{said}", level.word()))
}

#[test]
fn each_practice_is_shown() {
    let output = built(&sample());
    let begun = super::starter::begun();
    let on = |output: &Output, route: &str, words: &[&str], never: &[&str], part: fn(&str) -> &str| {
        trouble(part(&page(output, route)), words, never).map(|wrong| format!("{route} {wrong}"))
    };
    let wrong = PRACTICES.iter().filter_map(|(number, shown)| {
        let wrong = match shown {
            On(route, words) => on(&output, route, words, &[], main),
            Around(route, words) => on(&output, route, words, &[], |html| html),
            Begun(route, words) => on(&begun, route, words, &[], main),
            In(files, route, words, never) => {
                let built = fixture::build(files);
                let errors = fixture::errors(&built.findings);
                assert!(errors.is_empty(), "practice {number}: {errors:#?}");
                on(&built.value, route, words, never, main)
            }
            Fails(files, check, words) => unfound(files, check, Level::Error, words),
            Warns(files, check, words) => unfound(files, check, Level::Warning, words),
        };
        wrong.map(|wrong| format!("practice {number}: {wrong}"))
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The list itself: each practice that is core has an entry, and no entry is about a practice that is not there.
#[test]
fn each_core_practice_has_an_entry() {
    let Some(list) = shared("practices.md") else { return };
    let list = read(&list);
    let rows = list.lines().filter_map(|line| {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        Some((cells.get(1)?.parse::<u8>().ok()?, *cells.get(4)?))
    });
    let rows: Vec<(u8, &str)> = rows.collect();
    let core: BTreeSet<u8> =
        rows.iter().filter(|(_, kind)| *kind == "C").map(|(number, _)| *number).collect();
    assert!(core.len() > 40, "only {} core rows were read", core.len());
    let ours: BTreeSet<u8> = PRACTICES.iter().map(|(number, _)| *number).collect();
    let all: BTreeSet<u8> = rows.iter().map(|(number, _)| *number).collect();
    let without: Vec<&u8> = core.difference(&ours).collect();
    let strange: Vec<&u8> = ours.difference(&all).collect();
    assert!(
        without.is_empty() && strange.is_empty(),
        "core without an entry: {without:?}; not in the list: {strange:?}"
    );
}

/// The values of a key in a list, as they are written.
fn values<'a>(list: &'a str, key: &str) -> Vec<&'a str> {
    let start = format!("{key}: ");
    let lines = list.lines().map(|line| line.trim_start_matches([' ', '-']));
    lines.filter_map(|line| line.strip_prefix(start.as_str())).collect()
}

/// From every page a reader reaches every team in one step, and from a team's page each link of its chain.
#[test]
fn every_page_leads_to_every_team_and_every_team_to_its_chain() {
    let output = built(&sample());
    let map = read(&fixture::root().join("content/map.yaml"));
    let keys = ["team", "metric", "stage", "moves"].map(|key| values(&map, key));
    assert!(keys.iter().all(|values| values.len() == keys[0].len() && values.len() > 10), "{keys:?}");
    let own =
        |route: &str| route.starts_with("teams/") && route.ends_with(".html") && route != "teams/index.html";
    let teams: Vec<String> =
        output.iter().map(|(route, _)| route.to_owned()).filter(|route| own(route)).collect();
    assert!(keys[0].iter().all(|team| teams.contains(&format!("teams/{team}.html"))), "{teams:?}");
    let mut pages = 0;
    // The page for missing pages cannot know where it is shown.
    for (route, bytes) in output.iter().filter(|(route, _)| route.ends_with(".html") && *route != "404.html")
    {
        let html = String::from_utf8_lossy(bytes);
        for team in &teams {
            let href = format!("href=\"{}\"", cxbook::links::relative(route, team));
            assert!(html.contains(&href), "{route} does not lead to {team}");
        }
        pages += 1;
    }
    assert!(pages > 100, "only {pages} pages");
    for (at, team) in keys[0].iter().enumerate() {
        let html = page(&output, &format!("teams/{team}.html"));
        let main = html.split("<main").nth(1).unwrap();
        let links = [
            format!("../metrics/{}.html", keys[1][at]),
            format!("../journey.html#{}", keys[2][at]),
            format!("../metrics/{}.html", keys[3][at]),
        ];
        for link in links {
            assert!(main.contains(&format!("href=\"{link}\"")), "the page of {team} does not lead to {link}");
        }
    }
}
