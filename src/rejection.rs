//! Errors of axum and tower → the exceptions they stand for.

use std::error::Error;

use tower::{load_shed::error::Overloaded, timeout::error::Elapsed};

use crate::exception::{Exception, HttpException};

/// The exception an error of somebody else's stands for, with that error as its cause.
///
/// Only the error itself is looked at, not its causes: a timeout deep inside a database error is not
/// the timeout of this request.
pub(crate) fn translate(exception: &Exception) -> Option<Exception> {
    let error: &(dyn Error + 'static) = exception.as_error();
    let translated = if error.is::<Elapsed>() {
        HttpException::gateway_timeout()
    } else if error.is::<Overloaded>() {
        HttpException::service_unavailable()
    } else {
        return None;
    };
    Some(translated.caused_by(exception.clone()).into())
}
