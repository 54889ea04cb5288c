//! Mistakes in YAML, from the parser's words to the author's.

use crate::diag::Place;

/// A mistake as the parser tells it, with the lines around it.
pub(super) struct Slip<'a> {
    /// The parser's words, without its count of lines: that begins at the top of the facts.
    words: String,
    /// The line it stands in.
    line: &'a str,
    /// The line above that says something, and its number from 0.
    above: &'a str,
    pub(super) above_at: usize,
    /// The entry of a list that begins nearest above.
    item_above: Option<&'a str>,
}

const QUOTES: &str = "Use double quotes outside and an apostrophe inside, or the other way round.";
/// Quotation marks that word processors write.
const CURLY: [char; 8] = ['“', '”', '„', '‟', '‘', '’', '«', '»'];
const COLUMNS: &str =
    "Check that keys of one group begin in the same column and that lists begin with \"- \".";

impl<'a> Slip<'a> {
    /// What `text` says around the place where the parser stopped with `words`.
    pub(super) fn new(text: &'a str, at: Option<&Place>, words: &str) -> Self {
        let line = at.map_or(usize::MAX, |at| at.line.max(1) as usize - 1);
        let says_something = |line: &&str| !line.trim().is_empty() && !line.trim_start().starts_with('#');
        let before = || text.lines().take(line).enumerate();
        let (above_at, above) = before().filter(|(_, line)| says_something(line)).last().unwrap_or((0, ""));
        let item_above = before().map(|(_, line)| line.trim()).filter(|line| line.starts_with("- ")).last();
        let words = words.lines().next().unwrap_or_default();
        let words = words.rfind(" at line ").map_or(words, |end| &words[..end]).to_owned();
        Self { words, line: text.lines().nth(line).unwrap_or(""), above, above_at, item_above }
    }

    /// The line above is at fault when the parser stumbles over a good colon: it has none of its own, or no blank behind it.
    pub(super) fn fault_above(&self) -> Option<(String, String)> {
        let (_, value) = key_and_value(self.line);
        if !self.words.contains("mapping values are not allowed") || value.contains(": ") {
            return None;
        }
        let told = |message: &str, help: String| Some((message.to_owned(), help));
        let indent = |line: &str| line.len() - line.trim_start().len();
        let above = self.above.trim();
        if above.starts_with("//") {
            return told("a remark begins with #, not with //", "Write # where // stands.".to_owned());
        }
        if let Some(rest) = above.strip_prefix('-').filter(|rest| rest.starts_with(char::is_alphanumeric)) {
            return told("this line has no blank behind its hyphen", format!("Write it as \"- {rest}\"."));
        }
        match (above.split_once(':'), above.split_once('=')) {
            (Some((key, after)), _) if after.starts_with(|first: char| first != ' ') => {
                told("this line has no blank behind its colon", format!("Write it as \"{key}: {after}\"."))
            }
            (None, Some((key, after))) => told(
                "this line has an equals sign where a colon belongs",
                format!("Write it as \"{}: {}\".", key.trim(), after.trim()),
            ),
            (None, None) if self.above_at == 0 && indent(self.above) == indent(self.line) => {
                let (key, after) = above.split_once(' ')?;
                told("this line has no colon behind its key", format!("Write it as \"{key}: {after}\"."))
            }
            _ => None,
        }
    }

