//! Types that axum's decoders cannot read: bugs of the app, and not errors of the client.

use std::collections::HashMap;

use axum::{
    Form, Router,
    extract::{
        Path, Query,
        rejection::{PathRejection, QueryRejection},
    },
    routing::{get, post},
};
use axum_exception::{Exception, extract};
use serde::Deserialize;

use super::{Rejected, app, at_least, at_most, form_request, one};
use crate::{
    logging::logged_during,
    support::{Reply, get as fetch, send, table::Table},
};

type Extra<T> = axum_extra::extract::Query<T>;

#[derive(Deserialize)]
#[allow(dead_code)]
struct Page<T> {
    page: T,
}

#[derive(Deserialize)]
#[allow(dead_code)]
struct Search<T> {
    #[serde(flatten)]
    page: Page<T>,
}

#[derive(Deserialize)]
#[serde(tag = "kind")]
#[allow(dead_code)]
enum Tagged {
    Page { page: u8 },
}

/// A query string, an app, the extractor that has the limit, and the limit.
type Row = (&'static str, Router, &'static str, &'static str);

fn rows() -> Vec<Row> {
    let passes_u8 = "passes a string where a type expects u8";
    vec![
        ("page=1", app("/", get(async |_: Query<Search<u8>>| ())), "Query", passes_u8),
        ("page=1.0", app("/", get(async |_: Query<Search<u8>>| ())), "Query", passes_u8),
        (
            "page=1.5",
            app("/", get(async |_: Query<Search<f64>>| ())),
            "Query",
            "passes a string where a type expects f64",
        ),
        (
            "page=yes",
            app("/", get(async |_: Form<Search<bool>>| ())),
            "Form",
            "passes a string where a type expects a boolean",
        ),
        ("page=1", app("/", get(async |_: Extra<Search<Option<u8>>>| ())), "Query", passes_u8),
        ("page=1&kind=Page", app("/", get(async |_: Query<Tagged>| ())), "Query", passes_u8),
        (
            "page=1&kind=Page",
            app("/", get(async |_: Extra<Tagged>| ())),
            "Query",
            "passes a sequence where a type expects variant identifier",
        ),
        (
            "page=1",
            app("/", get(async |_: Query<Page<Vec<u8>>>| ())),
            "Query",
            "passes a string where a type expects a sequence",
        ),
        (
            "page=1",
            app("/", get(async |_: Query<HashMap<String, (u8, u8)>>| ())),
            "Query",
            "passes a string where a type expects a tuple of size 2",
        ),
        ("", app("/", get(async |_: Query<u8>| ())), "Query", "passes a map where a type expects u8"),
        (
            "page=1",
            app("/", get(async |_: Query<Vec<u8>>| ())),
            "Query",
            "passes a sequence where a type expects u8",
        ),
        ("page=1", app("/", get(async |_: Query<Page<i128>>| ())), "Query", "does not support i128"),
        (
            "page=1",
            app(
                "/",
                get(async |query: Rejected<Query<Search<u8>>, QueryRejection>| {
                    query.map(|_| ()).map_err(Exception::from)
                }),
            ),
            "Query",
            passes_u8,
        ),
    ]
}

/// The log says what to do, and does not quote the client.
#[test]
fn values_that_the_type_accepts_are_a_plain_500_with_a_hint_in_the_log() {
    let mut table = Table::default();
    for (query, app, extractor, limit) in rows() {
        let line = format!(
            "ERROR message=exception method=GET route=\"/\" status=500 error=axum's `{extractor}` {limit}: use \
             `axum_exception::extract::{extractor}`, or read the value with `#[serde(deserialize_with = …)]`"
        );
        let mut reply = None;
        let lines = logged_during(async { reply = Some(fetch(&app, &format!("/?{query}")).await) });
        table.assert_eq(limit, (reply, lines), (Some(Reply::unhandled()), vec![line]));
    }
}

#[tokio::test]
async fn values_that_no_type_accepts_are_errors_of_the_client() {
    let page = r#"["query","page"]"#;
    let app = app("/", get(async |_: Query<Search<u8>>| ()));
    assert_eq!(fetch(&app, "/?page=x").await, one("int_parsing", page, r#""x""#));
    assert_eq!(fetch(&app, "/?page=-1").await, at_least(page, "0", r#""-1""#));
    assert_eq!(fetch(&app, "/?page=256").await, at_most(page, "255", r#""256""#));
    assert_eq!(fetch(&app, "/?page=1").await, Reply::unhandled());
}

#[tokio::test]
async fn this_crates_extractors_read_what_axums_cannot() {
    let mut table = Table::default();
    for (name, app) in [
        ("flatten", app("/", get(async |_: extract::Query<Search<u32>>| ()))),
        ("list", app("/", get(async |_: extract::Query<Page<Vec<u8>>>| ()))),
        ("i128", app("/", get(async |_: extract::Query<Page<i128>>| ()))),
    ] {
        table.assert_eq(name, fetch(&app, "/?page=1").await, Reply::empty(200));
    }
}

#[tokio::test]
async fn form_bodies_and_paths_have_the_same_limits() {
    let form = app("/", post(async |_: Form<Search<u8>>| ()));
    let body = r#"["body"]"#;
    assert_eq!(send(&form, form_request("page=1")).await, Reply::unhandled());
    assert_eq!(send(&form, form_request("page=x")).await, one("int_parsing", body, r#""x""#));
    assert_eq!(send(&form, form_request("page=-1")).await, at_least(body, "0", r#""-1""#));
    let form = app("/", post(async |_: Form<Page<i128>>| ()));
    assert_eq!(send(&form, form_request("page=1")).await, Reply::unhandled());

    let page = r#"["path","page"]"#;
    let path = app("/{page}", get(async |_: Path<Search<u8>>| ()));
    assert_eq!(fetch(&path, "/1").await, Reply::unhandled());
    assert_eq!(fetch(&path, "/x").await, one("int_parsing", page, r#""x""#));
    assert_eq!(fetch(&path, "/300").await, at_most(page, "255", r#""300""#));
    let raised = app(
        "/{page}",
        get(async |path: Rejected<Path<Search<u8>>, PathRejection>| {
            path.map(|_| ()).map_err(Exception::from)
        }),
    );
    assert_eq!(fetch(&raised, "/1").await, Reply::unhandled());
    let keys = app("/{page}", get(async |_: Path<HashMap<u8, u8>>| ()));
    assert_eq!(fetch(&keys, "/1").await, Reply::unhandled());
}
