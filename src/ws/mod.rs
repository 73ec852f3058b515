//! WebSockets whose handlers may fail with `?` (feature `ws`).
//!
//! [`WebSocketUpgrade`] is axum's by name and by use: change the import, and end the handler with `Ok(())`.
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
//! the handshake is a request like any other, and what is raised is answered:
//!
//! | exception | answer |
//! | --- | --- |
//! | [`WebSocketException`](crate::WebSocketException) | 403, `text/plain; charset=utf-8`, no body |
//! | [`WebSocketRequestValidationError`](crate::WebSocketRequestValidationError), which the extractors of this crate raise | the same |
//! | [`HttpException`](crate::HttpException) | its status, `{"detail": …}`, its headers |
//! | anything else | 500 |
//!
//! [`exception_handler`](crate::ErrorHandlingLayer::exception_handler)s answer in place of that. Browsers show
//! a page nothing of a denial; to tell one why, open the WebSocket and close it.
//!
//! # Messages that are JSON
//!
//! are read as a body is, with all their mistakes at once, and with [`rules`](crate::rules):
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
//!             let answer = match Valid::<Json<Move>>::from_bytes(text.as_bytes()) {
//!                 Ok(Valid(Json(Move { x, y }))) => format!("{x}, {y}"),
//!                 // With `?` instead the WebSocket would be closed: 1008, and where and what is wrong.
//!                 Err(exception) => match exception.downcast_ref::<RequestValidationError>() {
//!                     Some(error) => serde_json::to_string(error.errors())?,
//!                     None => return Err(exception),
//!                 },
//!             };
//!             socket.send(Message::text(answer)).await?;
//!         }
//!         Ok(())
//!     })
//! }
//! # let app: axum::Router = axum::Router::new().route("/play", axum::routing::any(play));
//! ```
//!
//! # While it is open
//!
//! there is no response any more, so the WebSocket is closed:
//!
//! | what ends it | close frame |
//! | --- | --- |
//! | `Ok(())`, `()`, the WebSocket is dropped | 1000 |
//! | [`WebSocketException`](crate::WebSocketException) | its code and reason |
//! | [`HttpException`](crate::HttpException) | 1008 for 4xx, else 1011; a detail that is a text is the reason, as it is meant for the client |
//! | [`WebSocketRequestValidationError`](crate::WebSocketRequestValidationError), [`RequestValidationError`](crate::RequestValidationError) | 1008, where and what, without the values |
//! | a message that breaks the protocol, is no UTF-8, or is too large | 1002, 1007, 1009 |
//! | anything else, a panic | 1011; the cause is in the log |
//!
//! [`websocket_handler`](crate::ErrorHandlingLayer::websocket_handler)s are asked first, and may send messages and
//! choose another close frame. An error because the peer is gone or has closed is no failure: no handler is asked,
//! and the log has it at DEBUG.
//!
//! The peer is always sent a close frame (unless the handler has sent one), and has
//! [10 seconds](WebSocketUpgrade::close_timeout) to answer it. What it sends in the meantime is dropped. That takes a
//! Tokio runtime with timers.
//!
//! FastAPI does the same ([WebSockets](https://fastapi.tiangolo.com/advanced/websockets/)), but for what it leaves without a
//! close frame (1006): unhandled errors, `HTTPException`s, reasons longer than 123 bytes, and codes that may not be
//! sent, which [`CloseCode`](crate::CloseCode) does not have.
//!
//! Without an [`ErrorHandlingLayer`](crate::ErrorHandlingLayer) it is the same without handlers.

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
