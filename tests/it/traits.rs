//! Traits and sizes of public types: `Send`, `Sync`, `Clone`, `Debug`, `Display`.

use std::{error::Error, mem::size_of};

use axum::{Router, body::Body, extract::Request};
use axum_exception::{
    Caught, CloseCode, ErrorDetail, ErrorHandling, ErrorHandlingLayer, Exception, ExceptionHandlers,
    HttpException, Loc, Panic, RequestValidationError, Value, WebSocketException,
    WebSocketRequestValidationError, ws,
};
use tower::Service;

fn all<T: Clone + Send + Sync + std::fmt::Debug + 'static>() {}

#[test]
fn public_types_are_clone_send_sync_and_debug() {
    all::<ErrorHandlingLayer>();
    all::<ErrorHandlingLayer<String>>();
    all::<ErrorHandling<Router>>();
    all::<ExceptionHandlers>();
    all::<Exception>();
    all::<Caught<std::io::Error>>();
    all::<HttpException>();
    all::<RequestValidationError>();
    all::<WebSocketException>();
    all::<WebSocketRequestValidationError>();
    all::<CloseCode>();
    all::<ErrorDetail>();
    all::<Panic>();
    all::<Value>();
    all::<Loc>();
}

#[test]
fn websocket_types_are_send_sync_unpin_and_debug() {
    fn all<T: Send + Sync + Unpin + std::fmt::Debug + 'static>() {}
    all::<ws::WebSocket>();
    all::<ws::WebSocketUpgrade>();
}

#[test]
fn service_future_is_send() {
    fn send<F: Future + Send>(_: F) {}
    let layer: ErrorHandlingLayer = ErrorHandlingLayer::new();
    let mut service = tower::Layer::layer(&layer, Router::new());
    send(service.call(Request::new(Body::empty())));
}

#[test]
fn error_types_are_small() {
    assert_eq!(size_of::<Exception>(), size_of::<usize>());
    assert_eq!(size_of::<Result<(), Exception>>(), size_of::<usize>());
    assert!(size_of::<HttpException>() <= 3 * size_of::<usize>());
    assert!(size_of::<RequestValidationError>() <= 3 * size_of::<usize>());
}

#[test]
fn exception_display_debug_and_chain() {
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

#[test]
fn websocket_exception_display_debug_and_chain() {
    let exception =
        WebSocketException::policy_violation().with_reason("No").with_source(std::io::Error::other("disk"));
    assert_eq!(exception.to_string(), "1008: No");
    assert_eq!(exception.cause().unwrap().to_string(), "disk");
    assert_eq!(
        format!("{exception:?}"),
        "WebSocketException { code: 1008, reason: \"No\", \
         source: Some(Exception(Custom { kind: Other, error: \"disk\" })) }"
    );
    let links: Vec<String> = Exception::from(exception).chain().map(ToString::to_string).collect();
    assert_eq!(links, ["1008: No", "disk"]);
    let errors = WebSocketRequestValidationError::from(ErrorDetail::missing("query"));
    assert_eq!(errors.to_string(), "1 validation error: query: Field required");
    assert_eq!((errors.errors().len(), errors.body(), errors.endpoint()), (1, None, None));
    assert_eq!(
        format!("{errors:?}"),
        format!("WebSocketRequestValidationError {{ errors: {:?}, endpoint: None, .. }}", errors.errors())
    );
    // It has no `RequestValidationError` as its source, so handlers for that do not run.
    assert_eq!(Exception::from(errors).chain().count(), 1);
    assert_eq!(
        CloseCode::try_from(1006).unwrap_err().to_string(),
        "1006 cannot be sent as the code of a close frame"
    );
}
