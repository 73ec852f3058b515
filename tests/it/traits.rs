//! What users rely on without saying so.

use std::{error::Error, mem::size_of};

use axum::{Router, body::Body, extract::Request};
use axum_exception::{
    Caught, ErrorDetail, ErrorHandling, ErrorHandlingLayer, Exception, ExceptionHandlers, HttpException, Loc,
    Panic, RequestValidationError, Value,
};
use tower::Service;

fn all<T: Clone + Send + Sync + std::fmt::Debug + 'static>() {}

#[test]
fn types_can_go_where_tasks_go() {
    all::<ErrorHandlingLayer>();
    all::<ErrorHandlingLayer<String>>();
    all::<ErrorHandling<Router>>();
    all::<ExceptionHandlers>();
    all::<Exception>();
    all::<Caught<std::io::Error>>();
    all::<HttpException>();
    all::<RequestValidationError>();
    all::<ErrorDetail>();
    all::<Panic>();
    all::<Value>();
    all::<Loc>();
}

#[test]
fn futures_are_send() {
    fn send<F: Future + Send>(_: F) {}
    let layer: ErrorHandlingLayer = ErrorHandlingLayer::new();
    let mut service = tower::Layer::layer(&layer, Router::new());
    send(service.call(Request::new(Body::empty())));
}

#[test]
fn errors_are_small() {
    assert_eq!(size_of::<Exception>(), size_of::<usize>());
    assert_eq!(size_of::<Result<(), Exception>>(), size_of::<usize>());
    assert!(size_of::<HttpException>() <= 3 * size_of::<usize>());
    assert!(size_of::<RequestValidationError>() <= 3 * size_of::<usize>());
}

#[test]
fn exceptions_show_themselves() {
    let exception = Exception::from(HttpException::not_found().with_source(std::io::Error::other("disk")));
    assert_eq!(exception.to_string(), "404: Not Found");
    assert!(exception.is::<HttpException>());
    assert!(!exception.is::<std::io::Error>());
    assert_eq!(exception.downcast_ref::<HttpException>().unwrap().status(), 404);
    assert_eq!(
        format!("{exception:?}"),
        "Exception(HttpException { status: 404, detail: String(\"Not Found\"), headers: {}, \
         source: Some(Exception(Custom { kind: Other, error: \"disk\" })) })"
    );
    let links: Vec<String> = exception.chain().map(ToString::to_string).collect();
    assert_eq!(links, ["404: Not Found", "disk"]);
    let error: &dyn Error = exception.as_error();
    assert!(error.source().is_some(), "the reflection behind `#[error(transparent)]`");
}
