//! Any error, as a handler returns it.

use std::{
    error::Error,
    fmt,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use axum::{BoxError, http::StatusCode};

use super::{
    BuiltIn, HttpException,
    chain::{Chain, links},
};

/// A [`Result`](std::result::Result) whose error is any error, for handlers.
///
/// ```
/// use axum_exception::{HttpException, Result};
///
/// async fn read(path: &str) -> Result<String> {
///     if path.is_empty() {
///         return Err(HttpException::not_found().with_detail("No such file").into());
///     }
///     Ok(std::fs::read_to_string(path)?)
/// }
/// ```
pub type Result<T, E = Exception> = std::result::Result<T, E>;

/// Any error, as a handler raises it.
///
/// `?` converts every [`Error`] into an exception. As a response, it is the default response to the error,
/// and carries the error for [`ErrorHandlingLayer`](crate::ErrorHandlingLayer):
///
/// | error | default response |
/// | --- | --- |
/// | [`HttpException`] | its status, `{"detail": …}`, its headers |
/// | [`RequestValidationError`](crate::RequestValidationError) | 422, `{"detail": […]}` |
/// | [`WebSocketException`](crate::WebSocketException), [`WebSocketRequestValidationError`](crate::WebSocketRequestValidationError) | 403 without a body: the handshake is denied |
/// | an error whose `source()` is one of these | the response to that one |
/// | any other error | 500, `text/plain; charset=utf-8`, `Internal Server Error` |
///
/// The message of an unhandled error is never sent to the client.
///
/// An exception is one pointer wide and cheap to clone. Like `anyhow::Error`, it does not implement [`Error`]
/// itself.
///
/// ```
/// use axum_exception::{Exception, HttpException, Result};
///
/// async fn read_config() -> Result<String> {
///     Ok(std::fs::read_to_string("config.toml")?)
/// }
///
/// let exception = Exception::from(HttpException::not_found());
/// assert_eq!(exception.to_string(), "404: Not Found");
/// assert!(exception.is::<HttpException>());
/// ```
///
/// See [FastAPI: Handling Errors](https://fastapi.tiangolo.com/tutorial/handling-errors/).
#[derive(Clone)]
pub struct Exception(Arc<Inner>);

struct Inner {
    error: BoxError,
    /// `true` once a layer has logged it. Only the first layer does.
    logged: AtomicBool,
}

impl Exception {
    /// Creates an exception from a value that converts into a boxed error: `BoxError`, `anyhow::Error`,
    /// strings.
    ///
    /// Use `?` or `From` for types that implement [`Error`]. A handler for the type of a boxed error is
    /// found. `anyhow` wraps the error, so a handler for the wrapped type is not found, except for the
    /// exceptions of this crate.
    ///
    /// ```
    /// use axum_exception::Exception;
    ///
    /// let exception = Exception::new("the disk is full");
    /// assert_eq!(exception.to_string(), "the disk is full");
    /// ```
    #[must_use]
    pub fn new(error: impl Into<BoxError>) -> Self {
        Self(Arc::new(Inner { error: error.into(), logged: AtomicBool::new(false) }))
    }

    /// Creates an exception from an [`HttpException`] with this status.
    #[must_use]
    pub fn from_status(status: StatusCode) -> Self {
        HttpException::new(status).into()
    }

    /// Returns the error.
    #[must_use]
    pub fn as_error(&self) -> &(dyn Error + Send + Sync + 'static) {
        self.0.error.as_ref()
    }

    /// Returns `true` if the error is an `E`. Its causes do not count.
    #[must_use]
    pub fn is<E: Error + 'static>(&self) -> bool {
        self.as_error().is::<E>()
    }

    /// Returns the error if it is an `E`.
    ///
    /// To find an `E` among the causes, search the [`chain`](Self::chain).
    #[must_use]
    pub fn downcast_ref<E: Error + 'static>(&self) -> Option<&E> {
        self.as_error().downcast_ref()
    }

    /// Returns an iterator over the error and its causes, outermost first.
    ///
    /// ```
    /// use axum_exception::{Exception, HttpException};
    ///
    /// let exception: Exception =
    ///     HttpException::bad_gateway().with_source(std::io::Error::other("connection reset")).into();
    /// let messages: Vec<String> = exception.chain().map(ToString::to_string).collect();
    /// assert_eq!(messages, ["502: Bad Gateway", "connection reset"]);
    /// ```
    #[must_use]
    pub fn chain(&self) -> Chain<'_> {
        links(self.as_error())
    }

    /// Returns the exception of this crate that determines the default response: the error itself or its
    /// cause.
    pub(crate) fn built_in(&self) -> Option<BuiltIn<'_>> {
        self.chain().take(2).find_map(BuiltIn::of)
    }

    /// Returns `true` on the first call, and marks the exception as logged.
    #[cfg_attr(not(feature = "tracing"), allow(dead_code))]
    pub(crate) fn claim_log(&self) -> bool {
        !self.0.logged.swap(true, Ordering::Relaxed)
    }

    /// Returns `true` if both are clones of one exception.
    pub(crate) fn same_as(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl<E> From<E> for Exception
where
    E: Error + Send + Sync + 'static,
{
    fn from(error: E) -> Self {
        Self::new(error)
    }
}

impl AsRef<dyn Error + Send + Sync> for Exception {
    fn as_ref(&self) -> &(dyn Error + Send + Sync + 'static) {
        self.as_error()
    }
}

impl fmt::Display for Exception {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.error.fmt(f)
    }
}

impl fmt::Debug for Exception {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Exception").field(&self.0.error).finish()
    }
}
