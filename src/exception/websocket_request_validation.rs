//! A WebSocket handshake that does not fit the types of its handler.

use std::{error::Error, fmt};

use super::{
    Endpoint, RequestValidationError,
    reflection::{Reflected, Reflection},
};
use crate::{report::ErrorDetail, value::Value};

/// A WebSocket handshake with mistakes in it, and all of them: FastAPI's `WebSocketRequestValidationError`.
///
/// The extractors of this crate raise it where they would raise a [`RequestValidationError`] if the request
/// were not a handshake. The handshake is then denied with 403, `text/plain; charset=utf-8`, and no body,
/// since a browser shows a page nothing of it. Clients that can read a body may get the list:
///
/// ```
/// use axum::{Json, http::StatusCode, response::IntoResponse};
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
/// It is a type of its own, as in FastAPI: handlers for [`RequestValidationError`] do not see it.
#[derive(Clone)]
pub struct WebSocketRequestValidationError {
    error: RequestValidationError,
    reflection: Reflection<Self>,
}

impl WebSocketRequestValidationError {
    /// A handshake with these mistakes.
    #[must_use]
    pub fn new(errors: impl IntoIterator<Item = ErrorDetail>) -> Self {
        RequestValidationError::new(errors).into()
    }

    /// The mistakes, in the order they are reported.
    #[must_use]
    pub fn errors(&self) -> &[ErrorDetail] {
        self.error.errors()
    }

    /// The body that was received, which no client sends with a handshake.
    #[must_use]
    pub fn body(&self) -> Option<&Value> {
        self.error.body()
    }

    /// The endpoint that was asked; `None` for an error raised by hand, and where the route is not known.
    #[must_use]
    pub fn endpoint(&self) -> Option<&Endpoint> {
        self.error.endpoint()
    }

    /// The mistakes as those of a request.
    pub(crate) fn as_request_validation(&self) -> &RequestValidationError {
        &self.error
    }
}

impl From<RequestValidationError> for WebSocketRequestValidationError {
    fn from(error: RequestValidationError) -> Self {
        Self { error, reflection: Reflection::default() }
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

// Its cause is what caused the mistakes, not the list of them: that would be a `RequestValidationError`.
impl Reflected for WebSocketRequestValidationError {
    fn origin(&self) -> Option<&(dyn Error + 'static)> {
        self.error.origin()
    }
}

impl Error for WebSocketRequestValidationError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(self.reflection.of(self))
    }
}

/// The mistakes without their inputs, which a log should not hold.
impl fmt::Display for WebSocketRequestValidationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

impl fmt::Debug for WebSocketRequestValidationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebSocketRequestValidationError")
            .field("errors", &self.errors())
            .field("endpoint", &self.endpoint())
            .finish_non_exhaustive()
    }
}
