//! axum's WebSocket, and what is to be known of it when it is closed.

use std::{
    pin::Pin,
    task::{Context, Poll},
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

/// A connection whose errors and whose close frame are noted.
pub(super) struct Connection {
    native: Native,
    fault: Option<Fault>,
    sent: Option<CloseCode>,
}

impl Connection {
    pub(super) fn over(native: Native) -> Self {
        Self { native, fault: None, sent: None }
    }

    pub(super) fn protocol(&self) -> Option<&HeaderValue> {
        self.native.protocol()
    }

    /// The last error.
    pub(super) fn fault(&self) -> Option<&Fault> {
        self.fault.as_ref()
    }

    /// The code in the close frame that was sent, if one was.
    pub(super) fn sent(&self) -> Option<CloseCode> {
        self.sent
    }

    pub(super) fn is_terminated(&self) -> bool {
        self.native.is_terminated()
    }

    pub(super) fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Message, Error>>> {
        let poll = Pin::new(&mut self.native).poll_next(cx);
        if let Poll::Ready(Some(Err(error))) = &poll {
            self.note(error);
        }
        poll
    }

    pub(super) fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Error>> {
        let poll = Pin::new(&mut self.native).poll_ready(cx);
        self.noted(poll)
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
        let result = Pin::new(&mut self.native).start_send(message);
        match &result {
            Ok(()) => self.sent = self.sent.or(code),
            Err(error) => self.note(error),
        }
        result
    }

    pub(super) fn poll_flush(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Error>> {
        let poll = Pin::new(&mut self.native).poll_flush(cx);
        self.noted(poll)
    }

    pub(super) fn poll_close(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Error>> {
        let poll = Pin::new(&mut self.native).poll_close(cx);
        self.noted(poll)
    }

    fn noted(&mut self, poll: Poll<Result<(), Error>>) -> Poll<Result<(), Error>> {
        if let Poll::Ready(Err(error)) = &poll {
            self.note(error);
        }
        poll
    }

    fn note(&mut self, error: &Error) {
        self.fault = Fault::of(error).or(self.fault.take());
    }
}
