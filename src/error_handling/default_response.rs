//! The default response to an exception, in the format of the layer.

use axum::response::{IntoResponse, Response};

use super::{
    config::Config,
    kept_request::KeptRequest,
    raised::Raised,
    replacement::{Leftover, mark, sendable},
};
use crate::{
    exception::{BuiltIn, Exception},
    format::{FailedRequest, Formatting},
    handler::catch_panic,
    response::{RespondedBy, reply},
};

/// Returns the default response to an exception that no handler handled, or to the exception that it was mapped or
/// translated to.
pub(super) fn default_response(
    raised: Raised,
    resolved: Option<&Exception>,
    request: &KeptRequest,
    config: &Config,
) -> Response {
    let Raised { exception, response, by } = raised;
    let kept = if config.switches.keep_rejection_status {
        with_rejection_status(resolved.unwrap_or(&exception))
    } else {
        None
    };
    let resolved = kept.as_ref().or(resolved);
    let is_formatted = by == RespondedBy::Format && resolved.is_none();
    let formatting = config.formatting.as_ref().filter(|_| !is_formatted);
    let subject = resolved.unwrap_or(&exception);
    let formatted = formatting
        .and_then(|formatting| request.failed(|request| respond(formatting, subject, &exception, request)))
        .map(|response| mark(response, subject.clone(), RespondedBy::Format));
    match (formatted, resolved) {
        (Some(formatted), _) => Leftover::of(response, &exception).put_into(formatted),
        (None, Some(other)) => Leftover::of(response, &exception).put_into(other.clone().into_response()),
        (None, None) => response,
    }
}

/// Returns the exception with the status that axum has for the same failure.
fn with_rejection_status(exception: &Exception) -> Option<Exception> {
    match exception.built_in() {
        Some(BuiltIn::RequestValidation(error)) => Some(error.with_rejection_status().into()),
        _ => None,
    }
}

/// Returns the response of a 500 that reveals nothing, in the format of the layer.
pub(super) fn unhandled(exception: &Exception, request: &KeptRequest, config: &Config) -> Response {
    let Some(formatting) = &config.formatting else { return reply::unhandled() };
    request.failed(|request| {
        caught(|| formatting.respond_unhandled(exception, request)).unwrap_or_else(reply::unhandled)
    })
}

/// Returns the response of a format; `None` if the exception has none.
fn respond(
    formatting: &Formatting,
    exception: &Exception,
    raised: &Exception,
    request: FailedRequest<'_>,
) -> Option<Response> {
    match caught(|| formatting.respond(exception, raised, request)) {
        Some(response) => response.map(|response| sendable(response).unwrap_or_else(reply::unhandled)),
        None => Some(reply::unhandled()),
    }
}

/// Calls the code of a format; `None` if it panics, which is logged.
fn caught<T>(respond: impl FnOnce() -> T) -> Option<T> {
    match catch_panic(respond) {
        Ok(response) => Some(response),
        Err(payload) => {
            let panic = crate::exception::Panic::caught(payload);
            event!(::tracing::Level::ERROR, error = %panic, "the format of the layer panicked");
            #[cfg(not(feature = "tracing"))]
            drop(panic);
            None
        }
    }
}
