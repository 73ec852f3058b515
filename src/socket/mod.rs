//! A WebSocket that is lent out, so that whoever has it may fail and it can still be closed.

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

/// A WebSocket: axum's by use, but what is done with it may fail.
///
/// It is a [`Stream`] and a [`Sink`] of [`Message`]s with the methods of axum's, and may be split, moved
/// to another task, or dropped, which closes it with 1000 (normal closure).
///
/// When the handler it was given to fails, it is taken back, wherever it is: receiving ends, sending
/// fails.
///
/// A [`Message::Close`] with a reason that is too long goes out with the beginning of it; one with a code
/// that may not be sent ([`CloseCode`](crate::CloseCode)) is refused.
pub struct WebSocket {
    shared: Arc<Mutex<Shared>>,
    /// Which loan it is: the last one alone gives access.
    loan: u64,
    protocol: Option<HeaderValue>,
}

impl WebSocket {
    /// Receives another message; `None` if the WebSocket is closed.
    pub async fn recv(&mut self) -> Option<Result<Message, Error>> {
        poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }

    /// Sends a message.
    ///
    /// # Errors
    ///
    /// If the WebSocket is closed or the peer is gone.
    pub async fn send(&mut self, message: Message) -> Result<(), Error> {
        poll_fn(|cx| Pin::new(&mut *self).poll_ready(cx)).await?;
        Pin::new(&mut *self).start_send(message)?;
        poll_fn(|cx| Pin::new(&mut *self).poll_flush(cx)).await
    }

    /// The subprotocol that was chosen.
    #[must_use]
    pub fn protocol(&self) -> Option<&HeaderValue> {
        self.protocol.as_ref()
    }
}

impl WebSocket {
    /// Polls the connection, and notes who waits for it; `None` if the WebSocket was taken back.
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
