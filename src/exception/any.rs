//! Any error, on its way to a handler.

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
    HttpException,
    chain::{BuiltIn, Chain, links},
};

/// What a handler returns: success, or any error.
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

/// Any error, raised.
///
/// `?` turns every [`Error`] into one. As a response it is the default answer to what it holds, and
/// carries the error with it for [`ErrorHandlingLayer`](crate::ErrorHandlingLayer):
///
/// | error | default answer |
/// | --- | --- |
/// | [`HttpException`] | its status, `{"detail": …}`, its headers |
/// | [`RequestValidationError`](crate::RequestValidationError) | 422, `{"detail": […]}` |
/// | [`WebSocketException`](crate::WebSocketException), [`WebSocketRequestValidationError`](crate::WebSocketRequestValidationError) | 403, no body: the handshake is denied |
/// | one of these as the `source()` of another error | the same |
/// | any other error | 500, `text/plain; charset=utf-8`, `Internal Server Error` |
///
/// The text of an error that is not meant for the client never reaches it.
///
/// It is one pointer wide and cheap to clone. Like `anyhow::Error` it is not an [`Error`] itself.
#[derive(Clone)]
pub struct Exception(Arc<Inner>);

struct Inner {
    error: BoxError,
    /// Whether a layer has written it to the log, which only the first one does.
    logged: AtomicBool,
}

impl Exception {
    /// Raises what is not an [`Error`] but can be boxed as one: `BoxError`, `anyhow::Error`, strings.
    ///
    /// A boxed error is found by its own type. What `anyhow` boxes is not, because it wraps the error;
    /// this crate's exceptions are found there all the same.
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

    /// Raises an [`HttpException`] with that status.
    #[must_use]
    pub fn from_status(status: StatusCode) -> Self {
        HttpException::new(status).into()
    }

    /// The error itself.
    #[must_use]
    pub fn as_error(&self) -> &(dyn Error + Send + Sync + 'static) {
        self.0.error.as_ref()
    }

    /// Whether the error itself is an `E`.
    #[must_use]
    pub fn is<E: Error + 'static>(&self) -> bool {
        self.as_error().is::<E>()
    }

    /// The error itself, if it is an `E`.
    ///
    /// For an `E` among its causes, search the [`chain`](Self::chain).
    #[must_use]
    pub fn downcast_ref<E: Error + 'static>(&self) -> Option<&E> {
        self.as_error().downcast_ref()
    }

    /// The error and its causes, outermost first.
    ///
    /// ```
    /// use axum_exception::{Exception, HttpException};
    ///
    /// let exception: Exception =
    ///     HttpException::bad_gateway().with_source(std::io::Error::other("connection reset")).into();
    /// let texts: Vec<String> = exception.chain().map(ToString::to_string).collect();
    /// assert_eq!(texts, ["502: Bad Gateway", "connection reset"]);
    /// ```
    #[must_use]
    pub fn chain(&self) -> Chain<'_> {
        links(self.as_error())
    }

    /// The exception of this crate that decides the default answer: the error itself or its cause.
    pub(crate) fn built_in(&self) -> Option<BuiltIn<'_>> {
        self.chain().take(2).find_map(BuiltIn::of)
    }

    /// Whether nobody has logged it yet; from now on somebody has.
    #[cfg_attr(not(feature = "tracing"), allow(dead_code))]
    pub(crate) fn claim_log(&self) -> bool {
        !self.0.logged.swap(true, Ordering::Relaxed)
    }

    /// Whether it is the same raised error, not just an equal one.
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
