//! Raising: a response with the exception in its extensions, beside a finished default answer.
//!
//! Without the layer the default answer goes out. The layer takes the exception out and looks for a
//! handler. So the two never need to know each other, and what stands between them sees a response.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};

use crate::{
    exception::{
        Exception, HttpException, Panic, RequestValidationError, ResponseValidationError, WebSocketException,
        WebSocketRequestValidationError,
    },
    rejection::{self, Asked},
    response::reply,
    value::Value,
};

/// What rides in the extensions of a response.
#[derive(Clone)]
pub(crate) struct Carried {
    pub(crate) exception: Exception,
    /// Whether a handler has answered it, which is final.
    pub(crate) answered: bool,
}

/// Marks what an extractor answered inside a handler: it is a rejection, not the handler's answer.
#[derive(Clone)]
pub(crate) struct Rejected;

/// The answer of an extractor inside a handler.
pub(crate) fn rejected(mut response: Response) -> Response {
    response.extensions_mut().insert(Rejected);
    response
}

impl Exception {
    /// Returns the status of the default response: what [`handlers::default`](crate::handlers::default) sends.
    ///
    /// * [`HttpException`], [`RequestValidationError`] and errors that one of them caused: their own status. An
    ///   `HttpException` that cannot be sent as it stands: 500.
    /// * A rejection of axum's, or an error of `tower`'s that has a status: that of the exception it stands for.
    /// * [`WebSocketException`] and [`WebSocketRequestValidationError`]: `None`. They close a WebSocket or deny its
    ///   handshake, and stand for no HTTP status.
    /// * Any other error: 500.
    ///
    /// A layer with handlers of its own, [`map_exception`](crate::ErrorHandlingLayer::map_exception) or
    /// [`keep_rejection_status`](crate::ErrorHandlingLayer::keep_rejection_status) may respond with another one.
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
        match rejection::translate(self, Asked::default()) {
            Some(translated) => reply::status(&translated),
            None => reply::status(self),
        }
    }

    /// The exception that a response answers, for middleware outside the layer: metrics, an access log.
    ///
    /// `None` for a response that nobody raised.
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
        let mut response = match rejection::translate(&self, Asked::default()) {
            Some(translated) => reply::of(&translated),
            None => reply::of(&self),
        };
        response.extensions_mut().insert(Carried { exception: self, answered: false });
        response
    }
}

macro_rules! raised {
    ($($exception:ty),*) => {$(
        impl IntoResponse for $exception {
            fn into_response(self) -> Response {
                Exception::from(self).into_response()
            }
        }
    )*};
}

raised!(
    HttpException,
    RequestValidationError,
    ResponseValidationError,
    WebSocketException,
    WebSocketRequestValidationError,
    Panic
);

/// `application/json`, status 200: what a handler answers that shows an error report in its own way.
impl IntoResponse for Value {
    fn into_response(self) -> Response {
        reply::json(StatusCode::OK, &self)
    }
}
