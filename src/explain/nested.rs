//! The errors of a document inside a string of another document.

use std::cell::RefCell;

use crate::report::ErrorDetail;

thread_local! {
    /// The errors inside the string that is being read, or `None` if no string with a document is being read.
    static NESTED: RefCell<Option<Vec<ErrorDetail>>> = const { RefCell::new(None) };
}

/// The wait for the errors inside a string, which is one call of a visitor.
pub(super) struct Nested {
    /// The errors inside the string around this one.
    outer: Option<Vec<ErrorDetail>>,
}

impl Nested {
    pub(super) fn begin() -> Self {
        Self { outer: NESTED.replace(Some(Vec::new())) }
    }

    /// Returns the errors that were found.
    pub(super) fn end(self) -> Vec<ErrorDetail> {
        NESTED.take().unwrap_or_default()
    }
}

impl Drop for Nested {
    fn drop(&mut self) {
        NESTED.set(self.outer.take());
    }
}

/// Hands over the errors inside the string that is being read, if somebody waits for them.
pub(super) fn found(errors: Vec<ErrorDetail>) {
    NESTED.with_borrow_mut(|nested| {
        if let Some(nested) = nested {
            *nested = errors;
        }
    });
}
