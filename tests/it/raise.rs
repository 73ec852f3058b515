//! `raise!`, `.raise()?` and `map_exception`: the ways to an exception.

use std::{error::Error, fmt, io, num::ParseIntError};

use axum::{BoxError, Router, extract::Path, http::StatusCode, routing::get};
use axum_exception::{
    Caught, ErrorDetail, ErrorHandlingLayer, Exception, HttpException, Raise, RequestValidationError, Result,
    raise,
};
use serde_json::json;

use crate::{
    logging::logged_during,
    support::{Reply, get as fetch, table::Table},
};

fn raised(name: &str) -> Result<()> {
    let id = 7;
    let status = StatusCode::GONE;
    let code = 423_u16;
    match name {
        "status" => raise!(404),
        "comma" => raise!(404,),
        "status-code" => raise!(StatusCode::CONFLICT),
        "status-variable" => raise!(status),
        "code-variable" => raise!(code),
        "detail" => raise!(404, "No item {id}"),
        "braces" => raise!(404, "{{}}"),
        "detail-variable" => raise!(status, name),
        "json" => raise!(StatusCode::CONFLICT, json!({ "code": id })),
        "header" => raise!(401, "www-authenticate" => "Bearer"),
        "detail-header" => raise!(403, "Wrong token", "x-error" => "No way", "x-id" => id,),
        "json-header" => raise!(403, json!([1]), "x-error" => "No way"),
        "exception" => raise!(HttpException::im_a_teapot()),
        "any" => raise!(Exception::from(HttpException::locked())),
        "validation" => raise!(RequestValidationError::from(ErrorDetail::missing(["body", "a"]))),
        "error" => raise!(fmt::Error),
        "message" => raise!("the disk is full"),
        "string" => raise!(format!("disk {id} is full")),
        "boxed" => raise!(BoxError::from(fmt::Error)),
        "tuple" => raise!((StatusCode::GONE, "long gone")),
        "anyhow" => raise!(anyhow::anyhow!(fmt::Error)),
        "eyre" => raise!(eyre::Report::new(fmt::Error)),
        _ => raise!(501),
    }
}

fn by_method(name: &str) -> Result<()> {
    match name {
        "status-code" => Err(StatusCode::CONFLICT).raise(),
        "tuple" => Err((StatusCode::GONE, json!(["long gone"]))).raise(),
        "boxed" => Err(BoxError::from(fmt::Error)).raise(),
        "message" => Err("the disk is full").raise(),
        "string" => Err("the disk is full".to_owned()).raise(),
        "anyhow" => Err(anyhow::Error::new(fmt::Error)).raise(),
        "anyhow-context" => Err(anyhow::Error::new(fmt::Error).context("context")).raise(),
        "anyhow-http" => Err(anyhow::Error::new(HttpException::gone())).raise(),
        "eyre" => Err(eyre::Report::new(fmt::Error)).raise(),
        "eyre-context" => Err(eyre::Report::new(fmt::Error).wrap_err("context")).raise(),
        _ => Ok(()),
    }
}

fn app() -> Router {
    Router::new()
        .route("/macro/{name}", get(async |Path(name): Path<String>| raised(&name)))
        .route("/method/{name}", get(async |Path(name): Path<String>| by_method(&name)))
        .layer(ErrorHandlingLayer::new().exception_handler(async |_: Caught<fmt::Error>| "formatted"))
}

