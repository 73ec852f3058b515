//! The crate without features: no `tower`, no `tracing`, no runtime.
//!
//! `cargo test -p no-features`

#![cfg(test)]

use std::{
    fmt, io,
    pin::pin,
    task::{Context, Poll, Waker},
};

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, StatusCode},
    routing::{get, post},
};
use axum_exception::{
    Caught, ErrorHandlingLayer, HttpException, Result,
    extract::{Form, Json, Query, Valid},
    rules::{Check, Rules},
};
use serde::Deserialize;
use tower_service::Service;

#[derive(Deserialize)]
struct Item {
    name: String,
    size: i64,
}

impl Rules for Item {
    fn rules(&self, item: &mut Check<'_>) {
        item.field("name", &self.name).min_length(2);
        item.field("size", &self.size).gt(0);
    }
}

#[derive(Debug)]
struct Unicorn;

impl fmt::Display for Unicorn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("unicorn")
    }
}

impl std::error::Error for Unicorn {}

fn app() -> Router {
    let layer = ErrorHandlingLayer::new()
        .exception_handler(async |error: Caught<Unicorn>| (StatusCode::IM_A_TEAPOT, error.to_string()));
    Router::new()
        .route("/http", get(async || -> Result<()> { Err(HttpException::not_found().into()) }))
        .route("/io", get(async || -> Result<()> { Err(io::Error::other("secret").into()) }))
        .route("/unicorn", get(async || -> Result<()> { Err(Unicorn.into()) }))
        .route("/panic", get(async || -> () { panic!("secret") }))
        .route("/native", post(async |_: axum::Json<Item>| ()))
        .route("/json", post(async |Json(item): Json<Item>| item.name))
        .route("/valid", post(async |_: Valid<Json<Item>>| ()))
        .route("/query", get(async |Query(item): Query<Item>| item.name))
        .route("/form", post(async |Form(item): Form<Item>| item.name))
        .layer(layer)
}

/// Runs a future that is ready at once, as all of these are.
fn now<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("pending"),
    }
}

/// Sends a request, and returns the status and the body of the response.
fn ask(method: &str, path: &str, content_type: &str, body: &'static str) -> (u16, String) {
    let request = Request::builder().method(method).uri(path).header("content-type", content_type);
    let response = now(app().call(request.body(Body::from(body)).unwrap())).unwrap();
    let status = response.status().as_u16();
    let body = now(to_bytes(response.into_body(), usize::MAX)).unwrap();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

fn fetch(path: &str) -> (u16, String) {
    ask("GET", path, "", "")
}

fn post_json(path: &str, body: &'static str) -> (u16, String) {
    ask("POST", path, "application/json", body)
}

fn detail(status: u16, detail: &str) -> (u16, String) {
    (status, format!(r#"{{"detail":{detail}}}"#))
}

#[test]
fn exceptions_panics_and_empty_statuses_are_handled() {
    let unhandled = || (500, "Internal Server Error".to_owned());
    assert_eq!(fetch("/http"), detail(404, r#""Not Found""#));
    assert_eq!(fetch("/unicorn"), (418, "unicorn".to_owned()));
    assert_eq!(fetch("/io"), unhandled());
    assert_eq!(fetch("/panic"), unhandled());
    assert_eq!(fetch("/nope"), detail(404, r#""Not Found""#));
    assert_eq!(post_json("/http", "{}"), detail(405, r#""Method Not Allowed""#));
}

#[test]
fn native_rejections_are_converted() {
    let missing = r#"[{"type":"missing","loc":["body","size"],"msg":"Field required","input":null}]"#;
    assert_eq!(post_json("/native", r#"{"name":"a"}"#), detail(422, missing));
}

#[test]
fn extractors_report_all_errors() {
    let document = r#"{"name":1}"#;
    let errors = concat!(
        r#"[{"type":"string_type","loc":["body","name"],"msg":"Input should be a valid string","input":1},"#,
        r#"{"type":"missing","loc":["body","size"],"msg":"Field required","input":{"name":1}}]"#
    );
    assert_eq!(post_json("/json", document), detail(422, errors));
    assert_eq!(post_json("/json", r#"{"name":"ab","size":"1"}"#), (200, "ab".to_owned()));
    assert_eq!(fetch("/query?name=ab&size=1"), (200, "ab".to_owned()));
    let form = "application/x-www-form-urlencoded";
    assert_eq!(ask("POST", "/form", form, "name=ab&size=1"), (200, "ab".to_owned()));
}

#[test]
fn rules_are_checked() {
    let errors = concat!(
        r#"[{"type":"string_too_short","loc":["body","name"],"msg":"String should have at least 2 characters","input":"a","ctx":{"min_length":2}},"#,
        r#"{"type":"greater_than","loc":["body","size"],"msg":"Input should be greater than 0","input":0,"ctx":{"gt":0}}]"#
    );
    assert_eq!(post_json("/valid", r#"{"name":"a","size":0}"#), detail(422, errors));
}

#[test]
fn multipart_form_is_another_content_type() {
    let body = "--b\r\nContent-Disposition: form-data; name=name\r\n\r\nab\r\n--b--";
    let missing = r#"[{"type":"missing","loc":["body","name"],"msg":"Field required","input":{}},{"type":"missing","loc":["body","size"],"msg":"Field required","input":{}}]"#;
    assert_eq!(ask("POST", "/form", "multipart/form-data; boundary=b", body), detail(422, missing));
}
