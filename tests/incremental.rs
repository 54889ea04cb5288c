//! What an earlier run kept changes no byte of a later one, and each change costs what it touches.

use cxbook::output::Output;
use cxbook::pipeline::{self, Counts, Memo, build, build_with, public_book};
use cxbook::site::{self, Renderer};
use cxbook::source::{Content, Sources};
use proptest::prelude::*;

use super::fixture::{options, read, root, sample};
use super::mutations::whole;

const TEMPLATE: &str = "themes/mine/templates/base.html";

/// A book with a theme of its own.
fn begun() -> Sources {
    let mut sources = whole();
    let toml = sources.text("book.toml").unwrap().to_owned() + "[output.html]\ntheme = \"mine\"\n";
    sources.insert_text("book.toml", &toml);
    sources.insert_text(TEMPLATE, &template(0));
    let drawing =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><path d=\"M0 0\"/></svg>";
    sources.insert_text("content/pages/a.svg", drawing);
    for number in 0..4 {
        sources.insert_text(
            &format!("content/pages/p{number}.md"),
            &page(number, ["Words.", WORDS[6]][number / 3]),
        );
    }
    sources
}

fn page(number: usize, words: &str) -> String {
    format!("---\ntitle: Page {number}\nnext: Ring one customer.\n---\n## First\n\n{words}\n")
}

fn template(number: usize) -> String {
    let base = read(&root().join("themes/default/templates/base.html"));
    base.replace("</body>", &format!("<!-- {number} --></body>"))
}

/// Builds the next state and holds it against one that knows of no other.
fn state(sources: &Sources, memo: &Memo) -> (Output, Counts) {
    memo.begin();
    let before = memo.counts();
    let warm = build_with(sources, &options(), memo);
    let cold = build(sources, &options());
    assert_eq!(warm.findings, cold.findings);
    assert!(warm.value == cold.value, "the bytes differ");
    let now = memo.counts();
    let made = Counts {
        pages_read: now.pages_read - before.pages_read,
        lists_read: now.lists_read - before.lists_read,
        metrics_counted: now.metrics_counted - before.metrics_counted,
        texts_checked: now.texts_checked - before.texts_checked,
        files_scanned: now.files_scanned - before.files_scanned,
        words_heard: now.words_heard - before.words_heard,
        pictures_cleaned: now.pictures_cleaned - before.pictures_cleaned,
        themes_read: now.themes_read - before.themes_read,
        pages_rendered: now.pages_rendered - before.pages_rendered,
        charts_drawn: now.charts_drawn - before.charts_drawn,
        chunks_written: now.chunks_written - before.chunks_written,
    };
    (warm.value, made)
}

const NOTHING: Counts = Counts {
    pages_read: 0,
    lists_read: 0,
    metrics_counted: 0,
    texts_checked: 0,
    files_scanned: 0,
    words_heard: 0,
    pictures_cleaned: 0,
    themes_read: 0,
    pages_rendered: 0,
    charts_drawn: 0,
    chunks_written: 0,
};
const ONE_PAGE: Counts = Counts { pages_read: 1, texts_checked: 1, files_scanned: 1, ..NOTHING };

/// Pages of a site.
fn pages(output: &Output) -> u64 {
    output.iter().filter(|(path, _)| path.ends_with(".html")).count() as u64
}

/// Navigation, teams and the theme's files are put together once for each kind of page and folder, and a page that puts them
/// together for itself is the same page.
#[test]
fn what_pages_have_in_common_is_made_once() {
    let frames = |sources: &Sources| {
        let book = public_book(sources, &options());
        let (theme, memo) = (pipeline::theme(&book, sources), site::Memo::new(false));
        let site = site::plan(&book.value).value;
        let renderer = Renderer::new(&site, &theme.value, &memo);
        let all = renderer.all(&|| true).unwrap().value;
        for (path, bytes) in all.iter().filter(|(path, _)| path.ends_with(".html")) {
            let alone = Renderer::new(&site, &theme.value, &memo).file(path).unwrap().unwrap();
            assert!(*alone == bytes, "{path} depends on the pages before it");
        }
        (renderer.frames_made(), pages(&all))
    };
    let mut sources = sample();
    let (few, before) = frames(&sources);
    for number in 0..30 {
        sources.insert_text(&format!("content/pages/more-{number}.md"), &page(number, "Words."));
    }
    let (many, after) = frames(&sources);
    assert_eq!(after, before + 30);
    assert!(many <= few + 1 && (many as u64) < after, "{few} {many} of {after}");
}

