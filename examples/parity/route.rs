//! Routes whose 404 and 405 come from the router.

use axum::{
    Router,
    routing::{get, post},
};
use axum_exception::extract::Path;

pub(crate) fn routes() -> Router {
    super::table([
        ("/get-only", get(super::empty)),
        ("/post-only", post(super::empty)),
        ("/seg/{v}", get(async |Path(v): Path<String>| super::ok(v))),
    ])
}
