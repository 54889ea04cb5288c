//! What is said in the text of a page: big words without anything behind them, and percentages without a base.
//!
//! Both rules look at what stands around the words, since the words alone are no mistake.

use std::sync::OnceLock;

use aho_corasick::AhoCorasick;

use super::pages::Places;
use crate::diag::{Finding, checks};
use crate::markdown::{Outline, Passage, PassageKind, Span};

/// Words that say nothing by themselves.
const HOLLOW: [&str; 40] = [
    "best in class",
    "best-in-class",
    "customer centric",
    "customer centricity",
    "customer excellence",
    "customer is king",
    "customer obsessed",
    "customer obsession",
    "customer-centric",
    "customer-centricity",
    "customer-obsessed",
    "customers are king",
    "customers are our passion",
    "delight customers",
    "delight our customers",
    "delight the customer",
    "delighting customers",
    "delighting our customers",
    "exceed customer expectations",
    "exceed expectations",
    "exceed our customers' expectations",
    "exceeding expectations",
    "exceptional experience",
    "exceptional experiences",
    "go the extra mile",
    "going the extra mile",
    "heart of everything we do",
    "love our customers",
    "memorable experiences",
    "passionate about customers",
    "passionate about our customers",
    "put customers first",
    "put our customers first",
    "put the customer first",
    "putting customers first",
    "raving fans",
    "surprise and delight",
    "we love customers",
    "world class",
    "world-class",
];

/// Words that give big ones something to stand on.
const GOALS: [&str; 8] = ["goal", "goals", "target", "targets", "measure", "measured", "by when", "deadline"];

/// Words behind which big ones are talked about, not used.
const AGAINST: [&str; 9] =
    ["not", "avoid", "stop", "never", "instead of", "rather than", "without", "jargon", "buzzword"];

/// Words by which a sentence speaks of people and what they say or do.
const PEOPLE: [&str; 32] = [
    "agents",
    "answered",
    "answers",
    "buyers",
    "callers",
    "citizens",
    "colleagues",
    "complained",
    "customers",
    "employees",
    "households",
    "members",
    "of them",
    "of those",
    "of us",
    "patients",
    "people",
    "population",
    "prefer",
    "promoters",
    "detractors",
    "respondents",
    "said",
    "satisfied",
    "say",
    "staff",
    "subscribers",
    "users",
    "visitors",
    "want",
    "wanted",
    "would recommend",
];

/// Words by which a percentage is a rule, a wish or arithmetic, and not a finding.
const RULES: [&str; 33] = [
    "aim",
    "at least",
    "at most",
    "below",
    "above",
    "confidence",
    "discount",
    "example",
    "for instance",
    "goal",
    "if",
    "interval",
    "less than",
    "limit",
    "more than",
    "must",
    "need to",
    "off",
    "percentage of",
    "should",
    "target",
    "once",
    "reach",
    "reached",
    "surpass",
    "surpassed",
    "targets",
    "tax",
    "threshold",
    "until",
    "up to",
    "vat",
    "you can",
];

/// Words that name where a figure comes from.
const SOURCES: [&str; 24] = [
    "according to",
    "analysis",
    "audit",
    "census",
    "data from",
    "export",
    "found that",
    "index",
    "interviews",
    "job system",
    "log",
    "log-ins",
    "poll",
    "register",
    "report",
    "reported by",
    "research",
    "source",
    "statistics",
    "study",
    "survey",
    "surveyed",
    "tally",
    "tests with",
];

/// Checks one text.
pub(super) fn check(outline: &Outline, passages: &[Passage], place: &Places<'_>) -> Vec<Finding> {
    let mut findings: Vec<Finding> =
        sections(passages).iter().flat_map(|section| hollow(section, outline, place)).collect();
    findings.extend(passages.iter().filter_map(|passage| percentage(passage, outline, place)));
    findings
}

/// A heading and what stands below it.
struct Section<'a> {
    passages: Vec<&'a Passage>,
    span: Span,
}

