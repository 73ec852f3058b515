//! Which handler runs: the cases of FastAPI, and those of Rust's error sources.

use std::io;

use axum::{
    Extension, Router,
    extract::{FromRequestParts, MatchedPath, Path, State},
    http::{HeaderMap, Method, StatusCode, Uri, request::Parts},
    response::{IntoResponse, Response},
    routing::get,
};
use axum_exception::{
    Caught, ErrorDetail, ErrorHandlingLayer, Exception, ExceptionHandlers, HttpException, Panic,
    RequestValidationError, Result, Value, handlers,
};
use thiserror::Error;
use tower::timeout::error::Elapsed;

use crate::support::{Reply, get as fetch, request, send, table::Table};

/// Where Python has subclasses, Rust has sources.
#[derive(Debug, Error)]
#[error("{0}")]
struct Base(&'static str);

#[derive(Debug, Error)]
#[error("{0}")]
struct Child(&'static str, #[source] Base);

#[derive(Debug, Error)]
#[error("{0}")]
struct GrandChild(&'static str, #[source] Child);

#[derive(Debug, Error)]
#[error("{0}")]
struct Outsider(&'static str);

#[derive(Debug, Error)]
#[error("boom")]
struct BoomInHandler;

#[derive(Debug, Error)]
#[error("")]
struct RaisesOther;

#[derive(Debug, Error)]
#[error("")]
struct RaisesHttp;

#[derive(Debug, Error)]
#[error("{0}")]
struct AppHttpError(#[source] HttpException);

fn child(text: &'static str) -> Child {
    Child(text, Base(text))
}

fn raise(kind: &str) -> Exception {
    match kind {
        "base" => Base("base").into(),
        "child" => child("child").into(),
        "grandchild" => GrandChild("grandchild", child("child")).into(),
        "boom" => BoomInHandler.into(),
        "raises-other" => RaisesOther.into(),
        "raises-http" => RaisesHttp.into(),
        "http-404" => HttpException::not_found().with_detail("custom 404").into(),
        "http-418" => HttpException::im_a_teapot().into(),
        "http-402" => HttpException::payment_required().into(),
        "http-500" => HttpException::internal_server_error().with_detail("explicit 500").into(),
        "apphttp-402" => AppHttpError(HttpException::payment_required()).into(),
        "apphttp-404" => AppHttpError(HttpException::not_found().with_detail("status beats class")).into(),
        "apphttp-500" => AppHttpError(HttpException::internal_server_error()).into(),
        "http-413-chain" => HttpException::content_too_large().into(),
        "http-414-chain" => HttpException::new(414).into(),
        "rve" => RequestValidationError::new([ErrorDetail::new("x", ["body"], "m")]).into(),
        "http-422" => HttpException::unprocessable_content().with_detail("explicit").into(),
        _ => Outsider("secret").into(),
    }
}

async fn raise_kind(Path(kind): Path<String>) -> Exception {
    raise(&kind)
}

fn tag(name: &'static str, code: u16, text: impl ToString) -> Response {
    let body = Value::from_iter([("exc", text.to_string()), ("handler", name.to_owned())]);
    (StatusCode::from_u16(code).unwrap(), [("x-handler", name)], body).into_response()
}

fn tagged(name: &str, code: u16, text: &str) -> Reply {
    Reply::json(code, format!(r#"{{"exc":"{text}","handler":"{name}"}}"#)).header("x-handler", name)
}

fn h() -> Router {
    let layer = ErrorHandlingLayer::new()
        .exception_handler(async |exc: Caught<Base>| tag("Base", 460, exc))
        .exception_handler(async |exc: Caught<Child>| tag("Child", 461, exc))
        .status_handler(404, async |exc: Caught<HttpException>| {
            let body =
                Value::from_iter([("detail", exc.detail().clone()), ("handler", Value::from("int-404"))]);
            (StatusCode::NOT_FOUND, [("x-handler", "int-404")], body)
        })
        .status_handler(405, async |exc: Caught<HttpException>| tag("int-405", 405, exc))
        .status_handler(418, async |exc: Caught<HttpException>| tag("int-418", 418, exc))
        .status_handler(422, async |exc: Caught<HttpException>| tag("int-422", 422, exc))
        .exception_handler(async |exc: Exception| tag("Exception", 500, exc))
        .exception_handler(async |exc: Caught<AppHttpError>| {
            let status = exc.0.status().as_u16();
            tag("AppHTTPError", status, exc)
        })
        .exception_handler(async |_: Caught<BoomInHandler>| -> Result<()> {
            Err(Outsider("handler failed").into())
        })
        .exception_handler(async |_: Caught<RaisesOther>| -> Result<()> { Err(child("from handler").into()) })
        .exception_handler(async |_: Caught<RaisesHttp>| {
            HttpException::conflict().with_detail("from handler")
        })
        .status_handler(413, async |_: Caught<HttpException>| {
            HttpException::im_a_teapot().with_detail("chained to 418")
        })
        .status_handler(414, async |_: Caught<HttpException>| {
            Exception::from(child("status handler raises Child"))
        });
    Router::new()
        .route("/raise/{kind}", get(raise_kind))
        .route("/get-only", get(async || "ok"))
        .route("/returned-404", get(async || (StatusCode::NOT_FOUND, Value::from_iter([("returned", true)]))))
        .layer(layer)
}

/// The expected replies are FastAPI's in the same cases.
#[tokio::test]
async fn handler_lookup_matches_fastapi() {
    let app = h();
    let mut table = Table::default();
    for (kind, reply) in [
        ("base", tagged("Base", 460, "base")),
        ("child", tagged("Child", 461, "child")),
        // The handler receives the source that is a `Child`.
        ("grandchild", tagged("Child", 461, "child")),
        ("value-error", tagged("Exception", 500, "secret")),
        ("boom", tagged("Exception", 500, "handler failed")),
        ("raises-other", tagged("Child", 461, "from handler")),
        ("raises-http", Reply::detail(409, "from handler")),
        (
            "http-404",
            Reply::json(404, r#"{"detail":"custom 404","handler":"int-404"}"#).header("x-handler", "int-404"),
        ),
        ("http-418", tagged("int-418", 418, "418: I'm a Teapot")),
        ("http-402", Reply::detail(402, "Payment Required")),
        ("http-500", Reply::detail(500, "explicit 500")),
        ("apphttp-402", tagged("AppHTTPError", 402, "402: Payment Required")),
        (
            "apphttp-404",
            Reply::json(404, r#"{"detail":"status beats class","handler":"int-404"}"#)
                .header("x-handler", "int-404"),
        ),
        ("apphttp-500", tagged("AppHTTPError", 500, "500: Internal Server Error")),
        ("http-413-chain", tagged("int-418", 418, "418: chained to 418")),
        ("http-414-chain", tagged("Child", 461, "status handler raises Child")),
        ("rve", Reply::json(422, r#"{"detail":[{"type":"x","loc":["body"],"msg":"m","input":null}]}"#)),
        ("http-422", tagged("int-422", 422, "422: explicit")),
    ] {
        table.assert_eq(kind, fetch(&app, &format!("/raise/{kind}")).await, reply);
    }
    assert_eq!(
        fetch(&app, "/nope").await,
        Reply::json(404, r#"{"detail":"Not Found","handler":"int-404"}"#).header("x-handler", "int-404")
    );
    assert_eq!(
        send(&app, request("POST", "/get-only")).await,
        tagged("int-405", 405, "405: Method Not Allowed").header("allow", "GET,HEAD")
    );
    assert_eq!(fetch(&app, "/returned-404").await, Reply::json(404, r#"{"returned":true}"#));
}

/// An app that raises the exception on every request.
fn raising<E>(layer: ErrorHandlingLayer, error: impl Fn() -> E + Clone + Send + Sync + 'static) -> Router
where
    E: Into<Exception> + 'static,
{
    Router::new()
        .route(
            "/",
            get(move || {
                let exception: Exception = error().into();
                async move { exception }
            }),
        )
        .layer(layer)
}

async fn raised<E>(layer: ErrorHandlingLayer, error: impl Fn() -> E + Clone + Send + Sync + 'static) -> Reply
where
    E: Into<Exception> + 'static,
{
    fetch(&raising(layer, error), "/").await
}

fn layer() -> ErrorHandlingLayer {
    ErrorHandlingLayer::new()
}

#[derive(Debug, Error)]
enum AppError {
    #[error(transparent)]
    Http(#[from] HttpException),
    #[error(transparent)]
    Validation(#[from] RequestValidationError),
    #[error(transparent)]
    Io(#[from] io::Error),
    #[error("outer: {0}")]
    Outer(#[source] Box<AppError>),
}

fn gone() -> HttpException {
    HttpException::gone().with_detail("long gone").with_header("x-own", "1")
}

#[tokio::test]
async fn built_in_exceptions_are_found_behind_transparent_wrappers() {
    let plain = || Reply::detail(410, "long gone").header("x-own", "1");
    assert_eq!(raised(layer(), || AppError::Http(gone())).await, plain());
    assert_eq!(raised(layer(), || AppHttpError(gone())).await, plain());
    assert_eq!(raised(layer(), || Exception::new(anyhow::Error::from(gone()))).await, plain());
    // The source of a source is not found.
    assert_eq!(raised(layer(), || AppError::Outer(AppError::Http(gone()).into())).await, Reply::unhandled());

    let by_status = || layer().status_handler(410, async |exc: Caught<HttpException>| tag("410", 410, exc));
    let handled = || tagged("410", 410, "410: long gone");
    assert_eq!(raised(by_status(), || AppError::Http(gone())).await, handled());
    assert_eq!(raised(by_status(), || AppHttpError(gone())).await, handled());
    assert_eq!(raised(by_status(), || Exception::new(anyhow::Error::from(gone()))).await, handled());

    let by_type = || layer().exception_handler(async |exc: Caught<HttpException>| tag("http", 410, exc));
    assert_eq!(raised(by_type(), || AppError::Http(gone())).await, tagged("http", 410, "410: long gone"));

    let validation = || RequestValidationError::from(ErrorDetail::missing(["query", "q"]));
    let listed = r#"{"detail":[{"type":"missing","loc":["query","q"],"msg":"Field required","input":null}]}"#;
    assert_eq!(raised(layer(), move || AppError::Validation(validation())).await, Reply::json(422, listed));
}

#[tokio::test]
async fn error_with_a_default_handler_ends_the_search_along_sources() {
    let io = || layer().exception_handler(async |exc: Caught<io::Error>| tag("io", 460, exc));
    let error = || io::Error::other("disk");
    assert_eq!(raised(io(), error).await, tagged("io", 460, "disk"));
    assert_eq!(
        raised(io(), move || AppError::Outer(AppError::Outer(AppError::Io(error()).into()).into())).await,
        Reply::unhandled(),
        "`transparent` hides an `io::Error`, as documented"
    );
    let wrapped = move || HttpException::bad_gateway().with_source(error());
    assert_eq!(raised(io(), wrapped).await, Reply::detail(502, "Bad Gateway"));
    assert_eq!(raised(io(), move || AppHttpError(wrapped())).await, Reply::detail(502, "Bad Gateway"));
}

#[tokio::test]
async fn tower_errors_have_default_statuses() {
    #[derive(Debug, Error)]
    #[error("the database is slow")]
    struct Slow(#[source] Elapsed);

    assert_eq!(raised(layer(), Elapsed::new).await, Reply::detail(504, "Gateway Timeout"));
    assert_eq!(raised(layer(), || Slow(Elapsed::new())).await, Reply::unhandled());
    let by_status = layer().status_handler(504, async |exc: Caught<HttpException>| {
        let cause = exc.cause().unwrap().to_string();
        tag("504", 504, cause)
    });
    assert_eq!(raised(by_status, Elapsed::new).await, tagged("504", 504, "request timed out"));
    let by_type = layer().exception_handler(async |exc: Caught<Elapsed>| tag("Elapsed", 460, exc));
    assert_eq!(raised(by_type.clone(), Elapsed::new).await, tagged("Elapsed", 460, "request timed out"));
    assert_eq!(raised(by_type, || Slow(Elapsed::new())).await, tagged("Elapsed", 460, "request timed out"));
}

#[tokio::test]
async fn no_handler_runs_twice() {
    let both = layer()
        .exception_handler(async |exc: Caught<Child>| exc)
        .exception_handler(async |exc: Caught<Base>| tag("Base", 460, exc));
    assert_eq!(raised(both, || child("child")).await, tagged("Base", 460, "child"));

    let again = layer().exception_handler(async |exc: Caught<HttpException>| exc.into_exception());
    assert_eq!(raised(again, gone).await, Reply::detail(410, "long gone").header("x-own", "1"));

    let ping_pong = layer()
        .exception_handler(async |_: Caught<Child>| Exception::from(Outsider("ping")))
        .exception_handler(async |_: Caught<Outsider>| Exception::from(child("pong")));
    assert_eq!(raised(ping_pong, || child("child")).await, Reply::unhandled());
}

#[tokio::test]
async fn map_exception_result_is_looked_up() {
    let mapped = || {
        layer().map_exception(|error: &Outsider| {
            HttpException::conflict().with_detail(error.0).with_header("x-m", "1")
        })
    };
    let plain = Reply::detail(409, "secret").header("x-m", "1");
    assert_eq!(raised(mapped(), || Outsider("secret")).await, plain);
    let by_status = mapped().status_handler(409, async |exc: Caught<HttpException>| {
        let cause = exc.cause().unwrap().to_string();
        tag("409", 409, cause)
    });
    assert_eq!(raised(by_status, || Outsider("secret")).await, tagged("409", 409, "secret"));
    let by_type = mapped().exception_handler(async |exc: Caught<Outsider>| tag("Outsider", 460, exc));
    assert_eq!(raised(by_type, || Outsider("secret")).await, tagged("Outsider", 460, "secret"));
    let of_a_cause = layer().map_exception(|_: &Base| HttpException::locked());
    assert_eq!(raised(of_a_cause, || child("child")).await, Reply::detail(423, "Locked"));
}

#[tokio::test]
async fn status_handler_500_is_the_catch_all() {
    let by_500 = || {
        layer().status_handler(500, async |exc: Caught<HttpException>| {
            let text = format!("{} <- {}", *exc, exc.cause().unwrap());
            tag("int-500", 500, text)
        })
    };
    let unhandled = || tagged("int-500", 500, "500: Internal Server Error <- secret");
    assert_eq!(raised(by_500(), || Outsider("secret")).await, unhandled());
    let explicit = || HttpException::internal_server_error().with_detail("explicit 500");
    assert_eq!(raised(by_500(), explicit).await, Reply::detail(500, "explicit 500"));

    let later = by_500().exception_handler(async |exc: Exception| tag("Exception", 500, exc));
    assert_eq!(raised(later, || Outsider("secret")).await, tagged("Exception", 500, "secret"));
    let earlier = layer().exception_handler(async |exc: Exception| tag("Exception", 500, exc));
    let merged = earlier.exception_handlers(
        ExceptionHandlers::new()
            .status_handler(StatusCode::INTERNAL_SERVER_ERROR, async |_: Caught<HttpException>| {
                tag("merged", 500, "")
            }),
    );
    assert_eq!(raised(merged, || Outsider("secret")).await, tagged("merged", 500, ""));
}

#[tokio::test]
async fn failing_and_panicking_handlers_give_a_plain_500() {
    let fails = layer().exception_handler(async |_: Exception| HttpException::conflict());
    assert_eq!(raised(fails, || Outsider("secret")).await, Reply::unhandled());
    let panics = layer().exception_handler(async |_: Exception| -> () { panic!("in the catch-all") });
    assert_eq!(raised(panics, || Outsider("secret")).await, Reply::unhandled());

    let typed = || layer().exception_handler(async |_: Caught<Outsider>| -> () { panic!("in a handler") });
    assert_eq!(raised(typed(), || Outsider("secret")).await, Reply::unhandled());
    let caught = typed().exception_handler(async |exc: Caught<Panic>| tag("Panic", 460, exc.message()));
    assert_eq!(raised(caught, || Outsider("secret")).await, tagged("Panic", 460, "in a handler"));
    let before_it_waits = layer().exception_handler(|_: Caught<Outsider>| -> std::future::Ready<()> {
        panic!("before there is a future")
    });
    assert_eq!(raised(before_it_waits, || Outsider("secret")).await, Reply::unhandled());
}

#[tokio::test]
async fn last_registered_handler_wins() {
    let twice = layer()
        .exception_handler(async |exc: Caught<Base>| tag("first", 460, exc))
        .exception_handler(async |exc: Caught<Base>| tag("second", 460, exc))
        .status_handler(404, async |exc: Caught<HttpException>| tag("first", 460, exc))
        .status_handler(404, async |exc: Caught<HttpException>| tag("second", 460, exc));
    assert_eq!(raised(twice.clone(), || Base("base")).await, tagged("second", 460, "base"));
    assert_eq!(raised(twice, HttpException::not_found).await, tagged("second", 460, "404: Not Found"));
}

#[tokio::test]
async fn inner_layer_handlers_run_before_outer_ones() {
    let inner = layer().exception_handler(async |exc: Caught<Base>| tag("inner", 460, exc));
    let outer = layer()
        .exception_handler(async |exc: Caught<Base>| tag("outer", 460, exc))
        .exception_handler(async |exc: Caught<Outsider>| tag("outer", 460, exc))
        .status_handler(460, async |_: Caught<HttpException>| tag("never", 500, ""))
        .status_handler(410, async |exc: Caught<HttpException>| tag("outer", 410, exc))
        .exception_handler(async |exc: Exception| tag("outer catch-all", 500, exc));
    let nested = |error: fn() -> Exception| raising(inner.clone(), error).layer(outer.clone());
    let mut table = Table::default();
    for (error, reply) in [
        // Handled by the inner layer: final.
        ((|| Base("base").into()) as fn() -> Exception, tagged("inner", 460, "base")),
        // The inner layer has no handler, so the outer one may handle it.
        (|| Outsider("secret").into(), tagged("outer", 460, "secret")),
        (|| gone().into(), tagged("outer", 410, "410: long gone")),
        (|| BoomInHandler.into(), tagged("outer catch-all", 500, "boom")),
        (|| HttpException::conflict().into(), Reply::detail(409, "Conflict")),
    ] {
        table.assert_eq(format_args!("{}", error()), fetch(&nested(error), "/").await, reply);
    }
}

#[derive(Clone)]
struct App(&'static str);

struct Denied;

impl<S: Sync> FromRequestParts<S> for Denied {
    type Rejection = HttpException;

    async fn from_request_parts(_: &mut Parts, _: &S) -> Result<Self, HttpException> {
        Err(HttpException::forbidden().with_detail("the handler may not know"))
    }
}

async fn with_extractors(
    State(app): State<App>,
    method: Method,
    uri: Uri,
    route: MatchedPath,
    headers: HeaderMap,
    Path(name): Path<String>,
    Extension(number): Extension<u8>,
    exc: Caught<Outsider>,
) -> String {
    let header = headers["x-in"].to_str().unwrap().to_owned();
    format!("{} {method} {uri} {} {header} {name} {number} {exc}", app.0, route.as_str())
}

#[tokio::test]
async fn handlers_can_use_extractors_and_state() {
    let layer = ErrorHandlingLayer::new()
        .exception_handler(with_extractors)
        .exception_handler(async |_: Denied, _: Caught<Base>| "never")
        .exception_handler(async |State(app): State<App>, exc: Caught<BoomInHandler>| {
            format!("{} {exc}", app.0)
        })
        .with_state(App("app"));
    let app = Router::new()
        .route("/items/{name}", get(async || Exception::from(Outsider("secret"))))
        .route("/base", get(async || Exception::from(Base("base"))))
        .route("/boom", get(async || Exception::from(BoomInHandler)))
        .layer(layer)
        .layer(Extension(7_u8));
    let mut question = request("GET", "/items/foo?q=1");
    question.headers_mut().insert("x-in", "h".parse().unwrap());
    let text = |text| Reply::text(200, "text/plain; charset=utf-8", text);
    assert_eq!(send(&app, question).await, text("app GET /items/foo?q=1 /items/{name} h foo 7 secret"));
    assert_eq!(fetch(&app, "/boom").await, text("app boom"));
    assert_eq!(fetch(&app, "/base").await, Reply::detail(403, "the handler may not know"));
}

#[tokio::test]
async fn handlers_can_modify_default_responses() {
    fn reused(mut response: Response, what: &'static str) -> Response {
        response.headers_mut().insert("x-reused", what.parse().unwrap());
        response
    }
    let layer = layer()
        .exception_handler(async |exc: Caught<HttpException>| reused(handlers::http_exception(&exc), "http"))
        .exception_handler(async |exc: Caught<RequestValidationError>| {
            reused(handlers::request_validation(&exc), "validation")
        })
        .exception_handler(async |exc: Exception| reused(handlers::default(&exc), "default"));
    assert_eq!(
        raised(layer.clone(), gone).await,
        Reply::detail(410, "long gone").header("x-own", "1").header("x-reused", "http")
    );
    let validation = || RequestValidationError::from(ErrorDetail::missing(["query", "q"]));
    let listed = r#"{"detail":[{"type":"missing","loc":["query","q"],"msg":"Field required","input":null}]}"#;
    assert_eq!(
        raised(layer.clone(), validation).await,
        Reply::json(422, listed).header("x-reused", "validation")
    );
    assert_eq!(raised(layer, || Outsider("secret")).await, Reply::unhandled().header("x-reused", "default"));
}

#[test]
#[should_panic(expected = "invalid HTTP status")]
fn status_handler_panics_on_an_invalid_status() {
    let _ = layer().status_handler(1000, async |_: Caught<HttpException>| ());
}
