//! Rejections that are responses already: only their status, headers and body text are left.

use std::{
    pin::Pin,
    task::{Context, Poll},
};

use axum::{
    body::{Body, HttpBody},
    http::header::{CONTENT_ENCODING, CONTENT_TYPE, DATE},
    response::Response,
};

use super::{peeked_body::PeekedBody, recognize, table::has_status};
use crate::{exception::Exception, request_context::RequestContext};

/// Returns the exception that a response stands for, and the response without it.
///
/// # Errors
///
/// Returns the unchanged response if it is not a rejection.
#[allow(clippy::result_large_err)]
pub(crate) fn translate_response(
    response: Response,
    request: &RequestContext,
    cx: &mut Context<'_>,
) -> Result<(Exception, Response), Response> {
    if !may_be_rejection(&response) {
        return Err(response);
    }
    let (parts, body) = response.into_parts();
    match whole_text(body, cx) {
        Ok(text) => {
            let exception = recognize(parts.status, &text, request);
            let response = Response::from_parts(parts, Body::from(text));
            match exception {
                Some(exception) => Ok((exception, response)),
                None => Err(response),
            }
        }
        Err(body) => Err(Response::from_parts(parts, body)),
    }
}

/// The longest body that is read to see whether it is a rejection, in bytes.
///
/// Rejections quote what the client sent, and are usually shorter than a line.
const MAX_LENGTH: u64 = 64 * 1024;

/// Returns whether a response has the status and headers of a rejection, and a body whose length is known and
/// small.
fn may_be_rejection(response: &Response) -> bool {
    let headers = response.headers();
    has_status(response.status())
        && headers.get(CONTENT_TYPE).is_some_and(|value| value == "text/plain; charset=utf-8")
        // Only servers and caches add a date, so such a response was made elsewhere.
        && !headers.contains_key(DATE)
        && !headers.contains_key(CONTENT_ENCODING)
        && response.body().size_hint().exact().is_some_and(|length| (1..=MAX_LENGTH).contains(&length))
}

/// Returns the text of a body that is complete.
///
/// # Errors
///
/// Returns the body as it was, if it is not complete or not UTF-8.
fn whole_text(mut body: Body, cx: &mut Context<'_>) -> Result<String, Body> {
    let Poll::Ready(Some(first)) = Pin::new(&mut body).poll_frame(cx) else {
        return Err(body);
    };
    match first {
        Ok(frame) if frame.is_data() && body.is_end_stream() => {
            let bytes = frame.into_data().unwrap_or_default();
            String::from_utf8(bytes.into()).map_err(|error| Body::from(error.into_bytes()))
        }
        first => Err(Body::new(PeekedBody::new(first, body))),
    }
}
