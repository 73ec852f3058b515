use axum_exception::{extract::Json, validator_0_21::Valid};
use serde::Deserialize;

#[derive(Deserialize)]
struct Item {
    name: String,
}

async fn create_item(_: Valid<Json<Item>>) {}

fn main() {}
