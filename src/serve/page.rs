//! Pages as they are sent: the author's page with the live script in it, and the page that is shown when there is none.

use super::answer::OURS;

/// What the live script needs of a page's policy: scripts, styles and requests to our own few files.
const NEEDED: [&str; 3] = ["script-src", "style-src", "connect-src"];

/// The mark before a policy in the head of a page.
const POLICY: &str = "<meta http-equiv=\"Content-Security-Policy\" content=\"";

/// A page with the live script at the end of its head. What `build` writes is not touched: this is a copy on its way to a browser.
pub(super) fn with_script(html: &str, tag: &str, host: &str, may_edit: bool) -> String {
    let edit = if may_edit { " data-edit" } else { "" };
    let script = format!("<script src=\"{OURS}live.js\" defer data-page=\"{tag}\"{edit}></script>\n");
    let html = widened(html, host);
    match html.find("</head>") {
        Some(at) => format!("{}{script}{}", &html[..at], &html[at..]),
        None => format!("{html}{script}"),
    }
}

/// The page with a policy that allows our own files, where the theme's does not. The built-in theme's does.
fn widened(html: &str, host: &str) -> String {
    let Some(start) = html.find(POLICY).map(|at| at + POLICY.len()) else { return html.to_owned() };
    let Some(end) = html[start..].find('"').map(|length| start + length) else { return html.to_owned() };
    format!("{}{}{}", &html[..start], policy(&html[start..end], host), &html[end..])
}

fn policy(theme: &str, host: &str) -> String {
    let mut parts: Vec<String> =
        theme.split(';').map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect();
    let name = |part: &str| part.split_whitespace().next().unwrap_or_default().to_ascii_lowercase();
    let default = parts.iter().find(|part| name(part) == "default-src").cloned();
    for needed in NEEDED {
        let own = parts.iter().position(|part| name(part) == needed);
        let values = own.map(|at| parts[at].clone()).or_else(|| default.clone());
        let Some(values) = values else { continue };
        let allowed: Vec<&str> = values.split_whitespace().skip(1).collect();
        if allowed.iter().any(|value| ["'self'", "*"].contains(value)) {
            continue;
        }
        let kept = allowed.into_iter().filter(|value| *value != "'none'");
        let kept: String = kept.flat_map(|value| [" ", value]).collect();
        let wider = format!("{needed}{kept} http://{host}{OURS}");
        match own {
            Some(at) => parts[at] = wider,
            None => parts.push(wider),
        }
    }
    parts.join("; ")
}

/// What is shown while there is no page yet: the book is being read, or cannot be shown as it is.
pub(super) fn waiting(is_reading: bool) -> String {
    let words = if is_reading {
        "The book is being read. This page turns into yours by itself."
    } else {
        "There is nothing to show yet. What is wrong stands beside this; as soon as it is mended, the page appears by itself."
    };
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         {POLICY}default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; base-uri 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>cxbook</title>\n\
         <link rel=\"stylesheet\" href=\"{OURS}page.css\">\n</head>\n<body data-waiting>\n<main>\n<h1>Not there yet</h1>\n<p>{words}</p>\n\
         <noscript><p>Without script, load this page again after each change; <code>cxbook check</code> says what is \
         wrong.</p></noscript>\n</main>\n</body>\n</html>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_stands_in_the_head_and_the_rest_is_as_it_was() {
        let html = "<head><title>a</title></head><body>b</body>";
        let sent = with_script(html, "t", "h", false);
        let script = "<script src=\"/__cxbook/live.js\" defer data-page=\"t\"></script>\n";
        assert_eq!(sent.replacen(script, "", 1), html);
        assert!(sent.find(script) < sent.find("</head>"));
        assert_eq!(with_script("no head", "t", "h", false), format!("no head{script}"));
    }

    #[test]
    fn a_strict_policy_is_widened_by_our_own_files_and_nothing_else() {
        let own = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'";
        assert_eq!(policy(own, "localhost:3000"), own);
        assert_eq!(
            policy("default-src 'none'; script-src https://a.example", "localhost:3000"),
            "default-src 'none'; script-src https://a.example http://localhost:3000/__cxbook/; \
             style-src http://localhost:3000/__cxbook/; connect-src http://localhost:3000/__cxbook/"
        );
        assert_eq!(policy("img-src *", "h"), "img-src *", "what is not restricted stays so");
    }
}
