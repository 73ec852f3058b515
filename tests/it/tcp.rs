//! Replies over TCP: lengths, replies to HEAD, and connections that stay usable.

use axum::{
    Router,
    http::StatusCode,
    routing::{any_service, get},
};
use axum_exception::{Caught, ErrorHandlingLayer, HttpException};
use tower::Layer;

use crate::support::{Reply, tcp::Connection};

fn app() -> Router {
    Router::new()
        .route("/raise/{status}", get(async |path: axum::extract::Path<u16>| HttpException::new(*path)))
        .route("/panic", get(async || -> () { panic!("secret") }))
        .route("/long", get(async || (StatusCode::CONFLICT, "x".repeat(1000))))
        .route("/handled", get(async || HttpException::gone().with_detail("x".repeat(1000))))
}

fn layer() -> ErrorHandlingLayer {
    ErrorHandlingLayer::new().status_handler(410, async |_: Caught<HttpException>| {
        (StatusCode::GONE, [("content-length", "4"), ("content-type", "a/b")], "gone")
    })
}

/// Sends every request on one connection, so that a reply with a wrong length breaks the next one.
async fn every_failure(app: Router) {
    let mut connection = Connection::to(app).await;
    assert_eq!(connection.get("/panic").await, Reply::unhandled());
    assert_eq!(connection.get("/nope").await, Reply::detail(404, "Not Found"));
    assert_eq!(connection.get("/handled").await, Reply::text(410, "a/b", "gone"));
    for status in [204, 205, 304] {
        assert_eq!(connection.get(&format!("/raise/{status}")).await, Reply::empty(status));
    }
    assert_eq!(connection.get("/raise/101").await, Reply::unhandled());
    assert_eq!(connection.get("/raise/599").await, Reply::detail(599, ""));
    assert_eq!(
        connection.send("DELETE", "/panic", &[], b"").await,
        Reply::detail(405, "Method Not Allowed").header("allow", "GET,HEAD")
    );
    for (path, reply) in [
        ("/nope", Reply::detail(404, "Not Found")),
        ("/panic", Reply::unhandled()),
        ("/handled", Reply::text(410, "a/b", "gone")),
        ("/raise/418", Reply::detail(418, "I'm a Teapot")),
        ("/long", Reply::text(409, "text/plain; charset=utf-8", "")),
    ] {
        assert_eq!(connection.send("HEAD", path, &[], b"").await, reply.without_body(), "{path}");
    }
    assert_eq!(connection.get("/raise/400").await, Reply::detail(400, "Bad Request"));
}

#[tokio::test]
async fn layer_in_the_router_keeps_the_connection_usable() {
    every_failure(app().layer(layer())).await;
}

#[tokio::test]
async fn layer_around_the_router_keeps_the_connection_usable() {
    every_failure(Router::new().fallback_service(any_service(layer().layer(app())))).await;
}
