//! A trait that turns `Option` and `Result` into an [`HttpException`] in one call.

use axum::{BoxError, http::StatusCode};
use serde::Serialize;

use super::HttpException;

/// Turns an `Option` or a `Result` into its value or an [`HttpException`].
///
/// ```
/// use std::collections::HashMap;
/// use axum_exception::{OrRaise, Result};
///
/// fn price(prices: &HashMap<String, String>, item: &str) -> Result<f64> {
///     let price = prices.get(item).or_raise(404, "Item not found")?;
///     Ok(price.parse().or_raise(502, "The price list is broken")?)
/// }
///
/// let prices = HashMap::from([("bar".to_owned(), "cheap".to_owned())]);
/// assert_eq!(price(&prices, "foo").unwrap_err().to_string(), "404: Item not found");
/// assert_eq!(price(&prices, "bar").unwrap_err().to_string(), "502: The price list is broken");
/// ```
pub trait OrRaise<T> {
    /// Returns the value, or an exception with this status and detail.
    ///
    /// # Errors
    ///
    /// Returns the exception if there is no value. The error of a `Result` becomes its cause, which is logged
    /// but not sent to the client.
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
