use axum_exception::HttpError;
use thiserror::Error;

#[derive(Debug, Error, HttpError)]
#[error("a")]
#[http(404, detail = "{1} {nam}", header("x-id", id))]
struct NoSuchField(u8);

fn main() {}
