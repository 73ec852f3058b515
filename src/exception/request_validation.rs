//! A request that does not fit the types of its handler.

use std::{
    error::Error,
    fmt,
    sync::{Arc, OnceLock},
};

use axum::http::{Method, StatusCode};

use super::{
    Exception,
    reflection::{Reflected, Reflection},
};
use crate::{report::ErrorDetail, value::Value};

/// A request with mistakes in it, and all of them: FastAPI's `RequestValidationError`.
///
/// It is answered with 422 and `{"detail": [{"type": …, "loc": […], "msg": …, "input": …}, …]}`.
/// Extractors raise it; a handler may, too:
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
/// ```
#[derive(Clone)]
pub struct RequestValidationError {
    data: Arc<Data>,
    reflection: Reflection<Self>,
}

#[derive(Clone)]
struct Data {
    /// Where the mistakes come from, if nobody has asked for them yet.
    findings: Option<Arc<dyn Findings>>,
    errors: OnceLock<Vec<ErrorDetail>>,
    body: OnceLock<Option<Value>>,
    endpoint: Option<Endpoint>,
    /// Which status answers it if not 422: that of the rejection it was made from.
    status: Option<StatusCode>,
    source: Option<Exception>,
}

/// Mistakes as they were found, before anybody asks for them one by one.
///
/// Most answers are written and forgotten; for those no value, no path and no text is made.
pub(crate) trait Findings: Send + Sync {
    fn errors(&self) -> Vec<ErrorDetail>;

    /// Writes them as a JSON array.
    fn write_json(&self, out: &mut String);

    /// The body they were found in.
    fn body(&self) -> Option<Value>;
}

impl RequestValidationError {
    /// A request with these mistakes.
    #[must_use]
    pub fn new(errors: impl IntoIterator<Item = ErrorDetail>) -> Self {
        Self::with_data(None, OnceLock::from(errors.into_iter().collect::<Vec<_>>()), OnceLock::from(None))
    }

    pub(crate) fn found(findings: impl Findings + 'static) -> Self {
        Self::with_data(Some(Arc::new(findings)), OnceLock::new(), OnceLock::new())
    }

    fn with_data(
        findings: Option<Arc<dyn Findings>>,
        errors: OnceLock<Vec<ErrorDetail>>,
        body: OnceLock<Option<Value>>,
    ) -> Self {
        let data = Data { findings, errors, body, endpoint: None, status: None, source: None };
        Self { data: Arc::new(data), reflection: Reflection::default() }
    }

    /// Sets the body that was received, for handlers that show it.
    #[must_use]
    pub fn with_body(mut self, body: impl Into<Value>) -> Self {
        Arc::make_mut(&mut self.data).body = OnceLock::from(Some(body.into()));
        self.reflection.reset();
        self
    }

    /// Sets the endpoint that was requested.
    #[must_use]
    pub fn with_endpoint(mut self, endpoint: Endpoint) -> Self {
        Arc::make_mut(&mut self.data).endpoint = Some(endpoint);
        self.reflection.reset();
        self
    }

    pub(crate) fn with_status(mut self, status: StatusCode) -> Self {
        Arc::make_mut(&mut self.data).status = Some(status);
        self.reflection.reset();
        self
    }

    pub(crate) fn caused_by(mut self, source: Option<Exception>) -> Self {
        Arc::make_mut(&mut self.data).source = source;
        self.reflection.reset();
        self
    }

    /// The status it is answered with.
    pub(crate) fn status(&self) -> StatusCode {
        self.data.status.unwrap_or(StatusCode::UNPROCESSABLE_ENTITY)
    }

    /// The mistakes, in the order they are reported.
    #[must_use]
    pub fn errors(&self) -> &[ErrorDetail] {
        self.data
            .errors
            .get_or_init(|| self.data.findings.as_ref().map(|findings| findings.errors()).unwrap_or_default())
    }

    /// Writes the mistakes as a JSON array.
    pub(crate) fn write_json(&self, out: &mut String) {
        match &self.data.findings {
            Some(findings) => findings.write_json(out),
            None => {
                let errors: Value = self.errors().iter().collect();
                out.push_str(&errors.to_string());
            }
        }
    }

    /// The body that was received, as far as it could be read.
    ///
    /// `None` where no body extractor of this crate has read one: axum's own keep it to themselves.
    #[must_use]
    pub fn body(&self) -> Option<&Value> {
        let findings = self.data.findings.as_ref();
        self.data.body.get_or_init(|| findings.and_then(|findings| findings.body())).as_ref()
    }

    /// The endpoint that was asked; `None` for an error raised by hand, and where the route is not known.
    #[must_use]
    pub fn endpoint(&self) -> Option<&Endpoint> {
        self.data.endpoint.as_ref()
    }
}

/// The method of a request and the route that matched it. Displayed as `POST /items/{item_id}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    method: Method,
    route: Arc<str>,
}

impl Endpoint {
    /// The endpoint with that method and route template.
    #[must_use]
    pub fn new(method: Method, route: impl Into<Arc<str>>) -> Self {
        Self { method, route: route.into() }
    }

    /// The method.
    #[must_use]
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// The route as it was registered, with the prefixes it is nested under: `/items/{item_id}`.
    #[must_use]
    pub fn route(&self) -> &str {
        &self.route
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.route)
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

impl Reflected for RequestValidationError {
    fn origin(&self) -> Option<&(dyn Error + 'static)> {
        self.data.source.as_ref().map(|source| source.as_error() as _)
    }
}

impl Error for RequestValidationError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(self.reflection.of(self))
    }
}

/// The mistakes without their inputs, which a log should not hold.
impl fmt::Display for RequestValidationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Summary(self.errors()).fmt(f)
    }
}

/// How many mistakes a log line names.
const DISPLAYED: usize = 8;

/// Mistakes in one line.
pub(super) struct Summary<'a>(pub(super) &'a [ErrorDetail]);

impl fmt::Display for Summary<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.0.len();
        write!(f, "{count} validation error{}", if count == 1 { "" } else { "s" })?;
        for (index, error) in self.0.iter().take(DISPLAYED).enumerate() {
            write!(f, "{} {error}", if index == 0 { ":" } else { ";" })?;
        }
        if count > DISPLAYED { write!(f, "; and {} more", count - DISPLAYED) } else { Ok(()) }
    }
}

impl fmt::Debug for RequestValidationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestValidationError")
            .field("errors", &self.errors())
            .field("endpoint", &self.data.endpoint)
            .finish_non_exhaustive()
    }
}
