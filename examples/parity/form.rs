//! URL-encoded forms.

use axum::{Router, routing::post};
use axum_exception::extract::{Form, Params};
use serde::Deserialize;

pub(crate) fn routes() -> Router {
    super::table([
        (
            "/form",
            post(async |Form(Params(Login { username, age })): Form<Params<Login>>| {
                super::ok((username, age))
            }),
        ),
        ("/form-one", post(async |Form(Params(One { n })): Form<Params<One>>| super::ok(n))),
        ("/form-opt", post(async |Form(Params(Optional { n })): Form<Params<Optional>>| super::ok(n))),
        ("/form-list", post(async |Form(Params(List { n })): Form<Params<List>>| super::ok(n))),
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
