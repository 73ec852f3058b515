//! The loop that runs handlers until one responds.

use std::future::Future;

use super::lookup::{Choice, Lookup, Next, Ran};
use crate::{
    exception::Exception,
    log::{Entry, HandledBy},
};

/// The lookup and the call of the handlers of one kind.
pub(crate) trait CallHandler: Sync {
    type Handler: Clone + Send;

    /// The value that a handler returns if it does not raise an exception.
    type Response: Send;

    /// An exception that a handler raised, and what came with it.
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
pub(crate) struct Run<H> {
    raised: Exception,
    choice: Choice<H>,
    ran: Ran,
}

/// No handler is left for an exception.
pub(crate) struct Unhandled {
    /// The exception that it was mapped or translated to, if it was.
    pub(crate) resolved: Option<Exception>,
}

/// The end of a run.
pub(crate) enum End<T, R> {
    /// A handler responded.
    Handled {
        response: T,
        /// The exception that was raised.
        raised: Exception,
        /// The exception that the handler was called with.
        #[cfg_attr(not(feature = "ws"), allow(dead_code))]
        resolved: Exception,
    },
    /// The catch-all raised an exception itself. No handler runs for that.
    CatchAllFailed {
        /// The exception that the catch-all was called for.
        raised: Exception,
        /// The exception that it raised.
        #[cfg_attr(not(feature = "ws"), allow(dead_code))]
        failure: Exception,
    },
    /// No handler is left for the exception that a handler raised.
    Unhandled { raised: R, resolved: Option<Exception> },
}

impl<H: Clone> Run<H> {
    /// Looks up the first handler.
    ///
    /// # Errors
    ///
    /// Returns an error if there is no handler for the exception.
    pub(crate) fn start<C>(caller: &C, raised: &Exception) -> Result<Self, Unhandled>
    where
        C: CallHandler<Handler = H>,
    {
        Self::next(caller, raised, Ran::default())
    }

    fn next<C>(caller: &C, raised: &Exception, mut ran: Ran) -> Result<Self, Unhandled>
    where
        C: CallHandler<Handler = H>,
    {
        let translate = |exception: &Exception| caller.translate(exception);
        match caller.lookup().next(raised, &mut ran, &translate) {
            Next::Handler(choice) => Ok(Self { raised: raised.clone(), choice, ran }),
            Next::Default => Err(Unhandled { resolved: None }),
            Next::DefaultOf(resolved) => Err(Unhandled { resolved: Some(resolved) }),
        }
    }

    /// Runs the handlers, each for the exception that the one before it raised, until one responds.
    ///
    /// Adds an entry for each exception but the one of [`End::Unhandled`].
    pub(crate) async fn until_handled<C>(
        mut self,
        caller: &C,
        entries: &mut Vec<Entry>,
    ) -> End<C::Response, C::Raised>
    where
        C: CallHandler<Handler = H>,
    {
        loop {
            let Self { raised, choice, ran } = self;
            let is_catch_all = ran.ends_with_catch_all();
            let handled_by = if is_catch_all { HandledBy::CatchAll } else { HandledBy::Handler };
            let resolved = choice.exception.clone();
            entries.push(Entry::new(raised.clone(), resolved.clone(), handled_by));
            let failure = match caller.call(choice).await {
                Ok(response) => return End::Handled { response, raised, resolved },
                Err(failure) => failure,
            };
            if is_catch_all {
                let failure = C::exception_of(&failure).clone();
                entries.push(Entry::unhandled(failure.clone(), None));
                return End::CatchAllFailed { raised, failure };
            }
            self = match Self::next(caller, C::exception_of(&failure), ran) {
                Ok(run) => run,
                Err(Unhandled { resolved }) => return End::Unhandled { raised: failure, resolved },
            };
        }
    }
}
