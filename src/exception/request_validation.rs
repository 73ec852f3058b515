//! The validation errors of a request.

use std::{
    borrow::Cow,
    fmt,
    sync::{Arc, OnceLock},
};

use axum::http::StatusCode;

use super::{
    CloseCode, ContentTypeMismatch, DefaultClose, DefaultResponse, Endpoint, Exception,
    built_in::BuiltInException, mirror::Mirrored, summary::Summary,
};
use crate::{
    report::{ErrorDetail, LocSegment},
    value::Value,
};

/// The validation errors of a request: FastAPI's `RequestValidationError`.
///
/// The default response is 422 with the body `{"detail": [{"type": …, "loc": […], "msg": …, "input": …},
/// …]}`. While a WebSocket is open, the exception closes it with 1008. The extractors of this crate raise it,
/// and a handler may as well:
///
/// ```
/// use axum_exception::{ErrorDetail, RequestValidationError, Result};
///
/// fn check(name: &str) -> Result<()> {
///     if name == "admin" {
///         let taken = ErrorDetail::new("name_taken", ["body", "name"], "This name is taken").with_input(name);
///         return Err(RequestValidationError::new([taken]).into());
///     }
///     Ok(())
/// }
///
/// let exception = check("admin").unwrap_err();
/// assert_eq!(exception.to_string(), "1 validation error: body.name: This name is taken");
/// ```
///
/// See [FastAPI: Handling
/// Errors](https://fastapi.tiangolo.com/tutorial/handling-errors/#override-request-validation-exceptions).
#[derive(Clone)]
pub struct RequestValidationError {
    pub(super) state: Mirrored<Arc<Data>, Self>,
}

#[derive(Clone)]
pub(super) struct Data {
    /// The source of the errors, until they are asked for one by one.
    report: Option<Arc<dyn ErrorReport>>,
    errors: OnceLock<Vec<ErrorDetail>>,
    body: OnceLock<Option<Value>>,
    endpoint: Option<Endpoint>,
    /// The status of the response if it is not 422.
    status: Option<StatusCode>,
    raised_by: RaisedBy,
    content_type: Option<ContentTypeMismatch>,
    source: Option<Exception>,
}

/// The origin of the errors.
#[derive(Clone, Copy, Debug)]
pub(crate) enum RaisedBy {
    App,
    Extractor,
    /// An extractor of axum, whose rejection has this status.
    Rejection(StatusCode),
}

/// Errors as they were found, before they are asked for one by one.
///
/// Most responses are written and forgotten; for those no value, path or string is built.
pub(crate) trait ErrorReport: Send + Sync {
    fn errors(&self) -> Vec<ErrorDetail>;

    /// Writes the errors as a JSON array.
    fn write_json(&self, out: &mut String);

    /// Returns the body in which the errors were found.
    fn body(&self) -> Option<Value>;
}

impl RequestValidationError {
    /// Creates an exception with these errors, in the order in which they are reported.
    #[must_use]
    pub fn new(errors: impl IntoIterator<Item = ErrorDetail>) -> Self {
        Self::with_data(None, OnceLock::from(errors.into_iter().collect::<Vec<_>>()), OnceLock::from(None))
    }

    /// Creates an exception with errors that are built when they are asked for.
    pub(crate) fn found(report: impl ErrorReport + 'static) -> Self {
        Self::with_data(Some(Arc::new(report)), OnceLock::new(), OnceLock::new())
    }

    fn with_data(
        report: Option<Arc<dyn ErrorReport>>,
        errors: OnceLock<Vec<ErrorDetail>>,
        body: OnceLock<Option<Value>>,
    ) -> Self {
        let data = Data {
            report,
            errors,
            body,
            endpoint: None,
            status: None,
            raised_by: RaisedBy::App,
            content_type: None,
            source: None,
        };
        Self { state: Mirrored::new(Arc::new(data)) }
    }

    /// Sets the body that was received, for handlers that show it.
    #[must_use]
    pub fn with_body(mut self, body: impl Into<Value>) -> Self {
        self.data_mut().body = OnceLock::from(Some(body.into()));
        self
    }

    /// Sets the endpoint that was requested.
    #[must_use]
    pub fn with_endpoint(mut self, endpoint: Endpoint) -> Self {
        self.data_mut().endpoint = Some(endpoint);
        self
    }

    pub(crate) fn raised_by(mut self, raised_by: RaisedBy) -> Self {
        self.data_mut().raised_by = raised_by;
        self
    }

    pub(crate) fn with_content_type(mut self, content_type: Option<ContentTypeMismatch>) -> Self {
        self.data_mut().content_type = content_type;
        self
    }

