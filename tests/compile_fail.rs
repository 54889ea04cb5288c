//! What must not compile: ways around the gate.

/// Each file of `compile_fail/` tries one way; beside it stands what the compiler says. After a change of the compiler,
/// `TRYBUILD=overwrite cargo test ways_around_the_gate` writes these anew; read the difference.
#[test]
fn ways_around_the_gate_do_not_compile() {
    trybuild::TestCases::new().compile_fail("tests/compile_fail/*.rs");
}
