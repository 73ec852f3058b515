//! Parameters in the path.

use axum::{Router, routing::get};
use axum_exception::extract::Path;
use serde::Deserialize;

pub(crate) fn routes() -> Router {
    super::table([
        ("/path/{item_id}", get(async |Path(item_id): Path<i64>| super::ok(item_id))),
        ("/path-two/{a}/{b}", get(async |Path(Two { b, a }): Path<Two>| super::ok((a, b)))),
    ])
}

/// Mistakes are listed in the order of the fields.
#[derive(Deserialize)]
struct Two {
    b: i64,
    a: f64,
}
