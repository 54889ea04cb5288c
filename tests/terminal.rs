//! Questions at a real terminal: the program runs under a pseudo-terminal that `script` of util-linux makes.

use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use super::fixture::read;

/// What a terminal sends for Ctrl-C and Ctrl-D.
const INTERRUPT: &str = "\u{3}";
const END: &str = "\u{4}";

/// The exit code of a program that Ctrl-C ended.
const INTERRUPTED: Option<i32> = Some(130);

const PATIENCE: Duration = Duration::from_secs(60);

/// Somebody at a terminal.
struct Terminal {
    child: Child,
    keys: Option<ChildStdin>,
    screen: Receiver<Vec<u8>>,
    /// Everything that was shown.
    shown: String,
    /// How much of it was looked at.
    seen: usize,
}

impl Terminal {
    /// Starts the program; `None`, said aloud, where there is no `script`.
    fn open(folder: &Path, arguments: &str) -> Option<Self> {
        let known = Command::new("script").arg("--version").output();
        if !known.is_ok_and(|known| String::from_utf8_lossy(&known.stdout).contains("util-linux")) {
            eprintln!("skipped: script of util-linux is not on this machine");
            return None;
        }
        // Whoever runs the tests in the background of a shell lets them ignore Ctrl-C, and that is inherited.
        let command = format!("env --default-signal=INT \"{}\" {arguments}", env!("CARGO_BIN_EXE_cxbook"));
        let mut child = Command::new("script")
            .args(["--quiet", "--return", "--command", &command, "/dev/null"])
            .current_dir(folder)
            .env("TERM", "dumb")
            .env_remove("SOURCE_DATE_EPOCH")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut output = child.stdout.take().unwrap();
        let (send, screen) = channel();
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count @ 1..) = output.read(&mut bytes) {
                if send.send(bytes[..count].to_vec()).is_err() {
                    break;
                }
            }
        });
        Some(Self { keys: child.stdin.take(), child, screen, shown: String::new(), seen: 0 })
    }

    /// Waits until words are shown that were not before.
    fn until(&mut self, words: &str) {
        loop {
            if let Some(at) = self.shown[self.seen..].find(words) {
                self.seen += at + words.len();
                return;
            }
            let more = self.screen.recv_timeout(PATIENCE);
            let more = more.unwrap_or_else(|_| panic!("no {words:?} in\n{}", self.shown));
            self.shown.push_str(&String::from_utf8_lossy(&more));
        }
    }

    fn press(&mut self, keys: &str) {
        let input = self.keys.as_mut().unwrap();
        input.write_all(keys.as_bytes()).and_then(|()| input.flush()).unwrap();
    }

    /// Answers the question that holds the words.
    fn answer(&mut self, words: &str, answer: &str) {
        self.until(words);
        self.until("> ");
        self.press(&format!("{answer}\n"));
    }

    /// The exit code, once the program has ended by itself.
    fn end(&mut self) -> Option<i32> {
        let code = ended(&mut self.child).unwrap_or_else(|| panic!("still running:\n{}", self.shown));
        while let Ok(more) = self.screen.recv_timeout(PATIENCE) {
            self.shown.push_str(&String::from_utf8_lossy(&more));
        }
        code
    }
}

/// The exit code of a program that ends in time; `None` where it does not.
pub(crate) fn ended(child: &mut Child) -> Option<Option<i32>> {
    let step = Duration::from_millis(20);
    for _ in 0..PATIENCE.as_millis() / step.as_millis() {
        if let Some(status) = child.try_wait().unwrap() {
            return Some(status.code());
        }
        std::thread::sleep(step);
    }
    None
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

const QUESTIONS: [&str; 5] = ["1 of 5.", "2 of 5.", "3 of 5.", "4 of 5.", "5 of 5."];

/// Every file below a folder.
fn files(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path.display().to_string()) }
    }
    found
}

