//! What is done with a WebSocket, to its end.

use std::{
    future::{Future, poll_fn},
    panic::{AssertUnwindSafe, catch_unwind},
    pin::{Pin, pin},
    task::Poll,
    time::Duration,
};

use axum::{
    extract::{
        MatchedPath,
        ws::{CloseFrame, WebSocket as Native},
    },
    http::Method,
};

use super::{
    default::{close_after, close_of, is_server_error},
    layers::Layers,
};
use crate::{
    exception::{CloseCode, Exception, Panic, Result, WebSocketException},
    handler::{Choice, ExceptionHandlers, OnSocket, Ran, Verdict},
    log::{self, Asker, Entry, Sent},
    rejection::{self, RequestContext},
    socket::{Fault, Outcome, Owner, WebSocket},
};

/// What is known of a WebSocket when it opens.
pub(super) struct Task {
    pub(super) layers: Layers,
    pub(super) method: Method,
    pub(super) route: Option<MatchedPath>,
    pub(super) patience: Duration,
}

impl Task {
    /// Lets `callback` use the WebSocket, and closes it as that ends.
    pub(super) async fn run<C, Fut>(self, native: Native, callback: C)
    where
        C: FnOnce(WebSocket) -> Fut,
        Fut: Future,
        Fut::Output: Outcome,
    {
        let owner = Owner::of(native);
        let socket = owner.lend();
        let mut work = pin!(caught(|| callback(socket)));
        let done = poll_fn(|cx| match work.as_mut().poll(cx) {
            Poll::Ready(outcome) => Poll::Ready(Some(outcome)),
            Poll::Pending => owner.poll_given_back(cx).map(|()| None),
        });
        let outcome = match done.await {
            Some(outcome) => outcome,
            None => self.close_during(work, &owner).await,
        };
        match outcome.and_then(Outcome::into_result) {
            Ok(()) => {
                // Another task may have it by now.
                poll_fn(|cx| owner.poll_given_back(cx)).await;
                owner.close(close_after(owner.fault()), self.patience).await;
            }
            Err(exception) => {
                owner.recall();
                let frame = self.answer(exception, &owner).await;
                owner.close(frame, self.patience).await;
            }
        }
    }

    /// Closes a WebSocket that was dropped before the work is over, as axum's would be.
    async fn close_during<W: Future>(&self, mut work: Pin<&mut W>, owner: &Owner) -> W::Output {
        let mut closing = pin!(owner.close(close_after(owner.fault()), self.patience));
        let mut is_closed = false;
        poll_fn(|cx| {
            is_closed = is_closed || closing.as_mut().poll(cx).is_ready();
            work.as_mut().poll(cx)
        })
        .await
    }

    /// Has handlers tell the peer of an exception, logs it, and says how to close.
    async fn answer(&self, raised: Exception, owner: &Owner) -> CloseFrame {
        let asker = Asker { method: &self.method, route: self.route.as_ref().map(MatchedPath::as_str) };
        if owner.fault().is_some_and(|fault| fault.code.is_none() && fault.is_cause_of(&raised)) {
            // The peer is gone or has closed: an end like any other.
            let entry = Entry { raised: raised.clone(), taken_for: raised, unhandled: false };
            log::exceptions(&[entry], Sent::Close(None, false), asker);
            return close_after(None);
        }
        let mut entries = Vec::with_capacity(1);
        let (frame, is_error) = match self.ask_all(raised, owner, &mut entries).await {
            Ok(frame) => {
                let sent = owner.sent().map_or(frame.code, CloseCode::as_u16);
                (frame, is_server_error(sent))
            }
            Err(left) => {
                let taken_for = translate(&left, owner.fault().as_ref()).unwrap_or_else(|| left.clone());
                let frame = close_of(&taken_for);
                entries.push(Entry { raised: left, taken_for, unhandled: false });
                // Whatever the peer was told before: nobody has handled this.
                let is_error = is_server_error(frame.code);
                (frame, is_error)
            }
        };
        let code = owner.sent().or(CloseCode::new(frame.code));
        log::exceptions(&entries, Sent::Close(code, is_error), asker);
        frame
    }

