//! What must hold for the pages of any book, tried with books that are odd.

use std::collections::BTreeSet;

use cxbook::diag::short;

use super::fixture::{build, letters, page};

const EXPORT: (&str, &str) = ("content/exports/a.csv", "month\n2026-01\n2026-02\n");

/// Ids of a page of which there are two.
fn repeated_ids(html: &str) -> Vec<&str> {
    let mut seen = BTreeSet::new();
    let ids = html.match_indices(" id=\"").filter_map(|(at, mark)| html[at + mark.len()..].split('"').next());
    ids.filter(|id| !seen.insert(*id)).collect()
}

#[test]
fn words_in_another_language_say_which() {
    let built = build(&[(
        "content/pages/a.md",
        "---\ntitle: A\n---\nThey said {lang-de}`Guten <Tag>` and {lang-x}`no`.\n",
    )]);
    assert!(
        built.findings.iter().any(|finding| finding.message.contains("{lang-x}")),
        "{:?}",
        built.findings
    );
    let built = build(&[(
        "content/pages/a.md",
        "---\ntitle: A\n---\nThey said {lang-de}`Guten <Tag>`, {lang-pt-br}`oi`.\n",
    )]);
    let html = page(&built.value, "pages/a.html");
    assert!(
        html.contains("said <span lang=\"de\">Guten &lt;Tag&gt;</span>, <span lang=\"pt-br\">oi</span>"),
        "{html}"
    );
}

#[test]
fn metrics_named_in_any_script_have_drawings_of_their_own() {
    let metric = "name: M\nkind: count\nowner: Insight\ndata: {file: exports/a.csv, date: month}\n";
    let names = ["品質", "価格", "q_1", "q-1", "q.1"];
    let paths = names.map(|name| format!("content/metrics/{name}.yaml"));
    let mut files: Vec<(&str, &str)> = paths.iter().map(|path| (path.as_str(), metric)).collect();
    files.push(EXPORT);
    let built = build(&files);
    let list = page(&built.value, "metrics/index.html");
    assert!(list.matches("<svg").count() >= names.len(), "{}", short(&built.findings));
    assert_eq!(repeated_ids(&list), Vec::<&str>::new());
}

#[test]
fn themes_of_one_address_are_one_theme() {
    let quotes = "defaults: {source: S, consent: C, date: 2026-03, anonymised: true}\nquotes:\n  \
                  - {text: A, theme: Waiting}\n  - {text: B, theme: waiting}\n  - {text: C, theme: waiting!}\n";
    let built = build(&[("content/quotes/q.yaml", quotes)]);
    assert_eq!(repeated_ids(&page(&built.value, "quotes.html")), Vec::<&str>::new());
}

#[test]
fn the_feed_of_an_odd_book_is_well_formed_and_its_ids_differ() {
    let metric = "name: \"Calls\\e\"\nkind: count\nowner: Insight\ndata: {file: exports/a.csv, date: month}\nchanges:\n  \
                  - {date: 2026-01, kind: reworded, note: \"One\\u0001\"}\n  - {date: 2026-02, kind: reworded, note: Two}\n";
    let action = "---\ntitle: \"Ring \\u0008ahead \\uFFFE\"\nstarted: 2026-01-02\nproblem: \"A\\x7F & <B>\"\n---\nText.\n";
    let built = build(&[("content/metrics/calls.yaml", metric), ("content/actions/ring.md", action), EXPORT]);
    let feed = page(&built.value, "feed.xml");
    let tree = roxmltree::Document::parse(&feed).unwrap_or_else(|error| panic!("{error}:\n{feed}"));
    let ids: Vec<&str> = tree
        .descendants()
        .filter(|node| node.tag_name().name() == "id")
        .filter_map(|node| node.text())
        .collect();
    assert_eq!(ids.len(), 4, "the feed, two changes, one action:\n{feed}");
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{feed}");
}

