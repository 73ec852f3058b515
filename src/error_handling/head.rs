//! What is kept of a request while it is handled.

use axum::{
    extract::MatchedPath,
    http::{Method, Request, request::Parts},
};

use crate::{log::Asker, rejection::RequestContext};

/// What the log and the handlers may know of a request.
#[derive(Default)]
pub(super) struct Head {
    pub(super) method: Method,
    /// Known only inside the router.
    pub(super) route: Option<MatchedPath>,
    /// Kept only if some handler extracts from it.
    parts: Option<Box<Parts>>,
}

impl Head {
    pub(super) fn of<B>(request: &Request<B>) -> Self {
        let method = request.method().clone();
        let route = request.extensions().get::<MatchedPath>().cloned();
        Self { method, route, parts: None }
    }

    /// Keeps all of it, for handlers that extract from it.
    pub(super) fn keep_whole<B>(&mut self, request: Request<B>) -> Request<B> {
        let (parts, body) = request.into_parts();
        self.parts = Some(Box::new(parts.clone()));
        Request::from_parts(parts, body)
    }

    /// What a rejection may know of the request.
    pub(super) fn asked(&self, keep_status: bool) -> RequestContext<'_> {
        RequestContext { endpoint: self.route().map(|route| (&self.method, route)), keep_status }
    }

    /// The parts for the extractors of a handler.
    pub(super) fn parts(&self) -> Parts {
        match &self.parts {
            Some(parts) => Parts::clone(parts),
            None => Request::new(()).into_parts().0,
        }
    }

    /// Who has asked, for the log.
    pub(super) fn asker(&self) -> Asker<'_> {
        Asker { method: &self.method, route: self.route() }
    }

    /// The template of the route, `/items/{item_id}`.
    pub(super) fn route(&self) -> Option<&str> {
        self.route.as_ref().map(MatchedPath::as_str)
    }
}
