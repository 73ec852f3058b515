//! `ErrorHandlingLayer`: which failures it handles, in every position, and which responses it leaves unchanged.

use std::{
    convert::Infallible,
    future::{Ready, ready},
    io,
    task::{Context, Poll},
    time::Duration,
};

use axum::{
    BoxError, Json, Router,
    body::Body,
    extract::Request,
    http::{Response, StatusCode, header},
    middleware::{Next, from_fn},
    response::{Html, IntoResponse, Redirect},
    routing::get,
};
use axum_exception::{Caught, ErrorHandlingLayer, Exception, HttpException, Panic, Result, extract};
use http_body_util::BodyExt;
use serde_json::json;
use tower::{
    Layer, Service, ServiceBuilder, ServiceExt, load_shed::LoadShedLayer, service_fn, timeout::TimeoutLayer,
};
use tower_http::{limit::RequestBodyLimitLayer, timeout::TimeoutLayer as StatusTimeoutLayer};

use crate::support::{Reply, get as fetch, request, send, table::Table};

fn layer() -> ErrorHandlingLayer {
    ErrorHandlingLayer::new()
}

/// The replies of the app without and with the layer.
async fn both(app: impl Fn() -> Router, path: &str) -> (Reply, Reply) {
    (fetch(&app(), path).await, fetch(&app().layer(layer()), path).await)
}

#[tokio::test]
async fn app_responses_pass_unchanged() {
    fn app() -> Router {
        let stream = || Body::from_stream(futures_util::stream::iter([Ok::<_, io::Error>("a"), Ok("b")]));
        Router::new()
            .route("/json-404", get(async || (StatusCode::NOT_FOUND, Json(json!({"mine": 1})))))
            .route("/text-404", get(async || (StatusCode::NOT_FOUND, "not here")))
            .route("/html-500", get(async || (StatusCode::INTERNAL_SERVER_ERROR, Html("<h1>Oops</h1>"))))
            .route("/empty-json", get(async || (StatusCode::BAD_REQUEST, [(header::CONTENT_TYPE, "a/b")])))
            .route("/redirect", get(async || Redirect::temporary("/elsewhere")))
            .route("/not-modified", get(async || (StatusCode::NOT_MODIFIED, [(header::ETAG, "\"x\"")])))
            .route("/no-content", get(async || StatusCode::NO_CONTENT))
            .route("/continue", get(async || StatusCode::SWITCHING_PROTOCOLS))
            .route("/stream", get(async move || (StatusCode::BAD_GATEWAY, stream())))
            .route("/ok", get(async || "ok"))
    }
    let mut table = Table::default();
    for path in [
        "/json-404",
        "/text-404",
        "/html-500",
        "/empty-json",
        "/redirect",
        "/not-modified",
        "/no-content",
        "/continue",
        "/stream",
        "/ok",
    ] {
        let (without, with) = both(app, path).await;
        table.assert_eq(path, without, with);
    }
}

#[tokio::test]
async fn empty_error_statuses_are_converted() {
    fn app() -> Router {
        Router::new()
            .route("/get", get(async || "ok"))
            .route("/err", get(async || Err::<(), _>(StatusCode::IM_A_TEAPOT)))
            .route("/unknown", get(async || StatusCode::from_u16(499).unwrap()))
            .route("/auth", get(async || (StatusCode::UNAUTHORIZED, [(header::WWW_AUTHENTICATE, "Bearer")])))
    }
    let with = app().layer(layer());
    assert_eq!(fetch(&with, "/nope").await, Reply::detail(404, "Not Found"));
    assert_eq!(fetch(&with, "/get/").await, Reply::detail(404, "Not Found"));
    assert_eq!(
        send(&with, request("DELETE", "/get")).await,
        Reply::detail(405, "Method Not Allowed").header("allow", "GET,HEAD")
    );
    assert_eq!(fetch(&with, "/err").await, Reply::detail(418, "I'm a Teapot"));
    assert_eq!(fetch(&with, "/unknown").await, Reply::detail(499, ""));
    assert_eq!(
        fetch(&with, "/auth").await,
        Reply::detail(401, "Unauthorized").header("www-authenticate", "Bearer")
    );
    let off = app().layer(layer().convert_empty_errors(false));
    let mut table = Table::default();
    for path in ["/nope", "/err", "/auth"] {
        table.assert_eq(path, fetch(&off, path).await, fetch(&app(), path).await);
    }
}

