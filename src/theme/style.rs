//! Style sheets and scripts as they are sent: comments and indentation are for their authors.

/// Takes comments, empty lines, indentation and blanks that mean nothing out of CSS; texts in quotes stay as they are.
pub(super) fn compact(css: &str) -> String {
    let bare = without_comments(css);
    let lines = bare.lines().map(str::trim).filter(|line| !line.is_empty());
    let mut compact = String::with_capacity(bare.len());
    for line in lines {
        let joins = compact.ends_with(['{', ';', '}', ',', '\n']) || compact.is_empty();
        if !joins {
            compact.push('\n');
        }
        push_close(line, &mut compact);
    }
    compact.push('\n');
    compact
}

/// Adds a line without blanks before and after braces and after colons, commas and semicolons.
fn push_close(line: &str, compact: &mut String) {
    let mut quote: Option<char> = None;
    let mut signs = line.chars().peekable();
    while let Some(sign) = signs.next() {
        match quote {
            Some(open) if open == sign => quote = None,
            None if sign == '"' || sign == '\'' => quote = Some(sign),
            _ => {}
        }
        let next = signs.peek().copied().unwrap_or_default();
        let idle = sign == ' ' && (compact.ends_with(['{', ':', ',', ';']) || matches!(next, '{' | '}'));
        if quote.is_some() || !idle {
            compact.push(sign);
        }
    }
}

/// Takes lines that are comments, empty lines and indentation out of a script. One in which a text or a comment goes over several
/// lines stays as it is.
pub fn compact_script(script: &str) -> String {
    let goes_on = |line: &str| {
        let open = line.rfind("/*") > line.rfind("*/");
        open || line.ends_with('\\') || !line.matches('`').count().is_multiple_of(2)
    };
    if script.lines().any(goes_on) {
        return script.to_owned();
    }
    let lines = script.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//"));
    lines.map(|line| format!("{line}\n")).collect()
}

fn without_comments(css: &str) -> String {
    let mut bare = String::with_capacity(css.len());
    let mut quote: Option<char> = None;
    let mut rest = css;
    while let Some(character) = rest.chars().next() {
        if quote.is_none() && rest.starts_with("/*") {
            rest = rest.split_once("*/").map_or("", |(_, after)| after);
            continue;
        }
        match (quote, character) {
            (Some(open), close) if open == close => quote = None,
            (None, '"' | '\'') => quote = Some(character),
            _ => {}
        }
        bare.push(character);
        rest = &rest[character.len_utf8()..];
    }
    bare
}

#[cfg(test)]
mod tests {
    use super::{compact, compact_script};

    #[test]
    fn scripts_keep_what_browsers_run() {
        assert_eq!(
            compact_script("// why\n  let a = \"// b\"; // c\n\n    a();\n"),
            "let a = \"// b\"; // c\na();\n"
        );
        assert_eq!(compact_script("let a = `b`;\n  /* c */ d();\n"), "let a = `b`;\n/* c */ d();\n");
        for whole in ["let a = `\n  b`;\n", "let a = \"b\\\n  c\";\n", "/*\n // a\n*/\n"] {
            assert_eq!(compact_script(whole), whole);
        }
    }

    #[test]
    fn keeps_what_browsers_read() {
        assert_eq!(compact("/* a */\n.b {\n  color: red; /* c */\n}\n\n"), ".b{color:red;}\n");
        assert_eq!(compact("a::before { content: \"/* x */\"; }"), "a::before{content:\"/* x */\";}\n");
        assert_eq!(compact("a :hover { b: \": , {\" }"), "a :hover{b:\": , {\"}\n");
        assert_eq!(compact("a,\n  b > c\n  d {}\n"), "a,b > c\nd{}\n");
        assert_eq!(compact("/* never closed"), "\n");
    }
}
