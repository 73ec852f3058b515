//! An exception handler without its types.

use std::{fmt, sync::Arc};

use axum::http::request::Parts;

use super::{Answer, ExceptionHandler, caught::HandlerArg};
use crate::exception::Exception;

/// What a handler is called with.
pub(crate) struct Call {
    pub(crate) head: Parts,
    pub(crate) exception: Exception,
    /// Which link of the exception's chain the handler was chosen for.
    pub(crate) link: usize,
}

/// An exception handler that waits for a state `S`.
pub(crate) struct Erased<S> {
    pub(super) needs_head: bool,
    call: Arc<dyn Fn(Call, S) -> Answer + Send + Sync>,
}

impl<S: 'static> Erased<S> {
    pub(super) fn new<H, T>(handler: H) -> Self
    where
        H: ExceptionHandler<T, S>,
    {
        Self {
            needs_head: H::needs_head(),
            call: Arc::new(move |Call { head, exception, link }, state| {
                handler.clone().call(head, H::Arg::new(exception, link), state)
            }),
        }
    }

    pub(super) fn with_state(self, state: S) -> Erased<()>
    where
        S: Clone + Send + Sync,
    {
        Erased {
            needs_head: self.needs_head,
            call: Arc::new(move |call, ()| (self.call)(call, state.clone())),
        }
    }
}

impl Erased<()> {
    pub(crate) fn call(&self, call: Call) -> Answer {
        (self.call)(call, ())
    }
}

impl<S> Clone for Erased<S> {
    fn clone(&self) -> Self {
        Self { needs_head: self.needs_head, call: Arc::clone(&self.call) }
    }
}

impl<S> fmt::Debug for Erased<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Handler").field("needs_head", &self.needs_head).finish_non_exhaustive()
    }
}
