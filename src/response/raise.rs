//! Raising: the default response, with the exception in its extensions.
//!
//! Without the layer, the default response is sent. The layer takes the exception out and looks for a
//! handler. The two sides meet in the extensions only, and middleware between them sees a response.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};

use crate::{
    exception::Exception,
    request_context::RequestContext,
    response::{reply, translate},
    value::Value,
};

/// The exception in the extensions of a response.
#[derive(Clone)]
pub(crate) struct Carried {
    pub(crate) exception: Exception,
    pub(crate) by: RespondedBy,
}

/// The origin of the response to an exception.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum RespondedBy {
    /// Nothing yet: it is the default response.
    Default,
    /// The format of a layer. The handlers of an outer layer may still run, but not its format.
    Format,
    /// A handler. The response is final.
    Handler,
}

/// Marks the response of an extractor that failed inside an exception handler: it is a rejection, not the
/// handler's response.
#[derive(Clone)]
pub(crate) struct Rejected;

/// Marks the response of an extractor that failed inside an exception handler.
pub(crate) fn rejected(mut response: Response) -> Response {
    response.extensions_mut().insert(Rejected);
    response
}

impl Exception {
    /// Returns the status of the default response, which [`handlers::default`](crate::handlers::default)
    /// builds.
    ///
    /// * [`HttpException`](crate::HttpException), [`RequestValidationError`](crate::RequestValidationError), and errors
    ///   whose `source()` is one of them: the status of that exception. For an `HttpException` that cannot be sent: 500.
    /// * A rejection of axum, or an error of `tower` that has a status: the status of the exception it is converted to.
    /// * [`WebSocketException`](crate::WebSocketException) and
    ///   [`WebSocketRequestValidationError`](crate::WebSocketRequestValidationError): `None`. They close a WebSocket or
    ///   deny its handshake, and have no HTTP status of their own.
    /// * Any other error: 500.
    ///
    /// A layer with custom handlers, [`map_exception`](crate::ErrorHandlingLayer::map_exception),
    /// [`keep_rejection_status`](crate::ErrorHandlingLayer::keep_rejection_status) or a [format](crate::format) may respond
    /// with another one.
    ///
    /// ```
    /// use axum::http::StatusCode;
    /// use axum_exception::{Exception, HttpException, WebSocketException};
    ///
    /// let status = |exception: Exception| exception.status();
    /// assert_eq!(status(HttpException::not_found().into()), Some(StatusCode::NOT_FOUND));
    /// assert_eq!(status(Exception::new("the disk is full")), Some(StatusCode::INTERNAL_SERVER_ERROR));
    /// assert_eq!(status(WebSocketException::going_away().into()), None);
    /// ```
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        match translate(self, &RequestContext::default()) {
            Some(translated) => reply::status(&translated),
            None => reply::status(self),
        }
    }

    /// Returns the exception behind a response, for middleware outside the layer: metrics, an access log.
    ///
    /// Returns `None` if the response does not come from an exception.
    ///
    /// ```
    /// use axum::response::IntoResponse;
    /// use axum_exception::{Exception, HttpException};
    ///
    /// let response = HttpException::not_found().into_response();
    /// assert!(Exception::from_response(&response).unwrap().is::<HttpException>());
    /// ```
    #[must_use]
    pub fn from_response<B>(response: &axum::http::Response<B>) -> Option<&Self> {
        response.extensions().get::<Carried>().map(|carried| &carried.exception)
    }
}

impl IntoResponse for Exception {
    fn into_response(self) -> Response {
        let mut response = match translate(&self, &RequestContext::default()) {
            Some(translated) => reply::of(&translated),
            None => reply::of(&self),
        };
        response.extensions_mut().insert(Carried { exception: self, by: RespondedBy::Default });
        response
    }
}

/// Returns the value as `application/json` with status 200, for handlers that show errors in their own way.
impl IntoResponse for Value {
    fn into_response(self) -> Response {
        reply::json(StatusCode::OK, &self)
    }
}
