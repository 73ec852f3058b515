//! The exception that an error stands for.

use crate::{exception::Exception, rejection, request_context::RequestContext};

/// Returns the exception that an error stands for: what an `HttpError` says, or that of an error of another crate.
///
/// Returns `None` if the exception stands for itself.
pub(crate) fn translate(exception: &Exception, request: &RequestContext) -> Option<Exception> {
    if exception.is_http_error() {
        exception.to_http_exception()
    } else {
        rejection::translate(exception, request)
    }
}
