//! The trait for the errors of an app that have an HTTP response.

use std::{error::Error, fmt};

use super::HttpException;

/// An error of the app that has an HTTP response.
///
/// Derive it beside [`thiserror::Error`](https://docs.rs/thiserror), with the feature `derive`:
///
/// ```
/// # #[cfg(feature = "derive")] {
/// use axum::{Json, extract::Path};
/// use axum_exception::HttpError;
///
/// #[derive(Debug, thiserror::Error, HttpError)]
/// enum AppError {
///     #[error("no user with id {0}")]
///     #[http(404, detail = "User {0} not found")]
///     NoUser(u32),
///     #[error("the token has expired")]
///     #[http(401, header("www-authenticate", "Bearer"))]
///     Expired,
///     #[error(transparent)]
///     #[http(unhandled)]
///     Io(#[from] std::io::Error),
/// }
///
/// async fn read_user(Path(id): Path<u32>) -> Result<Json<String>, AppError> {
///     if id != 7 {
///         return Err(AppError::NoUser(id)); // 404, {"detail": "User 8 not found"}
///     }
///     Ok(Json(std::fs::read_to_string("user.json")?)) // 500, and the cause is in the log
/// }
/// # }
/// ```
///
/// # The derive
///
/// It requires `#[http(…)]` on the struct, or on each variant of the enum. On the enum itself it is for all variants that
/// have none.
///
/// | attribute | response |
/// | --- | --- |
/// | `#[http(404)]` | this status, with the phrase of the status as its detail |
/// | `#[http(409, detail = "User {name} exists")]` | this status and detail. A string may contain the fields: `{name}`, `{0}`. Any other expression must be `Serialize` |
/// | `#[http(400, detail)]` | the message of the error as its detail. It is left out if the status is 500 or more, because such a message is for the log |
/// | `#[http(401, header("www-authenticate", "Bearer"))]` | adds a header. It may be repeated |
/// | `#[http(409, code = "user_exists")]` | sets the [code](HttpException::with_code), for a [format](crate::format) that shows it |
/// | `#[http(transparent)]` | that of the error in its only field: its handler is looked up, and if it is an exception of this crate, a rejection of axum or an `HttpError`, it determines the response |
/// | `#[http(unhandled)]` | 500. The client gets no details |
///
/// A status is a number or an expression: `#[http(StatusCode::NOT_FOUND)]`. Expressions may use the fields, which are
/// references with their own names, or `_0`, `_1`, … in a tuple, and `self`: `#[http(status, detail)]` for a field of the type
/// `StatusCode`, `#[http(*code)]` for a `u16`, `#[http(self.status())]` for a method. `#[http(crate = path)]` on the type is
/// the path of this crate if it is renamed.
///
/// The derive implements [`IntoResponse`](axum::response::IntoResponse) for the type, so a handler may return
/// `Result<T, AppError>`. Nothing needs to be registered.
///
/// # In a `Result<T, Exception>`
///
/// `?` converts an `AppError` into an [`Exception`](crate::Exception) like any other error, because Rust has one
/// conversion for all of them. Register the type with
/// [`ErrorHandlingLayer::exception`](crate::ErrorHandlingLayer::exception). Otherwise the response is 500.
/// [`Exception::from_http_error`](crate::Exception::from_http_error) does not require that.
///
/// # Handlers
///
/// 1. A handler for the type itself, [`Caught<AppError>`](crate::Caught), goes first.
/// 2. With `transparent`, a handler for the error inside follows.
/// 3. Otherwise the lookup continues with the [`HttpException`]: a handler for its status, or the default. The error is its
///    cause, so the log has both in one line.
///
/// # By hand
///
/// ```
/// use axum::response::{IntoResponse, Response};
/// use axum_exception::{Exception, HttpError, HttpException};
///
/// #[derive(Debug, thiserror::Error)]
/// #[error("the table {table} is locked")]
/// struct Locked { table: String }
///
/// impl HttpError for Locked {
///     fn http(&self) -> Option<HttpException> {
///         Some(HttpException::service_unavailable().with_header("retry-after", 1))
///     }
/// }
///
/// impl IntoResponse for Locked {
///     fn into_response(self) -> Response {
///         Exception::from_http_error(self).into_response()
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no HTTP response",
    note = "derive `HttpError` (feature `derive`) or implement it"
)]
pub trait HttpError: Error + Send + Sync + 'static {
    /// Returns the exception that the error stands for; `None` for an error that the app did not expect: 500.
    ///
    /// The error becomes its cause.
    fn http(&self) -> Option<HttpException>;

    /// Returns the error that this one stands for, as `#[http(transparent)]` does; `None` if there is none.
    fn forwards_to(&self) -> Option<Forwarded<'_>> {
        None
    }
}

/// The error that another one stands for.
///
/// See [`HttpError::forwards_to`].
#[derive(Clone, Copy)]
pub struct Forwarded<'a> {
    pub(super) error: &'a (dyn Error + 'static),
    pub(super) http_error: Option<HttpErrorType>,
}

impl<'a> Forwarded<'a> {
    /// Forwards to any error.
    #[must_use]
    pub fn to_error(error: &'a (dyn Error + 'static)) -> Self {
        Self { error, http_error: None }
    }

    /// Forwards to an error that has an HTTP response of its own.
    #[must_use]
    pub fn to_http_error<E: HttpError>(error: &'a E) -> Self {
        Self { error, http_error: Some(HttpErrorType::of::<E>()) }
    }

    /// Returns the error that this one stands for.
    pub(super) fn inner(self) -> Option<Self> {
        self.http_error.and_then(|http_error| http_error.forwards_to(self.error))
    }
}

impl fmt::Debug for Forwarded<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Forwarded").field(&self.error).finish()
    }
}

/// The methods of an `HttpError`, for an error whose type is erased.
#[derive(Clone, Copy)]
pub(crate) struct HttpErrorType {
    http: fn(&(dyn Error + 'static)) -> Option<HttpException>,
    forwards_to: for<'a> fn(&'a (dyn Error + 'static)) -> Option<Forwarded<'a>>,
}

impl HttpErrorType {
    pub(crate) fn of<E: HttpError>() -> Self {
        Self {
            http: |error| error.downcast_ref().and_then(E::http),
            forwards_to: |error| error.downcast_ref().and_then(E::forwards_to),
        }
    }

    /// Returns the exception that an error of this type stands for.
    pub(crate) fn http(self, error: &(dyn Error + 'static)) -> Option<HttpException> {
        (self.http)(error)
    }

    fn forwards_to<'a>(self, error: &'a (dyn Error + 'static)) -> Option<Forwarded<'a>> {
        (self.forwards_to)(error)
    }
}
