//! Exports as other programs save them: the same table in any encoding gives the same bytes.

use cxbook::pipeline;
use cxbook::source::{Content, Sources};

use super::fixture::{book, built, errors, options};

const METRIC: &str = "name: Wait\nkind: mean\nunit: min\nowner: X\ndata: {file: exports/a.csv, date: Tag, score: Größe, split: {Ort: Ort}}\n";

/// Rows of day, place and value; 240 of them, with umlauts and decimals.
fn rows() -> Vec<(String, &'static str, f64)> {
    (0..240)
        .map(|row| {
            let place = ["Köln", "Genève", "København"][row % 3];
            (format!("2026-{:02}-{:02}", row % 8 + 1, row % 28 + 1), place, (row % 17) as f64 + 0.5)
        })
        .collect()
}

fn table(delimiter: &str, decimal: char) -> String {
    let mut text = ["Tag", "Ort", "Größe"].join(delimiter) + "\n";
    for (day, place, value) in rows() {
        text +=
            &[day, place.to_owned(), value.to_string().replace('.', &decimal.to_string())].join(delimiter);
        text.push('\n');
    }
    text
}

fn with_export(bytes: Vec<u8>) -> Sources {
    let mut sources = book(&[("content/index.md", "# Home\n"), ("content/metrics/wait.yaml", METRIC)]);
    sources.insert("content/exports/a.csv", Content::Bytes(bytes.into()));
    sources
}

#[test]
fn the_same_table_in_any_encoding_gives_the_same_site() {
    let plain = table(",", '.');
    let latin = |text: &str| text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect::<Vec<u8>>();
    let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let first = built(&with_export(plain.clone().into_bytes()));
    assert!(super::fixture::page(&first, "metrics/wait.csv").contains("København"));
    let others = [
        ("byte-order mark", [b"\xef\xbb\xbf", plain.as_bytes()].concat()),
        ("UTF-16 with tabs", [&[0xff, 0xfe][..], &utf16(&table("\t", '.'))].concat()),
        ("Windows-1252, semicolons, decimal comma", latin(&table(";", ','))),
        (
            "declared delimiter, CRLF",
            format!("sep=;\r\n{}", table(";", ',').replace('\n', "\r\n")).into_bytes(),
        ),
    ];
    for (how, bytes) in others {
        assert!(first == built(&with_export(bytes)), "{how} gives another site");
    }
}

/// A table that is read in many blocks, side by side, gives what one that is read at once gives.
#[test]
fn blocks_add_up_to_the_whole() {
    let mut text = String::from("Tag,Ort,Größe,comment\n");
    for _ in 0..120 {
        for (day, place, value) in rows() {
            text +=
                &format!("{day},{place},{value},\"{}, \"\"quoted\"\"\nand a second line\"\n", "x".repeat(80));
        }
    }
    assert!(text.len() > 3 << 20, "several blocks are needed");
    let counted = pipeline::public_book(&with_export(text.into_bytes()), &options());
    assert_eq!(errors(&counted.findings), Vec::<String>::new());
    let metric = &counted.value.metrics()["wait"];
    assert_eq!(metric.rows.told, Some((120 * 240, 120 * 240)));
    let all: Vec<f64> =
        rows().iter().filter(|(day, ..)| day.starts_with("2026-01")).map(|(.., value)| *value).collect();
    let point = &metric.total().unwrap().points[0];
    assert_eq!(point.n, Some(120 * all.len() as u64));
    let mean = all.iter().sum::<f64>() / all.len() as f64;
    assert!((point.value.unwrap() - mean).abs() < 1e-9);
}
