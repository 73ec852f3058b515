//! Catches panics in code of the app.

use std::{
    future::{Future, poll_fn},
    panic::{AssertUnwindSafe, catch_unwind},
    pin::{Pin, pin},
    task::{Context, Poll},
};

use pin_project_lite::pin_project;

use crate::exception::Panic;

/// Calls `f`, and returns its panic as an error.
pub(crate) fn catch_panic<T>(f: impl FnOnce() -> T) -> Result<T, Panic> {
    catch_unwind(AssertUnwindSafe(f)).map_err(Panic::caught)
}

pin_project! {
    /// A future whose panics are errors.
    pub(crate) struct CatchPanic<F> {
        #[pin]
        future: F,
    }
}

impl<F> CatchPanic<F> {
    pub(crate) fn new(future: F) -> Self {
        Self { future }
    }
}

impl<F: Future> Future for CatchPanic<F> {
    type Output = Result<F::Output, Panic>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        match catch_panic(|| self.project().future.poll(cx)) {
            Ok(poll) => poll.map(Ok),
            Err(panic) => Poll::Ready(Err(panic)),
        }
    }
}

/// Calls an async function, and catches its panics wherever they happen: in the call, in a poll, or when the
/// future is dropped.
pub(crate) async fn call_catching_panics<F, Fut>(function: F) -> Result<Fut::Output, Panic>
where
    F: FnOnce() -> Fut,
    Fut: Future,
{
    let mut slot = pin!(Some(CatchPanic::new(catch_panic(function)?)));
    let output = poll_fn(|cx| match slot.as_mut().as_pin_mut() {
        Some(future) => future.poll(cx),
        None => Poll::Pending,
    })
    .await;
    match catch_panic(|| slot.set(None)) {
        Ok(()) => output,
        Err(panic) => output.and(Err(panic)),
    }
}
