//! Colours for code: syntect reads the code, and its several hundred scopes become eight short classes.
//!
//! Classes instead of colours keep the page free of inline styles; the theme decides how each looks.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxSet};

use super::{escape::push_text, language};

/// Longer code stays plain: the regular expressions need time, and nobody reads that much of it on a page.
const LONGEST_CODE: usize = 60_000;
/// A longer line stays plain, and with it the block: minified code makes some expressions slow.
const LONGEST_LINE: usize = 1_000;

/// Scopes and their classes. Within one scope the first match counts, so the narrow stand before the wide.
const CLASSES: &[(&str, &str)] = &[
    ("comment", "hl-c"),
    ("string", "hl-s"),
    ("constant.character", "hl-s"),
    ("constant.numeric", "hl-n"),
    ("constant", "hl-v"),
    ("keyword.operator", "hl-o"),
    ("keyword", "hl-k"),
    ("storage", "hl-k"),
    ("entity.name.tag", "hl-k"),
    ("entity.name.function", "hl-f"),
    ("support.function", "hl-f"),
    ("variable.function", "hl-f"),
    ("entity.name", "hl-t"),
    ("entity.other.inherited-class", "hl-t"),
    ("support.type", "hl-t"),
    ("support.class", "hl-t"),
    ("entity.other.attribute-name", "hl-v"),
    ("variable", "hl-v"),
    ("markup.inserted", "hl-s"),
    ("markup.deleted", "hl-k"),
];

/// The inner HTML of a code block. `None` when the language is unknown or has no colours.
pub(super) fn highlight(code: &str, language: &str) -> Option<String> {
    let syntax = language::find(language)?.syntax?;
    if code.len() > LONGEST_CODE || code.lines().any(|line| line.len() > LONGEST_LINE) {
        return None;
    }
    let mut reader = Reader {
        state: ParseState::new(syntax_set().find_syntax_by_name(syntax)?),
        stack: ScopeStack::new(),
    };
    let mut painter = Painter::default();
    for line in code.split_inclusive('\n') {
        let read = read(line, &reader)?;
        let mut painted = 0;
        for (to, class) in &read.runs {
            painter.paint(line.get(painted..*to)?, *class);
            painted = *to;
        }
        reader = read.after.clone();
    }
    Some(painter.finish())
}

/// What was read before a line decides what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Reader {
    state: ParseState,
    stack: ScopeStack,
}

/// A line as it was read.
struct Line {
    text: String,
    before: Reader,
    /// Where runs end, and their classes.
    runs: Vec<(usize, Option<&'static str>)>,
    after: Reader,
}

/// Lines that were read lately, by any thread: code of one kind repeats itself, and the expressions that read it take their
/// time.
#[derive(Default)]
struct Lines {
    known: BTreeMap<u64, Vec<Arc<Line>>>,
    count: usize,
}

/// Lines that are remembered at once.
const REMEMBERED: usize = 8_192;

static LINES: RwLock<Lines> = RwLock::new(Lines { known: BTreeMap::new(), count: 0 });

/// A line as it reads behind others; `None` when the syntax gives up.
fn read(text: &str, before: &Reader) -> Option<Arc<Line>> {
    let mut digest = DefaultHasher::new();
    text.hash(&mut digest);
    let digest = digest.finish();
    let known = LINES.read().unwrap_or_else(PoisonError::into_inner).get(digest, text, before);
    known.or_else(|| {
        let mut after = before.clone();
        let mut runs = Vec::new();
        for (at, operation) in after.state.parse_line(text, syntax_set()).ok()? {
            runs.push((at, class_of(&after.stack)));
            after.stack.apply(&operation).ok()?;
        }
        runs.push((text.len(), class_of(&after.stack)));
        let line = Line { text: text.to_owned(), before: before.clone(), runs, after };
        Some(LINES.write().unwrap_or_else(PoisonError::into_inner).keep(digest, line))
    })
}

impl Lines {
    fn get(&self, digest: u64, text: &str, before: &Reader) -> Option<Arc<Line>> {
        let mut same = self.known.get(&digest).into_iter().flatten();
        same.find(|line| line.text == text && line.before == *before).cloned()
    }

    fn keep(&mut self, digest: u64, line: Line) -> Arc<Line> {
        if self.count == REMEMBERED {
            *self = Self::default();
        }
        let line = Arc::new(line);
        self.count += 1;
        self.known.entry(digest).or_default().push(Arc::clone(&line));
        line
    }
}

/// The syntaxes, unpacked at first use because it takes tens of milliseconds.
fn syntax_set() -> &'static SyntaxSet {
    static SET: OnceLock<SyntaxSet> = OnceLock::new();
    SET.get_or_init(SyntaxSet::load_defaults_newlines)
}

/// The class of the innermost scope that has one.
fn class_of(stack: &ScopeStack) -> Option<&'static str> {
    static SCOPES: OnceLock<Vec<(Scope, &'static str)>> = OnceLock::new();
    let scopes = SCOPES.get_or_init(|| {
        CLASSES.iter().filter_map(|(name, class)| Some((Scope::new(name).ok()?, *class))).collect()
    });
    stack.as_slice().iter().rev().find_map(|scope| {
        scopes.iter().find(|(prefix, _)| prefix.is_prefix_of(*scope)).map(|(_, class)| *class)
    })
}

