//! The validation errors of a response.

use std::{fmt, sync::Arc};

use super::{Exception, built_in::BuiltInException, mirror::Mirrored, summary::Summary};
use crate::{
    report::{AppMessage, ErrorDetail, ErrorKind, Loc},
    value::Value,
};

/// A response that breaks the rules of its type or does not serialize: FastAPI's `ResponseValidationError`.
///
/// [`Valid`](crate::extract::Valid) and [`Json`](crate::extract::Json) raise it when a handler returns them. It is a
/// bug in the app, not an error of the client. The response is a plain 500 that reveals nothing, and the log has the
/// errors without the values. A handler for this type gets everything:
///
/// ```
/// use axum::http::StatusCode;
/// use axum_exception::{Caught, ErrorHandlingLayer, ResponseValidationError};
///
/// let layer = ErrorHandlingLayer::new().exception_handler(async |error: Caught<ResponseValidationError>| {
///     (StatusCode::INTERNAL_SERVER_ERROR, format!("{} errors in our response", error.errors().len()))
/// });
/// # let app: axum::Router = axum::Router::new().layer(layer);
/// ```
///
/// See [FastAPI: Response Model](https://fastapi.tiangolo.com/tutorial/response-model/).
#[derive(Clone)]
pub struct ResponseValidationError {
    pub(super) state: Mirrored<Arc<Data>, Self>,
}

#[derive(Clone)]
pub(super) struct Data {
    errors: Vec<ErrorDetail>,
    body: Option<Value>,
    source: Option<Exception>,
}

impl ResponseValidationError {
    /// Creates an exception with these errors. The `loc` of each should begin with `response`.
    #[must_use]
    pub fn new(errors: impl IntoIterator<Item = ErrorDetail>) -> Self {
        let data = Data { errors: errors.into_iter().collect(), body: None, source: None };
        Self { state: Mirrored::new(Arc::new(data)) }
    }

    /// Sets the body that would have been sent.
    #[must_use]
    pub fn with_body(mut self, body: impl Into<Value>) -> Self {
        self.data_mut().body = Some(body.into());
        self
    }

    /// Creates the exception for a response that does not serialize because of `source`.
    pub(crate) fn unserializable(source: impl Into<Exception>) -> Self {
        let source = source.into();
        let kind = ErrorKind::ValueError { error: AppMessage(source.to_string()) };
        let mut error = Self::new([ErrorDetail::of(kind, Loc::from("response"), Value::Null)]);
        error.data_mut().source = Some(source);
        error
    }

    fn data_mut(&mut self) -> &mut Data {
        Arc::make_mut(&mut self.state)
    }

    /// Returns the errors.
    #[must_use]
    pub fn errors(&self) -> &[ErrorDetail] {
        &self.state.errors
    }

    /// Returns the body that would have been sent, or `None` if it did not serialize.
    #[must_use]
    pub fn body(&self) -> Option<&Value> {
        self.state.body.as_ref()
    }
}

impl BuiltInException for ResponseValidationError {
    fn origin(&self) -> Option<&Exception> {
        self.state.source.as_ref()
    }
}

/// Writes the errors in one line, without their inputs, which do not belong in a log.
impl fmt::Display for ResponseValidationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Summary(self.errors()).fmt(f)
    }
}
