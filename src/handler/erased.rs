//! Exception handlers without their types.

use std::{fmt, sync::Arc};

use axum::http::request::Parts;

use super::{ExceptionHandler, HandlerFuture, arg::HandlerArg};
use crate::exception::Exception;

/// The arguments of an exception handler.
pub(crate) struct Call {
    pub(crate) head: Parts,
    pub(crate) exception: Exception,
    /// The index of the error in the exception's chain that the handler is for.
    pub(crate) link: usize,
}

/// An exception handler that needs a state `S`.
pub(crate) struct ErasedHandler<S = ()> {
    pub(super) needs_head: bool,
    call: Arc<dyn Fn(Call, S) -> HandlerFuture + Send + Sync>,
}

impl<S: 'static> ErasedHandler<S> {
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

    pub(super) fn with_state(self, state: S) -> ErasedHandler
    where
        S: Clone + Send + Sync,
    {
        ErasedHandler {
            needs_head: self.needs_head,
            call: Arc::new(move |call, ()| (self.call)(call, state.clone())),
        }
    }
}

impl ErasedHandler {
    pub(crate) fn call(&self, call: Call) -> HandlerFuture {
        (self.call)(call, ())
    }
}

impl<S> Clone for ErasedHandler<S> {
    fn clone(&self) -> Self {
        Self { needs_head: self.needs_head, call: Arc::clone(&self.call) }
    }
}

impl<S> fmt::Debug for ErasedHandler<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ErasedHandler").field("needs_head", &self.needs_head).finish_non_exhaustive()
    }
}
