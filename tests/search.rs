//! The search index as a browser reads it: what ranks first, what is never in it, how large it grows.
//!
//! `ask` scores as `themes/default/pages/search/search.js` does, without slips; tests/browser asks the script itself.

use std::collections::BTreeMap;

use cxbook::output::Output;
use cxbook::search::words::{folded, words};
use cxbook::search::{Entry, Index, index};
use serde_json::Value;

use super::fixture::{build, built, letters, page, sample};

/// The files of an index by name, as data.
struct Read(BTreeMap<String, Value>);

impl Read {
    fn of<'a>(files: impl Iterator<Item = (&'a str, &'a [u8])>) -> Self {
        let read = files.map(|(name, bytes)| {
            let text = std::str::from_utf8(bytes).unwrap();
            let data = text.strip_prefix("cxbookSearch(").and_then(|rest| rest.strip_suffix(");\n")).unwrap();
            let whole: Vec<Value> = serde_json::from_str(&format!("[{data}]")).unwrap();
            assert_eq!(format!("{}.js", whole[0].as_str().unwrap()), name, "a file says its name");
            (name.trim_end_matches(".js").to_owned(), whole[1].clone())
        });
        Self(read.collect())
    }

    fn of_site(output: &Output) -> Self {
        let files = output.iter().filter(|(path, _)| path.starts_with("search/"));
        Self::of(files.map(|(path, bytes)| (path.rsplit('/').next().unwrap(), bytes)))
    }

    fn of_index(index: &Index) -> Self {
        Self::of(index.files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())))
    }

    fn groups(&self) -> impl Iterator<Item = &Vec<Value>> {
        let files = self.0.iter().filter(|(name, _)| name.starts_with('w'));
        files.flat_map(|(_, data)| data.as_array().unwrap()).map(|group| group.as_array().unwrap())
    }

    /// Shown parts of the best entries for some words: title, heading, address, kind, excerpt, value.
    fn ask(&self, question: &str) -> Vec<Vec<String>> {
        let entries = self.0["meta"]["entries"].as_u64().unwrap();
        let mut scores: BTreeMap<u64, (f64, f64, f64)> = BTreeMap::new();
        let mut whole = 0.0;
        for word in words(question).iter().map(|word| folded(word)) {
            let holds = |group: &&Vec<Value>| group[0].as_str().unwrap().split(' ').any(|own| own == word);
            for group in self.groups().filter(|group| group[1].is_array()).filter(holds) {
                let places = group[1].as_array().unwrap();
                let count = group.get(2).and_then(Value::as_u64).unwrap_or(places.len() as u64) as f64;
                let rare = ((entries as f64 - count + 0.5) / (count + 0.5)).ln_1p().powi(2);
                whole += rare;
                let mut at = 0;
                for place in places.iter().map(|place| place.as_u64().unwrap()) {
                    at += place / 16;
                    let sum = scores.entry(at).or_default();
                    let named = if place % 16 == 15 { rare } else { 0.0 };
                    *sum = (sum.0 + rare * (place % 16) as f64, sum.1 + rare, sum.2 + named);
                }
            }
        }
        let share = |part: f64| (part / whole).powi(2);
        let score = |(score, part, named): (f64, f64, f64)| score * share(part) * (1.0 + share(named));
        let mut ranked: Vec<(u64, f64)> = scores.into_iter().map(|(at, sums)| (at, score(sums))).collect();
        ranked.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        ranked.into_iter().map(|(at, _)| self.shown(at)).collect()
    }

    fn shown(&self, at: u64) -> Vec<String> {
        let together = self.0["meta"]["together"].as_u64().unwrap();
        let block = self.0[&format!("p{}", at / together)].as_array().unwrap();
        let list = |at: usize| block[at].as_array().unwrap();
        let own = usize::try_from(at % together).unwrap();
        let whole = (0..=own).rev().find(|at| list(*at).len() > 3).unwrap();
        let text =
            |at: usize, part: usize| list(at).get(part).and_then(Value::as_str).unwrap_or("").to_owned();
        let (heading, words) = (text(own, 0), text(own, 1));
        let fragment = match (heading.as_str(), text(own, 2)) {
            ("", _) => String::new(),
            (_, fragment) if !fragment.is_empty() => format!("#{fragment}"),
            (heading, _) => {
                let kept = |sign: &char| sign.is_ascii_alphanumeric() || " _-".contains(*sign);
                let plain: String = heading.to_lowercase().chars().filter(kept).collect();
                format!("#{}", plain.replace(' ', "-"))
            }
        };
        let kind = &self.0["meta"]["kind"][usize::try_from(list(whole)[4].as_u64().unwrap()).unwrap()];
        let href = text(whole, 5) + &fragment;
        let mut parts = vec![text(whole, 3), heading, href, kind.as_str().unwrap().to_owned(), words];
        parts.extend((list(own).len() > 6).then(|| text(own, 6)));
        parts
    }
}

