//! Harmless mending of text files: tabs, quotes around a colon, line ends, blanks at the end of lines, byte order marks.
//!
//! Nothing changes what a file says. Each step is kept only when the file could not be read before it, or says the same after
//! it; a file that stays unreadable is left as it is.

use crate::load::{body_start, parse_yaml};
use crate::tree::Node;

/// A text after mending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tidied {
    /// The text; the same as before when nothing was to be mended.
    pub text: String,
    /// What was mended, in words.
    pub mended: Vec<&'static str>,
}

/// How a kind of file is read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Page,
    Yaml,
    Toml,
}

type Step = (&'static str, fn(&str) -> String);

/// Steps for what stands in YAML, the surest first.
const IN_YAML: [Step; 4] = [
    ("tabs became blanks", without_tabs),
    ("a text with a colon or an apostrophe got its quotation marks", with_quotes),
    ("blanks at the ends of lines are gone", without_trailing),
    ("the file ends with one line end", with_one_end),
];

/// Whether a file of this name is mended at all. Exports stay as their tools wrote them.
pub fn is_mended(path: &str) -> bool {
    form(path).is_some()
}

fn form(path: &str) -> Option<Form> {
    match path.rsplit_once('.')?.1 {
        "md" => Some(Form::Page),
        "yaml" | "yml" => Some(Form::Yaml),
        "toml" => Some(Form::Toml),
        _ => None,
    }
}

/// Mends a text. `path` says by its ending what it is.
pub fn tidy(path: &str, text: &str) -> Tidied {
    let mut tidied = Tidied { text: text.to_owned(), mended: Vec::new() };
    let Some(form) = form(path) else { return tidied };
    // One step can clear the way for another, so a few rounds leave nothing for a second call.
    for _ in 0..IN_YAML.len() {
        let round = once(form, path, &tidied.text);
        if round.mended.is_empty() {
            break;
        }
        tidied.text = round.text;
        let fresh: Vec<_> = round.mended.into_iter().filter(|words| !tidied.mended.contains(words)).collect();
        tidied.mended.extend(fresh);
    }
    tidied
}

fn once(form: Form, path: &str, text: &str) -> Tidied {
    let mut tidied = Tidied { text: text.to_owned(), mended: Vec::new() };
    let whole: [Step; 2] =
        [("the byte order mark is gone", without_mark), ("line ends are those of the web", with_plain_ends)];
    for (words, step) in whole {
        tidied.keep(words, step(&tidied.text), |before, after| says(form, before, after));
    }
    match form {
        Form::Page => {
            let (top, body) = tidied.text.split_at(body_start(path, &tidied.text));
            let body = body.to_owned();
            if let Some((facts, end)) =
                top.strip_prefix("---\n").and_then(|rest| Some((rest.strip_suffix("---\n")?, "---\n")))
            {
                let mended = in_yaml(facts, &IN_YAML[..3]);
                tidied.text = format!("---\n{}{end}{body}", mended.text);
                tidied.mended.extend(mended.mended);
            }
        }
        Form::Yaml => {
            let mended = in_yaml(&tidied.text, &IN_YAML);
            tidied.text = mended.text;
            tidied.mended.extend(mended.mended);
        }
        Form::Toml => {
            for &(words, step) in &IN_YAML[2..] {
                tidied.keep(words, step(&tidied.text), |before, after| says(form, before, after));
            }
        }
    }
    tidied
}

impl Tidied {
    fn keep(&mut self, words: &'static str, after: String, is_fine: impl Fn(&str, &str) -> bool) {
        if after != self.text && is_fine(&self.text, &after) {
            self.text = after;
            self.mended.push(words);
        }
    }
}

/// Mends YAML. What cannot be read before and after stays as it is.
fn in_yaml(text: &str, steps: &[Step]) -> Tidied {
    let mut tidied = Tidied { text: text.to_owned(), mended: Vec::new() };
    for &(words, step) in steps {
        // An unreadable file may need several steps, so each is kept until the end shows whether they helped.
        tidied.keep(words, step(&tidied.text), |before, after| {
            match (parse_yaml(before), parse_yaml(after)) {
                (Some(before), Some(after)) => before.says_the_same(&after),
                (Some(_), None) => false,
                (None, _) => true,
            }
        });
    }
    if parse_yaml(&tidied.text).is_some() {
        tidied
    } else {
        Tidied { text: text.to_owned(), mended: Vec::new() }
    }
}

/// Whether a file says the same after a step as before, or could not be read before.
fn says(form: Form, before: &str, after: &str) -> bool {
    let read = |text: &str| -> Option<Node> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        match form {
            Form::Yaml => parse_yaml(text),
            Form::Toml => Some(crate::config::toml("", text))
                .filter(|read| read.findings.is_empty())
                .map(|read| read.value),
            Form::Page => {
                let top = text.split_at(body_start("", text)).0;
                parse_yaml(top.trim_start_matches("---").trim_end().trim_end_matches("---"))
            }
        }
    };
    match (read(before), read(after)) {
        (Some(before), Some(after)) => before.says_the_same(&after),
        (Some(_), None) => false,
        (None, _) => true,
    }
}

