//! Exception handlers: what they look like, and where they are kept.

mod caught;
pub mod defaults;
mod erased;
mod map;
#[cfg(feature = "ws")]
mod websocket;

use std::{future::Future, pin::Pin};

use axum::{
    extract::{FromRequestParts, State},
    http::request::Parts,
    response::{IntoResponse, Response},
};

use crate::response::rejected;

use self::caught::HandlerArg;
#[cfg(feature = "ws")]
pub(crate) use self::websocket::OnSocket;
#[cfg(feature = "ws")]
pub use self::websocket::WebSocketHandler;
pub use self::{caught::Caught, map::ExceptionHandlers};
pub(crate) use self::{
    erased::Call,
    map::{Choice, Ran, Verdict},
};

/// An async function that answers an exception.
///
/// Its last argument says which exceptions it is for: [`Caught<E>`](Caught) for those that are an `E`
/// or are caused by one, [`Exception`](crate::Exception) for all that nobody else handles. Before it
/// stand any extractors that implement [`FromRequestParts`]. It returns a response or, since raising
/// is returning a response, an exception: `Result<impl IntoResponse, Exception>`.
///
/// Like axum's `Handler` it is implemented for functions and closures, and not meant to be implemented
/// by hand. `T` stands for the arguments, `S` for the state.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an exception handler",
    label = "not an `async fn(extractors…, Caught<E>) -> impl IntoResponse`",
    note = "the last argument is `Caught<E>`, where `E` is an error type, or `Exception` for the catch-all",
    note = "the arguments before it are extractors that implement `FromRequestParts`: no `Json`, no body",
    note = "a handler that extracts `State<T>` needs `.with_state(state)` as the last call on the layer",
    note = "it must be `async`, and `Clone + Send + Sync + 'static`, and so must what it returns be `Send`"
)]
pub trait ExceptionHandler<T, S>: Clone + Send + Sync + Sized + 'static {
    /// The last argument.
    type Arg: HandlerArg;

    /// Whether an argument needs the head of the request, which costs a copy of it per request.
    #[doc(hidden)]
    fn needs_head() -> bool;

    /// Answers `arg`, of a request with that head.
    #[doc(hidden)]
    fn call(self, head: Parts, arg: Self::Arg, state: S) -> Answer;
}

/// The answer of a handler, to be waited for.
type Answer = Pin<Box<dyn Future<Output = Response> + Send>>;

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

            fn call(self, mut head: Parts, arg: X, state: S) -> Answer {
                Box::pin(async move {
                    $(
                        let $extractor = match $extractor::from_request_parts(&mut head, &state).await {
                            Ok(value) => value,
                            Err(rejection) => return rejected(rejection),
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

/// Whether `T` is `State<_>`, which reads nothing of a request.
///
/// Types cannot be asked this, their names can. A wrong "no" costs a copy of the head, no more.
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

    use super::{ExceptionHandler, HandlerArg};
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
