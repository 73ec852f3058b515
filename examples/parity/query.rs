//! Query parameters.

use axum::{Router, routing::get};
use axum_exception::extract::Query;
use serde::Deserialize;

pub(crate) fn routes() -> Router {
    super::table([
        ("/query", get(async |Query(Three { q, r, s }): Query<Three>| super::ok((q, r, s)))),
        ("/query-opt", get(async |Query(Optional { q }): Query<Optional>| super::ok(q))),
        ("/query-list", get(async |Query(List { q }): Query<List>| super::ok(q))),
        ("/query-alias", get(async |Query(Aliased { q }): Query<Aliased>| super::ok(q))),
        ("/query-bool", get(async |Query(Flag { q }): Query<Flag>| super::ok(q))),
    ])
}

#[derive(Deserialize)]
pub(crate) struct Q {
    pub(crate) q: i64,
}

#[derive(Deserialize)]
struct Three {
    q: i64,
    r: String,
    #[serde(default = "one_and_a_half")]
    s: f64,
}

fn one_and_a_half() -> f64 {
    1.5
}

#[derive(Deserialize)]
struct Optional {
    q: Option<i64>,
}

#[derive(Deserialize)]
struct List {
    q: Vec<i64>,
}

#[derive(Deserialize)]
struct Aliased {
    #[serde(rename = "item-query")]
    q: i64,
}

#[derive(Deserialize)]
struct Flag {
    #[serde(default)]
    q: bool,
}