#[tokio::test]
async fn empty_error_statuses_run_status_handlers() {
    let layer = layer().status_handler(404, async |exc: Caught<HttpException>| {
        (StatusCode::NOT_FOUND, format!("custom {}", *exc))
    });
    let app = Router::new().route("/", get(async || "ok")).layer(layer);
    assert_eq!(
        fetch(&app, "/nope").await,
        Reply::text(404, "text/plain; charset=utf-8", "custom 404: Not Found")
    );
}

#[tokio::test]
async fn panics_in_call_and_poll_are_500() {
    let panics = async || -> () { panic!("{} secret", 1) };
    let app = Router::new().route("/", get(panics)).layer(layer());
    assert_eq!(fetch(&app, "/").await, Reply::unhandled());

    let in_call = service_fn(|_: Request| -> Ready<Result<Response<Body>, Infallible>> { panic!("in call") });
    assert_eq!(fetch(&layer().layer(in_call), "/").await, Reply::unhandled());

    let late = async || -> () {
        tokio::task::yield_now().await;
        std::panic::panic_any(7_u8)
    };
    let caught = layer().exception_handler(async |exc: Caught<Panic>| exc.message().to_owned());
    let app = Router::new().route("/", get(late)).layer(caught);
    assert_eq!(
        fetch(&app, "/").await,
        Reply::text(200, "text/plain; charset=utf-8", "a value that is not a string")
    );
}

#[tokio::test]
async fn capture_locations_records_panic_locations() {
    Panic::capture_locations();
    Panic::capture_locations();
    let caught = layer().exception_handler(async |exc: Caught<Panic>| {
        assert_eq!(exc.message(), "here");
        exc.location().unwrap().split(':').next().unwrap().replace('\\', "/")
    });
    let app = Router::new().route("/", get(async || -> () { panic!("here") })).layer(caught);
    assert_eq!(fetch(&app, "/").await, Reply::text(200, "text/plain; charset=utf-8", "tests/it/layer.rs"));
}

#[tokio::test(start_paused = true)]
async fn inner_service_errors_are_converted() {
    let slow = || Router::new().route("/", get(std::future::pending::<()>));
    let timeout = TimeoutLayer::new(Duration::from_secs(1));
    let app = slow().layer(ServiceBuilder::new().layer(layer()).layer(timeout.clone()));
    assert_eq!(fetch(&app, "/").await, Reply::detail(504, "Gateway Timeout"));
    let stacked = slow().layer(ServiceBuilder::new().layer(layer()).buffer(8).load_shed().layer(timeout));
    assert_eq!(fetch(&stacked, "/").await, Reply::detail(504, "Gateway Timeout"));
    let status = StatusTimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, Duration::from_secs(1));
    let app = slow().layer(status).layer(layer());
    assert_eq!(fetch(&app, "/").await, Reply::detail(408, "Request Timeout"));

    let failing = service_fn(|_: Request| ready(Err::<Response<Body>, BoxError>("secret".into())));
    assert_eq!(fetch(&layer().layer(failing), "/").await, Reply::unhandled());
    let raising = service_fn(|_: Request| ready(Err::<Response<Body>, _>(HttpException::conflict())));
    assert_eq!(fetch(&layer().layer(raising), "/").await, Reply::detail(409, "Conflict"));
}

/// A service whose `poll_ready` fails.
#[derive(Clone)]
struct Broken(fn() -> Result<(), BoxError>);

impl Service<Request> for Broken {
    type Response = Response<Body>;
    type Error = BoxError;
    type Future = Ready<Result<Response<Body>, BoxError>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(self.0())
    }

    fn call(&mut self, _: Request) -> Self::Future {
        ready(Ok(Response::new(Body::from("called although it was not ready"))))
    }
}

#[tokio::test]
async fn poll_ready_errors_are_returned_by_call() {
    let fails = layer().layer(Broken(|| Err(HttpException::service_unavailable().into())));
    assert_eq!(fetch(&fails, "/").await, Reply::detail(503, "Service Unavailable"));
    let panics = layer().layer(Broken(|| panic!("not ready")));
    assert_eq!(fetch(&panics, "/").await, Reply::unhandled());

    let mut first = layer().layer(Broken(|| Err("secret".into())));
    first.ready().await.unwrap();
    let mut clone = first.clone();
    // The clone was not polled for readiness, so it has no error.
    let response = clone.call(request("GET", "/")).await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(first.call(request("GET", "/")).await.unwrap().status(), 500);
}

