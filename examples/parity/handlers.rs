//! Exception handlers: which one runs, and what it receives.

use axum::{
    Router,
    http::{HeaderValue, StatusCode},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use axum_exception::{
    Caught, ErrorDetail, ErrorHandlingLayer, Exception, HttpException, RequestValidationError, Result, Value,
    extract::{All, Json, Params, Path, Query},
    handlers,
};
use thiserror::Error;

use super::{Understood, body::Item, empty, ok, query::Q};

// Where Python has subclasses, Rust has sources.

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
struct ValueError(&'static str);

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

/// Raises the exception of that name.
async fn raise(Path(kind): Path<String>) -> Exception {
    match kind.as_str() {
        "base" => Base("base").into(),
        "child" => child("child").into(),
        "grandchild" => GrandChild("grandchild", child("grandchild")).into(),
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
        "rve" => RequestValidationError::from(ErrorDetail::new("x", "body", "m")).into(),
        "http-422" => HttpException::unprocessable_content().with_detail("explicit").into(),
        _ => ValueError("secret").into(),
    }
}

/// Returns a response that names its handler.
fn tag(name: &'static str, status: u16, text: &impl ToString) -> Response {
    let body = Value::from_iter([("exc", text.to_string()), ("handler", name.to_owned())]);
    (StatusCode::from_u16(status).unwrap(), [("x-handler", name)], body).into_response()
}

/// Returns the detail of an exception and the name of its handler.
fn detailed(name: &'static str, exception: &HttpException) -> Value {
    Value::from_iter([("detail", exception.detail().clone()), ("handler", name.into())])
}

pub(crate) fn h() -> Router {
    let layer = ErrorHandlingLayer::new()
        .exception_handler(async |exc: Caught<Base>| tag("Base", 460, &exc))
        .exception_handler(async |exc: Caught<Child>| tag("Child", 461, &exc))
        .status_handler(404, async |exc: Caught<HttpException>| {
            (StatusCode::NOT_FOUND, [("x-handler", "int-404")], detailed("int-404", &exc))
        })
        .status_handler(405, async |exc: Caught<HttpException>| {
            // The response already has `Allow`, which is kept.
            (StatusCode::METHOD_NOT_ALLOWED, detailed("int-405", &exc))
        })
        .status_handler(418, async |exc: Caught<HttpException>| tag("int-418", 418, &exc))
        .status_handler(422, async |exc: Caught<HttpException>| tag("int-422", 422, &exc))
        .exception_handler(async |exc: Exception| tag("Exception", 500, &exc))
        .exception_handler(async |exc: Caught<AppHttpError>| {
            tag("AppHTTPError", exc.0.status().as_u16(), &exc)
        })
        .exception_handler(async |_: Caught<BoomInHandler>| -> Result<()> {
            Err(ValueError("handler failed").into())
        })
        .exception_handler(async |_: Caught<RaisesOther>| Exception::from(child("from handler")))
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
        .route("/raise/{kind}", get(raise))
        .route("/item", post(async |Json(item): Json<Item>| ok(item)))
        .route("/returned-404", get(async || (StatusCode::NOT_FOUND, Value::from_iter([("returned", true)]))))
        .route("/get-only", get(empty))
        .layer(layer)
}

pub(crate) fn h500() -> Router {
    // It receives a 500 with the unhandled error as its source.
    let on_500 = async |exc: Caught<HttpException>| tag("int-500", 500, &exc.cause().unwrap());
    Router::new()
        .route("/raise/{kind}", get(raise))
        .layer(ErrorHandlingLayer::new().status_handler(500, on_500))
}

pub(crate) fn hexc() -> Router {
    let on_exception = async |exc: Exception| {
        let body = Value::from_iter([("handler", "Exception"), ("msg", &exc.to_string())]);
        (StatusCode::SERVICE_UNAVAILABLE, [("retry-after", "1")], body)
    };
    Router::new()
        .route("/raise/{kind}", get(raise))
        .route("/rve", get(read_q))
        .layer(ErrorHandlingLayer::new().exception_handler(on_exception))
}

pub(crate) fn hexcbad() -> Router {
    let on_exception =
        async |_: Exception| -> Result<()> { Err(ValueError("the handler itself failed").into()) };
    Router::new()
        .route("/raise/{kind}", get(raise))
        .layer(ErrorHandlingLayer::new().exception_handler(on_exception))
}

/// The overrides of FastAPI's tutorial: plain text instead of JSON.
pub(crate) fn hs() -> Router {
    let layer = ErrorHandlingLayer::new()
        .exception_handler(async |exc: Caught<HttpException>| {
            let detail = exc.detail();
            (exc.status(), detail.as_str().map_or_else(|| detail.to_string(), str::to_owned))
        })
        .exception_handler(async |exc: Caught<RequestValidationError>| {
            let mut message = "Validation errors:".to_owned();
            for error in exc.errors() {
                message += &format!("\nField: {}, Error: {}", Value::from(error.loc()), error.msg());
            }
            (StatusCode::BAD_REQUEST, message)
        });
    Router::new().route("/items/{item_id}", get(read_item)).layer(layer)
}

/// Returns the body and the endpoint that a validation error carries.
pub(crate) fn hv() -> Router {
    let layer = ErrorHandlingLayer::new().exception_handler(async |exc: Caught<RequestValidationError>| {
        let errors: Vec<Value> = exc.errors().iter().map(Value::from).collect();
        let body = Value::from_iter([
            ("body", exc.body().cloned().into()),
            ("errors", errors.into()),
            ("path", Value::from(exc.endpoint().map(ToString::to_string))),
        ]);
        (StatusCode::BAD_REQUEST, body)
    });
    Router::new()
        .route("/items/{item_id}", post(async |All((_, Json(item))): All<(Path<i64>, Json<Item>)>| ok(item)))
        .route("/q", get(read_q))
        .layer(layer)
}

/// Reuses the default responses and adds a header.
pub(crate) fn hreuse() -> Router {
    fn reused(mut response: Response, what: &'static str) -> Response {
        response.headers_mut().insert("x-reused", HeaderValue::from_static(what));
        response
    }
    let layer = ErrorHandlingLayer::new()
        .exception_handler(async |exc: Caught<HttpException>| reused(handlers::http_exception(&exc), "http"))
        .exception_handler(async |exc: Caught<RequestValidationError>| {
            reused(handlers::request_validation(&exc), "validation")
        });
    Router::new().route("/items/{item_id}", get(read_item)).layer(layer)
}

async fn read_item(Path(item_id): Path<i64>) -> Result<Json<Understood<i64>>> {
    if item_id == 3 {
        return Err(HttpException::im_a_teapot().with_detail("Nope! I don't like 3.").into());
    }
    Ok(ok(item_id))
}

async fn read_q(Query(Params(Q { q })): Query<Params<Q>>) -> Json<Understood<i64>> {
    ok(q)
}
