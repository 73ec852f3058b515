//! The loop that runs handlers until one responds.

use std::future::Future;

use super::lookup::{Choice, Lookup, Next, Ran};
use crate::{
    exception::Exception,
    log::{Entry, HandledBy},
};

/// How the handlers of one kind are looked up and called.
pub(crate) trait CallHandler: Sync {
    type Handler: Clone + Send;

    /// The value that a handler returns if it does not raise an exception.
    type Response: Send;

    /// An exception that was raised, and what came with it.
    type Raised: Send;

    fn exception_of(raised: &Self::Raised) -> &Exception;

    fn lookup(&self) -> Lookup<'_, Self::Handler>;

    /// Returns the exception that an error of another crate stands for.
    fn translate(&self, exception: &Exception) -> Option<Exception>;

    /// Calls a handler. If it panics, the panic is what it raised.
    fn call(
        &self,
        choice: Choice<Self::Handler>,
    ) -> impl Future<Output = Result<Self::Response, Self::Raised>> + Send;
}

/// An exception, its next handler, and the handlers that ran before.
pub(crate) struct Run<H, R> {
    pub(crate) raised: R,
    choice: Choice<H>,
    ran: Ran,
}

/// An exception for which no handler is left.
pub(crate) struct Unhandled<R> {
    pub(crate) raised: R,
    /// The exception that it was mapped or translated to, if it was.
    pub(crate) resolved: Option<Exception>,
}

/// How a run ended.
pub(crate) enum End<T, R> {
    /// A handler responded.
    Handled {
        response: T,
        raised: R,
        /// The exception that the handler was called with.
        #[cfg_attr(not(feature = "ws"), allow(dead_code))]
        resolved: Exception,
    },
    /// The catch-all raised an exception itself. No handler runs for that.
    CatchAllFailed {
        /// The exception that the catch-all was called for.
        raised: R,
        /// The exception that it raised.
        #[cfg_attr(not(feature = "ws"), allow(dead_code))]
        failure: Exception,
    },
    Unhandled(Unhandled<R>),
}

// An exception comes with its default response, and boxing it would cost every failed request.
#[allow(clippy::result_large_err)]
impl<H: Clone, R> Run<H, R> {
    /// Looks up the first handler.
    ///
    /// # Errors
    ///
    /// Returns the exception if there is no handler for it.
    pub(crate) fn start<C>(caller: &C, raised: R) -> Result<Self, Unhandled<R>>
    where
        C: CallHandler<Handler = H, Raised = R>,
    {
        Self::next(caller, raised, Ran::default())
    }

    fn next<C>(caller: &C, raised: R, mut ran: Ran) -> Result<Self, Unhandled<R>>
    where
        C: CallHandler<Handler = H, Raised = R>,
    {
        let translate = |exception: &Exception| caller.translate(exception);
        match caller.lookup().next(C::exception_of(&raised), &mut ran, &translate) {
            Next::Handler(choice) => Ok(Self { raised, choice, ran }),
            Next::Default => Err(Unhandled { raised, resolved: None }),
            Next::DefaultOf(resolved) => Err(Unhandled { raised, resolved: Some(resolved) }),
        }
    }

    /// Runs the handlers, each for the exception that the one before it raised, until one responds.
    ///
    /// Adds an entry for each exception but the one of [`End::Unhandled`].
    pub(crate) async fn until_handled<C>(
        mut self,
        caller: &C,
        entries: &mut Vec<Entry>,
    ) -> End<C::Response, R>
    where
        C: CallHandler<Handler = H, Raised = R>,
    {
        loop {
            let Self { raised, choice, ran } = self;
            let is_catch_all = ran.ends_with_catch_all();
            let handled_by = if is_catch_all { HandledBy::CatchAll } else { HandledBy::Handler };
            let resolved = choice.exception.clone();
            entries.push(Entry::new(C::exception_of(&raised).clone(), resolved.clone(), handled_by));
            let failure = match caller.call(choice).await {
                Ok(response) => return End::Handled { response, raised, resolved },
                Err(failure) => failure,
            };
            if is_catch_all {
                let failure = C::exception_of(&failure).clone();
                entries.push(Entry::unhandled(failure.clone(), None));
                return End::CatchAllFailed { raised, failure };
            }
            self = match Self::next(caller, failure, ran) {
                Ok(run) => run,
                Err(unhandled) => return End::Unhandled(unhandled),
            };
        }
    }
}
