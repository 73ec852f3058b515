//! Decides whether a response counts as raised.

use std::task::Context;

use axum::{
    body::HttpBody,
    http::{
        StatusCode,
        header::{CONTENT_LENGTH, CONTENT_TYPE},
    },
    response::{IntoResponse, Response},
};

use super::{config::Switches, replacement};
use crate::{
    exception::{Exception, HttpException},
    handler::defaults,
    rejection,
    request_context::RequestContext,
    response::{Carried, Rejected, RespondedBy},
};

/// An exception that was raised, and its default response.
pub(super) struct Raised {
    pub(super) exception: Exception,
    pub(super) response: Response,
    /// The origin of the response.
    pub(super) by: RespondedBy,
}

/// Returns `true` if a response obviously does not count as raised, as almost all do not.
pub(super) fn is_plain<B>(response: &axum::http::Response<B>) -> bool {
    response.status().as_u16() < 400 && response.extensions().is_empty()
}

// Most responses come back as the error, and boxing it would cost the requests that succeed.
#[allow(clippy::result_large_err)]
impl Raised {
    /// Creates the exception of a panic or of a service that failed, which come without a response.
    pub(super) fn without_response(exception: Exception) -> Self {
        Self { response: exception.clone().into_response(), exception, by: RespondedBy::Default }
    }

    /// Returns the exception that a response raises.
    ///
    /// # Errors
    ///
    /// Returns the response if it does not raise an exception.
    pub(super) fn by(
        response: Response,
        context: &RequestContext,
        switches: Switches,
        cx: &mut Context<'_>,
    ) -> Result<Self, Response> {
        if response.extensions().get::<Carried>().is_some() {
            return Self::carried_by(response);
        }
        if switches.convert_empty_errors && is_empty_error(&response) {
            let exception = HttpException::new(response.status()).into();
            return Ok(Self::replacing(response, exception));
        }
        if !switches.recognize_rejections {
            return Err(response);
        }
        match rejection::translate_response(response, context, cx) {
            Ok((exception, response)) => Ok(Self::replacing(response, exception)),
            Err(response) => Err(response),
        }
    }

    /// Returns the exception that the response of a handler raises.
    ///
    /// Unlike elsewhere, an empty error and the text of a rejection are responses here, unless they come from
    /// an extractor of the handler.
    ///
    /// # Errors
    ///
    /// Returns the response if it does not raise an exception.
    pub(super) fn by_handler(
        mut response: Response,
        context: &RequestContext,
        switches: Switches,
        cx: &mut Context<'_>,
    ) -> Result<Self, Response> {
        if response.extensions_mut().remove::<Rejected>().is_some() {
            Self::by(response, context, switches, cx)
        } else {
            Self::carried_by(response)
        }
    }

    fn carried_by(response: Response) -> Result<Self, Response> {
        match response.extensions().get::<Carried>() {
            Some(Carried { exception, by: by @ (RespondedBy::Default | RespondedBy::Format) }) => {
                let (exception, by) = (exception.clone(), *by);
                Ok(Self { response: with_status_of(&exception, response), exception, by })
            }
            _ => Err(response),
        }
    }

    /// Creates an exception from a response that does not carry one.
    fn replacing(response: Response, exception: Exception) -> Self {
        let default = exception.clone().into_response();
        Self { exception, response: replacement::replace(response, default), by: RespondedBy::Default }
    }
}

/// Restores the status of an exception that would be sent as a success: `(StatusCode::CREATED, …)` overrides
/// the status of any response, also that of an exception.
fn with_status_of(exception: &Exception, mut response: Response) -> Response {
    let is_failure = |status: StatusCode| status.is_client_error() || status.is_server_error();
    if !is_failure(response.status()) {
        let own = defaults::default(exception).status();
        if is_failure(own) {
            *response.status_mut() = own;
        }
    }
    response
}

/// Returns `true` for a 4xx or 5xx without a body and without a content type.
fn is_empty_error(response: &Response) -> bool {
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return false;
    }
    let headers = response.headers();
    // Around a router, the response to a HEAD request has lost its body, but not its length.
    !headers.contains_key(CONTENT_TYPE)
        && headers.get(CONTENT_LENGTH).is_none_or(|length| length == "0")
        && response.body().size_hint().exact() == Some(0)
}