#[tokio::test]
async fn load_shedding_is_503() {
    let busy = tower::limit::GlobalConcurrencyLimitLayer::new(0);
    let app = Router::new()
        .route("/", get(async || "ok"))
        .layer(ServiceBuilder::new().layer(layer()).layer(LoadShedLayer::new()).layer(busy));
    assert_eq!(fetch(&app, "/").await, Reply::detail(503, "Service Unavailable"));
}

#[tokio::test]
async fn middleware_can_raise_exceptions() {
    async fn guard(request: Request, next: Next) -> Result<Response<Body>> {
        if request.uri().path() == "/secret" {
            return Err(HttpException::unauthorized().with_header("www-authenticate", "Bearer").into());
        }
        Ok(next.run(request).await)
    }
    let app = Router::new()
        .route("/", get(async || "ok"))
        .layer(ServiceBuilder::new().layer(layer()).layer(from_fn(guard)));
    assert_eq!(
        fetch(&app, "/secret").await,
        Reply::detail(401, "Unauthorized").header("www-authenticate", "Bearer")
    );
    assert_eq!(fetch(&app, "/").await, Reply::text(200, "text/plain; charset=utf-8", "ok"));
}

/// The same failures, with the layer in every position.
#[tokio::test]
async fn layer_works_in_every_position() {
    fn app() -> Router {
        Router::new()
            .route("/raise", get(async || HttpException::gone()))
            .route("/panic", get(async || -> () { panic!("secret") }))
            .route("/get", get(async || "ok"))
    }
    async fn check<S>(app: S, place: &str)
    where
        S: Service<Request, Response = Response<Body>, Error = Infallible> + Clone,
    {
        assert_eq!(fetch(&app, "/raise").await, Reply::detail(410, "Gone"), "{place}");
        assert_eq!(fetch(&app, "/panic").await, Reply::unhandled(), "{place}");
        assert_eq!(fetch(&app, "/nope").await, Reply::detail(404, "Not Found"), "{place}");
        assert_eq!(
            send(&app, request("POST", "/get")).await,
            Reply::detail(405, "Method Not Allowed").header("allow", "GET,HEAD"),
            "{place}"
        );
    }
    check(app().layer(layer()), "in the router").await;
    check(app().layer(ServiceBuilder::new().layer(layer())), "in a ServiceBuilder in the router").await;
    check(layer().layer(app()), "around the router").await;
    check(
        ServiceBuilder::new().layer(layer()).layer(RequestBodyLimitLayer::new(1024)).service(app()),
        "around a stack with a body of its own",
    )
    .await;
    check(Router::new().fallback_service(layer().layer(app())), "as a fallback").await;
    check(app().layer(layer()).layer(layer()), "twice").await;
}

#[tokio::test]
async fn layer_on_a_nested_service_handles_unknown_paths_below_it() {
    let inner = Router::new().route("/known", get(async || "ok"));
    let catching =
        layer().status_handler(404, async |_: Caught<HttpException>| (StatusCode::NOT_FOUND, "inner"));
    let app = Router::new().nest_service("/h/", inner.layer(catching)).layer(layer());
    assert_eq!(fetch(&app, "/h/unknown").await, Reply::text(404, "text/plain; charset=utf-8", "inner"));
    assert_eq!(fetch(&app, "/unknown").await, Reply::detail(404, "Not Found"));
}

#[tokio::test]
async fn default_responses_are_sent_without_the_layer() {
    let app = Router::new()
        .route("/gone", get(async || HttpException::gone().with_header("x-own", "1")))
        .route("/io", get(async || Exception::from(io::Error::other("secret"))))
        .route("/question", get(async || -> Result<()> { Err(io::Error::other("secret"))? }))
        .route("/axum", get(async || -> axum::response::Result<()> { Err(HttpException::conflict().into()) }))
        .route("/status", get(async || Exception::from_status(StatusCode::LOCKED)))
        .route("/text", get(async || Exception::new("secret")));
    assert_eq!(fetch(&app, "/gone").await, Reply::detail(410, "Gone").header("x-own", "1"));
    assert_eq!(fetch(&app, "/io").await, Reply::unhandled());
    assert_eq!(fetch(&app, "/question").await, Reply::unhandled());
    assert_eq!(fetch(&app, "/axum").await, Reply::detail(409, "Conflict"));
    assert_eq!(fetch(&app, "/status").await, Reply::detail(423, "Locked"));
    assert_eq!(fetch(&app, "/text").await, Reply::unhandled());
}

