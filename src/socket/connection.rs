//! axum's WebSocket, with its last error and the code of its close frame.

use std::{
    pin::Pin,
    task::{Context, Poll, ready},
};

use axum::{
    Error,
    extract::ws::{CloseFrame, Message, WebSocket as Native},
    http::HeaderValue,
};
use futures_core::{FusedStream, Stream};
use futures_sink::Sink;

use super::{fault::Fault, reason::cut};
use crate::exception::CloseCode;

/// A connection that records its errors and its close frame.
pub(super) struct Connection {
    /// `None` when the connection has ended: the server closes it first (RFC 6455, §7.1.1).
    native: Option<Native>,
    fault: Option<Fault>,
    sent: Option<CloseCode>,
}

impl Connection {
    pub(super) fn over(native: Native) -> Self {
        Self { native: Some(native), fault: None, sent: None }
    }

    pub(super) fn protocol(&self) -> Option<&HeaderValue> {
        self.native.as_ref()?.protocol()
    }

    /// Returns the last error that the peer caused.
    pub(super) fn fault(&self) -> Option<&Fault> {
        self.fault.as_ref()
    }

    /// Returns the code of the close frame that was sent.
    pub(super) fn sent(&self) -> Option<CloseCode> {
        self.sent
    }

    pub(super) fn is_terminated(&self) -> bool {
        self.native.as_ref().is_none_or(FusedStream::is_terminated)
    }

    /// Returns the connection, which ends when it is dropped.
    pub(super) fn hang_up(&mut self) -> Option<Native> {
        self.native.take()
    }

    pub(super) fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Message, Error>>> {
        let Some(native) = &mut self.native else { return Poll::Ready(None) };
        let poll = Pin::new(native).poll_next(cx);
        if let Poll::Ready(Some(Err(error))) = &poll {
            self.record(error);
        }
        poll
    }

    pub(super) fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Error>> {
        self.poll_recording(|native| native.poll_ready(cx))
    }

    pub(super) fn start_send(&mut self, message: Message) -> Result<(), Error> {
        let (message, code) = match message {
            Message::Close(Some(CloseFrame { code, reason })) => {
                let code = CloseCode::try_from(code).map_err(Error::new)?;
                let short = cut(&reason);
                let reason = if short.len() < reason.len() { short.into() } else { reason };
                (Message::Close(Some(CloseFrame { code: code.into(), reason })), Some(code))
            }
            message => (message, None),
        };
        let result = match &mut self.native {
            Some(native) => Pin::new(native).start_send(message),
            None => Err(closed()),
        };
        match &result {
            Ok(()) => self.sent = self.sent.or(code),
            Err(error) => self.record(error),
        }
        result
    }

    pub(super) fn poll_flush(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Error>> {
        self.poll_recording(|native| native.poll_flush(cx))
    }

    pub(super) fn poll_close(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Error>> {
        if self.native.is_none() {
            return Poll::Ready(Ok(()));
        }
        self.poll_recording(|native| native.poll_close(cx))
    }

    /// Sends the close frame, and reads until the one of the peer arrives.
    ///
    /// It does both at once, because a peer that is still sending may only read afterwards.
    pub(super) fn poll_handshake(&mut self, frame: &mut Option<Message>, cx: &mut Context<'_>) -> Poll<()> {
        if frame.is_some() && self.poll_ready(cx).is_ready() {
            // This fails if the connection is closing already. Other errors cannot be reported to anyone.
            let _ = frame.take().map(|frame| self.start_send(frame));
        }
        let is_sent = frame.is_none() && self.poll_flush(cx).is_ready();
        while let Some(Ok(_)) = ready!(self.poll_next(cx)) {}
        // After a protocol error nothing more is read, but the close frame is still sent.
        if is_sent { Poll::Ready(()) } else { Poll::Pending }
    }

    fn poll_recording(
        &mut self,
        poll: impl FnOnce(Pin<&mut Native>) -> Poll<Result<(), Error>>,
    ) -> Poll<Result<(), Error>> {
        let poll = match &mut self.native {
            Some(native) => poll(Pin::new(native)),
            None => Poll::Ready(Err(closed())),
        };
        if let Poll::Ready(Err(error)) = &poll {
            self.record(error);
        }
        poll
    }

    fn record(&mut self, error: &Error) {
        self.fault = Fault::of(error).or(self.fault.take());
    }
}

/// Returns the error that axum returns for a connection that has ended.
fn closed() -> Error {
    Error::new(super::fault::CLOSED)
}
