//! What `#[http(transparent)]` expands to: the choice between an `HttpError` and any other error.

use std::error::Error;

use super::{Forwarded, HttpError, HttpException};

/// The error in a variant that is transparent.
///
/// The macro calls methods of `&Inner(…)`. The compiler takes those of [`InnerHttpError`] if the error is an
/// `HttpError`, and those of [`InnerError`] otherwise, because that needs one more reference.
#[derive(Debug)]
pub struct Inner<'a, T: ?Sized>(pub &'a T);

/// An error that is an `HttpError`.
pub trait InnerHttpError<'a> {
    /// Returns the exception that the error stands for.
    fn http(&self) -> Option<HttpException>;

    /// Returns the error.
    fn forwarded(&self, error: &'a (dyn Error + 'static)) -> Forwarded<'a>;
}

impl<'a, E: HttpError> InnerHttpError<'a> for Inner<'a, E> {
    fn http(&self) -> Option<HttpException> {
        self.0.http()
    }

    fn forwarded(&self, _: &'a (dyn Error + 'static)) -> Forwarded<'a> {
        Forwarded::to_http_error(self.0)
    }
}

/// Any other error.
pub trait InnerError<'a> {
    /// Returns `None`: the error is looked up.
    fn http(&self) -> Option<HttpException> {
        None
    }

    /// Returns the error.
    fn forwarded(&self, error: &'a (dyn Error + 'static)) -> Forwarded<'a> {
        Forwarded::to_error(error)
    }
}

impl<'a, T: ?Sized> InnerError<'a> for &Inner<'a, T> {}

/// Returns an error without its type, also from inside a box or an `anyhow::Error`.
pub trait AsDynError {
    /// Returns the error.
    fn as_dyn_error(&self) -> &(dyn Error + 'static);
}

impl<T: Error + 'static> AsDynError for T {
    fn as_dyn_error(&self) -> &(dyn Error + 'static) {
        self
    }
}

impl AsDynError for dyn Error + 'static {
    fn as_dyn_error(&self) -> &(dyn Error + 'static) {
        self
    }
}

impl AsDynError for dyn Error + Send + 'static {
    fn as_dyn_error(&self) -> &(dyn Error + 'static) {
        self
    }
}

impl AsDynError for dyn Error + Send + Sync + 'static {
    fn as_dyn_error(&self) -> &(dyn Error + 'static) {
        self
    }
}
