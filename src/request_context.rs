//! The facts of a request that outlive it: its method and its route.

use axum::{
    extract::MatchedPath,
    http::{Extensions, Method},
};

/// The method and the route of a request.
///
/// It is cheap to create, because most requests need none of it.
#[derive(Clone, Debug, Default)]
pub(crate) struct RequestContext {
    method: Method,
    /// Known only inside the router.
    route: Option<MatchedPath>,
}

impl RequestContext {
    #[inline]
    pub(crate) fn new(method: &Method, extensions: &Extensions) -> Self {
        Self { method: method.clone(), route: extensions.get().cloned() }
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
}
