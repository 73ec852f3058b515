//! What counts as raised.

use std::task::Context;

use axum::{
    body::HttpBody,
    http::{
        StatusCode,
        header::{CONTENT_LENGTH, CONTENT_TYPE},
    },
    response::{IntoResponse, Response},
};

use super::{answer, config::Config, head::Head};
use crate::{
    exception::{Exception, HttpException},
    handler::defaults,
    rejection,
    response::{Carried, Rejected},
};

/// An exception, in the response that is its default answer.
pub(super) struct Raised {
    pub(super) exception: Exception,
    pub(super) response: Response,
}

/// Whether a response is worth no closer look. Almost none is.
pub(super) fn is_plain<B>(response: &axum::http::Response<B>) -> bool {
    response.status().as_u16() < 400 && response.extensions().is_empty()
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
        if config.switches.convert_empty_errors && is_bare(&response) {
            let exception = HttpException::new(response.status()).into();
            return Ok(Self::in_place_of(response, exception));
        }
        if !config.switches.recognize_rejections {
            return Err(response);
        }
        let asked = head.asked(config.switches.keep_rejection_status);
        match rejection::translate_response(response, asked, cx) {
            Ok((exception, response)) => Ok(Self::in_place_of(response, exception)),
            Err(response) => Err(response),
        }
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
                let exception = exception.clone();
                Ok(Self { response: with_status_of(&exception, response), exception })
            }
            _ => Err(response),
        }
    }

    /// An exception that takes the place of a response in which nobody had put it.
    fn in_place_of(response: Response, exception: Exception) -> Self {
        let default = exception.clone().into_response();
        Self { exception, response: answer::in_place_of(default, response) }
    }
}

/// No failure goes out as a success: `(StatusCode::CREATED, …)` gives its status to whatever stands behind it, to what
/// could not be made, too.
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
