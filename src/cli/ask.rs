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

    /// The answer to a question, without blanks around it; empty when somebody only pressed Enter.
    ///
    /// # Errors
    /// When the input ends before an answer: whoever ends it wants none of this.
    pub(super) fn ask(&mut self, question: &str, otherwise: &str) -> Result<String, String> {
        let shown = if otherwise.is_empty() { String::new() } else { format!(" [{otherwise}]") };
        let asked = write!(self.questions, "{question}{shown}\n> ").and_then(|()| self.questions.flush());
        let mut answer = String::new();
        match asked.and_then(|()| self.answers.read_line(&mut answer)) {
            Ok(1..) => Ok(answer.trim().to_owned()),
            _ => Err("the input ended before this was answered; nothing was written".to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_the_input_is_no_answer() {
        let mut shown = Vec::new();
        let mut asker =
            Asker { answers: Box::new(&b" Nordwind \n\nlast"[..]), questions: Box::new(&mut shown) };
        assert_eq!(asker.ask("Company?", "").as_deref(), Ok("Nordwind"));
        assert_eq!(asker.ask("Teams?", "Sales").as_deref(), Ok(""));
        assert_eq!(asker.ask("A line without its end?", "").as_deref(), Ok("last"));
        assert!(asker.ask("Stages?", "").is_err());
        drop(asker);
        let shown = String::from_utf8(shown).unwrap();
        assert!(shown.starts_with("Company?\n> Teams? [Sales]\n> "), "{shown}");
    }
}
