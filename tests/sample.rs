//! What the built sample book must satisfy: its manifest, its links, its pages as a browser and a firewall see them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use cxbook::output::Output;

use super::fixture::{built, page, read, root, sample};

/// Reader budgets, in bytes.
const STYLE: usize = 16 * 1024;
const SCRIPT: usize = 6 * 1024;
/// On the search page, with the search itself.
const SEARCH_SCRIPT: usize = 8 * 1024;
const PAGE_WITH_THREE_CHARTS: usize = 90 * 1024;
/// The page of all quotes, the journey and metric pages with splits hold more than one chart's worth of tables.
const LARGEST_PAGE: usize = 100 * 1024;

fn site() -> Output {
    built(&sample())
}

fn html(output: &Output) -> BTreeMap<String, String> {
    let pages = output.iter().filter(|(path, _)| path.ends_with(".html"));
    pages.map(|(path, _)| (path.to_owned(), page(output, path))).collect()
}

/// Values of an attribute, entities undone as far as addresses and ids hold them.
fn attributes<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    let start = format!(" {name}=\"");
    html.match_indices(&start).filter_map(|(at, _)| html[at + start.len()..].split('"').next()).collect()
}

fn decode(text: &str) -> String {
    let text =
        text.replace("&amp;", "&").replace("&#x27;", "'").replace("&quot;", "\"").replace("&#x2F;", "/");
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let hex = after.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        match (first, hex.and_then(|hex| u8::from_str_radix(hex, 16).ok())) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap()
}

/// Changes of any byte of the site show here. Refresh with `UPDATE_GOLDEN=1 cargo test golden` and read the difference.
#[test]
fn golden_manifest() {
    let output = site();
    let file = root().join("tests/golden/sample-manifest.txt");
    // The folder of the search index changes with any byte in it, so one of its files stands for all.
    let listed = output.iter().filter(|(path, _)| !path.starts_with("search/") || path.ends_with("/meta.js"));
    let lines = listed.map(|(path, bytes)| format!("{} {path}\n", &cxbook::output::sha256(bytes)[..16]));
    let actual: String = lines.collect();
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, &actual).unwrap();
    }
    let expected = read(&file);
    let (old, new): (BTreeSet<&str>, BTreeSet<&str>) = (expected.lines().collect(), actual.lines().collect());
    let gone: Vec<_> = old.difference(&new).collect();
    let fresh: Vec<_> = new.difference(&old).collect();
    assert!(
        gone.is_empty() && fresh.is_empty(),
        "changed since the golden manifest:\n- {gone:#?}\n+ {fresh:#?}"
    );
}

#[test]
fn every_link_and_anchor_leads_somewhere() {
    let output = site();
    let pages = html(&output);
    let ids: BTreeMap<&str, BTreeSet<String>> = pages
        .iter()
        .map(|(path, html)| (path.as_str(), attributes(html, "id").into_iter().map(decode).collect()))
        .collect();
    let mut seen = 0;
    for (path, html) in pages.iter().filter(|(path, _)| path.as_str() != "404.html") {
        let links = attributes(html, "href").into_iter().chain(attributes(html, "src"));
        for link in links.filter(|link| !link.starts_with("mailto:") && !link.starts_with("https://")) {
            let link = decode(link);
            assert!(!link.starts_with('/') && !link.contains("://"), "{path}: {link} is not relative");
            let (target, fragment) = link.split_once('#').unwrap_or((&link, ""));
            let target = resolve(path, target);
            assert!(output.get(&target).is_some(), "{path}: {link} leads to {target}, which is not there");
            if !fragment.is_empty() {
                assert!(ids[target.as_str()].contains(fragment), "{path}: {target} has no #{fragment}");
            }
            seen += 1;
        }
    }
    assert!(seen > 3000, "only {seen} links were looked at");
}

fn resolve(from: &str, target: &str) -> String {
    if target.is_empty() {
        return from.to_owned();
    }
    let folder = Path::new(from).parent().unwrap().to_string_lossy().into_owned();
    cxbook::source::join(&folder, target).unwrap_or_else(|| panic!("{from}: {target} leaves the site"))
}

#[test]
fn ids_are_unique_and_titles_too() {
    let mut titles = BTreeSet::new();
    for (path, html) in html(&site()) {
        let mut ids = BTreeSet::new();
        for id in attributes(&html, "id") {
            assert!(ids.insert(id), "{path}: the id {id} stands twice");
        }
        let title = html.split("<title>").nth(1).and_then(|rest| rest.split("</title>").next()).unwrap();
        assert!(titles.insert(title.to_owned()), "{path}: a second page is called {title}");
        assert_eq!(html.matches("<h1").count(), 1, "{path}: one heading of the first level");
    }
}