/// Writes spans, one for each run of neighbours with the same class.
#[derive(Default)]
struct Painter {
    out: String,
    open: Option<&'static str>,
}

impl Painter {
    fn paint(&mut self, text: &str, class: Option<&'static str>) {
        if text.is_empty() {
            return;
        }
        if class != self.open {
            self.close();
            if let Some(class) = class {
                self.out.push_str(&format!("<span class=\"{class}\">"));
            }
            self.open = class;
        }
        push_text(&mut self.out, text);
    }

    fn close(&mut self) {
        if self.open.take().is_some() {
            self.out.push_str("</span>");
        }
    }

    fn finish(mut self) -> String {
        self.close();
        self.out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::escape_text;

    /// Undoes the markup, to see that colouring loses nothing.
    fn bare(html: &str) -> String {
        let mut text = String::new();
        for part in html.split('<') {
            text.push_str(part.split_once('>').map_or(part, |(_, rest)| rest));
        }
        text
    }

    #[test]
    fn colours_and_merges_neighbours() {
        for (language, code, expected) in [
            (
                "SQL",
                "SELECT 1 -- a < b",
                "<span class=\"hl-k\">SELECT</span> <span class=\"hl-n\">1</span> <span class=\"hl-c\">-- a &lt; b</span>",
            ),
            (
                "py",
                "def f():\n  return \"x\"\n",
                "<span class=\"hl-k\">def</span> <span class=\"hl-f\">f</span>():\n  <span class=\"hl-k\">return</span> <span class=\"hl-s\">&quot;x&quot;</span>\n",
            ),
        ] {
            assert_eq!(highlight(code, language).as_deref(), Some(expected), "{language}");
        }
    }

    #[test]
    fn every_language_of_the_table_works_and_loses_nothing() {
        let code = "# a & b\nif (x < 1) { \"y\" } /* z */\n<p>&amp;</p>\n- k: v\n";
        for language in language::LANGUAGES {
            for name in language.names {
                let html = highlight(code, name);
                let text = html.as_deref().map(bare);
                let expected = language.syntax.map(|_| escape_text(code));
                assert_eq!(text, expected, "{name}");
            }
        }
    }

    /// Each line read anew behind all that stand before it.
    fn plainly(code: &str, language: &str) -> Option<String> {
        let syntax = syntax_set().find_syntax_by_name(language::find(language)?.syntax?)?;
        let (mut state, mut stack) = (ParseState::new(syntax), ScopeStack::new());
        let mut painter = Painter::default();
        for line in code.split_inclusive('\n') {
            let mut painted = 0;
            for (at, operation) in state.parse_line(line, syntax_set()).ok()? {
                painter.paint(&line[painted..at], class_of(&stack));
                painted = at;
                stack.apply(&operation).ok()?;
            }
            painter.paint(&line[painted..], class_of(&stack));
        }
        Some(painter.finish())
    }

    proptest::proptest! {
        #[test]
        fn lines_that_are_remembered_are_those_of_the_plain_way(
            code in "(/[*]\n|[*]/\n|let x = 1;\n|-- a 'b'\n|SELECT 'a\nb'\n|<p class=\"a\">\n|def f[(][)]:\n|\"\"\"\n|```\n|  - k: v\n|x){0,12}",
            language in "rust|sql|py|html|yaml|js|md|json",
        ) {
            let plain = plainly(&code, &language);
            for _ in 0..2 {
                proptest::prop_assert_eq!(&highlight(&code, &language), &plain);
            }
        }
    }

    #[test]
    fn a_line_means_what_stands_before_it() {
        let (open, closed) = ("/* a\nlet x = 1;\n*/\n", "let x = 1;\n");
        for _ in 0..2 {
            assert!(highlight(open, "rust").is_some_and(|html| html.contains("let x = 1;")));
            assert!(
                highlight(closed, "rust")
                    .is_some_and(|html| html.contains("<span class=\"hl-k\">let</span>"))
            );
            assert!(highlight(closed, "sql").is_some_and(|html| !html.contains(">let<")), "another language");
            assert!(highlight("x = 1;\n", "rust").is_some_and(|html| !html.contains("hl-k")));
        }
    }

    #[test]
    fn what_is_remembered_stays_small_and_reads_the_same() {
        let code = |number: usize| format!("let number_{number} = {number};\n");
        let first = highlight(&code(0), "rust");
        for number in 0..REMEMBERED + 10 {
            highlight(&code(number), "rust");
        }
        assert!(LINES.read().is_ok_and(|lines| lines.count <= REMEMBERED));
        assert_eq!(highlight(&code(0), "rust"), first);
    }

    #[test]
    fn unknown_plain_and_huge_code_stays_plain() {
        assert_eq!(highlight("a", "klingon"), None);
        assert_eq!(highlight("=SUM(A1:A9)", "excel"), None);
        assert_eq!(highlight(&"x".repeat(LONGEST_LINE + 1), "sql"), None);
        assert_eq!(highlight(&"x\n".repeat(LONGEST_CODE), "sql"), None);
    }
}
