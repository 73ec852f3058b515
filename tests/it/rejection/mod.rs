//! Every rejection of axum, axum-extra and tower-http, made by the real extractor.
//!
//! A release of axum with other messages therefore fails these tests.

mod body;
mod conversion;
mod decoder_limits;
mod headers;
mod json;
mod params;
mod query;
mod recognition;
mod responses;

use axum::{
    Json, Router,
    body::Body,
    extract::Request,
    routing::{MethodRouter, post},
};
use axum_exception::ErrorHandlingLayer;
use serde::{Deserialize, de::DeserializeOwned};

use crate::support::{
    FORM, JSON, Reply,
    errors::{self, error, fixed, out_of_range, unprocessable},
    full_request, post_json,
};

fn app(route: &str, method: MethodRouter) -> Router {
    Router::new().route(route, method).layer(ErrorHandlingLayer::new())
}

/// A reply with one error of a type whose message is always the same.
fn one(kind: &str, loc: &str, input: &str) -> Reply {
    unprocessable(&[fixed(kind, loc, input)])
}

/// A reply with one error.
fn with_ctx(kind: &str, loc: &str, msg: &str, input: &str, ctx: &str) -> Reply {
    unprocessable(&[error(kind, loc, msg, input, ctx)])
}

fn value_error(loc: &str, msg: &str, input: &str) -> Reply {
    unprocessable(&[errors::value_error(loc, msg, input)])
}

fn json_invalid(loc: &str, reason: &str) -> Reply {
    let ctx = format!(r#"{{"error":"{reason}"}}"#);
    with_ctx("json_invalid", loc, "JSON decode error", "{}", &ctx)
}

fn at_least(loc: &str, ge: &str, input: &str) -> Reply {
    unprocessable(&[out_of_range("ge", loc, [ge, ge], input)])
}

fn at_most(loc: &str, le: &str, input: &str) -> Reply {
    unprocessable(&[out_of_range("le", loc, [le, le], input)])
}

fn no_color(loc: &str) -> Reply {
    let msg = "Input should be 'red', 'green' or 'blue'";
    with_ctx("enum", loc, msg, r#""pink""#, r#"{"expected":"'red', 'green' or 'blue'"}"#)
}

fn typed_request(content_type: &str, body: impl Into<Body>) -> Request {
    full_request("POST /", &[("content-type", content_type)], body)
}

fn json_request(body: &str) -> Request {
    full_request("POST /", &[JSON], body.to_owned())
}

fn form_request(body: &str) -> Request {
    full_request("POST /", &[FORM], body.to_owned())
}

async fn json<T: DeserializeOwned + Send + 'static>(body: &str) -> Reply {
    post_json(post(async |_: Json<T>| ()), body).await
}

#[derive(Deserialize)]
#[allow(dead_code)]
struct Item {
    title: String,
    size: i32,
}

#[derive(Deserialize, PartialEq, Eq, Hash)]
#[serde(rename_all = "lowercase")]
enum Color {
    Red,
    Green,
    Blue,
}

#[derive(Deserialize)]
#[allow(dead_code)]
struct Page {
    page: u32,
    flag: Option<bool>,
    ratio: Option<f32>,
    letter: Option<char>,
    color: Option<Color>,
}

/// An extractor that is a result.
type Rejected<T, R> = std::result::Result<T, R>;
