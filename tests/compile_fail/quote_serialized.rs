//! A raw quote cannot be turned into JSON.
fn way(book: &cxbook::model::Book) -> Result<String, serde_json::Error> {
    serde_json::to_string(&book.quotes)
}

fn main() {}