#[test]
fn real_questions_find_their_answer_first() {
    let read = Read::of_site(&built(&sample()));
    for (question, expected) in [
        ("nps", "metrics/nps.html"),
        ("net promoter score", "glossary.html#nps"),
        ("likelihood to recommend", "metrics/nps.html"),
        ("field installation", "teams/field-installation.html"),
        ("call before the visit", "actions/call-ahead.html"),
        ("how do I read a trend chart", "playbooks/read-a-trend-chart.html"),
        ("missed visits", "metrics/missed-visits.html"),
        ("get connected", "journey.html#get-connected"),
    ] {
        let found = read.ask(question);
        let first: Vec<&str> = found.iter().take(3).map(|entry| entry[2].as_str()).collect();
        assert!(
            first.iter().any(|href| href.split('#').next() == expected.split('#').next()),
            "\"{question}\" finds {first:?}"
        );
    }
}

#[test]
fn a_metric_is_answered_with_its_value_and_base() {
    let read = Read::of_site(&built(&sample()));
    let found = read.ask("likelihood to recommend");
    let metric = found.iter().find(|entry| entry[2] == "metrics/nps.html").unwrap();
    assert!(metric[5].contains("based on") && metric[5].contains("answers, "), "{metric:?}");
    assert!(found.iter().filter(|entry| entry[3] != "Metric").all(|entry| entry.len() == 5));
}

#[test]
fn words_of_the_glossary_lead_to_each_other() {
    let glossary = "- term: Parcel\n  long: Parcel post item\n  also: [shipment, \"drop-off bag\"]\n  definition: What we carry.\n\
                    - term: Wait\n  definition: Time until somebody answers.\n";
    let built = build(&[
        ("content/glossary.yaml", glossary),
        ("content/pages/parcels.md", "---\ntitle: At the door\n---\nThe parcel was late.\n"),
        ("content/pages/shipments.md", "---\ntitle: At the depot\n---\nEach shipment is weighed.\n"),
        ("content/pages/bags.md", "---\ntitle: In the hall\n---\nThe drop-off bag is red.\n"),
        ("content/pages/others.md", "---\ntitle: Elsewhere\n---\nA red bag.\n"),
    ]);
    let read = Read::of_site(&built.value);
    let titles = |words: &str| -> Vec<String> {
        let mut titles: Vec<String> = read.ask(words).into_iter().map(|found| found[0].clone()).collect();
        titles.sort();
        titles
    };
    let all = ["At the depot", "At the door", "In the hall", "Parcel"];
    for word in ["parcel", "shipment", "drop"] {
        assert_eq!(titles(word), all, "{word}");
    }
    assert_eq!(titles("weighed"), ["At the depot"]);
    let first = |words: &str| read.ask(words)[0][0].clone();
    assert_eq!(first("drop off bag"), "Parcel", "the term comes first");
    assert!(titles("bag").contains(&"Elsewhere".to_owned()));
    assert!(page(&built.value, "glossary.html").contains("Also called shipment, drop-off bag"));
}

#[test]
fn blocks_are_found_and_shown_in_sentences() {
    let text = "---\ntitle: Check\n---\n```{check} What does the band show?\n\
                - [x] What chance does.\n  because: It is drawn from the zebra numbers.\n\
                - [ ] What people do.\n  because: They are not asked.\n```\n";
    let built = build(&[("content/pages/check.md", text)]);
    let found = Read::of_site(&built.value).ask("zebra numbers");
    let shown = &found[0][4];
    assert!(shown.contains("It is drawn from the zebra numbers.") && !shown.contains("because:"), "{shown}");
}

#[test]
fn a_title_asked_for_in_full_comes_before_texts_about_it() {
    let about =
        "Measuring the wait, measuring the wait again, and lessons from measuring each wait. ".repeat(9);
    let mut entries: Vec<Entry> = (0..40)
        .map(|at| Entry { title: format!("Page {at}"), body: about.clone(), ..Entry::default() })
        .collect();
    entries.push(Entry {
        title: "Measuring the wait: lessons".into(),
        body: "Many words. ".repeat(80),
        ..Entry::default()
    });
    let read = Read::of_index(&index(&entries, &[], "en"));
    assert_eq!(read.ask("measuring the wait lessons")[0][0], "Measuring the wait: lessons");
}

