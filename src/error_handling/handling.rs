//! Handles an exception: with a handler, or else with the default response.

use std::{
    future::{Future, poll_fn},
    pin::Pin,
    sync::Arc,
    task::Poll,
};

use axum::response::{IntoResponse, Response};

use super::{
    config::Config,
    default_response::{default_response, unhandled},
    kept_request::KeptRequest,
    raised::Raised,
    replacement::{Leftover, mark, sendable},
};
use crate::{
    exception::Exception,
    handler::{Call, CallHandler, Choice, End, ErasedHandler, Lookup, Run, Unhandled, call_catching_panics},
    log::{self, Entry},
    response::{RespondedBy, translate},
};

/// The future of the handlers.
pub(super) type Handling = Pin<Box<dyn Future<Output = Response> + Send>>;

/// The response to an exception, or the future of its handlers.
pub(super) enum Started {
    Response(Response),
    Handling(Handling),
}

/// Responds to an exception at once if it has no handler, and calls its first handler otherwise.
pub(super) fn start(raised: Raised, request: KeptRequest, config: &Arc<Config>) -> Started {
    let run = match Run::start(&Caller { request: &request, config }, &raised.exception) {
        Ok(run) => run,
        Err(Unhandled { resolved }) => {
            let exception = raised.exception.clone();
            let response = default_response(raised, resolved.as_ref(), &request, config);
            log_missing_handler(&exception, resolved.as_ref(), config);
            let entry = Entry::unhandled(exception, resolved);
            log::exceptions(&[entry], response.status().into(), &request.context);
            return Started::Response(response);
        }
    };
    let leftover = Leftover::of(raised.response, &raised.exception);
    let config = Arc::clone(config);
    Started::Handling(Box::pin(async move {
        let response = handle(run, &Caller { request: &request, config: &config }).await;
        leftover.put_into(response)
    }))
}

/// Runs handlers until one of them responds or none is left.
async fn handle(run: Run<ErasedHandler>, caller: &Caller<'_>) -> Response {
    let &Caller { request, config } = caller;
    let mut entries = Vec::with_capacity(1);
    let response = match run.until_handled(caller, &mut entries).await {
        End::Handled { response, raised, .. } => {
            let response = sendable(response).unwrap_or_else(|| unhandled(&raised, request, config));
            mark(response, raised, RespondedBy::Handler)
        }
        // An outer layer may still handle it.
        End::CatchAllFailed { raised, .. } => {
            let by = if config.formatting.is_some() { RespondedBy::Format } else { RespondedBy::Default };
            mark(unhandled(&raised, request, config), raised, by)
        }
        End::Unhandled { raised, resolved } => {
            let exception = raised.exception.clone();
            let response = default_response(raised, resolved.as_ref(), request, config);
            log_missing_handler(&exception, resolved.as_ref(), config);
            entries.push(Entry::unhandled(exception, resolved));
            response
        }
    };
    log::exceptions(&entries, response.status().into(), &request.context);
    response
}

/// Logs that an error has neither a handler nor a default, if the app has handlers for types.
fn log_missing_handler(exception: &Exception, resolved: Option<&Exception>, config: &Config) {
    let exception = resolved.unwrap_or(exception);
    if exception.built_in().is_none() && !exception.is_http_error() && config.handlers.has_types() {
        log::no_handler(exception);
    }
}

/// Calls the handlers for a request.
struct Caller<'a> {
    request: &'a KeptRequest,
    config: &'a Config,
}

impl CallHandler for Caller<'_> {
    type Handler = ErasedHandler;
    type Response = Response;
    type Raised = Raised;

    fn exception_of(raised: &Raised) -> &Exception {
        &raised.exception
    }

    fn lookup(&self) -> Lookup<'_, ErasedHandler> {
        self.config.handlers.http()
    }

    fn translate(&self, exception: &Exception) -> Option<Exception> {
        translate(exception, &self.request.context)
    }

    async fn call(&self, choice: Choice<ErasedHandler>) -> Result<Response, Raised> {
        let Choice { handler, exception, link } = choice;
        let response =
            call_catching_panics(|| handler.call(Call { head: self.request.head(), exception, link }));
        let mut response = Some(response.await.unwrap_or_else(IntoResponse::into_response));
        poll_fn(|cx| {
            let response = response.take().unwrap_or_default();
            let raised = Raised::by_handler(response, &self.request.context, self.config.switches, cx);
            Poll::Ready(raised.map_or_else(Ok, Err))
        })
        .await
    }
}