#[test]
fn a_change_costs_what_it_touches() {
    let (mut sources, memo) = (begun(), Memo::new(true));
    let (first, _) = state(&sources, &memo);
    assert!(!first.is_empty());
    assert_eq!(state(&sources, &memo).1, NOTHING, "nothing was changed");
    let mut change = |edit: &dyn Fn(&mut Sources)| {
        edit(&mut sources);
        let (output, made) = state(&sources, &memo);
        assert!(!output.is_empty());
        made
    };
    let edited = change(&|sources| sources.insert_text("content/pages/p3.md", &page(3, "Other words.")));
    // The page that searches names the folder of the index, which changes with any word.
    assert_eq!(edited, Counts { pages_rendered: 2, chunks_written: 3, ..ONE_PAGE });
    let renamed = change(&|sources| {
        sources.remove("content/pages/p3.md");
        sources.insert_text("content/pages/renamed.md", &page(3, "Other words."));
    });
    assert_eq!(
        renamed,
        Counts { pages_rendered: 8, chunks_written: 2, ..ONE_PAGE },
        "a renamed page is one new page, and others link to it"
    );
    let table = change(&|sources| {
        let rows = sources.text("content/exports/solved.csv").unwrap().to_owned() + "2026-04,61,130\n";
        sources.insert_text("content/exports/solved.csv", &rows);
    });
    let of_table =
        Counts { metrics_counted: 1, pages_rendered: 8, charts_drawn: 11, chunks_written: 1, ..NOTHING };
    assert_eq!(table, of_table, "pages and charts that show the metric");
    let themed = change(&|sources| sources.insert_text(TEMPLATE, &template(1)));
    let all = pages(&first);
    assert_eq!(themed, Counts { themes_read: 1, pages_rendered: all, ..NOTHING });
    let of_metrics = read(&root().join("themes/default/templates/metric.html"));
    let own = change(&|sources| {
        sources.insert_text("themes/mine/templates/metric.html", &of_metrics.replace("</", "<!-- own --></"));
    });
    let metrics = first.iter().filter(|(path, _)| path.starts_with("metrics/") && path.ends_with(".html"));
    let metrics = metrics.filter(|(path, _)| *path != "metrics/index.html").count() as u64;
    assert_eq!(own, Counts { themes_read: 1, pages_rendered: metrics, ..NOTHING }, "pages of one template");
    let parts = read(&root().join("themes/default/templates/parts.html"));
    let shared = change(&|sources| {
        sources.insert_text("themes/mine/templates/parts.html", &format!("{parts}\n{{# own #}}\n"));
    });
    assert_eq!(
        shared,
        Counts { themes_read: 1, pages_rendered: all, ..NOTHING },
        "any may use its components"
    );
    let titled = change(&|sources| {
        let toml = sources.text("book.toml").unwrap().replace("title = \"T\"", "title = \"U\"");
        sources.insert_text("book.toml", &toml);
    });
    assert_eq!(titled, Counts { files_scanned: 1, pages_rendered: all, chunks_written: 2, ..NOTHING });
    let quoted = change(&|sources| {
        let quotes = sources.text("content/quotes/q.yaml").unwrap().replace("Good.", "Better.");
        sources.insert_text("content/quotes/q.yaml", &quotes);
    });
    let of_quote = Counts { pages_rendered: 7, chunks_written: 3, ..NOTHING };
    assert_eq!(quoted, Counts { lists_read: 1, files_scanned: 1, words_heard: 1, ..of_quote });
    let accepted = change(&|sources| sources.insert_text("privacy.yaml", "words: [Bloggs]\n"));
    let read = |path: &str| !path.starts_with("content/exports/") && !path.starts_with("themes/");
    let files = sources.iter().filter(|(path, _)| read(path)).count() as u64;
    assert_eq!(
        accepted,
        Counts { files_scanned: files, lists_read: 1, words_heard: 5, ..NOTHING },
        "every text, under other rules"
    );
}

