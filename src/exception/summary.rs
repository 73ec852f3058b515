//! The `Display` of an exception that lists validation errors.

use std::fmt;

use crate::report::ErrorDetail;

/// The number of errors that are shown one by one.
const SHOWN: usize = 8;

/// Validation errors in one line, without their inputs, which do not belong in a log.
pub(super) struct Summary<'a>(pub(super) &'a [ErrorDetail]);

impl fmt::Display for Summary<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.0.len();
        write!(f, "{count} validation error{}", if count == 1 { "" } else { "s" })?;
        for (index, error) in self.0.iter().take(SHOWN).enumerate() {
            write!(f, "{} {error}", if index == 0 { ":" } else { ";" })?;
        }
        if count > SHOWN { write!(f, "; and {} more", count - SHOWN) } else { Ok(()) }
    }
}
