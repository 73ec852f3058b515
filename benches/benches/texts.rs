//! What `extract::{Path, Query, Form}` cost on requests that are right, beside axum's.
//!
//! `cargo bench -p benches --bench texts`

use axum::{
    Router,
    body::Body,
    extract::Request,
    routing::{get, post},
};
use axum_exception::extract;
use benches::{Variant, compare};
use serde::Deserialize;
use tower::ServiceExt;

#[derive(Deserialize)]
#[allow(dead_code)]
struct Page {
    limit: u32,
    offset: u64,
    order_by: Option<String>,
    exact: bool,
}

#[derive(Deserialize)]
#[allow(dead_code)]
struct Ids {
    user_id: u32,
    item_id: String,
}

const PAGE: &str = "limit=10&offset=200&order_by=created+at&exact=true";

fn measured(name: &'static str, router: Router, request: fn() -> Request) -> Variant<'static> {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let router = router.with_state(());
    Variant::new(name, move || {
        let response = runtime.block_on(router.clone().oneshot(request())).unwrap();
        assert!(response.status().is_success());
    })
}

fn query() -> Request {
    Request::builder().uri(format!("/?{PAGE}")).body(Body::empty()).unwrap()
}

fn path() -> Request {
    Request::builder().uri("/users/7/items/a%20towel").body(Body::empty()).unwrap()
}

fn form() -> Request {
    let request = Request::post("/").header("content-type", "application/x-www-form-urlencoded");
    request.body(Body::from(PAGE)).unwrap()
}

fn main() {
    compare(
        "Query, four fields",
        5_000,
        101,
        vec![
            measured("axum", Router::new().route("/", get(async |_: axum::extract::Query<Page>| ())), query),
            measured(
                "axum_exception",
                Router::new().route("/", get(async |_: extract::Query<Page>| ())),
                query,
            ),
            measured("no extractor", Router::new().route("/", get(async || ())), query),
        ],
    );
    let route = "/users/{user_id}/items/{item_id}";
    compare(
        "Path, a struct of two",
        5_000,
        101,
        vec![
            measured("axum", Router::new().route(route, get(async |_: axum::extract::Path<Ids>| ())), path),
            measured(
                "axum_exception",
                Router::new().route(route, get(async |_: extract::Path<Ids>| ())),
                path,
            ),
            measured("no extractor", Router::new().route(route, get(async || ())), path),
        ],
    );
    compare(
        "Form, four fields",
        5_000,
        101,
        vec![
            measured("axum", Router::new().route("/", post(async |_: axum::Form<Page>| ())), form),
            measured(
                "axum_exception",
                Router::new().route("/", post(async |_: extract::Form<Page>| ())),
                form,
            ),
            measured("no extractor", Router::new().route("/", post(async || ())), form),
        ],
    );
}
