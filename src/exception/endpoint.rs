//! The method and the route of a request.

use std::{fmt, sync::Arc};

use axum::http::Method;

/// The method of a request and the route that matched it.
///
/// Its `Display` is `POST /items/{item_id}`.
///
/// ```
/// use axum::http::Method;
/// use axum_exception::Endpoint;
///
/// let endpoint = Endpoint::new(Method::POST, "/items/{item_id}");
/// assert_eq!(endpoint.to_string(), "POST /items/{item_id}");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    method: Method,
    route: Arc<str>,
}

impl Endpoint {
    /// Creates the endpoint with this method and route template.
    #[must_use]
    pub fn new(method: Method, route: impl Into<Arc<str>>) -> Self {
        Self { method, route: route.into() }
    }

    /// Returns the method.
    #[must_use]
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// Returns the route as it was registered, with the prefixes it is nested under: `/items/{item_id}`.
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
