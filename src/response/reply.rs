//! The default answer to each exception: the only place where a body is built.

use axum::{
    body::Body,
    http::{
        HeaderValue, StatusCode,
        header::{CONTENT_LENGTH, CONTENT_TYPE, TRANSFER_ENCODING},
    },
    response::Response,
};

use crate::{
    exception::{BuiltIn, Exception, HttpException, RequestValidationError, allows_body},
    value::{Map, Value},
};

/// The default answer to any exception.
pub(crate) fn of(exception: &Exception) -> Response {
    match exception.built_in() {
        Some(BuiltIn::Http(exception)) => http(exception),
        Some(BuiltIn::RequestValidation(exception)) => request_validation(exception),
        Some(BuiltIn::WebSocket(_) | BuiltIn::WebSocketRequestValidation(_)) => denied(),
        Some(BuiltIn::ResponseValidation(_) | BuiltIn::Panic(_)) | None => unhandled(),
    }
}

/// The status of the default response to any exception; `None` if the exception is only for a WebSocket.
pub(crate) fn status(exception: &Exception) -> Option<StatusCode> {
    match exception.built_in() {
        Some(BuiltIn::Http(exception)) if exception.misuse().is_none() => Some(exception.status()),
        Some(BuiltIn::RequestValidation(exception)) => Some(exception.status()),
        Some(BuiltIn::WebSocket(_) | BuiltIn::WebSocketRequestValidation(_)) => None,
        Some(BuiltIn::Http(_) | BuiltIn::ResponseValidation(_) | BuiltIn::Panic(_)) | None => {
            Some(StatusCode::INTERNAL_SERVER_ERROR)
        }
    }
}

/// `{"detail": …}` with the status and the headers of the exception.
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
    // A length that is not the body's would desynchronise the connection.
    headers.remove(CONTENT_LENGTH);
    headers.remove(TRANSFER_ENCODING);
    response
}

/// 422 and the list of mistakes.
pub(crate) fn request_validation(exception: &RequestValidationError) -> Response {
    // Enough for two or three mistakes.
    let mut body = String::with_capacity(512);
    body.push_str(r#"{"detail":"#);
    exception.write_json(&mut body);
    body.push('}');
    json_text(exception.status(), body)
}

/// The plain 500, which says nothing.
pub(crate) fn unhandled() -> Response {
    plain(StatusCode::INTERNAL_SERVER_ERROR, "Internal Server Error")
}

/// The empty 403 to a WebSocket handshake: before it is done there is nothing that could be closed.
pub(crate) fn denied() -> Response {
    plain(StatusCode::FORBIDDEN, "")
}

fn plain(status: StatusCode, text: &'static str) -> Response {
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    response
}

/// A value as an answer.
pub(crate) fn json(status: StatusCode, value: &Value) -> Response {
    json_text(status, value.to_string())
}

fn json_text(status: StatusCode, text: impl Into<Body>) -> Response {
    let mut response = Response::new(text.into());
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

/// An answer without a body.
pub(crate) fn empty(status: StatusCode) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}
