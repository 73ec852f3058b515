//! From an exception to its answer.

use std::{
    future::{Future, poll_fn},
    panic::{AssertUnwindSafe, catch_unwind},
    pin::Pin,
    sync::Arc,
    task::Poll,
};

use axum::response::{IntoResponse, Response};

use super::{
    answer::{self, Leftover},
    head::Head,
    layer::Config,
    log,
    raised::Raised,
};
use crate::{
    exception::{Exception, Panic},
    handler::{Call, Choice, Ran, Verdict},
};

/// Handlers at work.
pub(super) type Handling = Pin<Box<dyn Future<Output = Response> + Send>>;

/// How far an exception gets without waiting.
pub(super) enum Started {
    Answered(Response),
    Handling(Handling),
}

/// Answers an exception at once if it has no handler.
pub(super) fn start(raised: Raised, head: Head, config: &Arc<Config>) -> Started {
    let Raised { exception, response } = raised;
    let mut ran = Ran::default();
    let answer = match config.handlers.decide(&exception, &mut ran) {
        Verdict::AsRaised => response,
        Verdict::AsMapped(mapped) => Leftover::of(response, &exception).put_into(mapped.into_response()),
        Verdict::Handler(choice) => {
            let leftover = Leftover::of(response, &exception);
            let config = Arc::clone(config);
            return Started::Handling(Box::pin(async move {
                let answer = handle(choice, exception, ran, &head, &config).await;
                leftover.put_into(answer)
            }));
        }
    };
    log::exceptions(&[exception], answer.status(), &head);
    Started::Answered(answer)
}

/// Runs handlers until one of them answers or none is left.
async fn handle(
    mut choice: Choice,
    mut exception: Exception,
    mut ran: Ran,
    head: &Head,
    config: &Config,
) -> Response {
    let mut raised = vec![exception.clone()];
    let answer = loop {
        let response = run(choice, head).await;
        let again = match Raised::by_handler(response) {
            Ok(again) => again,
            Err(answer) => break answer::finish(answer, exception),
        };
        if !again.exception.same_as(&exception) {
            raised.push(again.exception.clone());
        }
        if ran.ends_with_catch_all() {
            break answer::unhandled(exception);
        }
        exception = again.exception;
        match config.handlers.decide(&exception, &mut ran) {
            Verdict::Handler(next) => choice = next,
            Verdict::AsRaised => break again.response,
            Verdict::AsMapped(mapped) => break mapped.into_response(),
        }
    };
    log::exceptions(&raised, answer.status(), head);
    answer
}

/// What a handler returns; if it panics, that.
async fn run(choice: Choice, head: &Head) -> Response {
    let Choice { handler, exception, link } = choice;
    let mut answer = handler.call(Call { head: head.parts(), exception, link });
    poll_fn(|cx| match catch_unwind(AssertUnwindSafe(|| answer.as_mut().poll(cx))) {
        Ok(poll) => poll,
        Err(payload) => Poll::Ready(Panic::caught(payload.as_ref()).into_response()),
    })
    .await
}
