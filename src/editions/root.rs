//! The files at the root of the whole site, made anew with every change: the list of editions, the way in, the script.

use std::collections::BTreeMap;

use super::record::Record;
use super::versions::Versions;
use super::{LIST, SCRIPT, VERSIONS};
use crate::links::encode;
use crate::markdown::escape_attribute as escape;
use crate::theme::compact_script;

/// The program of the script; the data stand before it.
const PROGRAM: &str = include_str!("editions.js");

/// The root's own files by path. They are made from the record alone.
pub fn files(record: &Record) -> BTreeMap<String, Vec<u8>> {
    let versions = Versions::of(record);
    let script = format!("var cxEditions={};\n{}", versions.for_script(), compact_script(PROGRAM));
    let mut files = BTreeMap::from([
        (VERSIONS.to_owned(), versions.json()),
        (SCRIPT.to_owned(), script),
        (LIST.to_owned(), list(record, &versions)),
        ("robots.txt".to_owned(), "User-agent: *\nDisallow: /\n".to_owned()),
        ("404.html".to_owned(), missing(record)),
    ]);
    if let Some(folder) = record.default_folder() {
        files.insert("index.html".to_owned(), entrance(record, folder));
    }
    files.into_iter().map(|(path, text)| (path, text.into_bytes())).collect()
}

/// The way from a file to the root.
pub(super) fn root_from(path: &str) -> String {
    "../".repeat(path.matches('/').count())
}

/// The beginning of a page up to what goes into its head besides.
pub(super) fn head(language: &str, title: &str, policy: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" \
         content=\"default-src 'none'; {policy}; base-uri 'none'\">\n<meta name=\"viewport\" content=\"width=device-width, \
         initial-scale=1\">\n<title>{}</title>\n<meta name=\"robots\" content=\"noindex\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n",
        escape(language),
        escape(title)
    )
}

fn entrance(record: &Record, folder: &str) -> String {
    let href = format!("{}/index.html", encode(folder));
    let mut html = head(&record.language, &record.book, "script-src 'self'; style-src 'self'");
    html.push_str(&format!(
        "<link rel=\"canonical\" href=\"{href}\" data-alias>\n<script src=\"{SCRIPT}\"></script>\n\
         <noscript><meta http-equiv=\"refresh\" content=\"0; url={href}\"></noscript>\n</head>\n<body>\n\
         <p><a href=\"{href}\">{}</a></p>\n<p><a href=\"{LIST}\">All editions</a></p>\n</body>\n</html>\n",
        escape(&record.book)
    ));
    html
}

/// Links to the style sheets and the picture of the edition that readers should be in, so that the root's pages look like it.
fn styles(record: &Record, base: &str) -> String {
    let tree = record.default_folder().and_then(|folder| record.trees.get(folder));
    let links = tree.into_iter().flat_map(|tree| &tree.styles);
    let icons =
        tree.into_iter().flat_map(|tree| &tree.assets).filter(|path| path.starts_with("assets/icon."));
    let link = |kind: &str, path: &String| {
        format!("<link rel=\"{kind}\" href=\"{}{}\">\n", escape(base), encode(path))
    };
    links.map(|path| link("stylesheet", path)).chain(icons.map(|path| link("icon", path))).collect()
}

fn list(record: &Record, versions: &Versions) -> String {
    let title = format!("All editions – {}", record.book);
    let mut html = head(&record.language, &title, "img-src 'self'; style-src 'self'");
    html.push_str(&styles(record, ""));
    html.push_str(
        "</head>\n<body class=\"kind-list\">\n<div class=\"wide page\"><main id=\"main.content\">\n",
    );
    html.push_str(&format!(
        "<div class=\"title\"><h1>All editions</h1>\n<p class=\"summary\">{}. An edition stays as it was published.</p>\n\
         </div>\n<div class=\"content\">\n<ul class=\"items\">\n",
        escape(&record.book)
    ));
    for (folder, title, status, as_of, taken_out) in versions.rows() {
        let words = match status {
            "current" => "the current edition",
            "preview" => "not published yet; it changes without notice",
            _ => "an earlier edition",
        };
        html.push_str(&format!(
            "<li><a class=\"item-title\" href=\"{}/index.html\">{}</a>\n<p>As of {}; {words}{}.</p></li>\n",
            encode(folder),
            escape(title),
            escape(as_of),
            taken_out.map(|day| format!("; something was taken out on {}", escape(day))).unwrap_or_default()
        ));
    }
    html.push_str("</ul>\n</div>\n</main></div>\n</body>\n</html>\n");
    html
}

/// The page that hosts show for addresses that lead nowhere. It may be shown anywhere, so it needs the site's address.
fn missing(record: &Record) -> String {
    let base = record.address.as_deref();
    let mut html = head(
        &record.language,
        &format!("This page is not here – {}", record.book),
        "img-src 'self'; style-src 'self'",
    );
    if let Some(base) = base {
        html.push_str(&styles(record, base));
    }
    html.push_str("</head>\n<body>\n<div class=\"wide page\"><main>\n<h1>This page is not here</h1>\n");
    html.push_str("<p>The address may have a slip in it, or the page is in another edition.</p>\n");
    if let Some(base) = base {
        html.push_str(&format!("<p><a href=\"{}{LIST}\">All editions</a></p>\n", escape(base)));
    }
    html.push_str("</main></div>\n</body>\n</html>\n");
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_titles_are_escaped() {
        let record = Record { book: "A <b> & \"c\"".into(), language: "en".into(), ..Record::default() };
        for (path, bytes) in files(&record) {
            let text = String::from_utf8(bytes).unwrap();
            assert!(!text.contains("<b>"), "{path}: {text}");
        }
    }

    #[test]
    fn the_script_is_small() {
        assert!(compact_script(PROGRAM).len() <= 3300, "{} bytes", compact_script(PROGRAM).len());
    }
}