fn sections(passages: &[Passage]) -> Vec<Section<'_>> {
    let mut sections: Vec<Section<'_>> = Vec::new();
    for passage in passages {
        let begins = passage.span(0..1).start;
        if sections.is_empty() || passage.kind == PassageKind::Heading {
            if let Some(last) = sections.last_mut() {
                last.span.end = begins;
            }
            let start = if sections.is_empty() { 0 } else { begins };
            sections.push(Section { passages: Vec::new(), span: start..usize::MAX });
        }
        sections.last_mut().into_iter().for_each(|section| section.passages.push(passage));
    }
    sections
}

/// Big words, where no number, metric or goal stands in the same section.
fn hollow(section: &Section<'_>, outline: &Outline, place: &Places<'_>) -> Option<Finding> {
    let (passage, at, phrase) = section.passages.iter().find_map(|passage| {
        let kinds = [PassageKind::Quotation, PassageKind::Cell];
        if kinds.contains(&passage.kind) || !may_be_hollow(&passage.text) {
            return None;
        }
        let text = lower(&passage.text)?;
        let found = HOLLOW.iter().filter_map(|phrase| Some((word(&text, phrase)?, *phrase)));
        let used = |(at, _): &(usize, &str)| {
            !is_quoted(&text, *at) && !is_against(&text, *at) && !is_asked(&text, *at)
        };
        found.filter(used).min().map(|(at, phrase)| (*passage, at, phrase))
    })?;
    if section.passages.iter().any(|passage| stands_on_something(&passage.text))
        || shows_metric(section, outline)
    {
        return None;
    }
    let message = format!("\"{phrase}\" stands here without a goal, a measure or a number");
    let help = "Say the goal, the measure and the date in the same section, or take the words out.";
    let span = passage.span(at..at + phrase.len());
    Some(Finding::new(&checks::HOLLOW_PHRASE, message).at(place.of(&span)).help(help))
}

/// Whether any of the big words stands there, perhaps as a part of others: most texts are done with at this.
fn may_be_hollow(text: &str) -> bool {
    static ANY: OnceLock<Option<AhoCorasick>> = OnceLock::new();
    let any = ANY.get_or_init(|| AhoCorasick::builder().ascii_case_insensitive(true).build(HOLLOW).ok());
    any.as_ref().is_none_or(|any| any.is_match(text))
}

fn stands_on_something(text: &str) -> bool {
    let digits = text.contains(|sign: char| sign.is_ascii_digit());
    digits || lower(text).is_some_and(|text| GOALS.iter().any(|goal| word(&text, goal).is_some()))
}

fn shows_metric(section: &Section<'_>, outline: &Outline) -> bool {
    let inside = |span: &Span| section.span.contains(&span.start);
    outline.roles.iter().any(|role| matches!(role.name.as_str(), "metric" | "claim") && inside(&role.span))
        || outline.directives.iter().any(|block| block.name != "quotes" && inside(&block.span))
        || outline.links.iter().any(|link| link.target.contains("metrics/") && inside(&link.span))
}

/// A percentage of people, without the source and the number behind it.
fn percentage(passage: &Passage, outline: &Outline, place: &Places<'_>) -> Option<Finding> {
    if !matches!(passage.kind, PassageKind::Plain | PassageKind::Note) || !may_hold_percentage(&passage.text)
    {
        return None;
    }
    let text = lower(&passage.text)?;
    let found = percentages(&text).into_iter().find(|span| {
        let sentence = sentence(&text, span.start);
        let says = |words: &[&str]| words.iter().any(|one| word(sentence, one).is_some());
        // "100 %" is mostly a way of saying "wholly".
        let wholly = text[span.clone()].starts_with("100");
        says(&PEOPLE) && !says(&RULES) && !wholly && !is_quoted(&text, span.start)
    })?;
    let whole = passage.span(0..passage.text.len());
    let inside = |span: &Span| whole.contains(&span.start);
    if outline.roles.iter().any(|role| matches!(role.name.as_str(), "metric" | "claim") && inside(&role.span))
    {
        return None;
    }
    let linked = outline.links.iter().any(|link| inside(&link.span)) || place.text(&whole).contains("[^");
    let sourced = linked || SOURCES.iter().any(|source| word(&text, source).is_some());
    let missing = match (sourced, has_base(&text)) {
        (true, true) => return None,
        (true, false) => "how many it rests on",
        (false, true) => "where it comes from",
        (false, false) => "where it comes from and how many it rests on",
    };
    let shown = &passage.text.get(found.clone())?;
    let message = format!("\"{shown}\" speaks of people and does not say {missing}");
    let help = "Write it like: 62 % of customers (survey after installation, n = 312, March 2026). Or name the metric: \
                {metric}`install-csat` brings both.";
    let span = passage.span(found);
    Some(Finding::new(&checks::PERCENT_WITHOUT_BASE, message).at(place.of(&span)).help(help))
}

