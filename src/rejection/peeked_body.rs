//! A body whose first frame was read and put back.

use std::{
    pin::Pin,
    task::{Context, Poll},
};

use axum::{
    Error,
    body::{Body, Bytes, HttpBody},
};
use http_body::{Frame, SizeHint};

/// A frame, or the error that came in its place, followed by the rest of the body.
pub(super) struct PeekedBody {
    first: Option<Result<Frame<Bytes>, Error>>,
    rest: Body,
}

impl PeekedBody {
    pub(super) fn new(first: Result<Frame<Bytes>, Error>, rest: Body) -> Self {
        Self { first: Some(first), rest }
    }
}

impl HttpBody for PeekedBody {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        match self.first.take() {
            Some(first) => Poll::Ready(Some(first)),
            None => Pin::new(&mut self.rest).poll_frame(cx),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.first.is_none() && self.rest.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        let mut hint = self.rest.size_hint();
        if let Some(Ok(frame)) = &self.first {
            let peeked = frame.data_ref().map_or(0, |data| data.len() as u64);
            let upper = hint.upper();
            hint.set_lower(hint.lower() + peeked);
            if let Some(upper) = upper {
                hint.set_upper(upper + peeked);
            }
        }
        hint
    }
}
