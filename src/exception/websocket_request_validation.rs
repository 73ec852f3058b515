//! The validation errors of a WebSocket handshake.

use std::{borrow::Cow, fmt};

use super::{
    CloseCode, DefaultClose, DefaultResponse, Endpoint, Exception, RequestValidationError,
    built_in::BuiltInException, mirror::Mirrored,
};
use crate::{report::ErrorDetail, value::Value};

/// The validation errors of a WebSocket handshake: FastAPI's `WebSocketRequestValidationError`.
///
/// The extractors of this crate raise it if the request is a WebSocket handshake; for any other request they
/// raise a
/// [`RequestValidationError`]. It is a type of its own, as in FastAPI: handlers for [`RequestValidationError`] do not
/// handle it.
///
/// By default it denies the handshake: the response is 403, `text/plain; charset=utf-8`, without a body,
/// because a browser does not show the body of a denied handshake to the page. Raised while a WebSocket is
/// open, it closes the WebSocket with 1008. For clients that can read a body, a handler may send the errors:
///
/// ```
/// use axum::{http::StatusCode, response::IntoResponse};
/// use axum_exception::{Caught, ErrorHandlingLayer, Value, WebSocketRequestValidationError};
///
/// async fn denied(exception: Caught<WebSocketRequestValidationError>) -> impl IntoResponse {
///     let errors: Value = exception.errors().iter().collect();
///     (StatusCode::UNPROCESSABLE_ENTITY, Value::from_iter([("detail", errors)]))
/// }
///
/// let layer = ErrorHandlingLayer::new().exception_handler(denied);
/// # let app: axum::Router = axum::Router::new().layer(layer);
/// ```
///
/// See [FastAPI: WebSockets](https://fastapi.tiangolo.com/advanced/websockets/#using-depends-and-others).
#[derive(Clone)]
pub struct WebSocketRequestValidationError {
    pub(super) state: Mirrored<RequestValidationError, Self>,
}

impl WebSocketRequestValidationError {
    /// Creates an exception with these errors, in the order in which they are reported.
    #[must_use]
    pub fn new(errors: impl IntoIterator<Item = ErrorDetail>) -> Self {
        RequestValidationError::new(errors).into()
    }

    /// Returns the errors, in the order in which they are reported.
    #[must_use]
    pub fn errors(&self) -> &[ErrorDetail] {
        self.state.errors()
    }

    /// Returns the body that was received. Clients do not send one with a handshake.
    #[must_use]
    pub fn body(&self) -> Option<&Value> {
        self.state.body()
    }

    /// Returns the endpoint that was requested, or `None` if the route is not known.
    #[must_use]
    pub fn endpoint(&self) -> Option<&Endpoint> {
        self.state.endpoint()
    }
}

impl BuiltInException for WebSocketRequestValidationError {
    /// The cause of the errors, not the list of them, which would be a `RequestValidationError`.
    fn origin(&self) -> Option<&Exception> {
        self.state.origin()
    }

    fn default_response(&self) -> DefaultResponse<'_> {
        DefaultResponse::Denied
    }

    fn default_close(&self) -> DefaultClose<'_> {
        DefaultClose { code: CloseCode::POLICY_VIOLATION, reason: Cow::Owned(self.to_string()) }
    }

    fn validation_error(&self) -> Option<&RequestValidationError> {
        Some(&self.state)
    }
}

impl From<RequestValidationError> for WebSocketRequestValidationError {
    fn from(error: RequestValidationError) -> Self {
        Self { state: Mirrored::new(error) }
    }
}

impl From<ErrorDetail> for WebSocketRequestValidationError {
    fn from(error: ErrorDetail) -> Self {
        Self::new([error])
    }
}

impl FromIterator<ErrorDetail> for WebSocketRequestValidationError {
    fn from_iter<I: IntoIterator<Item = ErrorDetail>>(errors: I) -> Self {
        Self::new(errors)
    }
}

/// Writes the errors in one line, without their inputs, which do not belong in a log.
impl fmt::Display for WebSocketRequestValidationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.state.fmt(f)
    }
}
