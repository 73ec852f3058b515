//! Exception handlers: their signature, their registry, the lookup, and the loop that runs them.

mod arg;
mod catch_panic;
mod caught;
pub mod defaults;
mod erased;
mod lookup;
mod mapping;
mod registry;
mod run;
mod table;
#[cfg(feature = "ws")]
mod websocket;

use std::{future::Future, pin::Pin};

use axum::{
    extract::{FromRequestParts, State},
    http::request::Parts,
    response::{IntoResponse, Response},
};

use self::arg::HandlerArg;
#[cfg(feature = "ws")]
pub use self::websocket::WebSocketHandler;
pub(crate) use self::{
    catch_panic::{CatchPanic, call_catching_panics, catch_panic},
    erased::{Call, ErasedHandler},
    lookup::{Choice, Lookup},
    run::{CallHandler, End, Run, Unhandled},
};
pub use self::{caught::Caught, mapping::MappedTo, registry::ExceptionHandlers};
#[cfg(feature = "ws")]
pub(crate) use self::{mapping::or_panic, websocket::ErasedWebSocketHandler};
use crate::response::rejected;

/// Without the feature `ws` there are no handlers for WebSockets.
#[cfg(not(feature = "ws"))]
type ErasedWebSocketHandler = std::convert::Infallible;

/// An async function that handles exceptions.
///
/// The last argument says which exceptions it is for: [`Caught<E>`](Caught) for those that are an `E` or that
/// an `E` caused, [`Exception`](crate::Exception) for all that no other handler and no default handles. The
/// arguments before it are extractors that implement [`FromRequestParts`]. The function returns a response
/// or, to raise an exception, `Result<impl IntoResponse, Exception>`.
///
/// Register one with
/// [`ErrorHandlingLayer::exception_handler`](crate::ErrorHandlingLayer::exception_handler).
///
/// Like axum's `Handler`, the trait is implemented for functions and closures, and is not meant to be
/// implemented by hand. `T` stands for the arguments, `S` for the state.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an exception handler",
    label = "not an `async fn(extractors…, Caught<E>) -> impl IntoResponse`",
    note = "the last argument is `Caught<E>`, where `E` is an error type, or `Exception` for the catch-all",
    note = "the arguments before it are extractors that implement `FromRequestParts`; `Json` and others that read the body do not",
    note = "a handler that extracts `State<T>` requires `.with_state(state)` as the last call on the layer",
    note = "the function must be `async` and `Clone + Send + Sync + 'static`, and its future must be `Send`"
)]
pub trait ExceptionHandler<T, S>: Clone + Send + Sync + Sized + 'static {
    /// The last argument.
    type Arg: HandlerArg;

    /// Returns `true` if an argument is extracted from the head of the request, which is then cloned for
    /// every request.
    #[doc(hidden)]
    fn needs_head() -> bool;

    /// Handles `arg`, which was raised by a request with this head.
    #[doc(hidden)]
    fn call(self, head: Parts, arg: Self::Arg, state: S) -> HandlerFuture;
}

/// The future of an exception handler.
type HandlerFuture = Pin<Box<dyn Future<Output = Response> + Send>>;

macro_rules! impl_handler {
    ($($extractor:ident)*) => {
        #[allow(non_snake_case, unused_mut, unused_variables)]
        impl<F, Fut, R, S, X, $($extractor,)*> ExceptionHandler<($($extractor,)* X,), S> for F
        where
            F: FnOnce($($extractor,)* X) -> Fut + Clone + Send + Sync + 'static,
            Fut: Future<Output = R> + Send,
            R: IntoResponse,
            X: HandlerArg,
            S: Send + Sync + 'static,
            $($extractor: FromRequestParts<S> + Send + 'static,)*
        {
            type Arg = X;

            fn needs_head() -> bool {
                false $(|| !is_state::<$extractor>())*
            }

            fn call(self, mut head: Parts, arg: X, state: S) -> HandlerFuture {
                Box::pin(async move {
                    $(
                        let $extractor = match $extractor::from_request_parts(&mut head, &state).await {
                            Ok(value) => value,
                            Err(rejection) => return rejected(rejection.into_response()),
                        };
                    )*
                    self($($extractor,)* arg).await.into_response()
                })
            }
        }
    };
}

impl_handler!();
impl_handler!(T1);
impl_handler!(T1 T2);
impl_handler!(T1 T2 T3);
impl_handler!(T1 T2 T3 T4);
impl_handler!(T1 T2 T3 T4 T5);
impl_handler!(T1 T2 T3 T4 T5 T6);
impl_handler!(T1 T2 T3 T4 T5 T6 T7);
impl_handler!(T1 T2 T3 T4 T5 T6 T7 T8);

/// Returns `true` if `T` is `State<_>`, which reads nothing of a request.
///
/// Types cannot be compared like this, but their names can. A wrong `false` only costs a clone of the head.
fn is_state<T>() -> bool {
    let state = std::any::type_name::<State<()>>();
    std::any::type_name::<T>().starts_with(state.trim_end_matches("()>"))
}

#[cfg(test)]
mod tests {
    use axum::{
        extract::State,
        http::{Method, Uri},
    };

    use super::{ExceptionHandler, arg::HandlerArg};
    use crate::{exception::HttpException, handler::Caught};

    fn needs_head<T, S, H>(_: H) -> bool
    where
        H: ExceptionHandler<T, S>,
        H::Arg: HandlerArg,
    {
        H::needs_head()
    }

    #[test]
    fn only_extractors_of_the_request_need_its_head() {
        assert!(!needs_head::<_, (), _>(|_: Caught<HttpException>| async {}));
        assert!(!needs_head::<_, String, _>(|_: State<String>, _: Caught<HttpException>| async {}));
        assert!(needs_head::<_, String, _>(|_: State<String>, _: Uri, _: Caught<HttpException>| async {}));
        assert!(needs_head::<_, (), _>(|_: Method, _: Caught<HttpException>| async {}));
    }
}
