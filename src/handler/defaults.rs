//! The default handlers, for custom handlers that change a detail of the default response.
//!
//! They return ordinary responses, so a handler that returns one does not raise an exception.
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
//! See [FastAPI: Reuse FastAPI's exception
//! handlers](https://fastapi.tiangolo.com/tutorial/handling-errors/#reuse-fastapis-exception-handlers).

use axum::response::Response;

use crate::{
    exception::{
        Exception, HttpException, RequestValidationError, WebSocketException, WebSocketRequestValidationError,
    },
    request_context::RequestContext,
    response::{reply, translate},
};

/// Returns the status, `{"detail": …}` and the headers of the exception.
///
/// With 204, 205 and 304 there is no body. For an exception that cannot be sent, see [`HttpException`], it is
/// the plain
/// 500.
#[must_use]
pub fn http_exception(exception: &HttpException) -> Response {
    reply::http(exception)
}

/// Returns 422 and `{"detail": […]}` with every validation error.
#[must_use]
pub fn request_validation(exception: &RequestValidationError) -> Response {
    reply::request_validation(exception)
}

/// Returns 403, `text/plain; charset=utf-8`, without a body, which denies a WebSocket handshake.
///
/// This only covers the handshake; see the `ws` module (feature `ws`) for how an open WebSocket is closed.
#[must_use]
pub fn websocket_exception(_exception: &WebSocketException) -> Response {
    reply::denied()
}

/// Returns 403, `text/plain; charset=utf-8`, without a body, as [`websocket_exception`] does.
#[must_use]
pub fn websocket_request_validation(_exception: &WebSocketRequestValidationError) -> Response {
    reply::denied()
}

/// Returns 500, `text/plain; charset=utf-8`, `Internal Server Error`.
#[must_use]
pub fn unhandled() -> Response {
    reply::unhandled()
}

/// Returns the default response to any exception, see [`Exception`].
#[must_use]
pub fn default(exception: &Exception) -> Response {
    reply::of(translate(exception, &RequestContext::default()).as_ref().unwrap_or(exception))
}
