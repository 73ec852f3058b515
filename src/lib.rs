//! FastAPI's error handling for any Axum app.
//!
//! Add one line to an app, and every failure is answered in FastAPI's JSON shapes, whoever raised it:
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
//! | what fails | answer |
//! | --- | --- |
//! | a handler with [`HttpException`] | its status, `{"detail": …}`, its headers |
//! | axum's `Json`, `Path`, `Query`, `Form`, … | 422, `{"detail": [{"type": …, "loc": […], "msg": …, "input": …}]}` |
//! | the router: no such path, wrong method | 404, 405, `{"detail": "Not Found"}` |
//! | anything else: `?` on any error, a panic | 500, `Internal Server Error`; the cause is in the log |
//!
//! # Where to go from here
//!
//! * [`ErrorHandlingLayer`]: what is answered, by whom, and where the layer goes.
//! * [`HttpException`], [`RequestValidationError`], [`Exception`], [`OrRaise`]: what to raise.
//! * [`Caught`], [`handlers`], [`ExceptionHandlers`]: overriding the answers.
//! * [`extract`]: extractors that report every mistake at once. [`explain`](mod@explain): the engine behind them.
//! * [`rules`]: rules for values besides their types, which [`extract::Valid`] checks.
//! * [`WebSocketException`], [`CloseCode`], [`WebSocketRequestValidationError`]: the same for WebSockets; `ws` has an
//!   upgrade whose handler may fail with `?`.
//! * [`ErrorDetail`], [`Loc`], [`Value`]: what an error report is made of.
//!
//! # Features
//!
//! | feature | default | what it does |
//! | --- | --- | --- |
//! | `tower` | yes | the errors of `tower`'s timeout and load shedding respond with 504 and 503; brings in `tower` and tokio. Without it they are unhandled errors: 500 |
//! | `tracing` | yes | logs each exception once: 5xx at ERROR with its causes, the rest at DEBUG |
//! | `email` | no | [`rules`]: a text may have to be an email address |
//! | `garde` | no | `garde::Valid`: `Valid` for types that derive `garde::Validate` |
//! | `multipart` | no | [`extract::Form`] reads `multipart/form-data`, too; without it such a body has no fields |
//! | `pattern` | no | [`rules`]: a text may have to match a regular expression |
//! | `url` | no | [`rules`]: a text may have to be a URL |
//! | `validator` | no | `validator::Valid`: `Valid` for types that derive `validator::Validate` |
//! | `ws` | no | `ws::WebSocketUpgrade` and `ErrorHandlingLayer::websocket_handler`: what fails closes a WebSocket as it should; takes axum's `ws` and tokio's timer |

#![cfg_attr(docsrs, feature(doc_cfg))]

#[macro_use]
mod log;

mod error_handling;
mod exception;
pub mod explain;
pub mod extract;
mod handler;
#[cfg(any(feature = "garde", feature = "validator"))]
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

#[cfg(feature = "garde")]
#[cfg_attr(docsrs, doc(cfg(feature = "garde")))]
pub use self::integrations::garde;
#[cfg(feature = "validator")]
#[cfg_attr(docsrs, doc(cfg(feature = "validator")))]
pub use self::integrations::validator;
pub use self::{
    error_handling::{ErrorHandling, ErrorHandlingLayer, ResponseFuture},
    exception::{
        Chain, CloseCode, Endpoint, Exception, HttpException, InvalidCloseCode, OrRaise, Panic,
        RequestValidationError, ResponseValidationError, Result, WebSocketException,
        WebSocketRequestValidationError,
    },
    handler::{Caught, ExceptionHandler, ExceptionHandlers, defaults as handlers},
    report::{ErrorDetail, Loc, LocSegment},
    value::Value,
};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
