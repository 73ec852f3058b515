use axum_exception::HttpError;
use thiserror::Error;

#[derive(Debug, Error, HttpError)]
enum Variants {
    #[error("a")]
    NoAttribute,
    #[error("b")]
    #[http(404)]
    #[http(405)]
    Twice,
}

#[derive(Debug, Error, HttpError)]
#[error("a")]
struct NoAttribute;

#[derive(Debug, Error, HttpError)]
#[error("a")]
#[http(600)]
struct NoSuchStatus;

#[derive(Debug, Error, HttpError)]
#[error("a")]
#[http(not_found)]
struct Word;

#[derive(Debug, Error, HttpError)]
#[error("a")]
#[http("404")]
struct Text;

#[derive(Debug, Error, HttpError)]
#[error("a")]
#[http(503, detail)]
struct MessageOfServerError;

#[derive(Debug, Error, HttpError)]
#[error("a")]
#[http(204, detail = "gone")]
struct NoBody;

#[derive(Debug, Error, HttpError)]
#[error("a")]
#[http(404, title = "Not found")]
struct UnknownPart;

#[derive(Debug, Error, HttpError)]
#[error("a")]
#[http(404, detail = "a", detail = "b")]
struct DetailTwice;

#[derive(Debug, Error, HttpError)]
#[error("a")]
#[http(401, header("www authenticate", "Bearer"))]
struct HeaderName;

#[derive(Debug, Error, HttpError)]
#[error("a")]
#[http(transparent, detail = "a")]
struct TransparentAndMore(std::fmt::Error);

#[derive(Debug, Error, HttpError)]
#[error("a")]
#[http(transparent)]
struct TransparentAroundTwo(std::fmt::Error, u8);

#[derive(Debug, Error, HttpError)]
#[error("a")]
#[http(404)]
struct OnAField(#[http(404)] u8);

/// After an error in the attribute, the traits are not reported as missing.
fn is_response(_: impl axum::response::IntoResponse + HttpError) {}

fn main() {
    is_response(Word);
    is_response(Variants::NoAttribute);
}
