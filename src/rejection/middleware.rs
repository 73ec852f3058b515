//! The errors of tower's middleware that have a status of their own.

use std::error::Error;

use tower::{load_shed::error::Overloaded, timeout::error::Elapsed};

use crate::exception::HttpException;

/// Returns the exception that an error of `TimeoutLayer` or `LoadShedLayer` stands for.
///
/// A timeout deep inside a database error is not the timeout of this request, so only the error itself
/// counts.
pub(super) fn exception_of(error: &(dyn Error + 'static)) -> Option<HttpException> {
    if error.is::<Elapsed>() {
        Some(HttpException::gateway_timeout())
    } else if error.is::<Overloaded>() {
        Some(HttpException::service_unavailable())
    } else {
        None
    }
}
