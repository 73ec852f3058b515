//! The exception that a handler for a type of error is called with.

use std::{error::Error, fmt, marker::PhantomData, ops::Deref};

use axum::response::{IntoResponse, Response};

use crate::exception::Exception;

/// An exception that is an `E`, or that an `E` caused: the last argument of a handler for `E`.
///
/// It dereferences to the `E`. To raise the whole exception again, return it: `Caught<E>` is a response, and
/// [`into_exception`](Self::into_exception) returns the exception for `?` and `Err`. No handler runs twice for a
/// request, so the next handler that fits runs, or else the response is the default one.
///
/// # Example
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
///
/// Raise everything but timeouts again:
///
/// ```
/// use std::io::{Error, ErrorKind};
/// use axum_exception::{Caught, ErrorHandlingLayer, HttpException, Result};
///
/// async fn on_io(error: Caught<Error>) -> Result<()> {
///     if error.kind() == ErrorKind::TimedOut {
///         return Err(HttpException::gateway_timeout().into());
///     }
///     Err(error.into_exception())
/// }
///
/// let layer = ErrorHandlingLayer::new().exception_handler(on_io);
/// # let app: axum::Router = axum::Router::new().layer(layer);
/// ```
pub struct Caught<E> {
    exception: Exception,
    /// The index of the `E` in the chain.
    link: usize,
    error_type: PhantomData<fn() -> E>,
}

impl<E> Caught<E> {
    pub(super) fn at(exception: Exception, link: usize) -> Self {
        Self { exception, link, error_type: PhantomData }
    }

    /// Returns the whole exception: the `E` and the errors around it.
    #[must_use]
    pub fn exception(&self) -> &Exception {
        &self.exception
    }

    /// Returns the whole exception, to raise it again.
    #[must_use]
    pub fn into_exception(self) -> Exception {
        self.exception
    }
}

impl<E: Error + 'static> Caught<E> {
    /// Finds the `E` in the chain.
    ///
    /// An error may return another `source()` now than when the handler was looked up, so if the `E` is not
    /// where it was, any other one will do.
    fn find(&self) -> Option<&E> {
        let at_link = self.exception.chain().nth(self.link).and_then(<dyn Error>::downcast_ref);
        at_link.or_else(|| self.exception.chain().find_map(<dyn Error>::downcast_ref))
    }
}

/// # Panics
///
/// Panics if an error no longer returns the `E` from its `source()`, as it did when the handler was looked up.
/// The layer catches that panic like any other.
impl<E: Error + 'static> Deref for Caught<E> {
    type Target = E;

    // `source()` may return something else with each call, and only `unsafe` code could hold on to the `E`.
    #[allow(clippy::panic)]
    fn deref(&self) -> &E {
        match self.find() {
            Some(error) => error,
            None => panic!("an error has another `source()` than when its handler was looked up"),
        }
    }
}

/// Returns the default response, which raises the exception again.
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
        Self::at(self.exception.clone(), self.link)
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
