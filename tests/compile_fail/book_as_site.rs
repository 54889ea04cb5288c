//! A site cannot be planned from a book that did not pass the gate.
fn way(book: &cxbook::model::Book) -> bool {
    cxbook::site::plan(book).findings.is_empty()
}

fn main() {}
