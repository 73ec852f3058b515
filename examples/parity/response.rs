//! Responses that are validated.

use axum::{Router, routing::get};
use axum_exception::{
    extract::{Json, Valid},
    rules::{Check, Rules},
};
use serde::Serialize;

pub(crate) fn routes() -> Router {
    super::table([("/bad", get(bad))])
}

#[derive(Serialize)]
struct Out {
    name: &'static str,
    price: Option<f64>,
}

impl Rules for Out {
    fn rules(&self, out: &mut Check<'_>) {
        out.optional("price", &self.price).ge(0.0);
    }
}

async fn bad() -> Valid<Json<Out>> {
    Valid(Json(Out { name: "x", price: Some(-1.0) }))
}
