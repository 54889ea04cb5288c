//! The bars of docs/PRIVACY.md, measured on labelled texts. The texts lie beside the repository, not in it.

use super::super::fixture::{read, root, shared};
use super::score::{alarms, labelled};

#[test]
fn identifiers_are_covered() {
    let Some(file) = shared("data/pii-open.jsonl") else { return };
    let score = labelled(&file);
    assert!(score.leaks.whole > 1_900, "only {} spans were read", score.leaks.whole);
    let percent = |kind: &str| score.covered[kind].percent();
    for kind in ["EMAIL", "CARD", "IBAN", "IP", "URL"] {
        assert!(percent(kind) >= 100.0, "{kind}: {:?}", score.covered[kind]);
    }
    for (kind, bar) in [("PERSON", 97.0), ("ADDRESS", 80.0), ("POSTCODE", 93.0)] {
        assert!(percent(kind) >= bar, "{kind}: {:.1} %", percent(kind));
    }
    assert!(score.lower_case.percent() >= 93.0, "lower case: {:?}", score.lower_case);
    assert!(score.leaks.percent() <= 3.0, "leaks: {:?}", score.leaks);
    assert!(score.silent.percent() <= 1.0, "silent: {:?}", score.silent);
    let rounded = format!("{:.1} %", score.leaks.percent());
    let page = read(&root().join("docs/PRIVACY.md"));
    assert!(page.contains(&rounded), "docs/PRIVACY.md does not say that {rounded} leak");
}

#[test]
fn names_in_real_comments_are_covered() {
    let Some(file) = shared("data/feedback-names-open.jsonl") else { return };
    let names = labelled(&file).covered["PERSON"];
    assert!(names.whole > 200 && names.percent() >= 97.0, "{names:?}");
}

#[test]
fn clean_comments_raise_few_alarms() {
    let Some(file) = shared("data/feedback-open.jsonl") else { return };
    let score = alarms(&file);
    assert!(score.words > 40_000, "only {} words were read", score.words);
    assert!(score.per_thousand(score.alarms) <= 6.0, "{score:?}");
    assert!(score.per_thousand(score.blocks) <= 1.0, "{score:?}");
    assert!(score.flagged.percent() <= 10.0, "{score:?}");
    eprintln!("alarms: {score:?}");
}
