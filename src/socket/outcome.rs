//! What a handler of a WebSocket comes to.

use crate::exception::{Exception, Result};

/// What a future that uses a WebSocket may return: `()`, as with axum, or
/// [`axum_exception::Result<()>`](crate::Result); nothing, if it never does.
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

impl Outcome for Never {
    fn into_result(self) -> Result<()> {
        self
    }
}

/// The type of an endless loop, which has no stable name of its own. As axum wants `()`, it makes it that.
type Never = <fn() -> ! as sealed::Returns>::Type;

mod sealed {
    pub trait Sealed {}

    pub trait Returns {
        type Type;
    }

    impl<T> Returns for fn() -> T {
        type Type = T;
    }

    impl Sealed for () {}
    impl Sealed for super::Result<()> {}
    impl Sealed for super::Never {}
}
