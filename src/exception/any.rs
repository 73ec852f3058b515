//! Any error, as a handler returns it.

use std::{
    any::type_name,
    error::Error,
    fmt,
    ops::Deref,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, Ordering},
    },
};

use axum::{BoxError, http::StatusCode};

use super::{
    BuiltIn, DefaultResponse, HttpError, HttpException,
    chain::Chain,
    held_error::HeldError,
    http_error::{Forwarded, HttpErrorType},
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
/// `?` converts every error that implements [`Error`], `Send` and `Sync` into an exception. Other values, such as
/// `anyhow::Error`, `Box<dyn Error + Send + Sync>`, `StatusCode` and strings, do not implement [`Error`]:
/// [`.raise()?`](crate::Raise) converts them. As a response, it is the default response to the error,
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
pub struct Exception(pub(super) Arc<Inner>);

pub(super) struct Inner {
    pub(super) error: HeldError,
    /// The type of the error, for the log.
    type_name: &'static str,
    /// The methods of the error, if it is known to be an `HttpError`.
    http_error: OnceLock<HttpErrorType>,
    /// The exception that was mapped to this one.
    origin: Option<Exception>,
    /// `true` once a layer has logged it. Only the first layer does.
    logged: AtomicBool,
}

impl Inner {
    fn new(error: HeldError, type_name: &'static str) -> Self {
        Self { error, type_name, http_error: OnceLock::new(), origin: None, logged: AtomicBool::new(false) }
    }
}

impl Exception {
    /// Creates an exception from a value that converts into a boxed error: `BoxError`, strings.
    ///
    /// Use `?` or `From` for types that implement [`Error`], and [`Raise`](crate::Raise) for `?` on a `Result` with another
    /// error. A handler for the type of a boxed error is found.
    ///
    /// ```
    /// use axum_exception::Exception;
    ///
    /// let exception = Exception::new("the disk is full");
    /// assert_eq!(exception.to_string(), "the disk is full");
    /// ```
    #[must_use]
    pub fn new<E: Into<BoxError>>(error: E) -> Self {
        Self::holding(HeldError::Boxed(error.into()), type_name::<E>())
    }

    pub(super) fn holding(error: HeldError, type_name: &'static str) -> Self {
        Self(Arc::new(Inner::new(error, type_name)))
    }

    /// Creates an exception from an [`HttpError`], which determines the response.
    ///
    /// Unlike `?` and `From`, it does not require
    /// [`ErrorHandlingLayer::exception`](crate::ErrorHandlingLayer::exception).
    ///
    /// ```
    /// use axum_exception::{Exception, HttpError, HttpException};
    ///
    /// #[derive(Debug, thiserror::Error)]
    /// #[error("the queue is full")]
    /// struct QueueFull;
    ///
    /// impl HttpError for QueueFull {
    ///     fn http(&self) -> Option<HttpException> {
    ///         Some(HttpException::too_many_requests())
    ///     }
    /// }
    ///
    /// assert_eq!(Exception::from_http_error(QueueFull).status().unwrap(), 429);
    /// assert_eq!(Exception::from(QueueFull).status().unwrap(), 500);
    /// ```
    #[must_use]
    pub fn from_http_error<E: HttpError>(error: E) -> Self {
        let exception = Self::new(error);
        exception.set_http_error(HttpErrorType::of::<E>());
        exception
    }

    /// Creates an exception from an [`HttpException`] with this status.
    #[must_use]
    pub fn from_status(status: StatusCode) -> Self {
        HttpException::new(status).into()
    }

    /// Returns the error.
    #[must_use]
    pub fn as_error(&self) -> &(dyn Error + Send + Sync + 'static) {
        self.0.error.as_error()
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
        Chain::new(self.head(), self.0.origin.as_ref())
    }

    /// Returns the error, with its methods if it is an `HttpError`.
    fn head(&self) -> Forwarded<'_> {
        Forwarded { error: self.as_error(), http_error: self.0.http_error.get().copied() }
    }

    /// Returns the error that this one stands for, behind everything transparent, and its index in the chain.
    fn innermost(&self) -> (Forwarded<'_>, usize) {
        let mut innermost = self.head();
        let mut index = 0;
        while let Some(inner) = innermost.inner() {
            innermost = inner;
            index += 1;
        }
        (innermost, index)
    }

    /// Returns the error that this one stands for, behind everything transparent.
    #[cfg_attr(not(feature = "tower"), allow(dead_code))]
    pub(crate) fn innermost_error(&self) -> &(dyn Error + 'static) {
        self.innermost().0.error
    }

    /// Returns the index of [`innermost_error`](Self::innermost_error) in the chain.
    pub(crate) fn innermost_index(&self) -> usize {
        self.innermost().1
    }

    /// Returns `true` if the innermost error is an `HttpError`, so that its cause does not determine the response.
    pub(crate) fn is_http_error(&self) -> bool {
        self.innermost().0.http_error.is_some()
    }

    /// Returns the exception that an `HttpError` stands for.
    pub(crate) fn to_http_exception(&self) -> Option<Self> {
        let Forwarded { error, http_error } = self.innermost().0;
        Some(http_error?.http(error)?.mapped_from(self.clone()))
    }

    /// Returns the links of the chain that determine the default response: everything transparent, the error inside it,
    /// and the cause of that unless the error is an `HttpError`.
    pub(crate) fn decisive_links(&self) -> impl Iterator<Item = &(dyn Error + 'static)> {
        let (innermost, index) = self.innermost();
        let count = if innermost.http_error.is_some() { index + 1 } else { index + 2 };
        Chain::new(self.head(), None).take(count)
    }

    /// Sets the methods of the error, which are those of its type. Returns `false` if they are known already.
    pub(crate) fn set_http_error(&self, http_error: HttpErrorType) -> bool {
        self.0.http_error.set(http_error).is_ok()
    }

    /// Returns the exception of this crate that determines the default response: the error itself or its
    /// cause.
    pub(crate) fn built_in(&self) -> Option<BuiltIn<'_>> {
        self.decisive_links().find_map(BuiltIn::of)
    }

    /// Returns the default response, before it is built.
    pub(crate) fn default_response(&self) -> DefaultResponse<'_> {
        self.built_in().map_or(DefaultResponse::Unhandled, BuiltIn::default_response)
    }

    /// Sets the exception that was mapped to this one. Its links follow those of this one.
    pub(crate) fn mapped_from(self, origin: Self) -> Self {
        let inner = Arc::try_unwrap(self.0).unwrap_or_else(|shared| {
            let http_error = shared.http_error.clone();
            let type_name = shared.type_name;
            Inner { http_error, ..Inner::new(HeldError::Shared(Self(shared)), type_name) }
        });
        Self(Arc::new(Inner { origin: Some(origin), ..inner }))
    }

    /// Returns the name of the type that it was made from, for the log.
    #[cfg_attr(not(feature = "tracing"), allow(dead_code))]
    pub(crate) fn type_name(&self) -> &'static str {
        self.0.type_name
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

