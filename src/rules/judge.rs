//! Who judges a value when it is there.

use super::{Found, Rules, broken_by};

/// Rules for values of type `T`, whoever states them.
pub(crate) trait Judge<T: ?Sized> {
    /// Whether there are any.
    const HAS_RULES: bool = true;

    /// The rules that a value breaks, up to so many.
    fn judge(value: &T, most: usize) -> Found;

    /// Whether a value obeys all of them.
    fn allows(value: &T) -> bool {
        !Self::HAS_RULES || Self::judge(value, 0).is_empty()
    }
}

/// A type says all that there is to say.
#[derive(Debug)]
pub(crate) struct NoRules;

impl<T: ?Sized> Judge<T> for NoRules {
    const HAS_RULES: bool = false;

    fn judge(_: &T, most: usize) -> Found {
        Found::new(most)
    }
}

/// The rules that a type states itself.
#[derive(Debug)]
pub(crate) struct OwnRules;

impl<T: Rules + ?Sized> Judge<T> for OwnRules {
    fn judge(value: &T, most: usize) -> Found {
        broken_by(value, most)
    }
}
