//! `cxbook import`: what is guessed from an export reads that export.

use cxbook::metrics::{Proposal, Wishes, understand};
use cxbook::pipeline;
use cxbook::source::{Content, Sources};

use super::fixture::{book, errors, options, sample, shared};

fn wishes(date: &str, score: &str, kind: &str) -> Wishes {
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    Wishes { date: some(date), score: some(score), kind: some(kind), ..Wishes::default() }
}

fn proposal(name: &str, bytes: &[u8], wishes: &Wishes) -> Proposal {
    let mut sources = Sources::default();
    sources.insert(name, Content::Bytes(bytes.into()));
    let understanding = understand(name, &sources).unwrap_or_else(|finding| panic!("{}", finding.message));
    understanding.propose(&format!("exports/{name}"), wishes)
}

/// Builds a book from a proposal; returns the errors and how many periods have a value, shown or not.
fn built(name: &str, bytes: &[u8], proposal: &Proposal) -> (Vec<String>, u64) {
    let path = format!("content/metrics/{}.yaml", proposal.id);
    let mut sources = book(&[("content/index.md", "# Home\n"), (&path, &proposal.yaml)]);
    sources.insert(format!("content/exports/{name}"), Content::Bytes(bytes.into()));
    let counted = pipeline::public_book(&sources, &options());
    let periods =
        counted.value.metrics().values().flat_map(|metric| &metric.series).flat_map(|series| &series.points);
    let with_rows = periods.filter(|point| point.state != cxbook::privacy::State::Missing).count();
    (errors(&counted.findings), with_rows as u64)
}

#[test]
fn proposals_read_the_exports_of_the_sample_book() {
    let sample = sample();
    let mut read = 0;
    for (path, content) in sample.iter().filter(|(path, _)| path.starts_with("content/exports/")) {
        let Content::Bytes(bytes) = content else { continue };
        let name = path.rsplit('/').next().unwrap();
        let guess = proposal(name, bytes, &Wishes::default());
        if guess.questions.is_empty() {
            let (errors, used) = built(name, bytes, &guess);
            assert!(errors.is_empty() && used > 0, "{name}: {errors:?}\n{}", guess.yaml);
            read += 1;
        }
    }
    assert!(read >= 8, "only {read} exports were read without a question");
}

#[test]
fn proposals_read_exports_nobody_here_wrote() {
    let cases = [
        ("bank-nps-responses/nps-responses.csv", wishes("", "", ""), "kind: nps"),
        (
            "nhs-fft-gp-responses/fft-responses.csv",
            wishes("", "rating", "share"),
            "split: {surgery: surgery}",
        ),
        ("nhs-fft-gp-responses/fft-responses.csv", wishes("", "", "count"), "kind: count"),
        (
            "survey-tool-exports/qualtrics-three-header-rows.csv",
            wishes("", "", "count"),
            "date: RecordedDate",
        ),
        ("sncf-tgv-punctuality/tgv-edition-2021-06.csv", wishes("Date", "", "count"), "file: exports/"),
        ("govuk-feedback-explorer/feedex-multiple-days.csv", wishes("", "", ""), "kind: csat"),
    ];
    for (file, wishes, line) in cases {
        let Some(real) = shared("data/real") else { return };
        let bytes = std::fs::read(real.join(file)).unwrap();
        let name = file.rsplit('/').next().unwrap();
        let guess = proposal(name, &bytes, &wishes);
        assert_eq!(guess.questions, Vec::<String>::new(), "{file}");
        assert!(guess.yaml.contains(line), "{file}: {line}\n{}", guess.yaml);
        let (errors, used) = built(name, &bytes, &guess);
        assert!(errors.is_empty() && used > 0, "{file}: {errors:?}\n{}", guess.yaml);
    }
}

#[test]
fn what_cannot_be_guessed_is_asked() {
    let questions = |text: &str, wishes: &Wishes| proposal("a.csv", text.as_bytes(), wishes).questions;
    let ambiguous = "day,score\n03/04/2026,9\n05/06/2026,10\n";
    let asked = questions(ambiguous, &Wishes::default());
    assert!(asked.len() == 1 && asked[0].contains("--dates day-first"), "{asked:?}");
    let told = Wishes { dates: Some("day-first".to_owned()), ..Wishes::default() };
    assert_eq!(questions(ambiguous, &told), Vec::<String>::new());
    assert!(questions("name,city\nA,B\n", &Wishes::default()).len() == 2, "neither when nor what");
    let slip = questions("month,score\n2026-01,9\n", &wishes("", "scor", ""));
    assert!(slip[0].contains("Did you mean \"score\"?"), "{slip:?}");
}

#[test]
fn a_wide_table_is_recognised() {
    let table = "region,Jan-25,Feb-25,Mar-25\nAll,70,71,72\n";
    let guess = proposal("csat.csv", table.as_bytes(), &Wishes::default());
    assert!(guess.yaml.contains("shape: wide") && guess.questions.is_empty(), "{}", guess.yaml);
    assert_eq!(built("csat.csv", table.as_bytes(), &guess), (vec![], 3));
}

#[test]
fn first_rows_are_masked() {
    let mut sources = Sources::default();
    sources.insert_text("a.csv", "date,score,customer,phone\n2026-01-31,9,Jane Example,0117 496 0123\n");
    let understanding = understand("a.csv", &sources).unwrap_or_else(|finding| panic!("{}", finding.message));
    assert_eq!(understanding.first_rows, [["2026-01-31", "9", "xxxx xxxxxxx", "9999 999 9999"]]);
    let guess = understanding.propose("exports/a.csv", &Wishes::default());
    assert!(
        !guess.yaml.contains("Jane") && guess.notes.iter().any(|note| note.contains("\"phone\"")),
        "{guess:?}"
    );
}

/// A proposal that says who answers for the number and where it comes from makes a book that passes; one that does not leads the
/// author to the two lines.
#[test]
fn a_proposal_passes_when_owner_and_source_are_said() {
    let export = b"month,score\n2026-08-01,9\n2026-09-01,10\n";
    let check = |wishes: &Wishes| {
        let guess = proposal("a.csv", export, wishes);
        let mut sources = book(&[
            ("book.toml", "[book]\ntitle = \"Test\"\n"),
            ("content/index.md", "# Home\n"),
            ("content/metrics/a.yaml", &guess.yaml),
        ]);
        sources.insert("content/exports/a.csv", Content::Bytes(export.as_slice().into()));
        (errors(&pipeline::build(&sources, &options()).findings), guess.yaml)
    };
    let (errors, yaml) = check(&Wishes::default());
    let line = |key: &str| yaml.lines().position(|line| line.starts_with(key)).unwrap() + 1;
    assert_eq!(errors.len(), 2, "{errors:?}");
    assert!(
        errors[0].starts_with(&format!("content/metrics/a.yaml:{}:1: error[owner-missing]", line("owner:")))
    );
    assert!(
        errors[1]
            .starts_with(&format!("content/metrics/a.yaml:{}:1: error[source-missing]", line("source:")))
    );
    let said = |text: &str| Some(text.to_owned());
    let owner = said("Head of Insight");
    let (errors, yaml) =
        check(&Wishes { owner, source: said("Survey: after the call"), ..Wishes::default() });
    assert_eq!(errors, Vec::<String>::new(), "{yaml}");
}
