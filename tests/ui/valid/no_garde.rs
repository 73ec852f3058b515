use axum_exception::{extract::Json, garde_0_23::Valid};
use serde::Deserialize;

#[derive(Deserialize)]
struct Item {
    name: String,
}

async fn create_item(_: Valid<Json<Item>>) {}

fn main() {}
