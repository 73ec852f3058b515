//! The routes of `tests/parity/tutorial.py`: the pages of FastAPI's tutorial that read requests.

mod bodies;
mod body;
mod dependencies;
mod errors;
mod form_and_file;
mod header_and_cookie;
mod nested;
mod path;
mod query;
mod types;

use axum::{Router, routing::MethodRouter};
use axum_exception::extract::{All, Json, Params, Path, Query};

use super::table;

/// A parameter of the path, and another source.
type PathAnd<P, E> = All<(Path<P>, E)>;

/// Parameters of the query.
type QueryOf<T> = Query<Params<T>>;

/// Parameters of the body.
type BodyOf<T> = Json<Params<T>>;

pub(crate) fn routes() -> Router {
    [
        bodies::routes(),
        body::routes(),
        dependencies::routes(),
        errors::routes(),
        form_and_file::routes(),
        header_and_cookie::routes(),
        nested::routes(),
        path::routes(),
        query::routes(),
        types::routes(),
    ]
    .into_iter()
    .fold(Router::new(), Router::merge)
}

/// Builds a router with the same handler for several examples of a page.
fn numbered<const N: usize>(page: &str, numbers: [&str; N], path: &str, method: &MethodRouter) -> Router {
    numbers.into_iter().fold(Router::new(), |router, number| {
        router.route(&format!("/{page}/{number}{path}"), method.clone())
    })
}
