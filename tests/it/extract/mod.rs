//! The extractors in an app. FastAPI's responses to the same requests are in the parity fixtures.

mod all;
mod any_source;
mod fast_path;
mod files;
mod form;
mod forms;
mod header_and_cookie;
mod json;
mod params;
mod path;
mod properties;
mod query;
mod rejection_status;

use axum::{
    Router,
    extract::Request,
    http::{HeaderName, HeaderValue},
    routing::{MethodRouter, get, post},
};
use axum_exception::{
    ErrorHandlingLayer,
    extract::{Cookie, Form, Header, Json, Path, Query},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::support::{FORM, Reply, errors, full_request, request, send};

fn missing(loc: &str) -> String {
    errors::missing(loc, "null")
}

/// The error of a field that is missing in a model of which these fields were sent.
fn missing_in(loc: &str, sent: &str) -> String {
    errors::missing(loc, sent)
}

/// The error of a string that is not an integer.
fn int_parsing(loc: &str, input: &str) -> String {
    errors::int_parsing(loc, &format!("{input:?}"))
}

/// The error of a string that is an integer above `le`.
fn too_large(loc: &str, input: &str, le: &str) -> String {
    errors::out_of_range("le", loc, [le, le], &format!("{input:?}"))
}

fn ok(value: &str) -> Reply {
    Reply::json(200, value)
}

fn layered(router: Router) -> Router {
    router.layer(ErrorHandlingLayer::new())
}

fn with_headers(mut request: Request, headers: &[(&str, &[u8])]) -> Request {
    for (name, value) in headers {
        let name: HeaderName = name.parse().unwrap();
        request.headers_mut().append(name, HeaderValue::from_bytes(value).unwrap());
    }
    request
}

/// A handler that returns the query as JSON.
fn query<T: DeserializeOwned + Serialize + Send + 'static>() -> MethodRouter {
    get(async |Query(value): Query<T>| Json(value))
}

async fn ask_query<T: DeserializeOwned + Serialize + Send + 'static>(sent: &str) -> Reply {
    let app = layered(Router::new().route("/", query::<T>()));
    send(&app, request("GET", &format!("/{sent}"))).await
}

async fn ask_path<T: DeserializeOwned + Serialize + Send + 'static>(route: &str, sent: &str) -> Reply {
    let handler = get(async |Path(value): Path<T>| Json(value));
    send(&layered(Router::new().route(route, handler)), request("GET", sent)).await
}

async fn ask_headers<T: DeserializeOwned + Serialize + Send + 'static>(headers: &[(&str, &[u8])]) -> Reply {
    let handler = get(async |Header(value): Header<T>| Json(value));
    send(&layered(Router::new().route("/", handler)), with_headers(request("GET", "/"), headers)).await
}

async fn ask_cookies<T: DeserializeOwned + Serialize + Send + 'static>(cookies: &[&[u8]]) -> Reply {
    let handler = get(async |Cookie(value): Cookie<T>| Json(value));
    let headers: Vec<(&str, &[u8])> = cookies.iter().map(|cookie| ("cookie", *cookie)).collect();
    send(&layered(Router::new().route("/", handler)), with_headers(request("GET", "/"), &headers)).await
}

/// A request with a URL-encoded form.
fn form(body: impl Into<axum::body::Body>) -> Request {
    full_request("POST /", &[FORM], body)
}

async fn ask_form<T: DeserializeOwned + Serialize + Send + 'static>(sent: &str) -> Reply {
    let handler = post(async |Form(value): Form<T>| Json(value));
    send(&layered(Router::new().route("/", handler)), form(sent.to_owned())).await
}

#[derive(Deserialize, Serialize)]
struct Page {
    limit: u32,
    offset: Option<u32>,
}

#[derive(Deserialize, Serialize)]
struct Search {
    q: String,
    #[serde(flatten)]
    page: Page,
}

#[derive(Deserialize, Serialize)]
struct Id(u32);

#[derive(Deserialize, Serialize)]
struct Login {
    name: String,
    age: Option<u8>,
    #[serde(default)]
    tags: Vec<String>,
}