#[test]
fn a_page_that_stays_is_read_again_under_other_rules() {
    let (mut sources, memo) = (begun(), Memo::new(true));
    let words = "#### It said \"stop\"...\n\nMy Steuer-ID is 86095742719.";
    sources.insert_text("content/pages/p0.md", &page(0, words));
    let said = |sources: &Sources| {
        state(sources, &memo);
        build(sources, &options()).findings
    };
    let plain = said(&sources);
    let toml = sources.text("book.toml").unwrap().to_owned() + "smart-punctuation = true\n";
    sources.insert_text("book.toml", &toml);
    let smart = said(&sources);
    assert_ne!(plain, smart, "a heading is told with its signs");
    sources.insert_text("privacy.yaml", "countries: [germany]\n");
    assert_ne!(smart, said(&sources), "a number is looked for");
}

const WORDS: [&str; 7] = [
    "It said \"stop\"...",
    "See [[Page 1]], [there](p2.md#first) and [[Page 9]].",
    "## Another heading",
    "Ask jo.bloggs@mail.example or Mrs Bloggs.",
    "```{chart} nps\n```",
    "Close to customers, 80 % of them.",
    "![A picture](a.svg) <b>x</b>",
];

const BOOKS: [&str; 5] = [
    "[privacy]\nmin-answers = 7\n",
    "smart-punctuation = true\n",
    "[checks]\nnext-missing = \"error\"\n[book]\nsrc = \"texts\"\n",
    "[cx]\nheadline = [\"nps\"]\n",
    "[[\n",
];

const RULES: [&str; 4] = ["words: [Bloggs]\n", "words: [Mrs]\ncountries: [germany]\n", ": [\n", ""];

/// One change of a book; the numbers say of which file and to what.
fn edit(sources: &mut Sources, (kind, which, number): (usize, usize, usize)) {
    let paths: Vec<_> = sources.iter().map(|(path, _)| path.clone()).collect();
    let pages: Vec<_> = paths.iter().filter(|path| path.ends_with(".md")).collect();
    let any = paths[which % paths.len()].clone();
    let page = pages.get(which % pages.len().max(1)).map_or_else(|| any.clone(), |page| (*page).clone());
    let text = |path: &str| sources.text(path).unwrap_or_default().to_owned();
    let old = text(&page);
    match kind {
        0 | 1 => sources.insert_text(&page, &format!("{old}\n\n{}\n", WORDS[number % WORDS.len()])),
        2 => {
            let facts = format!("---\ntitle: Page {number}\ndraft: {}\n---\n", number % 2 == 0);
            sources.insert_text(&format!("content/pages/new-{}.md", number % 3), &(facts + WORDS[which % 7]));
        }
        3 => sources.remove(&page),
        4 => {
            sources.remove(&page);
            let folder = ["pages", "teams"][which % 2];
            sources.insert_text(&format!("content/{folder}/r{number}.md"), &old);
        }
        5 => {
            let row = format!("2026-05,{number},90\n");
            let rows = text("content/exports/solved.csv") + &row;
            sources.insert_text("content/exports/solved.csv", &rows);
        }
        6 if number % 2 == 0 => {
            let renamed =
                text("content/metrics/nps.yaml").replace("name: NPS", &format!("name: NPS {number}"));
            sources.insert_text("content/metrics/nps.yaml", &renamed);
        }
        6 => sources.insert_text("content/exports/nps-2.csv", "when,score,region\n2026-07-01,9,Coast\n"),
        7 => sources.insert_text(TEMPLATE, &template(number)),
        8 => {
            let toml = "[output.html]\ntheme = \"mine\"\n".to_owned() + BOOKS[number % BOOKS.len()];
            sources.insert_text("book.toml", &toml);
        }
        9 => sources.insert_text("privacy.yaml", RULES[number % RULES.len()]),
        10 => {
            let broken = text(&any);
            let at = (0..broken.len()).rev().find(|at| broken.is_char_boundary(*at) && at % 7 == number % 7);
            sources.insert_text(&any, &broken[..at.unwrap_or(0)]);
        }
        11 => begun().iter().for_each(|(path, content)| sources.insert(path.clone(), content.clone())),
        // The same words from another reading.
        _ => {
            for path in paths {
                let bytes = sources.bytes(&path).map(<[u8]>::to_vec).unwrap_or_default();
                sources.insert(path, Content::Bytes(bytes.into()));
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_warm_site_is_the_cold_one(edits in prop::collection::vec((0..13_usize, 0..64_usize, 0..64_usize), 1..9)) {
        let (mut sources, memo) = (begun(), Memo::new(true));
        state(&sources, &memo);
        for one in edits {
            edit(&mut sources, one);
            state(&sources, &memo);
        }
    }
}
