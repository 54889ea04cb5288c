//! Questions at a terminal. Where nobody can answer, nothing is asked.

use std::io::{self, BufRead, IsTerminal, Write};

/// Asks on standard error, reads from standard input.
pub(super) struct Asker<'a> {
    answers: Box<dyn BufRead + 'a>,
    questions: Box<dyn Write + 'a>,
}

impl Asker<'_> {
    /// An asker, where somebody sits at a terminal.
    pub(super) fn at_terminal() -> Option<Self> {
        let somebody = io::stdin().is_terminal() && io::stderr().is_terminal();
        somebody.then(|| Self { answers: Box::new(io::stdin().lock()), questions: Box::new(io::stderr()) })
    }

    /// The answer to a question, without blanks around it; empty when somebody only pressed Enter, or the input has ended.
    pub(super) fn ask(&mut self, question: &str, otherwise: &str) -> String {
        let shown = if otherwise.is_empty() { String::new() } else { format!(" [{otherwise}]") };
        let asked = write!(self.questions, "{question}{shown}\n> ").and_then(|()| self.questions.flush());
        let mut answer = String::new();
        if asked.is_err() || self.answers.read_line(&mut answer).is_err() {
            return String::new();
        }
        answer.trim().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_the_input_is_an_answer() {
        let mut shown = Vec::new();
        let mut asker = Asker { answers: Box::new(&b" Nordwind \n"[..]), questions: Box::new(&mut shown) };
        assert_eq!(asker.ask("Company?", ""), "Nordwind");
        assert_eq!(asker.ask("Teams?", "Sales"), "");
        drop(asker);
        assert_eq!(String::from_utf8(shown).unwrap(), "Company?\n> Teams? [Sales]\n> ");
    }
}
