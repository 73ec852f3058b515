//! Pages about path parameters, and about path parameters with rules beside a query.

use axum::{Router, routing::get};
use axum_exception::{
    extract::{All, Json, Params, Path, Query, Valid},
    rules::{Check, Rules},
};
use serde::{Deserialize, Serialize};

use super::{
    PathAnd, QueryOf, numbered,
    query::{ItemQuery, RequiredQ},
};

pub(crate) fn routes() -> Router {
    super::table([
        ("/path-params/1/items/{item_id}", get(async |Path(item_id): Path<String>| Json(item_id))),
        ("/path-params/2/items/{item_id}", get(async |Path(item_id): Path<i64>| Json(item_id))),
        ("/path-params/3/users/me", get(async || Json("the current user"))),
        ("/path-params/3/users/{user_id}", get(async |Path(user_id): Path<String>| Json(user_id))),
        ("/path-params/4/files/{*file_path}", get(async |Path(file_path): Path<String>| Json(file_path))),
        ("/path-params/5/models/{model_name}", get(async |Path(model): Path<ModelName>| Json(model))),
        (
            "/path-params-numeric-validations/1/items/{item_id}",
            get(
                async |All((Path(item_id), Query(Params(ItemQuery { q })))): PathAnd<
                    i64,
                    QueryOf<ItemQuery>,
                >| Json((item_id, q)),
            ),
        ),
        (
            "/path-params-numeric-validations/4/items/{item_id}",
            get(
                async |All((Valid(Path(item_id)), Query(Params(RequiredQ { q })))): All<(
                    Valid<Path<Positive>>,
                    QueryOf<RequiredQ>,
                )>| Json((item_id, q)),
            ),
        ),
        (
            "/path-params-numeric-validations/5/items/{item_id}",
            get(
                async |All((Valid(Path(item_id)), Query(Params(RequiredQ { q })))): All<(
                    Valid<Path<PositiveUpTo1000>>,
                    QueryOf<RequiredQ>,
                )>| Json((item_id, q)),
            ),
        ),
        (
            "/path-params-numeric-validations/6/items/{item_id}",
            get(async |All((Valid(Path(item_id)), Valid(Query(Params(Sized { q, size }))))): SizedItem| {
                Json((item_id, q, size))
            }),
        ),
    ])
    .merge(numbered(
        "path-params-numeric-validations",
        ["2", "3"],
        "/items/{item_id}",
        &get(
            async |All((Path(item_id), Query(Params(RequiredQ { q })))): PathAnd<i64, QueryOf<RequiredQ>>| {
                Json((item_id, q))
            },
        ),
    ))
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
#[allow(clippy::enum_variant_names)]
enum ModelName {
    AlexNet,
    ResNet,
    LeNet,
}

#[derive(Deserialize, Serialize)]
struct Positive(i64);

impl Rules for Positive {
    fn rules(&self, id: &mut Check<'_>) {
        id.value(&self.0).ge(1);
    }
}

#[derive(Deserialize, Serialize)]
struct PositiveUpTo1000(i64);

impl Rules for PositiveUpTo1000 {
    fn rules(&self, id: &mut Check<'_>) {
        id.value(&self.0).gt(0).le(1000);
    }
}

#[derive(Deserialize, Serialize)]
pub(crate) struct UpTo1000(i64);

impl Rules for UpTo1000 {
    fn rules(&self, id: &mut Check<'_>) {
        id.value(&self.0).ge(0).le(1000);
    }
}

/// A path and a query with rules.
type SizedItem = All<(Valid<Path<UpTo1000>>, Valid<QueryOf<Sized>>)>;

#[derive(Deserialize)]
struct Sized {
    q: String,
    size: f64,
}

impl Rules for Sized {
    fn rules(&self, query: &mut Check<'_>) {
        query.field("size", &self.size).gt(0.0).lt(10.5);
    }
}
