//! An answer takes the place of a response.

use axum::{
    body::Body,
    http::{HeaderMap, HeaderName, StatusCode, header},
    response::Response,
};

use crate::{
    exception::{BuiltIn, Exception, allows_body},
    response::{Carried, reply},
};

/// What a response said of its own body, which is gone with it.
static ABOUT_THE_BODY: [HeaderName; 11] = [
    header::CONTENT_LENGTH,
    header::CONTENT_TYPE,
    header::CONTENT_ENCODING,
    header::CONTENT_RANGE,
    header::CONTENT_DISPOSITION,
    header::CONTENT_LANGUAGE,
    header::ETAG,
    header::LAST_MODIFIED,
    header::ACCEPT_RANGES,
    header::TRANSFER_ENCODING,
    HeaderName::from_static("digest"),
];

/// What is left of the response that an answer replaces: what middleware inside has added.
pub(super) struct Leftover(Response<()>);

impl Leftover {
    /// What is left of the default answer to `exception` when another one takes its place.
    pub(super) fn of(response: Response, exception: &Exception) -> Self {
        let mut leftover = Self::of_any(response);
        if let Some(BuiltIn::Http(http)) = exception.built_in() {
            // The headers that the exception asked for belong to its default answer. A value that
            // middleware added to one of them stays.
            for name in http.headers().keys() {
                let added: Vec<_> = leftover
                    .0
                    .headers()
                    .get_all(name)
                    .iter()
                    .filter(|value| http.headers().get_all(name).iter().all(|own| own != value))
                    .cloned()
                    .collect();
                leftover.0.headers_mut().remove(name);
                for value in added {
                    leftover.0.headers_mut().append(name, value);
                }
            }
        }
        leftover
    }

    fn of_any(response: Response) -> Self {
        let mut response = response.map(drop);
        let status = response.status();
        for name in &ABOUT_THE_BODY {
            // With 416 it says what could be asked for instead.
            if *name != header::CONTENT_RANGE || status != StatusCode::RANGE_NOT_SATISFIABLE {
                response.headers_mut().remove(name);
            }
        }
        response.extensions_mut().remove::<Carried>();
        Self(response)
    }

    /// The answer with everything that is left of the response it replaces.
    pub(super) fn put_into(self, mut answer: Response) -> Response {
        let (parts, ()) = self.0.into_parts();
        add_missing(answer.headers_mut(), &parts.headers);
        let own = std::mem::replace(answer.extensions_mut(), parts.extensions);
        answer.extensions_mut().extend(own);
        answer
    }
}

/// `answer` in the place of a response that nobody raised.
pub(super) fn in_place_of(answer: Response, response: Response) -> Response {
    Leftover::of_any(response).put_into(answer)
}

/// Adds the headers that `headers` lacks; of those that make a list, the values it lacks.
fn add_missing(headers: &mut HeaderMap, leftover: &HeaderMap) {
    for name in leftover.keys() {
        let is_list = *name == header::SET_COOKIE || *name == header::VARY;
        if headers.contains_key(name) && !is_list {
            continue;
        }
        for value in leftover.get_all(name) {
            if headers.get_all(name).iter().all(|own| own != value) {
                headers.append(name, value.clone());
            }
        }
    }
}

/// The answer of a handler as it may go out, marked as final.
pub(super) fn finish(mut answer: Response, exception: Exception) -> Response {
    let status = answer.status();
    if !(200..600).contains(&status.as_u16()) {
        event!(
            ::tracing::Level::ERROR,
            status = status.as_u16(),
            "an exception handler's answer cannot be sent"
        );
        answer = reply::unhandled();
    } else if !allows_body(status) {
        *answer.body_mut() = Body::empty();
        answer.headers_mut().remove(header::CONTENT_TYPE);
        answer.headers_mut().remove(header::CONTENT_LENGTH);
        answer.headers_mut().remove(header::TRANSFER_ENCODING);
    }
    answer.extensions_mut().insert(Carried { exception, answered: true });
    answer
}

/// The plain 500 to an exception that nobody handled; a layer further out still may.
pub(super) fn unhandled(exception: Exception) -> Response {
    let mut response = reply::unhandled();
    response.extensions_mut().insert(Carried { exception, answered: false });
    response
}
