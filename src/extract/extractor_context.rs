//! The context of a request, for the exceptions of its extractors.

use axum::http::{Extensions, Method, request::Parts};

use super::{
    handshake::is_handshake,
    source_errors::{BodyShown, SourceErrors},
};
use crate::{
    exception::{
        ContentTypeMismatch, Endpoint, Exception, RaisedBy, RequestValidationError,
        WebSocketRequestValidationError,
    },
    explain::{Explain, Report},
    request_context::RequestContext,
};

/// The request of an extractor, and the options of the app. It is cheap to create, because most requests do
/// not need it.
#[derive(Clone, Default)]
pub(super) struct ExtractorContext {
    pub(super) request: RequestContext,
    /// `true` if the request is a WebSocket handshake.
    pub(super) is_handshake: bool,
    /// The options that the app has put into the extensions of the request.
    pub(super) explain: Option<Explain>,
    /// The content type of the body, if it is not the one that the extractor reads.
    pub(super) content_type: Option<ContentTypeMismatch>,
}

impl ExtractorContext {
    /// The context for the extractor of a body, which a WebSocket handshake does not have.
    pub(super) fn new(method: &Method, extensions: &Extensions) -> Self {
        let request = RequestContext::new(method, extensions);
        Self { request, is_handshake: false, explain: extensions.get().cloned(), content_type: None }
    }

    /// The context for an extractor that may run in a WebSocket handshake.
    pub(super) fn of_parts(parts: &Parts) -> Self {
        let is_handshake = is_handshake(&parts.method, &parts.headers);
        Self { is_handshake, ..Self::new(&parts.method, &parts.extensions) }
    }

    /// Returns `true` if the headers and cookies of a model are shown where one is missing.
    pub(super) fn echoes_headers(&self) -> bool {
        self.explain.as_ref().is_some_and(Explain::echoes_headers)
    }

    /// Returns the exception for a validation error of this request.
    pub(super) fn exception(&self, error: RequestValidationError) -> Exception {
        let error = error.raised_by(RaisedBy::Extractor).with_content_type(self.content_type.clone());
        let error = match self.request.endpoint() {
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
            let route = self.request.route();
            event!(::tracing::Level::WARN, name, route, "a rule is for a field that serde does not know");
        }
        self.exception(RequestValidationError::found(SourceErrors::new(report, body)))
    }
}
