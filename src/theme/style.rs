//! The style sheet as it is sent: comments and indentation are for its authors.

/// Takes comments, empty lines and indentation out of CSS; texts in quotes stay as they are.
pub(super) fn compact(css: &str) -> String {
    let bare = without_comments(css);
    let lines = bare.lines().map(str::trim).filter(|line| !line.is_empty());
    let mut compact = String::with_capacity(bare.len());
    for line in lines {
        let joins = compact.ends_with(['{', ';', '}', ',', '\n']) || compact.is_empty();
        if !joins {
            compact.push('\n');
        }
        compact.push_str(line);
    }
    compact.push('\n');
    compact
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
    use super::compact;

    #[test]
    fn keeps_what_browsers_read() {
        assert_eq!(compact("/* a */\n.b {\n  color: red; /* c */\n}\n\n"), ".b {color: red;}\n");
        assert_eq!(compact("a::before { content: \"/* x */\"; }"), "a::before { content: \"/* x */\"; }\n");
        assert_eq!(compact("a,\n  b > c\n  d {}\n"), "a,b > c\nd {}\n");
        assert_eq!(compact("/* never closed"), "\n");
    }
}
