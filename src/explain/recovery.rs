//! Errors from which a type recovers although the value is right by the lax rules.
//!
//! An untagged union or a flattened `Option` drops the errors of what it tries, and serde constructs errors without any
//! context. So the only way to see them is to look where they are constructed. The record lives as long as one
//! synchronous call.

use std::{
    cell::Cell,
    fmt::{self, Display},
};

use serde::de::{self, Unexpected};

use super::types::{Expected, parse_bool};

thread_local! {
    static IS_LAX: Cell<bool> = const { Cell::new(false) };
}

/// Reads a value. Returns as well whether its type has constructed an error about something that is right by the lax
/// rules. If there is a value nevertheless, the type has recovered from that error.
pub(crate) fn watch<R>(read: impl FnOnce() -> R) -> (R, bool) {
    let _outer = Outer(IS_LAX.replace(false));
    (read(), IS_LAX.get())
}

/// The record of a call around this one, in which code of the app began this one.
struct Outer(bool);

impl Drop for Outer {
    fn drop(&mut self) {
        IS_LAX.set(self.0);
    }
}

/// Records the error of a type about a value.
#[cold]
pub(crate) fn record_type_error(unexpected: &Unexpected<'_>, expected: &dyn de::Expected) {
    if !IS_LAX.get() {
        IS_LAX.set(is_lax(unexpected, expected));
    }
}

/// Returns `true` if a value may be right by the lax rules.
fn is_lax(unexpected: &Unexpected<'_>, expected: &dyn de::Expected) -> bool {
    let may_be_lax = match unexpected {
        Unexpected::Str(string) => {
            let string = string.trim();
            string.parse::<f64>().is_ok() || parse_bool(string).is_some()
        }
        Unexpected::Float(number) => number.fract() == 0.0,
        Unexpected::Unsigned(number) => *number < 2,
        _ => false,
    };
    may_be_lax
        && matches!(
            (unexpected, Expected::of(&Words(expected).to_string())),
            (Unexpected::Str(_), Some(Expected::Integer(_) | Expected::Float | Expected::Bool))
                | (Unexpected::Float(_), Some(Expected::Integer(_) | Expected::Bool))
                | (Unexpected::Unsigned(_), Some(Expected::Bool))
        )
}

/// The words of a visitor about what it expects.
struct Words<'a>(&'a dyn de::Expected);

impl Display for Words<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
