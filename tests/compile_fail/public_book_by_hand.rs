//! A public book cannot be made outside of the gate.
fn way(config: cxbook::model::Config) -> cxbook::privacy::PublicBook {
    cxbook::privacy::PublicBook { config }
}

fn main() {}