#[tokio::test]
async fn outer_middleware_can_read_the_exception() {
    let layer = layer().exception_handler(async |_: Caught<io::Error>| "handled");
    let app = Router::new()
        .route("/handled", get(async || Exception::from(io::Error::other("cause"))))
        .route("/default", get(async || HttpException::gone()))
        .route("/ok", get(async || "ok"))
        .layer(layer);
    let seen = async |path| {
        let response = app.clone().oneshot(request("GET", path)).await.unwrap();
        let seen = Exception::from_response(&response).map(ToString::to_string);
        let _ = response.into_body().collect().await.unwrap();
        seen
    };
    assert_eq!(seen("/handled").await.as_deref(), Some("cause"));
    assert_eq!(seen("/default").await.as_deref(), Some("410: Gone"));
    assert_eq!(seen("/ok").await, None);
}

#[tokio::test]
async fn handler_responses_obey_http_body_rules() {
    let layer = layer()
        .status_handler(410, async |_: Caught<HttpException>| (StatusCode::NO_CONTENT, "no room for a body"))
        .status_handler(411, async |_: Caught<HttpException>| {
            (StatusCode::RESET_CONTENT, Json(json!({"no": "room"})))
        })
        .status_handler(412, async |_: Caught<HttpException>| StatusCode::SWITCHING_PROTOCOLS)
        .status_handler(417, async |_: Caught<HttpException>| StatusCode::from_u16(700).unwrap())
        .status_handler(421, async |_: Caught<HttpException>| StatusCode::NOT_FOUND);
    let app = Router::new()
        .route("/{status}", get(async |p: axum::extract::Path<u16>| HttpException::new(*p).into_response()))
        .layer(layer);
    assert_eq!(fetch(&app, "/410").await, Reply::empty(204));
    assert_eq!(fetch(&app, "/411").await, Reply::empty(205));
    assert_eq!(fetch(&app, "/412").await, Reply::unhandled());
    assert_eq!(fetch(&app, "/417").await, Reply::unhandled());
    assert_eq!(fetch(&app, "/421").await, Reply::empty(404), "a handler may return an empty status");
}

/// In axum, `(StatusCode::CREATED, body)` overrides the body's own status.
#[tokio::test]
async fn status_in_a_tuple_does_not_turn_an_error_into_a_success() {
    struct Unserializable;
    impl serde::Serialize for Unserializable {
        fn serialize<S: serde::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
            Err(serde::ser::Error::custom("secret"))
        }
    }
    let app = Router::new()
        .route("/json", get(async || (StatusCode::CREATED, extract::Json(Unserializable))))
        .route("/not-found", get(async || (StatusCode::CREATED, HttpException::not_found())))
        .route("/error", get(async || (StatusCode::SEE_OTHER, Exception::from(io::Error::other("secret")))))
        // An error status is kept.
        .route("/gone", get(async || (StatusCode::GONE, HttpException::not_found())))
        .route("/no-content", get(async || (StatusCode::OK, HttpException::new(204))))
        .layer(layer());
    assert_eq!(fetch(&app, "/json").await, Reply::unhandled());
    assert_eq!(fetch(&app, "/not-found").await, Reply::detail(404, "Not Found"));
    assert_eq!(fetch(&app, "/error").await, Reply::unhandled());
    assert_eq!(fetch(&app, "/gone").await, Reply::detail(410, "Not Found"));
    assert_eq!(fetch(&app, "/no-content").await, Reply::empty(200));
}

/// The payload of a panic may itself panic when it is dropped.
#[tokio::test]
async fn panic_payload_that_panics_on_drop_is_contained() {
    struct Bomb(u8);
    impl Drop for Bomb {
        fn drop(&mut self) {
            if self.0 > 0 && !std::thread::panicking() {
                std::panic::panic_any(Bomb(self.0 - 1));
            }
        }
    }
    let app =
        Router::new().route("/bomb", get(async || -> () { std::panic::panic_any(Bomb(2)) })).layer(layer());
    assert_eq!(fetch(&app, "/bomb").await, Reply::unhandled());
}
