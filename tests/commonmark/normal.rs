//! A common form for our HTML and the specification's.

/// Our HTML with the repairs undone.
pub(super) fn ours(html: &str) -> String {
    let mut out = String::new();
    let mut in_anchor = false;
    let mut in_raw = false;
    let mut scrolling: Vec<bool> = Vec::new();
    for token in tokens(html) {
        match token {
            _ if token.starts_with("<a class=\"anchor\"") => {
                in_anchor = true;
                out.truncate(out.trim_end().len());
            }
            "</a>" if in_anchor => in_anchor = false,
            _ if in_anchor => {}
            _ if token.starts_with("<div") => scrolling.push(token.contains("role=\"region\"")),
            "</div>" => {
                scrolling.pop();
            }
            "<p class=\"raw-html\">" => in_raw = true,
            "</p>" if in_raw => in_raw = false,
            "</span>" | "</label>" => {}
            _ if token.starts_with("<span class=\"hl-") || token.starts_with("<label") => {}
            _ => out.push_str(&plain_tag(token)),
        }
    }
    space(&out)
}

/// A tag without the attributes we add.
fn plain_tag(token: &str) -> String {
    if !token.starts_with('<') {
        return token.to_owned();
    }
    let mut tag = token
        .replace(" rel=\"noopener noreferrer\"", "")
        .replace(" loading=\"lazy\"", "")
        .replace(" scope=\"col\"", "")
        .replace(" class=\"task\"", "");
    for side in ["left", "center", "right"] {
        tag = tag.replace(&format!(" class=\"align-{side}\""), &format!(" align=\"{side}\""));
    }
    let added_id = tag.starts_with("<h") || tag.starts_with("<input");
    if let Some(start) = tag.find(" id=\"").filter(|_| added_id) {
        let end = start + 5 + tag[start + 5..].find('"').map_or(0, |at| at + 1);
        tag.replace_range(start..end, "");
    }
    if tag.starts_with("<input") {
        return checkbox(&tag);
    }
    tag
}

/// The attributes of a checkbox stand in whatever order; all of them are words without white space.
fn checkbox(token: &str) -> String {
    let mut parts: Vec<&str> = token.trim_matches(['<', '>', '/', ' ']).split(' ').collect();
    parts.sort_unstable();
    format!("<{}>", parts.join(" ").replace("=\"\"", ""))
}

/// The specification's HTML: headings one level down where there is a level 1, void elements as HTML 5 has them.
pub(super) fn theirs(html: &str) -> String {
    let lower = html.contains("<h1>");
    let mut out = String::new();
    for token in tokens(html) {
        let level = token
            .trim_start_matches(['<', '/'])
            .strip_prefix('h')
            .and_then(|rest| rest.strip_suffix('>'))
            .and_then(|digit| digit.parse::<u8>().ok());
        match level {
            Some(level) if lower && token.starts_with('<') => {
                out.push_str(&token.replace(&format!("h{level}"), &format!("h{}", (level + 1).min(6))));
            }
            _ if token.starts_with("<input") => out.push_str(&checkbox(token)),
            _ => out.push_str(&token.replace(" />", ">")),
        }
    }
    space(&out)
}

/// White space as the specification's runner treats it: outside of `<pre>`, runs are one space, and there is
/// none around the tags of blocks.
fn space(html: &str) -> String {
    let mut out = String::new();
    let mut in_pre = false;
    for token in tokens(html) {
        match token {
            "<pre>" => in_pre = true,
            "</pre>" => in_pre = false,
            _ => {}
        }
        if in_pre {
            out.push_str(token);
        } else if is_block(token) {
            out.truncate(out.trim_end().len());
            out.push_str(token);
        } else {
            for (index, word) in token.split(char::is_whitespace).enumerate() {
                let after_block = out.is_empty() || out.ends_with('\u{1}');
                if index > 0 && !out.ends_with(' ') && !after_block {
                    out.push(' ');
                }
                out.push_str(word);
            }
            continue;
        }
        if is_block(token) && !in_pre {
            out.push('\u{1}');
        }
    }
    out.trim_end().replace('\u{1}', "")
}

fn is_block(token: &str) -> bool {
    const BLOCKS: &[&str] = &[
        "p",
        "ul",
        "ol",
        "li",
        "blockquote",
        "pre",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "hr",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "br",
        "div",
    ];
    let Some(inside) = token.strip_prefix('<') else {
        return false;
    };
    let name: String =
        inside.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
    BLOCKS.contains(&name.as_str())
}

/// HTML with all escapes undone and without paragraphs, so that shown and passed-on HTML look the same.
pub(super) fn bare(html: &str) -> String {
    let text = html
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
        .replace(" />", ">");
    text.replace("<p>", "").replace("</p>", "").split_whitespace().collect()
}

/// HTML without comments.
pub(super) fn without_comments(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some((before, inside)) = rest.split_once("<!--") {
        out.push_str(before);
        let end = rest[before.len() + 2..].find("-->");
        rest = end.map_or("", |end| &rest[before.len() + 2 + end + 3..]);
        let _ = inside;
    }
    out + rest
}

/// Tags and what is between them.
fn tokens(html: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = html;
    while !rest.is_empty() {
        let end = match rest.strip_prefix('<') {
            Some(_) => rest.find('>').map_or(rest.len(), |at| at + 1),
            None => rest.find('<').unwrap_or(rest.len()),
        };
        tokens.push(&rest[..end]);
        rest = &rest[end..];
    }
    tokens
}
