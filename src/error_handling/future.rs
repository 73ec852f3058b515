//! Waiting: first for the service, then for the handlers.

use std::{
    convert::Infallible,
    fmt,
    future::Future,
    mem,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
};

use axum::{
    BoxError,
    body::{Body, Bytes, HttpBody},
    response::Response,
};
use pin_project_lite::pin_project;

use super::{
    config::Config,
    handling::{Handling, Started, start},
    head::Head,
    raised::{Raised, is_plain},
};
use crate::exception::{Exception, Panic};

pin_project! {
    /// The response of [`ErrorHandling`](super::ErrorHandling).
    pub struct ResponseFuture<F> {
        #[pin]
        state: State<F>,
        head: Head,
        config: Arc<Config>,
    }
}

pin_project! {
    #[project = StateProj]
    enum State<F> {
        Calling { #[pin] inner: F },
        Failed { exception: Exception },
        Handling { handling: Handling },
    }
}

impl<F> ResponseFuture<F> {
    pub(super) fn calling(inner: F, head: Head, config: Arc<Config>) -> Self {
        Self { state: State::Calling { inner }, head, config }
    }

    pub(super) fn failed(exception: Exception, head: Head, config: Arc<Config>) -> Self {
        Self { state: State::Failed { exception }, head, config }
    }
}

impl<F, B, E> Future for ResponseFuture<F>
where
    F: Future<Output = Result<axum::http::Response<B>, E>>,
    B: HttpBody<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
    E: Into<BoxError>,
{
    type Output = Result<Response, Infallible>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        let raised = match this.state.as_mut().project() {
            StateProj::Calling { inner } => match catch_unwind(AssertUnwindSafe(|| inner.poll(cx))) {
                Ok(poll) => match ready!(poll) {
                    // By reference first: almost every response is none, and moving it costs.
                    Ok(response) if is_plain(&response) => {
                        return Poll::Ready(Ok(response.map(Body::new)));
                    }
                    Ok(response) => {
                        #[cfg(feature = "ws")]
                        super::upgrade::join(&response, this.config);
                        match Raised::by(response.map(Body::new), this.head, this.config, cx) {
                            Ok(raised) => raised,
                            Err(response) => return Poll::Ready(Ok(response)),
                        }
                    }
                    Err(error) => Raised::without_response(Exception::new(error)),
                },
                Err(payload) => Raised::without_response(Panic::caught(payload).into()),
            },
            StateProj::Failed { exception } => Raised::without_response(exception.clone()),
            StateProj::Handling { handling } => return handling.as_mut().poll(cx).map(Ok),
        };
        match start(raised, mem::take(this.head), this.config) {
            Started::Answered(response) => Poll::Ready(Ok(response)),
            Started::Handling(mut handling) => {
                let poll = handling.as_mut().poll(cx).map(Ok);
                this.state.set(State::Handling { handling });
                poll
            }
        }
    }
}

impl<F> fmt::Debug for ResponseFuture<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseFuture").finish_non_exhaustive()
    }
}
