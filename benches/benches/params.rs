//! The cost of `extract::{Query, Path, Form}` compared with axum's, on valid requests.
//!
//! `cargo bench -p benches --bench params`

use axum::{
    Router,
    body::Body,
    extract::{self as native, FromRequest, FromRequestParts, Request},
    http::Uri,
    routing::get,
};
use axum_exception::extract;
use benches::{Variant, compare, now};
use tower::Service;

#[derive(serde::Deserialize)]
#[allow(dead_code)]
struct Page {
    q: String,
    limit: u32,
    offset: Option<u32>,
    exact: bool,
}

const PAGE: &str = "q=towels+%26+more&limit=20&offset=40&exact=true";

fn form<T: FromRequest<(), M>, M>() -> bool {
    let request = Request::post("/").header("content-type", "application/x-www-form-urlencoded");
    now(T::from_request(request.body(Body::from(PAGE)).unwrap(), &())).is_ok()
}

fn query<T: FromRequestParts<()>>(uri: &Uri) -> bool {
    let (mut parts, ()) = axum::http::Request::new(()).into_parts();
    parts.uri = uri.clone();
    now(T::from_request_parts(&mut parts, &())).is_ok()
}

fn route(router: &mut Router) -> bool {
    let request = Request::get("/users/12345/items/a%20towel").body(Body::empty()).unwrap();
    now(router.call(request)).unwrap().status() == 200
}

fn main() {
    let uri: Uri = format!("/search?{PAGE}").parse().unwrap();
    assert!(query::<extract::Query<Page>>(&uri) && query::<native::Query<Page>>(&uri));
    compare(
        "a query string of four parameters",
        2000,
        101,
        vec![
            Variant::new("axum::extract::Query", || query::<native::Query<Page>>(&uri)),
            Variant::new("axum_exception::extract::Query", || query::<extract::Query<Page>>(&uri)),
        ],
    );

    assert!(form::<extract::Form<Page>, _>() && form::<axum::Form<Page>, _>());
    compare(
        "a form of four fields",
        2000,
        101,
        vec![
            Variant::new("axum::Form", form::<axum::Form<Page>, _>),
            Variant::new("axum_exception::extract::Form", form::<extract::Form<Page>, _>),
        ],
    );

    let template = "/users/{user}/items/{item}";
    let mut theirs: Router = Router::new().route(template, get(async |_: native::Path<(u32, String)>| ()));
    let mut ours: Router = Router::new().route(template, get(async |_: extract::Path<(u32, String)>| ()));
    assert!(route(&mut theirs) && route(&mut ours));
    compare(
        "a request to a route with two path parameters",
        2000,
        101,
        vec![
            Variant::new("axum::extract::Path", || route(&mut theirs)),
            Variant::new("axum_exception::extract::Path", || route(&mut ours)),
        ],
    );
}
