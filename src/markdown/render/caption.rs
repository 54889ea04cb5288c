//! The caption of a table: a paragraph directly above it that begins with "Table: ".

use super::Writer;
use crate::markdown::read::{Element, Piece};

/// How such a paragraph begins.
const MARK: &str = "Table: ";

/// Where the table opens whose caption begins at a place; `None` when no caption does.
pub(super) fn table_below(pieces: &[Piece<'_>], at: usize) -> Option<usize> {
    let rest = pieces.get(at..)?;
    let [Piece::Open(Element::Paragraph), Piece::Text(text), ..] = rest else { return None };
    if !text.starts_with(MARK) {
        return None;
    }
    let end = rest.iter().position(|piece| matches!(piece, Piece::Close(Element::Paragraph)))?;
    matches!(rest.get(end + 1), Some(Piece::Open(Element::Table(_)))).then_some(at + end + 1)
}

/// Keeps the caption that stands from one place up to its table, and says where the table opens.
pub(super) fn read(writer: &mut Writer<'_>, at: usize, table: usize) -> usize {
    let page = writer.page;
    let before = std::mem::take(&mut writer.out);
    let mut words = String::new();
    for index in at + 1..table - 1 {
        match &page.pieces[index] {
            Piece::Text(text) if index == at + 1 => {
                let text = &text[MARK.len()..];
                words.push_str(text);
                super::push_text(&mut writer.out, text);
            }
            piece => {
                match piece {
                    Piece::Text(text) | Piece::Code(text) => words.push_str(text),
                    Piece::SoftBreak | Piece::HardBreak => words.push(' '),
                    _ => {}
                }
                writer.piece(piece, page.pieces.get(index + 1));
            }
        }
    }
    let html = std::mem::replace(&mut writer.out, before);
    writer.caption = Some((html, words.trim().to_owned()));
    table
}
