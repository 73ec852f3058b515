//! Writes each exception to the log once, or nothing without the feature `tracing`.

use axum::http::StatusCode;

#[cfg(feature = "tracing")]
use crate::exception::BuiltIn;
#[cfg(feature = "ws")]
use crate::exception::CloseCode;
use crate::{exception::Exception, request_context::RequestContext};

/// `tracing::event!`, or nothing without the feature `tracing`.
macro_rules! event {
    ($($event:tt)*) => {
        #[cfg(feature = "tracing")]
        { ::tracing::event!(target: "axum_exception", $($event)*) }
    };
}

/// An exception that was raised while a request was handled.
#[cfg_attr(not(feature = "tracing"), allow(dead_code))]
pub(crate) struct Entry {
    raised: Exception,
    /// The exception that it was mapped or translated to, or else the raised one.
    resolved: Exception,
    handled_by: HandledBy,
}

/// The kind of handler that was called for an exception.
#[derive(Clone, Copy, PartialEq)]
#[cfg_attr(not(feature = "tracing"), allow(dead_code))]
pub(crate) enum HandledBy {
    /// A handler for its type or its status.
    Handler,
    /// The catch-all, so the app did not expect the exception.
    CatchAll,
    /// No handler.
    Default,
}

impl Entry {
    pub(crate) fn new(raised: Exception, resolved: Exception, handled_by: HandledBy) -> Self {
        Self { raised, resolved, handled_by }
    }

    /// Returns `true` if no layer has logged it yet, and marks it as logged.
    #[cfg(feature = "tracing")]
    fn claim_log(&self) -> bool {
        let is_new = self.resolved.claim_log();
        (self.raised.same_as(&self.resolved) || self.raised.claim_log()) && is_new
    }

    /// Returns `true` if the app did not expect it, whatever the status of the response.
    #[cfg(feature = "tracing")]
    fn is_unexpected(&self) -> bool {
        self.handled_by == HandledBy::CatchAll || matches!(self.resolved.built_in(), Some(BuiltIn::Panic(_)))
    }

    /// The entry of an exception that no handler was called for.
    pub(crate) fn unhandled(raised: Exception, resolved: Option<Exception>) -> Self {
        let resolved = resolved.unwrap_or_else(|| raised.clone());
        Self::new(raised, resolved, HandledBy::Default)
    }
}

/// The end of a request or of a WebSocket.
#[derive(Clone, Copy)]
#[cfg_attr(not(feature = "tracing"), allow(dead_code))]
pub(crate) enum Ending {
    Response(StatusCode),
    #[cfg(feature = "ws")]
    Close {
        /// The code of the close frame; `None` if the peer was gone.
        code: Option<CloseCode>,
        is_server_error: bool,
    },
}

impl From<StatusCode> for Ending {
    fn from(status: StatusCode) -> Self {
        Self::Response(status)
    }
}

/// Logs the exceptions that were raised while a request was handled, with the status of the response or the
/// code of the close frame.
///
/// It is one line. If a handler raised an exception itself, that is the error, and the one that it was called for is
/// `while_handling`.
///
/// The level is ERROR for 5xx, for server errors of WebSockets, and, with any status, for panics and for
/// exceptions that only the catch-all handled. It is DEBUG otherwise. The `input` of a validation error is
/// never logged.
#[cfg(feature = "tracing")]
pub(crate) fn exceptions(entries: &[Entry], ending: Ending, context: &RequestContext) {
    let new: Vec<&Entry> = entries.iter().filter(|entry| entry.claim_log()).collect();
    let Some((last, earlier)) = new.split_last() else { return };
    let (status, close, is_error) = match ending {
        Ending::Response(status) => (Some(status.as_u16()), None::<u16>, status.as_u16() >= 500),
        #[cfg(feature = "ws")]
        Ending::Close { code, is_server_error } => (None, code.map(CloseCode::as_u16), is_server_error),
    };
    let method = context.method();
    let route = context.route();
    let misuse = new.iter().find_map(|entry| misuse(&entry.resolved));
    let misuse = misuse.as_deref();
    let earlier: Vec<String> = earlier.iter().map(|entry| Causes(&entry.resolved).to_string()).collect();
    let while_handling = (!earlier.is_empty()).then(|| earlier.join("; "));
    let while_handling = while_handling.as_deref();
    let causes = Causes(&last.resolved);
    if is_error || new.iter().any(|entry| entry.is_unexpected()) {
        event!(::tracing::Level::ERROR, %method, route, status, close, misuse, while_handling, error = %causes, "exception");
    } else {
        event!(::tracing::Level::DEBUG, %method, route, status, close, misuse, while_handling, error = %causes, "exception");
    }
}

#[cfg(not(feature = "tracing"))]
pub(crate) fn exceptions(_entries: &[Entry], _ending: Ending, _context: &RequestContext) {}

/// Logs the type of an error that no handler was found for, although there are handlers for types.
pub(crate) fn no_handler(exception: &Exception) {
    event!(
        ::tracing::Level::DEBUG,
        error_type = exception.type_name(),
        "no handler for this type or its sources; what is behind `#[error(transparent)]` is found with `#[http(transparent)]` or `map_exception`"
    );
    #[cfg(not(feature = "tracing"))]
    let _ = exception;
}

/// Returns why an exception cannot be sent as it is.
#[cfg(feature = "tracing")]
fn misuse(exception: &Exception) -> Option<String> {
    match exception.built_in() {
        Some(BuiltIn::Http(http)) => http.misuse(),
        _ => None,
    }
}

/// An error and its causes in one line.
#[cfg(feature = "tracing")]
struct Causes<'a>(&'a Exception);

#[cfg(feature = "tracing")]
impl std::fmt::Display for Causes<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut written = String::new();
        for (index, link) in self.0.chain().enumerate() {
            let text = link.to_string();
            // The message of many errors ends with that of their cause, or is nothing else.
            if index == 0 || !written.ends_with(&text) {
                if index > 0 {
                    f.write_str(": ")?;
                }
                f.write_str(&text)?;
                written = text;
            }
            // What it was made from quotes what the client sent.
            if BuiltIn::of(link).and_then(BuiltIn::validation_error).is_some() {
                break;
            }
        }
        Ok(())
    }
}
