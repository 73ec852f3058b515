//! The task of an open WebSocket: runs the app's callback, handles its exception and closes the WebSocket.

use std::{
    future::{Future, poll_fn},
    pin::{Pin, pin},
    task::{Context, Poll},
    time::Duration,
};

use axum::extract::ws::{CloseFrame, WebSocket as Native};
use pin_project_lite::pin_project;

use super::{
    default::{close_after, close_of, is_server_error},
    layers::Layers,
};
use crate::{
    exception::{CloseCode, Exception, Result, WebSocketException},
    handler::{
        CallHandler, Choice, End, ErasedWebSocketHandler, ExceptionHandlers, Lookup, Run, Unhandled,
        call_catching_panics, or_panic,
    },
    log::{self, Ending, Entry},
    request_context::RequestContext,
    response,
    socket::{Fault, Outcome, Owner, WebSocket},
};

/// The facts about a WebSocket that are known when it opens.
pub(super) struct Task {
    pub(super) layers: Layers,
    pub(super) context: RequestContext,
    pub(super) close_timeout: Duration,
}

/// The callback of the app, without its type.
pub(super) type Callback = Box<dyn FnOnce(WebSocket) -> CallbackFuture + Send>;

type CallbackFuture = Pin<Box<dyn Future<Output = Result<()>> + Send>>;

/// Erases the type of a callback.
pub(super) fn erase<C, Fut>(callback: C) -> Callback
where
    C: FnOnce(WebSocket) -> Fut + Send + 'static,
    Fut: Future + Send + 'static,
    Fut::Output: Outcome,
{
    Box::new(|socket| Box::pin(IntoResult { future: callback(socket) }))
}

pin_project! {
    /// A future whose outcome is converted into a result.
    ///
    /// Unlike an async block, it does not drop the inner future in the poll that ends it: a future that
    /// panics both in a poll and when it is dropped must not do so at once, which would abort the program.
    struct IntoResult<F> {
        #[pin]
        future: F,
    }
}

impl<F> Future for IntoResult<F>
where
    F: Future,
    F::Output: Outcome,
{
    type Output = Result<()>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<()>> {
        self.project().future.poll(cx).map(Outcome::into_result)
    }
}

impl Task {
    /// Calls `callback` with the WebSocket, and closes the WebSocket when the callback ends.
    pub(super) async fn run(self, native: Native, callback: Callback) {
        let owner = Owner::of(native);
        let socket = owner.lend();
        let mut work = pin!(call_catching_panics(|| callback(socket)));
        let done = poll_fn(|cx| match work.as_mut().poll(cx) {
            Poll::Ready(outcome) => Poll::Ready(Some(outcome)),
            Poll::Pending => owner.poll_given_back(cx).map(|()| None),
        });
        let outcome = match done.await {
            Some(outcome) => outcome,
            None => self.close_during(work, &owner).await,
        };
        match outcome.unwrap_or_else(|panic| Err(panic.into())) {
            Ok(()) => {
                // The callback may have moved the WebSocket to another task.
                poll_fn(|cx| owner.poll_given_back(cx)).await;
                owner.close(close_after(owner.fault()), self.close_timeout).await;
            }
            Err(exception) => {
                owner.recall();
                let frame = self.handle(exception, &owner).await;
                owner.close(frame, self.close_timeout).await;
            }
        }
    }

    /// Closes a WebSocket that was dropped before the callback ended, as axum would.
    async fn close_during<W: Future>(&self, mut work: Pin<&mut W>, owner: &Owner) -> W::Output {
        let mut closing = pin!(owner.close(close_after(owner.fault()), self.close_timeout));
        let mut is_closed = false;
        poll_fn(|cx| {
            is_closed = is_closed || closing.as_mut().poll(cx).is_ready();
            work.as_mut().poll(cx)
        })
        .await
    }

