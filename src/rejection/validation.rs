//! The validation error that stands for a rejection.

use axum::http::StatusCode;

use crate::{
    exception::{Endpoint, Exception, RequestValidationError},
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
    let error = if context.keeps_rejection_status() { error.with_status(status) } else { error };
    error.caused_by(source).into()
}