/// Whether it is worth looking for percentages in a text, in capitals or not: most passages have none.
fn may_hold_percentage(text: &str) -> bool {
    let bytes = text.as_bytes();
    let has_word = || bytes.windows(4).any(|four| four.eq_ignore_ascii_case(b"cent"));
    bytes.iter().any(u8::is_ascii_digit) && (bytes.contains(&b'%') || has_word())
}

/// Where percentages stand: digits, a blank or none, and the sign or the word.
fn percentages(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let ends = ["%", "per cent", "percent"].into_iter().flat_map(|sign| text.match_indices(sign));
    for (at, sign) in ends {
        let before = text[..at].trim_end_matches([' ', '\u{a0}', '\u{202f}']);
        let digits =
            before.trim_end_matches(|sign: char| sign.is_ascii_digit() || sign == '.' || sign == ',');
        // "percentage" is no percentage.
        let goes_on = sign != "%" && text[at + sign.len()..].starts_with(char::is_alphabetic);
        let is_number = before[digits.len()..].contains(|sign: char| sign.is_ascii_digit());
        if is_number && !goes_on {
            found.push(digits.len()..at + sign.len());
        }
    }
    found.sort_by_key(|span| span.start);
    found
}

/// The sentence around a place.
fn sentence(text: &str, at: usize) -> &str {
    let end = ENDS.iter().filter_map(|end| text[at..].find(end)).map(|end| at + end).min();
    &text[sentence_start(text, at)..end.unwrap_or(text.len())]
}

/// Signs that end a sentence or a part of one.
const ENDS: [&str; 5] = [". ", "? ", "! ", ": ", "; "];

fn sentence_start(text: &str, at: usize) -> usize {
    ENDS.iter().filter_map(|end| text[..at].rfind(end)).map(|end| end + 2).max().unwrap_or(0)
}

/// Whether a number of people or cases stands in a text: "n = 312", "of 312", "312 answers".
fn has_base(text: &str) -> bool {
    let words: Vec<&str> =
        text.split_whitespace().map(|word| word.trim_matches(['(', ')', ',', '.', ';', ':'])).collect();
    let number = |word: &str| {
        word.starts_with(|sign: char| sign.is_ascii_digit())
            && word.bytes().all(|byte| byte.is_ascii_digit() || byte == b',')
    };
    let of = words.windows(2).any(|pair| matches!(pair[0], "of" | "among" | "n") && number(pair[1]));
    let n = text.contains("n = ") || text.contains("n=");
    let nouns = [
        "answers",
        "calls",
        "cases",
        "colleagues",
        "customers",
        "households",
        "interviews",
        "letters",
        "meetings",
        "members",
        "participants",
        "patients",
        "people",
        "respondents",
        "responses",
        "users",
        "visits",
        "volunteers",
    ];
    let counted = words
        .windows(3)
        .any(|words| number(words[0]) && (nouns.contains(&words[1]) || nouns.contains(&words[2])));
    n || of || counted
}

