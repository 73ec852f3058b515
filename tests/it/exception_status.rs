//! `Exception::status` is the status of the default response.

use axum::{
    Form, Json,
    body::Body,
    extract::{FromRequest, Request},
    http::StatusCode,
    response::IntoResponse,
};
use axum_exception::{
    ErrorDetail, Exception, HttpException, RequestValidationError, ResponseValidationError,
    WebSocketException, WebSocketRequestValidationError, handlers,
};
use tower::{load_shed::error::Overloaded, timeout::error::Elapsed};

#[derive(Debug, thiserror::Error)]
#[error("outside")]
struct Outside(#[source] Exceptions);

#[derive(Debug, thiserror::Error)]
enum Exceptions {
    #[error(transparent)]
    Http(#[from] HttpException),
    #[error("deeper")]
    Deeper(#[source] HttpException),
}

#[track_caller]
fn has(exception: impl Into<Exception>, status: u16) {
    let exception = exception.into();
    assert_eq!(exception.status().map(|status| status.as_u16()), Some(status), "{exception}");
    assert_eq!(handlers::default(&exception).status(), status, "{exception}");
    assert_eq!(exception.into_response().status(), status);
}

#[test]
fn built_in_exceptions_have_their_status() {
    has(HttpException::not_found(), 404);
    has(HttpException::new(204), 204);
    has(Exception::from_status(StatusCode::IM_A_TEAPOT), 418);
    has(RequestValidationError::new([]), 422);
    has(ResponseValidationError::new([ErrorDetail::missing("response")]), 500);
    has(HttpException::internal_server_error(), 500);
}

#[test]
fn unsendable_exceptions_are_500() {
    has(HttpException::new(999), 500);
    has(HttpException::new(100), 500);
    has(HttpException::not_found().with_header("x", "日本"), 500);
    has(HttpException::not_found().with_detail(f64::NAN), 500);
}

#[test]
fn direct_source_determines_the_status() {
    has(Exceptions::Http(HttpException::conflict()), 409);
    has(Exceptions::Deeper(HttpException::conflict()), 409);
    has(Outside(Exceptions::Deeper(HttpException::conflict())), 500);
}

#[test]
fn other_errors_are_500() {
    has(std::io::Error::other("disk"), 500);
    has(Exception::new("a string"), 500);
}

#[test]
fn tower_errors_are_504_and_503() {
    has(Elapsed::new(), 504);
    has(Overloaded::new(), 503);
}

#[tokio::test]
async fn native_rejections_are_422() {
    let post =
        || Request::post("/").header("content-type", "application/json").body(Body::from("{")).unwrap();
    has(Json::<u8>::from_request(post(), &()).await.unwrap_err(), 422);
    has(Form::<u8>::from_request(post(), &()).await.unwrap_err(), 422);
}

#[test]
fn websocket_exceptions_have_no_status() {
    let errors = WebSocketRequestValidationError::new([ErrorDetail::missing("query")]);
    for exception in [Exception::from(WebSocketException::going_away()), errors.into()] {
        assert_eq!(exception.status(), None);
        assert_eq!(handlers::default(&exception).status(), 403, "a handshake is denied all the same");
    }
}
