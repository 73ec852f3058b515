use axum::{Router, routing::post};
use axum_exception::extract::{Json, Valid};
use serde::Deserialize;

#[derive(Deserialize)]
struct Item {
    name: String,
}

async fn create_item(_: Valid<Json<Item>>) {}

fn main() {
    let _: Router = Router::new().route("/", post(create_item));
}
