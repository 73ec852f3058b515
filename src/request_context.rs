//! The facts of a request that outlive it: its method, its route and how the app wants it handled.

use axum::{
    extract::MatchedPath,
    http::{Extensions, Method},
};

/// The method, the route and the options of a request.
///
/// It is cheap to create, because most requests need none of it.
#[derive(Clone, Debug, Default)]
pub(crate) struct RequestContext {
    method: Method,
    /// Known only inside the router.
    route: Option<MatchedPath>,
    keep_rejection_status: bool,
}

impl RequestContext {
    #[inline]
    pub(crate) fn new(method: &Method, extensions: &Extensions) -> Self {
        Self { method: method.clone(), route: extensions.get().cloned(), keep_rejection_status: false }
    }

    /// Sets whether the response to a rejection keeps the status that axum gives it.
    #[inline]
    pub(crate) fn keep_rejection_status(mut self, keep: bool) -> Self {
        self.keep_rejection_status = keep;
        self
    }

    #[cfg_attr(not(feature = "tracing"), allow(dead_code))]
    pub(crate) fn method(&self) -> &Method {
        &self.method
    }

    /// Returns the template of the route, such as `/items/{item_id}`.
    pub(crate) fn route(&self) -> Option<&str> {
        self.route.as_ref().map(MatchedPath::as_str)
    }

    /// Returns the method and the template of the route, if the route is known.
    pub(crate) fn endpoint(&self) -> Option<(&Method, &str)> {
        self.route().map(|route| (&self.method, route))
    }

    /// Returns whether the response to a rejection keeps the status that axum gives it.
    pub(crate) fn keeps_rejection_status(&self) -> bool {
        self.keep_rejection_status
    }
}
