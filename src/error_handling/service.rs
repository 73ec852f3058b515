//! The service that the layer creates.

use std::{
    convert::Infallible,
    fmt,
    sync::Arc,
    task::{Context, Poll, ready},
};

use axum::{
    BoxError,
    body::{Bytes, HttpBody},
    http::Request,
    response::Response,
};
use tower_service::Service;

use super::{config::Config, future::ResponseFuture, kept_request::KeptRequest};
use crate::{
    exception::{Exception, Panic},
    handler::catch_panic,
    request_context::RequestContext,
};

/// Middleware that turns every failure of the inner service into a response.
///
/// Created by [`ErrorHandlingLayer`](crate::ErrorHandlingLayer), where its behavior is described.
pub struct ErrorHandling<Inner> {
    inner: Inner,
    config: Arc<Config>,
    keep: Keep,
    /// The error of the inner service's `poll_ready`, which is the response to the next request.
    failure: Option<Exception>,
}

/// The part of each request that is kept.
#[derive(Clone, Copy)]
enum Keep {
    Context,
    /// The method, the URI and the headers.
    Lines,
    Head,
}

impl<Inner> ErrorHandling<Inner> {
    pub(super) fn new(inner: Inner, config: Arc<Config>) -> Self {
        let keep = if config.handlers.need_head() {
            Keep::Head
        } else if config.formatting.is_some() {
            Keep::Lines
        } else {
            Keep::Context
        };
        Self { inner, config, keep, failure: None }
    }

    /// Returns a reference to the inner service.
    pub fn get_ref(&self) -> &Inner {
        &self.inner
    }

    /// Returns a mutable reference to the inner service.
    pub fn get_mut(&mut self) -> &mut Inner {
        &mut self.inner
    }

    /// Returns the inner service.
    #[must_use]
    pub fn into_inner(self) -> Inner {
        self.inner
    }
}

impl<Inner, B, Body> Service<Request<B>> for ErrorHandling<Inner>
where
    Inner: Service<Request<B>, Response = axum::http::Response<Body>>,
    Inner::Error: Into<BoxError>,
    Body: HttpBody<Data = Bytes> + Send + 'static,
    Body::Error: Into<BoxError>,
{
    type Response = Response;
    type Error = Infallible;
    type Future = ResponseFuture<Inner::Future>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        if self.failure.is_none() {
            self.failure = match catch_panic(|| self.inner.poll_ready(cx)) {
                Ok(poll) => ready!(poll).err().map(Exception::new),
                Err(payload) => Some(Panic::caught(payload).into()),
            };
        }
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, mut request: Request<B>) -> ResponseFuture<Inner::Future> {
        let context =
            RequestContext::new(request.method(), request.extensions()).with_query_of(request.uri());
        let mut kept = KeptRequest::new(context);
        match self.keep {
            Keep::Context => {}
            Keep::Lines => kept.keep_lines(&request),
            Keep::Head => request = kept.keep_head(request),
        }
        let config = Arc::clone(&self.config);
        if let Some(failure) = self.failure.take() {
            return ResponseFuture::failed(failure, kept, config);
        }
        match catch_panic(|| self.inner.call(request)) {
            Ok(future) => ResponseFuture::calling(future, kept, config),
            Err(payload) => ResponseFuture::failed(Panic::caught(payload).into(), kept, config),
        }
    }
}

/// A clone starts without the failure of the original.
impl<Inner: Clone> Clone for ErrorHandling<Inner> {
    fn clone(&self) -> Self {
        Self { inner: self.inner.clone(), config: Arc::clone(&self.config), keep: self.keep, failure: None }
    }
}

impl<Inner: fmt::Debug> fmt::Debug for ErrorHandling<Inner> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ErrorHandling").field("inner", &self.inner).finish_non_exhaustive()
    }
}
