//! Catches panics in code of the app.

use std::{
    any::Any,
    future::{Future, poll_fn},
    panic::{AssertUnwindSafe, catch_unwind},
    pin::{Pin, pin},
    task::{Context, Poll},
};

use pin_project_lite::pin_project;

use crate::exception::Panic;

/// The payload of a panic, for [`Panic::caught`].
///
/// A `Panic` is larger, and would make every successful result more expensive to move.
type Payload = Box<dyn Any + Send>;

/// Calls `f`, and returns its panic as an error.
#[inline]
pub(crate) fn catch_panic<T>(f: impl FnOnce() -> T) -> Result<T, Payload> {
    catch_unwind(AssertUnwindSafe(f))
}

pin_project! {
    /// A future whose panics are errors.
    pub(crate) struct CatchPanic<F> {
        #[pin]
        future: F,
    }
}

impl<F> CatchPanic<F> {
    #[inline]
    pub(crate) fn new(future: F) -> Self {
        Self { future }
    }
}

impl<F: Future> Future for CatchPanic<F> {
    type Output = Result<F::Output, Payload>;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        match catch_panic(|| self.project().future.poll(cx)) {
            Ok(poll) => poll.map(Ok),
            Err(payload) => Poll::Ready(Err(payload)),
        }
    }
}

/// Calls an async function, and catches its panics wherever they happen: in the call, in a poll, or when the
/// future is dropped.
///
/// It calls the function at once, so that the future does not have to keep its arguments.
pub(crate) fn call_catching_panics<F, Fut>(function: F) -> impl Future<Output = Result<Fut::Output, Panic>>
where
    F: FnOnce() -> Fut,
    Fut: Future,
{
    let future = catch_panic(function).map_err(Panic::caught);
    async move {
        let mut slot = pin!(Some(CatchPanic::new(future?)));
        let output = poll_fn(|cx| match slot.as_mut().as_pin_mut() {
            Some(future) => future.poll(cx).map_err(Panic::caught),
            None => Poll::Pending,
        })
        .await;
        match catch_panic(|| slot.set(None)) {
            Ok(()) => output,
            Err(payload) => output.and(Err(Panic::caught(payload))),
        }
    }
}
