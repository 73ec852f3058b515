//! `Option` and `Result` → [`HttpException`], in one call.

use axum::{BoxError, http::StatusCode};
use serde::Serialize;

use super::HttpException;

/// Turns what is missing or has failed into an [`HttpException`].
///
/// ```
/// use std::collections::HashMap;
/// use axum_exception::{OrRaise, Result};
///
/// fn price(prices: &HashMap<String, String>, item: &str) -> Result<f64> {
///     let text = prices.get(item).or_raise(404, "Item not found")?;
///     Ok(text.parse().or_raise(502, "The price list is broken")?)
/// }
///
/// let prices = HashMap::from([("bar".to_owned(), "cheap".to_owned())]);
/// assert_eq!(price(&prices, "foo").unwrap_err().to_string(), "404: Item not found");
/// assert_eq!(price(&prices, "bar").unwrap_err().to_string(), "502: The price list is broken");
/// ```
pub trait OrRaise<T> {
    /// The value, or an exception with that status and detail.
    ///
    /// # Errors
    ///
    /// The exception, if there is no value. The error of a `Result` becomes its cause: the log shows
    /// it, the client does not see it.
    fn or_raise<S, D>(self, status: S, detail: D) -> Result<T, HttpException>
    where
        S: TryInto<StatusCode>,
        D: Serialize;
}

impl<T> OrRaise<T> for Option<T> {
    fn or_raise<S, D>(self, status: S, detail: D) -> Result<T, HttpException>
    where
        S: TryInto<StatusCode>,
        D: Serialize,
    {
        self.ok_or_else(|| HttpException::new(status).with_detail(detail))
    }
}

impl<T, E> OrRaise<T> for Result<T, E>
where
    E: Into<BoxError>,
{
    fn or_raise<S, D>(self, status: S, detail: D) -> Result<T, HttpException>
    where
        S: TryInto<StatusCode>,
        D: Serialize,
    {
        self.map_err(|error| HttpException::new(status).with_detail(detail).with_source(error))
    }
}