/// The text in lower case with straight apostrophes; `None` where that would move the places of words.
pub(super) fn lower(text: &str) -> Option<String> {
    let lower: String = text.chars().map(|sign| sign.to_lowercase().next().unwrap_or(sign)).collect();
    (lower.len() == text.len()).then_some(lower)
}

/// Where a phrase stands as words of its own.
pub(super) fn word(text: &str, phrase: &str) -> Option<usize> {
    let joins = |sign: Option<char>| sign.is_some_and(|sign| sign.is_alphanumeric() || sign == '-');
    text.match_indices(phrase).map(|(at, _)| at).find(|at| {
        !joins(text[..*at].chars().next_back()) && !joins(text[at + phrase.len()..].chars().next())
    })
}

/// Whether a place stands between quotation marks, and so is somebody's words.
pub(super) fn is_quoted(text: &str, at: usize) -> bool {
    let before = &text[..at];
    let open = before.rfind(['\u{201c}', '\u{2018}', '\u{ab}']);
    let closed = before.rfind(['\u{201d}', '\u{2019}', '\u{bb}']);
    before.matches('"').count() % 2 == 1 || open > closed || before.ends_with('\'') && !before.ends_with("s'")
}

/// Whether the sentence talks against what follows.
pub(super) fn is_against(text: &str, at: usize) -> bool {
    let before = sentence_before(text, at);
    AGAINST.iter().any(|against| word(before, against).is_some())
}

/// What stands before a place in its sentence.
pub(super) fn sentence_before(text: &str, at: usize) -> &str {
    &text[sentence_start(text, at)..at]
}

/// Whether the sentence is a question.
fn is_asked(text: &str, at: usize) -> bool {
    text[at..].find(['.', '!', '?']).is_some_and(|end| text[at + end..].starts_with('?'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_are_numbers_with_a_sign() {
        for (text, expected) in [
            ("80% want", vec!["80%"]),
            ("about 7.5 % and 12 per cent", vec!["7.5 %", "12 per cent"]),
            ("the percentage of 3", vec![]),
            ("3 percentage points", vec![]),
            ("% of", vec![]),
            ("how many. % of what", vec![]),
        ] {
            let found: Vec<&str> = percentages(text).into_iter().map(|span| &text[span]).collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    proptest::proptest! {
        /// What is passed over without a look holds nothing.
        #[test]
        fn passages_are_passed_over_rightly(text in "([0-9%., ]|[Pp][Ee][Rr] ?[Cc]en[tT]|cent|best|-|in|class|Customer|King|is|\\PC){0,12}") {
            let lower = lower(&text);
            let plain = lower.as_deref().map(percentages).unwrap_or_default();
            proptest::prop_assert!(may_hold_percentage(&text) || plain.is_empty(), "{plain:?}");
            let hollow = |phrase: &&str| lower.as_deref().is_some_and(|text| word(text, phrase).is_some());
            proptest::prop_assert!(may_be_hollow(&text) || !HOLLOW.iter().any(hollow));
        }
    }

    #[test]
    fn numbers_of_people_are_seen() {
        for (text, expected) in [
            ("62 % (n = 312)", true),
            ("62 % of 312 callers", true),
            ("62 % of the 1,312 paying customers", true),
            ("of 40 calls 62 % were about bills", true),
            ("62 % of customers in 2026", false),
            ("62 % in the north", false),
        ] {
            assert_eq!(has_base(text), expected, "{text}");
        }
    }

    #[test]
    fn words_against_and_words_of_others_are_told_apart() {
        let place = |text: &str| word(text, "customer-centric").unwrap();
        for (text, quoted, against) in [
            ("we are customer-centric", false, false),
            ("the poster said \"we are customer-centric\"", true, false),
            ("the poster said \u{201c}customer-centric\u{201d}", true, false),
            ("no more. stop calling us customer-centric", false, true),
            ("stop it. we are customer-centric", false, false),
        ] {
            assert_eq!(is_quoted(text, place(text)), quoted, "{text}");
            assert_eq!(is_against(text, place(text)), against, "{text}");
        }
    }
}
