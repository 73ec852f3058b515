//! Path parameters.

use axum::{Router, routing::get};
use axum_exception::{
    extract::{Path, Valid},
    rules::{Check, Rules},
};
use serde::{Deserialize, Serialize};

pub(crate) fn routes() -> Router {
    super::table([
        ("/path/{item_id}", get(async |Path(item_id): Path<i64>| super::ok(item_id))),
        ("/path-range/{item_id}", get(async |Valid(Path(id)): Valid<Path<ItemId>>| super::ok(id))),
        ("/path-two/{a}/{b}", get(async |Path(Two { b, a }): Path<Two>| super::ok((a, b)))),
    ])
}

#[derive(Deserialize, Serialize)]
struct ItemId(i64);

impl Rules for ItemId {
    fn rules(&self, id: &mut Check<'_>) {
        id.value(&self.0).ge(1).le(10);
    }
}

/// Errors are reported in the order of the fields.
#[derive(Deserialize)]
struct Two {
    b: i64,
    a: f64,
}