#[test]
fn five_answers_make_a_book() {
    let room = tempfile::tempdir().unwrap();
    let Some(mut terminal) = Terminal::open(room.path(), "init our-book") else { return };
    let answers = ["Größe & Söhne", "Branches, Service", "Choose, Use", "NPS, Ease=ces", ""];
    for (question, answer) in QUESTIONS.iter().zip(answers) {
        terminal.answer(question, answer);
    }
    assert_eq!(terminal.end(), Some(0), "{}", terminal.shown);
    assert!(
        terminal.shown.contains("[sample]") && terminal.shown.contains("Wrote a book"),
        "{}",
        terminal.shown
    );
    let book = room.path().join("our-book");
    assert!(read(&book.join("book.toml")).contains("Größe & Söhne"));
    assert!(
        book.join("content/teams/branches.md").exists() && book.join("content/metrics/ease.yaml").exists()
    );
    assert!(read(&book.join("content/journey.yaml")).contains("name: \"Use\""));
    // An answer that stands behind an option is not asked for.
    let Some(mut terminal) = Terminal::open(room.path(), "init second --company A --sample --teams Sales")
    else {
        return;
    };
    terminal.answer(QUESTIONS[2], "");
    terminal.answer(QUESTIONS[3], "");
    assert_eq!(terminal.end(), Some(0), "{}", terminal.shown);
    for asked in [QUESTIONS[0], QUESTIONS[1], QUESTIONS[4]] {
        assert!(!terminal.shown.contains(asked), "{}", terminal.shown);
    }
}

#[test]
fn whoever_stops_at_a_question_finds_nothing_written() {
    for stop in [INTERRUPT, END] {
        for at in 0..QUESTIONS.len() {
            let room = tempfile::tempdir().unwrap();
            let Some(mut terminal) = Terminal::open(room.path(), "init our-book") else { return };
            for question in &QUESTIONS[..at] {
                terminal.answer(question, "Sales");
            }
            terminal.until(QUESTIONS[at]);
            terminal.until("> ");
            terminal.press(stop);
            let code = terminal.end();
            assert_eq!(code, if stop == END { Some(2) } else { INTERRUPTED }, "{at}: {}", terminal.shown);
            assert_eq!(stop == END, terminal.shown.contains("nothing was written"), "{}", terminal.shown);
            assert!(!terminal.shown.contains("panicked"), "{}", terminal.shown);
            assert_eq!(files(room.path()), Vec::<String>::new());
        }
    }
}

const EXPORT: &str = "when;what;score\n03/04/2026;x;9\n05/04/2026;y;10\n07/05/2026;z;2\n";

#[test]
fn import_asks_what_it_cannot_guess_and_before_it_writes() {
    let room = tempfile::tempdir().unwrap();
    let book = || {
        let folder = tempfile::tempdir_in(room.path()).unwrap();
        std::fs::write(folder.path().join("book.toml"), "[book]\ntitle = \"A\"\n").unwrap();
        std::fs::write(folder.path().join("answers.csv"), EXPORT).unwrap();
        folder
    };
    let folder = book();
    let Some(mut terminal) = Terminal::open(folder.path(), "import answers.csv") else { return };
    // An answer that is none is asked for again.
    terminal.answer("Is the day or the month first in", "the day");
    terminal.answer("Is the day or the month first in", "day-first");
    terminal.answer("Which role answers for this number?", "Head of Insight");
    terminal.answer("Where do the numbers come from", "");
    terminal.answer("Write the definition like that?", "");
    assert_eq!(terminal.end(), Some(0), "{}", terminal.shown);
    let definition = read(&folder.path().join("content/metrics/answers.yaml"));
    assert!(definition.contains("dates: day-first") && definition.contains("score: score"), "{definition}");
    assert!(definition.contains("owner: Head of Insight\nsource:  "), "{definition}");
    assert!(
        terminal.shown.contains("No site is built before source: is filled in there"),
        "{}",
        terminal.shown
    );
    assert!(folder.path().join("content/exports/answers.csv").exists());

    for (stop, code) in [(INTERRUPT, INTERRUPTED), (END, Some(2)), ("no\n", Some(0))] {
        let folder = book();
        let before = files(folder.path()).len();
        let Some(mut terminal) = Terminal::open(folder.path(), "import answers.csv") else { return };
        terminal.answer("Is the day or the month first in", "month-first");
        terminal.answer("Which role answers for this number?", "");
        terminal.answer("Where do the numbers come from", "Survey");
        terminal.until("Write the definition like that?");
        terminal.until("> ");
        terminal.press(stop);
        assert_eq!(terminal.end(), code, "{}", terminal.shown);
        assert_eq!(files(folder.path()).len(), before, "{}", terminal.shown);
    }
}
