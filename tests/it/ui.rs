//! What the compiler says to a wrong handler: part of the interface.

/// The messages are pinned for the compiler they were written with; others word the rest differently.
#[rustversion::attr(not(stable(1.95)), ignore = "pinned for Rust 1.95")]
#[test]
fn wrong_handlers_have_helpful_compile_errors() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
