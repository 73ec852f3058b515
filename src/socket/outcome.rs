//! The return types of functions that use a WebSocket.

use crate::exception::{Exception, Result};

/// The return type of an async function that uses a WebSocket.
///
/// It is implemented for `()`, as with axum, for [`axum_exception::Result<()>`](crate::Result), and for
/// functions that never return.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the return type of a WebSocket handler",
    label = "not `()` or `axum_exception::Result<()>`",
    note = "the error type is `Exception`, into which `?` converts every error; an async block ends with `Ok(())`"
)]
pub trait Outcome: sealed::Sealed + Send {
    /// Converts the outcome into a result.
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

/// The type `!` of an endless loop, which cannot be named otherwise on stable Rust. Callbacks that end with
/// such a loop work with axum, where the type becomes `()`.
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