    /// Runs the handlers for an exception, logs it, and returns the close frame.
    async fn handle(&self, raised: Exception, owner: &Owner) -> CloseFrame {
        if owner.fault().is_some_and(|fault| fault.code.is_none() && fault.is_cause_of(&raised)) {
            // The peer is gone or has closed the WebSocket, which is not a failure.
            let ending = Ending::Close { code: None, is_server_error: false };
            log::exceptions(&[Entry::unhandled(raised, None)], ending, &self.context);
            return close_after(None);
        }
        let mut entries = Vec::with_capacity(1);
        let (frame, is_server_error) = match self.run_handlers(raised, owner, &mut entries).await {
            Ok(frame) => {
                let sent = owner.sent().map_or(frame.code, CloseCode::as_u16);
                (frame, is_server_error(sent))
            }
            Err(unhandled) => {
                let resolved = translate(&unhandled, owner.fault().as_ref());
                let frame = close_of(resolved.as_ref().unwrap_or(&unhandled));
                entries.push(Entry::unhandled(unhandled, resolved));
                // The code of the exception counts, even if a handler has sent another one before.
                let is_server_error = is_server_error(frame.code);
                (frame, is_server_error)
            }
        };
        let code = owner.sent().or(CloseCode::new(frame.code));
        log::exceptions(&entries, Ending::Close { code, is_server_error }, &self.context);
        frame
    }

    /// Runs the handlers of all layers, innermost first, and returns the close frame.
    ///
    /// # Errors
    ///
    /// Returns the exception that is left if no handler handled it.
    async fn run_handlers(
        &self,
        mut exception: Exception,
        owner: &Owner,
        entries: &mut Vec<Entry>,
    ) -> Result<CloseFrame> {
        for handlers in self.layers.handlers() {
            match run_handlers_of(&handlers, exception, owner, entries).await {
                Ok(frame) => return Ok(frame),
                Err(unhandled) => exception = unhandled,
            }
        }
        Err(exception)
    }
}

/// Runs the handlers of one layer, and returns the close frame.
///
/// # Errors
///
/// Returns the exception that is left if no handler handled it.
async fn run_handlers_of(
    handlers: &ExceptionHandlers,
    exception: Exception,
    owner: &Owner,
    entries: &mut Vec<Entry>,
) -> Result<CloseFrame> {
    let caller = Caller { handlers, owner };
    let end = match Run::start(&caller, &exception) {
        Ok(run) => run.until_handled(&caller, entries).await,
        Err(Unhandled { resolved }) => End::Unhandled { raised: exception, resolved },
    };
    match end {
        End::Handled { resolved, .. } => Ok(close_of(&resolved)),
        End::CatchAllFailed { failure, .. } => Ok(close_of(&failure)),
        End::Unhandled { raised, resolved: None } => Err(raised),
        End::Unhandled { raised, resolved: Some(resolved) } => {
            entries.push(Entry::unhandled(raised, Some(resolved.clone())));
            Err(resolved)
        }
    }
}

/// Calls the handlers of one layer for a WebSocket.
struct Caller<'a> {
    handlers: &'a ExceptionHandlers,
    owner: &'a Owner,
}

impl CallHandler for Caller<'_> {
    type Handler = ErasedWebSocketHandler;
    type Response = ();
    type Raised = Exception;

    fn exception_of(raised: &Exception) -> &Exception {
        raised
    }

    fn lookup(&self) -> Lookup<'_, ErasedWebSocketHandler> {
        self.handlers.websocket()
    }

    fn translate(&self, exception: &Exception) -> Option<Exception> {
        translate(exception, self.owner.fault().as_ref())
    }

    /// Lends the WebSocket to the handler until it ends.
    async fn call(&self, choice: Choice<ErasedWebSocketHandler>) -> Result<()> {
        let Choice { handler, exception, link } = choice;
        let socket = self.owner.lend();
        let outcome = call_catching_panics(|| handler.call(socket, exception, link)).await;
        self.owner.recall();
        outcome?
    }
}

/// Returns the exception that an error of another crate stands for.
fn translate(exception: &Exception, fault: Option<&Fault>) -> Option<Exception> {
    if exception.built_in().is_some() {
        return None;
    }
    let code = fault.filter(|fault| fault.is_cause_of(exception)).and_then(|fault| fault.code);
    match code {
        Some(code) => Some(WebSocketException::new(code).caused_by(exception.clone()).into()),
        None => or_panic(exception, || response::translate(exception, &RequestContext::default())),
    }
}
