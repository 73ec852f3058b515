//! A response that is not what the app has promised.

use std::{error::Error, fmt, sync::Arc};

use super::{
    Exception,
    reflection::{Reflected, Reflection},
    request_validation::Summary,
};
use crate::{
    report::{AppMessage, ErrorDetail, ErrorKind, Loc},
    value::Value,
};

/// A response that breaks the rules of its type, or cannot be written: FastAPI's `ResponseValidationError`.
///
/// [`Valid`](crate::extract::Valid) and [`Json`](crate::extract::Json) raise it when they are returned. It is
/// the app's mistake and not the client's: the answer is a plain 500, which says nothing of it. The log
/// says what is wrong and where, without the values. Only a handler for this type sees everything:
///
/// ```
/// use axum::http::StatusCode;
/// use axum_exception::{Caught, ErrorHandlingLayer, ResponseValidationError};
///
/// let layer = ErrorHandlingLayer::new().exception_handler(async |error: Caught<ResponseValidationError>| {
///     (StatusCode::INTERNAL_SERVER_ERROR, format!("{} mistakes of ours", error.errors().len()))
/// });
/// # let app: axum::Router = axum::Router::new().layer(layer);
/// ```
#[derive(Clone)]
pub struct ResponseValidationError {
    data: Arc<Data>,
    reflection: Reflection<Self>,
}

#[derive(Clone)]
struct Data {
    errors: Vec<ErrorDetail>,
    body: Option<Value>,
    source: Option<Exception>,
}

impl ResponseValidationError {
    /// A response with these mistakes. The `loc` of each should begin with `response`.
    #[must_use]
    pub fn new(errors: impl IntoIterator<Item = ErrorDetail>) -> Self {
        let data = Data { errors: errors.into_iter().collect(), body: None, source: None };
        Self { data: Arc::new(data), reflection: Reflection::default() }
    }

    /// Sets what would have been the body.
    #[must_use]
    pub fn with_body(mut self, body: impl Into<Value>) -> Self {
        Arc::make_mut(&mut self.data).body = Some(body.into());
        self.reflection.reset();
        self
    }

    /// A response of which nothing can be shown, because its type cannot be written.
    pub(crate) fn unserializable(source: impl Into<Exception>) -> Self {
        let source = source.into();
        let kind = ErrorKind::ValueError { error: AppMessage(source.to_string()) };
        let mut error = Self::new([ErrorDetail::of(kind, Loc::from("response"), Value::Null)]);
        Arc::make_mut(&mut error.data).source = Some(source);
        error
    }

    /// The mistakes.
    #[must_use]
    pub fn errors(&self) -> &[ErrorDetail] {
        &self.data.errors
    }

    /// What would have been the body; `None` if it could not be written.
    #[must_use]
    pub fn body(&self) -> Option<&Value> {
        self.data.body.as_ref()
    }
}

impl Reflected for ResponseValidationError {
    fn origin(&self) -> Option<&(dyn Error + 'static)> {
        self.data.source.as_ref().map(|source| source.as_error() as _)
    }
}

impl Error for ResponseValidationError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(self.reflection.of(self))
    }
}

/// The mistakes without their inputs, which a log should not hold.
impl fmt::Display for ResponseValidationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Summary(self.errors()).fmt(f)
    }
}

impl fmt::Debug for ResponseValidationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseValidationError").field("errors", &self.errors()).finish_non_exhaustive()
    }
}
