//! The errors that types raise while a document is read, also those that a type recovers from.
//!
//! `serde` constructs an error without any context, so the only way to see one that a type drops is to look
//! where it is constructed. The recording lives as long as one pass, which is one synchronous call.

use std::cell::RefCell;

use super::error::Cause;

thread_local! {
    /// The errors, or `None` as long as none has to be recorded.
    static RECORDED: RefCell<Option<Vec<Cause>>> = const { RefCell::new(None) };
}

/// Records errors until it is dropped, from [`begin_recording`] on.
pub(crate) struct Recording {
    /// The recording of a pass around this one, in which code of the app began this one.
    outer: Option<Vec<Cause>>,
}

impl Recording {
    /// The number of errors that are kept. Behind them nothing is recorded.
    pub(crate) const LIMIT: usize = 4096;

    pub(crate) fn begin() -> Self {
        Self { outer: RECORDED.with(|recorded| recorded.replace(None)) }
    }
}

impl Drop for Recording {
    fn drop(&mut self) {
        let outer = self.outer.take();
        RECORDED.with(|recorded| recorded.replace(outer));
    }
}

/// Records errors from now on: serde has buffered something.
pub(super) fn begin_recording() {
    RECORDED.with_borrow_mut(|recorded| {
        recorded.get_or_insert_default();
    });
}

/// Records an error, if a recording goes on.
pub(super) fn record(cause: &Cause) {
    RECORDED.with_borrow_mut(|recorded| {
        if let Some(recorded) = recorded.as_mut().filter(|recorded| recorded.len() < Recording::LIMIT) {
            recorded.push(cause.clone());
        }
    });
}

/// Returns the number of errors that were recorded so far.
pub(crate) fn recorded() -> usize {
    RECORDED.with_borrow(|recorded| recorded.as_ref().map_or(0, Vec::len))
}

/// Takes the errors that were recorded since there were this many.
pub(crate) fn take_recorded(since: usize) -> Vec<Cause> {
    RECORDED.with_borrow_mut(|recorded| match recorded {
        Some(recorded) if since < recorded.len() => recorded.split_off(since),
        _ => Vec::new(),
    })
}
