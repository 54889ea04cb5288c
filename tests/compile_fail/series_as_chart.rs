//! A chart cannot be drawn from series that were not protected.
fn way(series: &[cxbook::model::Series]) -> String {
    cxbook::charts::trend(series, cxbook::charts::Layout::Wide, &|value| value.to_string())
}

fn main() {}
