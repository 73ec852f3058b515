//! What a handler can fail with.
//!
//! | what went wrong | what to raise |
//! | --- | --- |
//! | the request asks for something that is not there, not allowed, not now, … | [`HttpException`] |
//! | a value in the request is wrong in a way the extractors cannot see | [`RequestValidationError`] |
//! | a WebSocket is to be closed | [`WebSocketException`] |
//! | anything else | any error, through `?`: it becomes an [`Exception`] and a plain 500 |

mod any;
mod chain;
mod close_code;
mod http;
mod or_raise;
mod panic;
mod reflection;
mod request_validation;
mod response_validation;
mod websocket;
mod websocket_request_validation;

pub use self::{
    any::{Exception, Result},
    chain::Chain,
    close_code::{CloseCode, InvalidCloseCode},
    http::HttpException,
    or_raise::OrRaise,
    panic::Panic,
    request_validation::{Endpoint, RequestValidationError},
    response_validation::ResponseValidationError,
    websocket::WebSocketException,
    websocket_request_validation::WebSocketRequestValidationError,
};
pub(crate) use self::{
    chain::{BuiltIn, links},
    http::allows_body,
    request_validation::Findings,
};
