//! What counts as raised.

use std::{
    pin::Pin,
    task::{Context, Poll},
};

use axum::{
    body::{Body, HttpBody},
    http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, DATE},
    response::{IntoResponse, Response},
};

use super::{answer, config::Config, head::Head, peeked::Peeked};
use crate::{
    exception::{Exception, HttpException},
    raise::{Carried, Rejected},
    rejection,
};

/// An exception, in the response that is its default answer.
pub(super) struct Raised {
    pub(super) exception: Exception,
    pub(super) response: Response,
}

/// Whether a response is worth a closer look. Almost none is.
pub(super) fn may_raise<B>(response: &axum::http::Response<B>) -> bool {
    response.status().as_u16() >= 400 || response.extensions().get::<Carried>().is_some()
}

// A response is what comes back mostly; boxing it would cost the requests that succeed.
#[allow(clippy::result_large_err)]
impl Raised {
    /// What was raised where no response could be: by a panic, or as the error of a service.
    pub(super) fn without_response(exception: Exception) -> Self {
        Self { response: exception.clone().into_response(), exception }
    }

    /// What a response raises, or the response itself if that is an answer.
    pub(super) fn by(
        response: Response,
        head: &Head,
        config: &Config,
        cx: &mut Context<'_>,
    ) -> Result<Self, Response> {
        if response.extensions().get::<Carried>().is_some() {
            return Self::carried_by(response);
        }
        if config.switches.bare_statuses && is_bare(&response) {
            let exception = HttpException::new(response.status()).into();
            return Ok(Self::in_place_of(response, exception));
        }
        if config.switches.native_rejections && may_be_native(&response) {
            return Self::native(response, head, config, cx);
        }
        Err(response)
    }

    /// What the answer of a handler raises in its turn.
    ///
    /// A bare status is an answer here, and so is any text, unless they come from an extractor of it.
    pub(super) fn by_handler(
        mut response: Response,
        head: &Head,
        config: &Config,
        cx: &mut Context<'_>,
    ) -> Result<Self, Response> {
        if response.extensions_mut().remove::<Rejected>().is_some() {
            Self::by(response, head, config, cx)
        } else {
            Self::carried_by(response)
        }
    }

    fn carried_by(response: Response) -> Result<Self, Response> {
        match response.extensions().get::<Carried>() {
            Some(Carried { exception, answered: false }) => {
                Ok(Self { exception: exception.clone(), response })
            }
            _ => Err(response),
        }
    }

    fn native(
        response: Response,
        head: &Head,
        config: &Config,
        cx: &mut Context<'_>,
    ) -> Result<Self, Response> {
        let (parts, body) = response.into_parts();
        match whole_text(body, cx) {
            Ok(text) => {
                let asked = head.asked(config.switches.native_statuses);
                let exception = rejection::recognize(parts.status, &text, asked);
                let response = Response::from_parts(parts, Body::from(text));
                match exception {
                    Some(exception) => Ok(Self::in_place_of(response, exception)),
                    None => Err(response),
                }
            }
            Err(body) => Err(Response::from_parts(parts, body)),
        }
    }

    /// An exception that takes the place of a response in which nobody had put it.
    fn in_place_of(response: Response, exception: Exception) -> Self {
        let default = exception.clone().into_response();
        Self { exception, response: answer::in_place_of(default, response) }
    }
}

/// A 4xx or 5xx of which nothing but the status says anything.
fn is_bare(response: &Response) -> bool {
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return false;
    }
    let headers = response.headers();
    // Around a router the body of an answer to HEAD is gone already, its length is not.
    !headers.contains_key(CONTENT_TYPE)
        && headers.get(CONTENT_LENGTH).is_none_or(|length| length == "0")
        && response.body().size_hint().exact() == Some(0)
}

/// The longest text that is read to see whether it is a rejection's, in bytes.
///
/// Rejections quote what the client sent, and are mostly shorter than a line.
const LONGEST: u64 = 64 * 1024;

/// Whether a response looks like a rejection from outside: axum's content type, a known status and a
/// length that is known and small.
fn may_be_native(response: &Response) -> bool {
    let headers = response.headers();
    rejection::is_candidate(response.status())
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
