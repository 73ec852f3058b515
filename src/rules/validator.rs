//! The rules that an extractor checks after it has read a value.

use super::{Findings, Rules, broken_by};

/// Rules for values of type `T`, whether the type states them itself or another crate does.
pub(crate) trait Validator<T: ?Sized> {
    /// `true` if there are any rules.
    const HAS_RULES: bool = true;

    /// Returns the rules that a value breaks, at most `limit` of them.
    fn check(value: &T, limit: usize) -> Findings;

    /// Returns whether a value obeys all rules.
    fn is_valid(value: &T) -> bool {
        !Self::HAS_RULES || Self::check(value, 0).is_empty()
    }
}

/// No rules besides the type.
#[derive(Debug)]
pub(crate) struct NoRules;

impl<T: ?Sized> Validator<T> for NoRules {
    const HAS_RULES: bool = false;

    fn check(_: &T, limit: usize) -> Findings {
        Findings::new(limit)
    }
}

/// The [`Rules`](trait@Rules) that a type states itself.
#[derive(Debug)]
pub(crate) struct OwnRules;

impl<T: Rules + ?Sized> Validator<T> for OwnRules {
    fn check(value: &T, limit: usize) -> Findings {
        broken_by(value, limit)
    }
}
