//! A raw quote cannot be handed to a template.
fn way(theme: &cxbook::theme::Theme, quote: &cxbook::model::Quote) -> bool {
    theme.render("quotes.html", quote).is_ok()
}

fn main() {}
