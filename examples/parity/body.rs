//! JSON bodies, and all that can be wrong with one.

use std::collections::HashMap;

use axum::{Router, routing::post};
use axum_exception::extract::Json;
use serde::{Deserialize, Serialize};

pub(crate) fn routes() -> Router {
    super::table([
        ("/body", post(async |Json(item): Json<Item>| super::ok(item))),
        ("/body-opt", post(async |item: Option<Json<Item>>| super::ok(item.map(|Json(item)| item)))),
        ("/body-scalar", post(async |Json(x): Json<i64>| super::ok(x))),
        ("/body-list", post(async |Json(items): Json<Vec<Item>>| super::ok(items))),
        ("/body-dict", post(async |Json(numbers): Json<HashMap<String, i64>>| super::ok(numbers))),
    ])
}

#[derive(Deserialize, Serialize)]
pub(crate) struct Item {
    name: String,
    price: f64,
    description: Option<String>,
    tax: Option<f64>,
    #[serde(default)]
    tags: Vec<String>,
}