    pub(crate) fn content_type(&self) -> Option<&ContentTypeMismatch> {
        self.state.content_type.as_ref()
    }

    /// Returns the exception with the status that axum has for the same failure. A content type that is not read is then an
    /// error of the header.
    pub(crate) fn with_rejection_status(&self) -> Self {
        let status = match self.state.raised_by {
            RaisedBy::App => return self.clone(),
            RaisedBy::Rejection(status) => status,
            RaisedBy::Extractor => self.extractor_status(),
        };
        let mut error = match &self.state.content_type {
            Some(content_type) if status == StatusCode::UNSUPPORTED_MEDIA_TYPE => {
                let error = Self::from(content_type.to_error());
                match self.endpoint() {
                    Some(endpoint) => error.with_endpoint(endpoint.clone()),
                    None => error,
                }
            }
            _ => self.clone(),
        };
        error.data_mut().status = Some(status);
        error
    }

    /// Returns the status that axum's extractor has for the first error: 400 except for the values in a body.
    fn extractor_status(&self) -> StatusCode {
        let is_of_body = |error: &ErrorDetail| matches!(error.loc().segments(), [LocSegment::Key(source), ..] if source == "body");
        if self.state.content_type.is_some() && self.errors().iter().all(is_of_body) {
            return StatusCode::UNSUPPORTED_MEDIA_TYPE;
        }
        let is_unreadable = |error: &ErrorDetail| {
            error.kind() == "json_invalid" || (error.kind() == "missing" && error.loc().len() == 1)
        };
        match self.errors() {
            [error, ..] if is_of_body(error) && !is_unreadable(error) => StatusCode::UNPROCESSABLE_ENTITY,
            _ => StatusCode::BAD_REQUEST,
        }
    }

    pub(crate) fn caused_by(mut self, source: Option<Exception>) -> Self {
        self.data_mut().source = source;
        self
    }

    fn data_mut(&mut self) -> &mut Data {
        Arc::make_mut(&mut self.state)
    }

    /// Returns the status of the default response.
    pub(crate) fn status(&self) -> StatusCode {
        self.state.status.unwrap_or(StatusCode::UNPROCESSABLE_ENTITY)
    }

    /// Returns the errors, in the order in which they are reported.
    #[must_use]
    pub fn errors(&self) -> &[ErrorDetail] {
        let report = self.state.report.as_ref();
        self.state.errors.get_or_init(|| report.map(|report| report.errors()).unwrap_or_default())
    }

    /// Writes the errors as a JSON array.
    pub(crate) fn write_json(&self, out: &mut String) {
        match &self.state.report {
            Some(report) => report.write_json(out),
            None => {
                let errors: Value = self.errors().iter().collect();
                out.push_str(&errors.to_string());
            }
        }
    }

    /// Returns the body that was received, as far as it could be read.
    ///
    /// It is `None` unless an extractor of this crate has read the body, because axum's own extractors do not
    /// pass it on.
    #[must_use]
    pub fn body(&self) -> Option<&Value> {
        let report = self.state.report.as_ref();
        self.state.body.get_or_init(|| report.and_then(|report| report.body())).as_ref()
    }

    /// Returns the endpoint that was requested.
    ///
    /// It is `None` if the route is not known, and for an exception made by [`new`](Self::new) unless
    /// [`with_endpoint`](Self::with_endpoint) has set it.
    #[must_use]
    pub fn endpoint(&self) -> Option<&Endpoint> {
        self.state.endpoint.as_ref()
    }
}

impl BuiltInException for RequestValidationError {
    fn origin(&self) -> Option<&Exception> {
        self.state.source.as_ref()
    }

    fn default_response(&self) -> DefaultResponse<'_> {
        DefaultResponse::RequestValidation(self)
    }

    fn default_close(&self) -> DefaultClose<'_> {
        DefaultClose { code: CloseCode::POLICY_VIOLATION, reason: Cow::Owned(self.to_string()) }
    }

    fn validation_error(&self) -> Option<&RequestValidationError> {
        Some(self)
    }
}

impl From<ErrorDetail> for RequestValidationError {
    fn from(error: ErrorDetail) -> Self {
        Self::new([error])
    }
}

impl FromIterator<ErrorDetail> for RequestValidationError {
    fn from_iter<I: IntoIterator<Item = ErrorDetail>>(errors: I) -> Self {
        Self::new(errors)
    }
}

/// Writes the errors in one line, without their inputs, which do not belong in a log.
impl fmt::Display for RequestValidationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Summary(self.errors()).fmt(f)?;
        match &self.state.content_type {
            Some(content_type) => write!(f, "; {content_type}"),
            None => Ok(()),
        }
    }
}
