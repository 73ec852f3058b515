//! Replaces a response by another one, which keeps the headers that middleware added.

use axum::{
    body::Body,
    http::{HeaderMap, HeaderName, StatusCode, header},
    response::Response,
};

use crate::{
    exception::{BuiltIn, Exception, allows_body},
    response::{Carried, RespondedBy},
};

/// Headers that describe the body of a response, which is replaced.
static BODY_HEADERS: [HeaderName; 11] = [
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

/// The headers and extensions of a response that is replaced, as far as its replacement keeps them: those
/// that middleware inside the layer added.
pub(super) struct Leftover(Response<()>);

impl Leftover {
    /// Keeps what middleware added to the default response to `exception`.
    pub(super) fn of(response: Response, exception: &Exception) -> Self {
        let mut leftover = Self::of_any(response);
        if let Some(BuiltIn::Http(http)) = exception.built_in() {
            // The headers of the exception belong to its default response. Other values of the same headers
            // come from middleware.
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
        for name in &BODY_HEADERS {
            // With 416 `content-range` is the range that may be requested instead.
            if *name != header::CONTENT_RANGE || status != StatusCode::RANGE_NOT_SATISFIABLE {
                response.headers_mut().remove(name);
            }
        }
        response.extensions_mut().remove::<Carried>();
        Self(response)
    }

    /// Adds the headers and extensions to the new response.
    pub(super) fn put_into(self, mut response: Response) -> Response {
        let (parts, ()) = self.0.into_parts();
        add_missing(response.headers_mut(), &parts.headers);
        let own = std::mem::replace(response.extensions_mut(), parts.extensions);
        response.extensions_mut().extend(own);
        response
    }
}

/// Replaces a response that does not carry an exception.
pub(super) fn replace(response: Response, replacement: Response) -> Response {
    Leftover::of_any(response).put_into(replacement)
}

/// Adds the headers that are missing; for headers with several values, the values that are missing.
fn add_missing(headers: &mut HeaderMap, leftover: &HeaderMap) {
    for name in leftover.keys() {
        let has_many_values = *name == header::SET_COOKIE || *name == header::VARY;
        if headers.contains_key(name) && !has_many_values {
            continue;
        }
        for value in leftover.get_all(name) {
            if headers.get_all(name).iter().all(|own| own != value) {
                headers.append(name, value.clone());
            }
        }
    }
}

/// Returns a response as it is sent, without a body if its status allows none.
///
/// Returns `None`, and logs the reason, if it cannot be sent.
pub(super) fn sendable(mut response: Response) -> Option<Response> {
    let status = response.status();
    if !(200..600).contains(&status.as_u16()) {
        event!(
            ::tracing::Level::ERROR,
            status = status.as_u16(),
            "the response of an exception handler or a format cannot be sent"
        );
        return None;
    }
    if !allows_body(status) {
        *response.body_mut() = Body::empty();
        response.headers_mut().remove(header::CONTENT_TYPE);
        response.headers_mut().remove(header::CONTENT_LENGTH);
        response.headers_mut().remove(header::TRANSFER_ENCODING);
    }
    Some(response)
}

/// Adds the exception that a response is for.
pub(super) fn mark(mut response: Response, exception: Exception, by: RespondedBy) -> Response {
    response.extensions_mut().insert(Carried { exception, by });
    response
}
