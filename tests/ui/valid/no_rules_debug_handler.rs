use axum_exception::extract::{Json, Valid};
use serde::Deserialize;

#[derive(Deserialize)]
struct Item {
    name: String,
}

#[axum::debug_handler]
async fn create_item(_: Valid<Json<Item>>) {}

fn main() {}
