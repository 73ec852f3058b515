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
/// rules.
pub(crate) fn watch<T>(read: impl FnOnce() -> T) -> (T, bool) {
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

/// Records the error of a type about a value, if the value may be right by the lax rules.
#[cold]
pub(crate) fn record_error(unexpected: &Unexpected<'_>, expected: &dyn de::Expected) {
    let may_be_lax = match unexpected {
        Unexpected::Str(string) => {
            let string = string.trim();
            string.parse::<f64>().is_ok() || parse_bool(string).is_some()
        }
        Unexpected::Float(number) => number.fract() == 0.0,
        Unexpected::Unsigned(number) => *number < 2,
        _ => false,
    };
    if may_be_lax && !IS_LAX.get() {
        let words = Words(expected).to_string();
        let is_lax = matches!(
            (unexpected, Expected::of(&words)),
            (Unexpected::Str(_), Some(Expected::Integer(_) | Expected::Float | Expected::Bool))
                | (Unexpected::Float(_), Some(Expected::Integer(_) | Expected::Bool))
                | (Unexpected::Unsigned(_), Some(Expected::Bool))
        );
        IS_LAX.set(is_lax);
    }
}

/// The words of a visitor about what it expects.
struct Words<'a>(&'a dyn de::Expected);

impl Display for Words<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
