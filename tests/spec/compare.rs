//! Comparing what a spec expects with what the site holds.

use cxbook::output::Output;

use super::Trouble;

/// Lines as `- expected` and `+ actual`, with what is the same between them.
pub(super) fn difference(expected: &[String], actual: &[String]) -> Vec<String> {
    // Length of the longest common part of what is left, from each pair of positions on.
    let mut common = vec![vec![0usize; actual.len() + 1]; expected.len() + 1];
    for i in (0..expected.len()).rev() {
        for j in (0..actual.len()).rev() {
            common[i][j] = if expected[i] == actual[j] {
                common[i + 1][j + 1] + 1
            } else {
                common[i + 1][j].max(common[i][j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut lines = Vec::new();
    while i < expected.len() || j < actual.len() {
        if i < expected.len() && j < actual.len() && expected[i] == actual[j] {
            lines.push(format!("    {}", expected[i]));
            (i, j) = (i + 1, j + 1);
        } else if j == actual.len() || (i < expected.len() && common[i + 1][j] >= common[i][j + 1]) {
            lines.push(format!("  - {}", expected[i]));
            i += 1;
        } else {
            lines.push(format!("  + {}", actual[j]));
            j += 1;
        }
    }
    lines
}

/// The fragment must stand inside `<main>`; a line `…` stands for anything. White space is folded on both sides.
pub(super) fn html(fragment: &[String], page: &str) -> Trouble {
    let main = page.split_once("<main").and_then(|(_, rest)| rest.rsplit_once("</main>"));
    let Some((main, _)) = main else { return vec!["the page has no <main>".to_owned()] };
    let main = folded(main);
    let mut rest = main.as_str();
    for piece in fragment.split(|line| line.trim() == "…") {
        let piece = folded(&piece.join("\n"));
        match rest.split_once(piece.as_str()) {
            Some((_, after)) => rest = after,
            None => {
                let actual = rest.replace("><", ">\n    <");
                return vec![format!("there is no\n    {piece}\n  in\n    {actual}")];
            }
        }
    }
    Vec::new()
}

/// One blank for every run of white space, none between tags.
fn folded(html: &str) -> String {
    let words: Vec<&str> = html.split_whitespace().collect();
    words.join(" ").replace("> <", "><")
}

/// The first line names the columns that matter; the others are all rows. A number is compared to the digits it is
/// written with.
pub(super) fn csv(expected: &[String], text: &str) -> Trouble {
    let names: Vec<&str> = expected.first().map_or(Vec::new(), |line| line.split(',').collect());
    let mut rows = text.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let header = rows.next().unwrap_or_default();
    let columns: Vec<Option<usize>> =
        names.iter().map(|name| header.iter().position(|column| column == name)).collect();
    let Some(columns) = columns.into_iter().collect::<Option<Vec<_>>>() else {
        return vec![format!("the columns are {}", header.join(","))];
    };
    let mut actual = vec![names.join(",")];
    for (index, row) in rows.enumerate() {
        let wanted: Vec<&str> = expected.get(index + 1).map_or(Vec::new(), |line| line.split(',').collect());
        let cells = columns.iter().enumerate().map(|(at, column)| {
            let cell = row.get(*column).copied().unwrap_or_default();
            wanted.get(at).map_or_else(|| cell.to_owned(), |wanted| rounded(cell, wanted))
        });
        actual.push(cells.collect::<Vec<_>>().join(","));
    }
    if expected == actual {
        return Vec::new();
    }
    std::iter::once("the numbers differ:".to_owned()).chain(difference(expected, &actual)).collect()
}

/// A number with as many digits behind the point as another one; anything else as it is.
fn rounded(cell: &str, like: &str) -> String {
    let digits = like.split_once('.').map_or(0, |(_, digits)| digits.len());
    match (cell.parse::<f64>(), like.parse::<f64>()) {
        (Ok(number), Ok(_)) if number.is_finite() && digits > 0 => format!("{number:.digits$}"),
        _ => cell.to_owned(),
    }
}

/// The words of each line must stand in the file, in this order.
pub(super) fn words(expected: &[String], text: &str) -> Trouble {
    let mut rest = text;
    for words in expected {
        match rest.split_once(words.as_str()) {
            Some((_, after)) => rest = after,
            None => return vec![format!("there is no \"{words}\" in\n{rest}")],
        }
    }
    Vec::new()
}

/// The files of the site that hold these words.
pub(super) fn holders(words: &str, output: &Output) -> Trouble {
    let holds = |bytes: &[u8]| bytes.windows(words.len()).any(|window| window == words.as_bytes());
    let found = output.iter().filter(|(_, bytes)| !words.is_empty() && holds(bytes));
    found.map(|(route, _)| format!("\"{words}\" must stand in no file, but it does in {route}")).collect()
}
