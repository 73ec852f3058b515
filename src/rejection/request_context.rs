//! The facts of a request that an exception for a rejection needs.

use axum::http::{Method, StatusCode};

use crate::exception::{Endpoint, Exception, RequestValidationError};

/// A request that was rejected, and how the app wants the response.
#[derive(Clone, Copy, Default)]
pub(crate) struct RequestContext<'a> {
    /// The method and the template of the route, if the route is known.
    pub(crate) endpoint: Option<(&'a Method, &'a str)>,
    /// `true` if the response keeps the status of the rejection.
    pub(crate) keep_status: bool,
}

impl<'a> RequestContext<'a> {
    pub(super) fn route(self) -> Option<&'a str> {
        self.endpoint.map(|(_, route)| route)
    }

    /// Completes a validation error that stands for a rejection with this status.
    pub(super) fn validation(
        self,
        status: StatusCode,
        error: RequestValidationError,
        source: Option<Exception>,
    ) -> Exception {
        let error = match self.endpoint {
            Some((method, route)) => error.with_endpoint(Endpoint::new(method.clone(), route)),
            None => error,
        };
        let error = if self.keep_status { error.with_status(status) } else { error };
        error.caused_by(source).into()
    }
}