    /// Asks the layers one after the other, from the inside; gives what is left of the exception if none has a
    /// handler for it.
    async fn ask_all(
        &self,
        mut exception: Exception,
        owner: &Owner,
        entries: &mut Vec<Entry>,
    ) -> Result<CloseFrame> {
        for handlers in self.layers.handlers() {
            match ask(&handlers, exception, owner, entries).await {
                Ok(frame) => return Ok(frame),
                Err(left) => exception = left,
            }
        }
        Err(exception)
    }
}

/// Runs the handlers of one layer for an exception, until one of them is content or none is left.
async fn ask(
    handlers: &ExceptionHandlers,
    mut exception: Exception,
    owner: &Owner,
    entries: &mut Vec<Entry>,
) -> Result<CloseFrame> {
    let mut ran = Ran::default();
    loop {
        let fault = owner.fault();
        let verdict =
            handlers.decide_on_socket(&exception, &mut ran, |error| translate(error, fault.as_ref()));
        let choice = match verdict {
            Verdict::Handler(choice) => choice,
            Verdict::AsRaised => return Err(exception),
            Verdict::Instead(other) => {
                entries.push(Entry { raised: exception, taken_for: other.clone(), unhandled: false });
                return Err(other);
            }
        };
        let taken_for = choice.exception.clone();
        entries.push(Entry {
            raised: exception,
            taken_for: taken_for.clone(),
            unhandled: ran.ends_with_catch_all(),
        });
        match run(choice, owner).await {
            Ok(()) => return Ok(close_of(&taken_for)),
            Err(next) if ran.ends_with_catch_all() => {
                let frame = close_of(&next);
                entries.push(Entry { raised: next.clone(), taken_for: next, unhandled: false });
                return Ok(frame);
            }
            Err(next) => exception = next,
        }
    }
}

/// What a handler comes to, which has the WebSocket until then.
async fn run(choice: Choice<OnSocket>, owner: &Owner) -> Result<()> {
    let Choice { handler, exception, link } = choice;
    let socket = owner.lend();
    let outcome = caught(|| handler.call(socket, exception, link)).await;
    owner.recall();
    outcome.and_then(|outcome| outcome)
}

/// The exception that an error stands for which is not of this crate.
fn translate(exception: &Exception, fault: Option<&Fault>) -> Option<Exception> {
    if exception.built_in().is_some() {
        return None;
    }
    let code = fault.filter(|fault| fault.is_cause_of(exception)).and_then(|fault| fault.code);
    match code {
        Some(code) => Some(WebSocketException::new(code).caused_by(exception.clone()).into()),
        None => rejection::translate(exception, RequestContext::default()),
    }
}

/// What a future comes to; if it panics, that.
async fn caught<F, Fut>(start: F) -> Result<Fut::Output>
where
    F: FnOnce() -> Fut,
    Fut: Future,
{
    let future = catch_unwind(AssertUnwindSafe(start)).map_err(Panic::caught)?;
    let mut future = pin!(Some(future));
    let outcome = poll_fn(|cx| {
        let Some(future) = future.as_mut().as_pin_mut() else { return Poll::Pending };
        match catch_unwind(AssertUnwindSafe(|| future.poll(cx))) {
            Ok(poll) => poll.map(Ok),
            Err(payload) => Poll::Ready(Err(Panic::caught(payload).into())),
        }
    })
    .await;
    // What it held may panic, too, when it goes.
    match catch_unwind(AssertUnwindSafe(|| future.set(None))) {
        Ok(()) => outcome,
        Err(payload) => outcome.and(Err(Panic::caught(payload).into())),
    }
}
