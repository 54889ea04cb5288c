//! Findings as workflow commands, which GitHub shows beside the changed lines.

use super::{Finding, Level};

/// One command per finding, the gravest first: of each level GitHub shows ten for a step. `folder` leads from the folder of the
/// repository to the book's, empty when they are the same.
pub fn github(findings: &[Finding], folder: &str) -> String {
    let mut sorted: Vec<&Finding> = findings.iter().collect();
    sorted.sort_by_key(|finding| std::cmp::Reverse(finding.level));
    sorted.into_iter().map(|finding| command(finding, folder)).collect()
}

fn command(finding: &Finding, folder: &str) -> String {
    let level = match finding.level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "notice",
    };
    let mut facts = Vec::new();
    if let Some(place) = &finding.place {
        facts.push(format!("file={}", property(&super::place::from_folder(folder, &place.file))));
        if place.line > 0 {
            facts.push(format!("line={}", place.line));
        }
        if place.column > 0 {
            facts.push(format!("col={},endColumn={}", place.column, place.column + place.length));
        }
    }
    facts.push(format!("title={}", property(finding.check.name)));
    let separator = if finding.help.is_empty() { "" } else { "\n" };
    let words = text(&format!("{}{separator}{}", finding.message, finding.help));
    format!("::{level} {}::{words}\n", facts.join(","))
}

/// What a command says: its line must not end early.
fn text(words: &str) -> String {
    words.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A value in the head of a command.
fn property(words: &str) -> String {
    text(words).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::super::{Place, checks};
    use super::*;

    #[test]
    fn a_command_is_one_line_and_nothing_in_it_ends_it() {
        let place = Place { file: "a, b: 1%.md".into(), line: 3, column: 2, length: 4 };
        let mild = Finding::new(&checks::KEY_UNUSED, "so");
        let grave = Finding::new(&checks::SYNTAX, "100 %\nno").at(place).help("Do: this, now.");
        assert_eq!(
            github(&[mild, grave], "docs/book"),
            "::error file=docs/book/a%2C b%3A 1%25.md,line=3,col=2,endColumn=6,title=syntax::100 %25%0Ano%0ADo: this, now.\n\
             ::notice title=key-unused::so\n"
        );
    }
}
