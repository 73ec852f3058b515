//! Headers and cookies.

use axum::{Router, routing::get};
use axum_exception::extract::{Cookie, Header};
use serde::Deserialize;

pub(crate) fn routes() -> Router {
    super::table([
        ("/header", get(async |Header(Token { x_token }): Header<Token>| super::ok(x_token))),
        ("/header-list", get(async |Header(Tokens { x_token }): Header<Tokens>| super::ok(x_token))),
        ("/cookie", get(async |Cookie(Session { session_id }): Cookie<Session>| super::ok(session_id))),
    ])
}

#[derive(Deserialize)]
struct Token {
    x_token: i64,
}

#[derive(Deserialize)]
struct Tokens {
    x_token: Vec<i64>,
}

#[derive(Deserialize)]
struct Session {
    session_id: i64,
}
