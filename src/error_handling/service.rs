//! One request, and what is kept of it.

use std::{
    convert::Infallible,
    fmt,
    panic::{AssertUnwindSafe, catch_unwind},
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

use super::{config::Config, future::ResponseFuture, head::Head};
use crate::exception::{Exception, Panic};

/// Middleware that answers every failure of the service inside it.
///
/// Made by [`ErrorHandlingLayer`](crate::ErrorHandlingLayer), which says what it does.
pub struct ErrorHandling<Inner> {
    inner: Inner,
    config: Arc<Config>,
    needs_head: bool,
    /// Why the inner service is not ready, until a request comes that can be told.
    failure: Option<Exception>,
}

impl<Inner> ErrorHandling<Inner> {
    pub(super) fn new(inner: Inner, config: Arc<Config>) -> Self {
        let needs_head = config.handlers.need_head();
        Self { inner, config, needs_head, failure: None }
    }

    /// The service inside.
    pub fn get_ref(&self) -> &Inner {
        &self.inner
    }

    /// The service inside, to change it.
    pub fn get_mut(&mut self) -> &mut Inner {
        &mut self.inner
    }

    /// The service inside, without the middleware.
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
            self.failure = match catch_unwind(AssertUnwindSafe(|| self.inner.poll_ready(cx))) {
                Ok(poll) => ready!(poll).err().map(Exception::new),
                Err(payload) => Some(Panic::caught(payload).into()),
            };
        }
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, mut request: Request<B>) -> ResponseFuture<Inner::Future> {
        let mut head = Head::of(&request);
        if self.needs_head {
            request = head.keep_whole(request);
        }
        let config = Arc::clone(&self.config);
        if let Some(failure) = self.failure.take() {
            return ResponseFuture::failed(failure, head, config);
        }
        match catch_unwind(AssertUnwindSafe(|| self.inner.call(request))) {
            Ok(future) => ResponseFuture::calling(future, head, config),
            Err(payload) => ResponseFuture::failed(Panic::caught(payload).into(), head, config),
        }
    }
}

/// Without the failure: a clone of a service starts afresh.
impl<Inner: Clone> Clone for ErrorHandling<Inner> {
    fn clone(&self) -> Self {
        Self {
            inner: self.inner.clone(),
            config: Arc::clone(&self.config),
            needs_head: self.needs_head,
            failure: None,
        }
    }
}

impl<Inner: fmt::Debug> fmt::Debug for ErrorHandling<Inner> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ErrorHandling").field("inner", &self.inner).finish_non_exhaustive()
    }
}
