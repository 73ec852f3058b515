//! A trait that turns `Option` and `Result` into an [`HttpException`] in one call.

use axum::{BoxError, http::StatusCode};
use serde::Serialize;

use super::HttpException;

/// Turns an `Option` or a `Result` into its value or an [`HttpException`].
///
/// ```
/// use std::collections::HashMap;
/// use axum_exception::{HttpException, OrRaise, Result};
///
/// fn price(prices: &HashMap<String, String>, item: &str) -> Result<f64> {
///     let price = prices.get(item).or_raise((404, "Item not found"))?;
///     Ok(price.parse().or_raise(502)?)
/// }
///
/// fn token(token: Option<&str>) -> Result<&str> {
///     Ok(token.or_raise(|| HttpException::unauthorized().with_header("www-authenticate", "Bearer"))?)
/// }
///
/// let prices = HashMap::from([("bar".to_owned(), "cheap".to_owned())]);
/// assert_eq!(price(&prices, "foo").unwrap_err().to_string(), "404: Item not found");
/// assert_eq!(price(&prices, "bar").unwrap_err().to_string(), "502: Bad Gateway");
/// assert_eq!(token(None).unwrap_err().to_string(), "401: Unauthorized");
/// ```
pub trait OrRaise<T> {
    /// Returns the value, or an exception with a status, with a status and a detail, or any [`HttpException`].
    ///
    /// # Errors
    ///
    /// Returns the exception if there is no value. The error of a `Result` becomes its cause, which is logged
    /// but not sent to the client.
    fn or_raise(self, exception: impl IntoHttpException) -> Result<T, HttpException>;
}

impl<T> OrRaise<T> for Option<T> {
    fn or_raise(self, exception: impl IntoHttpException) -> Result<T, HttpException> {
        self.ok_or_else(|| exception.into_http_exception())
    }
}

impl<T, E> OrRaise<T> for Result<T, E>
where
    E: Into<BoxError>,
{
    fn or_raise(self, exception: impl IntoHttpException) -> Result<T, HttpException> {
        self.map_err(|error| exception.into_http_exception().with_source(error))
    }
}

/// The argument of [`or_raise`](OrRaise::or_raise): a status, `(status, detail)`, an [`HttpException`], or a closure that
/// returns one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a status, `(status, detail)` or `HttpException`",
    note = "with a detail: `.or_raise((404, \"Item not found\"))`; with more: `.or_raise(|| HttpException::not_found().with_…)`"
)]
pub trait IntoHttpException {
    /// Returns the exception.
    fn into_http_exception(self) -> HttpException;
}

impl IntoHttpException for u16 {
    fn into_http_exception(self) -> HttpException {
        HttpException::new(self)
    }
}

impl IntoHttpException for StatusCode {
    fn into_http_exception(self) -> HttpException {
        HttpException::new(self)
    }
}

impl<D: Serialize> IntoHttpException for (u16, D) {
    fn into_http_exception(self) -> HttpException {
        HttpException::new(self.0).with_detail(self.1)
    }
}

impl<D: Serialize> IntoHttpException for (StatusCode, D) {
    fn into_http_exception(self) -> HttpException {
        HttpException::new(self.0).with_detail(self.1)
    }
}

impl IntoHttpException for HttpException {
    fn into_http_exception(self) -> HttpException {
        self
    }
}

impl<F> IntoHttpException for F
where
    F: FnOnce() -> HttpException,
{
    fn into_http_exception(self) -> HttpException {
        self()
    }
}
