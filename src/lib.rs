//! FastAPI's error handling for any Axum app.
//!
//! Add one line to an app, and every failure becomes a response in FastAPI's JSON format, whether a handler,
//! an extractor, the router or a middleware caused it:
//!
//! ```
//! use axum::{Router, routing::get};
//! use axum_exception::{ErrorHandlingLayer, HttpException, Result};
//!
//! async fn read_item() -> Result<&'static str> {
//!     Err(HttpException::not_found().with_detail("Item not found").into())
//! }
//!
//! let app: Router =
//!     Router::new().route("/items/{item_id}", get(read_item)).layer(ErrorHandlingLayer::new());
//! ```
//!
//! | failure | response |
//! | --- | --- |
//! | a handler returns an [`HttpException`] | its status, `{"detail": …}`, its headers |
//! | axum's `Json`, `Path`, `Query`, `Form`, … reject the request | 422, `{"detail": [{"type": …, "loc": […], "msg": …, "input": …}]}` |
//! | the router does not know the path or the method | 404, 405, `{"detail": "Not Found"}` |
//! | anything else: `?` on any error, a panic | 500, `Internal Server Error`; the cause is only logged |
//!
//! # Where to go from here
//!
//! * [`ErrorHandlingLayer`]: which failures are handled, which handler runs, and where to add the layer.
//! * [`raise!`], [`HttpException`], [`RequestValidationError`], [`Exception`], [`OrRaise`], [`Raise`]: raising exceptions.
//! * [`HttpError`](trait@HttpError): the error type of the app.
//! * [`format`](mod@format): other formats, statuses and languages for default responses.
//! * [`Caught`], [`handlers`], [`ExceptionHandlers`]: custom handlers.
//! * [`extract`]: extractors that report every validation error at once. [`explain`](mod@explain): the engine behind
//!   them.
//! * [`rules`]: constraints on values that their types do not express, which [`extract::Valid`] checks.
//! * [`WebSocketException`], [`CloseCode`], [`WebSocketRequestValidationError`]: exceptions for WebSockets. The module
//!   `ws` has an upgrade whose callback may fail with `?`.
//! * [`ErrorDetail`], [`Loc`], [`Value`]: the parts of an error report.
//!
//! # Features
//!
//! | feature | default | effect |
//! | --- | --- | --- |
//! | `tower` | yes | errors of `tower`'s timeout and load shedding respond with 504 and 503; depends on `tower` and tokio. Without it they are unhandled errors: 500 |
//! | `tracing` | yes | logs each exception once: 5xx at ERROR with its causes, the rest at DEBUG |
//! | `anyhow` | no | [`Raise`] and [`raise!`] convert an `anyhow::Error`, and handlers for the error inside it are found |
//! | `derive` | no | `#[derive(HttpError)]`, see [`HttpError`](trait@HttpError), and `#[derive(Rules)]`, see [`rules`]; depends on `syn` at compile time |
//! | `email` | no | [`rules`]: requires a string to be an email address |
//! | `eyre_0_6` | no | the same as `anyhow` for an `eyre::Report` |
//! | `garde_0_23` | no | `garde_0_23::Valid`: `Valid` for types that derive `Validate` of garde 0.23, and of no other version |
//! | `datetime` | no | the [dates and times](explain#dates-times-and-decimals) of `chrono`, `time` and `jiff` are read in all forms that pydantic accepts |
//! | `multipart` | no | [`extract::Form`] also reads `multipart/form-data`, with files: `extract::UploadFile`. Without it such a body has no fields |
//! | `negotiate` | no | `format::negotiated`: the client chooses between JSON, problem details and HTML |
//! | `pattern` | no | [`rules`]: requires a string to match a regular expression |
//! | `url` | no | [`rules`]: requires a string to be a URL |
//! | `validator_0_21` | no | `validator_0_21::Valid`: `Valid` for types that derive `Validate` of validator 0.21, and of no other version |
//! | `ws` | no | `ws::WebSocketUpgrade` and `ErrorHandlingLayer::websocket_handler`: an exception closes a WebSocket with its code and reason; requires axum's `ws` and tokio's timer |

#![cfg_attr(docsrs, feature(doc_cfg))]

#[macro_use]
mod log;

mod error_handling;
mod exception;
pub mod explain;
pub mod extract;
pub mod format;
mod handler;
#[cfg(any(feature = "garde_0_23", feature = "validator_0_21"))]
mod integrations;
mod json;
mod rejection;
mod report;
mod request_context;
mod response;
pub mod rules;
#[cfg(feature = "ws")]
mod socket;
pub mod value;
#[cfg(feature = "ws")]
#[cfg_attr(docsrs, doc(cfg(feature = "ws")))]
pub mod ws;

#[cfg(feature = "garde_0_23")]
#[cfg_attr(docsrs, doc(cfg(feature = "garde_0_23")))]
pub use self::integrations::garde as garde_0_23;
#[cfg(feature = "validator_0_21")]
#[cfg_attr(docsrs, doc(cfg(feature = "validator_0_21")))]
pub use self::integrations::validator as validator_0_21;
/// Derives the trait [`HttpError`](trait@HttpError), which documents the attributes.
#[cfg(feature = "derive")]
#[cfg_attr(docsrs, doc(cfg(feature = "derive")))]
pub use axum_exception_macros::HttpError;

pub use self::{
    error_handling::{ErrorHandling, ErrorHandlingLayer, ResponseFuture},
    exception::{
        Chain, CloseCode, Endpoint, Exception, Forwarded, HttpError, HttpException, IntoException,
        IntoHttpException, InvalidCloseCode, OrRaise, Panic, Raise, RequestValidationError,
        ResponseValidationError, Result, WebSocketException, WebSocketRequestValidationError,
    },
    handler::{Caught, ExceptionHandler, ExceptionHandlers, MappedTo, defaults as handlers},
    report::{ErrorDetail, Loc, LocSegment},
    value::Value,
};

/// Code for the macros, which may change at any time.
#[doc(hidden)]
pub mod __private {
    pub use axum;

    pub use crate::exception::{forwarding::*, raise::*};
}

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
