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
/// Panics if an error no longer returns the `E` from its `source()`, as it did when the handler was looked
/// up. The layer catches that panic like any other.
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

#[cfg(test)]
mod tests {
    use std::{
        error::Error,
        fmt::Error as Cause,
        io,
        sync::atomic::{AtomicBool, Ordering},
    };

    use thiserror::Error;

    use super::Caught;
    use crate::exception::Exception;

    #[derive(Debug, Error)]
    #[error("between")]
    struct Between(#[source] Cause);

    /// An error whose `source()` is another one after the first call.
    #[derive(Debug, Default)]
    struct Unsteady {
        was_called: AtomicBool,
        cause: Cause,
        between: Option<Between>,
    }

    impl std::fmt::Display for Unsteady {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("unsteady")
        }
    }

    impl Error for Unsteady {
        fn source(&self) -> Option<&(dyn Error + 'static)> {
            if self.was_called.swap(true, Ordering::Relaxed) {
                self.between.as_ref().map(|between| between as _)
            } else {
                Some(&self.cause)
            }
        }
    }

    #[test]
    fn the_error_is_found_where_it_has_moved() {
        let exception = Exception::new(Unsteady { between: Some(Between(Cause)), ..Unsteady::default() });
        let link = exception.chain().position(<dyn Error>::is::<Cause>);
        let caught = Caught::<Cause>::at(exception, link.unwrap());
        assert_eq!(*caught, Cause);
    }

    #[test]
    #[should_panic(expected = "an error has another `source()`")]
    fn an_error_that_is_gone_is_not_invented() {
        let caught = Caught::<io::Error>::at(Exception::new(Unsteady::default()), 1);
        let _ = caught.kind();
    }
}
