//! Every source in one request, with one list of errors.

use axum::{Router, routing::post};
use axum_exception::extract::{All, Cookie, Header, Json, Params, Path, Query};
use serde::Deserialize;

use super::{Understood, body::Item, query::Q};

pub(crate) fn routes() -> Router {
    super::table([("/multi/{p}", post(multi))])
}

#[derive(Deserialize)]
struct Dependency {
    dq: i64,
}

#[derive(Deserialize)]
struct Token {
    x_h: i64,
}

#[derive(Deserialize)]
struct Session {
    ck: i64,
}

/// The values of path, query, header, cookie, dependency and body.
type Values = (i64, i64, i64, i64, i64, Item);

/// FastAPI reports the errors of dependencies first.
type Read =
    All<(Query<Params<Dependency>>, Path<i64>, Query<Params<Q>>, Header<Token>, Cookie<Session>, Json<Item>)>;

async fn multi(
    All((dependency, Path(p), Query(Params(Q { q })), token, session, Json(item))): Read,
) -> Json<Understood<Values>> {
    super::ok((p, q, token.x_h, session.ck, dependency.dq, item))
}
