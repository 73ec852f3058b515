use axum_exception::HttpError;
use thiserror::Error;

#[derive(Debug, Error, HttpError)]
#[error("a")]
#[http(transparent)]
struct TransparentAroundNoError(u8);

#[derive(Debug, HttpError)]
#[http(404)]
struct NoError;

#[derive(Debug, Error, HttpError)]
#[error("a")]
#[http(404, detail = *_0)]
struct NotSerializable(std::fmt::Error);

fn main() {}