#[test]
fn pages_keep_the_strict_policy() {
    let output = site();
    for (path, html) in html(&output) {
        assert!(html.contains("default-src 'none'"), "{path}: no policy");
        assert!(attributes(&html, "style").is_empty(), "{path}: an inline style");
        assert!(!html.contains("<style"), "{path}: an inline style sheet");
        for script in html.match_indices("<script").map(|(at, _)| &html[at..]) {
            assert!(script.split('>').next().unwrap().contains(" src="), "{path}: an inline script");
        }
        let opening_tags = html.split('<').filter(|part| part.starts_with(|c: char| c.is_ascii_alphabetic()));
        for tag in opening_tags.map(|part| part.split('>').next().unwrap_or("")) {
            assert!(!tag.contains(" onclick") && !tag.contains(" onload"), "{path}: a handler in <{tag}>");
        }
        for link in attributes(&html, "src") {
            assert!(!link.contains("://"), "{path}: {link} is loaded from elsewhere");
        }
    }
}

#[test]
fn budgets_hold() {
    let output = site();
    for (path, html) in html(&output) {
        let charts = html.matches("<figure").count();
        let most = if charts <= 3 { PAGE_WITH_THREE_CHARTS } else { LARGEST_PAGE };
        assert!(html.len() <= most, "{path}: {} bytes with {charts} figures", html.len());
        let linked = |ending: &str| -> usize {
            let urls = attributes(&html, "href").into_iter().chain(attributes(&html, "src"));
            let files = urls.filter(|url| url.ends_with(ending) && url.contains("assets/"));
            files.map(|url| output.get(&url[url.find("assets/").unwrap()..]).unwrap().len()).sum()
        };
        let (style, script) = (linked(".css"), linked(".js"));
        assert!(style > 0 && style <= STYLE, "{path}: {style} bytes of style");
        let most = if html.contains("<body class=\"kind-search\"") { SEARCH_SCRIPT } else { SCRIPT };
        assert!(script <= most, "{path}: {script} bytes of script");
        let requests = 1
            + html.matches("<script").count()
            + html.matches("rel=\"stylesheet\"").count()
            + html.matches("rel=\"icon\"").count();
        assert!(requests <= 6, "{path}: {requests} requests");
    }
}

/// The same parts in the same order on every page, so that readers and their tools find them where they were.
#[test]
fn every_page_has_the_same_parts_in_the_same_order() {
    let parts = [
        "<a class=\"skip\" href=\"#main.content\">",
        "<header class=\"top\">",
        "<a class=\"site-name\"",
        "<p class=\"version\">",
        "role=\"search\"",
        "<nav class=\"menu\" aria-label=\"Main\">",
        "<main id=\"main.content\"",
        "<h1>",
        "href=\"mailto:",
        "</main>",
        "<footer class=\"bottom\">",
    ];
    let mut reviewed = 0;
    for (path, html) in html(&site()).into_iter().filter(|(path, _)| path != "404.html") {
        let mut at = 0;
        for part in parts {
            let next = html[at..].find(part);
            at += next.unwrap_or_else(|| panic!("{path}: no {part} in its place"));
        }
        assert!(html.contains("<meta name=\"robots\" content=\"noindex\">"), "{path}");
        assert!(
            path == "index.html" || html.contains("<nav class=\"crumbs\" aria-label=\"You are here\">"),
            "{path}"
        );
        reviewed += usize::from(html.contains("<dt>Last reviewed</dt>"));
    }
    assert!(reviewed > 30, "only {reviewed} pages say when they were last reviewed");
}

/// What the guide tells a server to send is what the pages say of themselves, and what only a server can say.
#[test]
fn the_headers_of_the_guide_are_those_of_the_pages() {
    let html = page(&site(), "index.html");
    let policy =
        html.split("Content-Security-Policy\" content=\"").nth(1).unwrap().split('"').next().unwrap();
    let guide = read(&root().join("docs/HOSTING.md"));
    let blocks: Vec<&str> = guide.split("\n### ").skip(1).collect();
    for server in ["nginx", "Apache", "Caddy"] {
        let block =
            blocks.iter().find(|block| block.starts_with(server)).unwrap_or_else(|| panic!("{server}"));
        assert!(block.contains(&format!("{policy}; frame-ancestors 'none'")), "{server}: another policy");
        for header in ["X-Content-Type-Options", "nosniff", "Referrer-Policy", "X-Robots-Tag", "immutable"] {
            assert!(block.contains(header), "{server} sends no {header}");
        }
    }
}

/// What keeps ticks and notes goes only where there is something to keep or to copy.
#[test]
fn pages_that_teach_nothing_bring_no_script_for_it() {
    let marks = ["class=\"task\"", "<textarea", "data-copy", "data-path"];
    let mut both = [0, 0];
    for (path, html) in html(&site()) {
        let teaches = marks.iter().any(|mark| html.contains(mark));
        let sent = attributes(&html, "src").iter().any(|src| src.contains("assets/page-teaching"));
        assert_eq!(sent, teaches, "{path}");
        both[usize::from(teaches)] += 1;
    }
    assert!(both.iter().all(|count| *count > 5), "{both:?}");
}

