//! The last argument of an exception handler, which says what the handler is for.

use std::{any::TypeId, error::Error};

use super::Caught;
use crate::exception::Exception;

/// The last argument of an exception handler: [`Caught<E>`](Caught) or [`Exception`].
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the last argument of an exception handler",
    label = "not `Caught<E>` or `Exception`",
    note = "the last argument is `Caught<E>`, where `E` is an error type, or `Exception` for the catch-all"
)]
pub trait HandlerArg: sealed::Sealed + Send + 'static {
    /// Returns the type of error that the handler is for; `None` for the catch-all.
    fn error_type() -> Option<ErrorType>;

    /// Creates the argument from an exception; `link` is the index of the `E` in its chain.
    fn new(exception: Exception, link: usize) -> Self;
}

/// A type of error, as a key of the registry.
#[derive(Clone, Copy, Debug)]
pub struct ErrorType {
    type_id: TypeId,
    is: fn(&(dyn Error + 'static)) -> bool,
}

impl ErrorType {
    pub(super) fn of<E: Error + 'static>() -> Self {
        Self { type_id: TypeId::of::<E>(), is: |error| error.is::<E>() }
    }

    /// Returns `true` if `error` is of this type.
    pub(super) fn matches(self, error: &(dyn Error + 'static)) -> bool {
        (self.is)(error)
    }
}

impl PartialEq for ErrorType {
    fn eq(&self, other: &Self) -> bool {
        self.type_id == other.type_id
    }
}

impl<E: Error + 'static> HandlerArg for Caught<E> {
    fn error_type() -> Option<ErrorType> {
        Some(ErrorType::of::<E>())
    }

    fn new(exception: Exception, link: usize) -> Self {
        Self::at(exception, link)
    }
}

impl HandlerArg for Exception {
    fn error_type() -> Option<ErrorType> {
        None
    }

    fn new(exception: Exception, _link: usize) -> Self {
        exception
    }
}

mod sealed {
    pub trait Sealed {}

    impl<E> Sealed for super::Caught<E> {}
    impl Sealed for super::Exception {}
}