fn without_mark(text: &str) -> String {
    text.trim_start_matches('\u{feff}').to_owned()
}

fn with_plain_ends(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

fn each_line(text: &str, mend: impl Fn(&str) -> String) -> String {
    text.split_inclusive('\n')
        .map(|line| match line.strip_suffix('\n') {
            Some(line) => mend(line) + "\n",
            None => mend(line),
        })
        .collect()
}

/// The same without the lines of texts that begin below a `|` or a `>`: every sign of those is the author's.
fn each_line_of_keys(text: &str, mend: impl Fn(&str) -> String) -> String {
    let mut inside: Option<usize> = None;
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let words = line.trim_end();
        let indent = words.len() - words.trim_start_matches([' ', '\t']).len();
        if inside.is_some_and(|least| words.is_empty() || indent >= least) {
            out.push_str(line);
            continue;
        }
        inside = block_below(words);
        let end = if line.ends_with('\n') { "\n" } else { "" };
        out.push_str(&mend(line.strip_suffix('\n').unwrap_or(line)));
        out.push_str(end);
    }
    out
}

/// How far in the lines of a text stand that begins below this one, if one does.
fn block_below(line: &str) -> Option<usize> {
    let sign = line.trim_end_matches(['+', '-', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
    let before = sign.strip_suffix(['|', '>'])?;
    let start = line.len() - line.trim_start_matches([' ', '-']).len();
    if before.trim_end().ends_with(':') && before.ends_with(' ') {
        return Some(start + 1);
    }
    let is_item = before.trim_start() == "- ";
    is_item.then(|| before.trim_end().len())
}

/// Tabs at the start of a line become two blanks each; those behind a key or a dash one.
fn without_tabs(text: &str) -> String {
    each_line_of_keys(text, |line| {
        let rest = line.trim_start_matches([' ', '\t']);
        let start = line[..line.len() - rest.len()].replace('\t', "  ");
        match rest.split_once('\t') {
            Some((before, behind)) if before.ends_with([':', '-']) => {
                format!("{start}{before} {}", behind.trim_start_matches(['\t', ' ']))
            }
            _ => start + rest,
        }
    })
}

fn without_trailing(text: &str) -> String {
    each_line(text, |line| line.trim_end_matches([' ', '\t']).to_owned())
}

fn with_one_end(text: &str) -> String {
    let words = text.trim_end_matches('\n');
    if words.is_empty() { String::new() } else { format!("{words}\n") }
}

/// Quotes for what a file cannot be read without: `title: CX: a guide` and `says: 'it's late'`.
fn with_quotes(text: &str) -> String {
    if parse_yaml(text).is_some() {
        return text.to_owned();
    }
    each_line_of_keys(text, |line| {
        let rest = line.trim_start_matches([' ', '-']);
        let start = &line[..line.len() - rest.len()];
        match rest.split_once(": ") {
            Some((key, value)) if is_key(key) => match in_need(value.trim()) {
                Some(words) => format!("{start}{key}: {}", quoted(words)),
                None => line.to_owned(),
            },
            _ => line.to_owned(),
        }
    })
}

fn is_key(key: &str) -> bool {
    !key.is_empty() && key.chars().all(|one| one.is_alphanumeric() || matches!(one, '-' | '_'))
}

/// The words of a value that cannot stand without quotes, or whose quotes end too early.
fn in_need(value: &str) -> Option<&str> {
    if let Some(inner) = value.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')) {
        let lone = inner.replace("''", "").contains('\'');
        return lone.then_some(inner);
    }
    let is_plain = !value.starts_with(['"', '\'', '[', '{', '|', '>', '&', '*', '!', '#', '%', '@', '`']);
    let has_colon = value.contains(": ") || value.ends_with(':');
    (is_plain && has_colon && !value.contains(" #")).then_some(value)
}

/// A text in double quotes.
fn quoted(words: &str) -> String {
    format!("\"{}\"", words.replace('\\', "\\\\").replace('"', "\\\""))
}
