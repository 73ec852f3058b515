//! Raising: a response with the exception in its extensions, beside a finished default answer.
//!
//! Without the layer the default answer goes out. The layer takes the exception out and looks for a
//! handler. So the two never need to know each other, and what stands between them sees a response.

use axum::response::{IntoResponse, Response};

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
pub(crate) fn rejected(rejection: impl IntoResponse) -> Response {
    let mut response = rejection.into_response();
    response.extensions_mut().insert(Rejected);
    response
}

impl Exception {
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
        reply::json(axum::http::StatusCode::OK, &self)
    }
}
