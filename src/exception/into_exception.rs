//! A trait for `?` on a `Result` whose error does not implement `Error`.

#[cfg(any(feature = "anyhow", feature = "eyre_0_6"))]
use std::any::type_name;

use axum::{BoxError, http::StatusCode};
use serde::Serialize;

#[cfg(any(feature = "anyhow", feature = "eyre_0_6"))]
use super::held_error::HeldError;
use super::{Exception, HttpException, Result};

/// Converts the error of a `Result` into an [`Exception`], where `?` alone cannot.
///
/// `?` converts every error that implements [`Error`](std::error::Error), `Send` and `Sync`. These do not implement it:
///
/// | error | exception |
/// | --- | --- |
/// | `StatusCode`, `(StatusCode, detail)` | an [`HttpException`], with any `Serialize` as its detail |
/// | `Box<dyn Error + Send + Sync>` | the error inside it |
/// | `anyhow::Error` (feature `anyhow`), `eyre::Report` (feature `eyre_0_6`) | the error inside it: a handler for its type is found |
/// | `&'static str`, `String` | an unhandled error with this message: 500. The client does not see the message |
///
/// ```
/// use axum::http::StatusCode;
/// use axum_exception::{Raise, Result};
///
/// fn find(id: u32) -> Result<String, (StatusCode, &'static str)> {
///     if id == 7 { Ok("seven".to_owned()) } else { Err((StatusCode::NOT_FOUND, "No such number")) }
/// }
///
/// async fn read(id: u32) -> Result<String> {
///     let name = find(id).raise()?;
///     let port = std::env::var("PORT").or(Err("the port is not set")).raise()?;
///     Ok(format!("{name} on {port}"))
/// }
/// # assert_eq!(find(8).raise().unwrap_err().to_string(), "404: No such number");
/// ```
pub trait Raise<T> {
    /// The error.
    type Error;

    /// Returns the value, or the error as an exception.
    ///
    /// # Errors
    ///
    /// Returns the exception if there is an error.
    fn raise(self) -> Result<T>
    where
        Self::Error: IntoException;
}

impl<T, E> Raise<T> for std::result::Result<T, E> {
    type Error = E;

    // The bound is here, so that the compiler shows the notes of `IntoException`.
    fn raise(self) -> Result<T>
    where
        E: IntoException,
    {
        self.map_err(E::into_exception)
    }
}

/// A value that stands for an error but does not implement [`Error`](std::error::Error).
///
/// See [`Raise`]. An app may implement it for a type of its own.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be raised with `.raise()?`",
    note = "an error that implements `std::error::Error`, `Send` and `Sync` is raised by `?` alone",
    note = "`anyhow::Error` and `eyre::Report` require the features `anyhow` and `eyre_0_6` of `axum-exception`"
)]
pub trait IntoException {
    /// Returns the exception.
    fn into_exception(self) -> Exception;
}

impl IntoException for Exception {
    fn into_exception(self) -> Exception {
        self
    }
}

impl IntoException for StatusCode {
    fn into_exception(self) -> Exception {
        HttpException::new(self).into()
    }
}

impl<D: Serialize> IntoException for (StatusCode, D) {
    fn into_exception(self) -> Exception {
        let (status, detail) = self;
        HttpException::new(status).with_detail(detail).into()
    }
}

impl IntoException for BoxError {
    fn into_exception(self) -> Exception {
        Exception::new(self)
    }
}

impl IntoException for String {
    fn into_exception(self) -> Exception {
        Exception::new(self)
    }
}

impl IntoException for &'static str {
    fn into_exception(self) -> Exception {
        Exception::new(self)
    }
}

#[cfg(feature = "anyhow")]
#[cfg_attr(docsrs, doc(cfg(feature = "anyhow")))]
impl IntoException for anyhow::Error {
    fn into_exception(self) -> Exception {
        Exception::holding(HeldError::Anyhow(self), type_name::<Self>())
    }
}

#[cfg(feature = "eyre_0_6")]
#[cfg_attr(docsrs, doc(cfg(feature = "eyre_0_6")))]
impl IntoException for eyre::Report {
    fn into_exception(self) -> Exception {
        Exception::holding(HeldError::Eyre(self), type_name::<Self>())
    }
}