#[test]
fn every_drawing_is_well_formed_and_described() {
    let mut drawings = 0;
    for (path, html) in html(&site()) {
        for (at, _) in html.match_indices("<svg") {
            let svg = &html[at..at + html[at..].find("</svg>").unwrap() + "</svg>".len()];
            let tree = roxmltree::Document::parse(svg).unwrap_or_else(|error| panic!("{path}: {error}"));
            let text = |name: &str| {
                let node =
                    tree.descendants().find(|node| node.has_tag_name(name) || node.tag_name().name() == name);
                node.and_then(|node| node.text()).unwrap_or("").trim().to_owned()
            };
            if svg.contains("role=\"img\"") {
                assert!(
                    !text("title").is_empty() && !text("desc").is_empty(),
                    "{path}: a drawing without words"
                );
                drawings += 1;
            }
            assert!(!svg.contains("NaN") && !svg.contains("inf"), "{path}: a number that is none");
        }
    }
    assert!(drawings > 150, "only {drawings} drawings");
}

#[test]
fn every_page_says_that_the_company_is_invented() {
    for (path, html) in html(&site()) {
        assert!(html.contains("invented company"), "{path}");
        assert!(html.contains("Data to 30 September 2026"), "{path}: no version line");
    }
}

#[test]
fn exports_are_never_published() {
    let output = site();
    for (path, bytes) in output.iter() {
        assert!(!path.contains("exports"), "{path}");
        let text = String::from_utf8_lossy(bytes);
        for private in ["@mail.example", "203.0.113.", "198.51.100.", "ip_address", "response_id"] {
            assert!(!text.contains(private), "{path} holds {private}");
        }
    }
}

#[test]
fn missing_months_are_gaps_and_suppressed_cells_say_so() {
    let output = site();
    let csv = page(&output, "metrics/nps.csv");
    assert!(csv.contains("2025-08,,,,,,,missing,"), "the month without a survey is missing");
    let hidden = csv.lines().filter(|line| line.contains(",suppressed,"));
    let mut count = 0;
    for line in hidden {
        assert!(
            line.ends_with(",,,,,suppressed,") || line.ends_with(",,,,suppressed,"),
            "{line} holds a number"
        );
        count += 1;
    }
    assert!(count > 0, "the small groups are hidden");
    let nps = page(&output, "metrics/nps.html");
    assert!(nps.contains("No survey ran in Aug 2025"), "the description names the gap");
}

#[test]
fn generated_exports_are_what_the_generator_writes() {
    let room = tempfile::tempdir().unwrap();
    let generator =
        std::env::current_exe().unwrap().parent().unwrap().parent().unwrap().join("examples/sample_data");
    let status = std::process::Command::new(&generator).arg(room.path()).status();
    assert!(status.unwrap_or_else(|error| panic!("{}: {error}", generator.display())).success());
    let mut compared = 0;
    for entry in std::fs::read_dir(room.path()).unwrap() {
        let path = entry.unwrap().path();
        let committed = root().join("content/exports").join(path.file_name().unwrap());
        assert!(read(&path) == read(&committed), "{} differs from what is committed", committed.display());
        compared += 1;
    }
    assert!(compared >= 10, "only {compared} exports");
}

#[test]
fn the_feed_tells_of_actions_and_the_sitemap_lists_every_page() {
    let output = site();
    let feed = page(&output, "feed.xml");
    let tree = roxmltree::Document::parse(&feed).unwrap();
    let texts = |name: &str| {
        let nodes = tree.descendants().filter(|node| node.tag_name().name() == name);
        nodes.map(|node| node.text().unwrap_or("").to_owned()).collect::<Vec<_>>()
    };
    assert!(texts("title").iter().any(|title| title == "Action begun: Two more crews for the winter"));
    let reviews = texts("title").iter().filter(|title| title.starts_with("Reviewed: ")).count();
    assert!((1..=8).contains(&reviews), "{reviews} reviews crowd the feed");
    let ids: BTreeSet<String> = texts("id").into_iter().collect();
    assert_eq!(ids.len(), texts("id").len(), "entries have ids of their own");
    let dates = texts("updated");
    assert!(dates[1..].windows(2).all(|pair| pair[0] >= pair[1]), "newest first");
    let map = page(&output, "sitemap.xml");
    let listed = roxmltree::Document::parse(&map)
        .unwrap()
        .descendants()
        .filter(|node| node.has_tag_name(("http://www.sitemaps.org/schemas/sitemap/0.9", "loc")))
        .count();
    assert_eq!(listed, html(&output).len() - 1, "every page but the one for missing pages");
}
