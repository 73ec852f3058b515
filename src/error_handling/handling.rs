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
    config::Config,
    head::Head,
    raised::Raised,
};
use crate::{
    exception::{Exception, Panic},
    handler::{Call, Choice, Ran, Verdict},
    log::{self, Entry},
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
    let asked = head.asked(config.switches.keep_rejection_status);
    let (answer, taken_for) = match config.handlers.decide(&exception, &mut ran, asked) {
        Verdict::AsRaised => (response, exception.clone()),
        Verdict::Instead(other) => {
            let leftover = Leftover::of(response, &exception);
            (leftover.put_into(other.clone().into_response()), other)
        }
        Verdict::Handler(choice) => {
            let leftover = Leftover::of(response, &exception);
            let config = Arc::clone(config);
            return Started::Handling(Box::pin(async move {
                let answer = handle(choice, exception, ran, &head, &config).await;
                leftover.put_into(answer)
            }));
        }
    };
    log::exceptions(
        &[Entry { raised: exception, taken_for, unhandled: false }],
        answer.status().into(),
        head.asker(),
    );
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
    let asked = head.asked(config.switches.keep_rejection_status);
    let mut entries = Vec::with_capacity(1);
    let answer = loop {
        entries.push(Entry {
            raised: exception.clone(),
            taken_for: choice.exception.clone(),
            unhandled: ran.ends_with_catch_all(),
        });
        let mut response = Some(run(choice, head).await);
        let again = poll_fn(|cx| {
            let response = response.take().unwrap_or_default();
            Poll::Ready(Raised::by_handler(response, head, config, cx))
        });
        let again = match again.await {
            Ok(again) => again,
            Err(answer) => break answer::finish(answer, exception),
        };
        let Raised { exception: next, response } = again;
        if ran.ends_with_catch_all() {
            entries.push(Entry { raised: next.clone(), taken_for: next, unhandled: false });
            break answer::unhandled(exception);
        }
        exception = next;
        let (answer, taken_for) = match config.handlers.decide(&exception, &mut ran, asked) {
            Verdict::Handler(next) => {
                choice = next;
                continue;
            }
            Verdict::AsRaised => (response, exception.clone()),
            Verdict::Instead(other) => (other.clone().into_response(), other),
        };
        entries.push(Entry { raised: exception, taken_for, unhandled: false });
        break answer;
    };
    log::exceptions(&entries, answer.status().into(), head.asker());
    answer
}

/// What a handler returns; if it panics, that.
async fn run(choice: Choice, head: &Head) -> Response {
    let Choice { handler, exception, link } = choice;
    let mut answer = handler.call(Call { head: head.parts(), exception, link });
    poll_fn(|cx| match catch_unwind(AssertUnwindSafe(|| answer.as_mut().poll(cx))) {
        Ok(poll) => poll,
        Err(payload) => Poll::Ready(Panic::caught(payload).into_response()),
    })
    .await
}
