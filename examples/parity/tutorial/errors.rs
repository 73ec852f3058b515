//! The page about errors and their handlers.

use axum::{
    Router,
    http::StatusCode,
    routing::{get, post},
};
use axum_exception::{
    Caught, ErrorHandlingLayer, HttpException, RequestValidationError, Result, Value,
    extract::{Json, Path},
    handlers,
};
use serde::{Deserialize, Serialize};
use thiserror::Error;

pub(crate) fn routes() -> Router {
    super::table([
        (
            "/handling-errors/1/items/{item_id}",
            get(async |path: Path<String>| only_foo(path, HttpException::not_found())),
        ),
        (
            "/handling-errors/2/items-header/{item_id}",
            get(async |path: Path<String>| {
                only_foo(path, HttpException::not_found().with_header("x-error", "no such item"))
            }),
        ),
    ])
    .nest_service("/handling-errors/3/", with_own_exception())
    .nest_service("/handling-errors/4/", in_plain_text())
    .nest_service("/handling-errors/5/", with_the_body())
    .nest_service("/handling-errors/6/", with_the_defaults())
}

fn only_foo(Path(item_id): Path<String>, otherwise: HttpException) -> Result<Json<String>> {
    if item_id == "foo" { Ok(Json(item_id)) } else { Err(otherwise.with_detail("Item not found").into()) }
}

#[derive(Debug, Error)]
#[error("{0}")]
struct UnicornError(String);

fn with_own_exception() -> Router {
    let layer = ErrorHandlingLayer::new().exception_handler(async |exc: Caught<UnicornError>| {
        (StatusCode::IM_A_TEAPOT, Value::from_iter([("message", format!("{exc} failed"))]))
    });
    Router::new().route("/unicorns/{name}", get(unicorn)).layer(layer)
}

async fn unicorn(Path(name): Path<String>) -> Result<Json<String>> {
    if name == "yolo" { Err(UnicornError(name).into()) } else { Ok(Json(name)) }
}

fn in_plain_text() -> Router {
    let layer = ErrorHandlingLayer::new()
        .exception_handler(async |exc: Caught<HttpException>| {
            let detail = exc.detail();
            (exc.status(), detail.as_str().map_or_else(|| detail.to_string(), str::to_owned))
        })
        .exception_handler(async |exc: Caught<RequestValidationError>| {
            let lines: Vec<String> = exc.errors().iter().map(ToString::to_string).collect();
            (StatusCode::BAD_REQUEST, lines.join("\n"))
        });
    Router::new().route("/items/{item_id}", get(not_three)).layer(layer)
}

#[derive(Deserialize, Serialize)]
struct Sized {
    title: String,
    size: i64,
}

fn with_the_body() -> Router {
    let layer = ErrorHandlingLayer::new().exception_handler(async |exc: Caught<RequestValidationError>| {
        let errors: Vec<Value> = exc.errors().iter().map(Value::from).collect();
        let body = Value::from_iter([("detail", Value::from(errors)), ("body", exc.body().cloned().into())]);
        (StatusCode::UNPROCESSABLE_ENTITY, body)
    });
    Router::new().route("/items/", post(async |Json(item): Json<Sized>| Json(item))).layer(layer)
}

fn with_the_defaults() -> Router {
    let layer = ErrorHandlingLayer::new()
        .exception_handler(async |exc: Caught<HttpException>| handlers::http_exception(&exc))
        .exception_handler(async |exc: Caught<RequestValidationError>| handlers::request_validation(&exc));
    Router::new().route("/items/{item_id}", get(not_three)).layer(layer)
}

async fn not_three(Path(item_id): Path<i64>) -> Result<Json<i64>> {
    if item_id == 3 {
        return Err(HttpException::im_a_teapot().with_detail("Not 3").into());
    }
    Ok(Json(item_id))
}
