//! The router, the request and the middleware that the benches of the layer share.

use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};

use axum::{Router, body::Body, extract::Request, routing::get};
use pin_project_lite::pin_project;
use tower::Service;

/// Middleware with a future of its own that does nothing.
#[derive(Clone)]
pub struct PassThrough<S>(pub S);

pin_project! {
    /// The future of [`PassThrough`].
    pub struct Passing<F> { #[pin] inner: F }
}

impl<F: Future> Future for Passing<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        self.project().inner.poll(cx)
    }
}

impl<S: Service<Request>> Service<Request> for PassThrough<S> {
    type Response = S::Response;
    type Error = S::Error;
    type Future = Passing<S::Future>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.0.poll_ready(cx)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        Passing { inner: self.0.call(request) }
    }
}

/// Returns a router with one route.
pub fn router() -> Router {
    Router::new().route("/items/{item_id}", get(async || "ok")).with_state(())
}

/// Returns a request to that route, with as many headers as browsers send.
pub fn request() -> Request {
    let mut request = Request::builder().uri("/items/7?q=1");
    for name in
        ["host", "accept", "accept-encoding", "user-agent", "cookie", "referer", "x-a", "x-b", "x-c", "x-d"]
    {
        request = request.header(name, "a value of a usual length");
    }
    request.body(Body::empty()).unwrap()
}
