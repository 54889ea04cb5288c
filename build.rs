//! Rebuilds the program when a file of the built-in theme changes; the theme is embedded in it.

fn main() {
    println!("cargo:rerun-if-changed=themes/default");
}
