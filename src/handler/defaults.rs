//! The default answers, for handlers that change a detail of them.
//!
//! What they return is an ordinary response: nothing is raised by returning it.
//!
//! ```
//! use axum::{http::HeaderValue, response::Response};
//! use axum_exception::{Caught, ErrorHandlingLayer, HttpException, handlers};
//!
//! async fn with_request_id(exception: Caught<HttpException>) -> Response {
//!     let mut response = handlers::http_exception(&exception);
//!     response.headers_mut().insert("x-request-id", HeaderValue::from_static("42"));
//!     response
//! }
//!
//! let layer = ErrorHandlingLayer::new().exception_handler(with_request_id);
//! # let app: axum::Router = axum::Router::new().layer(layer);
//! ```
//!
//! See [FastAPI: Reuse FastAPI's exception handlers](https://fastapi.tiangolo.com/tutorial/handling-errors/#reuse-fastapis-exception-handlers).

use axum::response::Response;

use crate::{
    exception::{
        Exception, HttpException, RequestValidationError, WebSocketException, WebSocketRequestValidationError,
    },
    rejection::{self, RequestContext},
    response::reply,
};

/// The status of the exception, `{"detail": …}` and its headers; no body with 204, 205 and 304.
///
/// The plain 500 if the exception cannot be answered as it stands, see [`HttpException`].
#[must_use]
pub fn http_exception(exception: &HttpException) -> Response {
    reply::http(exception)
}

/// 422 and `{"detail": […]}` with every mistake.
#[must_use]
pub fn request_validation(exception: &RequestValidationError) -> Response {
    reply::request_validation(exception)
}

/// 403, `text/plain; charset=utf-8`, no body: a handshake is denied.
///
/// How a WebSocket is closed after it is not for a response to say, see the feature `ws`.
#[must_use]
pub fn websocket_exception(_exception: &WebSocketException) -> Response {
    reply::denied()
}

/// 403, `text/plain; charset=utf-8`, no body: a handshake is denied.
#[must_use]
pub fn websocket_request_validation(_exception: &WebSocketRequestValidationError) -> Response {
    reply::denied()
}

/// 500, `text/plain; charset=utf-8`, `Internal Server Error`.
#[must_use]
pub fn unhandled() -> Response {
    reply::unhandled()
}

/// The default answer to any exception, see [`Exception`].
#[must_use]
pub fn default(exception: &Exception) -> Response {
    reply::of(rejection::translate(exception, RequestContext::default()).as_ref().unwrap_or(exception))
}