/// Dereferences to the error, so that `#[error(transparent)] Raised(#[from] Exception)` is possible in an enum of thiserror.
impl Deref for Exception {
    type Target = dyn Error + Send + Sync + 'static;

    fn deref(&self) -> &Self::Target {
        self.as_error()
    }
}

/// Returns the error in a box, for code that requires one, such as `anyhow::Error::from_boxed`.
impl From<Exception> for BoxError {
    fn from(exception: Exception) -> Self {
        match Arc::try_unwrap(exception.0) {
            Ok(Inner { error: HeldError::Boxed(error), origin: None, .. }) => error,
            Ok(inner) => Box::new(Shared(Exception(Arc::new(inner)))),
            Err(shared) => Box::new(Shared(Exception(shared))),
        }
    }
}

/// The error of an exception that may be in use elsewhere. It is transparent to handlers, because the error is its source.
#[derive(Debug)]
struct Shared(Exception);

impl fmt::Display for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Error for Shared {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(self.0.as_error())
    }
}

impl AsRef<dyn Error + Send + Sync> for Exception {
    fn as_ref(&self) -> &(dyn Error + Send + Sync + 'static) {
        self.as_error()
    }
}

impl fmt::Display for Exception {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.as_error(), f)
    }
}

impl fmt::Debug for Exception {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Exception").field(&self.0.error).finish()
    }
}
