//! Compile errors, which are part of the interface.

/// The messages are pinned for one compiler version; the rest of a message differs in others.
#[rustversion::attr(not(stable(1.95)), ignore = "pinned for Rust 1.95")]
#[test]
fn compile_errors_name_the_cause() {
    trybuild::TestCases::new().compile_fail("tests/ui/**/*.rs");
}