#[test]
fn a_large_index_stays_below_a_kilobyte_a_page() {
    let words: Vec<String> = (0u32..400).map(|at| format!("w{}", letters(at))).collect();
    let body = |at: u32| {
        (0..220u32).map(|word| &*words[((at * 7 + word * word) % 400) as usize]).collect::<Vec<_>>().join(" ")
    };
    let mut entries = Vec::new();
    for at in 0..3_000u32 {
        let (title, href) = (
            format!("About {} and {}", words[(at % 400) as usize], letters(at)),
            format!("pages/{}.html", letters(at)),
        );
        entries.push(Entry {
            title: title.clone(),
            href: href.clone(),
            kind: "Page".into(),
            body: body(at),
            ..Entry::default()
        });
        entries.extend((1..4u32).map(|part| Entry {
            title: title.clone(),
            heading: Some(format!("Part {}", letters(part))),
            href: format!("{href}#part-{}", letters(part)),
            kind: "Page".into(),
            body: body(at + part),
            ..Entry::default()
        }));
    }
    let index = index(&entries, &[], "en");
    let size: usize = index.files.values().map(|bytes| bytes.len()).sum();
    assert!((1_000_000..3_000_000).contains(&size), "{size} bytes for 3,000 pages");
    let read = Read::of_index(&index);
    for at in [0, 999, 2_999] {
        let found = read.ask(&format!("about {}", letters(at)));
        assert_eq!(found[0][2], format!("pages/{}.html", letters(at)));
    }
}

#[test]
fn drafts_and_hidden_things_are_not_in_the_index() {
    let built = build(&[
        ("content/pages/open.md", "---\ntitle: Open page\n---\nWords for everybody. <!-- zanzibar -->\n"),
        ("content/pages/later.md", "---\ntitle: Later\ndraft: true\n---\nxylophone\n"),
    ]);
    let read = Read::of_site(&built.value);
    assert_eq!(read.ask("everybody")[0][0], "Open page");
    assert!(read.ask("xylophone").is_empty() && read.ask("zanzibar").is_empty());
}

#[test]
fn hostile_titles_stay_data() {
    let title = "</script><script>alert(1)</script> \"a\" \\ \u{2028} \u{202e} 😀";
    let entry = Entry { title: title.to_owned(), body: "x".repeat(500), ..Entry::default() };
    let index = index(&[entry], &[], "en");
    for (name, bytes) in &index.files {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains('<') && !text.contains('\u{2028}'), "{name}: {text}");
    }
    let found = Read::of_index(&index).ask("alert");
    assert_eq!(found[0][0], title);
    assert!(Read::of_index(&index).groups().all(|group| group[0].as_str().unwrap().len() <= 80));
}

#[test]
fn languages_without_spaces_are_found_by_pairs() {
    let entry = |title: &str| Entry { title: title.to_owned(), ..Entry::default() };
    let read =
        Read::of_index(&index(&[entry("お客様の声"), entry("설치 만족도"), entry("投诉处理")], &[], "ja"));
    assert_eq!(read.ask("客様")[0][0], "お客様の声");
    assert_eq!(read.ask("만족")[0][0], "설치 만족도");
    assert_eq!(read.ask("投诉")[0][0], "投诉处理");
}

#[test]
fn every_word_is_where_the_alphabet_says() {
    let read = Read::of_site(&built(&sample()));
    let cuts: Vec<Vec<u16>> = read.0["meta"]["cuts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|cut| cut.as_str().unwrap().encode_utf16().collect())
        .collect();
    assert!(cuts.windows(2).all(|pair| pair[0] < pair[1]) && cuts.len() > 3);
    let mut seen = 0;
    for group in read.groups() {
        for word in group[0].as_str().unwrap().split(' ') {
            let units: Vec<u16> = word.encode_utf16().collect();
            let file = cuts.partition_point(|cut| *cut <= units).saturating_sub(1);
            let there = read.0[&format!("w{file}")].as_array().unwrap();
            let holds = |group: &Value| group[0].as_str().unwrap().split(' ').any(|own| own == word);
            assert!(there.iter().any(holds), "{word} is not in w{file}");
            seen += 1;
        }
    }
    assert!(seen > 1000, "only {seen} words");
}

#[test]
fn every_result_leads_somewhere_and_the_form_names_the_index() {
    let output = built(&sample());
    let read = Read::of_site(&output);
    let folder = output.iter().find_map(|(path, _)| path.strip_suffix("meta.js")).unwrap();
    assert!(page(&output, "search.html").contains(&format!("data-index=\"{folder}\"")));
    let all = read.0["meta"]["entries"].as_u64().unwrap();
    for entry in (0..all).map(|at| read.shown(at)) {
        let (route, fragment) = entry[2].split_once('#').unwrap_or((&entry[2], ""));
        let html = page(&output, route);
        let id =
            fragment.is_empty() || fragment.contains('%') || html.contains(&format!("id=\"{fragment}\""));
        assert!(id, "{entry:?} leads nowhere");
    }
    assert!(all > 300, "only {all} entries");
}
