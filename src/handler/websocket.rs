//! Handlers for exceptions that are raised while a WebSocket is open.

use std::{fmt, future::Future, pin::Pin, sync::Arc};

use super::arg::HandlerArg;
use crate::{
    exception::{Exception, Result},
    socket::{Outcome, WebSocket},
};

/// An async function that handles an exception raised while a WebSocket is open, before the WebSocket is
/// closed.
///
/// Register one with
/// [`ErrorHandlingLayer::websocket_handler`](crate::ErrorHandlingLayer::websocket_handler).
///
/// The arguments are the [`WebSocket`](crate::ws::WebSocket) and, as for an
/// [`ExceptionHandler`](crate::ExceptionHandler), [`Caught<E>`](crate::Caught) or
/// [`Exception`](crate::Exception). The function returns `()` or [`Result<()>`](crate::Result).
///
/// Like axum's `Handler`, the trait is implemented for functions and closures, and is not meant to be
/// implemented by hand. `T` stands for the arguments.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a WebSocket handler",
    label = "not an `async fn(WebSocket, Caught<E>)`, returning `()` or `axum_exception::Result<()>`",
    note = "the first argument is `axum_exception::ws::WebSocket`, the last one `Caught<E>`, where `E` is an error type, or `Exception` for the catch-all",
    note = "the function must be `async` and `Clone + Send + Sync + 'static`, and its future must be `Send`"
)]
pub trait WebSocketHandler<T>: Clone + Send + Sync + Sized + 'static {
    /// The last argument.
    type Arg: HandlerArg;

    /// Handles `arg`, which was raised while `socket` was open.
    #[doc(hidden)]
    fn call(self, socket: WebSocket, arg: Self::Arg) -> HandlerFuture;
}

/// The future of a WebSocket handler.
type HandlerFuture = Pin<Box<dyn Future<Output = Result<()>> + Send>>;

impl<F, Fut, X> WebSocketHandler<(WebSocket, X)> for F
where
    F: FnOnce(WebSocket, X) -> Fut + Clone + Send + Sync + 'static,
    Fut: Future + Send,
    Fut::Output: Outcome,
    X: HandlerArg,
{
    type Arg = X;

    fn call(self, socket: WebSocket, arg: X) -> HandlerFuture {
        Box::pin(async move { self(socket, arg).await.into_result() })
    }
}

/// A WebSocket handler without its types.
#[derive(Clone)]
pub(crate) struct ErasedWebSocketHandler(
    Arc<dyn Fn(WebSocket, Exception, usize) -> HandlerFuture + Send + Sync>,
);

impl ErasedWebSocketHandler {
    pub(super) fn new<H, T>(handler: H) -> Self
    where
        H: WebSocketHandler<T>,
    {
        Self(Arc::new(move |socket, exception, link| {
            handler.clone().call(socket, H::Arg::new(exception, link))
        }))
    }

    /// Calls the handler; `link` is the index of the error in the exception's chain that the handler is for.
    pub(crate) fn call(&self, socket: WebSocket, exception: Exception, link: usize) -> HandlerFuture {
        (self.0)(socket, exception, link)
    }
}

impl fmt::Debug for ErasedWebSocketHandler {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ErasedWebSocketHandler").finish_non_exhaustive()
    }
}
