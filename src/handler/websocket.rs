//! Handlers for what is raised while a WebSocket is open.

use std::{fmt, future::Future, pin::Pin, sync::Arc};

use super::caught::HandlerArg;
use crate::{
    exception::{Exception, Result},
    socket::{Outcome, WebSocket},
};

/// An async function that is asked before a WebSocket is closed because of an exception.
///
/// Its arguments are the [`WebSocket`](crate::ws::WebSocket) and, as for an
/// [`ExceptionHandler`](crate::ExceptionHandler), [`Caught<E>`](crate::Caught) or
/// [`Exception`](crate::Exception). It returns `()` or [`Result<()>`](crate::Result).
///
/// Like axum's `Handler` it is implemented for functions and closures, and not meant to be implemented
/// by hand. `T` stands for the arguments.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a WebSocket handler",
    label = "not an `async fn(WebSocket, Caught<E>)`, returning `()` or `axum_exception::Result<()>`",
    note = "the first argument is `axum_exception::ws::WebSocket`, the last one `Caught<E>`, where `E` is an error type, or `Exception` for the catch-all",
    note = "it must be `async`, and `Clone + Send + Sync + 'static`, and so must what it returns be `Send`"
)]
pub trait WebSocketHandler<T>: Clone + Send + Sync + Sized + 'static {
    /// The last argument.
    type Arg: HandlerArg;

    /// Handles `arg`, which was raised while `socket` was open.
    #[doc(hidden)]
    fn call(self, socket: WebSocket, arg: Self::Arg) -> Handled;
}

/// What a handler comes to, to be waited for.
type Handled = Pin<Box<dyn Future<Output = Result<()>> + Send>>;

impl<F, Fut, X> WebSocketHandler<(WebSocket, X)> for F
where
    F: FnOnce(WebSocket, X) -> Fut + Clone + Send + Sync + 'static,
    Fut: Future + Send,
    Fut::Output: Outcome,
    X: HandlerArg,
{
    type Arg = X;

    fn call(self, socket: WebSocket, arg: X) -> Handled {
        Box::pin(async move { self(socket, arg).await.into_result() })
    }
}

/// Such a handler without its types.
#[derive(Clone)]
pub(crate) struct OnSocket(Arc<dyn Fn(WebSocket, Exception, usize) -> Handled + Send + Sync>);

impl OnSocket {
    pub(super) fn new<H, T>(handler: H) -> Self
    where
        H: WebSocketHandler<T>,
    {
        Self(Arc::new(move |socket, exception, link| {
            handler.clone().call(socket, H::Arg::new(exception, link))
        }))
    }

    /// Handles an exception; `link` is the one of its chain that the handler was chosen for.
    pub(crate) fn call(&self, socket: WebSocket, exception: Exception, link: usize) -> Handled {
        (self.0)(socket, exception, link)
    }
}

impl fmt::Debug for OnSocket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OnSocket").finish_non_exhaustive()
    }
}
