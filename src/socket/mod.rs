//! A WebSocket that is lent to handlers, so that it can still be closed after they failed.
//!
//! The rest of WebSocket support is in [`crate::ws`], which needs [`crate::handler`], which needs this.

mod connection;
mod fault;
mod outcome;
mod owner;
mod reason;

use std::{
    fmt,
    future::poll_fn,
    pin::Pin,
    sync::{Arc, Mutex},
    task::{Context, Poll},
};

use axum::{Error, extract::ws::Message, http::HeaderValue};
use futures_core::{FusedStream, Stream};
use futures_sink::Sink;

pub use self::outcome::Outcome;
use self::{
    connection::Connection,
    owner::{Shared, Waiting, lock},
};
pub(crate) use self::{fault::Fault, owner::Owner, reason::cut};

/// A WebSocket whose callback may fail.
///
/// Like axum's, it is a [`Stream`] and a [`Sink`] of [`Message`]s, and can be split, moved to another task,
/// or dropped, which closes it with 1000 (normal closure).
///
/// When the callback fails, it loses the WebSocket, even if the WebSocket was moved elsewhere: receiving ends
/// and sending fails.
///
/// A reason of a [`Message::Close`] that is too long is truncated. A code that must not be sent, see
/// [`CloseCode`](crate::CloseCode), is an error.
pub struct WebSocket {
    shared: Arc<Mutex<Shared>>,
    /// The number of the loan. Only the last loan gives access.
    loan: u64,
    protocol: Option<HeaderValue>,
}

impl WebSocket {
    /// Receives the next message; `None` if the WebSocket is closed.
    pub async fn recv(&mut self) -> Option<Result<Message, Error>> {
        poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }

    /// Sends a message.
    ///
    /// # Errors
    ///
    /// Returns an error if the WebSocket is closed, the peer is gone, or the message is a close frame with a
    /// code that must not be sent.
    pub async fn send(&mut self, message: Message) -> Result<(), Error> {
        poll_fn(|cx| Pin::new(&mut *self).poll_ready(cx)).await?;
        Pin::new(&mut *self).start_send(message)?;
        poll_fn(|cx| Pin::new(&mut *self).poll_flush(cx)).await
    }

    /// Returns the subprotocol that was selected.
    #[must_use]
    pub fn protocol(&self) -> Option<&HeaderValue> {
        self.protocol.as_ref()
    }
}

impl WebSocket {
    /// Polls the connection, and stores the waker of the task; returns `None` if the WebSocket was taken
    /// back.
    fn poll<T>(
        &self,
        cx: &mut Context<'_>,
        poll: impl FnOnce(&mut Connection, &mut Context<'_>) -> Poll<T>,
        waiting: impl FnOnce(&mut Shared) -> &mut Waiting,
    ) -> Option<Poll<T>> {
        let mut shared = lock(&self.shared);
        if !shared.is_lent(self.loan) {
            return None;
        }
        let poll = poll(&mut shared.connection, cx);
        let before = if poll.is_pending() { waiting(&mut shared).wait(cx) } else { None };
        drop(shared);
        drop(before);
        Some(poll)
    }
}

impl Stream for WebSocket {
    type Item = Result<Message, Error>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(cx, Connection::poll_next, |shared| &mut shared.reader).unwrap_or(Poll::Ready(None))
    }
}

impl FusedStream for WebSocket {
    fn is_terminated(&self) -> bool {
        let shared = lock(&self.shared);
        !shared.is_lent(self.loan) || shared.connection.is_terminated()
    }
}

impl Sink<Message> for WebSocket {
    type Error = Error;

    fn poll_ready(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<(), Error>> {
        let poll = self.poll(cx, Connection::poll_ready, |shared| &mut shared.writer);
        poll.unwrap_or_else(|| Poll::Ready(Err(taken_back())))
    }

    fn start_send(self: Pin<&mut Self>, message: Message) -> Result<(), Error> {
        let mut shared = lock(&self.shared);
        if shared.is_lent(self.loan) { shared.connection.start_send(message) } else { Err(taken_back()) }
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<(), Error>> {
        let poll = self.poll(cx, Connection::poll_flush, |shared| &mut shared.writer);
        poll.unwrap_or_else(|| Poll::Ready(Err(taken_back())))
    }

    fn poll_close(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<(), Error>> {
        let poll = self.poll(cx, Connection::poll_close, |shared| &mut shared.writer);
        poll.unwrap_or(Poll::Ready(Ok(())))
    }
}

fn taken_back() -> Error {
    Error::new("the WebSocket was closed because its handler has ended")
}

impl Drop for WebSocket {
    fn drop(&mut self) {
        let owner = lock(&self.shared).give_back(self.loan);
        if let Some(owner) = owner {
            owner.wake();
        }
    }
}

impl fmt::Debug for WebSocket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebSocket").field("protocol", &self.protocol).finish_non_exhaustive()
    }
}
