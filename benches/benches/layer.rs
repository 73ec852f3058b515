//! The cost of the layer on a successful request, compared with middleware that does nothing.
//!
//! `cargo bench -p benches --bench layer`

use std::{
    convert::Infallible,
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};

use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::Uri,
    response::Response,
    routing::get,
};
use axum_exception::{Caught, ErrorHandlingLayer};
use benches::{Variant, compare};
use pin_project_lite::pin_project;
use tower::{Layer, Service, ServiceExt};

/// Middleware that does nothing, with its own future type.
#[derive(Clone)]
struct PassThrough<S>(S);

pin_project! {
    struct Passing<F> { #[pin] inner: F }
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

fn router() -> Router {
    Router::new().route("/items/{item_id}", get(async || "ok")).with_state(())
}

fn request() -> Request {
    let mut request = Request::builder().uri("/items/7?q=1");
    for name in
        ["host", "accept", "accept-encoding", "user-agent", "cookie", "referer", "x-a", "x-b", "x-c", "x-d"]
    {
        request = request.header(name, "a value of a usual length");
    }
    request.body(Body::empty()).unwrap()
}

fn measured<S>(name: &'static str, service: S) -> Variant<'static>
where
    S: Service<Request, Response = Response<Body>, Error = Infallible> + Clone + 'static,
{
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    Variant::new(name, move || runtime.block_on(service.clone().oneshot(request())).unwrap())
}

fn main() {
    let layer = ErrorHandlingLayer::new;
    let with_state = || {
        ErrorHandlingLayer::new()
            .exception_handler(async |_: State<String>, _: Caught<std::io::Error>| "io")
            .with_state(String::new())
    };
    let with_head =
        || ErrorHandlingLayer::new().exception_handler(async |_: Uri, _: Caught<std::io::Error>| "io");
    compare(
        "around the router",
        5_000,
        101,
        vec![
            measured("pass-through", PassThrough(router())),
            measured("ErrorHandlingLayer", layer().layer(router())),
            measured("ErrorHandlingLayer, a handler with State", with_state().layer(router())),
            measured("ErrorHandlingLayer, a handler with Uri", with_head().layer(router())),
            measured("nothing", router()),
        ],
    );
    compare(
        "in the router",
        5_000,
        101,
        vec![
            measured("pass-through", router().layer(tower::layer::layer_fn(PassThrough))),
            measured("ErrorHandlingLayer", router().layer(layer())),
            measured("ErrorHandlingLayer, a handler with State", router().layer(with_state())),
            measured("ErrorHandlingLayer, a handler with Uri", router().layer(with_head())),
            measured("nothing", router()),
        ],
    );
}
