//! The default response to each exception: the only place where a body is built.

use axum::{
    body::Body,
    http::{
        HeaderValue, StatusCode,
        header::{CONTENT_LENGTH, CONTENT_TYPE, TRANSFER_ENCODING},
    },
    response::Response,
};

use crate::{
    exception::{DefaultResponse, Exception, HttpException, RequestValidationError, allows_body},
    value::{Map, Value},
};

/// Builds the default response to an exception.
pub(crate) fn of(exception: &Exception) -> Response {
    match exception.default_response() {
        DefaultResponse::Http(exception) => http(exception),
        DefaultResponse::RequestValidation(exception) => request_validation(exception),
        DefaultResponse::Denied => denied(),
        DefaultResponse::Unhandled => unhandled(),
    }
}

/// Returns the status of the default response to an exception; `None` if the exception is only for a
/// WebSocket.
pub(crate) fn status(exception: &Exception) -> Option<StatusCode> {
    match exception.default_response() {
        DefaultResponse::Http(exception) if exception.misuse().is_none() => Some(exception.status()),
        DefaultResponse::RequestValidation(exception) => Some(exception.status()),
        DefaultResponse::Denied => None,
        DefaultResponse::Http(_) | DefaultResponse::Unhandled => Some(StatusCode::INTERNAL_SERVER_ERROR),
    }
}

/// Builds `{"detail": …}` with the status and the headers of the exception; the plain 500 if they cannot be
/// sent.
pub(crate) fn http(exception: &HttpException) -> Response {
    if exception.misuse().is_some() {
        return unhandled();
    }
    let status = exception.status();
    let mut response = if allows_body(status) {
        json(status, &Map::from_iter([("detail", exception.detail().clone())]).into())
    } else {
        empty(status)
    };
    let headers = response.headers_mut();
    for name in exception.headers().keys() {
        headers.remove(name);
    }
    headers.extend(exception.headers().clone());
    // A wrong length would desynchronize the connection.
    headers.remove(CONTENT_LENGTH);
    headers.remove(TRANSFER_ENCODING);
    response
}

/// Builds `{"detail": […]}` with the status of the exception.
pub(crate) fn request_validation(exception: &RequestValidationError) -> Response {
    // Enough for two or three errors.
    let mut body = String::with_capacity(512);
    body.push_str(r#"{"detail":"#);
    exception.write_json(&mut body);
    body.push('}');
    json_body(exception.status(), body)
}

/// Builds the plain 500, which reveals nothing.
pub(crate) fn unhandled() -> Response {
    plain(StatusCode::INTERNAL_SERVER_ERROR, "Internal Server Error")
}

/// Builds the empty 403 that denies a WebSocket handshake: before the handshake there is no WebSocket to
/// close.
pub(crate) fn denied() -> Response {
    plain(StatusCode::FORBIDDEN, "")
}

fn plain(status: StatusCode, body: &'static str) -> Response {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    response
}

/// Builds a response with `value` as its JSON body.
pub(crate) fn json(status: StatusCode, value: &Value) -> Response {
    json_body(status, value.to_string())
}

fn json_body(status: StatusCode, json: impl Into<Body>) -> Response {
    let mut response = Response::new(json.into());
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

/// Builds a response without a body.
pub(crate) fn empty(status: StatusCode) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}