    /// What is wrong, and what to do.
    pub(super) fn in_plain_words(&self) -> (String, String) {
        let says = |words: &[&str]| words.iter().any(|part| self.words.contains(part));
        let (message, help) = if says(&["duplicate mapping key"]) {
            let key = self.words.split(": ").nth(1).and_then(|rest| rest.split(", set").next());
            let message = format!("the key \"{}\" stands here a second time", key.unwrap_or_default());
            return (message, "Keep one of the two.".to_owned());
        } else if says(&["trailing content after"]) && self.has_comma_behind() {
            ("a comma stands behind the quotation mark that ends this text", "Take the comma out.")
        } else if let Some(words) =
            self.in_apostrophes().filter(|_| says(&["unclosed quote", "trailing content after"]))
        {
            let message =
                "an apostrophe inside this text ends it too early, since apostrophes stand around it";
            let help = format!("Put double quotes around it: {}: \"{words}\"", key_and_value(self.line).0);
            return (message.to_owned(), help);
        } else if says(&["unclosed quote", "trailing content after"]) {
            ("a quotation mark inside this text ends it too early, or the last one is missing", QUOTES)
        } else if says(&["unknown escape"]) {
            let help = "Use apostrophes around the text, or write each backslash twice.";
            ("a backslash between double quotation marks has a meaning of its own", help)
        } else if says(&["illegal placement of ':'", "expected ',' or"]) {
            (
                "a bracket that is opened above is never closed",
                "Close it with ] or }, in the line where it begins.",
            )
        } else if says(&["unclosed bracket"]) {
            ("this bracket is never closed", "Close it with ] or }, or put the text in quotation marks.")
        } else if says(&["misplaced bracket"]) {
            ("this bracket closes nothing", "Take it out, or put the text in quotation marks.")
        } else if says(&["mapping values are not allowed"]) {
            return self.misplaced_colon();
        } else if let Some(special) = self.special_start() {
            let message = format!("a text that begins with {special} needs quotation marks");
            return (message, self.in_quotes());
        } else if says(&["simple key expected ':'"]) && self.above.trim().starts_with("- ") {
            let help = "Begin it with \"- \". When it goes on with the entry above, begin it further right than that.";
            ("this line stands in a list and does not begin with a hyphen", help)
        } else if says(&["simple key expected ':'"]) {
            let help =
                "Write it as \"key: value\". When it goes on with the text above, begin it further right.";
            ("this line has no colon", help)
        } else if let (Some(item), Some(above)) = (self.line.trim().strip_prefix("- "), self.item_above)
            && says(&["did not find expected"])
        {
            let message = format!("\"{item}\" is not lined up with \"{}\" above it", &above[2..]);
            return (message, "Let both hyphens stand in one column.".to_owned());
        } else if says(&["did not find expected"]) {
            ("this line does not begin in the column of the lines it belongs to", COLUMNS)
        } else if says(&["multiple YAML documents"]) {
            ("here a second part of this file begins", "Take out the line of three hyphens above.")
        } else {
            let message = format!("this cannot be read as \"key: value\" lines: {}", self.words);
            return (message, COLUMNS.to_owned());
        };
        (message.to_owned(), help.to_owned())
    }

    /// A colon where none can be: in a text, behind a line that went wrong, or in a line that begins too far right.
    fn misplaced_colon(&self) -> (String, String) {
        let (key, value) = key_and_value(self.line);
        if value.starts_with(CURLY) {
            let message =
                "the quotation marks around this text are those of a word processor, not \"straight\" ones";
            return (message.to_owned(), self.in_quotes());
        }
        if !value.starts_with(['"', '\'']) && value.contains(": ") {
            let mut second = value.split(", ").skip(1).filter_map(|part| part.split_once(": "));
            let two = second.any(|(key, _)| !key.contains(' '));
            let help = if two { "; or, if these are two facts, give each a line of its own" } else { "" };
            let message = "the text behind the first colon has a colon of its own".to_owned();
            return (message, self.in_quotes() + help);
        }
        if key.contains(' ') {
            let message = "this line goes on with the text above, but has a colon of its own".to_owned();
            return (message, "Put double quotes around the whole text.".to_owned());
        }
        let message = format!("\"{key}\" begins further right than the keys it belongs to");
        let help = format!("Let it begin in the same column as \"{}\".", key_and_value(self.above).0);
        (message, help)
    }

    fn has_comma_behind(&self) -> bool {
        let line = self.line.trim_end();
        line.ends_with("\",") || line.ends_with("',")
    }

    /// The words of this line's value, when apostrophes stand around them and inside.
    fn in_apostrophes(&self) -> Option<&'a str> {
        let words = key_and_value(self.line).1.strip_prefix('\'')?.strip_suffix('\'')?;
        (words.contains('\'') && !words.contains('"')).then_some(words)
    }

    /// The sign with which the value of this line begins, when YAML has a meaning for it.
    fn special_start(&self) -> Option<&'static str> {
        let value = match self.line.trim().strip_prefix("- ") {
            Some(item) if !item.contains(':') => item.trim(),
            _ => key_and_value(self.line).1,
        };
        let goes_on = |close: char| value.split_once(close).is_some_and(|(_, rest)| !rest.trim().is_empty());
        match value.chars().next()? {
            '[' if goes_on(']') => Some("a bracket"),
            '{' if goes_on('}') => Some("a brace"),
            '@' => Some("@"),
            '`' => Some("a backtick"),
            '%' => Some("%"),
            '&' => Some("&"),
            '*' => Some("*"),
            '>' | '|' if value.len() > 1 => Some("> or |"),
            '-' if value.starts_with("- ") => Some("a hyphen"),
            _ => None,
        }
    }

    /// The help to put the value of this line in quotation marks, with the line as it should be.
    fn in_quotes(&self) -> String {
        let (key, value) = key_and_value(self.line);
        if value.is_empty() || key.contains(['{', '[', '"', '\'']) {
            return "Put double quotes around the text.".to_owned();
        }
        let value = value.trim_matches(CURLY).replace('"', "'");
        format!("Put quotes around it: {key}: \"{value}\"")
    }
}

/// What stands before and behind the first colon of a line, without the hyphen of a list.
fn key_and_value(line: &str) -> (&str, &str) {
    let line = line.trim();
    let line = line.strip_prefix("- ").unwrap_or(line).trim_start();
    line.split_once(':').map_or((line, ""), |(key, value)| (key.trim(), value.trim()))
}
