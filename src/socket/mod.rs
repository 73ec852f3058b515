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
use self::owner::{Shared, lock};
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

impl Stream for WebSocket {
    type Item = Result<Message, Error>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut shared = lock(&self.shared);
        if !shared.is_lent(self.loan) {
            return Poll::Ready(None);
        }
        let poll = shared.connection.poll_next(cx);
        if poll.is_pending() {
            shared.reader.wait(cx);
        }
        poll
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
        let mut shared = lock(&self.shared);
        shared.check(self.loan)?;
        let poll = shared.connection.poll_ready(cx);
        if poll.is_pending() {
            shared.writer.wait(cx);
        }
        poll
    }

    fn start_send(self: Pin<&mut Self>, message: Message) -> Result<(), Error> {
        let mut shared = lock(&self.shared);
        shared.check(self.loan)?;
        shared.connection.start_send(message)
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<(), Error>> {
        let mut shared = lock(&self.shared);
        shared.check(self.loan)?;
        let poll = shared.connection.poll_flush(cx);
        if poll.is_pending() {
            shared.writer.wait(cx);
        }
        poll
    }

    fn poll_close(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<(), Error>> {
        let mut shared = lock(&self.shared);
        if !shared.is_lent(self.loan) {
            return Poll::Ready(Ok(()));
        }
        let poll = shared.connection.poll_close(cx);
        if poll.is_pending() {
            shared.writer.wait(cx);
        }
        poll
    }
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
