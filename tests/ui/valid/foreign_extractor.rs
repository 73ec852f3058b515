use axum::{Json, Router, routing::post};
use axum_exception::{extract::Valid, rules::Rules};
use serde::Deserialize;

#[derive(Deserialize, Rules)]
struct Item {
    #[rule(min_length = 1)]
    name: String,
}

async fn create_item(_: Valid<Json<Item>>) {}

fn main() {
    let _: Router = Router::new().route("/", post(create_item));
}
