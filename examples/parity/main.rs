//! The app of `tests/parity/app.py`, which is written in FastAPI, with the same routes, types and handlers.
//! Both return the same responses, errors included.
//!
//! `cargo run --example parity` listens on port 8401, or on `$PORT`.

#![allow(clippy::unwrap_used)]

mod body;
mod form;
mod handlers;
mod header;
mod http;
mod models;
mod multi;
mod path;
mod query;
mod response;
mod route;
mod rules;
mod tutorial;
mod types;
mod unions;
mod ws;

use axum::{Router, routing::MethodRouter};
use axum_exception::{ErrorHandlingLayer, extract::Json};
use serde::Serialize;
use tokio::net::TcpListener;

pub(crate) fn app() -> Router {
    Router::new()
        .nest("/http", http::routes())
        .nest("/route", route::routes())
        .nest("/v", sources())
        .nest("/t", types::routes().merge(rules::routes()))
        .nest("/u", unions::routes())
        .nest("/m", models::routes())
        .nest("/r", response::routes())
        .nest("/ws", ws::routes())
        .nest("/tutorial", tutorial::routes())
        // Each has its own exception handlers, which also handle the paths that none of its routes matches.
        .nest_service("/h/", handlers::h())
        .nest_service("/h500/", handlers::h500())
        .nest_service("/hexc/", handlers::hexc())
        .nest_service("/hexcbad/", handlers::hexcbad())
        .nest_service("/hs/", handlers::hs())
        .nest_service("/hv/", handlers::hv())
        .nest_service("/hreuse/", handlers::hreuse())
        .layer(ErrorHandlingLayer::new())
}

/// Routes that validate each source.
fn sources() -> Router {
    path::routes()
        .merge(query::routes())
        .merge(header::routes())
        .merge(body::routes())
        .merge(form::routes())
        .merge(multi::routes())
}

/// A response with the parsed value.
#[derive(Serialize)]
struct Understood<T> {
    ok: T,
}

fn ok<T>(value: T) -> Json<Understood<T>> {
    Json(Understood { ok: value })
}

/// Returns an empty JSON object.
async fn empty() -> axum_exception::Value {
    axum_exception::value::Map::new().into()
}

/// Builds a router from a table of routes.
fn table<const N: usize>(routes: [(&str, MethodRouter); N]) -> Router {
    routes.into_iter().fold(Router::new(), |router, (path, method)| router.route(path, method))
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    tracing_subscriber::fmt::init();
    let port = std::env::var("PORT").ok().and_then(|port| port.parse().ok()).unwrap_or(8401);
    let listener = TcpListener::bind(("127.0.0.1", port)).await?;
    println!("Listening on http://{}", listener.local_addr()?);
    axum::serve(listener, app()).await
}
