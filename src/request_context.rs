//! The facts of a request that outlive it: its method, its route and its query.

use axum::{
    extract::MatchedPath,
    http::{Extensions, Method, Uri, uri::PathAndQuery},
};

/// The method, the route and the query of a request.
///
/// It is cheap to create, because most requests need none of it.
#[derive(Clone, Debug, Default)]
pub(crate) struct RequestContext {
    method: Method,
    /// Known only inside the router.
    route: Option<MatchedPath>,
    query: Query,
}

/// The query string of a request.
#[derive(Clone, Debug, Default)]
enum Query {
    #[default]
    Unknown,
    Absent,
    /// The part of the URI that it is in. A clone shares the bytes of the URI.
    Sent(PathAndQuery),
}

impl RequestContext {
    #[inline]
    pub(crate) fn new(method: &Method, extensions: &Extensions) -> Self {
        Self { method: method.clone(), route: extensions.get().cloned(), ..Self::default() }
    }

    /// Keeps the query string of the URI.
    #[inline]
    pub(crate) fn with_query_of(mut self, uri: &Uri) -> Self {
        self.query = match uri.path_and_query() {
            Some(path_and_query) if path_and_query.query().is_some() => Query::Sent(path_and_query.clone()),
            _ => Query::Absent,
        };
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

    /// Returns the query string, which is empty if the URI has none, or `None` if the URI is unknown.
    pub(crate) fn query(&self) -> Option<&str> {
        match &self.query {
            Query::Unknown => None,
            Query::Absent => Some(""),
            Query::Sent(path_and_query) => Some(path_and_query.query().unwrap_or_default()),
        }
    }
}
