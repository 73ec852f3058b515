//! JSON bodies.

use std::collections::HashMap;

use axum::{Extension, Router, routing::post};
use axum_exception::{
    explain::Explain,
    extract::{Json, Valid},
    rules::{Check, Rules},
};
use serde::{Deserialize, Serialize};

use super::rules::Passwords;

pub(crate) fn routes() -> Router {
    super::table([
        ("/body", post(async |Json(item): Json<Item>| super::ok(item))),
        (
            "/body-opt",
            post(async |item: Option<Json<Option<Item>>>| super::ok(item.and_then(|Json(item)| item))),
        ),
        ("/body-two", post(async |Valid(Json(two)): Valid<Json<Two>>| super::ok(two))),
        ("/body-root-validated", post(async |Valid(Json(both)): Valid<Json<Passwords>>| super::ok(both))),
        ("/body-scalar", post(async |Json(x): Json<i64>| super::ok(x)).layer(string_bodies())),
        ("/body-list", post(async |Json(items): Json<Vec<Item>>| super::ok(items))),
        ("/body-dict", post(async |Json(numbers): Json<HashMap<String, i64>>| super::ok(numbers))),
    ])
}

/// Accepts a body of any content type as a string, as FastAPI does.
fn string_bodies() -> Extension<Explain> {
    Extension(Explain::new().string_bodies(true))
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

#[derive(Deserialize, Serialize)]
struct User {
    username: String,
    full_name: Option<String>,
}

#[derive(Deserialize, Serialize)]
struct Two {
    item: Item,
    user: User,
    importance: i64,
}

impl Rules for Two {
    fn rules(&self, two: &mut Check<'_>) {
        two.field("importance", &self.importance).gt(0);
    }
}
