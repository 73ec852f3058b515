//! The errors that a handler returns, and the table of the built-in ones.
//!
//! | failure | exception |
//! | --- | --- |
//! | the request asks for something that does not exist, is not allowed, or is not possible now | [`HttpException`] |
//! | a value in the request is invalid in a way that the extractors cannot detect | [`RequestValidationError`] |
//! | a WebSocket has to be closed | [`WebSocketException`] |
//! | anything else | any error, through `?`: it becomes an [`Exception`] and a plain 500 |

mod any;
mod built_in;
mod chain;
mod close_code;
mod content_type_mismatch;
mod endpoint;
pub(crate) mod forwarding;
mod held_error;
mod http;
mod http_error;
mod into_exception;
mod mirror;
mod or_raise;
mod panic;
pub(crate) mod raise;
mod request_validation;
mod response_validation;
mod summary;
mod websocket;
mod websocket_request_validation;

pub use self::{
    any::{Exception, Result},
    chain::Chain,
    close_code::{CloseCode, InvalidCloseCode},
    endpoint::Endpoint,
    http::HttpException,
    http_error::{Forwarded, HttpError},
    into_exception::{IntoException, Raise},
    or_raise::{IntoHttpException, OrRaise},
    panic::Panic,
    request_validation::RequestValidationError,
    response_validation::ResponseValidationError,
    websocket::WebSocketException,
    websocket_request_validation::WebSocketRequestValidationError,
};
pub(crate) use self::{
    built_in::{DefaultClose, DefaultResponse},
    chain::links,
    content_type_mismatch::ContentTypeMismatch,
    http::{allows_body, phrase},
    http_error::HttpErrorType,
    request_validation::{ErrorReport, RaisedBy},
};

// A new exception is a file with its type and its `impl BuiltInException`, a row in here, and its name in
// `lib.rs`.
built_in::built_ins! {
    Http(HttpException) {
        status: status(), detail: detail(), headers: headers(), source: origin()
    } finish;
    RequestValidation(RequestValidationError) { errors: errors(), endpoint: endpoint() } finish_non_exhaustive;
    ResponseValidation(ResponseValidationError) { errors: errors() } finish_non_exhaustive;
    WebSocket(WebSocketException) { code: code().as_u16(), reason: reason(), source: origin() } finish;
    WebSocketRequestValidation(WebSocketRequestValidationError) {
        errors: errors(), endpoint: endpoint()
    } finish_non_exhaustive;
    Panic(Panic) { message: message(), location: location() } finish;
}
