//! The context of a request, for the exceptions of its extractors.

use axum::{
    extract::MatchedPath,
    http::{Extensions, Method, request::Parts},
};

use super::{
    handshake::is_handshake,
    source_errors::{BodyShown, SourceErrors},
};
use crate::{
    exception::{Endpoint, Exception, RequestValidationError, WebSocketRequestValidationError},
    explain::{Explain, Report},
    rejection,
};

/// The endpoint and the options of a request. It is cheap to create, because most requests do not need it.
#[derive(Clone, Default)]
pub(super) struct RequestContext {
    endpoint: Option<(Method, MatchedPath)>,
    /// `true` if the request is a WebSocket handshake.
    pub(super) is_handshake: bool,
    /// The options that the app has put into the extensions of the request.
    pub(super) explain: Option<Explain>,
}

impl RequestContext {
    /// The context for the extractor of a body, which a WebSocket handshake does not have.
    pub(super) fn new(method: &Method, extensions: &Extensions) -> Self {
        let route: Option<MatchedPath> = extensions.get().cloned();
        let endpoint = route.map(|route| (method.clone(), route));
        Self { endpoint, is_handshake: false, explain: extensions.get().cloned() }
    }

    /// The context for an extractor that may run in a WebSocket handshake.
    pub(super) fn of_parts(parts: &Parts) -> Self {
        let is_handshake = is_handshake(&parts.method, &parts.headers);
        Self { is_handshake, ..Self::new(&parts.method, &parts.extensions) }
    }

    fn endpoint(&self) -> Option<(&Method, &str)> {
        self.endpoint.as_ref().map(|(method, route)| (method, route.as_str()))
    }

    /// Returns the context for the rejection of another extractor.
    pub(super) fn for_rejection(&self) -> rejection::RequestContext<'_> {
        rejection::RequestContext { endpoint: self.endpoint(), keep_status: false }
    }

    /// Returns the exception for a validation error of this request.
    pub(super) fn exception(&self, error: RequestValidationError) -> Exception {
        let error = match self.endpoint() {
            Some((method, route)) => error.with_endpoint(Endpoint::new(method.clone(), route)),
            None => error,
        };
        if self.is_handshake { WebSocketRequestValidationError::from(error).into() } else { error.into() }
    }

    /// Returns the exception for the errors in a source, or for a bug in the rules of the app.
    pub(super) fn invalid(&self, report: Report<'static>, body: BodyShown) -> Exception {
        if let Some(reason) = report.misuse() {
            return Exception::new(reason.to_owned());
        }
        #[cfg(feature = "tracing")]
        if let Some(name) = report.misnamed() {
            let route = self.endpoint().map(|(_, route)| route);
            event!(::tracing::Level::WARN, name, route, "a rule is for a field that serde does not know");
        }
        self.exception(RequestValidationError::found(SourceErrors::new(report, body)))
    }
}
