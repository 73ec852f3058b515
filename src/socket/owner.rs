//! The owner of a WebSocket, which lends it to handlers and closes it in the end.

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

/// The owner of a WebSocket.
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

    /// Lends the WebSocket out, and ends the loan before.
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

    /// Ends the loan, and wakes the tasks that wait for the WebSocket.
    pub(crate) fn recall(&self) {
        let waiting = {
            let mut shared = lock(&self.0);
            shared.loan += 1;
            shared.is_lent = false;
            [shared.reader.take(), shared.writer.take()]
        };
        waiting.into_iter().flatten().for_each(Waker::wake);
    }

    /// Waits until the WebSocket that was lent is dropped.
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

    /// Returns the last error that the peer caused.
    pub(crate) fn fault(&self) -> Option<Fault> {
        lock(&self.0).connection.fault().cloned()
    }

    /// Returns the code of the close frame that was sent.
    pub(crate) fn sent(&self) -> Option<CloseCode> {
        lock(&self.0).connection.sent()
    }

    /// Closes the WebSocket: sends the close frame, unless one was sent already, and waits until the peer has
    /// closed it as well or the timeout has elapsed.
    ///
    /// Messages that still arrive are read and dropped. Closing a connection with unread bytes would reset
    /// it, and the close frame would be lost.
    pub(crate) async fn close(&self, frame: CloseFrame, timeout: Duration) {
        let mut frame = Some(Message::Close(Some(frame)));
        let handshake = poll_fn(|cx| lock(&self.0).connection.poll_handshake(&mut frame, cx));
        let _ = tokio::time::timeout(timeout, handshake).await;
        let over = lock(&self.0).connection.hang_up();
        drop(over);
    }
}

/// A connection, and the tasks that wait for it.
pub(super) struct Shared {
    pub(super) connection: Connection,
    /// The number of the last loan.
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

    /// Ends a loan; returns the waker of the owner if it waits for that.
    pub(super) fn give_back(&mut self, loan: u64) -> Option<Waker> {
        if !self.is_lent(loan) {
            return None;
        }
        self.is_lent = false;
        self.owner.take()
    }
}

/// The waker of a task that waits.
#[derive(Default)]
pub(super) struct Waiting(Option<Waker>);

impl Waiting {
    /// Stores the waker of a task. Returns the previous waker, which must be dropped after the lock was
    /// released: dropping the last waker of a task may drop the task, and the WebSocket that it holds.
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

/// Locks the connection. A panic while it was locked does not matter, because the WebSocket is only closed
/// then.
pub(super) fn lock(shared: &Mutex<Shared>) -> MutexGuard<'_, Shared> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}
