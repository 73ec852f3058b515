//! The side that lends a WebSocket out, and closes it in the end.

use std::{
    future::poll_fn,
    mem,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll, Waker},
    time::Duration,
};

use axum::extract::ws::{CloseFrame, Message, WebSocket as Native};

use super::{WebSocket, connection::Connection, fault::Fault};
use crate::exception::CloseCode;

/// Who closes a WebSocket, whoever has it.
pub(crate) struct Owner(Arc<Mutex<Shared>>);

impl Owner {
    pub(crate) fn of(native: Native) -> Self {
        Self(Arc::new(Mutex::new(Shared {
            connection: Connection::over(native),
            loan: 0,
            is_lent: false,
            reader: Waiting::default(),
            writer: Waiting::default(),
            owner: Waiting::default(),
        })))
    }

    /// The WebSocket, for somebody to use. Whoever had it before has it no longer.
    pub(crate) fn lend(&self) -> WebSocket {
        self.recall();
        let mut shared = lock(&self.0);
        shared.is_lent = true;
        WebSocket {
            shared: Arc::clone(&self.0),
            loan: shared.loan,
            protocol: shared.connection.protocol().cloned(),
        }
    }

    /// Takes the WebSocket back. Who waits for it somewhere is told.
    pub(crate) fn recall(&self) {
        let waiting = {
            let mut shared = lock(&self.0);
            shared.loan += 1;
            shared.is_lent = false;
            [shared.reader.take(), shared.writer.take()]
        };
        waiting.into_iter().flatten().for_each(Waker::wake);
    }

    /// Whether whoever had the WebSocket has dropped it.
    pub(crate) fn poll_given_back(&self, cx: &mut Context<'_>) -> Poll<()> {
        let mut shared = lock(&self.0);
        if !shared.is_lent {
            return Poll::Ready(());
        }
        let before = shared.owner.wait(cx);
        drop(shared);
        drop(before);
        Poll::Pending
    }

    /// The last error of the socket itself.
    pub(crate) fn fault(&self) -> Option<Fault> {
        lock(&self.0).connection.fault().cloned()
    }

    /// The code that was sent already.
    pub(crate) fn sent(&self) -> Option<CloseCode> {
        lock(&self.0).connection.sent()
    }

    /// Closes the WebSocket: sends that close frame, unless one was sent already, and waits until the peer has
    /// closed, too, but not longer than that.
    ///
    /// What the peer has still sent is read and dropped, since a connection that is closed over unread bytes
    /// is reset, and the close frame lost with it.
    pub(crate) async fn close(&self, frame: CloseFrame, patience: Duration) {
        let mut frame = Some(Message::Close(Some(frame)));
        let handshake = poll_fn(|cx| lock(&self.0).connection.poll_handshake(&mut frame, cx));
        let _ = tokio::time::timeout(patience, handshake).await;
        let over = lock(&self.0).connection.hang_up();
        drop(over);
    }
}

/// A connection, and who waits for what.
pub(super) struct Shared {
    pub(super) connection: Connection,
    /// Which loan is the last one.
    loan: u64,
    is_lent: bool,
    pub(super) reader: Waiting,
    pub(super) writer: Waiting,
    owner: Waiting,
}

impl Shared {
    pub(super) fn is_lent(&self, loan: u64) -> bool {
        self.is_lent && self.loan == loan
    }

    /// Notes that a loan has ended; gives who waits for that.
    pub(super) fn give_back(&mut self, loan: u64) -> Option<Waker> {
        if !self.is_lent(loan) {
            return None;
        }
        self.is_lent = false;
        self.owner.take()
    }
}

/// What a poll left undone is to wake.
#[derive(Default)]
pub(super) struct Waiting(Option<Waker>);

impl Waiting {
    /// Has a task wait. Gives the one that waited before, which may be dropped only when nothing is locked: with
    /// the last waker of a task the task itself may go, and the WebSocket that it holds.
    #[must_use]
    pub(super) fn wait(&mut self, cx: &Context<'_>) -> Option<Waker> {
        match &self.0 {
            Some(waker) if waker.will_wake(cx.waker()) => None,
            _ => self.0.replace(cx.waker().clone()),
        }
    }

    fn take(&mut self) -> Option<Waker> {
        mem::take(&mut self.0)
    }
}

/// A panic leaves nothing half done in there that would matter to a socket that is to be closed.
pub(super) fn lock(shared: &Mutex<Shared>) -> MutexGuard<'_, Shared> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}
