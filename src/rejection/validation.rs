//! The validation error that stands for a rejection.

use axum::http::StatusCode;

use crate::{
    exception::{Endpoint, Exception, RaisedBy, RequestValidationError},
    request_context::RequestContext,
};

/// Completes a validation error that stands for a rejection with this status.
pub(super) fn validation(
    context: &RequestContext,
    status: StatusCode,
    error: RequestValidationError,
    source: Option<Exception>,
) -> Exception {
    let error = match context.endpoint() {
        Some((method, route)) => error.with_endpoint(Endpoint::new(method.clone(), route)),
        None => error,
    };
    let error = error.raised_by(RaisedBy::Rejection(status));
    error.caused_by(source).into()
}