/// Everything a map, a log and an action can have wrong at once: each is found with its file and line, and what is sound is made
/// all the same.
#[test]
fn slips_of_all_kinds_are_found_and_the_rest_is_made() {
    let shop = "---\ntitle: Shop\nowner: Head of Shops\n---\nWe sell.";
    let action = "---\ntitle: A\nowner: Peter Miller\nteam: shop\nstarted: 2026-05-01\nfinished: 2026-04-01\n---\nText.";
    let map = "- {team: shop, metric: a, stage: use, moves: b}\n- {team: shop, metric: b, stage: use, moves: a}\n\
               - {team: shop, metric: a, stage: use, moves: b}\n";
    let metric = "{name: A, kind: count, data: {file: exports/a.csv, date: month}}";
    let log = "date,team,channel\n2026-10-01,shop,call\n2027-10-01,shop,call\n";
    let book = |action: &str, map: &str, log: &str| {
        build(&[
            ("content/teams/shop.md", shop),
            ("content/actions/a.md", action),
            ("content/journey.yaml", "- {id: use, name: Use, owner: Head of Use}\n- {id: pay, name: Pay}\n"),
            ("content/map.yaml", map),
            ("content/metrics/a.yaml", metric),
            ("content/metrics/b.yaml", metric),
            ("content/metrics/lonely.yaml", metric),
            ("content/contacts/log.csv", log),
            EXPORT,
        ])
    };
    let built = book(action, map, log);
    let told = short(&built.findings);
    for wanted in [
        "content/map.yaml:1:3: warning[map-cycle]",
        "content/map.yaml:2:3: warning[map-cycle]",
        "content/map.yaml:3:3: error[duplicate]",
        "content/contacts/log.csv:3: error[date-in-future]",
        "content/actions/a.md:6:11: error[dates-reversed]",
        "content/actions/a.md:1: warning[owner-is-person]",
        "content/journey.yaml:2:8: warning[owner-missing]",
        "content/journey.yaml:2:8: note[map-orphan]",
        "content/metrics/lonely.yaml: note[map-orphan]",
    ] {
        assert!(told.contains(wanted), "{wanted} is not in\n{told}");
    }
    assert!(!told.contains("Miller"), "{told}");
    // What is only a warning is in the site: the circle, the number on no line, the stage without an owner.
    let [map, log] = [map, log].map(|text| {
        text.rsplit_once("\n").map_or("", |(rest, _)| rest.rsplit_once("\n").map_or("", |(rest, _)| rest))
    });
    let built = book(&action.replace("2026-04-01", "2026-06-01"), map, log);
    assert!(short(&built.findings).contains("map-cycle"), "{}", short(&built.findings));
    let map = page(&built.value, "map.html");
    assert!(map.contains("metrics/lonely.html"), "what is on no line is named");
    assert!(page(&built.value, "teams/shop.html").contains("1 conversation in the last 30 days"));
}

/// A log of five thousand conversations, each of them sound, and one with as many slips.
#[test]
fn five_thousand_conversations_stay_readable() {
    let shop = ("content/teams/shop.md", "---\ntitle: Shop\nowner: Head of Shops\n---\nWe sell.");
    let log = |year: u16| -> String {
        let line = |at: usize| {
            let (month, day) = (at / 28 % 9 + 1, at % 28 + 1);
            format!("{year}-{month:02}-{day:02},shop,call,The {at}th caller waited for a date.\n")
        };
        std::iter::once("date,team,channel,learned\n".to_owned()).chain((0..5_000).map(line)).collect()
    };
    let sound = build(&[shop, ("content/contacts/log.csv", &log(2026))]);
    assert!(!short(&sound.findings).contains("contacts"), "{}", short(&sound.findings));
    for route in ["conversations.html", "teams/shop.html", "digests/shop.html", "index.html"] {
        let html = page(&sound.value, route);
        assert!(html.len() < 30_000, "{route} has {} bytes", html.len());
    }
    assert!(page(&sound.value, "teams/shop.html").contains("days since Shop last talked with a customer"));
    // A wrong year throughout: every line is in the list for programs.
    let wrong = build(&[shop, ("content/contacts/log.csv", &log(2027))]);
    assert_eq!(short(&wrong.findings).matches("error[date-in-future]").count(), 5_000);
}

