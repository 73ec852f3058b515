//! URL-encoded forms.

use axum::{Router, routing::post};
use axum_exception::extract::Form;
use serde::Deserialize;

pub(crate) fn routes() -> Router {
    super::table([
        ("/form", post(async |Form(Login { username, age }): Form<Login>| super::ok((username, age)))),
        ("/form-one", post(async |Form(One { n }): Form<One>| super::ok(n))),
        ("/form-opt", post(async |Form(Optional { n }): Form<Optional>| super::ok(n))),
        ("/form-list", post(async |Form(List { n }): Form<List>| super::ok(n))),
    ])
}

#[derive(Deserialize)]
struct Login {
    username: String,
    age: i64,
}

#[derive(Deserialize)]
struct One {
    n: i64,
}

#[derive(Deserialize)]
struct Optional {
    n: Option<i64>,
}

#[derive(Deserialize)]
struct List {
    n: Vec<i64>,
}
