//! Writes each exception to the log once, or nothing without the feature `tracing`.

use axum::http::{Method, StatusCode};

#[cfg(feature = "tracing")]
use crate::exception::BuiltIn;
#[cfg(feature = "ws")]
use crate::exception::CloseCode;
use crate::exception::Exception;

/// `tracing::event!`, or nothing without the feature `tracing`.
macro_rules! event {
    ($($event:tt)*) => {
        #[cfg(feature = "tracing")]
        { ::tracing::event!(target: "axum_exception", $($event)*) }
    };
}

/// An exception, and what it was taken for: itself, or what it was mapped to.
#[cfg_attr(not(feature = "tracing"), allow(dead_code))]
pub(crate) struct Entry {
    pub(crate) raised: Exception,
    pub(crate) taken_for: Exception,
    /// Nobody had a handler for it but the catch-all.
    pub(crate) unhandled: bool,
}

/// What came of it.
#[derive(Clone, Copy)]
#[cfg_attr(not(feature = "tracing"), allow(dead_code))]
pub(crate) enum Sent {
    Status(StatusCode),
    /// The code of a close frame, `None` if there was nobody to be sent one; and whether the server is to blame.
    #[cfg(feature = "ws")]
    Close(Option<CloseCode>, bool),
}

impl From<StatusCode> for Sent {
    fn from(status: StatusCode) -> Self {
        Self::Status(status)
    }
}

/// In which request.
#[derive(Clone, Copy)]
#[cfg_attr(not(feature = "tracing"), allow(dead_code))]
pub(crate) struct Asker<'a> {
    pub(crate) method: &'a Method,
    /// The template of the route, if it is known.
    pub(crate) route: Option<&'a str>,
}

/// Logs what was raised while a request was handled, and with which status it was answered; or with which
/// code a WebSocket was closed.
///
/// ERROR with 5xx and where the server is to blame: what only the catch-all has handled, and panics,
/// whatever they are answered with. DEBUG otherwise. The `input` of a mistake is not part of it.
#[cfg(feature = "tracing")]
pub(crate) fn exceptions(entries: &[Entry], sent: Sent, asker: Asker<'_>) {
    let (status, close, is_error) = match sent {
        Sent::Status(status) => (Some(status.as_u16()), None::<u16>, status.as_u16() >= 500),
        #[cfg(feature = "ws")]
        Sent::Close(code, is_error) => (None, code.map(CloseCode::as_u16), is_error),
    };
    let Asker { method, route } = asker;
    for Entry { raised, taken_for: exception, unhandled } in entries {
        let new = exception.claim_log();
        if !(raised.same_as(exception) || raised.claim_log()) || !new {
            continue;
        }
        let causes = Causes(exception);
        let misuse = misuse(exception);
        let misuse = misuse.as_deref();
        let is_panic = matches!(exception.built_in(), Some(BuiltIn::Panic(_)));
        if is_error || *unhandled || is_panic {
            event!(::tracing::Level::ERROR, %method, route, status, close, misuse, error = %causes, "exception");
        } else {
            event!(::tracing::Level::DEBUG, %method, route, status, close, misuse, error = %causes, "exception");
        }
    }
}

#[cfg(not(feature = "tracing"))]
pub(crate) fn exceptions(_entries: &[Entry], _sent: Sent, _asker: Asker<'_>) {}

/// Why an exception could not be answered as it stands.
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
        let mut said = String::new();
        for (index, link) in self.0.chain().enumerate() {
            let text = link.to_string();
            // Many errors end with what their cause says, or say nothing else.
            if index == 0 || !said.ends_with(&text) {
                if index > 0 {
                    f.write_str(": ")?;
                }
                f.write_str(&text)?;
                said = text;
            }
            // What it was made from quotes what the client sent.
            if BuiltIn::of(link).and_then(BuiltIn::validation_error).is_some() {
                break;
            }
        }
        Ok(())
    }
}
