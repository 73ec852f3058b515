//! `HttpException` with status, detail and headers, and unhandled errors.

use axum::{
    Router,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::get,
};
use axum_exception::{
    ErrorDetail, Exception, HttpException, OrRaise, RequestValidationError, Result, Value,
    extract::{All, Path, Query},
};
use serde::Deserialize;
use thiserror::Error;

pub(crate) fn routes() -> Router {
    super::table([
        ("/ok", get(async || Value::from_iter([("ok", true)]))),
        ("/raise/{code}", get(raise)),
        ("/unhandled", get(async || Exception::new("boom secret"))),
        ("/chained", get(chained)),
        ("/subclass", get(async || Exception::from(TeapotError::new()))),
        ("/returned/{code}", get(returned)),
    ])
}

/// A detail and headers, both as JSON.
#[derive(Deserialize)]
struct Raise {
    d: Option<String>,
    h: Option<String>,
}

/// Raises the requested exception. Invalid JSON, headers or statuses are unhandled errors: 500.
async fn raise(All((Path(code), Query(Raise { d, h }))): All<(Path<i64>, Query<Raise>)>) -> Result<()> {
    let mut exception = HttpException::new(u16::try_from(code)?);
    if let Some(detail) = d {
        exception = exception.with_detail(detail.parse::<Value>()?);
    }
    let headers: Value = h.map(|h| h.parse()).transpose()?.unwrap_or_default();
    if !headers.is_null() {
        let headers = headers.as_object().ok_or_else(|| Exception::new("the headers are not an object"))?;
        for (name, value) in headers.iter() {
            let value = value.as_str().ok_or_else(|| Exception::new("a header is not a string"))?;
            exception = exception.with_header(name, value);
        }
    }
    Err(exception.into())
}

#[derive(Debug, Error)]
#[error("inner")]
struct Inner;

async fn chained() -> Result<(), HttpException> {
    Err(Inner).or_raise((400, "inner"))
}

/// A "subclass": the exception is its source.
#[derive(Debug, Error)]
#[error(transparent)]
struct TeapotError(HttpException);

impl TeapotError {
    fn new() -> Self {
        Self(HttpException::im_a_teapot().with_detail("teapot subclass").with_header("x-tea", "1"))
    }
}

/// Returns a 4xx or 5xx response of the handler itself, which the layer must not change.
async fn returned(Path(code): Path<i64>, Path(sent): Path<String>) -> Result<Response> {
    let wrong = |kind, key, limit: i64, words| {
        let error = ErrorDetail::new(kind, ["path", "code"], format!("Input should be {words} {limit}"));
        RequestValidationError::from(error.with_input(sent.as_str()).with_ctx(key, limit))
    };
    if code < 400 {
        return Err(wrong("greater_than_equal", "ge", 400, "greater than or equal to").into());
    }
    if code > 599 {
        return Err(wrong("less_than_equal", "le", 599, "less than or equal to").into());
    }
    let status = StatusCode::from_u16(u16::try_from(code)?)?;
    Ok((status, Value::from_iter([("returned", true)])).into_response())
}
