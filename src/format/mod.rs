//! The format of default responses: FastAPI's, problem details, or the app's own.
//!
//! [`ErrorHandlingLayer::format`](crate::ErrorHandlingLayer::format) sets one function through which every default response
//! goes: of an [`HttpException`](crate::HttpException), of validation errors, and of unhandled errors. Handlers for a type, a
//! status or everything else go before it, and their responses stay as they are.
//!
//! | format | response |
//! | --- | --- |
//! | [`fastapi()`] | `{"detail": …}`. This is the format of a layer without one |
//! | [`fastapi().with_json_500(true)`](FastApi::with_json_500) | the same, and `{"detail": "Internal Server Error"}` for unhandled errors |
//! | [`problem_details()`] | `application/problem+json`, as in [RFC 9457](https://www.rfc-editor.org/rfc/rfc9457) |
//! | `negotiated()` (feature `negotiate`) | JSON, problem details or a page of HTML, by the `Accept` header |
//! | a function | what it returns |
//!
//! # Another status for validation errors
//!
//! ```
//! use axum_exception::{ErrorHandlingLayer, format};
//!
//! let layer = ErrorHandlingLayer::new().format(format::fastapi().with_validation_status(400));
//! # let app: axum::Router = axum::Router::new().layer(layer);
//! ```
//!
//! # A format of the app
//!
//! ```
//! use axum::Json;
//! use axum_exception::{ErrorHandlingLayer, format::Failure};
//! use serde_json::json;
//!
//! let layer = ErrorHandlingLayer::new().format(|failure: &Failure<'_>| {
//!     (failure.status(), Json(json!({ "error": { "code": failure.code(), "message": failure.message() } })))
//! });
//! # let app: axum::Router = axum::Router::new().layer(layer);
//! ```
//!
//! A `404` is then `{"error": {"code": "not_found", "message": "Not Found"}}`. The function may return another status.
//!
//! A body that borrows from the failure requires a function that returns `Response`, with `.into_response()` at the end. A
//! function that returns `impl IntoResponse` requires `use<>` in edition 2024, because the type would otherwise borrow from the
//! failure:
//!
//! ```
//! use axum::{Json, response::IntoResponse};
//! use axum_exception::format::Failure;
//! use serde_json::json;
//!
//! fn envelope(failure: &Failure<'_>) -> impl IntoResponse + use<> {
//!     (failure.status(), Json(json!({ "error": failure.code() })))
//! }
//! # let layer = axum_exception::ErrorHandlingLayer::<()>::new().format(envelope);
//! ```
//!
//! [`Failure::error`] finds the error type of the app, for an envelope with more than a code and a message.
//!
//! # Another language
//!
//! [`ErrorHandlingLayer::translate`](crate::ErrorHandlingLayer::translate) replaces the messages of validation errors and the
//! phrases of statuses, in every format.
//!
//! # Headers
//!
//! The headers of an [`HttpException`](crate::HttpException), such as `WWW-Authenticate`, are added to the response, except
//! for those that it has already and for `content-type`. So are the headers that middleware inside the layer has added.
//!
//! # Responses without a format
//!
//! - Responses without a body: a status of 204, 205 or 304, and the 403 that denies a WebSocket handshake.
//! - The response of a function that panics, or that has a status outside 200–599: it is a plain 500, and the log has the
//!   reason.
//! - Responses of the app that do not stand for an exception, and the responses of [`handlers`](crate::handlers).

mod failure;
mod fastapi;
mod formatting;
#[cfg(feature = "negotiate")]
mod html;
mod languages;
mod message;
#[cfg(feature = "negotiate")]
mod negotiated;
mod problem_details;
mod validation_status;
mod words;

use axum::response::{IntoResponse, Response};

#[cfg(feature = "negotiate")]
#[cfg_attr(docsrs, doc(cfg(feature = "negotiate")))]
pub use self::negotiated::{Negotiated, negotiated};
pub(crate) use self::{failure::FailedRequest, formatting::Formatting};
pub use self::{
    failure::Failure,
    fastapi::{FastApi, fastapi},
    message::Message,
    problem_details::{ProblemDetails, problem_details},
};

/// A format of default responses.
///
/// It is implemented for the formats in this [module](self), and for functions and closures
/// `Fn(&Failure<'_>) -> impl IntoResponse`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a format",
    label = "not a `Fn(&Failure<'_>) -> impl IntoResponse`",
    note = "annotate the argument of a closure: `|failure: &Failure<'_>| …`",
    note = "a response that borrows from the failure requires `.into_response()`, and a function `-> impl IntoResponse + use<>`"
)]
pub trait Format: Send + Sync + 'static {
    /// Returns the response to a failure.
    fn respond(&self, failure: &Failure<'_>) -> Response;
}

impl<F, R> Format for F
where
    F: Fn(&Failure<'_>) -> R + Send + Sync + 'static,
    R: IntoResponse,
{
    fn respond(&self, failure: &Failure<'_>) -> Response {
        self(failure).into_response()
    }
}
