//! What is raised where a source does not fit, and what is to be known of its request for that.

use axum::{
    body::Bytes,
    extract::MatchedPath,
    http::{Extensions, Method, request::Parts},
};

use crate::{
    exception::{Endpoint, Exception, Findings, RequestValidationError, WebSocketRequestValidationError},
    explain::{Explain, Report},
    extract::handshake::is_handshake,
    json::decode,
    report::ErrorDetail,
    value::Value,
};

/// What is known of a request besides what it carries. It is cheap to have: most requests need none of it.
#[derive(Clone, Default)]
pub(super) struct About {
    endpoint: Option<(Method, MatchedPath)>,
    /// Whether it asks for a WebSocket.
    pub(super) is_handshake: bool,
    /// How the app wants mistakes explained.
    pub(super) explain: Option<Explain>,
}

/// What handlers may show of a source.
pub(super) enum Shown {
    Nothing,
    /// The fields of a form.
    Fields,
    /// What was read of a document; a text that is no JSON as a text.
    Document(Bytes),
}

impl About {
    pub(super) fn of(method: &Method, extensions: &Extensions) -> Self {
        let route: Option<MatchedPath> = extensions.get().cloned();
        let endpoint = route.map(|route| (method.clone(), route));
        Self { endpoint, is_handshake: false, explain: extensions.get().cloned() }
    }

    /// The same for what a WebSocket handshake carries, too.
    pub(super) fn of_parts(parts: &Parts) -> Self {
        let is_handshake = is_handshake(&parts.method, &parts.headers);
        Self { is_handshake, ..Self::of(&parts.method, &parts.extensions) }
    }

    pub(super) fn endpoint(&self) -> Option<(&Method, &str)> {
        self.endpoint.as_ref().map(|(method, route)| (method, route.as_str()))
    }

    pub(super) fn raise(&self, error: RequestValidationError) -> Exception {
        let error = match self.endpoint() {
            Some((method, route)) => error.with_endpoint(Endpoint::new(method.clone(), route)),
            None => error,
        };
        if self.is_handshake { WebSocketRequestValidationError::from(error).into() } else { error.into() }
    }

    /// Raises the mistakes in a source.
    pub(super) fn refuse(&self, report: Report<'static>, shown: Shown) -> Exception {
        if let Some(reason) = report.misuse() {
            return Exception::new(reason.to_owned());
        }
        #[cfg(feature = "tracing")]
        if let Some(name) = report.misnamed() {
            let route = self.endpoint().map(|(_, route)| route);
            event!(::tracing::Level::WARN, name, route, "a rule is for a field that serde does not know");
        }
        self.raise(RequestValidationError::found(Found { report, shown }))
    }
}

/// The mistakes in a source.
struct Found {
    report: Report<'static>,
    shown: Shown,
}

impl Findings for Found {
    fn errors(&self) -> Vec<ErrorDetail> {
        self.report.errors()
    }

    fn write_json(&self, out: &mut String) {
        self.report.write(out);
    }

    fn body(&self) -> Option<Value> {
        match &self.shown {
            Shown::Nothing => None,
            Shown::Fields => self.report.document(),
            Shown::Document(text) => self.report.document().or_else(|| decode(text).ok().map(Value::from)),
        }
    }
}
