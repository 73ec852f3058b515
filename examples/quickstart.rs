//! An Axum app with one more line. Run it with `cargo run --example quickstart`, and try the commands that it prints.

use axum::{
    Json, Router,
    extract::{Path, Query},
    http::StatusCode,
    response::IntoResponse,
    routing::{get, post},
};
use axum_exception::{Caught, ErrorHandlingLayer, HttpException, OrRaise, Panic, Result};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::net::TcpListener;

#[derive(Deserialize, Serialize)]
struct Item {
    title: String,
    size: i32,
}

#[derive(Deserialize)]
struct Search {
    limit: u32,
}

#[derive(Debug, thiserror::Error)]
enum UnicornError {
    #[error("{0} is a wild one")]
    Wild(String),
}

async fn read_item(Path(item_id): Path<String>) -> Result<Json<Value>> {
    let item = (item_id == "foo").then_some("The Foo Wrestlers");
    let item = item
        .or_raise((404, "Item not found"))
        .map_err(|e| e.with_header("x-error", "There goes my error"))?;
    Ok(Json(json!({ "item": item })))
}

async fn create_item(Json(item): Json<Item>) -> Json<Item> {
    Json(item)
}

async fn read_user(Path(user_id): Path<u32>) -> Json<Value> {
    Json(json!({ "user_id": user_id }))
}

async fn search(Query(search): Query<Search>) -> Json<Value> {
    Json(json!({ "limit": search.limit }))
}

async fn read_unicorn(Path(name): Path<String>) -> Result<Json<Value>> {
    if name == "yolo" {
        return Err(UnicornError::Wild(name).into());
    }
    Ok(Json(json!({ "unicorn_name": name })))
}

async fn on_unicorn_error(error: Caught<UnicornError>) -> impl IntoResponse {
    let UnicornError::Wild(name) = &*error;
    let message = format!("Oops! {name} did something. There goes a rainbow...");
    (StatusCode::IM_A_TEAPOT, Json(json!({ "message": message })))
}

async fn io() -> Result<String> {
    Ok(tokio::fs::read_to_string("/no/such/file").await?)
}

#[allow(clippy::panic)]
async fn panic() -> &'static str {
    panic!("this handler panics")
}

async fn raise(Path(status): Path<u16>) -> HttpException {
    HttpException::new(status)
}

pub(crate) fn app() -> Router {
    Router::new()
        .route("/items/{item_id}", get(read_item))
        .route("/items", post(create_item))
        .route("/users/{user_id}", get(read_user))
        .route("/search", get(search))
        .route("/unicorns/{name}", get(read_unicorn))
        .route("/io", get(io))
        .route("/panic", get(panic))
        .route("/raise/{status}", get(raise))
        .layer(ErrorHandlingLayer::new().exception_handler(on_unicorn_error))
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    tracing_subscriber::fmt::init();
    Panic::capture_locations();
    let port = std::env::var("PORT").ok().and_then(|port| port.parse().ok()).unwrap_or(3000);
    let listener = TcpListener::bind(("127.0.0.1", port)).await?;
    let url = format!("http://{}", listener.local_addr()?);
    println!("Listening on {url}. Try:");
    println!("  curl -i {url}/items/bar");
    println!("  curl -i {url}/unicorns/yolo");
    println!("  curl -i {url}/items --json '{{\"title\":\"towel\",\"size\":\"XL\"}}'");
    println!("  curl -i {url}/users/abc");
    println!("  curl -i {url}/nope");
    println!("  curl -i {url}/io");
    axum::serve(listener, app()).await
}
