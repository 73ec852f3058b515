//! What a handler of a WebSocket comes to.

use crate::exception::{Exception, Result};

/// What a future that uses a WebSocket may return: `()`, as with axum, or
/// [`axum_exception::Result<()>`](crate::Result).
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not what a WebSocket handler returns",
    label = "not `()` or `axum_exception::Result<()>`",
    note = "the error is `Exception`, into which `?` turns every error; an async block ends with `Ok(())`"
)]
pub trait Outcome: sealed::Sealed + Send {
    /// The outcome as a result.
    #[doc(hidden)]
    #[allow(clippy::missing_errors_doc)]
    fn into_result(self) -> Result<()>;
}

impl Outcome for () {
    fn into_result(self) -> Result<()> {
        Ok(())
    }
}

impl Outcome for Result<(), Exception> {
    fn into_result(self) -> Result<()> {
        self
    }
}

mod sealed {
    pub trait Sealed {}

    impl Sealed for () {}
    impl Sealed for super::Result<()> {}
}
