//! The cost of the layer on a successful request, compared with middleware that does nothing.
//!
//! `cargo bench -p benches --bench layer`

use std::convert::Infallible;

use axum::{
    body::Body,
    extract::{Request, State},
    http::Uri,
    response::Response,
};
use axum_exception::{Caught, ErrorHandlingLayer};
use benches::{
    Variant, compare,
    requests::{PassThrough, request, router},
};
use tower::{Layer, Service, ServiceExt};

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
