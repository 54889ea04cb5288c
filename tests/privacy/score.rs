//! Scores of detections against labelled texts, by the definitions at the head of `pii_score.py`, which lies beside the data.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use cxbook::privacy::detect::{Level, Policy, Scanner};
use serde_json::Value;

use super::super::fixture::read;

/// Types that name or reach a person without more.
const DIRECT: [&str; 12] = [
    "PERSON",
    "EMAIL",
    "PHONE",
    "CARD",
    "IBAN",
    "NATIONAL_ID",
    "ADDRESS",
    "POSTCODE",
    "IP",
    "URL",
    "DATE_OF_BIRTH",
    "ACCOUNT",
];

/// A share of so many.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Share {
    pub(super) part: usize,
    pub(super) whole: usize,
}

impl Share {
    fn count(&mut self, counts: bool) {
        self.whole += 1;
        self.part += usize::from(counts);
    }

    pub(super) fn percent(self) -> f64 {
        100.0 * self.part as f64 / self.whole.max(1) as f64
    }
}

/// Scores on labelled texts.
#[derive(Debug, Default)]
pub(super) struct Labelled {
    /// Spans of each type that are covered.
    pub(super) covered: BTreeMap<String, Share>,
    /// Names in small letters that are covered.
    pub(super) lower_case: Share,
    /// Direct identifiers that are not covered.
    pub(super) leaks: Share,
    /// Documents with a direct identifier that leak while nothing at all is reported.
    pub(super) silent: Share,
}

/// Alarms on texts that hold nothing.
#[derive(Debug, Default)]
pub(super) struct Alarms {
    pub(super) words: usize,
    pub(super) alarms: usize,
    pub(super) blocks: usize,
    /// Asks of kinds that are no direct identifier: roles, illness, firms.
    pub(super) others: usize,
    /// Texts with an alarm.
    pub(super) flagged: Share,
}

impl Alarms {
    pub(super) fn per_thousand(&self, count: usize) -> f64 {
        1000.0 * count as f64 / self.words.max(1) as f64
    }
}

/// The texts of a file, one JSON object a line.
fn records(path: &Path) -> Vec<Value> {
    read(path)
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// Whether spans cover at least 80 % of a labelled span's letters and digits; of its characters where it has none.
fn is_covered(text: &[char], gold: &Range<usize>, found: &[Range<usize>]) -> bool {
    let letters: Vec<usize> = gold.clone().filter(|at| text[*at].is_alphanumeric()).collect();
    let counted: Vec<usize> = if letters.is_empty() { gold.clone().collect() } else { letters };
    let hit = counted.iter().filter(|at| found.iter().any(|span| span.contains(at))).count();
    hit as f64 / counted.len() as f64 >= 0.8
}

/// Scores the labelled texts of a file.
pub(super) fn labelled(path: &Path) -> Labelled {
    let policy = Policy::default();
    let mut scanner = Scanner::new(&policy);
    let mut score = Labelled::default();
    for record in records(path) {
        if record["kind"] == "negative" {
            continue;
        }
        let text = record["text"].as_str().unwrap();
        let points = |byte: usize| text[..byte].chars().count();
        let hits = scanner.scan(text);
        let found: Vec<Range<usize>> =
            hits.iter().map(|hit| points(hit.span.start)..points(hit.span.end)).collect();
        let characters: Vec<char> = text.chars().collect();
        let (mut direct, mut leaks) = (false, false);
        for span in record["spans"].as_array().unwrap().iter().filter(|span| span["weak"] != true) {
            let place = |key: &str| usize::try_from(span[key].as_u64().unwrap()).unwrap();
            let gold = place("start")..place("end");
            let covered = is_covered(&characters, &gold, &found);
            let kind = span["type"].as_str().unwrap();
            score.covered.entry(kind.to_owned()).or_default().count(covered);
            if kind == "PERSON" && !characters[gold].iter().any(|character| character.is_uppercase()) {
                score.lower_case.count(covered);
            }
            if DIRECT.contains(&kind) {
                direct = true;
                leaks |= !covered;
                score.leaks.count(!covered);
            }
        }
        if direct {
            score.silent.count(leaks && hits.is_empty());
        }
    }
    score
}

/// Counts alarms on the clean texts of a file.
pub(super) fn alarms(path: &Path) -> Alarms {
    let policy = Policy::default();
    let mut scanner = Scanner::new(&policy);
    let mut score = Alarms::default();
    for record in records(path) {
        let text = record["text"].as_str().unwrap();
        let hits = scanner.scan(text);
        let direct = hits.iter().filter(|hit| DIRECT.contains(&hit.kind.code())).count();
        score.words += text.split_whitespace().count();
        score.alarms += direct;
        score.others += hits.len() - direct;
        score.blocks += hits.iter().filter(|hit| hit.level == Level::Block).count();
        score.flagged.count(direct > 0);
    }
    score
}

#[test]
fn four_fifths_of_the_letters_cover() {
    let text: Vec<char> = "a b-cde".chars().collect();
    let covered = |gold: Range<usize>, found: &[Range<usize>]| is_covered(&text, &gold, found);
    let (all, end) = (0..7, 4..7);
    assert!(covered(0..7, &[0..1, end.clone()]) && !covered(0..7, std::slice::from_ref(&end)));
    assert!(covered(1..2, std::slice::from_ref(&all)) && !covered(1..2, &[]));
}