#[tokio::test]
async fn everything_can_be_raised() {
    let app = app();
    let mut table = Table::default();
    let formatted = Reply::text(200, "text/plain; charset=utf-8", "formatted");
    for (path, reply) in [
        ("macro/status", Reply::detail(404, "Not Found")),
        ("macro/comma", Reply::detail(404, "Not Found")),
        ("macro/status-code", Reply::detail(409, "Conflict")),
        ("macro/status-variable", Reply::detail(410, "Gone")),
        ("macro/code-variable", Reply::detail(423, "Locked")),
        ("macro/detail", Reply::detail(404, "No item 7")),
        ("macro/braces", Reply::detail(404, "{}")),
        ("macro/detail-variable", Reply::detail(410, "detail-variable")),
        ("macro/json", Reply::json(409, r#"{"detail":{"code":7}}"#)),
        ("macro/header", Reply::detail(401, "Unauthorized").header("www-authenticate", "Bearer")),
        (
            "macro/detail-header",
            Reply::detail(403, "Wrong token").header("x-error", "No way").header("x-id", "7"),
        ),
        ("macro/json-header", Reply::json(403, r#"{"detail":[1]}"#).header("x-error", "No way")),
        ("macro/exception", Reply::detail(418, "I'm a Teapot")),
        ("macro/any", Reply::detail(423, "Locked")),
        (
            "macro/validation",
            Reply::json(
                422,
                r#"{"detail":[{"type":"missing","loc":["body","a"],"msg":"Field required","input":null}]}"#,
            ),
        ),
        ("macro/error", formatted.clone()),
        ("macro/message", Reply::unhandled()),
        ("macro/string", Reply::unhandled()),
        ("macro/boxed", formatted.clone()),
        ("macro/tuple", Reply::detail(410, "long gone")),
        ("macro/anyhow", formatted.clone()),
        ("macro/eyre", formatted.clone()),
        ("method/status-code", Reply::detail(409, "Conflict")),
        ("method/tuple", Reply::json(410, r#"{"detail":["long gone"]}"#)),
        ("method/boxed", formatted.clone()),
        ("method/message", Reply::unhandled()),
        ("method/string", Reply::unhandled()),
        ("method/anyhow", formatted.clone()),
        ("method/anyhow-context", formatted.clone()),
        ("method/anyhow-http", Reply::detail(410, "Gone")),
        ("method/eyre", formatted.clone()),
        ("method/eyre-context", formatted.clone()),
    ] {
        table.assert_eq(path, fetch(&app, &format!("/{path}")).await, reply);
    }
}

/// The macro converts into the error type of the function.
#[test]
fn the_function_may_return_another_error_type() {
    #[derive(Debug, thiserror::Error)]
    #[error(transparent)]
    struct Own(#[from] HttpException);

    fn http() -> Result<(), HttpException> {
        raise!(404, "http")
    }
    fn status(status: StatusCode) -> Result<(), HttpException> {
        raise!(status)
    }
    fn own() -> Result<(), Own> {
        raise!(404, "own")
    }
    fn of_an_error() -> Result<(), Own> {
        raise!(HttpException::gone())
    }
    fn boxed() -> Result<(), BoxError> {
        raise!(fmt::Error)
    }
    assert_eq!(http().unwrap_err().to_string(), "404: http");
    assert_eq!(status(StatusCode::GONE).unwrap_err().to_string(), "410: Gone");
    assert_eq!(own().unwrap_err().to_string(), "404: own");
    assert_eq!(of_an_error().unwrap_err().to_string(), "410: Gone");
    assert!(boxed().unwrap_err().is::<fmt::Error>());
}

#[derive(Debug, thiserror::Error)]
#[error("mapped")]
struct Mapped(#[from] ParseIntError);

fn mapping() -> ErrorHandlingLayer {
    ErrorHandlingLayer::new()
        .map_exception(|error: &io::Error| match error.kind() {
            io::ErrorKind::NotFound => Some(HttpException::not_found()),
            io::ErrorKind::TimedOut => {
                Some(HttpException::gateway_timeout().with_source(io::Error::other("own cause")))
            }
            io::ErrorKind::Other => panic!("in a mapping"),
            _ => None,
        })
        .map_exception(|_: &fmt::Error| RequestValidationError::from(ErrorDetail::missing(["body", "a"])))
        .map_exception(|error: &ParseIntError| Exception::from(Mapped(error.clone())))
}

/// The original is the cause, and there is one line for both.
#[test]
fn an_error_is_mapped_to_any_exception() {
    let app = Router::new()
        .route(
            "/{name}",
            get(async |Path(name): Path<String>| -> Result<()> {
                match &*name {
                    "found" => Err(io::Error::from(io::ErrorKind::NotFound))?,
                    "timed-out" => Err(io::Error::from(io::ErrorKind::TimedOut))?,
                    "other" => Err(io::Error::other("boom"))?,
                    "none" => Err(io::Error::from(io::ErrorKind::AddrInUse))?,
                    "list" => Err(fmt::Error)?,
                    _ => {
                        name.parse::<u8>()?;
                    }
                }
                Ok(())
            }),
        )
        .layer(mapping());
    let mut table = Table::default();
    for (name, reply, line) in [
        ("found", Reply::detail(404, "Not Found"), "DEBUG status=404 error=404: Not Found: entity not found"),
        (
            "timed-out",
            Reply::detail(504, "Gateway Timeout"),
            "ERROR status=504 error=504: Gateway Timeout: own cause: timed out",
        ),
        ("other", Reply::unhandled(), "ERROR status=500 error=panicked: in a mapping: boom"),
        ("none", Reply::unhandled(), "ERROR status=500 error=address in use"),
        (
            "list",
            Reply::json(
                422,
                r#"{"detail":[{"type":"missing","loc":["body","a"],"msg":"Field required","input":null}]}"#,
            ),
            "DEBUG status=422 error=1 validation error: body.a: Field required",
        ),
        ("x", Reply::unhandled(), "ERROR status=500 error=mapped: invalid digit found in string"),
    ] {
        let lines = logged_during(async {
            table.assert_eq(name, fetch(&app, &format!("/{name}")).await, reply);
        });
        let lines: Vec<_> = lines
            .into_iter()
            .filter(|line| line.contains("message=exception"))
            .map(|line| match (line.find(" at tests"), line.find(": in a mapping")) {
                (Some(from), Some(to)) => format!("{}{}", &line[..from], &line[to..]),
                _ => line,
            })
            .collect();
        let expected =
            format!(r#"{} message=exception method=GET route="/{{name}}"{}"#, &line[..5], &line[5..]);
        table.assert_eq(format!("log of {name}"), lines, [expected]);
    }
}

#[test]
fn an_exception_that_is_in_use_elsewhere_can_be_the_target() {
    let shared = Exception::from(HttpException::gone());
    let clone = shared.clone();
    let app = Router::new()
        .route("/", get(async || -> Result<()> { Err(fmt::Error)? }))
        .layer(ErrorHandlingLayer::new().map_exception(move |_: &fmt::Error| clone.clone()));
    for _ in 0..2 {
        let lines = logged_during(async {
            assert_eq!(fetch(&app, "/").await, Reply::detail(410, "Gone"));
        });
        assert_eq!(
            lines,
            [
                r#"DEBUG message=exception method=GET route="/" status=410 error=410: Gone: an error occurred when formatting an argument"#
            ]
        );
    }
    assert_eq!(shared.chain().count(), 1);
    assert!(
        shared.as_error().downcast_ref::<HttpException>().is_some_and(|http| Error::source(http).is_some())
    );
}
