//! What an exception handler is given.

use std::{any::TypeId, error::Error, fmt, marker::PhantomData, ops::Deref};

use axum::response::{IntoResponse, Response};

use crate::exception::Exception;

/// An exception that is an `E`, or has an `E` among its causes.
///
/// It derefs to the `E`. [`into_exception`](Self::into_exception) gives the whole exception back, to
/// raise it again; as a response it does the same.
///
/// ```
/// use axum::{http::StatusCode, response::IntoResponse};
/// use axum_exception::{Caught, ErrorHandlingLayer};
///
/// #[derive(Debug, thiserror::Error)]
/// #[error("{name} did something")]
/// struct UnicornException { name: String }
///
/// async fn unicorn(exception: Caught<UnicornException>) -> impl IntoResponse {
///     (StatusCode::IM_A_TEAPOT, format!("Oops! {} did something.", exception.name))
/// }
///
/// let layer = ErrorHandlingLayer::new().exception_handler(unicorn);
/// # let app: axum::Router = axum::Router::new().layer(layer);
/// ```
pub struct Caught<E> {
    exception: Exception,
    /// Which link of the chain the `E` is.
    link: usize,
    type_of: PhantomData<fn() -> E>,
}

impl<E> Caught<E> {
    /// The whole exception: the `E` and what it was the cause of.
    #[must_use]
    pub fn exception(&self) -> &Exception {
        &self.exception
    }

    /// The whole exception, to raise it again.
    ///
    /// No handler sees it twice: the next one that fits is asked, and in the end the default answer.
    #[must_use]
    pub fn into_exception(self) -> Exception {
        self.exception
    }
}

/// # Panics
///
/// If the chain of causes is not what it was when the handler was chosen, which takes an error whose
/// `source()` gives a different answer each time.
impl<E: Error + 'static> Deref for Caught<E> {
    type Target = E;

    fn deref(&self) -> &E {
        match self.exception.chain().nth(self.link).and_then(<dyn Error>::downcast_ref) {
            Some(error) => error,
            None => unreachable!("the causes of an error changed while it was handled"),
        }
    }
}

impl<E> IntoResponse for Caught<E> {
    fn into_response(self) -> Response {
        self.exception.into_response()
    }
}

impl<E> From<Caught<E>> for Exception {
    fn from(caught: Caught<E>) -> Self {
        caught.exception
    }
}

impl<E> Clone for Caught<E> {
    fn clone(&self) -> Self {
        Self { exception: self.exception.clone(), link: self.link, type_of: PhantomData }
    }
}

impl<E> fmt::Debug for Caught<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Caught").field(&self.exception).finish()
    }
}

impl<E: Error + 'static> fmt::Display for Caught<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&**self, f)
    }
}

/// The last argument of an exception handler: [`Caught<E>`](Caught) or [`Exception`].
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not what an exception handler is given",
    label = "not `Caught<E>` or `Exception`",
    note = "the last argument is `Caught<E>`, where `E` is an error type, or `Exception` for the catch-all"
)]
pub trait HandlerArg: sealed::Sealed + Send + 'static {
    /// Which exceptions it is for; `None` for all that are left.
    fn wanted() -> Option<Wanted>;

    /// Makes the argument from an exception whose link number `link` is the one that was wanted.
    fn new(exception: Exception, link: usize) -> Self;
}

/// The type of error a handler wants.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    pub(super) type_id: TypeId,
    pub(super) is: fn(&(dyn Error + 'static)) -> bool,
}

impl Wanted {
    pub(super) fn of<E: Error + 'static>() -> Self {
        Self { type_id: TypeId::of::<E>(), is: |error| error.is::<E>() }
    }
}

impl<E: Error + 'static> HandlerArg for Caught<E> {
    fn wanted() -> Option<Wanted> {
        Some(Wanted::of::<E>())
    }

    fn new(exception: Exception, link: usize) -> Self {
        Self { exception, link, type_of: PhantomData }
    }
}

impl HandlerArg for Exception {
    fn wanted() -> Option<Wanted> {
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
