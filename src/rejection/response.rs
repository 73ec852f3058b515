//! A rejection that is a response already: nothing but its text says what it was.

use std::{
    pin::Pin,
    task::{Context, Poll},
};

use axum::{
    body::{Body, HttpBody},
    http::header::{CONTENT_ENCODING, CONTENT_TYPE, DATE},
    response::Response,
};

use super::{Asked, peeked::Peeked, recognize, text::is_candidate};
use crate::exception::Exception;

/// The exception that a response stands for, and what is left of the response; the response itself, as if
/// nobody had looked, if it is no rejection's.
#[allow(clippy::result_large_err)]
pub(crate) fn raised_by(
    response: Response,
    asked: Asked<'_>,
    cx: &mut Context<'_>,
) -> Result<(Exception, Response), Response> {
    if !may_be_native(&response) {
        return Err(response);
    }
    let (parts, body) = response.into_parts();
    match whole_text(body, cx) {
        Ok(text) => {
            let exception = recognize(parts.status, &text, asked);
            let response = Response::from_parts(parts, Body::from(text));
            match exception {
                Some(exception) => Ok((exception, response)),
                None => Err(response),
            }
        }
        Err(body) => Err(Response::from_parts(parts, body)),
    }
}

/// The longest text that is read to see whether it is a rejection's, in bytes.
///
/// Rejections quote what the client sent, and are mostly shorter than a line.
const LONGEST: u64 = 64 * 1024;

/// Whether a response looks like a rejection from outside: axum's content type, a known status and a
/// length that is known and small.
fn may_be_native(response: &Response) -> bool {
    let headers = response.headers();
    is_candidate(response.status())
        && headers.get(CONTENT_TYPE).is_some_and(|value| value == "text/plain; charset=utf-8")
        // Only servers and caches date a response: it has come from elsewhere.
        && !headers.contains_key(DATE)
        && !headers.contains_key(CONTENT_ENCODING)
        && response.body().size_hint().exact().is_some_and(|length| (1..=LONGEST).contains(&length))
}

/// The text of a body that is there already and whole; otherwise the body, as if nobody had looked.
fn whole_text(mut body: Body, cx: &mut Context<'_>) -> Result<String, Body> {
    let Poll::Ready(Some(first)) = Pin::new(&mut body).poll_frame(cx) else {
        return Err(body);
    };
    match first {
        Ok(frame) if frame.is_data() && body.is_end_stream() => {
            let bytes = frame.into_data().unwrap_or_default();
            String::from_utf8(bytes.into()).map_err(|error| Body::from(error.into_bytes()))
        }
        first => Err(Body::new(Peeked::new(first, body))),
    }
}
