//! `HttpError`: the errors of an app, with nothing registered, registered, and with handlers.

use std::{error::Error, fmt, io};

use axum::{
    Json, Router,
    extract::{Path, rejection::JsonRejection},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::get,
};
use axum_exception::{
    Caught, ErrorDetail, ErrorHandlingLayer, Exception, Forwarded, HttpError, HttpException, Raise,
    RequestValidationError, Result, handlers,
};

use crate::{
    logging::logged_during,
    support::{Reply, get as fetch, table::Table},
};

#[derive(Debug, thiserror::Error, HttpError)]
enum AppError {
    #[error("no user {0} in the table")]
    #[http(404, detail = "User {0} not found")]
    NoUser(u32),
    #[error("taken: {name}")]
    #[http(StatusCode::CONFLICT, detail = [name.as_str(), if *free { "free" } else { "used" }], code = "name_{name}")]
    Taken { name: String, free: bool },
    #[error("expired")]
    #[http(401, header("www-authenticate", "Bearer realm=\"{0}\""), header("x-retry", 7))]
    Expired(&'static str),
    #[error("a page has at most {0} rows")]
    #[http(400, detail)]
    TooLarge(u32),
    #[error("moved")]
    #[http(204)]
    Empty,
    #[error("the disk is full")]
    #[http(503, detail = "Try {{later}}")]
    Full(#[source] io::Error),
    #[error("cannot read")]
    #[http(unhandled)]
    Read(#[from] io::Error),
    /// Its cause does not determine the response.
    #[error("upstream")]
    #[http(unhandled)]
    Upstream(#[source] HttpException),
    #[error(transparent)]
    #[http(transparent)]
    Http(#[from] HttpException),
    #[error(transparent)]
    #[http(transparent)]
    Invalid(#[from] RequestValidationError),
    #[error(transparent)]
    #[http(transparent)]
    Json(#[from] JsonRejection),
    #[error(transparent)]
    #[http(transparent)]
    Format { failure: fmt::Error },
    #[error(transparent)]
    #[http(transparent)]
    Nested(#[from] NestedError),
    #[error(transparent)]
    #[http(transparent)]
    Any(#[from] anyhow::Error),
    #[error(transparent)]
    #[http(transparent)]
    Boxed(Box<dyn Error + Send + Sync>),
}

/// The attribute of the enum is for the variants without one.
#[derive(Debug, thiserror::Error, HttpError)]
#[http(unhandled)]
enum NestedError {
    #[error("gone: {0}")]
    #[http(410, detail)]
    Gone(&'static str),
    #[error("broken")]
    Broken,
    #[error(transparent)]
    #[http(transparent)]
    Parse(std::num::ParseIntError),
}

#[derive(Debug, thiserror::Error, HttpError)]
#[error("unit")]
#[http(418)]
struct Unit;

#[derive(Debug, thiserror::Error, HttpError)]
#[error("generic {0:?}")]
#[http(422, detail = "generic {0:?}")]
struct Generic<T: fmt::Debug>(T);

fn parse_error() -> std::num::ParseIntError {
    "x".parse::<u8>().unwrap_err()
}

/// Returns the errors, by name.
fn error(name: &str) -> AppError {
    match name {
        "no-user" => AppError::NoUser(7),
        "taken" => AppError::Taken { name: "ann".to_owned(), free: false },
        "expired" => AppError::Expired("app"),
        "too-large" => AppError::TooLarge(10),
        "empty" => AppError::Empty,
        "full" => AppError::Full(io::Error::other("no space left")),
        "read" => io::Error::other("no such file").into(),
        "upstream" => AppError::Upstream(HttpException::forbidden()),
        "http" => HttpException::gone().with_header("x-error", "gone").into(),
        "invalid" => RequestValidationError::from(ErrorDetail::missing(["body", "name"])).into(),
        "json" => Json::<u8>::from_bytes(b"{").unwrap_err().into(),
        "format" => AppError::Format { failure: fmt::Error },
        "nested" => NestedError::Gone("the page").into(),
        "nested-broken" => NestedError::Broken.into(),
        "nested-parse" => NestedError::Parse(parse_error()).into(),
        "anyhow" => anyhow::Error::new(fmt::Error).into(),
        "anyhow-http" => anyhow::Error::new(HttpException::locked()).into(),
        "boxed" => AppError::Boxed(Box::new(fmt::Error)),
        _ => panic!("no such error"),
    }
}

/// The default response to each error, and the end of its line in the log.
fn rows() -> Vec<(&'static str, Reply, &'static str)> {
    vec![
        (
            "no-user",
            Reply::detail(404, "User 7 not found"),
            "DEBUG status=404 error=404: User 7 not found: no user 7 in the table",
        ),
        (
            "taken",
            Reply::json(409, r#"{"detail":["ann","used"]}"#),
            r#"DEBUG status=409 error=409: ["ann","used"]: taken: ann"#,
        ),
        (
            "expired",
            Reply::detail(401, "Unauthorized")
                .header("www-authenticate", "Bearer realm=\"app\"")
                .header("x-retry", "7"),
            "DEBUG status=401 error=401: Unauthorized: expired",
        ),
        (
            "too-large",
            Reply::detail(400, "a page has at most 10 rows"),
            "DEBUG status=400 error=400: a page has at most 10 rows",
        ),
        ("empty", Reply::empty(204), "DEBUG status=204 error=204: No Content: moved"),
        (
            "full",
            Reply::detail(503, "Try {later}"),
            "ERROR status=503 error=503: Try {later}: the disk is full: no space left",
        ),
        ("read", Reply::unhandled(), "ERROR status=500 error=cannot read: no such file"),
        ("upstream", Reply::unhandled(), "ERROR status=500 error=upstream: 403: Forbidden"),
        ("http", Reply::detail(410, "Gone").header("x-error", "gone"), "DEBUG status=410 error=410: Gone"),
        (
            "invalid",
            Reply::json(
                422,
                r#"{"detail":[{"type":"missing","loc":["body","name"],"msg":"Field required","input":null}]}"#,
            ),
            "DEBUG status=422 error=1 validation error: body.name: Field required",
        ),
        (
            "json",
            Reply::json(
                422,
                r#"{"detail":[{"type":"int_type","loc":["body"],"msg":"Input should be a valid integer","input":null}]}"#,
            ),
            "DEBUG status=422 error=1 validation error: body: Input should be a valid integer",
        ),
        (
            "format",
            Reply::unhandled(),
            "ERROR status=500 error=an error occurred when formatting an argument",
        ),
        ("nested", Reply::detail(410, "gone: the page"), "DEBUG status=410 error=410: gone: the page"),
        ("nested-broken", Reply::unhandled(), "ERROR status=500 error=broken"),
        ("nested-parse", Reply::unhandled(), "ERROR status=500 error=invalid digit found in string"),
        (
            "anyhow",
            Reply::unhandled(),
            "ERROR status=500 error=an error occurred when formatting an argument",
        ),
        ("anyhow-http", Reply::detail(423, "Locked"), "DEBUG status=423 error=423: Locked"),
        ("boxed", Reply::unhandled(), "ERROR status=500 error=an error occurred when formatting an argument"),
    ]
}

/// The handlers return the error itself, and the error as an exception.
fn app() -> Router {
    Router::new()
        .route("/own/{name}", get(async |Path(name): Path<String>| Err::<(), _>(error(&name))))
        .route("/any/{name}", get(async |Path(name): Path<String>| -> Result<()> { Err(error(&name))? }))
}

#[tokio::test]
async fn an_error_has_its_response_without_a_layer_and_with_one() {
    let plain = app();
    let layered = app().layer(ErrorHandlingLayer::new());
    let mut table = Table::default();
    for (name, reply, _) in rows() {
        table.assert_eq(
            format!("{name}, no layer"),
            fetch(&plain, &format!("/own/{name}")).await,
            reply.clone(),
        );
        table.assert_eq(format!("{name}, layer"), fetch(&layered, &format!("/own/{name}")).await, reply);
    }
}

#[tokio::test]
async fn question_mark_requires_that_the_type_is_registered() {
    let app_without = app().layer(ErrorHandlingLayer::new());
    assert_eq!(fetch(&app_without, "/any/no-user").await, Reply::unhandled());
    let registered = app().layer(ErrorHandlingLayer::new().exception::<AppError>());
    let mut table = Table::default();
    for (name, reply, _) in rows() {
        table.assert_eq(name, fetch(&registered, &format!("/any/{name}")).await, reply);
    }
}

#[test]
fn each_failure_is_one_line_in_the_log() {
    let layered = app().layer(ErrorHandlingLayer::new().exception::<AppError>());
    let mut table = Table::default();
    for (name, _, line) in rows() {
        for route in ["own", "any"] {
            let lines = logged_during(async {
                fetch(&layered, &format!("/{route}/{name}")).await;
            });
            let level = &line[..5];
            let expected =
                format!(r#"{level} message=exception method=GET route="/{route}/{{name}}"{}"#, &line[5..]);
            // A hint follows for errors without a handler.
            let lines: Vec<_> = lines.into_iter().filter(|line| line.contains("message=exception")).collect();
            table.assert_eq(format!("{route} {name}"), lines, [expected]);
        }
    }
}

/// A handler for the enum goes first, then one for what is inside, then one for the status.
#[tokio::test]
async fn handlers_find_the_enum_what_is_inside_and_the_status() {
    let inner = ErrorHandlingLayer::new()
        .exception_handler(async |_: Caught<fmt::Error>| (StatusCode::BAD_GATEWAY, "format"))
        .exception_handler(async |_: Caught<NestedError>| (StatusCode::BAD_GATEWAY, "nested"))
        .exception_handler(async |_: Caught<std::num::ParseIntError>| (StatusCode::BAD_GATEWAY, "parse"))
        .exception_handler(async |_: Caught<io::Error>| (StatusCode::BAD_GATEWAY, "io"))
        .status_handler(404, async |exception: Caught<HttpException>| {
            assert!(exception.exception().chain().any(<dyn Error>::is::<AppError>));
            handlers::http_exception(&HttpException::new(exception.status()).with_detail("by status"))
        })
        .exception::<AppError>();
    let outer =
        ErrorHandlingLayer::new().exception_handler(async |error: Caught<AppError>| format!("{error}"));
    let plain = "text/plain; charset=utf-8";
    let mut table = Table::default();
    for (name, reply) in [
        ("no-user", Reply::detail(404, "by status")),
        ("format", Reply::text(502, plain, "format")),
        ("anyhow", Reply::text(502, plain, "format")),
        ("boxed", Reply::text(502, plain, "format")),
        ("nested", Reply::text(502, plain, "nested")),
        ("nested-broken", Reply::text(502, plain, "nested")),
        ("nested-parse", Reply::text(502, plain, "nested")),
        ("read", Reply::text(502, plain, "io")),
        ("too-large", Reply::detail(400, "a page has at most 10 rows")),
        ("http", Reply::detail(410, "Gone").header("x-error", "gone")),
        ("upstream", Reply::unhandled()),
    ] {
        for route in ["own", "any"] {
            let app = self::app().layer(inner.clone());
            table.assert_eq(
                format!("{route} {name}"),
                fetch(&app, &format!("/{route}/{name}")).await,
                reply.clone(),
            );
            let app = self::app().layer(outer.clone());
            let reply = Reply::text(200, plain, error(name).to_string());
            table.assert_eq(format!("outer {name}"), fetch(&app, &format!("/{route}/{name}")).await, reply);
        }
    }
}

/// The type is found behind another error, as for a mapping.
#[tokio::test]
async fn a_registered_type_is_found_among_the_causes() {
    #[derive(Debug, thiserror::Error)]
    #[error("around")]
    struct Around(#[source] AppError);

    let app = Router::new()
        .route("/{name}", get(async |Path(name): Path<String>| -> Result<()> { Err(Around(error(&name)))? }))
        .layer(ErrorHandlingLayer::new().exception::<AppError>());
    assert_eq!(fetch(&app, "/no-user").await, Reply::detail(404, "User 7 not found"));
    assert_eq!(fetch(&app, "/read").await, Reply::unhandled());
}

/// The status may be a field or a method. The message of a server error stays in the log.
#[tokio::test]
async fn the_status_can_be_an_expression() {
    #[derive(Debug, thiserror::Error, HttpError)]
    #[error("{message}")]
    #[http(status, detail)]
    struct Field {
        status: StatusCode,
        message: &'static str,
    }

    #[derive(Debug, thiserror::Error, HttpError)]
    #[error("code {0}")]
    #[http(*_0, detail, code = "code_{0}")]
    struct Tuple(u16);

    #[derive(Debug, thiserror::Error, HttpError)]
    #[error("method")]
    #[http(self.status(), detail)]
    struct Method;

    impl Method {
        fn status(&self) -> StatusCode {
            StatusCode::PAYMENT_REQUIRED
        }
    }

    let app = Router::new()
        .route("/field", get(async || Field { status: StatusCode::GONE, message: "it is gone" }))
        .route("/secret", get(async || Field { status: StatusCode::BAD_GATEWAY, message: "secret" }))
        .route("/tuple", get(async || Tuple(423)))
        .route("/method", get(async || Method))
        .layer(ErrorHandlingLayer::new());
    assert_eq!(fetch(&app, "/field").await, Reply::detail(410, "it is gone"));
    assert_eq!(fetch(&app, "/secret").await, Reply::detail(502, "Bad Gateway"));
    assert_eq!(fetch(&app, "/tuple").await, Reply::detail(423, "code 423"));
    assert_eq!(fetch(&app, "/method").await, Reply::detail(402, "method"));
}

/// A panic in the app's description of a response is a plain 500, as one in its mappings is.
#[tokio::test]
async fn a_panic_in_http_is_a_plain_500() {
    #[derive(Debug, thiserror::Error)]
    #[error("around")]
    struct Around(#[source] Failing);

    #[derive(Debug, thiserror::Error)]
    #[error("failing")]
    struct Failing;

    impl HttpError for Failing {
        fn http(&self) -> Option<HttpException> {
            panic!("in `http`")
        }
    }

    let app = Router::new()
        .route("/", get(async || -> Result<()> { Err(Failing)? }))
        .route("/around", get(async || -> Result<()> { Err(Around(Failing))? }))
        .layer(ErrorHandlingLayer::new().exception::<Failing>());
    assert_eq!(fetch(&app, "/").await, Reply::unhandled());
    assert_eq!(fetch(&app, "/around").await, Reply::unhandled());
}

/// A variant can hold any exception, such as the rejection of an extractor of this crate.
#[tokio::test]
async fn an_exception_can_be_inside_an_error() {
    #[derive(Debug, thiserror::Error, HttpError)]
    enum Own {
        #[error(transparent)]
        #[http(transparent)]
        Raised(#[from] Exception),
    }

    let app = Router::new()
        .route(
            "/",
            get(
                async |query: Result<axum_exception::extract::Query<Search>, Exception>| -> Result<(), Own> {
                    query?;
                    Ok(())
                },
            ),
        )
        .layer(ErrorHandlingLayer::new());
    assert_eq!(
        fetch(&app, "/").await,
        Reply::json(
            422,
            r#"{"detail":[{"type":"missing","loc":["query","size"],"msg":"Field required","input":{}}]}"#
        )
    );
    let boxed = axum::BoxError::from(Exception::from(fmt::Error));
    assert!(boxed.is::<fmt::Error>());
    let exception = Exception::from(HttpException::gone());
    let in_use = exception.clone();
    assert_eq!(Exception::new(axum::BoxError::from(exception)).status(), Some(StatusCode::GONE));
    assert!(in_use.is::<HttpException>());
}

#[derive(Debug, serde::Deserialize)]
struct Search {
    #[allow(dead_code)]
    size: u8,
}

#[tokio::test]
async fn structs_and_generic_types_have_a_response() {
    let app = Router::new()
        .route("/unit", get(async || Unit))
        .route("/generic", get(async || Generic(vec![1, 2])))
        .layer(ErrorHandlingLayer::new());
    assert_eq!(fetch(&app, "/unit").await, Reply::detail(418, "I'm a Teapot"));
    assert_eq!(fetch(&app, "/generic").await, Reply::detail(422, "generic [1, 2]"));
}

#[test]
fn the_code_may_contain_fields() {
    let code = |error: &AppError| error.http().unwrap().code().map(str::to_owned);
    assert_eq!(code(&error("taken")), Some("name_ann".to_owned()));
    assert_eq!(code(&error("no-user")), None);
}

/// An implementation by hand is equal to the derived one.
#[tokio::test]
async fn the_trait_can_be_implemented_by_hand() {
    #[derive(Debug)]
    enum ByHand {
        Teapot,
        Io(io::Error),
        Nested(NestedError),
    }

    impl fmt::Display for ByHand {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("by hand")
        }
    }

    impl Error for ByHand {}

    impl HttpError for ByHand {
        fn http(&self) -> Option<HttpException> {
            match self {
                Self::Teapot => Some(HttpException::im_a_teapot().with_source(io::Error::other("own cause"))),
                Self::Io(_) => None,
                Self::Nested(error) => error.http(),
            }
        }

        fn forwards_to(&self) -> Option<Forwarded<'_>> {
            match self {
                Self::Teapot => None,
                Self::Io(error) => Some(Forwarded::to_error(error)),
                Self::Nested(error) => Some(Forwarded::to_http_error(error)),
            }
        }
    }

    impl IntoResponse for ByHand {
        fn into_response(self) -> Response {
            Exception::from_http_error(self).into_response()
        }
    }

    let app = Router::new()
        .route("/teapot", get(async || ByHand::Teapot))
        .route("/io", get(async || ByHand::Io(io::Error::other("x"))))
        .route("/nested", get(async || ByHand::Nested(NestedError::Gone("it"))))
        .layer(ErrorHandlingLayer::new().exception_handler(async |_: Caught<io::Error>| "io"));
    assert_eq!(fetch(&app, "/io").await, Reply::text(200, "text/plain; charset=utf-8", "io"));
    assert_eq!(fetch(&app, "/nested").await, Reply::detail(410, "gone: it"));
    // Its own cause has a handler, but the exception has a default.
    assert_eq!(fetch(&app, "/teapot").await, Reply::detail(418, "I'm a Teapot"));
    let chain: Vec<String> = {
        let response = ByHand::Teapot.into_response();
        Exception::from_response(&response).unwrap().chain().map(ToString::to_string).collect()
    };
    assert_eq!(chain, ["by hand"]);
}

/// An error that is nowhere found is explained, because a handler for what is inside is expected to run.
#[test]
fn the_log_says_why_no_handler_was_found() {
    #[derive(Debug, thiserror::Error)]
    #[error(transparent)]
    struct Hidden(#[from] io::Error);

    let app = Router::new()
        .route("/", get(async || -> Result<()> { Err(Hidden(io::Error::other("x")))? }))
        .route("/raised", get(async || -> Result<()> { Err("not an error type").raise() }))
        .layer(ErrorHandlingLayer::new().exception_handler(async |_: Caught<io::Error>| "found"));
    let lines = logged_during(async {
        assert_eq!(fetch(&app, "/").await, Reply::unhandled());
    });
    let [hint, line] = &lines[..] else { panic!("{lines:?}") };
    assert_eq!(
        hint,
        "DEBUG message=no handler for this type or its sources; what is behind `#[error(transparent)]` is found with `#[http(transparent)]` or `map_exception` error_type=\"it::http_error::the_log_says_why_no_handler_was_found::Hidden\""
    );
    assert_eq!(line, r#"ERROR message=exception method=GET route="/" status=500 error=x"#);
}
