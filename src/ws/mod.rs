//! WebSockets whose callback may fail with `?` (feature `ws`).
//!
//! [`WebSocketUpgrade`] replaces axum's extractor of that name: change the import, and end the callback with
//! `Ok(())`.
//!
//! ```
//! use axum::{Router, response::Response, routing::any};
//! use axum_exception::{
//!     ErrorHandlingLayer, WebSocketException,
//!     extract::Query,
//!     ws::{Message, WebSocketUpgrade},
//! };
//! use serde::Deserialize;
//!
//! #[derive(Deserialize)]
//! struct Room { room: u32 }
//!
//! async fn chat(upgrade: WebSocketUpgrade, Query(Room { room }): Query<Room>) -> Response {
//!     upgrade.on_upgrade(move |mut socket| async move {
//!         if room == 0 {
//!             return Err(WebSocketException::policy_violation().with_reason("No such room").into());
//!         }
//!         let rules = std::fs::read_to_string("rules.txt")?;
//!         socket.send(Message::text(rules)).await?;
//!         Ok(())
//!     })
//! }
//!
//! let app: Router = Router::new().route("/chat", any(chat)).layer(ErrorHandlingLayer::new());
//! ```
//!
//! # Before the WebSocket is open
//!
//! The handshake is an ordinary request, and an exception becomes its response:
//!
//! | exception | response |
//! | --- | --- |
//! | [`WebSocketException`](crate::WebSocketException) | 403, `text/plain; charset=utf-8`, no body |
//! | [`WebSocketRequestValidationError`](crate::WebSocketRequestValidationError), which the extractors of this crate raise | 403, `text/plain; charset=utf-8`, no body |
//! | [`HttpException`](crate::HttpException) | its status, `{"detail": …}`, its headers |
//! | anything else | 500 |
//!
//! [`exception_handler`](crate::ErrorHandlingLayer::exception_handler)s may return another response. Browsers do not
//! show a page the response to a failed handshake. To send it a reason, open the WebSocket and close it.
//!
//! # JSON messages
//!
//! [`Json::from_bytes`](crate::extract::Json::from_bytes) and
//! [`Valid::from_bytes`](crate::extract::Valid::from_bytes) read a message like a request body: they report all
//! validation errors at once, and check [`rules`](crate::rules).
//!
//! ```
//! use axum::response::Response;
//! use axum_exception::{
//!     RequestValidationError, Result,
//!     extract::{Json, Valid},
//!     rules::{Check, Rules},
//!     ws::{Message, WebSocketUpgrade},
//! };
//! use serde::Deserialize;
//!
//! #[derive(Deserialize)]
//! struct Move { x: u8, y: u8 }
//!
//! impl Rules for Move {
//!     fn rules(&self, check: &mut Check<'_>) {
//!         check.field("x", &self.x).lt(8);
//!         check.field("y", &self.y).lt(8);
//!     }
//! }
//!
//! async fn play(upgrade: WebSocketUpgrade) -> Response {
//!     upgrade.on_upgrade(|mut socket| async move {
//!         while let Some(message) = socket.recv().await {
//!             let Message::Text(text) = message? else { continue };
//!             let reply = match Valid::<Json<Move>>::from_bytes(text.as_bytes()) {
//!                 Ok(Valid(Json(Move { x, y }))) => format!("{x}, {y}"),
//!                 // With `?` the WebSocket would be closed: 1008, with the errors as the reason.
//!                 Err(exception) => match exception.downcast_ref::<RequestValidationError>() {
//!                     Some(error) => serde_json::to_string(error.errors())?,
//!                     None => return Err(exception),
//!                 },
//!             };
//!             socket.send(Message::text(reply)).await?;
//!         }
//!         Ok(())
//!     })
//! }
//! # let app: axum::Router = axum::Router::new().route("/play", axum::routing::any(play));
//! ```
//!
//! # While the WebSocket is open
//!
//! There is no response any more, so the end of the callback closes the WebSocket:
//!
//! | end of the callback | close frame |
//! | --- | --- |
//! | `Ok(())`, `()`, or the WebSocket is dropped | 1000 |
//! | [`WebSocketException`](crate::WebSocketException) | its code and reason |
//! | [`HttpException`](crate::HttpException) | 1008 for 4xx, else 1011; a `detail` that is a string is the reason |
//! | [`WebSocketRequestValidationError`](crate::WebSocketRequestValidationError), [`RequestValidationError`](crate::RequestValidationError) | 1008; the reason is the `loc` and `msg` of the errors, without `input` |
//! | a message that violates the protocol, is not UTF-8, or is too large | 1002, 1007, 1009 |
//! | any other error, a panic | 1011; the cause is only logged |
//!
//! [`websocket_handler`](crate::ErrorHandlingLayer::websocket_handler)s run first, and may send messages and choose
//! another close frame. An error because the peer is gone or has closed the WebSocket is not a failure: no handler
//! runs, and it is logged at DEBUG.
//!
//! The peer is always sent a close frame, unless the callback has sent one. It has
//! [10 seconds](WebSocketUpgrade::close_timeout) to reply with its own, and messages that it sends until then are
//! dropped. This requires a Tokio runtime with timers enabled.
//!
//! The close frames are those of FastAPI ([WebSockets](https://fastapi.tiangolo.com/advanced/websockets/)),
//! except where FastAPI drops the connection without one (1006): for unhandled errors, for `HTTPException`,
//! for reasons longer than 123 bytes, and for codes that must not be sent, which
//! [`CloseCode`](crate::CloseCode) rules out.
//!
//! Without an [`ErrorHandlingLayer`](crate::ErrorHandlingLayer), a WebSocket is closed in the same way, but
//! no handlers run.

mod default;
mod layers;
mod task;
mod upgrade;

pub use axum::extract::ws::{
    CloseFrame, DefaultOnFailedUpgrade, Message, OnFailedUpgrade, Utf8Bytes, close_code,
};

pub(crate) use self::layers::Layers;
pub use self::upgrade::WebSocketUpgrade;
pub use crate::{
    handler::WebSocketHandler,
    socket::{Outcome, WebSocket},
};
