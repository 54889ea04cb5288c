//! The book of a case: its blocks as files, and the options it is built with.

use std::sync::Arc;

use cxbook::model::Date;
use cxbook::pipeline::Options;
use cxbook::source::{Content, Sources};

use super::beside;
use super::case::{Block, Case};
use crate::fixture;

/// The files of a case and its options.
pub(super) fn read(case: &Case) -> Result<(Sources, Options), String> {
    // Tiny pages have no owner and no next step, tiny metrics say little; a case about that brings a book.toml of its own.
    let off = [
        "next-missing",
        "owner-missing",
        "source-missing",
        "limits-missing",
        "trigger-missing",
        "cadence-missed",
    ];
    let checks: String = off.iter().map(|check| format!("{check} = \"off\"\n")).collect();
    let toml = format!("[book]\ntitle = \"Test\"\n[checks]\n{checks}");
    let own = [("book.toml", toml.as_str())];
    let mut sources =
        if case.one("no-book-toml").is_some() { Sources::default() } else { fixture::book(&own) };
    for block in &case.blocks {
        let content = match block.kind.as_str() {
            "file" => Content::Bytes(Arc::from(beside::file_text(block).into_bytes())),
            "bytes" => Content::Bytes(Arc::from(bytes(&block.lines)?)),
            "link" => Content::Link,
            "too-large" => Content::TooLarge(number(block)?),
            "unreadable" => Content::Unreadable(block.lines.join(" ")),
            _ => continue,
        };
        let path = block.attributes.get("path");
        let path = path.ok_or_else(|| format!("a block {} does not say path=...", block.kind))?;
        sources.insert(path.as_str(), content);
    }
    Ok((sources, options(case)?))
}

fn number(block: &Block) -> Result<u64, String> {
    let bytes = block.attributes.get("bytes").and_then(|bytes| bytes.parse().ok());
    bytes.ok_or_else(|| "the block too-large does not say bytes=...".to_owned())
}

/// Lines with `\xE9` for a byte that is no text.
fn bytes(lines: &[String]) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    for line in lines {
        let mut parts = line.split("\\x");
        bytes.extend(parts.next().unwrap_or_default().bytes());
        for part in parts {
            let byte = part.get(..2).and_then(|hex| u8::from_str_radix(hex, 16).ok());
            bytes.push(byte.ok_or_else(|| format!("\\x needs two hexadecimal digits: {line}"))?);
            bytes.extend(part[2..].bytes());
        }
        bytes.push(b'\n');
    }
    Ok(bytes)
}

/// The options of a build on 15 October 2026, but for what the case says.
fn options(case: &Case) -> Result<Options, String> {
    let mut options = fixture::options();
    for line in case.all("options").flat_map(|block| &block.lines) {
        match line.split_once(' ').unwrap_or((line, "")) {
            ("drafts", "") => options.drafts = true,
            ("edition", name) => options.edition = Some(name.to_owned()),
            ("today", day) => {
                options.today = Date::parse(day).ok_or_else(|| format!("{day} is no day"))?;
            }
            _ => return Err(format!("there is no option \"{line}\": drafts, edition NAME or today DAY")),
        }
    }
    Ok(options)
}