/// Titles that try to end a script, a text, a line or a direction, and words without an end.
fn nasty_titles() -> Vec<String> {
    let mut titles: Vec<String> = [
        "</script><script>alert(1)</script>",
        "\"double\" 'single' `back` &amp; <b>",
        "line\u{2028}para\u{2029}end",
        "\u{202e}right to left\u{200f} \u{2066}and back",
        "👩‍👩‍👧 😀 é̈́",
        "{{ frame.title }} {% raw %} \\",
    ]
    .map(str::to_owned)
    .into();
    titles.push("x".repeat(500));
    titles
}

#[test]
fn nasty_titles_quotes_and_terms_stay_words() {
    let quoted = |text: &str| serde_json::to_string(text).unwrap();
    let titles = nasty_titles();
    let mut files: Vec<(String, String)> = Vec::new();
    let (mut quotes, mut terms) = (
        String::from("defaults: {source: S, consent: C, date: 2026-03, anonymised: true}\nquotes:\n"),
        String::new(),
    );
    for (at, title) in titles.iter().enumerate() {
        let page = format!("---\ntitle: {}\n---\n## Part\n\nWords.\n", quoted(title));
        files.push((format!("content/pages/p{at}.md"), page.clone()));
        files.push((format!("content/teams/t{at}.md"), page));
        quotes.push_str(&format!("  - {{text: {0}, theme: {0}}}\n", quoted(title)));
        terms.push_str(&format!(
            "- term: {}\n  also: [{}]\n  definition: {}\n",
            quoted(&format!("{title} t")),
            quoted(&format!("{title} a")),
            quoted(title)
        ));
    }
    files.push(("content/quotes/q.yaml".into(), quotes));
    files.push(("content/glossary.yaml".into(), terms));
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let built = build(&files);
    let mut seen = 0;
    for (path, bytes) in built.value.iter() {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains("<script>") && !text.contains("<b>"), "{path}");
        assert!(!path.ends_with(".js") || !text.contains(['\u{2028}', '\u{2029}']), "{path}");
        if path.ends_with(".html") {
            assert_eq!(repeated_ids(&text), Vec::<&str>::new(), "{path}");
            assert_eq!(text.matches("<h1").count(), 1, "{path}");
            seen += 1;
        }
    }
    assert!(seen > 2 * titles.len(), "{}", short(&built.findings));
    let first = page(&built.value, "pages/p0.html");
    assert!(first.contains("<h1>&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;</h1>"), "{first}");
    assert!(page(&built.value, "pages/p5.html").contains("<h1>{{ frame.title }} {% raw %} \\</h1>"));
    assert!(page(&built.value, "quotes.html").contains(&"x".repeat(500)));
}

#[test]
fn a_page_of_three_thousand_headings_has_as_many_addresses() {
    let text: String = (0..3_000u32)
        .map(|at| {
            format!(
                "## Part {}\n\nWords.\n\n",
                if at % 2 == 0 { "same".to_owned() } else { format!("of {}", letters(at)) }
            )
        })
        .collect();
    let text = format!("---\ntitle: Long\n---\n{text}");
    let built = build(&[("content/pages/long.md", &text)]);
    let html = page(&built.value, "pages/long.html");
    assert_eq!(html.matches("<h2 id=").count(), 3_000);
    assert_eq!(repeated_ids(&html), Vec::<&str>::new());
    assert!(html.contains("<a href=\"#part-same-1499\">") && html.contains("id=\"part-same-1499\""));
    let index: usize = built
        .value
        .iter()
        .filter(|(path, _)| path.starts_with("search/"))
        .map(|(_, bytes)| bytes.len())
        .sum();
    assert!(index < 600_000, "{index} bytes of index");
}
