//! What counts as raised.

use axum::{
    body::HttpBody,
    http::header::{CONTENT_LENGTH, CONTENT_TYPE},
    response::{IntoResponse, Response},
};

use super::{answer, layer::Config};
use crate::{
    exception::{Exception, HttpException},
    raise::Carried,
};

/// Whether a response is worth a closer look. Almost none is.
pub(super) fn may_raise<B>(response: &axum::http::Response<B>) -> bool {
    response.status().as_u16() >= 400 || response.extensions().get::<Carried>().is_some()
}

/// An exception, in the response that is its default answer.
pub(super) struct Raised {
    pub(super) exception: Exception,
    pub(super) response: Response,
}

impl Raised {
    /// What was raised where no response could be: by a panic, or as the error of a service.
    pub(super) fn without_response(exception: Exception) -> Self {
        Self { response: exception.clone().into_response(), exception }
    }

    /// What a response raises, or the response itself if that is an answer.
    #[allow(clippy::result_large_err)]
    pub(super) fn by(response: Response, config: &Config) -> Result<Self, Response> {
        match response.extensions().get::<Carried>() {
            Some(_) => Self::carried_by(response),
            None if config.bare_statuses && is_bare(&response) => {
                let exception: Exception = HttpException::new(response.status()).into();
                let default = exception.clone().into_response();
                Ok(Self { exception, response: answer::in_place_of(default, response) })
            }
            None => Err(response),
        }
    }

    /// What the answer of a handler raises in its turn. A bare status is an answer here.
    #[allow(clippy::result_large_err)]
    pub(super) fn by_handler(response: Response) -> Result<Self, Response> {
        Self::carried_by(response)
    }

    #[allow(clippy::result_large_err)]
    fn carried_by(response: Response) -> Result<Self, Response> {
        match response.extensions().get::<Carried>() {
            Some(Carried { exception, answered: false }) => {
                Ok(Self { exception: exception.clone(), response })
            }
            _ => Err(response),
        }
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
