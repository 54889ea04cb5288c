//! Whatever an author saves, a build ends with findings or a site and never with a panic.

use cxbook::diag::{human, json};
use cxbook::pipeline;
use cxbook::source::{Content, Sources};

use super::fixture::{book, options};

/// One file of every kind, small enough to build hundreds of times.
const FILES: [(&str, &str); 12] = [
    (
        "book.toml",
        "[book]\ntitle = \"T\"\n[cx]\nheadline = [\"nps\"]\nvision = \"V\"\n[privacy]\nmin-answers = 5\n[checks]\nraw-html = \"off\"\n",
    ),
    (
        "content/index.md",
        "---\ntitle: Home\n---\nSee [[Support]] and [call](playbooks/call.md#start) {metric}`nps`.\n\n```{chart} nps\nsince: 2026-01\n```\n",
    ),
    ("content/journey.yaml", "stages:\n  - {id: help, name: Get help, owner: Head, summary: Help.}\n"),
    (
        "content/map.yaml",
        "edges:\n  - {team: support, metric: solved, stage: help, moves: nps, direction: same, evidence: assumed}\n",
    ),
    (
        "content/teams/support.md",
        "---\ntitle: Support\nowner: Head\npart: We answer.\n---\n## What we do\n\n- [ ] one\n\n| a | b |\n| - | -: |\n| 1 | 2 |\n",
    ),
    (
        "content/playbooks/call.md",
        "---\ntitle: Call\noutcome: Heard\nstart: [call]\nmetrics: [nps]\nnext: Call\n---\n## Start\n\n```sql\nselect 1;\n```\n\n> [!NOTE]\n> Word.[^1]\n\n[^1]: Foot.\n",
    ),
    (
        "content/actions/a.md",
        "---\nproblem: P\nteam: support\nstarted: 2026-02-01\nstate: done\nmetric: nps\nexpected: up\n---\nText\n",
    ),
    (
        "content/metrics/nps.yaml",
        "name: NPS\nkind: nps\nowner: I\nsource: S\ntarget: 20\nchanges: [{date: 2026-03, kind: reworded, note: N}]\ndata: {file: exports/nps-*.csv, date: when, score: score, split: {region: region}}\n",
    ),
    (
        "content/metrics/solved.yaml",
        "name: Solved\nkind: share\nowner: I\nsource: S\nteam: support\ndata: {file: exports/solved.csv, shape: aggregated, date: month, value: v, n: n}\n",
    ),
    ("content/exports/solved.csv", "month,v,n\n2026-01,50,100\n2026-02,60,120\n2026-03,,\n"),
    (
        "content/quotes/q.yaml",
        "defaults: {source: S, consent: C, anonymised: true}\nquotes:\n  - {id: q1, text: Good., stage: help, date: 2026-03, theme: x, teams: [support]}\n",
    ),
    (
        "content/contacts/c.csv",
        "date,team,channel,learned\n2026-03-02,support,call,Something\n2026-04-02,support,survey,\n",
    ),
];

/// Pieces that break things: signs with a meaning somewhere, odd characters, extreme numbers.
const PIECES: [&str; 26] = [
    "\u{0}",
    "\t",
    "\r\n",
    "---\n",
    ": ",
    "'",
    "\"",
    "{",
    "}",
    "[",
    "]",
    "```{chart}\n",
    "|",
    "\u{feff}",
    "\u{202e}",
    "é",
    "\u{fffe}",
    "1e999",
    "-0",
    "9999-12-31",
    "NaN",
    "99999999999999999999",
    "&a *a",
    "<script>",
    "[[",
    "\n\n\n",
];

/// SplitMix64.
struct Random(u64);

impl Random {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % most.max(1) as u64) as usize
    }
}

fn mutate(bytes: &[u8], random: &mut Random) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=random.below(3) {
        let at = random.below(bytes.len() + 1);
        match random.below(5) {
            0 => bytes.truncate(at),
            1 => bytes.iter_mut().skip(at).take(1).for_each(|byte| *byte = random.below(256) as u8),
            2 => drop(bytes.drain(at..(at + random.below(12)).min(bytes.len()))),
            3 => bytes.extend_from_within(at..),
            _ => drop(bytes.splice(at..at, PIECES[random.below(PIECES.len())].bytes())),
        }
    }
    bytes
}

/// A small book with one file of every kind.
pub(crate) fn whole() -> Sources {
    let mut sources = book(&FILES);
    let rows: String = (0..200)
        .map(|row| format!("2026-{:02}-05,{},{}\n", row % 8 + 1, row % 11, ["North", "Coast"][row % 2]))
        .collect();
    sources.insert_text("content/exports/nps-1.csv", &format!("when,score,region\n{rows}"));
    sources
}

#[test]
fn the_whole_book_is_fine() {
    let built = pipeline::build(&whole(), &options());
    assert_eq!(super::fixture::errors(&built.findings), Vec::<String>::new());
    assert!(built.value.get("teams/support.html").is_some());
}

#[test]
fn no_mutation_ends_in_a_panic() {
    let mut random = Random(20);
    let (mut broken, mut sound) = (0, 0);
    for _ in 0..400 {
        let mut sources = whole();
        let paths: Vec<_> = sources.iter().map(|(path, _)| path.clone()).collect();
        let path = &paths[random.below(paths.len())];
        let bytes = mutate(sources.bytes(path).unwrap(), &mut random);
        sources.insert(path.clone(), Content::Bytes(bytes.into()));
        let built = pipeline::build(&sources, &options());
        let said = human(&built.findings, &sources, false) + &json(&built.findings);
        assert_eq!(built.has_errors(), built.value.is_empty(), "{said}");
        for finding in &built.findings {
            assert!(!finding.message.trim().is_empty());
        }
        if built.has_errors() { broken += 1 } else { sound += 1 }
    }
    assert!(
        broken > 50 && sound > 50,
        "{broken} broken, {sound} sound: the mutations are too tame or too wild"
    );
}
