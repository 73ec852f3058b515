//! Query parameters.

use axum::{Router, routing::get};
use axum_exception::{
    extract::{Params, Query, Valid},
    rules::{Check, Rules},
};
use serde::{Deserialize, Serialize};

use super::rules::LETTERS;

pub(crate) fn routes() -> Router {
    super::table([
        ("/query", get(async |Query(Params(Three { q, r, s })): Query<Params<Three>>| super::ok((q, r, s)))),
        ("/query-opt", get(async |Query(Params(Optional { q })): Query<Params<Optional>>| super::ok(q))),
        ("/query-list", get(async |Query(Params(List { q })): Query<Params<List>>| super::ok(q))),
        (
            "/query-list-opt",
            get(async |Valid(Query(Params(Few { q }))): Valid<Query<Params<Few>>>| super::ok(q)),
        ),
        ("/query-alias", get(async |Query(Params(Aliased { q })): Query<Params<Aliased>>| super::ok(q))),
        (
            "/query-str",
            get(async |Valid(Query(Params(Word { q }))): Valid<Query<Params<Word>>>| super::ok(q)),
        ),
        ("/query-model", get(async |Valid(Query(page)): Valid<Query<Page>>| super::ok(page))),
        ("/query-bool", get(async |Query(Params(Flag { q })): Query<Params<Flag>>| super::ok(q))),
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

#[derive(Deserialize)]
struct Few {
    q: Option<Vec<i64>>,
}

impl Rules for Few {
    fn rules(&self, few: &mut Check<'_>) {
        few.optional("q", &self.q).max_length(2);
    }
}

#[derive(Deserialize)]
struct Word {
    q: String,
}

impl Rules for Word {
    fn rules(&self, word: &mut Check<'_>) {
        word.field("q", &self.q).min_length(3).max_length(5).pattern(&LETTERS);
    }
}

#[derive(Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
struct Page {
    limit: i64,
    order_by: OrderBy,
    tags: Vec<String>,
    must: i64,
}

impl Default for Page {
    fn default() -> Self {
        Self { limit: 100, order_by: OrderBy::CreatedAt, tags: Vec::new(), must: 1 }
    }
}

impl Rules for Page {
    fn rules(&self, page: &mut Check<'_>) {
        // In the reference app the upper limit of its integers overrides `le=100`.
        page.field("limit", &self.limit).gt(0);
    }
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
enum OrderBy {
    CreatedAt,
    UpdatedAt,
}
